"""The colours of a page of `--to html`: text stands out from every ground that the style sets it on."""

from __future__ import annotations

import re

import pytest

from reader.export.claimed import claimed_page
from reader.export.notes import article_notes
from reader.parse import parse
from reader.store import Article, annotation

LEAST = 7.0
"""WCAG 2.2, "contrast (enhanced)"."""
Colour = tuple[float, float, float]


def style() -> str:
    """The style of a page with claims and notes."""
    document = parse("# A\n\nText.\n")
    notes = article_notes(Article("a.md", "", "A"), (annotation(None, words="of it all"),), document)
    return "\n".join(claimed_page(document, "a", (), notes=notes))


def colour(text: str) -> Colour:
    digits = text.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) in (3, 4) else digits
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


def over(text: str, ground: Colour) -> Colour:
    """A colour that may be translucent, laid over a ground."""
    digits = text.lstrip("#")
    share = int(digits[6:8], 16) / 255 if len(digits) == 8 else 1.0
    red, green, blue = (top * share + below * (1 - share) for top, below in zip(colour(text), ground, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    def luminance(colour: Colour) -> float:
        parts = (part / 255 for part in colour)
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def halves(css: str) -> tuple[str, str, str]:
    """What is said for the light, for the dark, and for paper."""
    dark, paper = _media(css, "prefers-color-scheme:dark"), _media(css, "print")
    for part in (*dark, *paper):
        css = css.replace(part, "")
    return css, "".join(dark), "".join(paper)


def _media(css: str, what: str) -> list[str]:
    """What stands within the braces of each media query that names this."""
    found = []
    for match in re.finditer(r"@media([^{]*)\{", css):
        if what in match[1]:
            depth, end = 1, match.end()
            while depth:
                depth += {"{": 1, "}": -1}.get(css[end], 0)
                end += 1
            found.append(css[match.end() : end - 1])
    return found


def variables(css: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+):(#[0-9a-f]{3,8})", css))


def marks(css: str) -> dict[str, str]:
    return dict(re.findall(r"(mark[^{},]*)\{background:(#[0-9a-f]{3,8})", css))


@pytest.mark.parametrize("mode", ["light", "dark", "print"])
def test_text_stands_out_from_every_ground(mode):
    light, dark, paper = halves(style())
    names = variables(light)
    lit = marks(light)
    assert {"ground", "ink", "dim", "link", "code", "mark"} <= set(names)
    assert len(lit) >= 5
    if mode == "dark":
        names |= variables(dark)
        lit |= marks(dark)
        assert set(marks(dark)) >= {mark for mark in marks(light) if "data-colour" in mark}
    if mode == "print":
        names |= variables(dark) | variables(paper)  # also of a system that is dark
    ground, ink = colour(names["ground"]), colour(names["ink"])
    for name in ("ink", "dim", "link"):
        assert contrast(colour(names[name]), ground) >= LEAST, name
    for name in ("code", "mark"):
        assert contrast(ink, colour(names[name])) >= LEAST, name
    for name, tint in lit.items():
        assert contrast(ink, over(tint, ground)) >= LEAST, name


def test_a_note_without_a_colour_is_not_lit_in_the_dark():
    _, dark, _ = halves(style())
    assert dark.rindex("mark[data-colour='']{background:none}") > dark.index("mark[data-colour]{")
    assert "mark a{color:inherit}" in style(), "a link within a mark is told by its line"
