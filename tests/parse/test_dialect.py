"""The switches of the dialect."""

from __future__ import annotations

from document_picture import picture

from reader.parse import PLAIN, Dialect, parse


def test_switches_exist_for_all_and_nothing_else() -> None:
    assert Dialect.off() == PLAIN
    assert Dialect() != PLAIN


def test_each_switch_can_be_turned_off() -> None:
    source = "一句话。\n---\n\n**标题**\n\n正文在这里。"
    assert picture(parse(source, dialect=Dialect(false_headings=False)))[0] == "h2 | 一句话。"
    assert "p | ‹strong›标题‹/›" in picture(parse(source, dialect=Dialect(inferred_sections=False)))
    assert picture(parse("~~a~~ https://b.c", dialect=PLAIN))[0] == "p | ~~a~~ https://b.c"
    assert picture(parse("甲\n乙", dialect=PLAIN))[0] == "p | 甲 乙"
