"""The list of a folder's articles, by name."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.library import Unread, ago, works


def test_a_folder_is_walked_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "sub/c.markdown", ".git/d.md", "node_modules/e.md", "f.png", ".g.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\xff\xfe\x00words" if name == "b.md" else b"# Title")
    os.mkfifo(tmp_path / "pipe.md")
    found = list(works(str(tmp_path)))
    assert [(os.path.relpath(work.path, tmp_path), work.title) for work in found] == [
        ("a.txt", "Title"),
        ("b.md", "b.md"),
        ("sub/c.markdown", "Title"),
    ]


def test_one_bad_header_hides_no_other_article(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: \n---\nWords.\n")
    (tmp_path / "b.md").write_text("---\ntitle: Good\n---\nWords.\n")
    assert [work.title for work in works(str(tmp_path))] == ["a.md", "Good"]


def test_a_folder_that_cannot_be_read_raises_at_the_call(tmp_path: Path) -> None:
    """Not at the first article: by then somebody else is writing, and takes the fault for his own."""
    with pytest.raises(OSError, match="No such file"):
        works(str(tmp_path / "nowhere"))


def test_the_command_says_which_folder_it_cannot_read(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    script = f"""
import os, sys
real = os.scandir
def scandir(path):
    if path == {str(closed)!r}:
        raise PermissionError(13, "Permission denied", path)
    return real(path)
os.scandir = scandir
from reader.cli import main
sys.exit(main([{str(closed)!r}]))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stdout == ""
    assert str(closed) in done.stderr
    assert "standard output" not in done.stderr


def test_problems_below_the_folder_are_handed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.md").write_text("# A\n")
    real = os.scandir
    error = OSError(5, "Input/output error")

    def scandir(path: str):
        if path.endswith("sub"):
            raise error
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    problems: list[Unread] = []
    assert [work.title for work in works(str(tmp_path), problems)] == ["A"]
    assert len(problems) == 1


def test_when_it_was() -> None:
    now = time.mktime((2026, 3, 10, 12, 0, 0, 0, 0, -1))
    day = 24 * 3600
    assert ago(now - 3600, now) == "today 11:00"
    assert ago(now - 13 * 3600, now) == "yesterday 23:00"
    assert ago(now - 5 * day, now) == "5 days ago"
    assert ago(now - 100 * day, now) == "2025-11-30"
