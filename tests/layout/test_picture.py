"""Pictures in rows, and previews between the blocks of a page."""

from __future__ import annotations

import unicodedata

from layout_picture import page, shown

from reader.layout import MAX_PLACED, Picture, Piece, Row, cells
from reader.layout.picture import PLACEHOLDER, _marks

RED, BLUE, WHITE = b"\xff\0\0", b"\0\0\xff", b"\xff\xff\xff"
TWO_BY_TWO = Picture(2, 1, RED + BLUE + WHITE + WHITE)


def test_a_cell_is_two_pixels() -> None:
    (row,) = TWO_BY_TWO.lines()
    assert row == Row((Piece("▀", "px-ff0000ffffff"), Piece("▀", "px-0000ffffffff")))


def test_neighbours_of_one_colour_are_one_piece() -> None:
    (row,) = Picture(3, 1, RED * 3 + BLUE * 3).lines()
    assert row == Row((Piece("▀▀▀", "px-ff00000000ff"),))


def test_places_for_a_terminal_that_draws() -> None:
    first, second = Picture(2, 2, number=0x0102FF).lines()
    marks = _marks()
    assert first == Row((Piece(f"{PLACEHOLDER}{marks[0]}{marks[0]}{PLACEHOLDER}{marks[0]}{marks[1]}", "px-0102ff"),))
    assert second.text == f"{PLACEHOLDER}{marks[1]}{marks[0]}{PLACEHOLDER}{marks[1]}{marks[1]}"


def test_the_marks_are_those_of_the_protocol() -> None:
    """The rule by which kitty's table was made, up to its 210th entry: Unicode 6.0, class 230, no decomposition."""
    marks = _marks()
    assert len(marks) == len(set(marks)) == MAX_PLACED
    assert list(marks) == sorted(marks)
    assert {unicodedata.combining(mark) for mark in marks} == {230}
    assert {unicodedata.decomposition(mark) for mark in marks} == {""}
    assert [f"{ord(mark):04X}" for mark in marks[:5]] == ["0305", "030D", "030E", "0310", "0312"]
    assert cells("".join(PLACEHOLDER + marks[0] + mark for mark in marks)) == MAX_PLACED


BODY = """
    Before.

    ![one](a.png)

    > In ![two](b.png) a quote.

    After.
    """


def test_previews_stand_below_the_block_of_their_image() -> None:
    layout = page(BODY, 30)
    before = shown(layout.walk())
    one, two = (image.start for image in layout.document.images)
    height = layout.height
    layout.set_picture(one, TWO_BY_TWO)
    layout.set_picture(two, TWO_BY_TWO)
    rows = [row.text.rstrip() for row in (layout.row(y) for y in range(layout.height))]
    assert layout.height == height + 2
    assert [row for row in rows if "▀" in row] == ["▀▀", "▎ ▀▀"]
    assert [row for row in rows if "▀" not in row] == before
    assert "one" in rows[rows.index("▀▀") - 1]
    after = layout.document.text.index("After")
    assert rows[layout.row_of(after)] == "After."
    layout.set_picture(one, None)
    layout.set_picture(two, None)
    assert [layout.row(y).text.rstrip() for y in range(layout.height)] == before


def test_a_preview_too_wide_for_its_place_is_left_out() -> None:
    layout = page(BODY, 12)
    two = layout.document.images[1].start
    layout.set_picture(two, Picture(11, 1, RED * 22))
    assert not any("▀" in row.text for row in layout.walk())
    layout.resize(30)
    assert any("▀" in row.text for row in layout.walk())
