"""The shapes that are printed, against the documents they come from."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from random import Random

import pytest
from samples import EVERY, NAMES, OWN, document, sample

from reader import sanitize
from reader.claims import Claim, find
from reader.document import Range
from reader.export import claims, lists, text
from reader.export.json import VERSION, as_json
from reader.layout.wrap import cells
from reader.parse import parse

SGR = re.compile(r"\x1b\[[0-9;]*m")


def shape(body: str, **more: object) -> dict:
    return json.loads(as_json(parse(body), "here", **more))


# ------------------------------------------------------------------------------------------------------------ JSON


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


# ----------------------------------------------------------------------------------------------------------- lists


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


# ---------------------------------------------------------------------------------------------------- text and ansi


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


def test_marks_light_the_claims():
    article = sample("harbour")
    found = find(article)
    assert found

    lit = claims.marker(found)

    def marks(start, end):
        return lit(start, end)

    drawn = list(text.ansi(article, 80, marks=marks))
    assert [SGR.sub("", row).rstrip() for row in drawn] == list(text.text(article, 80))
    lit = " ".join(" ".join(re.findall(r"\x1b\[4;33m([^\x1b]*)", row)) for row in drawn)
    first = article.slice(found[0].range)
    assert "".join(first.split()) in "".join(lit.split())


@pytest.mark.parametrize("seed", range(20))
def test_a_marker_tells_each_claim_over_a_range_even_where_they_nest(seed):
    random = Random(seed)
    found = []
    for _ in range(30):
        start = random.randrange(100)
        found.append(Claim(Range(start, start + random.randrange(1, 30)), ("author",), 1.0, ""))
    found.sort(key=lambda claim: (claim.range.start, claim.range.end))
    lit = claims.marker(found)
    for start in range(0, 120, 7):
        where = Range(start, start + random.randrange(1, 20))
        over = [(claim.range.start, claim.range.end, "claim") for claim in found if claim.range.overlaps(where)]
        assert lit(where.start, where.end) == over


# ---------------------------------------------------------------------------------------------------------- claims


def test_claims_stand_under_their_sections():
    article = sample("harbour")
    found = find(article)
    rows = list(claims.lines(article, found))
    titles = {section.title for section in article.sections}
    assert rows[0] in titles
    assert sum(row.startswith("      why: ") for row in rows) == len(found)
    assert all(row.strip() in titles or row.startswith("  ") for row in rows)
