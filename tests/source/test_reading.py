"""Whatever a person names is read, or refused in one clear line."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import opened, refusal

from reader.source import SourceError, read


@pytest.mark.parametrize("name", ["klingon", "rot13", "base64", "a\0b", "undefined", "punycode", "idna", "utf-7"])
def test_a_wrong_name_of_an_encoding_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.md").write_bytes(b"abc")
    assert "try utf-8, gb18030" in refusal(str(tmp_path / "a.md"), encoding=name)


def test_the_list_of_encodings_holds_what_python_has() -> None:
    from reader.source.codec import _TEXT, text_codec

    assert {text_codec(name) for name in _TEXT} == _TEXT
    assert text_codec("ShiftJIS") == "shift_jis"


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


@pytest.fixture
def site() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/file":
                self.send_response(302)
                self.send_header("Location", "file:///etc/passwd")
                self.end_headers()
                return
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", "/%E6%96%87.md")
                self.end_headers()
                return
            if self.path == "/short":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b"fourteen bytes")
                return
            self.send_response(200 if self.path == "/%E6%96%87.md" else 404)
            self.send_header("Content-Type", "text/markdown; charset=Shift_JIS")
            self.end_headers()
            self.wfile.write("短い文".encode("shift_jis"))

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_is_fetched(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    for target in (f"{site}/文.md", f"{site}/moved"):
        found = read(target)
        assert (found.text, found.path, found.url) == ("短い文", None, f"{site}/%E6%96%87.md")
    assert "answered 404" in refusal(f"{site}/gone")
    assert "over the limit of 3 bytes" in refusal(f"{site}/文.md", limit=3)
    assert "cut short, 986 bytes of it did not come" in refusal(f"{site}/short")
    refusal(f"{site}/file")
    refusal("http://")
    refusal("https://[::1")
    refusal("http://127.0.0.1:1/refused")


def test_digests_are_of_the_bytes(tmp_path: Path) -> None:
    one, two = opened(tmp_path / "1", b"a\r\n"), opened(tmp_path / "2", b"a\n")
    assert one.text == two.text
    assert one.digest != two.digest == opened(tmp_path / "3", b"a\n").digest
    assert len(one.digest) == 32
