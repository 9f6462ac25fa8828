"""The command line of an editor that opens a file at a line; never through a shell."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence

from reader import sanitize
from reader.locale import _

_VI = ("vi", "vim", "nvim", "view", "ex", "vis", "kak")
_PLUS = frozenset(
    (*_VI, "nano", "pico", "emacs", "emacsclient", "mg", "joe", "jmacs", "jed", "ne", "micro", "gedit", "ee")
)
_GOTO = frozenset(("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"))
_COLON = frozenset(("hx", "helix", "subl", "zed"))
_WINDOWS = _GOTO | {"subl", "zed"}
"""Those that return before the file is closed, unless they are asked to wait."""


def command(editor: str | None, path: str, line: int) -> tuple[str, ...]:
    """The words that open `path` at `line` (counted from 1) in `editor`, a command line as $EDITOR holds it.

    `+N` for vi and its kin, nano and Emacs; `--goto file:N` for VS Code and its kin; `file:N` for Helix, Sublime and
    Zed; the file alone for an editor that is not known. Editors with windows of their own are asked to wait.
    """
    try:
        words = shlex.split(editor, posix=sys.platform != "win32") if editor else []
    except ValueError:
        words = []
    words = words or ["notepad" if sys.platform == "win32" else "vi"]
    name = os.path.basename(words[0]).lower().removesuffix(".exe").removesuffix(".cmd")
    if name in _WINDOWS and not {"-w", "--wait"} & set(words):
        words.append("--wait")
    if name in _PLUS:
        return (*words, f"+{line}", path)
    if name in _GOTO:
        return (*words, "--goto", f"{path}:{line}")
    return (*words, f"{path}:{line}" if name in _COLON else path)


def run(words: Sequence[str]) -> str:
    """Runs a program in this terminal until it ends; returns a problem in one line, or an empty string."""
    try:
        editor = subprocess.Popen(list(words))
    except OSError as error:
        name = sanitize.clean_line(words[0])
        said = _("{name} does not start ({reason}): set VISUAL or EDITOR, or BROWSER")
        return said.format(name=name, reason=error.strerror)
    heeded = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the editor's while it runs
    try:
        code = editor.wait()
    finally:
        signal.signal(signal.SIGINT, heeded)
    name = sanitize.clean_line(os.path.basename(words[0]))
    return "" if code == 0 else _("{name} ended with code {code}").format(name=name, code=code)
