"""A model of the reader's own, asked for the claims of an article: a command is run, and its answer kept.

Owns the process: an argument list and no shell, a time limit, an end to it with all its children. Refuses to judge the
answer: `reader.claims` checks it. Nothing is run unless a command is set, and nothing else leaves the machine.

Invariant: `ask` runs the command at most once, and not at all if an answer is kept.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from reader import sanitize
from reader.claims import Answer, AnswerError, answer_key, answered, question
from reader.document import Document
from reader.locale import _

TIME_LIMIT_S: Final = 120.0
_LARGEST_ANSWER: Final = 1 << 20
"""Characters of an answer that are read."""
_POLL_S: Final = 0.1
"""Between two looks at whether the answer is still wanted."""


class Answers(Protocol):
    """Where answers are kept."""

    def load(self, key: str) -> str | None:
        """The text kept under a key; None where there is none."""

    def save(self, key: str, text: str) -> None:
        """Keep a text under a key."""


class AskError(Exception):
    """The command gave no answer; the message is one line: what, and the remedy. "" if it was no longer wanted."""


def ask(
    document: Document,
    command: Sequence[str],
    *,
    answers: Answers | None = None,
    time_limit_s: float = TIME_LIMIT_S,
    wanted: Callable[[], bool] = lambda: True,
) -> Answer:
    """The claims that the command chooses for a complete Document; blocks, so call it in a worker.

    `answers` keeps what was answered. `wanted` is asked several times a second; False ends the command. Raises
    AskError.
    """
    key = answer_key(document, command)
    kept = answers.load(key) if answers is not None else None
    if kept is not None:
        with contextlib.suppress(AnswerError):  # kept by another version of the program: asked again
            return answered(document, kept, command)
    try:
        text = _run(command, question(document), time_limit_s, wanted)
        found = answered(document, text, command)
    except AnswerError as error:
        raise AskError(f"[claims] command: {error}") from None
    if answers is not None:
        answers.save(key, text)
    return found


def _run(command: Sequence[str], said: str, time_limit_s: float, wanted: Callable[[], bool]) -> str:
    """What a command prints for what it is told on standard input. Raises AskError."""
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
        what = _("[claims] command: {name!r} cannot be run ({reason}); install it, or change the setting")
        raise AskError(what.format(name=name, reason=reason)) from None
    deadline = time.monotonic() + time_limit_s
    told: bytes | None = said.encode("utf-8", "replace")
    try:
        while True:
            try:
                out, errors = process.communicate(told, timeout=_POLL_S)
                break
            except subprocess.TimeoutExpired:
                told = None
                if not wanted():
                    raise AskError("") from None
                if time.monotonic() > deadline:
                    what = _("[claims] command: {name!r} gave no answer within {seconds:g} s; it was ended")
                    raise AskError(what.format(name=name, seconds=time_limit_s)) from None
    finally:
        _end(process)
    if process.returncode:
        lines = errors.decode("utf-8", "replace").strip().splitlines()
        why = sanitize.clean_line(lines[-1][:200]) if lines else ""
        what = _("[claims] command: {name!r} ended with {code}: {why}")
        what = what if why else _("[claims] command: {name!r} ended with {code}")
        raise AskError(what.format(name=name, code=process.returncode, why=why))
    return out.decode("utf-8", "replace")[:_LARGEST_ANSWER]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, and what it started."""
    if process.poll() is not None:
        return
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except OSError:
        process.kill()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    process.wait()
