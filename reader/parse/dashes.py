"""Pandoc's tables that are set with blanks: columns below lines of dashes (simple and multiline tables).

Owns where such a table begins and ends and which words stand in which column. Refuses tables without two columns, and
those with a word across the edge of a column. Invariant: a line of the source is in one row, and all its words are.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from markdown_it.rules_block import StateBlock

from reader.sanitize import pattern

_COLUMNS: Final = pattern(r"[ ]{0,3}-{2,}+(?:[ ]++-{2,}+)++[ ]*+\Z")
_BAR: Final = pattern(r"[ ]{0,3}-{5,}+[ ]*+\Z")
_MAX_LINES: Final = 500
_MAX_HEAD_LINES: Final = 6


def dash_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table of pandoc's without lines between its columns, with or without a header."""
    if state.sCount[start] - state.blkIndent >= 4 or state.isEmpty(start):
        return False
    found = _bounds(state, start, end)
    if found is None:
        return False
    head, ruler, last, stop = found
    edges = _edges(_line(state, ruler))
    rows: list[list[str]] = []
    lines = [_line(state, number) for number in range(ruler + 1, last)]
    spaced = any(not line.strip() for line in lines)
    header = [_line(state, number) for number in range(head, ruler)]
    cells = _cells(header, edges) if header else None
    for part in _parts(lines) if spaced else [[line] for line in lines]:
        row = _cells(part, edges)
        if row is None:
            return False
        rows.append(row)
    if not rows or (header and cells is None):
        return False
    if silent:
        return True
    rows = [cells or [""] * len(edges), *rows]
    token = state.push("table", "table", 0)
    token.map = [start, stop]
    token.meta = {"rows": rows, "align": [""] * len(edges)}
    token.content = " ".join(rows[0])
    state.line = stop
    return True


def _bounds(state: StateBlock, start: int, end: int) -> tuple[int, int, int, int] | None:
    """First line of the header, the line of dashes below it, the end of the rows, and the line behind the table."""
    first = _line(state, start)
    most = min(end, start + _MAX_LINES)
    if _COLUMNS.match(first) or _BAR.match(first):
        # A multiline table, or one without a header: it ends with dashes too.
        ruler = start
        if _BAR.match(first):
            near = range(start + 1, min(most, start + 1 + _MAX_HEAD_LINES))
            ruler = next((number for number in near if _COLUMNS.match(_line(state, number))), -1)
            if ruler < start + 2 or any(state.isEmpty(number) for number in range(start + 1, ruler)):
                return None
        closes = (number for number in range(ruler + 1, most) if _is_dashes(_line(state, number)))
        last = next(closes, -1)
        return (start + 1, ruler, last, last + 1) if last > ruler + 1 else None
    if start + 2 >= end or not _COLUMNS.match(_line(state, start + 1)):
        return None
    last = start + 2
    while last < most and not state.isEmpty(last) and not _is_dashes(_line(state, last)):
        last += 1
    closed = last < end and _is_dashes(_line(state, last))
    return (start, start + 1, last, last + closed) if last > start + 2 else None


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] : state.eMarks[line]].expandtabs(4)


def _is_dashes(line: str) -> bool:
    return _COLUMNS.match(line) is not None or _BAR.match(line) is not None


def _edges(ruler: str) -> list[int]:
    """Where the columns begin, in cells; the first takes all before it too."""
    return [0, *(found.start() for found in re.finditer(r"(?<=[ ])-", ruler))][-len(ruler.split()) :]


def _parts(lines: list[str]) -> list[list[str]]:
    """Lines that stand together."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def _cells(lines: list[str], edges: list[int]) -> list[str] | None:
    """The words of a row by column; None where a word stands across an edge."""
    row = [""] * len(edges)
    for line in lines:
        places = _places(line)
        cuts: list[int] = []
        for edge in edges[1:]:
            at = next((index for index, place in enumerate(places) if place >= edge), len(line))
            if 0 < at < len(line) and line[at] != " " and line[at - 1] != " ":
                return None
            cuts.append(at)
        for index, (one, two) in enumerate(zip([0, *cuts], [*cuts, len(line)], strict=True)):
            if words := line[one:two].strip():
                row[index] = f"{row[index]} {words}".strip()
    return row


def _places(line: str) -> list[int]:
    """The cell at which each character stands."""
    places: list[int] = []
    at = 0
    for char in line:
        places.append(at)
        at += 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return places
