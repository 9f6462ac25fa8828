"""A picture in cells: half-blocks of two pixels each, or places that a terminal fills with an image it was given.

Owns the value and its rows. Refuses to read an image: it is given pixels. The second way is that of kitty's graphics
protocol (sw.kovidgoyal.net/kitty/graphics-protocol, "Unicode placeholders"): U+10EEEE with a combining character for
the row and one for the column, in a foreground colour that is the number of the image.

Invariant: each row has as many cells as the picture has columns, and none of its pieces shows a range of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from typing import Final, NamedTuple

from reader.layout.rows import Piece, Row

HALF: Final = "▀"
PLACEHOLDER: Final = "\U0010eeee"
_MARKS: Final = (
    "0305 030D-030E 0310 0312 033D-033F 0346 034A-034C 0350-0352 0357 035B 0363-036F 0483-0487 0592-0595 0597-0599 "
    "059C-05A1 05A8-05A9 05AB-05AC 05AF 05C4 0610-0617 0657-065B 065D-065E 06D6-06DC 06DF-06E2 06E4 06E7-06E8 "
    "06EB-06EC 0730 0732-0733 0735-0736 073A 073D 073F-0741 0743 0745 0747 0749-074A 07EB-07F1 07F3 0816-0819 "
    "081B-0823 0825-0827 0829-082D 0951 0953-0954 0F82-0F83 0F86-0F87 135D-135F 17DD 193A 1A17 1A75-1A7C 1B6B "
    "1B6D-1B73 1CD0-1CD2 1CDA-1CDB 1CE0 1DC0-1DC1 1DC3-1DC9 1DCB-1DCC 1DD1-1DE6 1DFE 20D0-20D1 20D4-20D7 20DB-20DC "
    "20E1 20E7 20E9 20F0"
)
"""The combining characters that count rows and columns, from 0: those of class 230 in Unicode 6.0 without a
decomposition, but for a few that normalization would join (kitty's `gen/rowcolumn-diacritics.txt`); the first 210."""


class Picture(NamedTuple):
    """An image at the size at which it is shown."""

    columns: int
    rows: int
    pixels: bytes = b""
    """Two a cell, RGB, row after row from the top; none where the terminal draws it."""
    number: int = 0
    """Of the image at the terminal that draws it, 1 to 0xFFFFFF."""
    png: bytes = b""
    """What that terminal is given."""

    def lines(self) -> Iterator[Row]:
        """Its rows."""
        yield from self._placed() if self.number else self._blocks()

    def _blocks(self) -> Iterator[Row]:
        stride = 3 * self.columns
        for y in range(self.rows):
            upper = self.pixels[2 * y * stride : (2 * y + 1) * stride].hex()
            lower = self.pixels[(2 * y + 1) * stride : (2 * y + 2) * stride].hex()
            roles = (f"px-{upper[at : at + 6]}{lower[at : at + 6]}" for at in range(0, 2 * stride, 6))
            yield Row(tuple(Piece(HALF * len([*run]), role) for role, run in groupby(roles)))

    def _placed(self) -> Iterator[Row]:
        marks = _marks()
        for y in range(min(self.rows, len(marks))):
            cells = "".join(PLACEHOLDER + marks[y] + mark for mark in islice(marks, self.columns))
            yield Row((Piece(cells, f"px-{self.number:06x}"),))


MAX_PLACED: Final = 210
"""Columns and rows of a picture that a terminal draws, at the most."""


def _marks() -> str:
    found: list[str] = []
    for part in _MARKS.split():
        first, _, last = part.partition("-")
        found += map(chr, range(int(first, 16), int(last or first, 16) + 1))
    return "".join(found)
