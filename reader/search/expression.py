"""Regular expressions of the person's own, run in a process that can be ended.

Owns that process (`matcher`): its start with the first expression, the text it has been sent, the time it gets, and its
end. A pattern of ten characters may compile to gigabytes, or hold gigabytes while it matches, or take for ever in
either without heeding a time limit; no look at the pattern tells which. In a process of its own it has a bound of
memory, the interpreter of the screen is never waited for, and where it does not answer it is killed. The text is sent
once; of a text that has grown only what is new.

Invariant: whatever a pattern does, each step of its search ends within `TIME_LIMIT_S` and `_GRACE_S`, all of it within
`time_limit` and `_GRACE_S`, with matches or a SearchError. Time is that of the process where the system tells it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from reader.locale import _
from reader.search.folding import WORDLY
from reader.search.query import Query, SearchError

TIME_LIMIT_S = 2.0
"""Seconds a pattern gets to be compiled, and to search a slice of the text."""
_TIME_LIMIT_S_A_CHARACTER = 5e-7
"""Seconds it gets for the whole text for each of its characters, besides: one match a word takes half of that."""
_GRACE_S = 0.5
"""The process keeps to its time by itself, as far as `regex` looks at the clock; so long after it, it is ended."""
_START_LIMIT_S = 30.0
"""Seconds the process gets to start, on a machine that does much else."""
_MAX_LOOKS = 20
"""Times at most the clock of a process is looked at before it is ended."""
_TICK_S = 1 / (os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100)
"""In which Linux counts the time of a process (proc(5))."""
_MAX_CHARACTERS = 1000
_SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "matcher.py")


def time_limit(text: str) -> float:
    """Seconds of work a regular expression gets for a whole text."""
    return TIME_LIMIT_S + _TIME_LIMIT_S_A_CHARACTER * len(text)


class Expression:
    """One expression on its way through one text."""

    def __init__(self, process: _Process, text: str, stays_in_line: bool) -> None:
        self.stays_in_line = stays_in_line
        """Whether a match can neither hold nor look at a line break, so that the text may be cut at any line's end."""
        self._process = process
        self._left = time_limit(text)

    def find(self, start: int, end: int) -> array[int]:
        """Start, end, start, end … of the matches between two offsets. Raises SearchError for a pattern too costly."""
        seconds = min(TIME_LIMIT_S, self._left)
        spent, found = self._process.ask(("find", start, end, seconds), seconds)
        self._left -= spent
        spans = array("I")
        spans.frombytes(found)
        return spans


@contextmanager
def expression(text: str, query: Query) -> Iterator[Expression]:
    """The expression of `query`, compiled, for this text; while it is open no other has its process.

    Raises SearchError that says where a wrong pattern is wrong, counted from 1.
    """
    if len(query.pattern) > _MAX_CHARACTERS:
        said = _("pattern too long: {count} characters, at most {most}")
        raise SearchError(said.format(count=len(query.pattern), most=_MAX_CHARACTERS))
    process = _take(text)
    try:
        process.show(text)
        wrapped = f"(?<!{WORDLY})(?:{query.pattern})(?!{WORDLY})" if query.whole_word else ""
        stays_in_line = process.ask(("pattern", query.pattern, wrapped, query.cased), TIME_LIMIT_S)
        yield Expression(process, text, stays_in_line)
    finally:
        _put_back(process)


def close() -> None:
    """Ends the process that waits for the next expression, if there is one, and frees the text it holds. The next
    expression starts another."""
    with _lock:
        waiting = _waiting[:]
        _waiting.clear()
    for process in waiting:
        process.end()


def _problem(answer: str) -> str:
    """What is wrong with a pattern by an answer of `matcher`: where, a colon, and what; or that it costs too much."""
    where, colon, what = answer.partition(":")
    if not colon:
        return _("pattern too costly")
    said = _("wrong pattern at {position}: {problem}") if where else _("wrong pattern: {problem}")
    return said.format(position=where, problem=what)


class _Process:
    """A process that runs expressions, and the text it has."""

    def __init__(self) -> None:
        self.text = ""
        try:
            # -P: what lies beside an untrusted article must not be imported as a module
            self._process = subprocess.Popen(
                [sys.executable, "-P", _SCRIPT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            said = _("regular expressions need a process of their own: {reason}")
            raise SearchError(said.format(reason=error.strerror)) from error
        self._receive(_START_LIMIT_S)

    @property
    def ended(self) -> bool:
        """Whether it has ended, or was."""
        return self._process.poll() is not None

    def show(self, text: str) -> None:
        """Lets it have a text: what of it it has not got already is sent."""
        if text is self.text:
            return
        keep = len(self.text) if text.startswith(self.text) else 0
        self._send(("text", keep, text[keep:]))
        self.text = text

    def ask(self, request: tuple[Any, ...], seconds: float) -> Any:
        """The answer to a request. Raises SearchError for one that says what is wrong, and for none in time."""
        self._send(request)
        answer = self._receive(seconds + _GRACE_S)
        if isinstance(answer, str):
            raise SearchError(_problem(answer))
        return answer

    def _receive(self, seconds: float) -> Any:
        expiry = _Expiry(self._process, seconds)
        try:
            assert self._process.stdout is not None
            return pickle.load(self._process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as problem:
            self.end()
            raise SearchError(_("pattern too costly")) from problem
        except BaseException:  # Ctrl+C: its answer would be taken for that to the next request
            self.end()
            raise
        finally:
            expiry.cancel()

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _send(self, request: tuple[Any, ...]) -> None:
        assert self._process.stdin is not None
        try:
            pickle.dump(request, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except OSError as problem:
            self.end()
            raise SearchError(_("pattern too costly")) from problem


class _Expiry:
    """Kills a process that has worked for so many seconds, or that waits for the processor very much longer: of a
    machine that does much else a pattern is not to blame. A thread's timer, since the pipes of Windows cannot be waited
    for with a time limit."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._seconds = seconds
        self._begun = _worked_s(process.pid)
        self._looks = _MAX_LOOKS
        self._cancelled = False
        self._start(seconds)

    def cancel(self) -> None:
        """It has answered."""
        self._cancelled = True
        self._timer.cancel()

    def _start(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        now = _worked_s(self._process.pid)
        left = 0.0 if now is None or self._begun is None else self._seconds - (now - self._begun)
        self._looks -= 1
        if self._cancelled:
            return
        if left > _TICK_S and self._looks:
            self._start(left)
        else:
            self._process.kill()


def _worked_s(pid: int) -> float | None:
    """Seconds of the processor that a process has had; None where the system does not say."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()  # the name before may hold anything
        return (int(fields[11]) + int(fields[12])) * _TICK_S
    except (OSError, ValueError, IndexError):
        return None


_lock = threading.Lock()
_waiting: list[_Process] = []
"""At most one. A search that begins while another goes on gets a process of its own."""


def _take(text: str) -> _Process:
    with _lock:
        process = _waiting.pop() if _waiting else None
    if process is not None and not process.ended:
        return process
    return _Process()


def _put_back(process: _Process) -> None:
    with _lock:
        keep = not process.ended and not _waiting
        if keep:
            _waiting.append(process)
    if not keep:
        process.end()
