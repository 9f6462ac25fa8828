"""Whatever a person names is read, or refused in one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import opened

from reader.source import SourceError


def test_line_ends_become_newlines(tmp_path: Path) -> None:
    assert opened(tmp_path / "a.md", b"a\r\nb\rc\nd\r\r\n").text == "a\nb\nc\nd\n\n"


def test_an_empty_file_is_an_empty_article(tmp_path: Path) -> None:
    found = opened(tmp_path / "a.md", b"")
    assert (found.text, found.warnings) == ("", ("The file is empty.",))


@given(st.binary(max_size=3000))
def test_any_bytes_open_or_are_refused_in_a_line(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    try:
        found = opened(path, data)
    except SourceError as error:
        outcome = str(error)
    else:
        outcome = found.text.replace("\n", "")
    assert "\r" not in outcome
    assert "\n" not in outcome


def test_digests_are_of_the_bytes(tmp_path: Path) -> None:
    one, two = opened(tmp_path / "1", b"a\r\n"), opened(tmp_path / "2", b"a\n")
    assert one.text == two.text
    assert one.digest != two.digest == opened(tmp_path / "3", b"a\n").digest
    assert len(one.digest) == 32
