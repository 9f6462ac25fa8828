"""Cells are counted as terminals draw them, and Rich counts the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich import cells as rich_cells
from rich.segment import Segment
from wcwidth import wcswidth

from reader.layout import cells, graphemes, set_ambiguous_wide, wrapped

TEXTS = {
    "Devanagari": "नदी के किनारे एक पुरानी किताबों की दुकान है, जहाँ हर शाम लोग कहानियाँ सुनने आते हैं। विद्यार्थी भी आते हैं।",
    "Tamil": "ஆற்றின் கரையில் ஒரு பழைய நூலகம் இருக்கிறது; மாலையில் மக்கள் அங்கே கதைகள் கேட்க வருகிறார்கள்.",
    "Khmer": "នៅមាត់ទន្លេ មានបណ្ណាគារចាស់មួយ ហើយរាល់ល្ងាច មនុស្សមកស្តាប់រឿង។",
    "Sinhala": "ගඟ අසල පැරණි පොත් සාප්පුවක් ඇත. ශ්‍රී ලංකාවේ ක්‍රමය අනුව සවසට මිනිස්සු කතන්දර අසන්නට එති.",
    "Thai": "ริมแม่น้ำมีร้านหนังสือเก่าร้านหนึ่ง ทุกเย็นผู้คนจะมาฟังเรื่องเล่า และดื่มน้ำชาด้วยกัน",
    "Bengali": "নদীর ধারে একটি পুরোনো বইয়ের দোকান আছে, সন্ধ্যায় লোকেরা গল্প শুনতে আসে।",
    "Burmese": "မြစ်ကမ်းမှာ စာအုပ်ဆိုင်ဟောင်းတစ်ဆိုင် ရှိတယ်။",
}


@pytest.fixture
def wide() -> Iterator[None]:
    set_ambiguous_wide(True)
    yield
    set_ambiguous_wide(False)


@pytest.mark.parametrize("script", TEXTS)
@pytest.mark.parametrize("width", [2, 5, 9, 14, 23, 40])
def test_no_row_is_wider_than_a_terminal_draws_it(script: str, width: int) -> None:
    text = TEXTS[script]
    for start, end in wrapped(text, width):
        row = text[start:end]
        assert wcswidth(row) <= cells(row) <= width or len(graphemes(row)) == 1
        assert rich_cells.cell_len(row) == cells(row) == Segment(row).cell_length


def test_spacing_vowel_signs_have_a_cell() -> None:
    assert [cells(text) for text in ("कि", "की", "क्", "நூ", "කා", "ក", "កា", "ไม้", "น้ำ")] == [2, 2, 1, 2, 2, 1, 2, 2, 2]


def test_a_joiner_joins_emoji_but_no_letters() -> None:
    assert [cells(text) for text in ("👨‍👩‍👧", "❤️‍🔥", "👩🏽‍⚕️", "🏴‍☠️", "❤️", "ශ්‍රී", "ක්‍ෂ")] == [2, 2, 2, 2, 2, 2, 2]


def test_rich_cuts_what_it_measures() -> None:
    text = "कि👨‍👩‍👧நூ"
    assert rich_cells.split_graphemes(text)[1] == cells(text) == 6
    assert rich_cells.set_cell_size(text, 2) == "कि"
    assert rich_cells.set_cell_size(text, 4) == "कि👨‍👩‍👧"
    assert [part.text for part in Segment("किநூ").split_cells(2)] == ["कि", "நூ"]


AMBIGUOUS = "…“”—·‘’αЖ①→×°"


def test_ambiguous_characters_take_one_cell() -> None:
    assert [cells(char) for char in AMBIGUOUS] == [1] * len(AMBIGUOUS)


@pytest.mark.usefixtures("wide")
def test_ambiguous_characters_take_two_cells_when_told() -> None:
    assert [cells(char) for char in AMBIGUOUS] == [2] * len(AMBIGUOUS)
    assert [cells(char) for char in "a中é─│█"] == [1, 2, 2, 1, 1, 1]
    text = "他说：“α—β…”"
    assert cells(text) == rich_cells.cell_len(text) == Segment(text).cell_length == 6 + 2 * 6
    assert [part.text for part in Segment("··").split_cells(2)] == ["·", "·"]
    quoted = "甲“乙”丙"
    assert [quoted[start:end] for start, end in wrapped(quoted, 6)] == ["甲", "“乙”", "丙"]


def test_the_switch_can_be_put_back() -> None:
    set_ambiguous_wide(True)
    set_ambiguous_wide(False)
    assert cells("…") == rich_cells.cell_len("…") == Segment("…").cell_length == 1


@given(st.text(st.characters(min_codepoint=0x20) | st.sampled_from("\u200d\ufe0f❤👩कािූ்🏽·…")))
def test_rich_and_we_agree_on_any_text(text: str) -> None:
    if all(char.isprintable() for char in text):
        assert cells(text) == rich_cells.cell_len(text)
