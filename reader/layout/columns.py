"""The widths of the columns of a table on a page.

Owns the arithmetic of widths: pure functions of the sizes of cells. Refuses to lay out or draw.

Invariant: with the lines between them, the columns are never wider together than the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from reader.layout.wrap import breaks, cells

_WEIGHED_ROWS = 24
"""First rows of a table for which the wrapped height is minimised where not every column gets its natural width."""
_MIN_COLUMN_CELLS = 4
"""Width that a column gets at least, unless its cells are narrower."""
_KEPT_WORD_CELLS = (40, 12)
"""Width up to which a column is made so wide that its longest word is not broken: the first where all columns have room
for it, else the second."""


class Columns(NamedTuple):
    """The widths of the columns of a table, in cells."""

    widths: tuple[int, ...]
    padding: int = 1
    """Blanks on each side of the line between two columns."""
    ruled: bool = False
    """So many rows wrap that a rule between them is needed to tell them apart."""


class Size(NamedTuple):
    """The size of a cell of a table, in cells of the screen."""

    line: int
    """Width of its longest line."""
    word: int
    """Width of the longest part of it that should stay in one row."""
    breaks: int
    """Line breaks in it."""

    def lines(self, width: int) -> int:
        """About how many rows it takes in a column of `width`; a word that would be broken counts as two more."""
        if self.line <= width:
            return self.breaks + 1
        return self.breaks + -(-self.line * 11 // (width * 10)) + 2 * (self.word > width)

    def width_for(self, lines: int) -> int:
        """About the least width in which it takes at most so many rows."""
        lines = max(1, lines - self.breaks)
        return self.line if lines == 1 else -(-self.line * 11 // (lines * 10))

    def wraps(self, width: int) -> bool:
        """Whether it takes several rows in a column of `width`."""
        return self.line > width or self.breaks > 0


def size_of(shown: str) -> Size:
    """The size of a cell that shows this text."""
    if shown.isascii():
        word = max(map(len, shown.split()), default=1)
    else:
        stops = breaks(shown)
        word = max((cells(shown[start:end].rstrip()) for start, end in pairwise((0, *stops))), default=1)
    return Size(max(1, *map(cells, shown.split("\n"))), word, shown.count("\n"))


def column_widths(sizes: Sequence[Sequence[Size]], count: int, width: int) -> Columns | None:
    """The widths of `count` columns with cells of these `sizes` on a page of `width` cells; None if it is too narrow.

    Each column has its natural width where all have room for it. Else each gets a minimum, and the rest is given where
    it saves most rows.
    """
    natural, longest_word = [1] * count, [1] * count
    for row in sizes:
        for column, size in enumerate(row):
            natural[column] = max(natural[column], size.line)
            longest_word[column] = max(longest_word[column], size.word)
    for kept, padding in ((kept, padding) for kept in _KEPT_WORD_CELLS for padding in (1, 0)):
        minimum = [
            max(min(_MIN_COLUMN_CELLS, line), min(kept, word)) for word, line in zip(longest_word, natural, strict=True)
        ]
        room = width - (2 * padding + 1) * (count - 1)
        if count and sum(minimum) <= room:
            fits = sum(natural) <= room
            widths = natural if fits else _distributed(sizes[:_WEIGHED_ROWS], natural, minimum, room)
            wrapping = sum(any(map(Size.wraps, row, widths)) for row in sizes[1:])
            return Columns(tuple(widths), padding, wrapping * 4 > len(sizes))
    return None


def _distributed(
    sizes: Sequence[Sequence[Size]], natural: Sequence[int], minimum: Sequence[int], room: int
) -> list[int]:
    """Widths that fill `room`: from the minimum on, the step that saves most rows a cell of width is taken first."""
    widths, spare = list(minimum), room - sum(minimum)
    while spare > 0:
        lines = [[size.lines(width) for size, width in zip(row, widths, strict=False)] for row in sizes]
        best, chosen, step = 0.0, 0, 0
        for column, width in enumerate(widths):
            # Each cell that wraps here, its rows, and those of the highest other cell of its row.
            wrapping = [
                (row[column], numbers[column], max((n for c, n in enumerate(numbers) if c != column), default=1))
                for row, numbers in zip(sizes, lines, strict=True)
                if column < len(row) and row[column].wraps(width)
            ]
            candidates = {size.word for size, _, _ in wrapping} | {size.width_for(now - 1) for size, now, _ in wrapping}
            for wider in candidates:
                if width < wider <= width + spare:
                    saved = 0.0
                    for size, now, beside in wrapping:
                        then = size.lines(wider)
                        saved += max(now, beside) - max(then, beside) + (now - then) / 8
                    if saved / (wider - width) > best:
                        best, chosen, step = saved / (wider - width), column, wider - width
        if not step:
            break
        widths[chosen] += step
        spare -= step
    for column in sorted(range(len(widths)), key=lambda c: widths[c] / natural[c]):
        more = min(spare, natural[column] - widths[column])
        widths[column] += more
        spare -= more
    return widths
