"""Widths of columns: natural where there is room, and never wider together than the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.layout.columns import Columns, Size, column_widths, size_of


@pytest.mark.parametrize(
    ("shown", "size"),
    [
        ("", (1, 1, 0)),
        ("two words", (9, 5, 0)),
        ("one\nlonger line", (11, 6, 1)),
        ("一种花", (6, 2, 0)),
        ("the 花 name", (11, 4, 0)),
    ],
)
def test_the_size_of_a_cell(shown, size):
    assert size_of(shown) == size


def sizes(*rows: str) -> list[list[Size]]:
    return [[size_of(cell) for cell in row.split("|")] for row in rows]


def test_columns_have_their_natural_widths_where_they_fit():
    assert column_widths(sizes("a|bb", "ccc|d"), 2, 8) == Columns((3, 2))


def test_padding_goes_before_a_word_is_broken():
    assert column_widths(sizes("abcd|efgh"), 2, 10) == Columns((4, 4), padding=0)


def test_width_goes_where_it_saves_rows():
    found = column_widths(sizes("Tool|Note", "one two three four five six|yes"), 2, 24)
    assert found is not None
    assert found.widths[0] > found.widths[1]
    assert found.widths[1] == 4


def test_too_many_columns_have_no_widths():
    assert column_widths(sizes("a|b|c|d"), 4, 6) is None
    assert column_widths([], 0, 80) is None


CELLS = st.lists(
    st.sampled_from(["", "a", "a word", "long words in a cell", "一种花", "x" * 30, "two\nlines"]), max_size=6
)


@given(st.lists(CELLS, min_size=1, max_size=8), st.integers(1, 60))
def test_no_table_is_wider_than_its_page(rows, width):
    count = max(map(len, rows))
    found = column_widths([[size_of(cell) for cell in row] for row in rows], count, width)
    if found is not None:
        assert len(found.widths) == count
        assert min(found.widths) >= 1
        assert sum(found.widths) + (2 * found.padding + 1) * (count - 1) <= width


def test_a_word_is_broken_only_where_the_columns_have_no_room_for_words():
    sizes = [[size_of("short"), size_of("internationalisation of everything that was written in many years")]]
    found = column_widths(sizes, 2, 40)
    assert found is not None
    assert found.widths[1] >= len("internationalisation")
    many = [[size_of("internationalisation") for _ in range(4)]]
    found = column_widths(many, 4, 60)
    assert found is not None
    assert max(found.widths) < len("internationalisation")
