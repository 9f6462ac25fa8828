"""Marks: ranges of the text that are highlighted, in layers that lie over one another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias, cast

from reader.document import Range

Layer: TypeAlias = Literal["syntax", "claims", "claim", "highlights", "focus", "matches", "current", "selection"]
"""From the lowest to the uppermost; "claim" is the current claim, "current" the current match."""
LAYERS: tuple[Layer, ...] = (*("syntax", "claims", "claim", "highlights", "focus", "matches", "current", "selection"),)


class Mark(NamedTuple):
    """A highlighted range and the role it is drawn in."""

    start: int
    end: int
    role: str


class RangeMarks(Sequence[Mark]):
    """Ranges as marks of one role, made when they are drawn: there may be a million."""

    def __init__(self, count: int, range_at: Callable[[int], Range], role: str) -> None:
        self._count = count
        self._range_at = range_at
        self._role = role

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        where = self._range_at(index)
        return Mark(where.start, where.end, self._role)


class Layers:
    """The marks of an article. Those of one layer are sorted by start and do not overlap one another."""

    def __init__(self) -> None:
        self._marks: dict[Layer, Sequence[Mark]] = dict.fromkeys(LAYERS, ())

    def __getitem__(self, layer: Layer) -> Sequence[Mark]:
        return self._marks[layer]

    def set(self, layer: Layer, marks: Sequence[Mark] = ()) -> None:
        """Replaces a layer."""
        self._marks[layer] = marks

    def patch(self, layer: Layer, where: Range, marks: Sequence[Mark]) -> None:
        """Replaces what a layer has in a range by `marks`, which lie in it; what reaches over an end of it is cut."""
        there = self._marks[layer]
        first = max(0, bisect_right(there, where.start, key=_start) - 1)
        last = bisect_left(there, where.end, key=_start)
        parts = [mark._replace(end=min(mark.end, where.start)) for mark in there[first : first + 1]]
        parts += marks
        if last > first:
            parts.append(there[last - 1]._replace(start=max(there[last - 1].start, where.end)))
        self._marks[layer] = [*there[:first], *_joined(parts), *there[max(first, last) :]]

    def over(self, start: int, end: int) -> Iterator[Mark]:
        """The marks that share a character with [start, end), the lowest layer first."""
        for marks in self._marks.values():
            if not marks:
                continue
            index = max(0, bisect_right(marks, start, key=_start) - 1)
            while index < len(marks) and marks[index].start < end:
                mark = marks[index]
                if mark.end > start:
                    yield mark
                index += 1

    def roles(self, start: int, end: int) -> Iterator[str]:
        """Which of "claim" and "match" start in [start, end), the uppermost last."""
        for layer, role in (("claims", "claim"), ("matches", "match")):
            marks = self._marks[cast("Layer", layer)]
            if marks and (index := bisect_left(marks, start, key=_start)) < len(marks) and marks[index].start < end:
                yield role


def _joined(marks: Sequence[Mark]) -> list[Mark]:
    """Marks without the empty ones; those of one role that touch one another as one."""
    joined: list[Mark] = []
    for mark in marks:
        if mark.end <= mark.start:
            continue
        if joined and joined[-1].end == mark.start and joined[-1].role == mark.role:
            joined[-1] = joined[-1]._replace(end=mark.end)
        else:
            joined.append(mark)
    return joined


def _start(mark: Mark) -> int:
    return mark.start
