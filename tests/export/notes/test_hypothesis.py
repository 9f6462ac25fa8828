"""Hypothesis' exports, of its client and of its API."""

from __future__ import annotations

import json

from reader.export.notes import belonging, read_notes, take
from reader.store import Article
from tests.export.notes.making import harbour

ROW = {
    "id": "Gx0yaBcDeFg",
    "created": "2021-03-04T05:06:07.890123+00:00",
    "updated": "2021-03-05T05:06:07.000000+00:00",
    "uri": "http://www.example.org/h/",
    "text": "So **long**!",
    "tags": ["deep time", "pier"],
    "document": {"title": ["The harbour | A site"]},
    "target": [
        {
            "source": "http://www.example.org/h/",
            "selector": [
                {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 3},
                {"type": "TextPositionSelector", "start": 4711, "end": 4726},
                {"type": "TextQuoteSelector", "exact": "took nine years", "prefix": "The pier ", "suffix": ". Each"},
            ],
        }
    ],
}
PAGE_NOTE = {"id": "n2", "uri": ROW["uri"], "text": "all of it", "target": [{"source": ROW["uri"]}], "tags": []}
REPLY = {**PAGE_NOTE, "id": "n3", "references": ["Gx0yaBcDeFg"]}


def test_both_exports_are_anchored_by_quote():
    document = harbour(url="https://example.org/h")
    article = Article("/articles/harbour.md", "d1")
    before: object = None
    for found in (
        {"export_date": "2024-01-01", "annotations": [ROW, PAGE_NOTE, REPLY]},
        {"total": 3, "rows": [ROW, PAGE_NOTE, REPLY]},
        [ROW, PAGE_NOTE, REPLY],
    ):
        read = read_notes(json.dumps(found).encode())
        assert belonging(read, article, document) == read
        assert belonging(read, Article("/other.md", "d2"), harbour()) == ()
        taken = take(read, article, document)
        one, page = taken.annotations
        assert one.selector is not None
        assert document.text[one.selector.start : one.selector.end] == "took nine years"
        assert one.words == "So **long**!\n\n#deep-time #pier"
        assert (one.created, one.modified) == (1614834367.890123, 1614920767.0)
        assert (page.selector, page.words) == (None, "all of it")
        assert taken.unanchored == ()
        assert before in (None, taken.annotations), "the same ids each time"
        before = taken.annotations


def test_what_is_of_the_wrong_kind_is_left_out():
    row = {"uri": 5, "target": [5, {"selector": 7}], "text": {}, "tags": "x", "document": [], "created": 5}
    (one,) = read_notes(json.dumps([row]).encode())
    assert (one.url, one.exact, one.words, one.tags, one.title, one.created) == ("", "", "", (), "", 0.0)
