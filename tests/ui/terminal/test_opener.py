"""What is said of a program that was to open something is what became of it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from reader.ui.terminal import opener
from reader.ui.terminal.clipboard import put
from reader.ui.terminal.opener import Outcome, launch

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs shell scripts")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all there is on the path."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(opener.sys, "platform", "linux")
    return tmp_path


def program(folder: Path, name: str, code: int = 0, then: str = "") -> Path:
    """A program that notes its arguments."""
    path, log = folder / name, folder / f"{name}.args"
    path.write_text(f'#!/bin/sh\nfor word in "$@"; do echo "$word" >> "{log}"; done\n{then}\nexit {code}\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return log


def test_a_program_that_succeeds_has_opened_it(programs):
    arguments = program(programs, "xdg-open")
    assert launch("https://q.example/a b?c=$(x)") == Outcome(True)
    assert arguments.read_text() == "https://q.example/a b?c=$(x)\n", "as it is, through no shell"


def test_a_program_that_fails_has_not(programs):
    program(programs, "xdg-open", 3)
    outcome = launch("https://q.example/")
    assert not outcome.opened
    assert outcome.problem == "Not opened: xdg-open failed (code 3)"


def test_the_next_one_is_tried(programs):
    program(programs, "xdg-open", 4)
    arguments = program(programs, "wslview")
    assert launch("https://q.example/").opened
    assert arguments.exists()


def test_one_that_goes_on_shows_something(programs, monkeypatch):
    monkeypatch.setattr(opener, "WAIT_S", 0.2)
    program(programs, "xdg-open", 1, "while :; do :; done & wait")
    try:
        assert launch("https://q.example/") == Outcome(True)
    finally:
        os.system(f"/usr/bin/pkill -f {programs}/xdg-open")


def test_without_any_program_that_is_said(programs):
    assert "no program that opens addresses" in launch("https://q.example/").problem


def test_the_browsers_of_the_environment_come_first(programs):
    program(programs, "xdg-open")
    own = program(programs, "mybrowser")
    assert launch("https://q.example/", ("'unclosed", "gone %s", "mybrowser --new %s")) == Outcome(True)
    assert own.read_text() == "--new\nhttps://q.example/\n"
    assert not (programs / "xdg-open.args").exists()


def test_a_browser_of_the_terminal_is_not_run_behind_it(programs):
    program(programs, "w3m")
    outcome = launch("https://q.example/", ("w3m",))
    assert not outcome.opened
    assert outcome.foreground == (str(programs / "w3m"), "https://q.example/")
    assert not (programs / "w3m.args").exists()


def test_in_tmux_its_buffer_comes_first(programs):
    arguments = program(programs, "tmux")
    program(programs, "xclip")
    assert put("words", tmux=True)
    assert arguments.read_text() == "load-buffer\n-w\n-\n"
    assert not (programs / "xclip.args").exists()


def test_far_from_the_person_no_program_of_this_machine_is_asked(programs):
    program(programs, "xclip")
    assert not put("words", remote=True)
    assert put("words")
