"""The looks of colours that come from a text: readable on every ground, whatever it asks for."""

from __future__ import annotations

import pytest
from rich.color import ColorSystem
from textual.color import Color

from reader.ui.style import THEMES, ThemeStyles, contrast_of


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


def test_a_claim_is_lit_enough_to_be_seen_and_to_be_read(styles):
    ground, text = (Color.from_rich_color(part) for part in (styles.style("").bgcolor, styles.style("").color))
    lit, current = (Color.from_rich_color(styles.mark(role).bgcolor) for role in ("claim", "claim-current"))
    assert 1.6 <= contrast_of(lit, ground) <= 2
    assert contrast_of(lit, text) >= 4.5
    assert contrast_of(current, ground) > contrast_of(lit, ground)
    assert contrast_of(current, text) >= 4.5


def test_where_tints_cannot_be_told_apart_a_claim_is_underlined():
    variables = THEMES[0].to_color_system().generate()
    assert ThemeStyles(variables, fine=False).style("body claim").underline
    assert not ThemeStyles(variables).style("body claim").underline


MARKS = ("claim", "claim-current", "match", "current", "selection", *(f"highlight-{n}" for n in range(1, 5)))
TEXTS = (
    *("body", "link", "image", "code", "strong", "label", "byline", "caption", "note", "mark", "math", "kbd", "strike"),
    *("heading h2", "heading h3", "heading h4", "inferred", "warning", "list-detail", "aside", "credit", "table-head"),
    *(f"code-block syntax-{kind}" for kind in ("comment", "keyword", "string", "number", "function", "deleted")),
)


def contrast_to_ground(style):
    return contrast_of(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


def test_what_is_looked_for_is_seen_before_what_the_program_found(styles):
    ground = Color.from_rich_color(styles.style("").bgcolor)
    seen = {role: contrast_of(Color.from_rich_color(styles.mark(role).bgcolor), ground) for role in MARKS}
    assert seen["current"] == max(seen.values())
    assert seen["current"] > 1.5 * seen["match"]
    assert seen["match"] > 1.25 * seen["claim"]


def test_text_can_be_read_on_the_page_and_on_every_mark(styles):
    for role in TEXTS:
        assert contrast_to_ground(styles.style(role)) >= 4.4, role
        for mark in MARKS:
            assert contrast_to_ground(styles.over(styles.style(role), mark)) >= 4.4, (role, mark)


@pytest.mark.parametrize("theme", THEMES, ids=[theme.name for theme in THEMES])
def test_among_256_colours_marks_differ_and_can_be_read(theme):
    styles = ThemeStyles({**theme.to_color_system().generate()}, fine=False)

    def shown(colour):
        return Color.from_rich_color(colour.downgrade(ColorSystem.EIGHT_BIT))

    ground = shown(styles.style("").bgcolor)
    looks = {mark: styles.over(styles.style("body"), mark) for mark in MARKS}
    backs = {mark: shown(look.bgcolor) for mark, look in looks.items()}
    assert len({(back.hex, looks[mark].underline) for mark, back in backs.items() if mark != "claim-current"}) >= 7
    seen = {mark: contrast_of(back, ground) for mark, back in backs.items()}
    assert 1.6 <= seen["claim"] <= 2.1
    assert sorted(seen, key=seen.__getitem__)[-2:] == ["match", "current"]
    for mark, look in looks.items():
        assert contrast_of(shown(look.color), backs[mark]) >= 3.9, mark


def test_a_claim_under_a_highlight_has_a_line(styles):
    claim = styles.over(styles.style(""), "claim")
    assert not claim.underline
    assert styles.over(claim, "highlight-2").underline
    assert not styles.over(styles.style(""), "highlight-2").underline
