"""Several texts searched as one: what is found in each is what a search of it alone finds."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import OWN, document

from reader.search import Joined, Query, SearchError, Tally, kind, pinyin_available, search


def alone(texts: Sequence[str], query: Query) -> dict[int, Tally]:
    """By searching one text after the other."""
    found = {}
    for index, text in enumerate(texts):
        matches = search(text, query)
        if matches:
            found[index] = Tally(len(matches), matches[0].start, matches[0].end)
    return found


def joined(texts: Sequence[str]) -> list[tuple[list[int], Joined]]:
    """Those of a kind as one, each with the indices of its texts."""
    kinds = defaultdict(list)
    for index, text in enumerate(texts):
        kinds[kind(text), index if kind(text) == 4 else -1].append(index)
    return [(members, Joined([texts[index] for index in members], of)) for (of, _), members in kinds.items()]


def found_in(several: Sequence[tuple[list[int], Joined]], query: Query) -> dict[int, Tally]:
    found: dict[int, Tally] = {}
    for members, one in several:
        *slices, last = one.tallies(query)
        assert set(slices) <= {None}
        found |= {members[index]: tally for index, tally in last.items()}
    return dict(sorted(found.items()))


def together(texts: Sequence[str], query: Query) -> dict[int, Tally]:
    """By searching those of a kind as one."""
    return found_in(joined(texts), query)


PLAIN = [
    "a",
    "A",
    "s",
    "i",
    "1",
    "f",
    "k",
    "苹",
    "蘋",
    "果",
    "发",
    "發",
    "髮",
    "か",
    "が",
    "カ",
    "ガ",
    "한",
    "하",
    "，",
    ",",
    "…",
    "...",
]
SIMPLE = ["á", "Á", "ａ", "²", "①", "ё", "й", "Й", "е", "豈", "\uf900", "ı", "İ", "ſ", "K"]
COMPLEX = [
    "a\u0301",
    "ß",
    "ﬁ",
    "ﬀ",
    "и\u0306",
    "か\u3099",
    "ｶﾞ",
    "\u1112\u1161\u11ab",
    "\u11ab",
    "😀",
    "👍🏽",
    "👩\u200d👧",
]
IGNORING = ["\u200b", "\ufe0f", "\ufe05", "\U000e0100", "\U000e0110", "\u2060"]
GAPS = [" ", "  ", "\n", "\n\n", "\u3000", "\t", "-", "—", "“", '"', "."]
LEVELS = (
    PLAIN,
    PLAIN + GAPS,
    PLAIN + SIMPLE + GAPS,
    PLAIN + SIMPLE + COMPLEX + GAPS,
    PLAIN + COMPLEX + IGNORING + GAPS,
)
TEXTS = st.lists(
    st.one_of(*(st.lists(st.sampled_from(level), max_size=9).map("".join) for level in LEVELS)), min_size=1, max_size=8
)
WORDS = st.one_of(*(st.lists(st.sampled_from(level), min_size=1, max_size=4).map("".join) for level in LEVELS))
LITERALS = st.builds(
    Query,
    WORDS,
    case=st.sampled_from(("smart", "sensitive", "insensitive")),
    whole_word=st.booleans(),
    accents=st.booleans(),
    variants=st.booleans(),
)


@pytest.mark.parametrize("sign", ["²", "½", "①", "Ⅷ", "٣"])
def test_a_sign_for_a_number_is_part_of_a_word(sign):
    for variants in (False, True):
        query = Query("a", whole_word=True, variants=variants)
        assert together([f"a{sign}", f"{sign}a", f"a {sign}"], query) == alone(
            [f"a{sign}", f"{sign}a", f"a {sign}"], query
        )


@given(TEXTS, LITERALS)
@settings(max_examples=400)
def test_literals(texts, query):
    assert together(texts, query) == alone(texts, query)


@given(TEXTS, st.lists(st.sampled_from([*PLAIN, *SIMPLE]), min_size=1, max_size=2).map("".join))
@settings(max_examples=200)
def test_short_literals_as_they_come(texts, word):
    query = Query(word, variants=True)
    assert together(texts, query) == alone(texts, query)


@given(TEXTS, WORDS, st.sampled_from(("smart", "sensitive", "insensitive")), st.lists(LITERALS, max_size=2))
@settings(max_examples=200)
def test_what_is_typed_letter_by_letter_is_found_after_what_was_typed_before(texts, word, case, others):
    several = joined(texts)
    typed = [Query(word[:end], case=case, variants=True) for end in range(1, len(word) + 1)]
    for query in (*typed, *others, *typed, *(Query(one.pattern[1:], case=case) for one in typed[1:])):
        assert found_in(several, query) == alone(texts, query), query


def test_a_text_without_a_word_is_not_searched_for_a_longer_one():
    several = joined(["Gulls cry by the harbour.", "Terns dive."])
    assert found_in(several, Query("gal")) == {}
    for _, one in several:
        one.text = "gallery"  # whoever looks again finds another text
    assert found_in(several, Query("gallery")) == {}
    assert found_in(several, Query("alle")) != {}


EXPRESSIONS = st.sampled_from(
    [
        r"a.",
        r"\w+",
        r"^\w",
        r".$",
        r"\s\S",
        r"(?<=a)f",
        r"(?<!\n).",
        r"(?<!\s)\w",
        r"\A.",
        r".\Z",
        r"\ba",
        r"a|苹",
        r"[^a]+",
    ]
)


@given(TEXTS, EXPRESSIONS, st.booleans())
@settings(max_examples=100)
def test_expressions(texts, pattern, whole_word):
    query = Query(pattern, regex=True, whole_word=whole_word)
    assert together(texts, query) == alone(texts, query)


@pytest.mark.skipif(not pinyin_available(), reason="pypinyin is not installed")
@pytest.mark.parametrize("typed", ["pingguo", "pg", "fa", "a"])
def test_pinyin(typed):
    texts = ["苹果", "发果", "a苹", "fa", "苹果 á", "髮"]
    query = Query(typed, pinyin=True)
    assert together(texts, query) == alone(texts, query)


def test_what_is_in_the_samples():
    texts = [document(path).text for path in OWN]
    pick = random.Random(7)
    for _ in range(60):
        text = pick.choice([text for text in texts if text])
        at = pick.randrange(len(text))
        word = text[at : at + pick.randint(1, 6)].replace("\n", " ")
        query = Query(word, variants=pick.random() < 0.7)
        assert together(texts, query) == alone(texts, query), word


def test_nothing_is_found_over_the_end_of_a_text():
    texts = ["one two", "three four"]
    assert together(texts, Query("two three")) == {}
    assert together(texts, Query(r"two\s+three", regex=True)) == {}


def test_texts_come_back_as_they_were_given():
    texts = ["one", "", "two\n\nthree", "four"]
    joined = Joined(texts, 0)
    assert len(joined) == 4
    assert list(joined) == texts
    with pytest.raises(IndexError):
        joined[4]
    with pytest.raises(IndexError):
        joined[-1]


def test_no_text_at_all():
    assert list(Joined([], 0).tallies(Query("a")))[-1] == {}
    assert list(Joined([""], 0).tallies(Query("")))[-1] == {}


def test_a_wrong_expression_and_a_literal_too_long():
    with pytest.raises(SearchError, match="wrong pattern"):
        list(Joined(["a"], 0).tallies(Query("(", regex=True)))
    with pytest.raises(SearchError, match="too long"):
        list(Joined(["a"], 0).tallies(Query("a" * 2000)))


def test_a_long_text_is_searched_in_slices():
    texts = ["A dog and a cat.\n\n" * 50_000 + "A dog."]
    yields = list(Joined(texts, kind(texts[0])).tallies(Query("dog and")))
    assert len(yields) > 3
    assert yields[-1] == {0: Tally(50_000, 2, 9)}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Plain words.", "苹果，“引号”……", True),
        ("Plain words.", "カタカナ が 한국어", True),
        ("Plain words.", "café", False),
        ("café", "Ёлка и чай", True),
        ("café", "cafe\u0301", False),
        ("cafe\u0301", "oﬀice", True),
        ("cafe\u0301", "word\u200bjoined", False),
        ("Plain words.", "\ncode that begins with an empty line", False),
    ],
)
def test_which_texts_may_be_joined(one, other, same):
    assert (kind(one) == kind(other)) is same
