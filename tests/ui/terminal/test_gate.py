"""The last gate: what Textual makes goes through as it is, all else becomes visible."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import opened, own, ready

from reader.ui.terminal.gate import Gate

CLIPBOARD = "\x1b]52;c;aGVsbG8=\x07"


def without_listed(passed: str) -> str:
    """What is left when all that may pass is taken away by a second, plainer reading of the list."""
    passed = re.sub(r"\x1b\[[0-9;:]*[mH]", "", passed)
    passed = re.sub(r"\x1b\[\?[0-9]+(?:h|l|\$p)", "", passed)
    passed = re.sub(r"\x1b\[(?:>[0-9]+|<)u", "", passed)
    passed = re.sub(r"\x1b\]8;[^;\x1b]*;[!-~]*\x1b\\", "", passed)
    return re.sub(r"\x1b\]22;[a-z-]*\x07", "", passed)


@given(st.text(alphabet=st.sampled_from("\x1b[]?;:0159mHhluJK$pc\x07\\\x9b\x9d\x00\n\ta图")) | st.text())
def test_no_control_passes_outside_a_listed_sequence(data):
    rest = without_listed(Gate().passed(data))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", rest)


@pytest.mark.parametrize(
    "data",
    [
        "plain 文字 🖼",
        "\x1b[1;38;5;182mbold\x1b[0m",
        "\x1b[38;2;1;2;3;48;2;4;5;6mrgb\x1b[0m",
        "\x1b[12;40H",
        "\x1b[?1049h\x1b[?2026h\x1b[?2026$p\x1b[>25u\x1b[<u",
        "\x1b]8;id=123-45;https://q.example/a?b=c\x1b\\link\x1b]8;;\x1b\\",
        "\x1b]22;pointer\x07",
    ],
)
def test_what_textual_makes_is_unchanged(data):
    assert Gate().passed(data) == data


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (CLIPBOARD, "␛]52;c;aGVsbG8=␇"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("a\x1b[2Jb", "a␛[2Jb"),
        ("\x9b2J", "␛[2J"),
        ("\x1bPq\x1b\\", "␛Pq␛\\"),
        ("\x1b[?1337h", "␛[?1337h"),
        ("a\rb\x08", "a␍b␈"),
        ("\x1b]8;;http://a\x07", "␛]8;;http://a␇"),
        ("\x1b[6n\x1bc", "␛[6n␛c"),
    ],
)
def test_all_else_becomes_visible(data, shown):
    assert Gate().passed(data) == shown


def test_the_clipboard_passes_once_when_it_was_asked_for():
    gate = Gate()
    gate.announce(CLIPBOARD)
    assert gate.passed(CLIPBOARD) == CLIPBOARD
    assert gate.passed(CLIPBOARD) != CLIPBOARD


async def test_the_app_writes_through_it():
    app = opened(own("rain"))
    driver = app.get_driver_class()
    written: list[str] = []
    plain = driver.__mro__[1].write
    try:
        driver.__mro__[1].write = lambda self, data: written.append(data)
        driver.write(object.__new__(driver), "a\x1b[2Jb")
    finally:
        driver.__mro__[1].write = plain
    assert written == ["a␛[2Jb"]


async def test_a_copy_of_the_person_is_announced():
    async with opened(own("rain")).run_test(size=(90, 24)) as pilot:
        app = await ready(pilot)
        written: list[str] = []
        app._driver.write = lambda data: written.append(app.gate.passed(data))
        await pilot.press("y")
        assert any(data.startswith("\x1b]52;c;") for data in written)
