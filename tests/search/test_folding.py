"""What a literal finds, against a plain reference."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document import Range
from reader.search import Query, SearchError, search
from reader.search.folding import fold

PIECES = st.one_of(
    st.sampled_from(["a", "A", "á", "a\u0301", "ａ", "s", "ß", "S", "f", "i", "ﬁ", "İ", "ﬀ", "1", "²", "１"]),
    st.sampled_from(
        ["е", "ё", "и\u0306", "й", "苹", "蘋", "果", "豈", "\uf900", "か", "が", "か\u3099", "ｶﾞ", "ガ", "カ"]
    ),
    st.sampled_from(["한", "하", "\u1112\u1161\u11ab", "\u11ab", "“", '"', "’", "'", "-", "—", ".", "…", "!", "😀"]),
)


WORDS = st.lists(PIECES, min_size=1, max_size=3).map("".join).filter(lambda word: word[0] not in "\u11ab")


TEXTS = st.lists(PIECES, max_size=14).map("".join)


FOLLOWERS = set("\u0301\u0306\u0308\u3099\uff9e\u1161\u11ab")


def reference(text: str, wanted: str, *, case: bool, accents: bool) -> list[tuple[int, int]]:
    goal = fold(wanted, case=case, accents=accents)
    found, start = [], 0
    while start < len(text):
        for end in range(len(text), start, -1):
            if fold(text[start:end], case=case, accents=accents) == goal and text[end : end + 1] not in FOLLOWERS:
                found.append((start, end))
                start = end - 1
                break
        start += 1
    return found


@given(TEXTS, WORDS, st.booleans(), st.booleans())
@settings(max_examples=400, deadline=None)
def test_literals_agree_with_the_reference(text: str, wanted: str, case: bool, accents: bool) -> None:
    query = Query(wanted, case="sensitive" if case else "insensitive", accents=accents)
    assert [(match.start, match.end) for match in search(text, query)] == reference(
        text, wanted, case=case, accents=accents
    )


@given(st.text("ab \n", max_size=30), st.text("ab ", min_size=1, max_size=5).map(str.strip).filter(bool))
@settings(max_examples=300, deadline=None)
def test_white_space_agrees_with_the_reference(text: str, wanted: str) -> None:
    found, start = [], 0
    while start < len(text):
        for end in range(start + 1, len(text) + 1):
            part = text[start:end]
            gaps = re.findall(r"\s+", part)
            if part.split() == wanted.split() and part.strip() == part and all(gap.count("\n") < 2 for gap in gaps):
                found.append((start, end))
                start = end - 1
                break
        start += 1
    assert [(match.start, match.end) for match in search(text, Query(wanted))] == found


def test_a_literal_that_is_too_long_is_refused() -> None:
    with pytest.raises(SearchError, match="too long"):
        search("text", Query("a" * 1001))


def test_white_space_without_end_is_no_trap() -> None:
    blanks = " " * 300_000
    assert len(search(f"a{blanks}b", Query(" x"))) == 0
    assert tuple(search(f"a{blanks}b", Query("a b"))) == (Range(0, 300_002),)
