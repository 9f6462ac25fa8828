"""Outline, links and images: a line each."""

from __future__ import annotations

import pytest
from samples import EVERY, NAMES, document

from reader import sanitize
from reader.export import lists
from reader.parse import parse


def test_outline():
    body = "Opening words.\n\n## A\n\nx y.\n\n#### B\n\nText of it, here.\n\n**Bold words**\n\nMore.\n\n## C\n\nx"
    rows = list(lists.outline(parse(body)))
    assert rows[0].strip() == rows[0], "the opening is not set in"
    assert rows[1:3] == ["A", "    B"]
    assert rows[3].strip() == "≈ Bold words"
    assert rows[-1] == "C"


def test_links_and_images_are_a_line_each():
    made = parse("[a\nb](x.md) ![](p/q.png) [![alt](i.png)](http://y)")
    assert list(lists.links(made)) == ["a b\tx.md", "alt\thttp://y"]
    assert list(lists.images(made)) == ["q.png\tp/q.png", "alt\ti.png"]


@pytest.mark.parametrize("path", EVERY, ids=NAMES)
def test_every_line_is_safe_and_has_its_two_parts(path):
    article = document(path)
    for kind, things in ((lists.links, article.links), (lists.images, article.images)):
        rows = list(kind(article))
        assert len(rows) == len(things)
        assert all(row.count("\t") == 1 and "\n" not in row for row in rows)
    for row in (*lists.outline(article), *lists.links(article), *lists.images(article)):
        assert sanitize.clean(row) == row
    assert len(list(lists.outline(article))) == len(article.sections)
