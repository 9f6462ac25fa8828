"""Han text found by its pinyin."""

from __future__ import annotations

import re

import pytest
from match_picture import lit

from reader.document import Range
from reader.search import Query, pinyin, scan, search

needs_pinyin = pytest.mark.skipif(not pinyin.available(), reason="pypinyin is not installed")


@needs_pinyin
@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("pingguo", "买⟦苹果⟧AI，⟦pingguo⟧ 手机"),
        ("pgai", "买⟦苹果AI⟧，pg 手机"),
        ("pgAI", "买⟦苹果AI⟧"),
        ("pguo", "⟦苹果⟧ 平台"),
        ("pinggu", "⟦苹果⟧"),
        ("ping guo", "⟦苹果⟧ ⟦Ping Guo⟧"),
        ("xi'an", "去⟦西安⟧，⟦Xi’an⟧"),
        ("zhongg", "⟦中国⟧人"),
        ("zg", "⟦中国⟧人 ⟦zG⟧"),
        ("zhg", "⟦中国⟧人"),
        ("lvyou", "⟦旅游⟧"),
        ("nuren", "⟦女人⟧"),
        ("ping", "⟦平⟧果 p⟦平⟧i，⟦ping⟧"),
        ("p", "苹果 ⟦P⟧"),
        ("苹", "⟦苹⟧果 平"),
    ],
)
def test_pinyin_finds_han(typed: str, marked: str) -> None:
    text = re.sub("[⟦⟧]", "", marked)
    assert lit(text, Query(typed, case="insensitive", pinyin=True)) == marked


def test_pinyin_is_off_unless_asked() -> None:
    assert len(search("苹果", Query("pingguo"))) == 0


def test_pinyin_asked_without_pypinyin_finds_the_literal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinyin, "available", lambda: False)
    assert lit("苹果 pg", Query("pg", pinyin=True)) == "苹果 ⟦pg⟧"


@needs_pinyin
def test_pinyin_over_the_seam() -> None:
    before = search("青苹", Query("pg", pinyin=True))
    *_, after = scan("青苹果", Query("pg", pinyin=True), after=before)
    assert tuple(after) == (Range(1, 3),)
