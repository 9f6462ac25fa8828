"""The units of a page, which are laid out one at a time: a block, or a part of one that is too large for that.

Owns where a block is cut, and the height of each unit: an estimate from the length of its text until somebody lays it
out and says what it is (`set_height`). Refuses to lay out anything.

Invariant: units are in reading order; those of one block follow one another and hold all of its text, but for the line
feed at a cut.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from reader.document import Block, Code, Range, Rule, Table
from reader.layout.heights import Heights
from reader.layout.wrap import graphemes

FRONT = -1
"""In place of the index of a block: the unit is the front."""
UNIT_TABLE_ROWS = 60
"""Rows of a table in one unit."""
_UNIT_CODE_LINES = 200
_UNIT_TEXT_CHARS = 4000
"""Characters of running text in one unit, at most."""


class Units:
    """The units of one document at one width, in cells."""

    def __init__(self, width: int) -> None:
        self.heights = Heights()
        self._width = width
        self._blocks: array[int] = array("l")
        self._starts: array[int] = array("l")
        self._ends: array[int] = array("l")
        self._least_rows: array[int] = array("l")  # at any width
        self._text_cells: array[int] = array("l")  # width of the running text in one line
        self._first_units: dict[int, int] = {}  # of the blocks with more than one unit

    def __len__(self) -> int:
        return len(self._blocks)

    def block(self, unit: int) -> int:
        """Index of the block that a unit is of, or `FRONT`."""
        return self._blocks[unit]

    def range(self, unit: int) -> Range:
        """The part of the text that a unit shows; empty for the front."""
        return Range(self._starts[unit], self._ends[unit])

    def part(self, unit: int) -> int:
        """The number of a unit among those of its block, from 0."""
        return unit - self._first_units.get(self._blocks[unit], unit)

    def at_offset(self, offset: int) -> int:
        """The last unit that starts at `offset` or before it; 0 if there is none."""
        return max(0, bisect_right(self._starts, offset) - 1)

    # ---- growing ---------------------------------------------------------------------------------------------------

    def add(self, block: int, start: int, end: int, least_rows: int, text_cells: int) -> None:
        """One more unit at the end, which has no height before `estimate_new` is called."""
        self._blocks.append(block)
        self._starts.append(start)
        self._ends.append(end)
        self._least_rows.append(least_rows)
        self._text_cells.append(text_cells)

    def add_block(
        self, text: str, index: int, block: Block, gap: int, cells_per_char: float, *, code_frame_rows: int
    ) -> None:
        """The units of block `index`, with `gap` blank rows over the first.

        `cells_per_char` is for estimates of running text; `code_frame_rows` are the rows of a block of code that show
        none of its text.
        """
        first = len(self._blocks)
        if isinstance(block, Table):
            self._add_table(index, block, gap)
        elif isinstance(block, Code):
            self._add_code(text, index, block, gap, code_frame_rows)
        else:
            start, end = block.start, block.end
            while end - start > _UNIT_TEXT_CHARS:
                cut = _cut(text, start, start + _UNIT_TEXT_CHARS)
                self.add(index, start, cut - (text[cut - 1] == "\n"), gap, int((cut - start) * cells_per_char))
                start, gap = cut, 0
            text_cells = max(end > start, int((end - start) * cells_per_char))
            self.add(index, start, end, gap + isinstance(block, Rule), text_cells)
        if len(self._blocks) > first + 1:
            self._first_units[index] = first

    def _add_table(self, index: int, table: Table, gap: int) -> None:
        start = table.start
        for at in range(0, max(1, len(table.rows)), UNIT_TABLE_ROWS):
            rows = table.rows[at : at + UNIT_TABLE_ROWS]
            if at:
                start = next((row[0].start for row in rows if row), start)
            is_last = at + UNIT_TABLE_ROWS >= len(table.rows)
            end = table.end if is_last else next((row[-1].end for row in reversed(rows) if row), start)
            self.add(index, start, end, gap + len(rows) + (not at), 0)
            gap = 0

    def _add_code(self, text: str, index: int, code: Code, gap: int, frame_rows: int) -> None:
        start, end = code.start, code.end
        if "\n" not in text[start:end]:
            frame_rows = 0
        while True:
            cut, lines = start, 0
            while lines < _UNIT_CODE_LINES and (found := text.find("\n", cut, end)) >= 0:
                cut, lines = found + 1, lines + 1
            if lines < _UNIT_CODE_LINES or cut >= end:
                self.add(index, start, end, gap + lines + 1 + frame_rows, 0)
                return
            self.add(index, start, cut - 1, gap + lines, 0)
            start, gap = cut, 0

    # ---- heights ---------------------------------------------------------------------------------------------------

    def estimate_new(self) -> None:
        """Estimates the heights of the units that have been added since the last time."""
        self.heights.extend(self._estimates(len(self.heights)))

    def resize(self, width: int) -> None:
        """Estimates all heights anew, for another width."""
        self._width = width
        self.heights.fill(self._estimates(0))

    def set_hidden(self, unit: int, hidden: bool) -> None:
        """A hidden unit has no rows; one that is shown again has as many as are estimated."""
        self.heights.set(unit, 0 if hidden else self._estimate(unit))

    def _estimate(self, unit: int) -> int:
        return self._least_rows[unit] + (self._text_cells[unit] + self._width - 1) // self._width

    def set_least_rows(self, unit: int, rows: int) -> None:
        """Changes what the height of a unit is estimated from: the front has become another one."""
        self._least_rows[unit] = rows

    def _estimates(self, first: int) -> Sequence[int]:
        width = self._width
        return [
            least + (text + width - 1) // width
            for least, text in zip(self._least_rows[first:], self._text_cells[first:], strict=True)
        ]


def _cut(text: str, start: int, end: int) -> int:
    """Where the unit of running text that begins at `start` ends: after a line, a sentence or a word, not far before
    `end`; where there is none, between two graphemes near it."""
    for marks in ("\n", "。！？!?", " ，、；"):
        cut = max(text.rfind(mark, start + _UNIT_TEXT_CHARS // 2, end) for mark in marks) + 1
        while 0 < cut < end and text[cut] in "。！？!?，、；”’」』）)】》":
            cut += 1
        if cut > start:
            return cut
    sizes = accumulate(map(len, graphemes(text[end - 40 : end + 40])))
    return next((end - 40 + size for size in sizes if size >= 40), end)
