"""The lines under the title, and how long the reading takes."""

from __future__ import annotations

from datetime import date, datetime
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Credit, Document, Metadata
from reader.layout.front import ReadingTime, byline, card
from reader.parse import parse, plain_pieces


def made(text: str = "words", warnings: tuple[str, ...] = (), **metadata: object) -> Document:
    return Document(text, Metadata(**metadata), warnings=warnings)


def line(document: Document, minutes: int = 3, width: int = 80) -> list[str]:
    return [row.text for row in byline(document, minutes, width)]


def test_byline():
    assert line(made()) == ["3 min read"]
    assert line(made(author="Ada", date=date(2024, 2, 9))) == ["Ada · 2024-02-09 · 3 min read"]
    assert line(made(date=datetime(2024, 2, 9, 7, 5))) == ["2024-02-09 07:05 · 3 min read"]
    assert line(made(date=datetime(2024, 2, 9))) == ["2024-02-09 · 3 min read"], "midnight is no hour anybody said"


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
    document = made(author="Somebody Known", date=date(2024, 2, 9))
    assert line(document, width=20) == ["Somebody Known", "2024-02-09", "3 min read"]
    assert line(document, width=26) == ["Somebody Known", "2024-02-09 · 3 min read"]


def test_credits_are_said_once():
    credits = (Credit("作者", "小岩"), Credit("编辑", "彩云"))
    assert line(made("城楼", credits=credits)) == ["作者 小岩 · 编辑 彩云 · 约 3 分钟"]
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
    assert [row.text for row in card(document, False)] == ["▸ 3 more fields · 1 note on this file"]
    assert [row.text for row in card(document, True)] == [
        "▾ 3 more fields · 1 note on this file",
        "  tags  a, b",
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
