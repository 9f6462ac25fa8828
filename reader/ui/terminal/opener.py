"""Hands an address or a file to another program, never through a shell, and says what became of it.

The programs of $BROWSER are tried first, then the opener of the system. A program that ends within a second is
judged by its exit code; one that goes on has begun to show something. A browser that needs the terminal itself (w3m,
lynx) is only named here: who owns the terminal runs it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.locale import _
from reader.sanitize import clean_line

WAIT_S = 1.0
"""A program that is still there after so long is taken to show what it was given."""
_TEXT_BROWSERS = frozenset(("w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl", "www-browser"))


class Outcome(NamedTuple):
    """What became of a target."""

    opened: bool
    problem: str = ""
    """Why nothing opened it, in one line."""
    foreground: tuple[str, ...] = ()
    """A command that needs the terminal; nothing has been run then."""


def launch(target: str, browsers: Sequence[str] = ()) -> Outcome:
    """Opens `target`, an absolute path or an address. `browsers` are command lines, `%s` standing for the target.

    Waits up to `WAIT_S` for each program that fails: call it in a thread.
    """
    if sys.platform == "win32":
        try:
            os.startfile(target)
        except OSError as error:
            return Outcome(False, _("Not opened: {problem}").format(problem=clean_line(error.strerror or str(error))))
        return Outcome(True)
    problem = _("this system has no program that opens addresses (xdg-open)")
    for command in _commands(target, browsers):
        if os.path.basename(command[0]) in _TEXT_BROWSERS:
            return Outcome(False, foreground=command)
        code = _run(command)
        if code is None or code == 0:
            return Outcome(True)
        problem = _("{name} failed (code {code})").format(name=clean_line(os.path.basename(command[0])), code=code)
    return Outcome(False, _("Not opened: {problem}").format(problem=problem))


def _commands(target: str, browsers: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Command lines to try, their programs found."""
    for line in browsers:
        try:
            words = shlex.split(line)
        except ValueError:
            continue
        program = shutil.which(words[0]) if words else None
        if program is not None:
            given = [word.replace("%s", target) for word in words[1:]]
            yield (program, *given, *(() if "%s" in line else (target,)))
    for name in ("open",) if sys.platform == "darwin" else ("xdg-open", "wslview", "gio"):
        program = shutil.which(name)
        if program is not None:
            yield (program, "open", target) if name == "gio" else (program, target)


def _run(command: Sequence[str]) -> int | None:
    """The exit code of a program; None if it goes on, -1 if it could not be started."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError:
        return -1
    try:
        return process.wait(WAIT_S)
    except subprocess.TimeoutExpired:
        return None
