"""Sums of heights, against a plain list."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from reader.layout.heights import BUCKET_UNITS, Heights

HEIGHTS = st.lists(st.integers(0, 5), min_size=1, max_size=40)
SIZES = (1, BUCKET_UNITS - 1, BUCKET_UNITS, BUCKET_UNITS + 1)


def assert_same(heights: Heights, plain: list[int]) -> None:
    tops = list(accumulate(plain, initial=0))
    assert (len(heights), heights.total) == (len(plain), tops[-1])
    assert [heights[unit] for unit in range(len(plain))] == plain
    some = range(0, len(plain), 1 + len(plain) // 100)
    assert [heights.top(unit) for unit in some] == [tops[unit] for unit in some]
    for y in range(0, heights.total, 1 + heights.total // 100):
        unit, inside = heights.find(y)
        assert tops[unit] + inside == y
        assert 0 <= inside < plain[unit]


@given(HEIGHTS, HEIGHTS, st.sampled_from(SIZES), st.data())
def test_filled_extended_and_corrected_it_is_the_list(first, more, repeat, data):
    plain = first * (repeat // len(first)) + first
    heights = Heights()
    heights.fill(plain)
    heights.extend(more)
    plain += more
    unit, height = data.draw(st.integers(0, len(plain) - 1)), data.draw(st.integers(0, 9))
    heights.set(unit, height)
    plain[unit] = height
    assert_same(heights, plain)
    heights.fill(more)
    assert_same(heights, more)


def test_a_row_after_the_last_is_in_the_last_unit():
    heights = Heights()
    heights.fill([2, 3])
    assert heights.find(5)[0] == 1


@given(
    HEIGHTS,
    st.sampled_from(SIZES),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.integers(0, 9)), max_size=20),
)
def test_what_is_found_near_the_last_look_up_is_found_after_corrections(first, repeat, steps):
    plain = first * (repeat // len(first)) + first
    heights = Heights()
    heights.fill(plain)
    for at, share, height in steps:
        unit = round(at * (len(plain) - 1))
        heights.set(unit, height)
        plain[unit] = height
        tops = list(accumulate(plain, initial=0))
        for y in {0, round(share * (tops[-1] - 1)), round(share * (tops[-1] - 1)) + 1} & set(range(tops[-1])):
            found, inside = heights.find(y)
            assert tops[found] + inside == y
            assert 0 <= inside < plain[found]
