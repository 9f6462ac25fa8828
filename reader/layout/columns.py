"""How the columns of a table share a page.

Owns the arithmetic of widths: pure functions of the sizes of cells. Refuses to lay out or draw. Invariant: with the
lines between them, the columns are never wider together than the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from reader.layout import wrap
from reader.layout.wrap import cells

_SAMPLE = 24
"""Rows of a table that are asked how its columns should share the page."""


class Columns(NamedTuple):
    """How the columns of a table share the page."""

    widths: tuple[int, ...]
    blanks: int = 1
    """Blanks on each side of the line between two columns."""
    ruled: bool = False
    """So many rows wrap that a rule between them is needed to tell them apart."""


class Size(NamedTuple):
    """How large a cell of a table is, in cells of the screen."""

    line: int
    """Its longest line."""
    word: int
    """The longest part of it that should stay in one row."""
    breaks: int
    """Line breaks in it."""

    def lines(self, width: int) -> int:
        """About how many rows it takes in a column of `width`; a word that would be parted counts as two more."""
        if self.line <= width:
            return self.breaks + 1
        return self.breaks + -(-self.line * 11 // (width * 10)) + 2 * (self.word > width)

    def needs(self, lines: int) -> int:
        """The width in which it would take so many rows, or one row fewer than it has line breaks would allow."""
        lines = max(1, lines - self.breaks)
        return self.line if lines == 1 else -(-self.line * 11 // (lines * 10))

    def over(self, width: int) -> bool:
        """Whether it wraps in a column of `width`."""
        return self.line > width or self.breaks > 0


def size_of(shown: str) -> Size:
    """The size of a cell that shows this text."""
    if shown.isascii():
        word = max(map(len, shown.split()), default=1)
    else:
        stops = wrap.breaks(shown)
        word = max((cells(shown[start:end].rstrip()) for start, end in pairwise((0, *stops))), default=1)
    return Size(max(1, *map(cells, shown.split("\n"))), word, shown.count("\n"))


def share(sizes: Sequence[Sequence[Size]], count: int, width: int) -> Columns | None:
    """The `count` columns of rows of cells on a page of `width`; None where they cannot stand side by side.

    Where not all can be as wide as they like, each cell given to a column goes where it saves most rows.
    """
    want, least = [1] * count, [1] * count
    for row in sizes:
        for column, size in enumerate(row):
            want[column] = max(want[column], size.line)
            least[column] = max(least[column], size.word)
    floor = [max(min(4, high), min(12, low)) for low, high in zip(least, want, strict=True)]
    for blanks in (1, 0):
        room = width - (2 * blanks + 1) * (len(want) - 1)
        if want and sum(floor) <= room:
            widths = want if sum(want) <= room else _shared(sizes[:_SAMPLE], want, floor, room)
            wrapped = (any(map(Size.over, row, widths)) for row in sizes[1:])
            return Columns(tuple(widths), blanks, sum(wrapped) * 4 > len(sizes))
    return None


def _shared(sizes: Sequence[Sequence[Size]], want: Sequence[int], floor: Sequence[int], room: int) -> list[int]:
    """Widths of columns that fill `room`: from `floor` on, what saves most rows a cell is given first."""
    share, spare = list(floor), room - sum(floor)
    while spare > 0:
        lines = [[size.lines(wide) for size, wide in zip(row, share, strict=False)] for row in sizes]
        best, chosen, given = 0.0, 0, 0
        for column, wide in enumerate(share):
            # Each cell that wraps here, with the rows its neighbours take, and the widths at which it would wrap less.
            here = [
                (row[column], numbers[column], max((n for c, n in enumerate(numbers) if c != column), default=1))
                for row, numbers in zip(sizes, lines, strict=True)
                if column < len(row) and row[column].over(wide)
            ]
            widths = {size.word for size, _, _ in here} | {size.needs(now - 1) for size, now, _ in here}
            for other in widths:
                if wide < other <= wide + spare:
                    saved = 0.0
                    for size, now, beside in here:
                        then = size.lines(other)
                        saved += max(now, beside) - max(then, beside) + (now - then) / 8
                    if saved / (other - wide) > best:
                        best, chosen, given = saved / (other - wide), column, other - wide
        if not given:
            break
        share[chosen] += given
        spare -= given
    for column in sorted(range(len(share)), key=lambda c: share[c] / want[c]):
        more = min(spare, want[column] - share[column])
        share[column] += more
        spare -= more
    return share
