"""A program of the person's own, run once on some text: the one way in which a command of the settings is started.

Owns the process: an argument list and no shell, a time limit, a bound on what is read of its output, an end to it with
all its children. Refuses to know what the output is for, and to make it safe: whoever shows it does.

Invariant: when `run_program` returns or raises, the process and those it has started are gone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import IO, Final

from reader import sanitize
from reader.locale import _

LARGEST_OUTPUT: Final = 1 << 20
"""Bytes of an output that are read; a program that prints more is ended there."""
_LARGEST_ERRORS: Final = 1 << 16
_POLL_S: Final = 0.1
"""Between two looks at whether the output is still wanted."""
_GRACE_S: Final = 0.5
"""A pipe that children of an ended program keep open is waited for so long."""


class ProgramError(Exception):
    """The program gave no output; the message is one line: what, and the remedy. "" if it was no longer wanted."""


def run_program(
    command: Sequence[str],
    said: str,
    *,
    time_limit_s: float,
    wanted: Callable[[], bool] = lambda: True,
    largest: int = LARGEST_OUTPUT,
) -> str:
    """What a program prints for what it is told on standard input, at most `largest` bytes of it; blocks.

    `wanted` is asked several times a second; False ends the program. Raises ProgramError.
    """
    name = sanitize.clean_line(command[0]) if command else ""
    try:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=sys.platform != "win32",
        )
    except (OSError, ValueError, IndexError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        what = _("{name!r} cannot be run ({reason}); install it, or change the setting")
        raise ProgramError(what.format(name=name, reason=reason)) from None
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    threading.Thread(target=_feed, args=(process.stdin, said.encode("utf-8", "replace")), daemon=True).start()
    out, errors = _Reader(process.stdout, largest), _Reader(process.stderr, _LARGEST_ERRORS)
    deadline = time.monotonic() + time_limit_s
    try:
        while not out.is_full:
            try:
                process.wait(_POLL_S)
                break
            except subprocess.TimeoutExpired:
                if not wanted():
                    raise ProgramError("") from None
                if time.monotonic() > deadline:
                    what = _("{name!r} gave no answer within {seconds:g} s; it was ended")
                    raise ProgramError(what.format(name=name, seconds=time_limit_s)) from None
        else:
            return out.text()
        out.wait(_GRACE_S)
        errors.wait(_GRACE_S)
    finally:
        _end(process)
    if process.returncode:
        lines = errors.text().strip().splitlines()
        why = sanitize.clean_line(lines[-1][:200]) if lines else ""
        what = _("{name!r} ended with {code}: {why}") if why else _("{name!r} ended with {code}")
        raise ProgramError(what.format(name=name, code=process.returncode, why=why))
    return out.text()


class _Reader:
    """Reads a pipe in a thread, up to a number of bytes."""

    def __init__(self, pipe: IO[bytes], most: int) -> None:
        self._pipe = pipe
        self._most = most
        self._data = b""
        self.is_full = False
        """Whether there was more than is read."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with contextlib.suppress(OSError, ValueError):  # it is being closed
            while part := os.read(self._pipe.fileno(), 1 << 16):
                room = self._most - len(self._data)
                self._data += part[:room]
                if len(part) > room:
                    self.is_full = True
                    break

    def wait(self, seconds: float) -> None:
        """Until the pipe ends, but not longer than so long."""
        self._thread.join(seconds)

    def text(self) -> str:
        """What was read."""
        return self._data.decode("utf-8", "replace")


def _feed(pipe: IO[bytes], said: bytes) -> None:
    """Runs in a thread: a program may end without having read all it is told."""
    with contextlib.suppress(OSError, ValueError):
        pipe.write(said)
    with contextlib.suppress(OSError, ValueError):
        pipe.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends what still runs of a process and of what it started."""
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except OSError:
        with contextlib.suppress(OSError):
            process.kill()
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
