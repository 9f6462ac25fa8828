"""What a terminal with kitty's graphics protocol is sent, and that it comes through the gate."""

from __future__ import annotations

import base64
import random
import re
import sys
from pathlib import Path

import pytest

from reader.layout import Picture
from reader.ui.terminal.pictures import CHUNK_CHARACTERS, placing, removing

pytest.importorskip("pty")

from pseudo_terminal import Terminal

COMMAND = re.compile(r"\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\")


def told(sequences: str) -> list[tuple[dict[str, str], bytes]]:
    """Commands as a terminal takes them: keys, and the payload of all their chunks."""
    found: list[tuple[dict[str, str], bytes]] = []
    chunks = ""
    keys: dict[str, str] = {}
    for match in COMMAND.finditer(sequences):
        given = dict(part.split("=") for part in match[1].split(","))
        keys = keys or given
        chunks += match[2] or ""
        if given.get("m", "0") == "0":
            found.append((keys, base64.b64decode(chunks)))
            keys, chunks = {}, ""
    return found


@pytest.mark.parametrize("size", [10, 3072, 3073, 100_000])
def test_a_picture_goes_over_in_chunks(size: int) -> None:
    png = random.Random(7).randbytes(size)
    sequences = [*placing(Picture(30, 7, number=9, png=png))]
    assert all(len(match[2]) <= CHUNK_CHARACTERS for match in map(COMMAND.fullmatch, sequences) if match)
    assert all(COMMAND.fullmatch(sequence) for sequence in sequences)
    ((keys, data),) = told("".join(sequences))
    assert data == png
    assert {key: keys[key] for key in "aUqftircm"[:8]} == {
        "a": "T", "U": "1", "q": "2", "f": "100", "t": "d", "i": "9", "r": "7", "c": "30",
    }  # fmt: skip


def test_through_tmux_each_sequence_is_wrapped() -> None:
    (sequence,) = placing(Picture(3, 1, number=9, png=b"x"), tmux=True)
    assert sequence.startswith("\x1bPtmux;\x1b\x1b_Ga=T")
    assert sequence.endswith("\x1b\x1b\\\x1b\\")
    assert removing(9, tmux=True) == "\x1bPtmux;\x1b\x1b_Ga=d,d=I,q=2,i=9\x1b\x1b\\\x1b\\"


def started(tmp_path: Path, **env: str) -> Terminal:
    """The reader in a terminal that says it is kitty, on an article with a flag."""
    pytest.importorskip("PIL", reason="Pillow is not installed")
    from image_files import written_flag

    written_flag(tmp_path)
    (tmp_path / "a.md").write_text("# Flags\n\n![near](flag.png)\n", encoding="utf-8")
    homes = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("STATE", "CONFIG")}
    kitty = {"TERM": "xterm-kitty", "COLORTERM": "truecolor", "KITTY_WINDOW_ID": "1", "TMUX": ""}
    command = [sys.executable, "-m", "reader", "a.md"]
    return Terminal(command, env={**homes, **kitty, **env}, cwd=tmp_path, columns=100, rows=30)


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "xterm-256color", "KITTY_WINDOW_ID": ""}])
def test_half_blocks_where_its_colours_or_its_name_are_missing(tmp_path: Path, env: dict[str, str]) -> None:
    with started(tmp_path, **env) as terminal:
        terminal.expect("Flags")
        terminal.rest()
        terminal.press("i")
        terminal.expect("▀▀▀")
        assert b"\x1b_G" not in terminal.raw


def test_in_a_terminal_that_says_it_is_kitty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    with started(tmp_path) as terminal:
        terminal.expect("Flags")
        terminal.rest()
        assert b"\x1b_G" not in terminal.raw, "nothing is asked nor sent unasked"
        terminal.press("i")
        terminal.expect(lambda: "\U0010eeee".encode() in terminal.raw)
        sent = terminal.raw.decode()
        (keys, png), *_ = told(sent)
        assert png.startswith(b"\x89PNG")
        assert (keys["i"], keys["c"], keys["r"]) == ("1", "9", "2")
        placed = sent.index("\U0010eeee")
        assert sent.index("\x1b_G") < placed
        assert "38;2;0;0;1" in sent[placed - 40 : placed], "the colour is the number"
        terminal.press("q")
        terminal.ends()
        assert told(terminal.raw.decode())[-1][0] == {"a": "d", "d": "I", "q": "2", "i": "1"}


def test_what_dims_the_page_leaves_the_number_of_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    with started(tmp_path) as terminal:
        terminal.expect("Flags")
        terminal.rest()
        terminal.press("i")
        terminal.expect(lambda: "\U0010eeee".encode() in terminal.raw)
        for key, shown in (("1", "Sections"), ("\x1b", "Flags"), ("A", "Enter keeps"), ("\x1b", "Flags")):
            terminal.press(key)
            terminal.expect(shown)
            terminal.rest()
        numbers = re.findall("\x1b\\[38;2;([0-9;]*);48[0-9;]*m\U0010eeee", terminal.raw.decode())
        assert set(numbers) == {"0;0;1"}
