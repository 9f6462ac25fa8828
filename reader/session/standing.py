"""The annotations that stand in the text, in reading order, and how they are drawn.

Owns their order, what of them lies over a passage, and their marks. Refuses to know the store, and where passages are
looked for.

Invariant: the work for one that comes or goes does not grow with the number of the others, but for the copy of a list.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from reader.document import Range
from reader.session.marks import Mark
from reader.store import Annotation

HIGHLIGHT_SIGN, NOTE_SIGN = "▍", "✎"


class Placed(NamedTuple):
    """An annotation that stands in the text."""

    start: int
    end: int
    one: Annotation

    @property
    def range(self) -> Range:
        """Its passage."""
        return Range(self.start, self.end)

    @property
    def sign(self) -> str:
        """What stands beside it in the gutter and before it in lists."""
        return NOTE_SIGN if self.one.words else HIGHLIGHT_SIGN


class Standing:
    """Annotations by start, the longer first."""

    def __init__(self, several: Iterable[Placed] = ()) -> None:
        self.all = sorted(several, key=_order)
        """All of them; to be read only."""
        self._by_id = {placed.one.id: placed for placed in self.all}
        self._reach: list[int] | None = None
        """How far each of them or one before it goes; None until it is asked for."""

    def with_id(self, id: str) -> Placed | None:
        """The one with this id."""
        return self._by_id.get(id)

    def add(self, placed: Placed) -> None:
        """Puts one in, in the place of the one with the same id."""
        self.take(placed.one.id)
        insort(self.all, placed, key=_order)
        self._by_id[placed.one.id] = placed
        self._reach = None

    def take(self, id: str) -> Placed | None:
        """Takes one out, and returns it."""
        placed = self._by_id.pop(id, None)
        if placed is not None:
            del self.all[self._index(placed)]
            self._reach = None
        return placed

    def change(self, one: Annotation) -> Placed | None:
        """Other words or another colour for one, which stays where it is among the others."""
        placed = self._by_id.get(one.id)
        if placed is not None:
            new = self._by_id[one.id] = placed._replace(one=one)
            self.all[self._index(placed)] = new
        return placed

    def over(self, where: Range) -> list[Placed]:
        """Those that overlap a range, in order."""
        if self._reach is None:
            self._reach = list(accumulate((placed.end for placed in self.all), max))
        first = bisect_left(self._reach, where.start)
        last = bisect_right(self.all, where.end, key=_start)
        return [placed for placed in self.all[first:last] if placed.range.overlaps(where)]

    def sign(self, where: Range) -> tuple[int, str]:
        """Where in a range the first one begins, and its sign; -1 and none where there is none. Of several that begin
        at the same place, a note has it."""
        at = bisect_left(self.all, where.start, key=_start)
        start = self.all[at].start if at < len(self.all) else where.end
        if start >= where.end:
            return -1, ""
        there = self.all[at : bisect_right(self.all, start, key=_start)]
        return start, max(placed.sign for placed in there)

    def marks(self, where: Range, role: Callable[[Annotation], str]) -> list[Mark]:
        """The marks of a range of the text."""
        cut = (
            Placed(max(placed.start, where.start), min(placed.end, where.end), placed.one)
            for placed in self.over(where)
        )
        return flattened(list(cut), role)

    def _index(self, placed: Placed) -> int:
        at = bisect_left(self.all, _order(placed), key=_order)
        while self.all[at].one.id != placed.one.id:
            at += 1
        return at


def flattened(several: Sequence[Placed], role: Callable[[Annotation], str]) -> list[Mark]:
    """Highlights that may overlap and nest as marks that do not: of two, the one that starts later is on top.

    `several` are in order of their starts. Linear but for the depth of nesting.
    """
    marks: list[Mark] = []
    open_now: list[tuple[int, str]] = []
    """End and role of those that go on, the uppermost last."""
    at = 0
    for start, end, one in several:
        if not one.colour or end <= start:
            continue
        while open_now and open_now[-1][0] <= start:
            last, its = open_now.pop()
            if last > at:
                marks.append(Mark(at, last, its))
                at = last
        if open_now and start > at:
            marks.append(Mark(at, start, open_now[-1][1]))
        at = max(at, start)
        open_now.append((end, role(one)))
    while open_now:
        last, its = open_now.pop()
        if last > at:
            marks.append(Mark(at, last, its))
            at = last
    return marks


def _start(placed: Placed) -> int:
    return placed.start


def _order(placed: Placed) -> tuple[int, int]:
    return placed.start, -placed.end
