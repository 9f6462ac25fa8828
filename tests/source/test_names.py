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


FILES = {"a.md", "b:3", "c#d.md", "c#d.md:4", "#x", "+7", "folder"}


@pytest.mark.parametrize(
    ("text", "name", "line", "anchor"),
    [
        ("a.md", "a.md", None, None),
        ("a.md:42", "a.md", 42, None),
        ("a.md:42:", "a.md", 42, None),
        ("a.md:42:7", "a.md", 42, None),
        ("a.md:42:7:", "a.md", 42, None),
        ("a.md:0", "a.md", 1, None),
        ("a.md:x", "a.md:x", None, None),
        ("a.md#anchor", "a.md", None, "anchor"),
        ("a.md#%E7%81%AF", "a.md", None, "灯"),
        ("a.md#", "a.md", None, None),
        ("a.md#one#two", "a.md", None, "one#two"),
        ("b:3", "b:3", None, None),
        ("b:3:4", "b:3", 4, None),
        ("c#d.md", "c#d.md", None, None),
        ("c#d.md#e", "c#d.md", None, "e"),
        ("c#d.md:4", "c#d.md:4", None, None),
        ("#x", "#x", None, None),
        ("missing.md:3", "missing.md:3", None, None),
        ("missing.md#x", "missing.md#x", None, None),
        ("-", "-", None, None),
        ("/dev/fd/63", "/dev/fd/63", None, None),
        ("https://e.org:42", "https://e.org:42", None, None),
        ("HTTPS://e.org/a#b%20c", "HTTPS://e.org/a", None, "b c"),
        ("", "", None, None),
    ],
)
def test_what_an_argument_names(text: str, name: str, line: int | None, anchor: str | None) -> None:
    found = source.parse_target(text, FILES.__contains__)
    assert (found.name, found.line, found.anchor) == (name, line, anchor)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["a.md", "+42"], [("a.md", 42)]),
        (["+42", "a.md"], [("a.md", 42)]),
        (["a.md", "+42", "folder", "b:3:1"], [("a.md", 42), ("folder", None), ("b:3", 1)]),
        (["+42", "a.md:7"], [("a.md", 7)]),
        (["a.md", "+7"], [("a.md", None), ("+7", None)]),
        (["+42"], []),
        ([], []),
    ],
)
def test_a_line_of_its_own(words: list[str], found: list[tuple[str, int | None]]) -> None:
    assert [(each.name, each.line) for each in source.parse_targets(words, FILES.__contains__)] == found


@pytest.mark.parametrize(
    ("target", "number"),
    [
        ("-", 0),
        ("/dev/stdin", 0),
        ("/dev/fd/0", 0),
        ("/dev/fd/63", 63),
        ("/proc/self/fd/3", 3),
        ("a", None),
        ("0", None),
    ],
)
def test_open_files_have_names(target: str, number: int | None) -> None:
    assert source.descriptor(target) == number
