"""What stands in two versions of a passage, in the order of both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store.align import Alignment, align, fold

OLD = "The ferry leaves at six, and nobody on the pier remembers who built the ticket office."


HAN = "河边的图书馆每到周末就坐满了人，窗外的柳树。"


def mapped(old: str, new: str, words: str) -> str:
    """What became of a part of `old` in `new`."""
    found = align(old, new)
    at = old.index(words)
    return new[found.start(at) : found.end(at + len(words), len(new))].strip()


@pytest.mark.parametrize(
    ("old", "new", "words", "became"),
    [
        (OLD, OLD, "nobody on the pier", "nobody on the pier"),
        (OLD, "Now, " + OLD, "nobody on the pier", "nobody on the pier"),
        (OLD, OLD.replace("nobody", "not a single soul"), "nobody on the pier", "not a single soul on the pier"),
        (OLD, OLD.replace("the pier", "the quay"), "nobody on the pier", "nobody on the quay"),
        (OLD, OLD.replace(" on the pier", ""), "nobody on the pier", "nobody"),
        (OLD, OLD.replace("on the pier", "on the long old pier"), "nobody on the pier", "nobody on the long old pier"),
        (HAN, HAN.replace("周末", "星期天"), "每到周末就", "每到星期天就"),
    ],
)  # fmt: skip
def test_the_ends_of_a_passage_are_found(old, new, words, became):
    assert mapped(old, new, words) == became


def test_what_stands_in_the_place_of_much_is_not_part_of_it():
    old = OLD + " " + "Upstairs lives a woman who repairs accordions, and she says the salt gets into everything. " * 2
    new = old.replace(OLD, "0123456789 " * 8)
    found = align(old, new)
    assert new[found.start(0) :].lstrip().startswith("Upstairs")


def test_a_part_that_stands_far_off_is_left_out():
    runs = ((0, 0, 10), (10, 500, 60), (70, 560, 30))
    assert Alignment(runs).gathered(0, 100) == Alignment(runs[1:])
    near = ((0, 0, 10), (10, 15, 60))
    assert Alignment(near).gathered(0, 70) == Alignment(near)
    assert Alignment(runs).gathered(0, 5) == Alignment(runs), "one alone stays"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“so”", '"so"'),
        ("「so」", '"so"'),
        ("１２：３", "12:3"),
        ("a\u3000b\tc\n", "a b c "),
        ("it’s — so", "it's - so"),
    ],
)
def test_what_editors_change_without_changing_a_word_is_the_same(one, other):
    assert fold(one) == fold(other)


text = st.text(st.sampled_from("abc 中文。\n“"), max_size=120)


@given(text, text)
def test_runs_are_the_same_and_rise(old, new):
    at = there = 0
    for start, begin, length in align(old, new).runs:
        assert start >= at
        assert begin >= there
        assert old[start : start + length] == new[begin : begin + length]
        at, there = start + length, begin + length


@given(text, text, st.integers(0, 120), st.integers(0, 120))
def test_ends_lie_in_the_new_text(old, new, one, other):
    first, last = sorted((min(one, len(old)), min(other, len(old))))
    found = align(old, new).gathered(first, last)
    assert 0 <= found.start(first) <= len(new)
    assert 0 <= found.end(last, len(new)) <= len(new)
    assert 0 <= found.covered(first, last) <= last - first


@given(st.text(max_size=200))
def test_folding_keeps_the_length(one):
    assert len(fold(one)) == len(one)
    assert fold(fold(one)) == fold(one)
