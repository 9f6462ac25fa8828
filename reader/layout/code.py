"""Blocks of code in rows: lines as they are, not wrapped, tabs expanded.

Owns tab stops, the label with the language, line numbers, and the length from which a line is folded after all. Refuses
to colour: syntax is a layer of marks.

Invariant: a row of code starts where a line does, or at a multiple of `MAX_ROW_CHARS` in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.document import Code, Range
from reader.layout.inline import lines
from reader.layout.rows import Piece, Row
from reader.layout.wrap import cells, clip, pad

MAX_ROW_CHARS = 4000
"""Characters of a line of code in one row; a longer line is folded, or drawing a single row would take too long."""
FRAME_ROWS = 2
"""Rows around a block of several lines: its label, and a blank one below."""
_TAB_STOP_CELLS = 4
_ROLE = "code-block"


def code_rows(
    text: str, block: Code, start: int, end: int, width: int, *, signs: bool, numbers: bool = False
) -> Iterator[Row]:
    """The rows of the part [start, end) of a block of code, `wide` set where one does not fit `width` cells.

    With `signs`, for outputs without a background, code is indented further and has neither a label nor a row below;
    nor has a block of one line. `numbers`: each line has its number before it, which stands still.
    """
    ground = "" if signs else _ROLE
    plain = Piece("    " if signs else "  ", _ROLE)
    framed = not signs and "\n" in text[block.start : block.end]
    number = text.count("\n", block.start, start) + 1
    digits = len(str(text.count("\n", block.start, block.end) + 1))
    if start == block.start and framed:
        label = pad(clip(block.language, width - 2), width - 1, "right")
        yield Row((Piece(label, f"{_ROLE} label"),), ground)
    for line in lines(text, start, end):
        for at in range(line.start, max(line.end, line.start + 1), MAX_ROW_CHARS):
            indent = plain
            if numbers and framed:
                shown = str(number) if at == line.start else ""
                indent = Piece(f" {shown.rjust(digits)}  ", f"{_ROLE} label")
            pieces = _tabs_expanded(text, at, min(line.end, at + MAX_ROW_CHARS))
            full = cells(indent.text) + sum(cells(piece.text) for piece in pieces)
            fixed = int(indent is not plain)
            if not framed and block.language and not signs and full + cells(block.language) + 2 <= width:
                pieces.append(Piece(pad(block.language, width - full - 1, "right"), f"{_ROLE} label"))
            yield Row((indent, *pieces), ground, fixed, full if full > width else 0)
        number += 1
    if end == block.end and framed:
        yield Row((), ground)


def _tabs_expanded(text: str, start: int, end: int) -> list[Piece]:
    """A line of code; each tab is a piece of its own, of blanks up to the next tab stop."""
    pieces: list[Piece] = []
    column = 0
    while start < end:
        found = text.find("\t", start, end)
        stop = end if found < 0 else found
        if stop > start:
            pieces.append(Piece(text[start:stop], _ROLE, Range(start, stop)))
            column += cells(text[start:stop])
        if found >= 0:
            blanks = _TAB_STOP_CELLS - column % _TAB_STOP_CELLS
            pieces.append(Piece(" " * blanks, _ROLE, Range(found, found + 1)))
            column += blanks
        start = stop + 1
    return pieces
