"""Sizes and paths as people write and see them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from reader import source
from reader.source import read


@pytest.mark.parametrize(("text", "size"), [("300M", 300 << 20), ("2GiB", 2 << 30), ("1.5k", 1536), ("77", 77)])
def test_sizes(text: str, size: int) -> None:
    assert source.parse_size(text) == size


@pytest.mark.parametrize("text", ["", "many", "-1", "0", "nan", "inf", "G", "1e99"])
def test_wrong_sizes(text: str) -> None:
    with pytest.raises(ValueError, match="write for example 500M or 2G"):
        source.parse_size(text)


@pytest.mark.skipif(sys.platform == "darwin", reason="this system allows only UTF-8 names")
def test_names_that_are_no_utf8_open_and_are_shown(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9\x1b.md")
    with open(path, "wb") as file:
        file.write(b"text")
    found = read(os.fsdecode(path))
    assert found.origin.endswith("/caf\\xE9␛.md")
    assert found.path == os.fsdecode(path)
