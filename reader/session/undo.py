"""What a person took away by a key, and how it comes back; for as long as the program runs."""

from __future__ import annotations

from collections.abc import Callable

from reader.document import record
from reader.locale import _
from reader.session.reading import Reading

MAX_STEPS = 100


@record
class Step:
    """Something that can be undone."""

    what: str
    """As in "note"; shown with "is back"."""
    undo: Callable[[], object]


class Undo:
    """The steps that can be undone, the latest last."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._steps: list[Step] = []
        self._offered = False
        self.in_list = False
        """Whether a list over the page has the keys."""

    def offer(self, what: str, undo: Callable[[], object], said: str = "") -> None:
        """Notes that something was taken away and says so; `key` as the next one brings it back."""
        self._steps.append(Step(what, undo))
        del self._steps[:-MAX_STEPS]
        said = said or _("{what} removed").format(what=what)
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
        """Brings back what was taken away last."""
        if not self._steps:
            self.reading.say(_("Nothing to undo"))
            return
        step = self._steps.pop()
        step.undo()
        self.reading.say(_("{what} is back").format(what=step.what))
