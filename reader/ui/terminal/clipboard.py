"""The clipboard by programs of the system, and of tmux; never through a shell."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence

_TMUX = ("tmux", "load-buffer", "-w", "-")
"""Sets tmux's buffer, and the clipboard of the terminal tmux runs in, also where OSC 52 is off in tmux."""
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


def put(text: str, *, tmux: bool = False, remote: bool = False) -> bool:
    """Hands `text` to the first program there is that takes it; false where none does. Waits: call it in a thread.

    `tmux`: the reader runs in it, which then comes first; `remote`: the person sits at another machine, so that the
    programs of this one would fill the wrong clipboard.
    """
    commands = (*((_TMUX,) if tmux else ()), *(() if remote else _PROGRAMS))
    return any(_taken(command, text) for command in commands)


def _taken(command: Sequence[str], text: str) -> bool:
    program = shutil.which(command[0])
    if program is None:
        return False
    # clip.exe takes what begins with a byte order mark as UTF-16
    data = text.encode("utf-16" if command[0] == "clip.exe" else "utf-8", "replace")
    quiet = subprocess.DEVNULL
    try:
        done = subprocess.run([program, *command[1:]], input=data, stdout=quiet, stderr=quiet, timeout=_TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
