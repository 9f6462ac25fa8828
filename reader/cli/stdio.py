"""The standard streams of the command: what is printed and said there, and where the keys come from.

Owns the four cases in which they are not a terminal: closed, sent elsewhere, a pipe nobody reads, an article. Refuses
to know what is printed.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from reader.locale import _


def reserve() -> None:
    """What was closed (`<&-`, `2>&-`) is opened on nothing, or a file that is opened later would take its number.

    `sys.stdin` and its like stay None: the person closed them.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


def fail(problem: str) -> int:
    """Says on standard error what is wrong; 1, the exit code."""
    from reader.sanitize import clean_line

    if sys.stderr is not None:  # closed; `print` would take standard output instead
        print(f"reader: {clean_line(problem)}", file=sys.stderr)
    return 1


def on_terminal() -> bool:
    """Whether what is printed goes to a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def write(lines: Iterable[str]) -> int:
    """Prints lines; a reader of the pipe that goes away early is no error."""
    from reader.sanitize import printable

    out = sys.stdout
    if out is None:
        return fail(_("standard output: it is closed"))
    if hasattr(out, "reconfigure"):
        out.reconfigure(errors="replace")
    try:
        for line in lines:
            out.write(printable(line) + "\n")
        out.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # what is still to be written has nowhere to go
        if isinstance(error, BrokenPipeError):
            return 0
        reason = (error.strerror or _("no reason given")).lower()
        return fail(_("standard output: it could not be written ({reason})").format(reason=reason))
    return 0


def is_piped() -> bool:
    """Whether standard input brings an article: it is a pipe, a file or a socket, not a terminal or /dev/null."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return sys.stdin is not None and (stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode))


def keys_from_terminal() -> bool:
    """Takes the keys from the terminal itself, whatever standard input is; false where there is none.

    What comes through standard input belongs to somebody else: it is the article, or the list of a shell's loop.
    """
    if sys.platform == "win32" or (sys.stdin is not None and os.isatty(0)):
        return True  # Windows has keys of the console, not of standard input
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        return False
    os.dup2(terminal, 0)
    os.close(terminal)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  it is open to the end
    vars(sys)["__stdin__"] = sys.stdin  # which Textual reads
    return True


@contextmanager
def screen_on_terminal() -> Iterator[None]:
    """Has Textual, which draws by way of standard error, draw on the terminal where that is sent elsewhere."""
    plain = sys.__stderr__
    if plain is not None and plain.isatty():
        yield
        return
    with open(os.dup(1), "w", encoding="utf-8") as screen:
        vars(sys)["__stderr__"] = screen
        try:
            yield
        finally:
            vars(sys)["__stderr__"] = plain
