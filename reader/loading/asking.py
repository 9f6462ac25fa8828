"""A model of the reader's own, asked for the claims of an article: a command is run, and its answer kept.

Owns what is asked and what is kept. Refuses to judge the answer: `reader.claims` checks it. Nothing is run unless a
command is set (`program` runs it), and nothing else leaves the machine.

Invariant: `ask` runs the command at most once, and not at all if an answer is kept.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from reader.claims import Answer, AnswerError, answer_key, answered, question
from reader.document import Document
from reader.loading.program import ProgramError, run_program

TIME_LIMIT_S: Final = 120.0


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
        text = run_program(command, question(document), time_limit_s=time_limit_s, wanted=wanted)
        found = answered(document, text, command)
    except (AnswerError, ProgramError) as error:
        raise AskError(f"[claims] command: {error}" if str(error) else "") from None
    if answers is not None:
        answers.save(key, text)
    return found
