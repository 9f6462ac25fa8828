"""The part of a wide row that is on the screen: code is shifted sideways and not wrapped."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from reader.document import Range
from reader.layout import Piece, cells, graphemes


def in_view(pieces: Sequence[Piece], shift: int, room: int) -> tuple[list[Piece], int]:
    """The pieces that a row shifted by `shift` cells shows in `room` cells, cut to them where they are long, and the
    cells of the first one still left of the view. A row of code may be thousands of cells wide."""
    seen: list[Piece] = []
    at = 0
    left = shift
    for piece in pieces:
        width = cells(piece.text)
        if at + width > shift and at <= shift + room:
            first, last = 0, len(piece.text)
            if width > room and (piece.range is None or len(piece.range) == last):
                ends = [0, *accumulate(map(cells, signs := graphemes(piece.text)))]
                first = max(0, bisect_right(ends, shift - at) - 1)
                before = ends[first]
                last = min(len(signs), bisect_left(ends, shift + room + 1 - at) + 1)
                at, width = at + before, width - before
                first, last = sum(map(len, signs[:first])), sum(map(len, signs[:last]))
            if not seen:
                left = shift - at
            where = piece.range
            if where is not None and last - first < len(piece.text):
                where = Range(where.start + first, where.start + last)
            seen.append(Piece(piece.text[first:last], piece.role, where))
        at += width
    return seen, left
