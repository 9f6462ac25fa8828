"""Pages as pictures, and what must hold of every article at every width."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invariants import check_layout as check
from layout_picture import FRONT, page, picture, shown
from samples import EVERY, NAMES, OWN, document

from reader.document import Code, Document, Metadata, Table
from reader.layout import Layout, Line, Row
from reader.parse import parse, pieces

WIDTHS = (1, 2, 5, *range(20, 121, 7))


def test_the_front_stands_under_the_title():
    titled = parse("Words.", Metadata(title="One day"))
    assert shown(Layout(titled, 24, front=FRONT).walk()) == [
        "One day",
        "━━━━━━━━",
        "by somebody",
        "",
        "Words.",
    ]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# One day\n\nWords.", ""),
        ("## One day\n\nWords.", "One day"),
        ("**One day**\n\nWords of a day, and more.\n", ""),
    ],
    ids=["a heading of level 1", "a heading with the title's words", "a bold line"],
)
def test_the_front_stands_under_what_the_article_is_called(body, title):
    rows = shown(Layout(parse(body, Metadata(title=title)), 40, front=FRONT).walk())
    assert rows[0] == "One day"
    assert rows.index("by somebody") < rows.index(next(row for row in rows if row.startswith("Words")))
    assert "by somebody" in rows[1:3]


def test_the_front_stands_on_top_where_there_is_no_title():
    rows = shown(Layout(parse("## Part\n\nWords."), 24, front=FRONT).walk())
    assert rows == ["by somebody", "", "Part", "────", "", "Words."]


def test_the_front_wraps_and_changes_in_its_place():
    layout = Layout(parse("# T\n\nWords."), 8, front=FRONT)
    layout.measure(0, 0, 100)
    assert shown(layout.walk()) == ["T", "━", "by", "somebody", "", "Words."]
    layout.set_front((Line("x", "byline"),))
    assert shown(layout.walk()) == ["T", "━", "x", "", "Words."]
    assert layout.height == 5


def test_nothing():
    assert picture("") == []
    assert "".join(row.text for row in Layout(Document(), 80, front=FRONT).walk()) == FRONT[0].text
    empty = Layout(Document(complete=False), 10, front=FRONT)
    assert (empty.height, empty.row_of(3), empty.offset_of(3), empty.measure(3, 1, 1)) == (0, 0, 0, 0)
    assert empty.row(0) == Row()


@pytest.mark.parametrize("path", EVERY, ids=NAMES)
def test_every_article_at_every_width(path):
    article = document(path)
    front = (Line("somebody and others · 2024-01-01", "byline"),)
    layout = Layout(article, 80, front=front)
    number = EVERY.index(path)
    ours = WIDTHS[number % 2 :: 2]  # every other one: all of them together are those of half of the articles each
    for width in ours if path in OWN else (WIDTHS[number % len(WIDTHS)], WIDTHS[(number * 7 + 5) % len(WIDTHS)]):
        layout.resize(width)
        check(layout)


@pytest.mark.fuzz
@pytest.mark.parametrize("path", EVERY, ids=NAMES)
def test_really_every_article_at_every_width(path):
    layout = Layout(document(path), 80)
    for width in WIDTHS:
        layout.resize(width)
        check(layout)


@pytest.mark.parametrize("path", OWN, ids=[path.name for path in OWN])
def test_printed_with_signs_nothing_is_lost_either(path):
    for width in (3, 24, 77):
        check(Layout(document(path), width, signs=True))


@pytest.mark.parametrize("path", OWN, ids=[path.name for path in OWN])
def test_no_row_of_text_begins_or_ends_with_a_forbidden_mark(path):
    article = document(path)
    for width in range(20, 121, 7):
        layout = Layout(article, width)
        for unit in range(len(layout.units)):
            index = layout.units.block(unit)
            if index < 0 or isinstance(article.blocks[index], Code | Table):
                continue
            parts = [row.range for row in layout.rows(unit) if row.range is not None]
            for before, after in pairwise(parts):
                if after.start == before.end:
                    assert article.text[after.start] not in "。，、；：？！」』）》】〉〕”’…·々ー", (width, before)
                    assert article.text[before.end - 1] not in "「『（《【〈〔“‘", (width, before)


BODIES = st.lists(
    st.sampled_from(
        (
            "# Head\n\n",
            "## 标题，有点长的标题\n\n",
            "Words and more words, with *some* **strong `code`** ones and a [link](https://q.example).\n\n",
            "这里是一段中文，有“引号”、有《书名》，还有——破折号。\n\n",
            "한국어 낱말은 가운데에서 나뉘지 않는다.\n\n",
            "- a\n- b\n  1. c\n\n     > d\n- [x] e\n\n",
            "> [!TIP]\n> words\n>\n> - x\n\n",
            "| a | 名字 | ccc |\n|--|:-:|--:|\n| long words in here | 二 | `x` |\n| | **二** | 3 |\n\n",
            "```py\nif x:\n\treturn '山'  # " + "long " * 12 + "\n\n```\n\n",
            "![alt words](a.png) and ![](b.png)\n\n",
            "x<sup>2</sup> y<sub>ab Q</sub> ~~z~~ <kbd>Esc</kbd> note[^1]\n\n[^1]: the note\n\n",
            "term\n: explained\n\n",
            "---\n\n",
            "<details><summary>S</summary>\n\nhidden\n\n</details>\n\n",
            "$$\nx^2\n$$\n\n",
            "e\u0301👨‍👩‍👧🇨🇳 ❤️ \u200b wide\n\n",
        )
    ),
    max_size=8,
).map("".join)


@settings(deadline=None, max_examples=60)
@given(BODIES, st.integers(1, 60), st.booleans())
def test_whatever_stands_beside_whatever(body, width, signs):
    check(Layout(parse(body), width, front=FRONT, signs=signs))


@settings(deadline=None, max_examples=40)
@given(BODIES, st.integers(1, 60))
def test_growing_piece_by_piece_is_laying_out_the_whole(body, width):
    grown: Layout | None = None
    for part in pieces("Words to begin with.\n\n" + body, first=1):
        if grown is None:
            grown = Layout(part, width, front=FRONT)
        else:
            grown.grow(part)
        grown.measure(grown.height - 1, 5, 5)
    assert grown is not None
    whole = Layout(grown.document, width, front=FRONT)
    assert list(grown.walk()) == list(whole.walk())
    check(grown)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(OWN), st.integers(8, 100), st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_measuring_keeps_the_row_under_the_eye(path, width, eyes):
    layout = Layout(document(path), width, front=FRONT)
    for eye in eyes:
        y = round(eye * (layout.height - 1))
        layout.measure(y, 0, 1)
        y = min(y, layout.height - 1)
        before = layout.row(y)
        there = layout.measure(y, 40, 60)
        assert layout.row(there) == before
        again = layout.measure(there, 40, 60)
        assert again == there, "what is measured stays"


@pytest.mark.parametrize("path", OWN, ids=[path.name for path in OWN])
def test_a_resize_keeps_the_offset(path):
    layout = Layout(document(path), 90, front=FRONT)
    for width in (33, 120, 7, 90):
        offset = layout.offset_of(layout.height // 2)
        layout.resize(width)
        row = layout.row(layout.row_of(offset))
        assert row.range is not None
        assert row.range.start <= offset < row.range.end


def test_hit_finds_the_character_under_a_cell():
    layout = page("- 山水 ab\n", 20)
    text = layout.document.text
    assert [layout.hit(0, x) for x in range(9)] == [None, None, 0, 0, 1, 1, 2, 3, 4]
    assert text == "山水 ab"
    assert layout.nearest(0, 0) == 0
    assert layout.nearest(0, 19) == 5


def test_hit_in_code_that_is_shifted():
    layout = page("- x\n\n  ```\n  0123456789abcdefghijklmno\n  ```\n", 12)
    y = next(y for y in range(layout.height) if layout.row(y).wide)
    text = layout.document.text
    assert text[layout.hit(y, 4)] == "0"
    assert text[layout.hit(y, 4, 8)] == "8"
    assert layout.hit(y, 1, 8) is None, "the blanks of the list stand still"


def test_rough_offsets_rise_and_lay_nothing_out():
    layout = Layout(document(OWN[0]), 40, front=FRONT)
    rough = [layout.rough_offset(y) for y in range(layout.height)]
    assert rough == sorted(rough)
    assert not layout._rows
