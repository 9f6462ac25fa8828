"""Where many passages may be, in one walk over the text."""

from __future__ import annotations

import random

import pytest

from reader.store.align import fold
from reader.store.seeds import candidates

CHANCE = random.Random(4)
WORDS = ["".join(CHANCE.choices("abcdefghij", k=CHANCE.randint(3, 9))) for _ in range(4000)]
TEXT = " ".join(WORDS)
HAN = "".join(chr(0x4E00 + CHANCE.randrange(3000)) for _ in range(9000))


@pytest.mark.parametrize("text", [TEXT, HAN], ids=["Latin", "Han"])
def test_each_passage_is_found_where_it_is(text):
    starts = [CHANCE.randrange(len(text) - 300) for _ in range(50)]
    needles = [fold(text[start : start + 40 + 5 * number]) for number, start in enumerate(starts)]
    assert [found[0] for found in candidates(needles, text, 4)] == starts


def test_an_edit_within_moves_it_by_little():
    needle = TEXT[500:560] + " something new here " + TEXT[560:640]
    (found,) = candidates([needle], TEXT, 4)
    assert any(abs(offset - 500) <= 25 for offset in found)


def test_what_is_not_there_and_what_is_everywhere_is_found_nowhere():
    assert candidates(["Upstairs lives a woman who repairs accordions"], TEXT, 4) == [[]]
    assert candidates(["the same again and again "], "the same again and again " * 500, 4) == [[]]
    assert candidates(["", "ab", " " * 80], TEXT, 4) == [[], [], []]
    assert candidates(["needle that is long enough"], "", 4) == [[]]
    assert candidates([], TEXT, 4) == []


def test_the_likeliest_comes_first():
    one = "the ferry leaves at six and nobody on the pier remembers who built it"
    text = TEXT[:3000] + one[:30] + TEXT[3000:6000] + one + TEXT[6000:9000]
    (found,) = candidates([one], text, 4)
    assert found[0] == text.index(one)
