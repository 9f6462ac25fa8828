"""Programs of the person's own on the passage: which are named, what was asked of them, and what they answered.

Owns the answers, which are kept for the run, and which one is shown. Refuses to run anything that the settings do not
name, and to hand a passage over as an argument: it goes to standard input as it stands in the text.

Invariant: the same passage is given to the same program once a run, unless it failed; one program runs at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from reader import sanitize
from reader.document import NO_TEXT, Range, Shown
from reader.locale import _
from reader.session.article import Article, PassageKind
from reader.session.changes import Topic
from reader.session.reading import Reading
from reader.settings import Command

MAX_ANSWERS = 200
"""Answers that are kept; the oldest go first."""
LARGEST_ANSWER = 1 << 17
"""Bytes of an answer that are shown."""
_COLOURS = sanitize.pattern("\x1b\\[[0-9;:]*+[A-Za-z]")
"""Colours and moves of the cursor (ECMA-48, 5.4), which a panel has no use for."""


class Answer(NamedTuple):
    """What a program says of a passage."""

    name: str
    """Of the command in the settings."""
    kind: PassageKind
    """Of the passage."""
    range: Range
    text: Shown = NO_TEXT
    running: bool = True
    """Whether the program has not answered yet."""


class Programs:
    """The programs of the settings, and the answer on the screen."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.shown: Answer | None = None
        """What the panel shows; None: there is no panel."""
        self._kept: dict[tuple[str, str], Shown] = {}
        """By command and passage."""
        self._of: Article | None = None
        """The article of the passage."""
        reading.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "article" and self._of is not None and self._of.target != self.reading.article.target:
            self.close()

    @property
    def named(self) -> Mapping[str, Command]:
        """The programs there are, by name."""
        return self.reading.settings.commands

    def run(self, name: str) -> None:
        """Gives the passage to a program; what it has answered to the same before is shown at once."""
        passage = self.reading.passage()
        if passage is None:
            self.reading.say(_("No passage to give to a program"))
            return
        self._of = self.reading.article
        said = self.reading.article.document.slice(passage.range)
        answer = Answer(name, passage.kind, passage.range)
        kept = self._kept.get((name, said))
        if kept is not None:
            self._show(answer._replace(text=kept, running=False))
            return
        self._show(answer)
        self.reading.background.run(partial(self._work, answer, self.named[name], said), group="program")

    def close(self) -> bool:
        """Takes the panel away, and ends a program that still runs; False where there was none."""
        if self.shown is None:
            return False
        self._show(None)
        return True

    def _show(self, answer: Answer | None) -> None:
        self.shown = answer
        self.reading.announce("answer")

    def _work(self, answer: Answer, command: Command, said: Shown) -> None:
        """Runs in a thread."""
        from reader.loading import ProgramError, run_program

        background = self.reading.background
        wanted = lambda: background.running and self.shown is answer  # noqa: E731
        try:
            found = run_program(
                command.run, said, time_limit_s=command.time_limit, wanted=wanted, largest=LARGEST_ANSWER
            )
        except ProgramError as problem:
            if str(problem):
                background.tell(self._failed, answer, f"{sanitize.clean_line(answer.name)}: {problem}")
        else:
            background.tell(
                self._answered, answer, said, sanitize.stripped(sanitize.clean(_COLOURS.sub("", found)), "\n")
            )

    def _answered(self, answer: Answer, said: Shown, text: Shown) -> None:
        self._kept[answer.name, said] = text
        while len(self._kept) > MAX_ANSWERS:
            del self._kept[next(iter(self._kept))]
        if self.shown is answer:
            self._show(answer._replace(text=text, running=False) if text.strip() else None)
            if not text.strip():
                nothing = _("{name} is done and has printed nothing")
                self.reading.say(nothing.format(name=sanitize.clean_line(answer.name)))

    def _failed(self, answer: Answer, problem: str) -> None:
        if self.shown is answer:
            self._show(None)
            self.reading.say(problem, warning=True)
