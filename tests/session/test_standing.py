"""What stands in the text, kept up to date piece by piece, is what it would be made anew."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reader.document import Range
from reader.session.marks import Layers
from reader.session.standing import Placed, Standing, flattened
from reader.store import annotation

LENGTH = 40
PASSAGES = st.tuples(st.integers(0, LENGTH - 1), st.integers(0, 20), st.sampled_from(("red", "blue", "")))
STEPS = st.lists(st.tuples(st.integers(0, 9), PASSAGES, st.sampled_from(("put", "take", "change"))), max_size=30)


def drawn(layers: Layers) -> list[str]:
    """The role of each character; marks that overlap or are not in order are an error."""
    roles = [""] * LENGTH
    at = 0
    for mark in layers["highlights"]:
        assert at <= mark.start < mark.end
        at = mark.end
        roles[mark.start : mark.end] = [mark.role] * (mark.end - mark.start)
    return roles


@given(STEPS)
def test_marks_mended_where_something_changed_are_the_marks_of_all(steps):
    standing, layers, kept = Standing(), Layers(), {}
    ones = [annotation(None, colour="red") for _ in range(10)]
    for number, (start, length, colour), what in steps:
        one = replace(ones[number], colour=colour)
        before = kept.get(one.id)
        if what == "put":
            kept[one.id] = Placed(start, min(LENGTH, start + length), one)
            standing.add(kept[one.id])
        elif what == "take":
            kept.pop(one.id, None)
            standing.take(one.id)
        elif before is not None:
            kept[one.id] = before._replace(one=one)
            standing.change(one)
        for placed in filter(None, (before, kept.get(one.id))):
            layers.patch("highlights", placed.range, standing.marks(placed.range, lambda one: one.colour))
        order = sorted(kept.values(), key=lambda placed: (placed.start, -placed.end))
        assert [(placed.start, placed.end) for placed in standing.all] == [(one.start, one.end) for one in order]
        anew = Layers()
        anew.set("highlights", flattened(standing.all, lambda one: one.colour))
        assert drawn(layers) == drawn(anew)
        where = Range(start, start + length)
        over = [placed for placed in standing.all if placed.range.overlaps(where)]
        assert standing.over(where) == over
        first = [placed for placed in standing.all if where.start <= placed.start < where.end]
        assert standing.sign(where)[0] == (first[0].start if first else -1)


def test_a_note_has_the_sign_where_a_highlight_begins_at_the_same_place():
    note, lit = annotation(None, words="why"), annotation(None, colour="red")
    standing = Standing([Placed(3, 9, note), Placed(3, 20, lit)])
    assert standing.sign(Range(0, 10)) == (3, "✎")
    assert standing.sign(Range(4, 10)) == (-1, "")
