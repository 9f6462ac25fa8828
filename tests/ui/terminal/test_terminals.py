"""Terminals that are slow, silent, plain or without colour: the app still comes, answers, and tells things apart."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("pty")

from pseudo_terminal import PATIENCE_S, Terminal

READER = (sys.executable, "-m", "reader")
ARTICLE = """---
title: Lamp
---

# Lamp

==The light rose by 20% in 2015, according to the survey.==

The *lamp* was lit. A [link](https://q.example/) follows.

## Night

""" + "\n\n".join(f"Paragraph {number} of the night on the island." for number in range(60))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


DEAF = {
    "usual": "",
    "ignored": "signal.signal(signal.SIGHUP, signal.SIG_IGN)",
    "blocked": "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})",
}
"""How a program may be started by one that does not want to hear that the terminal goes."""


def started(folder: Path, *, answering: bool = True, deaf: str = "", rows: int = 24, **env: str) -> Terminal:
    homes = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("STATE", "CONFIG")}
    first = f"import os, signal, sys\n{deaf}\nos.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", first, *READER, "article.md"] if deaf else [*READER, "article.md"]
    return Terminal(command, env={**homes, **env}, cwd=folder, columns=100, rows=rows, answering=answering)


def used(terminal: Terminal) -> None:
    """The article is there, and keys are answered to the end."""
    terminal.expect("Lamp")
    terminal.rest()
    terminal.send("G")
    terminal.expect("Paragraph 59")
    terminal.send("q")
    assert terminal.ends() == 0


def test_a_terminal_that_never_answers(folder):
    with started(folder, answering=False) as terminal:
        used(terminal)


@pytest.mark.parametrize("term", ["dumb", "vt100", "xterm-16color", "linux", "screen", "", "nonsense"])
def test_every_kind_of_terminal(term, folder):
    with started(folder, TERM=term, COLORTERM="") as terminal:
        used(terminal)


def test_sixteen_colours(folder):
    with started(folder, TERM="xterm-16color", COLORTERM="", TEXTUAL_COLOR_SYSTEM="standard") as terminal:
        used(terminal)
        assert not re.search(rb"[34]8;[25];", terminal.raw), "no colour beyond the sixteen"


def looks(terminal: Terminal, text: str) -> set[tuple[object, ...]]:
    """Weights and lines of the cells of the first `text` on the screen, colours aside."""
    for y, line in enumerate(terminal.lines()):
        if (x := line.find(text)) >= 0:
            cells = [terminal.screen.buffer[y][x + step] for step in range(len(text))]
            for colour in {cell.fg for cell in cells} | {cell.bg for cell in cells}:
                assert colour == "default" or colour[:2] == colour[2:4] == colour[4:], f"{colour} is no grey"
            return {(cell.bold, cell.italics, cell.underscore, cell.reverse) for cell in cells}
    raise AssertionError(f"{text!r} is not on the screen:\n{terminal.text()}")


def test_no_colour_still_tells_things_apart(folder):
    with started(folder, NO_COLOR="1") as terminal:
        terminal.expect("The light rose")
        terminal.expect("★")  # the sign of a claim
        terminal.expect("▶")  # the sign of the current section
        terminal.rest()
        paragraphs = {frozenset(looks(terminal, found)) for found in re.findall(r"Paragraph \d+ of", terminal.text())}
        plain, claim = sorted(paragraphs, key=lambda look: sum(map(sum, look)))  # some are claims, which have a line
        assert looks(terminal, "lamp") != plain
        assert looks(terminal, "link") not in (plain, claim)
        terminal.press("l")
        focused = looks(terminal, "link")
        terminal.press("\x1b", "/", "rose", "\r")
        match = looks(terminal, "rose")
        assert len({frozenset(look) for look in (plain, claim, focused, match)}) == 4
        terminal.send("q")
        assert terminal.ends() == 0


def test_a_slow_terminal_gets_few_and_whole_frames(folder):
    """Keys come faster than the screen can be sent: the program does not queue a frame a key."""
    with started(folder, rows=40) as terminal:
        terminal.expect("Lamp")
        terminal.rest()
        before = len(terminal.raw)
        terminal.press(" ")
        frame = len(terminal.raw) - before
        terminal.press("g")
        before = len(terminal.raw)
        for _ in range(100):
            terminal.send("j" if _ % 2 else "k")
        terminal.rest(reading=False)  # what is written waits in the line
        terminal.rest()
        assert len(terminal.raw) - before < 100 * max(frame, 1000)
        assert terminal.raw.count(b"\x1b[?2026h") == terminal.raw.count(b"\x1b[?2026l"), "every frame is whole"
        terminal.send("q")
        assert terminal.ends() == 0


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not here")
def test_inside_tmux(folder):
    socket = str(folder / "socket")
    env = {key: value for key, value in os.environ.items() if key != "TMUX"}

    def tmux(*words: str) -> str:
        command = ["tmux", "-f", "/dev/null", "-S", socket, *words]
        return subprocess.run(command, capture_output=True, text=True, env=env, cwd=folder).stdout

    def shows(text: str) -> bool:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if text in tmux("capture-pane", "-p"):
                return True
            time.sleep(0.1)
        return False

    reader = " ".join(READER)
    tmux(
        "new-session",
        "-d",
        "-x",
        "90",
        "-y",
        "24",
        f"PYTHONPATH={os.environ.get('PYTHONPATH', '')} {reader} article.md",
    )
    try:
        assert shows("The light rose")
        tmux("send-keys", "G")
        assert shows("Paragraph 59")
        tmux("resize-window", "-x", "50", "-y", "12")
        assert shows("Paragraph 5")
        tmux("send-keys", "q")
    finally:
        tmux("kill-server")


@pytest.mark.parametrize("deaf", DEAF.values(), ids=DEAF)
def test_a_terminal_that_goes_away_ends_the_program(deaf, folder):
    """Also where the signal of it never comes; and the place is kept."""
    with started(folder, deaf=deaf) as terminal:
        terminal.expect("Lamp")
        terminal.rest()
        terminal.send("G")
        terminal.expect("Paragraph 59")
        terminal.hang_up()
        terminal.ends()
    with started(folder) as terminal:
        terminal.expect("Paragraph 59")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_request_to_stop_is_as_q(number, folder):
    with started(folder) as terminal:
        terminal.expect("Lamp")
        terminal.rest()
        os.kill(terminal.pid, number)
        assert terminal.ends() == 0
        assert b"\x1b[?1049l" in terminal.raw, "the screen of before is back"


def test_a_screen_written_over_is_drawn_again_when_asked_for(folder):
    with started(folder) as terminal:
        terminal.expect("The light rose")
        terminal.rest(1.0)  # the claims come when the first screen has stood for a while
        before = terminal.text()
        terminal.write_over(b"\x1b[H\x1b[2Jwall: going down for maintenance")
        assert "The light rose" not in terminal.text()
        terminal.press("\x0c")
        assert terminal.text() == before


WALK = (
    *(" ", " ", "b", "j", "j", "k", "]", "]", "[", "G", "g", "l", "l", "\x1b", "2", "j", "j", "1", "3", "4", "5", "1"),
    *(
        "?\x1b",
        "/light",
        "\x1b",
        "/rose\r",
        "n",
        "N",
        "\x1b",
        "c",
        "w\x1b",
        "C",
        "h",
        "h",
        "+",
        "-",
        "s",
        "s",
        "t",
        "t",
    ),
    *("<", ">", "(", ")", "i", "M", "M", "D", "D", "f\x1b", "aword\r", "T\x1b", "o\x1b", "\x10\x1b", "mq", " ", "'q"),
)
"""Keys over every screen there is, and out of it again."""


def test_what_the_terminal_shows_is_what_a_whole_repaint_would_show(folder):
    """Only rows that have changed are sent, so each screen is compared with all of it sent anew."""
    table = "\n\n| 夜 | lamp |\n| --- | --- |\n| 一二三四 | lit |\n| 五六 | 中文字 and more |\n"
    (folder / "article.md").write_text(
        ARTICLE.replace("## Night", f"中文，行列。{table}\n## 夜 Night"), encoding="utf-8"
    )
    with started(folder, rows=20) as terminal:
        terminal.expect("The light rose")
        terminal.rest()
        for number, keys in enumerate(WALK):
            terminal.press(*keys)
            if number % 9 == 8:
                terminal.resize(72 + number, 14 + number % 11)
                terminal.rest()
            cells = whole_page(terminal)
            terminal.press("\x0c")
            assert whole_page(terminal) == cells, f"after {keys!r}:\n{terminal.text()}"


def whole_page(terminal: Terminal) -> list[str]:
    """All rows but the bottom line, where a message stands until the next key."""
    return terminal.lines()[:-1]
