"""The JSON shape, against the documents it comes from."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from samples import EVERY, NAMES, OWN, document, sample

from reader.claims import find
from reader.export import claims
from reader.export.json import VERSION, as_json
from reader.parse import parse


def shape(body: str, **more: object) -> dict:
    return json.loads(as_json(parse(body), "here", **more))


def test_the_whole_shape():
    assert shape('# One\n\nA *b* [c](d.md "t").\n\n![e](f.png)\n') == {
        "version": VERSION,
        "origin": "here",
        "metadata": {"title": "", "date": None, "author": "", "credits": [], "entries": {}},
        "text": "One\n\nA b c.\n\ne",
        "sections": [{"title": "One", "level": 1, "start": 0, "end": 14, "inferred": False}],
        "blocks": [
            {
                "kind": "heading",
                "start": 0,
                "end": 3,
                "line": 0,
                "level": 1,
                "inferred": False,
                "anchor": "one",
                "within": [],
                "spans": [],
            },
            {
                "kind": "paragraph",
                "start": 5,
                "end": 11,
                "line": 2,
                "role": "body",
                "within": [],
                "spans": [
                    {"kind": "emphasis", "start": 7, "end": 8},
                    {"kind": "link", "start": 9, "end": 10},
                ],
            },
            {
                "kind": "paragraph",
                "start": 13,
                "end": 14,
                "line": 4,
                "role": "body",
                "within": [],
                "spans": [{"kind": "image", "start": 13, "end": 14}],
            },
        ],
        "links": [{"text": "c", "href": "d.md", "start": 9, "end": 10}],
        "images": [{"alt": "e", "src": "f.png", "start": 13, "end": 14}],
        "claims": [],
        "warnings": [],
    }


def test_kinds_of_blocks_and_what_they_stand_in():
    made = shape("> - [x] a\n\n```py\nx\n```\n\n|a|b|\n|-|-|\n|1|2|\n\n---\n\n3. x\n")["blocks"]
    assert [block["kind"] for block in made] == ["paragraph", "code", "table", "rule", "paragraph"]
    assert made[0]["within"] == [{"kind": "quote"}, {"kind": "item", "number": None, "checked": True}]
    assert made[1]["language"] == "py"
    assert [[cell["end"] - cell["start"] for cell in row] for row in made[2]["rows"]] == [[1, 1], [1, 1]]
    assert made[4]["within"] == [{"kind": "item", "number": 3, "checked": None}]


def test_front_matter_keeps_its_words_and_its_order():
    made = json.loads(as_json(sample("sodium"), "x"))["metadata"]
    assert made["title"].startswith("不用锂")
    assert made["date"].startswith("2024-06-18")
    assert [credit["label"] for credit in made["credits"]] == ["作者", "编辑"]
    assert list(made["entries"]) == list(sample("sodium").metadata.entries)


@pytest.mark.parametrize("path", EVERY, ids=NAMES)
def test_offsets_are_code_points_of_the_text(path):
    article = document(path)
    made = json.loads(as_json(article, str(path), claims.shaped(article, find(article)) if path in OWN else ()))
    whole = made["text"]
    assert whole == article.text
    for link in made["links"]:
        assert whole[link["start"] : link["end"]] == link["text"]
    for image in made["images"]:
        assert image["alt"] in ("", whole[image["start"] : image["end"]])
    for claim in made["claims"]:
        assert whole[claim["start"] : claim["end"]] == claim["text"]
        assert claim["kind"] in claim["kinds"]
    sections = made["sections"]
    assert [s["start"] for s in sections] == sorted(s["start"] for s in sections)
    for before, after in pairwise(sections):
        assert before["end"] <= after["start"]
    for block in made["blocks"]:
        for span in block["spans"]:
            assert block["start"] <= span["start"] <= span["end"] <= block["end"]


def test_what_a_terminal_would_obey_is_escaped_and_stays_the_same_value():
    printed = as_json(parse("[x](<http://q/\x9b31m\x1b[31m>)"), "a\x1b]0;x\x07")
    assert not set(printed) & {"\x1b", "\x07", "\x9b"}
    back = json.loads(printed)
    assert back["origin"] == "a\x1b]0;x\x07"
