"""Marks in layers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.document import Range
from reader.session.marks import Layers, Mark, RangeMarks


def test_marks_over_a_range_come_lowest_layer_first():
    layers = Layers()
    layers.set("matches", (Mark(2, 4, "match"), Mark(8, 10, "match")))
    layers.set("syntax", (Mark(0, 3, "keyword"),))
    assert list(layers.over(0, 5)) == [Mark(0, 3, "keyword"), Mark(2, 4, "match")]
    assert list(layers.over(3, 4)) == [Mark(2, 4, "match")]
    assert list(layers.over(4, 8)) == []


def test_a_layer_is_replaced_and_emptied():
    layers = Layers()
    layers.set("focus", (Mark(0, 1, "focus"),))
    layers.set("focus")
    assert list(layers.over(0, 5)) == []


def test_which_roles_start_in_a_range():
    layers = Layers()
    layers.set("claims", (Mark(2, 9, "claim"),))
    layers.set("matches", (Mark(4, 5, "match"),))
    assert list(layers.roles(0, 10)) == ["claim", "match"]
    assert list(layers.roles(3, 10)) == ["match"], "the claim starts before"


def test_ranges_as_marks_are_made_when_asked_for():
    asked: list[int] = []

    def at(index: int) -> Range:
        asked.append(index)
        return Range(10 * index, 10 * index + 3)

    marks = RangeMarks(1000, at, "match")
    assert len(marks) == 1000
    assert marks[7] == Mark(70, 73, "match")
    assert asked == [7]


RANGES = st.lists(st.tuples(st.integers(0, 12_000), st.integers(1, 300)), max_size=120)
ASKED = st.lists(st.tuples(st.integers(0, 12_000), st.integers(0, 200)), min_size=1, max_size=12)


@given(RANGES, RANGES, ASKED)
def test_marks_over_a_range_are_those_that_overlap_it_in_any_order_of_questions(first, second, asked):
    layers = Layers()
    for layer, ranges in (("claims", first), ("matches", second)):
        layers.set(layer, apart(ranges, layer))
        every = (*layers["claims"], *layers["matches"])
        for start, length in asked:
            end = start + length
            assert list(layers.over(start, end)) == [mark for mark in every if mark.end > start and mark.start < end]


def apart(ranges: list[tuple[int, int]], role: str) -> list[Mark]:
    """Marks that do not overlap."""
    marks: list[Mark] = []
    for start, length in sorted(ranges):
        start = max(start, marks[-1].end if marks else 0)
        marks.append(Mark(start, start + length, role))
    return marks
