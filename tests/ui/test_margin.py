"""Stories of a wide terminal: notes and reasons stand right of the page, beside their lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from stories import WIDE, opened, own, ready, rows, until, written

from reader.claims import Finder
from reader.document import Range
from reader.layout import cells
from reader.loading import Findings
from reader.ui.app import ReaderApp

WIDEST = (200, 40)
BODY = "\n\n".join(f"Paragraph {n}: the keeper climbs {n * 7} steps to the lamp." for n in range(60))
ARTICLE = f"# Oil\n\n{BODY}\n"


def noted(app: ReaderApp, *several: tuple[str, str]) -> None:
    """Puts notes on words of the article."""
    from reader.store import annotation, selector_at

    document, digest = app.session.article.document, app.session.article.digest
    for words, note in several:
        start = document.text.index(words)
        selector = selector_at(start, start + len(words), document.text, document.sections, digest)
        one = annotation(selector, colour="yellow", words=note)
        app.session.annotations.all[one.id] = one
    app.session.annotations._anchor()


def column(app: ReaderApp) -> dict[int, str]:
    """What stands right of the text, by row of the screen."""
    left = app.page.margin + app.page.article.layout.width
    shown = {}
    for y, row in enumerate(rows(app.page)):
        beside, used = "", 0
        for sign in row:
            beside += sign if used >= left else ""
            used += cells(sign)
        if beside.strip():
            shown[y] = beside.strip()
    return shown


async def with_notes(pilot, *several: tuple[str, str]) -> ReaderApp:
    app = await ready(pilot)
    noted(app, *several)
    await until(pilot, lambda: len(app.session.annotations.placed) == len(several))
    await pilot.pause()
    return app


def row_of(app: ReaderApp, words: str) -> int:
    return next(y for y, row in enumerate(rows(app.page)) if words in row)


async def test_a_note_stands_beside_its_line_and_moves_with_it(tmp_path: Path):
    async with written(tmp_path, ARTICLE).run_test(size=WIDEST) as pilot:
        app = await with_notes(pilot, ("Paragraph 4:", "Is that so?"))
        assert app.page.article.layout.width == 80, "the measure is kept"
        assert column(app) == {row_of(app, "Paragraph 4:"): "✎ Is that so?"}
        await pilot.press("j", "j", "j")
        assert column(app) == {row_of(app, "Paragraph 4:"): "✎ Is that so?"}
        await pilot.press("space")
        assert column(app) == {}


async def test_near_notes_push_one_another_down_and_stay_there_when_the_page_moves(tmp_path: Path):
    long = "The keeper was asked about this more than once, and never gave the same answer twice in his life."
    async with written(tmp_path, ARTICLE).run_test(size=WIDEST) as pilot:
        app = await with_notes(pilot, ("Paragraph 4:", long), ("Paragraph 5:", "Second."), ("Paragraph 6:", "Third."))
        first = row_of(app, "Paragraph 4:")
        shown = column(app)
        assert list(shown) == list(range(first, first + 5)), "no row is left out, none is used twice"
        assert [shown[first + 3], shown[first + 4]] == ["✎ Second.", "✎ Third."]
        await pilot.press(*"j" * (first + 1))
        assert "Paragraph 4:" not in "".join(rows(app.page))
        assert list(column(app).values())[-2:] == ["✎ Second.", "✎ Third."]
        assert min(column(app)) == 0
        assert len(column(app)) == 4, "what is above the screen pushes as it did"


@pytest.mark.parametrize("size", [(150, 40), (200, 60), (260, 40)])
async def test_nothing_stands_over_the_text(size: tuple[int, int]):
    async with opened(own("days")).run_test(size=size) as pilot:
        app = await ready(pilot)
        text = app.session.article.document.text
        words = [text[at : at + 30] for at in range(0, len(text) - 200, len(text) // 40)]
        words = [one for one in words if text.count(one) == 1]
        notes = [(one, f"A note on the words {one}, which are {number}.") for number, one in enumerate(words)]
        await with_notes(pilot, *notes)
        await until(pilot, lambda: app.session.asides.over(Range(0, len(text))))
        for _page in range(6):
            app.session.asides.wanted = "none"
            left = app.page.margin
            plain = [row[left:].rstrip() for row in rows(app.page)]
            app.session.asides.wanted = "all"
            moved, width = app.page.margin, app.page.article.layout.width
            assert width == 80
            for row, without in zip(rows(app.page), plain, strict=True):
                assert row[moved:].startswith(without), "the text is what it is without a column"
            assert all(segments_fit(app, y) for y in range(app.page.size.height))
            await pilot.press("space")


def segments_fit(app: ReaderApp, y: int) -> bool:
    strip = app.page.render_line(y)
    return strip.cell_length == app.page.size.width


async def test_the_terminal_has_to_be_wide_enough(tmp_path: Path):
    async with written(tmp_path, ARTICLE).run_test(size=(149, 40)) as pilot:
        app = await with_notes(pilot, ("Paragraph 4:", "Is that so?"))
        assert column(app) == {}
        await pilot.resize_terminal(150, 40)
        await until(pilot, lambda: column(app))
        await pilot.press("right_parenthesis", "right_parenthesis", "right_parenthesis")
        await until(pilot, lambda: not column(app))
        assert app.page.article.layout.width > 80, "a wider page is not narrowed for them"
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        assert column(app) == {}


async def test_reasons_come_once_the_page_rests_and_go_with_the_claims():
    async with opened(own("days")).run_test(size=WIDEST) as pilot:
        app = await ready(pilot)
        finder = Finder()
        for _step in finder.feed(app.session.article.document):
            pass
        app.session.claims.found(Findings(finder.pieces, finder.authors, (), complete=True))
        await pilot.press("c")
        claim = app.session.claims.chosen[0]
        layout = app.page.article.layout
        await until(pilot, lambda: layout.row_of(claim.range.start) - app.page.top in column(app))
        await pilot.press("h")
        assert column(app) == {}
        await pilot.press("h")
        assert column(app)


async def test_a_key_takes_reasons_away_then_notes_and_brings_both_back(tmp_path: Path):
    async with written(tmp_path, ARTICLE).run_test(size=WIDEST) as pilot:
        app = await with_notes(pilot, ("Paragraph 4:", "Is that so?"))
        left = app.page.margin
        await pilot.press("W")
        assert list(column(app).values()) == ["✎ Is that so?"]
        await pilot.press("W")
        assert column(app) == {}
        assert app.page.margin > left, "without them the page stands in the middle"
        await pilot.press("W")
        assert list(column(app).values()) == ["✎ Is that so?"]


async def test_a_click_on_a_note_makes_its_words_the_passage(tmp_path: Path):
    async with written(tmp_path, ARTICLE).run_test(size=WIDEST) as pilot:
        app = await with_notes(pilot, ("Paragraph 4:", "Is that so?"))
        y = next(iter(column(app)))
        await pilot.click(app.page, offset=(app.page.margin + 80 + 6, y))
        passage = app.session.passage()
        assert passage is not None
        assert app.session.article.document.slice(passage.range) == "Paragraph 4:"
        await pilot.click(app.page, offset=(app.page.margin + 80 + 6, y + 3))
        assert app.session.passage().kind == "paragraph"


async def test_what_is_folded_away_has_nothing_beside_it(tmp_path: Path):
    async with written(tmp_path, ARTICLE).run_test(size=WIDEST) as pilot:
        app = await with_notes(pilot, ("Paragraph 4:", "Is that so?"))
        await pilot.press("z", "M")
        assert column(app) == {}
        await pilot.press("z", "R")
        assert column(app)
