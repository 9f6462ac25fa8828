"""The line shown for a match, and the word at a place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Document, Range, Section
from reader.search import Excerpt, Query, excerpt, search, word_at

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
