"""Prose without markup: lines are paragraphs, wrapped ones are joined, chapters and titles are found."""

from __future__ import annotations

import textwrap

import pytest
from growth import superlinear
from hypothesis import given
from hypothesis import strategies as st
from invariants import check_document, check_growth, same_document

from reader.document import Credit, Document, Heading, Paragraph, Title
from reader.parse import prose_pieces
from reader.parse.prose import chapter, wrap_width

NOVEL = """《夜路》
作者：小岩

第一卷 城里

第一章 雪夜
　　雪下得很大，路上没有一个人。
　　“谁？”他问。
没有人回答。

第二章 江边
　　江水很冷。<他>在岸上站了*很久*。
"""
SENTENCE = "It was a long and quiet evening when the boat came in, and nobody had seen it since the winter before. "


def parsed(source: str) -> Document:
    grown = list(prose_pieces((source,), size=len(source)))
    check_growth(grown)
    check_document(grown[-1])
    return grown[-1]


def shown(source: str) -> list[str]:
    """The blocks, headings with their level before them."""
    document = parsed(source)
    signs = {Title: "T ", Paragraph: ""}
    return [
        f"{'#' * block.level}{'~' * block.inferred} {document.slice(block)}"
        if isinstance(block, Heading)
        else signs[type(block)] + document.slice(block)
        for block in document.blocks
    ]


def test_a_novel() -> None:
    assert shown(NOVEL) == [
        "T 《夜路》",
        "作者：小岩",
        "# 第一卷 城里",
        "## 第一章 雪夜",
        "雪下得很大，路上没有一个人。",
        "“谁？”他问。",
        "没有人回答。",
        "## 第二章 江边",
        "江水很冷。<他>在岸上站了*很久*。",
    ]
    document = parsed(NOVEL)
    assert (document.metadata.title, document.metadata.credits) == ("《夜路》", (Credit("作者", "小岩"),))
    assert [(section.title, section.level) for section in document.sections] == [
        ("开篇", 1),
        ("第一卷 城里", 1),
        ("第一章 雪夜", 2),
        ("第二章 江边", 2),
    ]
    assert [block.line for block in document.blocks] == [0, 1, 3, 5, 6, 7, 8, 10, 11]
    assert document.anchors["第二章-江边"] == document.sections[3].start


def test_two_blanks_start_a_paragraph_as_a_wide_one_does() -> None:
    assert shown("  One is here.\n  Two is here.\n\tThree is here.") == [
        "One is here.",
        "Two is here.",
        "Three is here.",
    ]


def wrapped(*paragraphs: str, width: int = 72, between: str = "\n\n") -> str:
    return between.join(textwrap.fill(paragraph, width) for paragraph in paragraphs)


@pytest.mark.parametrize("width", [40, 64, 72, 80])
def test_hard_lines_are_joined(width: int) -> None:
    source = [(SENTENCE * count).strip() for count in (3, 5, 1)]
    assert shown(wrapped(*source, width=width)) == source


def test_indented_paragraphs_without_a_blank_line_between() -> None:
    source = [(SENTENCE * count).strip() for count in (3, 5, 2)]
    lines = "\n".join(textwrap.fill(each, 60, initial_indent="  ") for each in source)
    assert shown(lines) == source


def test_hard_lines_of_chinese_are_joined_without_a_blank() -> None:
    whole = "他走了很久，才发现身后有人跟着，于是他停了下来，回头看了看那个影子。" * 8
    lines = "\n".join(whole[at : at + 38] for at in range(0, len(whole), 38))
    assert shown(f"　　{lines}\n　　第二段在这里。\n") == [whole, "第二段在这里。"]


def test_a_line_that_the_author_ended_stays_one() -> None:
    letter = f"{wrapped(SENTENCE * 6)}\n\nYours,\nA Friend\n"
    assert shown(letter)[-1] == "Yours,\nA Friend"


@pytest.mark.parametrize(
    "poem",
    [
        "\n".join(f"Shall I compare the line {number} to another one" for number in range(40)),
        "\n".join(["灯火照寒江，", "夜雪满空舟。", "一人行不语，", "天地共悠悠。"] * 9),
        "\n".join(["床前看月光白如霜雪，", "举头望山色远在天边。"] * 20),
    ],
)
def test_a_poem_keeps_its_lines(poem: str) -> None:
    assert wrap_width(poem) == 0
    assert shown(poem) == poem.split("\n")


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第一章", 2),
        ("第十二章 风起", 2),
        ("第 3 章：雪夜", 2),
        ("第１２回　灯会", 2),
        ("正文 第一章 雪", 2),
        ("第二卷 江湖", 1),
        ("第三部", 1),
        ("第一节　一上一，二上二", 3),
        ("第一話 雨", 2),
        ("楔子", 2),
        ("尾声", 2),
        ("番外 他的故事", 2),
        ("제3장 바다", 2),
        ("Chapter 1", 2),
        ("CHAPTER IV.", 2),
        ("CHAPTER IV. The Lamp", 2),
        ("Chapter Twenty-One: Home", 2),
        ("Book the Third", 1),
        ("Part II", 1),
        ("Letter 4 — To Mrs. Gray", 2),
        ("Scene 2", 3),
        ("Prologue", 2),
        ("第一章我写完了。", 0),
        ("第一部电影很好看，他说", 0),
        ("他说第一章", 0),
        ("第章", 0),
        ("Part of the story", 0),
        ("Chapter", 0),
        ("Chapter house", 0),
        ("Section 2 of the act says that all of it must be sent home by noon.", 0),
        ("I. One", 0),
        ("", 0),
    ],
)
def test_chapters(line: str, level: int) -> None:
    assert chapter(line) == level


def test_a_table_of_contents_is_not_the_chapters() -> None:
    source = "Chapter 1\nChapter 2\n\nChapter 1\n\nIt began late.\n\nChapter 2\n\nIt went on, and then it ended.\n"
    assert shown(source) == [
        "Chapter 1",
        "Chapter 2",
        "## Chapter 1",
        "It began late.",
        "## Chapter 2",
        "It went on, and then it ended.",
    ]


def test_a_chapter_named_in_a_sentence_is_none() -> None:
    source = wrapped(
        SENTENCE * 3
        + "All of this is told at length in the first volume, in its chapter nine and in Chapter 3 of it " * 4
    )
    assert all(isinstance(block, Paragraph) for block in parsed(source).blocks)


def test_a_short_line_between_paragraphs_is_a_heading_as_in_markdown() -> None:
    text = "桥在修的时候，镇上的人每天都要绕很远的路去对岸上班，谁也没有说什么，只是早起了半个小时。" * 2
    assert shown(f"{text}\n\n后来的事\n\n{text}\n") == [text, "##~ 后来的事", text]


def test_a_first_line_that_is_a_sentence_is_no_title() -> None:
    assert shown("It was late.\n\nNobody came.") == ["It was late.", "Nobody came."]
    assert shown("The lamp\n\nNobody came.") == ["T The lamp", "Nobody came."]
    assert shown("The lamp") == ["The lamp"]


def test_nothing_is_nothing() -> None:
    assert shown("") == shown(" \n\u3000\n") == []


WORDS = st.lists(
    st.sampled_from(
        ["第一章 ", "Chapter 1", "灯", "word ", "Lamp. ", "\n", "\n\n", "　　", "  ", "*", "作者：a", "。"]
    ),
    max_size=40,
).map("".join)


@given(WORDS)
def test_no_word_is_lost(source: str) -> None:
    assert "".join(parsed(source).text.split()) == "".join(source.split())


@given(WORDS, st.lists(st.integers(0, 60), max_size=4))
def test_parts_without_a_pause_make_no_difference(source: str, cuts: list[int]) -> None:
    cuts = sorted({min(cut, len(source)) for cut in cuts} - {0, len(source)})
    parts = [source[one:two] for one, two in zip([0, *cuts], [*cuts, len(source)], strict=True)]
    assert same_document(list(prose_pieces((source,)))[-1], parsed(source))
    streamed = list(prose_pieces(iter(parts)))
    check_growth(streamed)
    assert "".join(streamed[-1].text.split()) == "".join(source.split())


def test_at_a_pause_what_is_whole_is_shown() -> None:
    grown = list(prose_pieces(iter(["One is here.\nTwo", "", " is here.\n", "", "Three.\n"])))
    check_growth(grown)
    assert [document.text for document in grown] == [
        "One is here.",
        "One is here.\n\nTwo is here.",
        "One is here.\n\nTwo is here.\n\nThree.",
    ]


def test_many_headings_of_the_same_words_take_time_in_proportion():
    unit = "第一章 灯\n\n一段话。\n\n"
    assert superlinear(lambda text: list(prose_pieces([text])), lambda size: unit * (size // len(unit)), 8_000) == ""
