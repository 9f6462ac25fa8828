"""Asides in a column right of the page: each beside the row it belongs to, or as near below it as there is room.

Owns where they stand and how they wrap. Refuses to know what they are. Invariant: no row of the column holds two
asides, none is wider than the column, and each stands whole below the one before, in the order they are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from reader.layout.rows import Piece, Row
from reader.layout.wrap import cells, clip, wrapped


class Aside(NamedTuple):
    """A text beside the page."""

    row: int
    """Of the page, that it belongs beside."""
    sign: str
    """Before its first row; the others are indented by its cells and a blank."""
    text: str
    role: str
    most_rows: int
    """Where it is longer, its end is cut off."""


class AsideRow(NamedTuple):
    """A row of the column."""

    number: int
    """Of the aside, among those given."""
    row: Row


def beside(asides: Iterable[Aside], width: int) -> Mapping[int, AsideRow]:
    """The rows of a column of `width` cells, by row of the page. `asides` are in the order of their rows."""
    column: dict[int, AsideRow] = {}
    free = 0
    for number, aside in enumerate(asides):
        y = max(free, aside.row)
        for free, row in enumerate(_rows(aside.sign, aside.text, aside.role, aside.most_rows, width), y + 1):
            column[free - 1] = AsideRow(number, row)
    return column


@lru_cache(maxsize=512)  # the same ones are set again whenever the page moves by a row
def _rows(sign: str, text: str, role: str, most: int, width: int) -> tuple[Row, ...]:
    lead = f"{sign} " if sign else ""
    room = max(1, width - cells(lead))
    lines = [text[start:end].rstrip() for start, end in wrapped(text, room)] if text.strip() else []
    if len(lines) > most:
        lines[most - 1 :] = [clip(f"{lines[most - 1]} {lines[most]}", room)]
    leads = (lead, " " * cells(lead))
    return tuple(
        Row((Piece(leads[min(place, 1)], f"{role} aside-sign"), Piece(clip(line, room), role)))
        for place, line in enumerate(lines)
    )
