"""The page as text, with and without the codes of a terminal."""

from __future__ import annotations

import re

import pytest
from samples import EVERY, OWN, document

from reader.export import text
from reader.frontmatter import split
from reader.layout.wrap import cells
from reader.parse import page_pieces, parse, pieces, plain_pieces
from reader.source import read

SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("path", OWN, ids=[path.name for path in OWN])
def test_ansi_is_the_text_with_looks_and_nothing_else(path):
    article = document(path)
    for width in (20, 80):
        plain = list(text.text(article, width))
        for colour in (True, False):
            drawn = list(text.ansi(article, width, colour=colour))
            assert [SGR.sub("", row).rstrip() for row in drawn] == plain
            assert not any("\x1b" in SGR.sub("", row) for row in drawn)
            assert all(row.count("\x1b[0m") * 2 == row.count("\x1b[") for row in drawn), "each look ends with its row"


def test_no_colour_keeps_weights_and_lines():
    drawn = "".join(text.ansi(parse("## a\n\n**b** `c` [d](e) ==f=="), 40, colour=False))
    codes = {code for found in SGR.findall(drawn) for code in found[2:-1].split(";")}
    assert {"1", "4"} <= codes
    assert not any(30 <= int(code) <= 49 or 90 <= int(code) <= 107 for code in codes)


def test_text_fits_the_width_and_has_no_blanks_at_row_ends():
    for path in OWN:
        for width in (24, 60):
            for row in text.text(document(path), width):
                assert row == row.rstrip()
                assert cells(row) <= width or row.startswith("    "), "only code is wider"


def test_colours_of_plain_text_are_kept():
    *_, document = plain_pieces(("\x1b[2;7;31mred\x1b[m and \x1b[1;38;5;9mbold\x1b[m\n",))
    assert list(text.ansi(document, 40)) == ["\x1b[2;7;31mred\x1b[0m and \x1b[1;38;5;9mbold\x1b[0m"]
    assert list(text.ansi(document, 40, colour=False)) == ["\x1b[2;7mred\x1b[0m and \x1b[1mbold\x1b[0m"]
    assert list(text.text(document, 40)) == ["red and bold"]


def test_the_body_alone_has_no_title_no_byline_and_no_images():
    prose = "<p>A sentence that is long enough, with a comma and with an <img src=b.png alt=anchor> image in it.</p>"
    figure = "<figure><img src=a.png alt='a boat'><figcaption>Number one</figcaption></figure>"
    head = "<title>One</title><meta name=author content=Ann>"
    *_, page = page_pieces(f"{head}<article><h1>One</h1>{figure}{prose}<h2>Two</h2>{prose}</article>")
    said = "\n".join(text.text(page, 100, header=False))
    line = "A sentence that is long enough, with a comma and with an image in it."
    assert said == f"Number one\n\n{line}\n\n\nTwo\n───\n\n{line}"
    whole = "\n".join(text.text(page, 100))
    assert all(part in whole for part in ("One\n━", "Ann", "a boat", "anchor"))


def test_the_text_of_an_article_that_grows_is_that_of_the_whole():
    grew = 0
    for path in EVERY[::3]:
        metadata, body, *_ = split(read(str(path)).text)
        *parts, whole = pieces(body, metadata, first=300)
        grew += bool(parts)
        for width in (30, 80):
            assert list(text.text_of_growing(iter((*parts, whole)), width)) == list(text.text(whole, width)), path.name
    assert grew > 3, "parts have come of some"
    assert list(text.text_of_growing(iter([parse("")]), 40)) == list(text.text(parse(""), 40))
