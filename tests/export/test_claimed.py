"""The page with claims, notes, author and date: lit where they stand, said beside, and nothing lost or acting."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from reader.claims import find
from reader.document import Document, Metadata
from reader.export.claimed import claimed_page
from reader.export.html import page
from reader.export.notes import article_notes
from reader.locale import use
from reader.parse import parse
from reader.sanitize import clean
from reader.store import Article, annotation, selector_at
from tests.export.notes.making import HOSTILE
from tests.export.test_html import Page, policy
from tests.samples import EVERY, document

STRESS = "==The toll rises to *12 euros* in May.== It rained. ==He left.== So it goes.\n\nAnother paragraph.\n"


def claimed(article: Document, *made: object, path: str | None = None) -> str:
    notes = article_notes(Article("a.md", "d1", ""), made, article) if made else None  # type: ignore[arg-type]
    return "\n".join(claimed_page(article, "name", find(article, density=0.2), notes=notes, path=path))


def words(source: str) -> str:
    return "".join("".join(Page(source).seen).split())


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_every_article_nests_and_says_each_word_once(path: Path) -> None:
    article = document(path)
    with_claims = claimed(article)
    without = re.sub(r'<aside class="claim">.*?</aside>', "", with_claims)
    assert words(without) == words("\n".join(page(article, "name")))
    Page(with_claims)


def test_claims_are_lit_and_said_beside_their_paragraph() -> None:
    html = claimed(parse(STRESS, Metadata()))
    lit = re.findall(r'<mark class="claim"(?: id="(claim-\d)")?>(.*?)</mark>', html)
    assert lit[0] == ("claim-1", "The toll rises to ")
    assert ("", "12 euros") in lit, "within the emphasis it goes on"
    asides = re.findall(r'<aside class="claim"><a href="#(claim-\d)">author\b', html)
    assert asides == ["claim-1", "claim-2"]
    assert html.index("<aside") < html.index("So it goes") < html.index("Another paragraph"), "beside its paragraph"


def test_the_line_ends_in_a_footnote_are_no_rows_of_its_page() -> None:
    html = claimed(parse("A.[^1]\n\n[^1]: One.\n\n    Two.\n", Metadata()))
    note = html[html.index('<aside class="note"') :]
    assert "\n" in note.partition("</aside>")[0]
    assert "aside:not(.mine){white-space:normal}" in html, "in a note of the person's own they are"


def test_kinds_are_said_in_the_language_of_their_reasons() -> None:
    article = parse("==He left.== Prices rose by 12% because of the drought, says the study.\n", Metadata())
    use("zh_Hans")
    try:
        said = re.findall(r'<a href="#claim-\d">(.*?)</a>', claimed(article))
    finally:
        use("en")
    assert said[0] == "作者标出"
    assert not [kind for kind in said if re.search("[a-z]", kind)]


def test_highlights_and_claims_lie_over_one_another() -> None:
    article = parse(STRESS, Metadata())
    at = article.text.index("12 euros")
    selector = selector_at(at, at + 30, article.text, article.sections, "d1")
    html = claimed(article, annotation(selector, words="so much", colour="green"))
    assert '<mark class="claim"><span id="at-0"></span><mark data-colour="green">12 euros</mark></mark>' in html
    assert '<mark data-colour="green">' in html.partition("in May.")[2]
    assert '<aside class="mine" id="mine-0"><a href="#at-0">↩</a> so much</aside>' in html
    Page(html)


def test_author_and_date_stand_under_the_title() -> None:
    about = Metadata(title=clean("T"), author=clean("Jane <Doe>"), date=date(2024, 2, 29))
    html = claimed(parse("text\n", about))
    byline = '<p class="byline">Jane &lt;Doe&gt;<br>2024-02-29</p>'
    assert html.count(byline) == 1
    assert html.index("<h1>") < html.index(byline) < html.index(">text<")


def test_nothing_acts() -> None:
    article = parse(STRESS, Metadata())
    selector = selector_at(0, 20, article.text, article.sections, "d1")
    html = claimed(article, annotation(selector, words=clean(HOSTILE), colour='"><script>'))
    assert "<script" not in html
    assert clean(html) == html
    said = policy(html)
    assert said.pop("style-src").startswith("'sha256-")
    assert said == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
    assert not any("style" in attributes for _, attributes in Page(html).elements)


@pytest.mark.parametrize(
    ("src", "shown"),
    [
        ("a.png", "a.png"),
        ("/images/b c.png", "../images/b%20c.png"),  # from the root of the site
        ("{{ site.url }}/images/d.png", "../images/d.png"),
        ("own.png", "post/own.png"),
        ("/gone.png", "/gone.png"),
    ],
)
def test_images_are_addressed_from_beside_the_article(tmp_path: Path, src: str, shown: str) -> None:
    for name in ("_posts/a.png", "images/b c.png", "images/d.png", "_posts/post/own.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"image")
    article = parse(f"![alt](<{src}>)", Metadata())
    assert Page(claimed(article, path=str(tmp_path / "_posts" / "post.md"))).loaded == [shown]
    assert Page(claimed(article)).loaded[:1] != [shown] or shown == src


def test_it_follows_the_system_and_the_printer() -> None:
    style = claimed(parse("text", Metadata())).partition("<style>")[2].partition("</style>")[0]
    assert "color-scheme:light dark" in style
    assert "@media(prefers-color-scheme:dark)" in style
    assert "@media print" in style
    assert style.count("{") == style.count("}")


# --- Colours ----------------------------------------------------------------------------------------------------

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
