"""The ends of the command: streams that are closed, full, somebody else's or slow; through the real program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("pty")

from pseudo_terminal import PATIENCE_S, Terminal

READER = (sys.executable, "-m", "reader")


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.md"
    path.write_text("# The lamp\n\nIt was lit.\n", encoding="utf-8")
    return path


def shell(command: str, folder: Path, **more: object) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "READER": f"{sys.executable} -m reader", "XDG_STATE_HOME": str(folder)}
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, capture_output=True, text=True, timeout=120, env=env, check=False, **more
    )


def screen(command: str, folder: Path) -> Terminal:
    """The command in a terminal of its own, as a shell runs it."""
    env = {"READER": f"{sys.executable} -m reader", "XDG_STATE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    return Terminal(["sh", "-c", f"cd {folder}; {command}"], env=env)


def ended(terminal: Terminal) -> bool:
    """Whether the program comes to its end."""
    until = time.monotonic() + PATIENCE_S
    while terminal.alive and time.monotonic() < until:
        terminal.pump(0.1)
    return not terminal.alive


@pytest.mark.parametrize("option", ["--version", "--help", "--print-config", "lamp.md --to text"])
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is full")
def test_an_output_that_is_full_is_one_line_and_code_1(option, lamp):
    done = shell(f"$READER {option} > /dev/full", lamp.parent)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "standard output" in done.stderr


@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-"])
def test_closed_streams_are_no_trouble(closed, lamp):
    done = shell(f"$READER lamp.md --to text {closed}", lamp.parent)
    assert (done.returncode, done.stdout.split("\n")[0]) == (0, "The lamp")


def test_a_closed_output_is_one_line(lamp):
    done = shell("$READER lamp.md --to text >&-", lamp.parent)
    assert (done.returncode, done.stderr) == (1, "reader: standard output: it is closed\n")


@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot be deleted there")
def test_a_deleted_working_folder(lamp):
    done = shell(
        f"mkdir gone; cd gone; rmdir ../gone; $READER {lamp} --to text; $READER lamp.md --to text", lamp.parent
    )
    assert done.stdout.startswith("The lamp")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_what_is_piped_is_the_article(lamp):
    done = shell("cat lamp.md | $READER | cat", lamp.parent)
    assert done.stdout.startswith("The lamp")


def test_a_pipe_on_a_terminal_opens_it_with_keys_of_the_terminal(lamp):
    with screen("cat lamp.md | $READER", lamp.parent) as terminal:
        terminal.expect("It was lit")
        terminal.send("?")
        terminal.expect("One row down")
        terminal.press("\x1b")
        terminal.expect("It was lit")
        terminal.send("q")
        assert ended(terminal)


@pytest.mark.parametrize("given", ["</dev/null", "<&-", "2>&-", "2>/dev/null"])
def test_keys_come_from_the_terminal_whatever_standard_input_is(given, lamp):
    with screen(f"$READER lamp.md {given}", lamp.parent) as terminal:
        terminal.expect("It was lit")
        terminal.send("?")
        terminal.expect("One row down")
        terminal.press("\x1b")
        terminal.expect("It was lit")
        terminal.send("q")
        assert ended(terminal)


def test_a_loop_keeps_its_input(lamp):
    (lamp.parent / "two.md").write_text("# Second\n\nIt went out.\n", encoding="utf-8")
    (lamp.parent / "list").write_text("lamp.md\ntwo.md\n", encoding="utf-8")
    with screen('while read f; do $READER "$f"; done < list; echo "the loop is over"', lamp.parent) as terminal:
        terminal.expect("It was lit")
        terminal.send("q")
        terminal.expect("It went out")
        terminal.send("q")
        terminal.expect("the loop is over")


def test_a_slow_article_is_waited_for_on_the_screen(lamp):
    pipe = lamp.parent / "pipe"
    os.mkfifo(pipe)
    with screen("cat pipe | $READER", lamp.parent) as terminal:
        terminal.expect("Waiting for standard input")
        pipe.write_bytes(lamp.read_bytes())
        terminal.expect("It was lit")
        terminal.send("q")
        assert ended(terminal)


def test_one_that_never_comes_is_given_up(lamp):
    with screen("mkfifo pipe; sleep 600 > pipe & $READER < pipe; kill %1", lamp.parent) as terminal:
        terminal.expect("Esc gives up")
        terminal.send("\x1b")
        terminal.expect("Given up")
        terminal.send("q")
        assert ended(terminal)


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signals_end_it(sent, lamp):
    with Terminal([*READER, str(lamp)], env={"XDG_STATE_HOME": str(lamp.parent)}) as terminal:
        terminal.expect("It was lit")
        os.kill(terminal.pid, sent)
        assert ended(terminal)
