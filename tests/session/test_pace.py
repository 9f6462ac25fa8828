"""The person's own pace: learned from screens that were read, never from those that were leafed through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.session.pace import FASTEST, SLOWEST, Pace


def test_what_is_read_at_half_the_time_is_a_factor_of_a_half():
    pace = Pace()
    for _ in range(10):
        pace.saw(1.0, 0.5)
    assert pace.factor == pytest.approx(0.5)
    assert Pace(pace.written()).factor == pytest.approx(0.5, abs=0.01)


def test_a_little_says_nothing_and_leafing_through_says_nothing():
    pace = Pace()
    pace.saw(1.0, 0.5)
    assert pace.factor == 1
    for _ in range(100):
        pace.saw(1.0, 0.05)
        pace.saw(0.1, 30.0)
        pace.saw(0.0, 1.0)
    assert pace.factor == 1


def test_what_was_long_ago_counts_less():
    pace = Pace()
    for _ in range(500):
        pace.saw(1.0, 2.0)
    for _ in range(200):
        pace.saw(1.0, 1.0)
    assert pace.factor < 1.2


@given(st.text(max_size=30), st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100))))
def test_the_factor_is_always_within_bounds(kept, seen):
    pace = Pace(kept)
    for expected, taken in seen:
        pace.saw(expected, taken)
    assert FASTEST * 0.99 <= pace.factor <= SLOWEST * 1.01
