"""Whatever a person names either opens, with its text right, or is refused in one clear line."""

import http.server
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import western
from hypothesis import given
from hypothesis import strategies as st
from samples import CASES

from reader import source
from reader.source import Source, SourceError, files, read

ENCODED = [
    pytest.param(case["text"], encoding, id=f"{case['name']} in {encoding}")
    for case in json.loads((CASES / "encodings.json").read_text("utf-8"))
    for encoding in case["encodings"]
]
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def opened(path: Path, data: bytes, **options: Any) -> Source:
    path.write_bytes(data)
    return read(str(path), **options)


def refusal(target: str, **options: Any) -> str:
    with pytest.raises(SourceError) as caught:
        read(target, **options)
    message = str(caught.value)
    assert "\n" not in message
    assert message.isprintable()
    return message


# --- Decoding


@pytest.mark.parametrize(("text", "encoding"), ENCODED)
@pytest.mark.parametrize("size", [120, 2000, 200_000])
def test_an_encoding_is_recognised_at_any_length(tmp_path: Path, text: str, encoding: str, size: int) -> None:
    text = (text * (1 + size // len(text))) if size > 2000 else text[-size:]
    found = opened(tmp_path / "a.md", text.encode(encoding))
    assert found.text == text
    assert found.warnings == ()


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


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(tmp_path: Path, encoding: str) -> None:
    assert opened(tmp_path / "a.md", "標題 title é".encode(encoding)).text == "標題 title é"


def test_gb18030_has_a_mark_too(tmp_path: Path) -> None:
    found = opened(tmp_path / "a.md", "\ufeff短".encode("gb18030"))
    assert (found.text, found.encoding) == ("短", "gb18030")


def test_ascii_code_before_the_first_chinese_line_does_not_hide_it(tmp_path: Path) -> None:
    text = "int main(void) { return 0; }\n" * 10_000 + "这里说明上面的代码是怎么工作的，以及为什么要这样写。\n"
    assert opened(tmp_path / "a.md", text.encode("gb18030")).text == text


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


@pytest.mark.parametrize("name", ["klingon", "rot13", "base64", "a\0b", "undefined"])
def test_a_wrong_name_of_an_encoding_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.md").write_bytes(b"abc")
    assert "try utf-8, gb18030" in refusal(str(tmp_path / "a.md"), encoding=name)


def test_line_ends_become_newlines(tmp_path: Path) -> None:
    assert opened(tmp_path / "a.md", b"a\r\nb\rc\nd\r\r\n").text == "a\nb\nc\nd\n\n"


def test_nuls_in_text_are_text(tmp_path: Path) -> None:
    assert opened(tmp_path / "a.md", b"abc\0de\0").text == "abc\0de\0"


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


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300).filter(lambda text: "\r" not in text))
def test_utf8_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "utf8"
    assert opened(path, b"\xef\xbb\xbf" + text.encode()).text == text


# --- What is no article


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


def test_a_missing_file_suggests_its_neighbours(tmp_path: Path) -> None:
    for name in ("河边的图书馆.md", "notes.md", "unrelated.txt"):
        (tmp_path / name).write_text("x")
    assert refusal(str(tmp_path / "note.md")).endswith(f"no such file; did you mean {tmp_path}/notes.md?")
    assert "notes.md?" in refusal(str(tmp_path / "notes"))
    assert "河边的图书馆.md?" in refusal(str(tmp_path / "河边图书馆.md"))
    assert refusal(str(tmp_path / "zzz")).endswith("no such file")
    assert f"no folder {tmp_path}/gone either" in refusal(str(tmp_path / "gone" / "a.md"))


@pytest.mark.parametrize("name", ["", "a\0b", "\ud800", "x" * 5000, "/dev/null/x"])
def test_impossible_names_are_refused(name: str) -> None:
    assert len(refusal(name)) < 200


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "broken").symlink_to("nowhere\x1b[31m.md")
    (tmp_path / "loop").symlink_to("loop")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "socket"))
    assert "it is a folder" in refusal(str(tmp_path))
    assert "named pipe" in refusal(str(tmp_path / "pipe"))
    assert "broken link to nowhere␛[31m.md" in refusal(str(tmp_path / "broken"))
    assert "leads back to itself" in refusal(str(tmp_path / "loop"))
    assert "socket" in refusal(str(tmp_path / "socket"))
    assert "it is a device" in refusal("/dev/zero")
    listening.close()


@pytest.mark.skipif(AS_ROOT, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch(mode=0)
    assert "no permission" in refusal(str(tmp_path / "a.md"))


def test_an_error_of_the_system_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("x")
    for error, expected in ((PermissionError(13, "denied"), "no permission"), (OSError(5, "I/O error"), "(i/o error)")):

        def fail(*_: object, error: OSError = error) -> int:
            raise error

        monkeypatch.setattr(files.os, "open", fail)
        assert expected in refusal(str(tmp_path / "a.md"))


def test_the_limit_and_how_to_raise_it(tmp_path: Path) -> None:
    path = tmp_path / "big.md"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    assert refusal(str(path)).endswith("it has 2 GiB, over the limit of 256 MiB; raise it with `--limit 2G`")
    assert opened(path, b"x" * 100, limit=100).text == "x" * 100
    assert "over the limit of 99 bytes" in refusal(str(path), limit=99)


@pytest.mark.parametrize(("text", "size"), [("300M", 300 << 20), ("2GiB", 2 << 30), ("1.5k", 1536), ("77", 77)])
def test_sizes(text: str, size: int) -> None:
    assert source.parse_size(text) == size


@pytest.mark.parametrize("text", ["", "many", "-1", "0", "nan", "inf", "G", "1e99"])
def test_wrong_sizes(text: str) -> None:
    with pytest.raises(ValueError, match="write for example 500M or 2G"):
        source.parse_size(text)


def test_a_file_that_changes_once_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    edits = iter([lambda: path.write_text("new words")])
    plain = files._read_all

    def reading(*arguments: Any) -> bytes:
        data = plain(*arguments)
        next(edits, lambda: None)()
        return data

    monkeypatch.setattr(files, "_read_all", reading)
    found = read(str(path))
    assert (found.text, found.warnings) == ("new words", ())


def test_a_file_that_keeps_changing_opens_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text("line\n")
    plain = files._read_all

    def reading(*arguments: Any) -> bytes:
        data = plain(*arguments)
        path.write_text(path.read_text() + "more\n")
        return data

    monkeypatch.setattr(files, "_read_all", reading)
    found = read(str(path))
    assert found.text.startswith("line\n")
    assert "kept changing" in found.warnings[0]


@pytest.mark.skipif(sys.platform == "darwin", reason="this system allows only UTF-8 names")
def test_names_that_are_no_utf8_open_and_are_shown(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9\x1b.md")
    with open(path, "wb") as file:
        file.write(b"text")
    found = read(os.fsdecode(path))
    assert found.origin.endswith("/caf\\xE9␛.md")
    assert found.path == os.fsdecode(path)


# --- Other ways in


def test_standard_input_and_a_shells_pipe(tmp_path: Path) -> None:
    code = "import sys; from reader.source import read; s = read(sys.argv[1]); print(s.origin, s.path, s.text)"
    for target in ("-", "/dev/stdin", "/dev/fd/0"):
        done = subprocess.run([sys.executable, "-c", code, target], input="标题".encode(), capture_output=True)
        assert done.stdout.decode().split()[-1] == "标题", done.stderr
    assert (
        b"it is closed"
        in subprocess.run(f'"{sys.executable}" -c "{code}" - <&-', shell=True, capture_output=True).stderr
    )


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
