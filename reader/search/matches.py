"""The matches of a search, 8 bytes each."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import overload

from reader.document import Range


class Matches(Sequence[Range]):
    """The matches found in the first `searched` characters of a text: in order, not overlapping, none empty.

    Behaves as a tuple of ranges, in 8 bytes a match. Immutable, though the matches of one scan share what they hold:
    each is all that had been found at its time.
    """

    __slots__ = ("_count", "resume", "searched", "spans")

    searched: int
    """Offset up to which the text has been searched: its length when the scan is done."""

    def __init__(self, spans: array[int] | None = None, count: int = 0, searched: int = 0, resume: int = 0) -> None:
        # start, end, start, end …: sorted, so that a bisection's parity says whether an offset is inside
        self.spans = array("I") if spans is None else spans
        self._count = count
        self.resume = resume
        self.searched = searched

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Range: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Range, ...]: ...
    def __getitem__(self, index: int | slice) -> Range | tuple[Range, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(self._count)))
        at = index + self._count if index < 0 else index
        if not 0 <= at < self._count:
            raise IndexError(f"match {index} of {self._count}")
        return Range(self.spans[2 * at], self.spans[2 * at + 1])

    def __iter__(self) -> Iterator[Range]:
        return (self[at] for at in range(self._count))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Matches):
            return NotImplemented
        return self.spans[: 2 * self._count] == other.spans[: 2 * other._count]

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{self._count} matches in {self.searched} characters>"

    def at(self, offset: int) -> int | None:
        """Index of the match that `offset` is in."""
        place = bisect_right(self.spans, offset, 0, 2 * self._count)
        return place // 2 if place % 2 else None

    def before(self, offset: int) -> int:
        """How many matches start before `offset`."""
        return (bisect_left(self.spans, offset, 0, 2 * self._count) + 1) // 2

    def following(self, offset: int) -> int | None:
        """Index of the first match that starts at `offset` or after it; None after the last."""
        index = self.before(offset)
        return index if index < self._count else None

    def preceding(self, offset: int) -> int | None:
        """Index of the last match that starts before `offset`; None before the first."""
        index = self.before(offset)
        return index - 1 if index else None

    def within(self, where: Range) -> tuple[Range, ...]:
        """The matches that share a character with `where`, uncut."""
        first = bisect_right(self.spans, where.start, 0, 2 * self._count) // 2
        return self[first : self.before(where.end)] if len(where) else ()

    def tally(self, where: Range) -> int:
        """How many matches start in `where`: the number beside a section, the strength of a tick."""
        return self.before(where.end) - self.before(where.start)
