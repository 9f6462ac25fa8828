"""What the real program remembers when it is killed, when two of them run, and what the command offers for it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("pty")

from pseudo_terminal import Terminal

from reader.library import ago, named_date, peek, works
from reader.source import read
from reader.store import Article, Store

READER = (sys.executable, "-m", "reader")
WORDS = "# Stairs\n\n" + "\n\n".join(f"Step number {n} creaks like {n * 3} mice." for n in range(400)) + "\n"


@pytest.fixture
def stairs(tmp_path: Path) -> Path:
    path = tmp_path / "stairs.md"
    path.write_text(WORDS, encoding="utf-8")
    return path


def reading(path: Path, *options: str) -> Terminal:
    return Terminal([*READER, "--state", str(path.parent / "state"), *options, str(path)])


def first_step(terminal: Terminal) -> int:
    """The number of the first step on the screen."""
    found = re.search(r"Step number (\d+)", terminal.text())
    assert found is not None, terminal.text()
    return int(found[1])


def left_at(path: Path) -> int:
    """The number of the step that is remembered."""
    with Store(str(path.parent / "state" / "reader.sqlite")) as store:
        place = store.place(Article(str(path), read(str(path)).digest))
    assert place is not None
    return int(re.search(r"Step number (\d+)", place.before[-3:] + place.after)[1])  # type: ignore[index]


def test_killed_again_and_again_it_has_lost_no_more_than_the_last_second(stairs: Path) -> None:
    reached = 0
    for _ in range(4):
        with reading(stairs) as terminal:
            assert terminal.wait_for("Step number", 20)
            terminal.drain(0.3)
            assert first_step(terminal) == reached, "it opens where it was when it was killed"
            terminal.send("  ")
            terminal.drain(0.3)
            reached = first_step(terminal)
            time.sleep(1.0)
            terminal.drain(0.05)
            os.kill(terminal.pid, signal.SIGKILL)
        assert left_at(stairs) == reached


def test_quitting_loses_nothing(stairs: Path) -> None:
    with reading(stairs) as terminal:
        assert terminal.wait_for("Step number", 20)
        terminal.send("  ")
        terminal.drain(0.3)
        reached = first_step(terminal)
        terminal.send(" kkq")
        assert terminal.wait_for_exit(10) == 0
    assert left_at(stairs) > reached


def test_two_readers_at_once(stairs: Path) -> None:
    other = stairs.with_name("ladder.md")
    other.write_text(WORDS.replace("Stairs", "Ladder"), encoding="utf-8")
    with reading(stairs) as one, reading(other) as two, reading(stairs) as three:
        for terminal in (one, two, three):
            assert terminal.wait_for("Step number", 20)
        for _ in range(5):
            for terminal in (one, two, three):
                terminal.send("  mA")
                terminal.drain(0.1)
        for terminal in (one, two, three):
            terminal.drain(0.3)
        steps = [first_step(terminal) for terminal in (one, two, three)]
        for terminal in (three, two, one):
            terminal.send("jjkk")
            terminal.send("q")
            assert terminal.wait_for_exit(20) == 0
            assert b"kept the store busy" not in terminal.raw
    assert left_at(other) == steps[1]
    assert left_at(stairs) in (steps[0], steps[2])
    with Store(str(stairs.parent / "state" / "reader.sqlite")) as store:
        assert [Path(recent.path).name for recent in store.recents()] == ["stairs.md", "ladder.md"]
        assert list(store.bookmarks(Article(str(other), ""))) == ["A"]


def test_a_library_on_a_terminal(stairs: Path) -> None:
    with reading(stairs.parent) as terminal:
        assert terminal.wait_for("Stairs", 20)
        terminal.send("\r")
        assert terminal.wait_for("Step number 0", 20)
        terminal.send("q")
        assert terminal.wait_for_exit(10) == 0
    with Terminal([*READER, "--state", str(stairs.parent.parent / "state")]) as terminal:
        assert terminal.wait_for("Recent articles", 20)
        terminal.send("q")
        assert terminal.wait_for_exit(10) == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completions(shell: str) -> None:
    pytest.importorskip("shtab")
    done = subprocess.run([*READER, "--print-completion", shell], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "fresh" in done.stdout
    assert "print-completion" in done.stdout


@pytest.mark.parametrize(
    ("text", "title", "day"),
    [
        ("---\ntitle: A plain one # not this\ndate: 2020-01-02 10:00\n---\nx", "A plain one", "2020-01-02"),
        ('\ufeff---\ntitle: "Quoted: so"\n---\n'.lstrip("\ufeff"), "Quoted: so", ""),
        ("---\ntitle: 'It''s'\nDate: 2020/1/2\n---", "It's", "2020-01-02"),
        ('+++\ntitle = "Hugo"\ndate = 2020-01-02\n+++\n', "Hugo", "2020-01-02"),
        ("---\ntitle: >\n  folded\n---\n# The heading", "The heading", ""),
        ("words\n\n## A heading ##\n", "A heading", ""),
        ("---\nno: title\n---\nwords", "", ""),
        ("", "", ""),
        ("---\ntitle: a\x1b]0;x\x07\n---", "a␛]0;x␇", ""),
    ],
)
def test_a_peek_at_the_head_of_a_file(text: str, title: str, day: str) -> None:
    assert peek(text) == (title, day)


def test_a_folder_is_walked_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "sub/c.markdown", ".git/d.md", "node_modules/e.md", "f.png", ".g.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\xff\xfe\x00words" if name == "b.md" else b"# Title")
    os.mkfifo(tmp_path / "pipe.md")
    found = list(works(str(tmp_path)))
    assert [(os.path.relpath(work.path, tmp_path), work.title) for work in found] == [
        ("a.txt", "Title"),
        ("b.md", "b.md"),
        ("pipe.md", "pipe.md"),
        ("sub/c.markdown", "Title"),
    ]


def test_dates_in_names() -> None:
    assert str(named_date("/x/2015-01-19-gulls.md")) == "2015-01-19"
    for name in ("2015-13-19-a.md", "2015-1-19-a.md", "20150119-a.md", "2015-01-19.md", "2015-01-1９-a.md"):
        assert named_date(name) is None


def test_when_it_was() -> None:
    now = time.mktime((2026, 3, 10, 12, 0, 0, 0, 0, -1))
    day = 24 * 3600
    assert ago(now - 3600, now) == "today 11:00"
    assert ago(now - 13 * 3600, now) == "yesterday 23:00"
    assert ago(now - 5 * day, now) == "5 days ago"
    assert ago(now - 100 * day, now) == "2025-11-30"
