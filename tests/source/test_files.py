"""Files and standard input: read whole, or refused in one clear line."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from reading import opened, refusal

from reader.source import files, read

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


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


def test_standard_input_and_a_shells_pipe(tmp_path: Path) -> None:
    code = "import sys; from reader.source import read; s = read(sys.argv[1]); print(s.origin, s.path, s.text)"
    for target in ("-", "/dev/stdin", "/dev/fd/0"):
        done = subprocess.run([sys.executable, "-c", code, target], input="标题".encode(), capture_output=True)
        assert done.stdout.decode().split()[-1] == "标题", done.stderr
    assert (
        b"it is closed"
        in subprocess.run(f'"{sys.executable}" -c "{code}" - <&-', shell=True, capture_output=True).stderr
    )
