"""The looks of colours that come from a text: readable on every ground, whatever it asks for."""

from __future__ import annotations

import pytest
from textual.color import Color

from reader.ui.style import THEMES, ThemeStyles


@pytest.fixture(params=THEMES, ids=[theme.name for theme in THEMES])
def styles(request):
    return ThemeStyles({**request.param.to_color_system().generate()})


COLOURS = (*map(str, (*range(30, 38), *range(90, 98))), *(f"38;5;{number}" for number in range(256)), "38;2;27;29;34")


def test_a_colour_of_a_text_stands_out(styles):
    for colour in COLOURS:
        style = styles.style(f"lines sgr-{colour}")
        fore, back = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
        assert abs(fore.brightness - back.brightness) >= 0.25, colour


def test_dim_reversed_and_a_ground(styles):
    assert styles.style("lines sgr-7").reverse
    assert styles.style("lines sgr-2").color != styles.style("lines").color
    assert styles.style("lines sgr-31;44").bgcolor != styles.style("lines").bgcolor
    assert styles.style("lines strong sgr-2;7;38;2;1;2;3;48;5;9").bold
