"""Colours of code: exact places, known roles, and nothing guessed."""

from __future__ import annotations

import pytest
from samples import EVERY, NAMES, document

from reader.document import Code
from reader.loading.syntax import _ROLES, LARGEST, tokens

ROLES = {role for _, role in _ROLES}


def lit(code: str, language: str) -> list[tuple[str, str]]:
    return [(code[start:end], role.removeprefix("syntax-")) for start, end, role in tokens(code, language)]


def test_python():
    found = lit("def f(x):\n    return 'a' + str(1)  # why\n", "python")
    assert ("def", "keyword") in found
    assert ("f", "function") in found
    assert ("str", "builtin") in found
    assert ("1", "number") in found
    assert ("# why", "comment") in found
    assert "string" in {role for text, role in found if "a" in text}


def test_diff_and_session():
    assert lit("-old\n+new\n", "diff") == [("-old", "deleted"), ("+new", "inserted")]


@pytest.mark.parametrize("language", ["", "no-such-language", "text"])
def test_nothing_is_guessed(language):
    assert list(tokens("if x: return 1", language)) == []


def test_a_block_too_large_to_be_read_stays_plain():
    assert list(tokens("x = 1\n" * (LARGEST // 6 + 1), "python")) == []


def test_leading_blank_lines_and_a_missing_last_line_break_move_nothing():
    assert lit("\n\n1", "python") == [("1", "number")]


@pytest.mark.parametrize("path", EVERY, ids=NAMES)
def test_every_block_of_code_of_every_article(path):
    article = document(path)
    for block in article.blocks:
        if isinstance(block, Code):
            code, at = article.slice(block), 0
            for start, end, role in tokens(code, block.language):
                assert at <= start < end <= len(code), "sorted, and none over another"
                assert role in ROLES
                at = end
