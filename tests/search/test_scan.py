"""Search: what folds, exact ranges, growth and seams, wrong and slow expressions, the line shown for a match."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import CASES, ROOT

from reader.document import Document, Range, Section
from reader.search import Excerpt, Matches, Query, SearchError, excerpt, pinyin, scan, search, word_at
from reader.search.folding import fold

LISTED = json.loads((CASES / "search.json").read_text(encoding="utf-8"))


def lit(text: str, query: Query) -> str:
    """The text with its matches in brackets."""
    parts, reached = [], 0
    for match in search(text, query):
        parts += [text[reached : match.start], "⟦", text[match.start : match.end], "⟧"]
        reached = match.end
    return "".join(parts) + text[reached:]


@pytest.mark.parametrize("case", LISTED, ids=[case["name"] for case in LISTED])
def test_case(case: dict[str, object]) -> None:
    options = {key: value for key, value in case.items() if key not in ("name", "query", "text")}
    query = Query(str(case["query"]), **options)  # type: ignore[arg-type]
    marked = str(case["text"])
    assert lit(re.sub("[⟦⟧]", "", marked), query) == marked


def test_case_names_are_unique() -> None:
    names = [case["name"] for case in LISTED]
    assert len(names) == len(set(names)) > 60


# Against a plain reference: a stretch matches when it folds to what the query folds to, and nothing that belongs to its
# last character follows.

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


def test_a_literal_that_is_too_long_is_refused() -> None:
    with pytest.raises(SearchError, match="too long"):
        search("text", Query("a" * 1001))


def test_white_space_without_end_is_no_trap() -> None:
    blanks = " " * 300_000
    assert len(search(f"a{blanks}b", Query(" x"))) == 0
    assert tuple(search(f"a{blanks}b", Query("a b"))) == (Range(0, 300_002),)


needs_pinyin = pytest.mark.skipif(not pinyin.available(), reason="pypinyin is not installed")


@needs_pinyin
@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("pingguo", "买⟦苹果⟧AI，⟦pingguo⟧ 手机"),
        ("pgai", "买⟦苹果AI⟧，pg 手机"),
        ("pgAI", "买⟦苹果AI⟧"),
        ("pguo", "⟦苹果⟧ 平台"),
        ("pinggu", "⟦苹果⟧"),
        ("ping guo", "⟦苹果⟧ ⟦Ping Guo⟧"),
        ("xi'an", "去⟦西安⟧，⟦Xi’an⟧"),
        ("zhongg", "⟦中国⟧人"),
        ("zg", "⟦中国⟧人 ⟦zG⟧"),
        ("zhg", "⟦中国⟧人"),
        ("lvyou", "⟦旅游⟧"),
        ("nuren", "⟦女人⟧"),
        ("ping", "⟦平⟧果 p⟦平⟧i，⟦ping⟧"),
        ("p", "苹果 ⟦P⟧"),
        ("苹", "⟦苹⟧果 平"),
    ],
)
def test_pinyin_finds_han(typed: str, marked: str) -> None:
    text = re.sub("[⟦⟧]", "", marked)
    assert lit(text, Query(typed, case="insensitive", pinyin=True)) == marked


def test_pinyin_is_off_unless_asked() -> None:
    assert len(search("苹果", Query("pingguo"))) == 0


def test_pinyin_asked_without_pypinyin_finds_the_literal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinyin, "available", lambda: False)
    assert lit("苹果 pg", Query("pg", pinyin=True)) == "苹果 ⟦pg⟧"


@needs_pinyin
def test_pinyin_over_the_seam() -> None:
    before = search("青苹", Query("pg", pinyin=True))
    *_, after = scan("青苹果", Query("pg", pinyin=True), after=before)
    assert tuple(after) == (Range(1, 3),)


DOCUMENT = Document(
    text="Opening words\n\nHeading\n\nA line\twith a key\nclaim, and more of it",
    sections=(
        Section(0, 13, title="Start", level=1, opening=True),
        Section(15, 66, title="Heading", level=1),
    ),
)


def shown(found: Excerpt) -> str:
    return (
        found.line[: found.match.start]
        + "["
        + found.line[found.match.start : found.match.end]
        + "]"
        + found.line[found.match.end :]
    )


def test_an_excerpt_is_the_line_of_the_match_with_its_section() -> None:
    (match,) = search(DOCUMENT.text, Query("key claim"))
    found = excerpt(DOCUMENT, match)
    assert found.section == "Heading"
    assert shown(found) == "A line with a [key claim], and more of it"


def test_an_excerpt_is_cut_near_the_match() -> None:
    (match,) = search(DOCUMENT.text, Query("with"))
    assert shown(excerpt(DOCUMENT, match, before=3, after=4)) == "…ne [with] a k…"
    assert shown(excerpt(DOCUMENT, Range(0, 7))) == "[Opening] words"
    assert excerpt(Document(text="a"), Range(0, 1)).section == ""


def test_an_excerpt_parts_no_accent_from_its_letter() -> None:
    text = "xe\u0301abcde\u0301f"
    at = text.index("c")
    assert shown(excerpt(Document(text=text), Range(at, at + 1), before=3, after=2)) == "…ab[c]d…"


def test_an_excerpt_of_a_long_match_shows_its_beginning() -> None:
    text = "ab" * 5000
    assert len(excerpt(Document(text=text), Range(0, 10_000)).line) < 200


@given(st.text("ab \n\té\u0301苹", min_size=1, max_size=60), st.data())
def test_an_excerpt_holds_its_match(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    match = Range(start, data.draw(st.integers(start + 1, len(text))))
    found = excerpt(Document(text=text), match, before=5, after=5)
    place = found.line[found.match.start : found.match.end]
    assert place == re.sub(r"\s", " ", text[match.start : match.start + len(found.match)])
    assert len(place) == min(5, len(match))
    assert "\n" not in found.line


@pytest.mark.parametrize(
    ("marked", "at"),
    [
        ("a ⟦reader⟧ reads", 4),
        ("a ⟦reader⟧ reads", 8),
        ("⟦naïve⟧ art", 0),
        ("用⟦Python3⟧写", 3),
        ("⟦苹果⟧手机", 0),
        ("苹果⟦手机⟧", 2),
        ("苹果⟦手机⟧", 3),
        ("この⟦カメラ⟧は", 3),
        ("⟦한글⟧ 날", 1),
        ("a ⟦⟧- b", 2),
        ("⟦⟧", 0),
    ],
)
def test_word_at(marked: str, at: int) -> None:
    text = re.sub("[⟦⟧]", "", marked)
    found = word_at(text, at)
    if marked in ("a ⟦⟧- b", "⟦⟧"):
        assert len(found) == 0
    else:
        assert text[: found.start] + "⟦" + text[found.start : found.end] + "⟧" + text[found.end :] == marked


def test_search_loads_what_it_needs_only() -> None:
    code = (
        "import sys; from reader.search import *; search('苹果', Query('a'));"
        "print(*(m for m in ('regex', 'pypinyin', 'reader.variants', 'reader.pinyin', 'textual') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


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
