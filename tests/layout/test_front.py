"""The lines under the title, and how long the reading takes."""

from __future__ import annotations

from datetime import date, datetime
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Credit, Document, Metadata
from reader.layout import Layout
from reader.layout.front import ReadingTime, card, front
from reader.parse import parse, plain_pieces, prose_pieces


def made(text: str = "words", warnings: tuple[str, ...] = (), **metadata: object) -> Document:
    return Document(text, Metadata(**metadata), warnings=warnings)


def line(document: Document, minutes: int = 3) -> list[str]:
    return [row.text for row in front(document, minutes)]


def page(body: str, width: int = 80, **metadata: object) -> list[str]:
    """The rows of an article with a header."""
    document = parse(body, Metadata(**metadata))
    return [row.text for row in Layout(document, width, front=front(document, 3)).walk()]


def test_byline():
    def second(**metadata: object) -> str:
        return page("Words.", title="T", **metadata)[2]

    assert second() == "3 min read"
    assert second(author="Ada", date=date(2024, 2, 9)) == "Ada · 2024-02-09 · 3 min read"
    assert second(date=datetime(2024, 2, 9, 7, 5)) == "2024-02-09 07:05 · 3 min read"
    assert second(date=datetime(2024, 2, 9)) == "2024-02-09 · 3 min read", "midnight is no hour anybody said"
    tags = MappingProxyType({"tags": ("sea", "old ships")})
    assert second(author="Ada", entries=tags) == "Ada · #sea #old ships · 3 min read"


@pytest.mark.parametrize(
    ("body", "title", "rows"),
    [
        ("Words.", "T", ["T", "━━━━━━━━", "Ada · 3 min read", "", "Words."]),
        ("# T\n\nWords.", "T", ["T", "━", "Ada · 3 min read", "", "Words."]),
        ("# T\n\nWords.", "", ["T", "━", "Ada · 3 min read", "", "Words."]),
        ("<h1>T</h1>\n\nWords.", "", ["T", "━", "Ada · 3 min read", "", "Words."]),
        ("## P\n\nWords.", "", ["Ada · 3 min read", "", "P", "─", "", "Words."]),
        ("Words.", "", ["Ada · 3 min read", "", "Words."]),
        ("- Words.", "", ["Ada · 3 min read", "", "• Words."]),
        ("**T**\n\nWords and more words.", "", ["T", "Ada · 3 min read", "", "Words and more words."]),
        ("", "T", ["T", "━━━━━━━━", "Ada · 3 min read"]),
        ("", "", ["Ada · 3 min read"]),
    ],
)
def test_the_byline_is_text_under_what_the_article_is_called(body, title, rows):
    assert page(body, title=title, author="Ada") == rows
    document = parse(body, Metadata(title=title, author="Ada"))
    assert document.text.count("Ada") == 1
    assert [section.title for section in document.sections if section.opening] == (
        [] if body[:1] in ("#", "<", "*", "") else ["Opening"]
    )


def test_the_byline_of_prose_is_under_its_title():
    *_, document = prose_pieces(("A Tale\n\nIt was a long and dark night.\n",), Metadata(date=date(2024, 2, 9)))
    assert document.text == "A Tale\n\n2024-02-09\n\nIt was a long and dark night."
    *_, document = prose_pieces(("It was a long and dark night.\n",), Metadata(date=date(2024, 2, 9)))
    assert document.text == "2024-02-09\n\nIt was a long and dark night."


def test_a_piece_of_the_byline_shows_its_own_text():
    document = parse("Words.", Metadata(title="T", author="Ada", date=date(2024, 2, 9)))
    for row in Layout(document, 80, front=front(document, 3)).walk():
        for piece in row.pieces:
            assert piece.range is None or document.slice(piece.range) == piece.text
    assert document.text == "T\n\nAda\n2024-02-09\n\nWords."


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("城楼的檐角下", "约 3 分钟"),
        ("颱風的名字從哪裡來", "約 3 分鐘"),
        ("雨の名前を知っている", "約 3 分"),
        ("글자를 조립하는", "약 3분"),
        ("Letters", "3 min read"),
    ],
)
def test_the_time_is_said_in_the_articles_language(text, time):
    assert line(made(text)) == [time]


def test_a_byline_wraps_between_its_parts():
    known = {"author": "Somebody Known", "date": date(2024, 2, 9)}
    assert page("# T", 20, **known) == ["T", "━", "Somebody Known", "2024-02-09", "3 min read"]
    assert page("# T", 26, **known) == ["T", "━", "Somebody Known", "2024-02-09 · 3 min read"]
    assert page("# T", 8, **known) == ["T", "━", "Somebody", "Known", "2024-02-", "09", "3 min", "read"]


def test_credits_are_said_once():
    credits = (Credit("作者", "小岩"), Credit("编辑", "彩云"))
    assert line(made("城楼", credits=credits)) == ["作者 小岩", "编辑 彩云", "约 3 分钟"], "they stand further down"
    known = parse("城楼。", Metadata(credits=credits))
    assert (known.text, line(known)) == ("作者 小岩\n编辑 彩云\n\n城楼。", ["约 3 分钟"])
    on_top = parse("作者：小岩\n编辑：彩云\n\n正文在这里，还有很多话要说。\n")
    assert on_top.metadata.credits
    assert line(on_top) == ["约 3 分钟"], "the page says it directly below"


def test_card():
    assert card(made(title="T", author="A"), True) == ()
    document = made(
        warnings=("odd line",),
        title="T",
        entries=MappingProxyType({"Title": "T", "tags": ("a", "b"), "图": "x\n y", "more": {"deep": ("1", "2")}}),
    )
    assert [row.text for row in card(document, False)] == ["▸ 2 more fields · 1 note on this file"]
    assert [row.text for row in card(document, True)] == [
        "▾ 2 more fields · 1 note on this file",
        "  图    x y",
        "  more  deep: 1, 2",
        "  ⚠ odd line",
    ]
    assert [row.text for row in card(made(entries={"a": "1"}), False)] == ["▸ 1 more field"]
    assert [row.text for row in card(made(warnings=("a", "b")), False)] == ["▸ 2 notes on this file"]


def test_reading_time():
    def minutes(text: str, progress: float = 1.0) -> int:
        time = ReadingTime()
        time.count(text)
        return time.minutes(Document(text, progress=progress))

    assert minutes("") == 1
    assert minutes("word " * 2380) == 10
    assert minutes("字" * 4000) == 10
    assert minutes("字" * 4000, progress=0.1) == 100, "what is loaded tells how long the rest is"
    assert minutes("日本語 word " * 1000) > minutes("日本語 " * 1000)


@given(st.lists(st.sampled_from(["word ", "字字字", "한국어 ", "\n\n", "3.5% "]), max_size=30), st.integers(0, 60))
def test_a_growing_text_is_counted_once(parts, cut):
    text = "".join(parts)
    whole, grown = ReadingTime(), ReadingTime()
    whole.count(text)
    at = min(cut, len(text))
    at = text.rfind(" ", 0, at) + 1  # between words, as documents grow between blocks
    grown.count(text[:at])
    grown.count(text[:at])
    grown.count(text)
    assert abs(whole.minutes(Document(text)) - grown.minutes(Document(text))) <= 1


def test_a_log_has_no_reading_time():
    *_, document = plain_pieces(("INFO a\nINFO b\n",))
    assert line(document) == []
