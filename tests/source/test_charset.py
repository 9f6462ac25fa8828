"""Encodings that are recognised by their bytes alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import western
from reading import opened
from samples import CASES

ENCODED = [
    pytest.param(case["text"], encoding, id=f"{case['name']} in {encoding}")
    for case in json.loads((CASES / "encodings.json").read_text("utf-8"))
    for encoding in case["encodings"]
]


@pytest.mark.parametrize(("text", "encoding"), ENCODED)
@pytest.mark.parametrize("size", [120, 2000, 200_000])
def test_an_encoding_is_recognised_at_any_length(tmp_path: Path, text: str, encoding: str, size: int) -> None:
    text = (text * (1 + size // len(text))) if size > 2000 else text[-size:]
    found = opened(tmp_path / "a.md", text.encode(encoding))
    assert found.text == text
    assert found.warnings == ()


def test_ascii_code_before_the_first_chinese_line_does_not_hide_it(tmp_path: Path) -> None:
    text = "int main(void) { return 0; }\n" * 10_000 + "这里说明上面的代码是怎么工作的，以及为什么要这样写。\n"
    assert opened(tmp_path / "a.md", text.encode("gb18030")).text == text


def test_short_western_texts_are_not_taken_for_east_asian_ones(tmp_path: Path) -> None:
    written = [*(text for _, text in western.texts()), *(f"{text}\n" for text in western.scraps())]
    odd = [text for text in written if not text.isascii()]
    assert len(odd) > 500
    wrong = [text for text in odd if opened(tmp_path / "a.md", text.encode("cp1252")).text != text]
    assert wrong == []


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "今天天气很好"),
        ("gb18030", "# 标题\n\n这是Python的list。\n"),
        ("gb18030", "用Vim写的a和b\n"),
        ("gb18030", "他说：“不去了。”\n"),
        ("big5", "今天的天氣很好"),
        ("big5", "# 標題\n\n這是一個小的問題。\n"),
        ("big5", "我們用Java寫的程式\n"),
        ("shift_jis", "今日はいい天気です"),
        ("shift_jis", "# メモ\n\nこれはテストです。\n"),
        ("shift_jis", "Rubyで書いたプログラム\n"),
        ("euc_jp", "これは小さいメモです。\n"),
        ("euc_kr", "오늘은 날씨가 좋다.\n"),
    ],
)
def test_short_east_asian_texts_are_still_recognised(tmp_path: Path, encoding: str, text: str) -> None:
    assert opened(tmp_path / "a.md", text.encode(encoding)).text == text
