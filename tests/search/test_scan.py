"""Queries over texts that are whole, grow, or are searched in part."""

from __future__ import annotations

import random
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import ROOT

from reader.document import Range
from reader.search import Query, SearchError, scan, search
from reader.search.folding import fold

QUERIES = st.sampled_from(
    [
        Query("a"),
        Query("ab"),
        Query("a b"),
        Query(" b"),
        Query("b "),
        Query("á", accents=True),
        Query("ab", whole_word=True),
    ]
    + [
        Query(p, regex=True)
        for p in ("a+", r"\s", r"b\s*a", "(?s)a.*b", "^a|b$", "[^a]+", r"a(?=\W)", r"\bb", "(?<!b)a", "é")
    ]
)


GROWING = st.text("abé\u0301 \n苹", max_size=40)


@given(GROWING, st.integers(0, 40), st.integers(1, 9), QUERIES)
@settings(max_examples=500, deadline=None)
def test_a_text_searched_in_pieces_gives_what_the_whole_gives(text: str, seam: int, size: int, query: Query) -> None:
    *_, begun = scan(text[:seam], query, slice_size=size)
    grown = list(scan(text, query, after=begun, slice_size=size))
    whole = search(text, query)
    assert tuple(grown[-1]) == tuple(whole)
    assert grown[-1].searched == whole.searched == len(text)
    for early in grown:  # what was given out early stays true
        assert tuple(early) == tuple(whole)[: len(early)]


LINES = st.text("abé \n", max_size=60)
OVER_LINES = st.sampled_from(
    [Query("a b"), Query("a b a"), Query(" b"), Query("b "), Query("ab"), Query("a b", whole_word=True)]
    + [Query(p, regex=True) for p in (r"\s", r"b\s*a", "(?s)a.*b", "^a|b$", "a+", r"\n", r"(?<!b)\na", "[^a]+")]
)


@given(LINES, st.lists(st.integers(0, 60), max_size=3), st.integers(1, 9), st.integers(1, 12), OVER_LINES)
@settings(max_examples=500, deadline=None)
def test_lines_without_an_empty_one_are_searched_alike_however_they_come(
    text: str, seams: list[int], size: int, stretch: int, query: Query
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["reader.search.scan"], "_MAX_STRETCH_CHARACTERS", stretch)
        whole = search(text, query)
        found = None
        for seam in (*sorted(seams), len(text)):
            *_, found = scan(text[:seam], query, after=found, slice_size=size)
        assert tuple(found or ()) == tuple(whole)


@given(GROWING, st.integers(0, 40), st.integers(0, 40), QUERIES)
@settings(max_examples=200, deadline=None)
def test_part_of_a_text_is_searched_as_it_stands(text: str, start: int, end: int, query: Query) -> None:
    whole = {(match.start, match.end) for match in search(text, query)}
    part = [(match.start, match.end) for match in search(text, query, start=start, end=end)]
    assert part == sorted(span for span in whole if span[0] >= start and span[1] <= end)


def test_a_match_over_the_seam_is_found_and_the_rest_not_searched_again() -> None:
    text = "Apple\n\n" * 50 + "one app"
    before = search(text, Query("apple"))
    assert len(before) == 50
    *_, after = scan(text + "le more\n\napple", Query("apple"), after=before)
    assert len(after) == 52
    assert after[50] == Range(len(text) - 3, len(text) + 2)
    poisoned = "#" * text.rfind("\n\n") + text[text.rfind("\n\n") :]
    *_, trusting = scan(poisoned, Query("apple"), after=before)
    assert tuple(trusting) == tuple(before)


@pytest.mark.parametrize("query", [Query("line"), Query("a line"), Query(r"li\w+", regex=True), Query("(?s)a.{6}")])
def test_a_log_that_grows_is_not_searched_again_from_its_start(query: Query) -> None:
    text = "a line of it\n" * 200_000
    *_, found = scan(text, query)
    assert found.resume > len(text) - 3_000_000 // 2
    assert found.resume <= len(text)


def test_a_log_is_searched_in_slices() -> None:
    text = "a line of it\n" * 100_000
    assert len(list(scan(text, Query("line")))) > 5
    assert len(list(scan(text, Query("it a")))) > 5


def test_batches_come_while_the_search_goes_on() -> None:
    text = "needle in a stack of hay\n\n" * 40_000
    batches = scan(text, Query("needle"))
    first = next(batches)
    assert 0 < len(first) < 40_000
    assert first.searched < len(text)
    counts = [len(batch) for batch in batches]
    assert counts == sorted(counts)
    assert counts[-1] == 40_000


WRONG = {
    "a(b": "wrong pattern at",
    "ab)": "wrong pattern at 3: unbalanced parenthesis",
    "*a": "wrong pattern at 1: nothing to repeat",
    "[a": "wrong pattern at",
    r"(a)\2": "wrong pattern at",
    r"\p{Nonsense}": "wrong pattern at",
    "(" * 499 + ")" * 499: "wrong pattern",
    "a" * 1001: "pattern too long",
}


@pytest.mark.parametrize("pattern", WRONG)
def test_a_wrong_expression_says_where_in_one_line(pattern: str) -> None:
    with pytest.raises(SearchError) as caught:
        search("some text", Query(pattern, regex=True))
    assert str(caught.value).startswith(WRONG[pattern])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("whole_word", [False, True])
def test_brackets_that_only_a_wrapping_would_balance_are_wrong(whole_word: bool) -> None:
    with pytest.raises(SearchError, match="wrong pattern at 2"):
        search("ab", Query("a)(?:b", regex=True, whole_word=whole_word))


def test_every_sample_gives_exact_ranges() -> None:
    folder = ROOT / "sample_articles"
    chance = random.Random(3)
    for path in sorted(folder.glob("*.md")):
        text = path.read_bytes().decode("utf-8", "replace")
        for _ in range(15):
            start = chance.randrange(len(text) - 12)
            wanted = " ".join(text[start : start + chance.randint(1, 12)].split())
            if wanted and "\n\n" not in text[start : start + 12]:
                for match in search(text, Query(wanted, case="insensitive")):
                    found = text[match.start : match.end]
                    assert " ".join(fold(found).split()) == " ".join(fold(wanted).split()), path.name
                assert any(start - 1 <= match.start <= start + 12 for match in search(text, Query(wanted))), wanted


WRITTEN = st.lists(
    st.sampled_from(
        ["a", "A", "b", "K", "k", "’", "'", " ", "\n", "é", "e\u0301", "ſ", "s", "ﬁ", "fi", "苹", "\u200b"]
    ),
    max_size=60,
).map("".join)
WORDS = st.text("abksfi' ", min_size=1, max_size=4)


@given(WRITTEN, WORDS, st.integers(1, 20))
@settings(max_examples=500, deadline=None)
def test_a_long_text_is_searched_as_a_short_one(text: str, word: str, size: int) -> None:
    short = search(text, Query(word))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["reader.search.scan"], "_LONG_CHARACTERS", 0)
        *_, long = scan(text, Query(word), slice_size=size)
    assert tuple(long) == tuple(short)
