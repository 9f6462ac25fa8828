"""Which texts are web pages, and the encoding a page names."""

from __future__ import annotations

import pytest

from reader.source import read as read_source
from reader.source.page import declared_charset, is_html


@pytest.mark.parametrize(
    ("text", "path", "url", "expected"),
    [
        ("<!DOCTYPE html>\n<title>x", None, None, True),
        ("\n <!-- saved from -->\n<html lang=en>", None, "https://q.example/", True),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x">', None, None, True),
        ("<body><p>x", "/a/page.txt.bak", None, True),
        ("<p>x</p>", "/a/page.html", None, True),
        ("<p>x</p>", None, "https://q.example/page.HTM?a=b.md#c.md", True),
        ("plain words", "/a/page.html", None, False),
        ("<!doctype html><p>x", "/a/notes.md", None, False),
        ("<!doctype html><p>x", None, "https://q.example/notes.md?raw=1", False),
        ("<div align=center>\n\n# A readme", "/a/README", None, False),
        ("# About <html>\n", None, None, False),
        ("---\ntitle: x\n---\n<html>", None, None, False),
        ("", "/a/page.html", None, False),
        ("<!--" + "x" * 100_000, None, None, False),
    ],
)
def test_is_html(text, path, url, expected):
    assert is_html(text, path or url or "") is expected


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<meta charset=gbk>", "gb18030"),
        (b'<META http-equiv="Content-Type" content="text/html; charset=Shift_JIS">', "cp932"),
        (b'<?xml version="1.0" encoding="EUC-JP"?>', "euc_jp"),
        (b"<meta charset='windows-1251'>", "cp1251"),
        (b"<meta charset=utf-8>", None),
        (b"<meta charset=nonsense>", None),
        (b"<meta charset=rot13>", None),
        (b"<meta charset=punycode>", None),
        (b"<p>charset=gbk", None),
    ],
)
def test_the_declared_encoding(head, name):
    assert declared_charset(head) == name


def test_a_page_is_decoded_as_it_says(tmp_path):
    page = tmp_path / "page.html"
    page.write_bytes('<meta charset="windows-1251"><p>Тихо</p>'.encode("cp1251"))
    assert "Тихо" in read_source(str(page)).text
