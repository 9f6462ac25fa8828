"""Rows and pieces."""

from __future__ import annotations

from reader.document import Range
from reader.layout import Piece, Row


def test_a_row_is_its_pieces_and_shows_their_ranges():
    row = Row(
        (Piece("• ", "bullet"), Piece("ab", "body", Range(4, 6)), Piece("]", "body"), Piece("c", "body", Range(7, 8)))
    )
    assert row.text == "• ab]c"
    assert row.range == Range(4, 8)


def test_a_row_of_ornament_shows_nothing():
    assert Row((Piece("────", "rule"),)).range is None
    assert Row().text == ""
