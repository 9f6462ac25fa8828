"""Encodings that are recognised by their bytes alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
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
