"""Light or dark as the terminal is: it is asked once, nobody waits, and nothing typed is lost to the answer."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.terminal.ground import QUERY, Answers, is_light, listening

LIGHT, DARK = "\x1b]11;rgb:fafa/f7f7/f0f0\x1b\\", "\x1b]11;rgb:11/11/11\x07"
PAPER, INK = "48;2;250;247;240", "48;2;27;29;34"


@given(st.lists(st.sampled_from(["j", "一", "\x1b", "\x1b[A", LIGHT, DARK])), st.lists(st.integers(0, 200)))
def test_all_that_is_no_answer_is_handed_on(parts, places):
    whole = "".join(parts)
    answers = Answers()
    edges = sorted({0, len(whole), *(min(place, len(whole)) for place in places)})
    handed, found = "", []
    for start, end in pairwise(edges):
        typed, told = answers.taken(whole[start:end])
        handed, found = handed + typed, found + told
    answers._since = -1000.0
    handed += answers.late()
    typed = "".join(part for part in parts if part not in (LIGHT, DARK))
    told = [part == LIGHT for part in parts if part in (LIGHT, DARK)]
    once_told = next((len("".join(parts[:n])) for n, part in enumerate(parts, 1) if part in (LIGHT, DARK)), 0)
    if all(edge < once_told or whole[edge - 1 : edge + 1] != "\x1b]" for edge in edges):  # nobody asks twice
        assert handed == typed
        assert found == told


def test_an_esc_at_the_end_of_a_read_is_a_key_once_no_answer_is_expected():
    answers = Answers()
    assert answers.taken("j\x1b") == ("j", [])
    assert answers.taken(LIGHT[1:] + "\x1b") == ("\x1b", [True])
    mute = Answers()
    mute._expected_until -= 60
    assert mute.taken("j\x1b") == ("j\x1b", [])


def test_what_looks_like_an_answer_and_is_none_is_typed_late():
    answers = Answers()
    assert answers.taken("a\x1b]11;rgb:12") == ("a", [])
    answers._since -= 1
    assert answers.late() == "", "over a slow line the rest may still come"
    answers._since -= 1
    assert answers.late() == "\x1b]11;rgb:12"
    assert answers.taken("b") == ("b", [])


@pytest.mark.parametrize(
    ("sequence", "alt", "keys"),
    [("\r", True, ["alt+enter"]), ("\r", False, ["enter"]), ("x", True, ["alt+x"]), ("\n", False, ["ctrl+j"])],
)
def test_alt_and_enter_are_known_without_a_richer_protocol(sequence, alt, keys):
    from textual._xterm_parser import XTermParser

    parser = listening(XTermParser)()
    assert [event.key for event in parser._sequence_to_key_events(sequence, alt=alt)] == keys


def test_light_and_dark():
    assert is_light("ffff", "ffff", "ffff")
    assert is_light("f", "f", "a")
    assert not is_light("1b", "1d", "22")


@contextmanager
def asked(folder: Path):
    """The program on a terminal that has been asked for its ground, and has not answered."""
    pytest.importorskip("pty")
    from pseudo_terminal import Terminal

    (folder / "a.md").write_text("# Lamp\n\nThe light rose.\n", encoding="utf-8")
    command = [sys.executable, "-m", "reader", "--state", str(folder / "state"), str(folder / "a.md")]
    with Terminal(command, answering=False, env={"COLORTERM": "truecolor"}) as terminal:
        terminal.expect(lambda: QUERY.encode() in terminal.raw)
        yield terminal


@pytest.mark.parametrize(("answer", "ground"), [(LIGHT, PAPER), (DARK, INK), ("", INK)])
def test_the_first_screen_is_as_the_terminal_is(tmp_path: Path, answer: str, ground: str):
    with asked(tmp_path) as terminal:
        terminal.send(f"?{answer}" if answer else "?")  # a key typed before the answer, in one read with it
        terminal.expect("One row down")
        terminal.rest()
        shown = terminal.raw.decode("utf-8", "replace")
        assert ground in shown[shown.rindex("One row down") - 3000 :]
        assert "rgb" not in terminal.text()
        assert shown.count(QUERY) == 1


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("cut", [1, 9, len(LIGHT) - 1])
def test_an_answer_in_two_reads_changes_the_theme_and_types_nothing(tmp_path: Path, cut: int, late: bool):
    with asked(tmp_path) as terminal:
        if late:
            terminal.expect("The light rose.")
            terminal.rest()
            assert INK in terminal.raw.decode("utf-8", "replace")
        terminal.send(LIGHT[:cut])
        terminal.pump(0.02)
        terminal.send(LIGHT[cut:] + "/xyz")
        terminal.expect("no match")
        terminal.rest()
        shown = terminal.raw.decode("utf-8", "replace")
        assert shown.rindex(PAPER) > shown.rfind(INK)
        assert any(line.startswith("xyz ") for line in terminal.lines()), "what was typed is whole, and alone"
        assert "rgb" not in terminal.text()
