"""Regular expressions that are wrong, and ones that never end."""

from __future__ import annotations

import pytest

from reader.search import Query, SearchError, search

WRONG = {
    "a(b": "wrong pattern at",
    "ab)": "wrong pattern at 3: unbalanced parenthesis",
    "*a": "wrong pattern at 1: nothing to repeat",
    "[a": "wrong pattern at",
    r"(a)\2": "wrong pattern at",
    r"\p{Nonsense}": "wrong pattern at",
    "x{1000000000}": "pattern repeats too often",
    "((((a{99}){99}){99}){99})": "pattern repeats too often",
    "(?R)": "wrong pattern: recursion",
    "(a|(?1)b)": "wrong pattern: recursion",
    "(?P<x>a|(?&x))": "wrong pattern: recursion",
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


@pytest.mark.parametrize("pattern", ["(a|aa)+$", r"(\w+\s?)+$", "(?:a+)+b", "(.*a){20}c"])
def test_a_catastrophic_expression_is_given_up(pattern: str) -> None:
    text = "fine\n\n" + "a" * 5000 + "!"
    with pytest.raises(SearchError, match="pattern too slow"):
        search(text, Query(pattern, regex=True))
