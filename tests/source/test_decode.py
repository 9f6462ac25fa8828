"""Bytes to text: marks, UTF-8, named encodings, and what is no text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import opened, refusal


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(tmp_path: Path, encoding: str) -> None:
    assert opened(tmp_path / "a.md", "標題 title é".encode(encoding)).text == "標題 title é"


def test_gb18030_has_a_mark_too(tmp_path: Path) -> None:
    found = opened(tmp_path / "a.md", "\ufeff短".encode("gb18030"))
    assert (found.text, found.encoding) == ("短", "gb18030")


def test_utf8_with_a_few_broken_bytes_is_still_utf8(tmp_path: Path) -> None:
    data = "河边的图书馆很安静，".encode() * 5
    found = opened(tmp_path / "a.md", data[:30] + b"\xff" + data[30:] + "完".encode()[:2])
    assert found.encoding == "utf-8"
    assert found.text.replace("\ufffd", "") == data.decode()
    assert found.warnings == ("The file is not quite utf-8: in 2 places what could not be decoded is shown as \ufffd.",)


def test_an_encoding_with_a_few_broken_bytes_opens_with_a_warning(tmp_path: Path) -> None:
    data = "河边的图书馆很安静，那里的人不多。".encode("gb18030") * 20
    found = opened(tmp_path / "a.md", data + b"\xff\n")
    assert found.text.startswith("河边的图书馆")
    assert "gb18030" in found.warnings[0]


def test_a_named_encoding_wins(tmp_path: Path) -> None:
    data = "Straße".encode("cp1252")
    assert opened(tmp_path / "a.md", data, encoding="cp437").text == "Stra▀e"
    assert opened(tmp_path / "a.md", b"\xef\xbb\xbfa", encoding="utf8").text == "a"


def test_nuls_in_text_are_text(tmp_path: Path) -> None:
    assert opened(tmp_path / "a.md", b"abc\0de\0").text == "abc\0de\0"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300).filter(lambda text: "\r" not in text))
def test_utf8_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "utf8"
    assert opened(path, b"\xef\xbb\xbf" + text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
        (b"PK\x03\x04\x14\0\0\0\x08\0", "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
        (b"GIF89a\x01\0\x01\0", "a GIF image"),
        (b"\x7fELF\x02\x01\x01\0", "a program"),
        (b"SQLite format 3\0\x10\0", "an SQLite database"),
        (b"\x1f\x8b\x08\0\0\0", "a gzip archive"),
        (b"name".ljust(257, b"\0") + b"ustar\x0000", "a tar archive"),
        (bytes(range(256)) * 20, "binary data"),
        (b"\0" * 5000, "binary data"),
    ],
)
def test_binary_files_are_named(tmp_path: Path, data: bytes, kind: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    assert kind in refusal(str(path))


@pytest.mark.parametrize("text", ["GIF89a is a format", "MZ are the initials of Mark Zbikowski", "ID3 tags", "RIFF"])
def test_an_article_about_a_format_is_an_article(tmp_path: Path, text: str) -> None:
    assert opened(tmp_path / "a.md", text.encode()).text == text
