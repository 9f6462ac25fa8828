"""Pages made to hang or to crash: time grows with the size, nothing raises, nothing reaches the terminal."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document import Document
from reader.parse import page_pieces
from reader.parse.web import tree
from reader.parse.web.tree import MAX_DEPTH, parse_tree

P = "<p>Some words, and some more words that make it a sentence long enough to count as prose.</p>"


def read(source: str) -> Document:
    document = Document()
    for document in page_pieces(source, "https://q.example/"):  # noqa: B007
        pass
    return document


GROWING: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: P * n,
    "divisions": lambda n: "<div>" * (5 * n) + P,
    "quotes": lambda n: "<blockquote>" * (5 * n) + P,
    "lists": lambda n: "<ul><li>" * (5 * n) + P,
    "bold": lambda n: P + "<b>" * (5 * n) + "x" + "</b>" * (5 * n),
    "links": lambda n: "<a href=x>words " * (3 * n) + P,
    "tables": lambda n: "<table><tr><td>" * n + P,
    "cells": lambda n: "<table><tr>" + "<td>words</td>" * (2 * n) + "</table>" + P,
    "unclosed comments": lambda n: P + "<!-- " * (5 * n),
    "unclosed scripts": lambda n: P + "<script>" * (5 * n),
    "unclosed quotes": lambda n: P + "<a href=\"x' " * (5 * n),
    "signs": lambda n: P + "<" * (20 * n),
    "ends": lambda n: "<div>" * 150 + "</p></li>" * (5 * n) + P,
    "attributes": lambda n: "<p " + "a=1 " * (10 * n) + ">" + P,
    "classes": lambda n: "<div class='" + "comments- " * (10 * n) + "'>" + P,
    "srcset": lambda n: "<img srcset='" + "a, " * (10 * n) + "'>" + P,
    "json": lambda n: "<script type=application/ld+json>" + "[" * (10 * n) + "</script>" + P,
    "titles": lambda n: "<title>" + "a - " * (5 * n) + "</title>" + "<h1>b</h1>" * n + P,
    "figures": lambda n: "<figure><img src=a.png><figcaption>c</figcaption></figure>" * n + P,
    "notes": lambda n: "".join(f"<p>w<sup><a href='#f{i}'>{i % 99}</a></sup><p id='f{i}'>n</p>" for i in range(n)) + P,
    "captions": lambda n: "<div class=caption>" * 150 + P * n,
    "listing": lambda n: "<pre>" + "<span class=lineno>1</span>x<br>" * (2 * n) + "</pre>" + P,
}


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_size(name: str) -> None:
    def seconds(size: int) -> float:
        source = GROWING[name](size)
        begin = time.process_time()
        read(source)
        return time.process_time() - begin

    read(P)
    small, large = seconds(500), seconds(4000)
    assert large < 30 * max(small, 0.02), f"{small:.3f} s, and {large:.3f} s for eight times as much"


def test_depth_has_a_bound() -> None:
    deepest = 0
    for node in parse_tree("<div>" * 100_000 + "x").elements():
        depth = 0
        while node.parent is not None:
            node, depth = node.parent, depth + 1
        deepest = max(deepest, depth)
    assert deepest < MAX_DEPTH


def test_text_below_the_deepest_element_is_kept() -> None:
    document = read("<body>" + "<div>" * 100_000 + P * 3)
    assert document.text.count("sentence") == 3


def test_a_page_of_too_many_elements_is_shown_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_ELEMENTS", 100)
    document = read("<title>x</title>" + P * 200)
    assert document.text.count("sentence") == 200
    assert "too large" in document.warnings[0]


def test_no_command_reaches_the_terminal() -> None:
    evil = "a\x1b[31mb&#27;]0;t&#7;\x9b\u202ec"
    document = read(
        f"<title>{evil}</title><meta name=author content='{evil}'><meta property='og:site_name' content='{evil}'>"
        f"<h1>{evil}</h1>{P}<p>{evil} <a href='x{evil}'>{evil}</a> <img src='{evil}' alt='{evil}'></p>"
        f"<pre lang='{evil}'>{evil}</pre><div class='note admonition'><p class=admonition-title>{evil}</p>{P}</div>{P}"
    )
    said = [document.text, document.metadata.title, document.metadata.author, *document.warnings]
    said += [str(value) for value in document.metadata.entries.values()] + [image.alt for image in document.images]
    assert not [
        char for text in said for char in text if (ord(char) < 32 and char not in "\n\t") or char in "\x7f\x9b\u202e"
    ]


BITS = st.sampled_from((
    "<div>", "</div>", "<p>", "<a href='", "'>", '"', "<img src=", "<table>", "<tr>", "<td>", "</table>",
    "<pre>", "<ul>", "<li>", "</ul>", "<figure>", "<figcaption>", "<!--", "-->", "<script>", "</script>",
    "<math alttext='x'>", "&#x", ";", "<aside role=note>", "<details>", "<summary>",
    "<sup><a href='#n'>1</a></sup>", "<li id=n>", "<blockquote>", "<br>", "class=comment", "<h1>", "</h1>",
    "<title>", "<noscript>", "<iframe src='//youtube.com/x'>", "=", "/", ">", "<", P, P, "<![CDATA[", "]]>",
    "</p></", "<ruby>字<rt>z", "<svg>", "<template>", "<body>", "<html lang=zh>", "\0", "\ud800",
))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(BITS, st.text(max_size=6)), max_size=40).map("".join))
def test_any_text_gives_a_document(source: str) -> None:
    document = read(source)
    assert document.complete
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(document.text)
