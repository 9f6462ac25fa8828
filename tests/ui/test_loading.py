"""A large article comes in pieces; the reader does not wait, and is not moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Event

from stories import rows, status, until

from reader.document import Document
from reader.loading import Opened, load
from reader.settings import Settings
from reader.source import Source
from reader.ui.app import ReaderApp

TEXT = "\n\n".join(f"## Part {n}\n\n" + f"Words of part {n}. " * 60 for n in range(200)) + "\n\nThe very last line."


def growing(gate: Event) -> ReaderApp:
    """The app on an article whose second half comes when the gate opens."""
    source = Source(TEXT, "parts.md", None, None, "utf-8", "0")
    first, *others = load(source)
    assert len(others) > 3

    def rest() -> Iterator[Document]:
        yield from others[: len(others) // 2]
        gate.wait(20)
        yield from others[len(others) // 2 :]

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
