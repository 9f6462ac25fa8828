"""Web Annotations: what is written is read again as the same."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reader.export.notes import as_json, read_notes, take
from reader.export.notes.webannotation import read_web_annotations
from reader.sanitize import clean
from reader.store import Article, annotation
from tests.export.notes.making import HOSTILE, harbour, marked, notes


def test_what_is_written_is_read_as_the_same():
    document = harbour(url="https://example.org/h")
    made = [
        annotation(None, words="on the whole", time=5.5),
        marked(document, "took nine years", words="two\nlines #time", colour="green", time=1e9 + 0.25),
        marked(document, "burned until four", colour="my blue"),
    ]
    text = as_json([notes(document, *made)])
    assert clean(text) == text
    taken = take(read_notes(text.encode()), Article("/articles/harbour.md", "d1"), document)
    assert taken.annotations == tuple(made)
    assert taken.unanchored == ()


def test_the_shape_is_the_standards():
    document = harbour(url="https://example.org/h")
    made = marked(document, "took nine years", words="long #time", colour="green", time=0.0)
    page = json.loads(as_json([notes(document, made)]))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    (item,) = page["items"]
    assert item["id"] == f"urn:uuid:{made.id}"
    assert item["created"] == "1970-01-01T00:00:00.000000Z"
    assert [body["purpose"] for body in item["body"]] == ["commenting", "tagging"]
    assert item["target"]["source"] == "https://example.org/h"
    assert item["target"]["styleClass"] == "green"
    quote, position = item["target"]["selector"]
    assert (quote["type"], quote["exact"]) == ("TextQuoteSelector", "took nine years")
    assert document.text[position["start"] : position["end"]] == "took nine years"


def test_a_lost_one_is_exported_with_its_quote():
    document = harbour()
    gone = marked(harbour("A sentence about whales and nothing else at all.\n"), "about whales and nothing else")
    page = json.loads(as_json([notes(document, gone)]))
    assert page["items"][0]["reader"]["status"] == "lost"
    assert page["items"][0]["target"]["selector"][0]["exact"] == "about whales and nothing else"


@pytest.mark.parametrize(
    "found",
    [
        None, 5, "x", [], {}, [5, None, "x"], {"items": 5}, {"items": [[]]}, {"first": {"items": {"a": 1}}},
    ],
)  # fmt: skip
def test_what_is_none_is_nothing(found):
    assert read_web_annotations(found) in ((), read_web_annotations({"target": None}))


def test_other_shapes_of_the_standard():
    selector = {"type": "FragmentSelector", "refinedBy": {"type": "TextQuoteSelector", "exact": "q"}}
    (one,) = read_web_annotations(
        {
            "target": [{"source": {"id": "https://e.org"}, "selector": selector}],
            "bodyValue": "w",
            "created": "2020-01-01T00:00:00Z",
        }
    )
    assert (one.exact, one.words, one.url, one.created) == ("q", "w", "https://e.org", 1577836800.0)
    deep: dict[str, object] = {"type": "TextQuoteSelector", "exact": "q"}
    for _ in range(500):
        deep = {"refinedBy": deep}
    assert read_web_annotations({"target": {"selector": deep}})[0].exact == ""


def test_hostile_values_are_made_harmless():
    item = {
        "id": HOSTILE,
        "target": {
            "source": HOSTILE,
            "styleClass": HOSTILE,
            "selector": [{"type": "TextQuoteSelector", "exact": HOSTILE, "prefix": 5, "suffix": [HOSTILE]}],
        },
        "body": [{"value": HOSTILE}, {"purpose": "tagging", "value": HOSTILE}, 5, None],
        "created": "9999999999-01-01",
        "modified": {"a": 1},
        "reader": [HOSTILE],
    }
    (one,) = read_web_annotations([item])
    for value in (one.id, one.colour, one.exact, one.words, *one.tags):
        assert clean(value) == value
        assert value
    assert (one.prefix, one.suffix, one.url, one.created) == ("", "", "", 0.0)
    assert read_web_annotations([replace_position(1 << 60, -5)])[0].start == -1


def replace_position(start: object, end: object) -> dict[str, object]:
    return {"target": {"selector": {"type": "TextPositionSelector", "start": start, "end": end}}}


def test_a_name_that_is_no_utf8_is_exported():
    document = harbour()
    made = notes(document, marked(document, "nine years"))
    odd = replace(made, article=Article("/caf\udce9\x1b.md", "d1"))
    assert "file:///caf%E9%1B.md" in as_json([odd])
