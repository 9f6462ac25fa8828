"""Matches as a sequence of ranges that answers where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Range
from reader.search import Matches, Query, search

SPANS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), max_size=12)


@given(SPANS, st.integers(0, 60), st.integers(0, 60))
def test_matches_behave_as_a_tuple_and_answer_where(spans: list[tuple[int, int]], one: int, other: int) -> None:
    text, expected = "", []
    for blank, length in spans:
        text += "." * blank + "x"
        expected.append(Range(len(text) - 1, len(text) - 1 + length))
        text += "y" * (length - 1)
    matches = search(text, Query("xy*", regex=True))
    assert tuple(matches) == tuple(expected) == matches[:]
    assert len(matches) == len(expected)
    where = Range(min(one, other), max(one, other))
    inside = [index for index, match in enumerate(expected) if one in match]
    assert matches.at(one) == (inside[0] if inside else None)
    assert matches.following(one) == next((i for i, match in enumerate(expected) if match.start >= one), None)
    assert matches.preceding(one) == next(
        (i for i, match in reversed(list(enumerate(expected))) if match.start < one), None
    )
    assert matches.tally(where) == sum(match.start in where for match in expected)
    assert matches.within(where) == tuple(match for match in expected if match.overlaps(where) and len(where))


def test_matches_index_from_both_ends() -> None:
    matches = search("a b a", Query("a"))
    assert matches[-1] == Range(4, 5)
    assert matches[::-1] == (Range(4, 5), Range(0, 1))
    with pytest.raises(IndexError):
        matches[2]
    assert not Matches()
    assert matches == search("a c a", Query("a"))
