"""What the real program remembers when it is killed, when two of them run, and what the command offers for it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pty")

from pseudo_terminal import Terminal

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


def left_at(path: Path) -> int | None:
    """The number of the step that is remembered; None: it is not at a step."""
    with Store(str(path.parent / "state" / "reader.sqlite")) as store:
        place = store.place(Article(str(path), read(str(path)).digest))
    found = place and re.search(r"Step number (\d+)", place.before[-3:] + place.after)
    return int(found[1]) if found else None


def test_killed_again_and_again_it_has_what_was_kept_without_a_key(stairs: Path) -> None:
    reached = 0
    for _ in range(4):
        with reading(stairs) as terminal:
            terminal.expect("Step number")
            terminal.expect(lambda reached=reached: first_step(terminal) == reached)  # where it was when it was killed
            terminal.rest()
            terminal.press(" ", " ")
            reached = first_step(terminal)
            terminal.expect(lambda reached=reached: left_at(stairs) == reached)
            os.kill(terminal.pid, signal.SIGKILL)
        assert left_at(stairs) == reached


def test_quitting_loses_nothing(stairs: Path) -> None:
    with reading(stairs) as terminal:
        terminal.expect("Step number")
        terminal.rest()
        terminal.press(" ", " ")
        reached = first_step(terminal)
        terminal.send(" kkq")
        assert terminal.ends() == 0
    assert (left_at(stairs) or 0) > reached


def test_two_readers_at_once(stairs: Path) -> None:
    other = stairs.with_name("ladder.md")
    other.write_text(WORDS.replace("Stairs", "Ladder"), encoding="utf-8")
    with reading(stairs) as one, reading(other) as two, reading(stairs) as three:
        for terminal in (one, two, three):
            terminal.expect("Step number")
            terminal.rest()
        for _ in range(5):
            for terminal in (one, two, three):
                terminal.send("  mA")
        for terminal in (one, two, three):
            terminal.rest()
        steps = [first_step(terminal) for terminal in (one, two, three)]
        for terminal in (three, two, one):
            terminal.press("j", "j")  # to the next step
            terminal.send("q")
            assert terminal.ends() == 0
            assert b"kept the store busy" not in terminal.raw
    assert left_at(other) == steps[1] + 1
    assert left_at(stairs) in (steps[0] + 1, steps[2] + 1)
    with Store(str(stairs.parent / "state" / "reader.sqlite")) as store:
        assert [Path(recent.path).name for recent in store.recents()] == ["stairs.md", "ladder.md"]
        assert list(store.bookmarks(Article(str(other), ""))) == ["A"]


def test_a_library_on_a_terminal(stairs: Path) -> None:
    with reading(stairs.parent) as terminal:
        terminal.expect("Stairs")
        terminal.send("\r")
        terminal.expect("Step number 0")
        terminal.press("G")  # who moves has read it
        terminal.send("q")
        assert terminal.ends() == 0
    with Terminal([*READER, "--state", str(stairs.parent.parent / "state")]) as terminal:
        terminal.expect("Recent articles")
        terminal.expect("Stairs")
        terminal.send("q")
        assert terminal.ends() == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completions(shell: str) -> None:
    pytest.importorskip("shtab")
    done = subprocess.run([*READER, "--print-completion", shell], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "fresh" in done.stdout
    assert "print-completion" in done.stdout
