"""A large article comes in pieces; the reader does not wait, and is not moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from unittest.mock import patch

from stories import rows, status, until

from reader.document import Document
from reader.loading import Opened, load
from reader.settings import Settings
from reader.source import Source
from reader.ui.app import ReaderApp

TEXT = "\n\n".join(f"## Part {n}\n\n" + f"Words of part {n}. " * 60 for n in range(700)) + "\n\nThe very last line."


def growing(gate: Event) -> ReaderApp:
    """The app on an article whose second half comes when the gate opens."""
    source = Source(TEXT, "parts.md", None, None, "utf-8", "0")
    with patch("reader.parse._SHARE", 0):  # no piece is larger for the clock's sake
        first, *others = load(source)
    early = [document for document in others if document.progress < 0.7]
    assert early[-1].progress > 0.3

    def rest() -> Iterator[Document]:
        yield from early
        gate.wait(20)
        yield from others[len(early) :]

    return ReaderApp(Opened(replace(source, text=""), Settings(), (), first), rest())


def half(app: ReaderApp) -> bool:
    return 0.3 < app.session.article.document.progress < 1


async def test_the_end_is_gone_to_when_it_is_there():
    gate = Event()
    app = growing(gate)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: half(app))
        await pilot.press("G")
        await until(pilot, lambda: app.page.top > 0)
        gate.set()
        await until(pilot, lambda: app.session.article.document.complete)
        await until(pilot, lambda: any("The very last line." in row for row in rows(app.page)))


async def test_the_status_line_says_how_much_is_loaded_and_of_a_pipe_that_more_is_coming():
    source = Source("One.", "stdin", None, None, "utf-8", "0")
    (document,) = load(source)
    gate = Event()

    def rest() -> Iterator[Document]:
        yield replace(document, complete=False, progress=0.25)
        gate.wait(20)
        yield replace(document, complete=False)

    first = Opened(source, Settings(), (), replace(document, complete=False, progress=0.1))
    app = ReaderApp(first, rest())
    async with app.run_test(size=(100, 10)) as pilot:
        await until(pilot, lambda: "loading 25%" in status(app))
        gate.set()
        await until(pilot, lambda: "more is coming" in status(app))
        assert "loading" not in status(app)


async def test_rows_are_drawn_when_they_come_and_only_where_the_page_shows_them(monkeypatch):
    """A test's terminal is drawn anew for any reason; so what the page asks to be drawn is looked at."""
    source = Source(TEXT, "stdin", None, None, "utf-8", "0")
    *_, document = load(source)
    growth = [2, 3, 40, 80, 120]

    def part(blocks: int) -> Document:
        end = document.blocks[blocks - 1].end
        return replace(document, text=document.text[:end], blocks=document.blocks[:blocks], complete=False)

    app = ReaderApp(Opened(replace(source, text=""), Settings(), (), part(1)))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: any("Part 0" in row for row in rows(app.page)))
        asked: list[int] = []
        monkeypatch.setattr(app.page, "refresh", lambda *regions, **more: asked.append(app.page.total))
        for blocks in growth:
            app.session.loading.take(app.session.article, part(blocks))
        shown = [app.page.article.layout.row_of(part(blocks).blocks[-1].start) for blocks in growth]
        assert [row < 30 for row in shown] == [True, True, False, False, False], shown
        assert len(asked) == 3, "twice for rows on the page, and once for those that went on from them beyond it"
        monkeypatch.undo()


async def test_a_reader_who_stays_is_not_moved():
    gate = Event()
    app = growing(gate)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: half(app))
        await pilot.press("]", "]", "space")
        before = rows(app.page)
        assert "loading" in status(app)
        gate.set()
        await until(pilot, lambda: app.session.article.document.complete)
        await until(pilot, lambda: "loading" not in status(app))
        assert rows(app.page) == before


async def test_matches_grow_with_the_article():
    gate = Event()
    app = growing(gate)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: half(app))
        await pilot.press("slash")
        await until(pilot, lambda: app.search_line is not None)
        await pilot.press(*"part", "enter")
        await until(pilot, lambda: app.session.search.count.endswith("+"))
        before = len(app.session.search.matches or ())
        gate.set()
        await until(
            pilot,
            lambda: (
                app.session.search.done
                and app.session.article.document.complete
                and "+" not in app.session.search.count
            ),
        )
        assert len(app.session.search.matches or ()) > before
