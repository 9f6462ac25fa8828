"""The article at a glance: what stands there, where, and that places mean the same as on the page."""

from __future__ import annotations

import pytest
from samples import EVERY, NAMES, document

from reader.claims import find
from reader.document import Document, Heading, Image, Paragraph, Range, Section, Span, Table, Title
from reader.layout import Layout
from reader.layout.skim import Skim, parts

TEXT = "The title\n\nFirst. A claim. Last.\n\nHeading\n\nsee picture here"
ARTICLE = Document(
    text=TEXT,
    blocks=(
        Title(0, 9),
        Paragraph(11, 32),
        Heading(34, 41, level=2),
        Paragraph(43, 59, spans=(Span(47, 54, "image", "p.png"),)),
    ),
    sections=(Section(11, 32, "Opening", 1, opening=True), Section(34, 59, "Heading", 2)),
    images=(Image(47, 54, "picture", "p.png", 1),),
)
CLAIM = Range(18, 26)


def places(shown: tuple[Range, ...]) -> list[tuple[int, int]]:
    return [(part.start, part.end) for part in shown]


def rows(skim: Skim) -> list[str]:
    return [row.text.strip() for row in skim.walk()]


def test_headings_images_and_claims_in_reading_order():
    assert places(parts(ARTICLE, (CLAIM,))) == [(0, 9), (18, 26), (34, 41), (47, 54)]


def test_nothing_twice_and_nothing_empty():
    claims = (Range(11, 32), CLAIM, Range(20, 40), Range(43, 43), Range(43, 59))
    assert places(parts(ARTICLE, claims)) == [(0, 9), (11, 32), (34, 41), (43, 59)]


def test_an_article_with_nothing_to_skim_has_no_rows():
    plain = Document(text="Words.", blocks=(Paragraph(0, 6),))
    assert parts(plain, ()) == ()
    skim = Skim(plain, 40, ())
    assert (skim.height, list(skim.walk()), skim.row_of(3), skim.offset_of(0)) == (0, [], 0, 0)


def test_rows():
    claims = (CLAIM, Range(27, 32))
    assert rows(Skim(ARTICLE, 40, parts(ARTICLE, claims))) == [
        "The title",
        "━━━━━━━━━",
        "",
        "A claim.",
        "",
        "Last.",
        "",
        "Heading",
        "───────",
        "",
        "🖼 Image 1",
    ]


def test_of_headings_with_nothing_below_one_in_a_row_is_left():
    levels = ((1, "T"), (2, "A"), (2, "B"), (3, "C"), (0, "claim"), (2, "D"), (3, "E"), (2, "F"))
    text = "\n\n".join(word for _, word in levels)
    blocks, at = [], 0
    for level, word in levels:
        where = (at, at + len(word))
        blocks.append(Heading(*where, level=level) if level else Paragraph(*where))
        at += len(word) + 2
    article = Document(text=text, blocks=tuple(blocks))
    claims = [Range(block.start, block.end) for block in blocks if isinstance(block, Paragraph)]
    shown = [article.slice(part) for part in parts(article, claims)]
    assert shown == ["T", "B", "C", "claim", "D"], "A stands for nothing; B and C lead to the claim; of D E F the first"


def test_of_a_table_with_a_picture_all_is_shown_once():
    text = "sign\tmeaning\np\tone\nq\ttwo"
    cells = ((Range(0, 4), Range(5, 12)), (Range(13, 14), Range(15, 18)), (Range(19, 20), Range(21, 24)))
    article = Document(
        text=text,
        blocks=(Table(0, 24, rows=cells, align=("", "")),),
        images=(Image(13, 14, "p", "p.png", 1), Image(19, 20, "q", "q.png", 2)),
    )
    shown = parts(article, ())
    assert places(shown) == [(0, 24)]
    said = " ".join(" ".join(rows(Skim(article, 40, shown))).split())
    assert said == "sign │ meaning ─────┼──────── p │ one q │ two"


def test_what_it_shows():
    skim = Skim(ARTICLE, 40, parts(ARTICLE, (CLAIM,)))
    assert skim.shows(CLAIM)
    assert skim.shows(Range(20, 21))
    assert skim.shows(Range(5, 20))
    assert not skim.shows(Range(11, 16))
    assert not skim.shows(Range(27, 31))
    assert not skim.shows(Range(55, 59))


@pytest.mark.parametrize("path", EVERY, ids=NAMES)
@pytest.mark.parametrize("width", [40, 80])
def test_every_part_of_every_article_is_shown_at_its_place(path, width):
    article = document(path)
    claims = [claim.range for claim in find(article)]
    shown = parts(article, claims)
    skim = Skim(article, width, shown)
    for part in shown:
        row = skim.row(skim.row_of(part.start))
        where = row.range
        assert where is not None, (path.name, part)
        assert where.start <= part.start < max(where.end, where.start + 1)
    there = [row.range for row in skim.walk() if row.range is not None]
    assert there == sorted(there, key=lambda where: (where.start, where.end))
    assert all(any(where.overlaps(part) or not len(where) for part in shown) for where in there)
    assert skim.height <= Layout(article, width).height + 2 * len(shown)
