"""Marks in layers."""

from __future__ import annotations

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
