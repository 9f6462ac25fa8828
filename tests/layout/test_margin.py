"""The column right of the page as pictures: rows of the page to what stands beside them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.layout import Aside, beside, cells


def column(*asides: tuple[int, str], width: int = 16, most: int = 3, sign: str = "✎") -> dict[int, str]:
    """The rows of the column as text."""
    set_ = beside([Aside(row, sign, text, "aside", most) for row, text in asides], width)
    return {y: one.row.text for y, one in set_.items()}


def test_an_aside_stands_beside_its_row():
    assert column((4, "short")) == {4: "✎ short"}


def test_it_wraps_under_its_first_word():
    assert column((4, "the keeper counts lamps")) == {4: "✎ the keeper", 5: "  counts lamps"}


def test_its_own_lines_are_kept():
    assert column((0, "one\ntwo")) == {0: "✎ one", 1: "  two"}


def test_a_long_one_is_cut_at_its_last_row():
    assert column((0, "the keeper counts every lamp twice before he sleeps"), most=2) == {
        0: "✎ the keeper",
        1: "  counts every …",
    }


def test_chinese_wraps_by_its_own_rules():
    assert column((2, "灯塔，一直亮着。他不睡。"), width=12) == {2: "✎ 灯塔，一直", 3: "  亮着。他不", 4: "  睡。"}


def test_near_ones_are_pushed_down_and_do_not_overlap():
    assert column((1, "the keeper counts lamps"), (2, "second"), (2, "third"), (9, "far")) == {
        1: "✎ the keeper",
        2: "  counts lamps",
        3: "✎ second",
        4: "✎ third",
        9: "✎ far",
    }


def test_without_a_sign_nothing_is_indented():
    assert column((0, "the keeper counts"), sign="") == {0: "the keeper", 1: "counts"}


def test_an_empty_one_takes_no_row():
    assert column((0, ""), (0, "next")) == {0: "✎ next"}


@given(
    st.lists(st.tuples(st.integers(0, 30), st.text("ab 灯。́\n", max_size=60)), max_size=8),
    st.integers(1, 30),
    st.integers(1, 5),
)
def test_nothing_overlaps_and_nothing_is_too_wide(several, width, most):
    several.sort(key=lambda one: one[0])
    asides = [Aside(row, "✎", text, "aside", most) for row, text in several]
    set_ = beside(asides, width)
    for number, aside in enumerate(asides):
        rows = [y for y, one in set_.items() if one.number == number]
        assert len(rows) <= most
        assert rows == list(range(rows[0], rows[0] + len(rows))) if rows else not aside.text.strip()
        assert not rows or rows[0] >= aside.row
    assert list(set_) == sorted(set_)
    assert all(cells(one.row.text) <= max(width, 3) for one in set_.values())
