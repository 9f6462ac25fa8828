"""The system's own clipboard, for terminals that know no OSC 52; never through a shell."""

from __future__ import annotations

import shutil
import subprocess

_PROGRAMS = (
    ("pbcopy",),
    ("clip.exe",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("termux-clipboard-set",),
)
"""macOS, Windows (from within Linux too), Wayland, X11 twice, Android. One without its display fails at once."""
_TIMEOUT_S = 2.0


def put(text: str) -> bool:
    """Hands `text` to the first program there is that takes it; false where none does. Waits: call it in a thread."""
    for command in _PROGRAMS:
        program = shutil.which(command[0])
        if program is None:
            continue
        # clip.exe takes what begins with a byte order mark as UTF-16
        data = text.encode("utf-16" if command[0] == "clip.exe" else "utf-8", "replace")
        quiet = subprocess.DEVNULL
        try:
            done = subprocess.run([program, *command[1:]], input=data, stdout=quiet, stderr=quiet, timeout=_TIMEOUT_S)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return True
    return False
