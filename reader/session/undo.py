"""What a person did by a key, and how it is undone; for as long as the program runs.

Owns the steps, and whether `u` as the next key undoes one. Refuses to know what a step does.

Invariant: of two steps the later one is undone first.
"""

from __future__ import annotations

from collections.abc import Callable

from reader.document import record
from reader.locale import _
from reader.session.reading import Reading

MAX_STEPS = 100


@record
class Step:
    """Something that was done."""

    undo: Callable[[], object]
    said: str
    """What is said then; nothing where `undo` says it."""


class Undo:
    """The steps, the latest last."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._steps: list[Step] = []
        self._offered = False
        self.in_list = False
        """Whether a list over the page has the keys."""

    def offer(self, what: str, undo: Callable[[], object], said: str = "") -> None:
        """Notes that something was taken away and says so; `key` as the next one brings it back."""
        self.note(undo, _("{what} is back").format(what=what))
        self.say(said or _("{what} removed").format(what=what))

    def note(self, undo: Callable[[], object], said: str = "") -> None:
        """Notes that something was done; `said` is shown when it has been undone."""
        self._steps.append(Step(undo, said))
        del self._steps[:-MAX_STEPS]

    def say(self, said: str) -> None:
        """Says what was done; `key` as the next one undoes it."""
        self.reading.say(_("{said}, {key} undoes").format(said=said, key=self.key))
        self._offered = True

    @property
    def key(self) -> str:
        """The key that undoes right behind the offer: in a list `u`, elsewhere too unless it is another action's in
        this run."""
        keys = self.reading.keys
        if self.in_list or self.reading.pane == "sidebar" or keys.get("move.half_up", "u") == "u":
            return "u"
        return keys["note.undo"]

    def take_offer(self) -> bool:
        """Whether the line that says which key undoes is what the person has just read; asked once for each key."""
        offered, self._offered = self._offered, False
        return offered

    def undo(self) -> None:
        """Undoes the latest step."""
        if not self._steps:
            self.reading.say(_("Nothing to undo"))
            return
        step = self._steps.pop()
        step.undo()
        if step.said:
            self.reading.say(step.said)
