"""What is typed into the search line of a library."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library import Filter, Wanted, only, wanted
from reader.search import Query, SearchError


def words(typed: str) -> list[str]:
    """The texts wanted: expressions between slashes, and what must be absent after a minus."""
    found = wanted(typed)
    shown = [f"/{query.pattern}/" if query.regex else query.pattern for query in found.texts]
    return shown + [f"-/{query.pattern}/" if query.regex else f"-{query.pattern}" for query in found.without]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("   ", []),
        ("harbour", ["harbour"]),
        ("harbour  灯塔", ["harbour", "灯塔"]),
        ("a　b", ["a", "b"]),
        ('"the harbour" light', ["the harbour", "light"]),
        ("“港口 的”灯", ["港口 的", "灯"]),
        ('"not ended yet', ["not ended yet"]),
        ('""', []),
        ('" "', []),
        (r"/\d+ %/ x", [r"/\d+ %/", "x"]),
        (r"/a\/b/", [r"/a\/b/"]),
        ("/not", ["/not"]),
        ("/usr/bin", ["/usr/bin"]),
        ("//", ["//"]),
        ("-light", ["-light"]),
        ('-"the light"', ["-the light"]),
        ("-/x+/", ["-/x+/"]),
        ("well-known", ["well-known"]),
        ("a a", ["a"]),
        ("https://example.org/x", ["https://example.org/x"]),
        ("C++ don't (x", ["C++", "don't", "(x"]),
        ("tags:x", ["tags:x"]),
    ],
)
def test_words(typed, found):
    assert words(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tag:Rust", Filter("tag", "Rust")),
        ("tag:“机器 学习”", Filter("tag", "机器 学习")),
        ("TAG：机器", Filter("tag", "机器")),
        ('tag:"machine learning"', Filter("tag", "machine learning")),
        ("-tag:Rust", Filter("tag", "Rust", True)),
        ("author:王", Filter("author", "王")),
        ("in:Notes/2024/", Filter("in", "notes/2024")),
        ("in:notes\\2024", Filter("in", "notes/2024")),
        ("after:2024", Filter("after", "2024")),
        ("after:2024-5", Filter("after", "2024-05")),
        ("before:2024/05/6", Filter("before", "2024-05-06")),
        ("is:Unread", Filter("is", "unread")),
        ("-is:starred", Filter("is", "starred", True)),
    ],
)
def test_filters(typed, found):
    assert wanted(typed) == Wanted(filters=(found,))


@pytest.mark.parametrize("typed", ["tag:", "-tag:", 'tag:"', "is:", "after:", "in:/"])
def test_a_filter_that_is_not_typed_to_its_end_is_none(typed):
    assert not wanted(typed).texts
    assert not any(one.value for one in wanted(typed).filters)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("after:yesterday", "after: yesterday is no date; write 2024, 2024-05 or 2024-05-06"),
        ("before:24", "before: 24 is no date; write 2024, 2024-05 or 2024-05-06"),
        ("is:new", "is: new? there are unread, reading, finished, starred, archived"),
        ("is:\x1b[2J", "is: ␛[2J? there are unread, reading, finished, starred, archived"),
    ],
)
def test_what_is_no_date_and_no_state_is_said(typed, said):
    with pytest.raises(SearchError) as caught:
        wanted(typed)
    assert str(caught.value) == said


def test_the_options_of_the_words_are_those_given():
    like = Query("", case="sensitive", accents=True)
    assert wanted("a /b/", like).texts == (
        Query("a", case="sensitive", accents=True),
        Query("b", case="sensitive", accents=True, regex=True),
    )
    assert wanted("a").texts == (Query("a", variants=True),)


def test_a_query_alone():
    assert only(Query("a b", regex=True)) == Wanted((Query("a b", regex=True),))
    assert not only(Query(""))


@given(st.text('ab -"“”/\\:：tagis灯\n\x1b', max_size=30))
def test_whatever_is_typed(typed):
    with contextlib.suppress(SearchError):
        found = wanted(typed)
        assert all(query.pattern.strip() for query in (*found.texts, *found.without))


@pytest.mark.parametrize("unit", ['"', "/\\", "-", "tag:", "“", "a:"])
def test_long_lines_are_read_in_one_go(unit):
    """Nothing of a line is looked at again and again: 200,000 characters are done before a second one is looked for."""
    wanted(unit * (200_000 // len(unit)))
