"""Stories of a reader with a folder of articles: what the list shows, a morning's reading, a search across it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from shelf import write
from stories import WIDE, rows, status, until, wheel
from textual import events
from textual.pilot import Pilot

from reader.document import Document
from reader.loading import Opened
from reader.session import Articles
from reader.settings import Settings
from reader.source import Source
from reader.store import Store
from reader.ui.app import ReaderApp
from reader.ui.widgets.articles_screen import ArticlesScreen
from reader.ui.widgets.library_screen import LibraryScreen

PROSE = "\n\n".join(f"Paragraph {number} of it, with nothing that matters." for number in range(40))
BIRDS = {
    "2024-05-04-gulls.md": "---\ntitle: Gulls\nauthor: Ann Ash\ntags: [sea]\n---\n\nThey cry at the harbour.\n\n"
    + PROSE,
    "2024-05-03-terns.md": f"---\ntitle: Terns\ntags: [sea]\n---\n\nThey dive.\n\n{PROSE}\n\nAt the harbour too.\n",
    "2024-05-02-news.md": "---\ntitle: Daily news\n---\n\nRain.\n",
    "2024-05-01-news.md": "---\ntitle: Daily news\n---\n\nSun over the harbour.\n",
    "old/owls.md": "---\ntitle: Owls\ndate: 2019-01-02\n---\n\n燈塔旁边很安静。\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "birds", BIRDS)
    return tmp_path / "birds"


def library(store: Callable[[], str], folder: Path | None = None, *, folders: tuple[str, ...] = ()) -> ReaderApp:
    nothing = Source("", "", None, None, "", "")
    opened = Opened(nothing, Settings(), (), Document())
    return ReaderApp(opened, store=store, folder="" if folder is None else str(folder), folders=lambda: folders)


def listed(app: ReaderApp) -> Articles:
    """The list on the screen."""
    assert isinstance(app.screen, ArticlesScreen)
    return app.screen.articles


def titles(app: ReaderApp) -> list[str]:
    """What the rows of the list say first, and heads."""
    assert isinstance(app.screen, ArticlesScreen)
    return [" ".join(row.split()) for row in rows(app.screen._list) if row]


def head(app: ReaderApp) -> str:
    assert isinstance(app.screen, ArticlesScreen)
    return " ".join(app.screen.head.render_line(0).text.split())


def foot(app: ReaderApp) -> str:
    assert isinstance(app.screen, ArticlesScreen)
    return " ".join(app.screen.foot.render_line(0).text.split())


def below(app: ReaderApp) -> str:
    assert isinstance(app.screen, ArticlesScreen)
    return "\n".join(app.screen._below.render_line(y).text for y in range(app.screen._below.size.height))


def on_list(app: ReaderApp) -> bool:
    return isinstance(app.screen, ArticlesScreen) and app.screen.articles.ready


async def whole(pilot: Pilot[None], app: ReaderApp) -> None:
    """The list is there, every article read."""
    await until(pilot, lambda: on_list(app) and not listed(app).folders.passing)


async def reads(pilot: Pilot[None], app: ReaderApp, title: str) -> None:
    """The article is open, all of it."""
    await until(pilot, lambda: not isinstance(app.screen, ArticlesScreen))
    await until(pilot, lambda: app.session.article.title == title and app.session.article.document.complete)


async def test_the_list_and_what_it_says_of_an_article(folder: Path, store: Callable[[], str]) -> None:
    app = library(store, folder)
    async with app.run_test(size=WIDE) as pilot:
        await whole(pilot, app)
        assert head(app) == "birds 5 by date"
        first, _, news, owls = titles(app)[:4]
        assert first == "● Gulls Ann Ash 1 min 2024-05-04"
        assert news.startswith("● Daily news ×2")
        assert owls == "● Owls old 1 min 2019-01-02"
        await until(pilot, lambda: "They cry at the harbour." in below(app))
        assert str(folder / "2024-05-04-gulls.md") in below(app)
        assert "#sea" in below(app)
        await pilot.press("v")
        await until(pilot, lambda: titles(app)[0] == "2024-05-04")
        await pilot.press("v")
        await until(pilot, lambda: "old" in titles(app))
        await pilot.press("v", "s")
        await until(pilot, lambda: head(app) == "birds 5 by title" and titles(app)[0].startswith("● Daily news ×2"))
        await pilot.press("right")
        await until(pilot, lambda: [row.split(" 1 min")[0] for row in titles(app)[:2]] == ["● Daily news"] * 2)


async def test_a_mornings_reading(folder: Path, store: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Filter, read, go on, star, finish, come back."""
    app = library(store, folder)
    async with app.run_test(size=WIDE) as pilot:
        await whole(pilot, app)
        await pilot.press("slash", *"harbour")
        await until(pilot, lambda: head(app) == "birds 3 of 5 the best first")
        shown = titles(app)
        assert any("At the harbour too." in row for row in shown), "each row shows its match"
        await pilot.press("enter")
        await reads(pilot, app, "Gulls")
        await until(pilot, lambda: app.session.search.count == "1/1")
        await pilot.press("V")
        await until(pilot, lambda: "Starred" in status(app))
        await pilot.press("n")
        await reads(pilot, app, "Terns")
        await until(pilot, lambda: app.session.search.count == "1/1")
        assert any("At the harbour too." in row for row in rows(app.page)), "the match is on the screen"
        await pilot.press("F")
        await until(pilot, lambda: "Finished" in status(app))
        await pilot.press("o")
        await until(pilot, lambda: on_list(app) and any("✓" in row for row in titles(app)))
        assert head(app) == "birds 3 of 5 the best first"
        row = listed(app).row
        assert row is not None
        assert row.entry is not None
        assert row.entry.title == "Terns", "the row of the article that was open"
        assert "★" in "".join(titles(app))
        await pilot.press("escape")
        await until(pilot, lambda: head(app) == "birds 5 by date")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, ArticlesScreen))
        assert app.session.article.title == "Terns"
    with Store(store()) as memory:
        states = {Path(path).name: state for path, state in memory.states().items()}
        assert states["2024-05-04-gulls.md"].starred
        assert states["2024-05-03-terns.md"].read == "finished"


async def test_the_next_ones_are_those_of_the_list_as_it_was_filtered(folder: Path, store: Callable[[], str]) -> None:
    app = library(store, folder)
    async with app.run_test(size=WIDE) as pilot:
        await whole(pilot, app)
        await pilot.press("slash", *"after:2024", "tab")
        await until(pilot, lambda: head(app) == "birds 4 of 5 by date")
        await pilot.press("j", "F", "g", "enter")
        await reads(pilot, app, "Gulls")
        await pilot.press("semicolon")
        await reads(pilot, app, "Daily news")
        await pilot.press("comma")
        await reads(pilot, app, "Terns")
        await pilot.press("full_stop", "o")
        await until(pilot, lambda: on_list(app))
        assert head(app) == "birds 4 of 5 by date"


async def test_many_at_once_and_undone(folder: Path, store: Callable[[], str]) -> None:
    app = library(store, folder)
    async with app.run_test(size=WIDE) as pilot:
        await whole(pilot, app)
        await pilot.press("m", "m")
        await until(pilot, lambda: "2 marked" in head(app))
        await pilot.press("F")
        await until(pilot, lambda: sum("✓" in row for row in titles(app)) == 2)
        assert foot(app) == "2 articles are finished, u undoes"
        await pilot.press("u")
        await until(pilot, lambda: not any("✓" in row for row in titles(app)))
        await pilot.press("M", "X", "R")
        await until(pilot, lambda: titles(app)[:1] == ["No articles here"])
        await pilot.press("slash", *"is:archived", "tab")
        await until(pilot, lambda: head(app) == "birds 5 by date" and sum("▣" in row for row in titles(app)) == 4)


async def test_the_folder_changes_while_the_list_is_on_the_screen(
    folder: Path, store: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.session.folders._LOOK_INTERVAL_S", 0.05)
    app = library(store, folder)
    async with app.run_test(size=WIDE) as pilot:
        await whole(pilot, app)
        await pilot.press("j")
        write(folder, {"2024-06-01-storks.md": "# Storks\n\nThey clatter.\n"})
        (folder / "2024-05-04-gulls.md").unlink()
        await until(pilot, lambda: titles(app)[0].startswith("● Storks") and "Gulls" not in "".join(titles(app)))
        row = listed(app).row
        assert row is not None
        assert row.entry is not None
        assert row.entry.title == "Terns"


async def test_a_wrong_query_is_said(folder: Path, store: Callable[[], str]) -> None:
    app = library(store, folder)
    async with app.run_test(size=WIDE) as pilot:
        await whole(pilot, app)
        await pilot.press("slash", *"is:red")
        await until(pilot, lambda: "is: red?" in foot(app))
        await pilot.press(*["backspace"] * 6, *"灯塔", "enter")
        await reads(pilot, app, "Owls")
        await until(pilot, lambda: app.session.search.count == "1/1")


async def test_an_article_that_is_gone_leaves_the_list_open(folder: Path, store: Callable[[], str]) -> None:
    app = library(store, folder)
    async with app.run_test(size=WIDE) as pilot:
        await whole(pilot, app)
        listed(app).folders.watch(False)
        (folder / "2024-05-04-gulls.md").unlink()
        await pilot.press("enter")
        await until(pilot, lambda: on_list(app) and "no such file" in foot(app))
        await until(pilot, lambda: "Gulls" not in "".join(titles(app)))


async def test_folders_that_are_set_are_the_library_and_the_recent_ones_a_key_away(
    folder: Path, store: Callable[[], str]
) -> None:
    app = library(store, folders=(str(folder),))
    async with app.run_test(size=WIDE) as pilot:
        await whole(pilot, app)
        assert len(titles(app)) == 4
        await pilot.press("escape")
        assert foot(app) == "q quits"
        await pilot.press("enter")
        await reads(pilot, app, "Gulls")
        await pilot.press("o")
        await until(pilot, lambda: on_list(app))
        await pilot.press("O")
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen) and len(app.screen.listing.works) == 1)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, LibraryScreen))


async def test_a_title_has_the_room_of_columns_in_which_nothing_stands(
    tmp_path: Path, store: Callable[[], str]
) -> None:
    long = "On the gulls of the harbour " + "and the terns " * 8
    write(tmp_path / "plain", {"owls.md": f"# {long}\n\nWords.\n", "gulls.md": "# Gulls\n\nWords.\n"})
    app = library(store, tmp_path / "plain")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: on_list(app) and any("On the gulls" in row for row in titles(app)))
        row = next(row for row in rows(app.screen._list) if "On the gulls" in row)  # type: ignore[attr-defined]
        assert row.index("…") > 95, "no author, no folder, no date: minutes and progress alone stand on the right"
        write(tmp_path / "plain", {"new.md": "---\ndate: 2020-01-02\ntitle: New\n---\n\nWords.\n"})
        await until(pilot, lambda: any("2020-01-02" in row for row in titles(app)))
        row = next(row for row in rows(app.screen._list) if "On the gulls" in row)  # type: ignore[attr-defined]
        assert row.index("…") < 95, "the columns stand under one another"


async def test_q_in_the_list_leaves(folder: Path, store: Callable[[], str]) -> None:
    app = library(store, folder)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ArticlesScreen))
        await pilot.press("q")
        await until(pilot, lambda: app._exit)


async def test_what_is_typed_at_once_behind_the_slash_is_the_query(folder: Path, store: Callable[[], str]) -> None:
    app = library(store, folder)
    async with app.run_test(size=WIDE) as pilot:
        await whole(pilot, app)
        for key in ("slash", *"dive", "enter"):  # with no turn of the event loop between them
            app.post_message(events.Key(key, "/" if key == "slash" else key if len(key) == 1 else None))
        await reads(pilot, app, "Terns")


async def test_the_queries_of_before_come_back_by_a_key_and_in_the_next_run(
    folder: Path, store: Callable[[], str]
) -> None:
    app = library(store, folder)
    async with app.run_test(size=WIDE) as pilot:
        await whole(pilot, app)
        for typed, found in (("dive", 1), ("harbour", 3)):
            await pilot.press("slash")
            await until(pilot, lambda: "Ctrl+P" in foot(app))
            await pilot.press(*typed, "tab")
            await until(pilot, lambda found=found: head(app).startswith(f"birds {found} of 5"))
            await pilot.press("escape")
            await until(pilot, lambda: head(app) == "birds 5 by date")
        await pilot.press("slash", "x", "ctrl+p")
        await until(pilot, lambda: listed(app).typed == "harbour" and head(app).startswith("birds 3 of 5"))
        await pilot.press("alt+up", "ctrl+p")
        await until(pilot, lambda: listed(app).typed == "dive" and head(app).startswith("birds 1 of 5"))
        await pilot.press("ctrl+n", "alt+down")
        await until(pilot, lambda: listed(app).typed == "x")
        await pilot.press("ctrl+p", "ctrl+p", "enter")
        await reads(pilot, app, "Terns")
    app = library(store, folder)
    async with app.run_test(size=WIDE) as pilot:
        await whole(pilot, app)
        await pilot.press("slash")
        await until(pilot, lambda: listed(app).queries.known == ["dive", "harbour"])
        await pilot.press("ctrl+p")
        await until(pilot, lambda: listed(app).typed == "dive" and head(app).startswith("birds 1 of 5"))


async def test_the_wheel_looks_further_and_a_key_comes_back(tmp_path: Path, store: Callable[[], str]) -> None:
    write(
        tmp_path / "many",
        {f"{number:03}.md": f"---\ntitle: Note {number}\ndate: 2020-01-01\n---\n" for number in range(90)},
    )
    app = library(store, tmp_path / "many")
    async with app.run_test(size=WIDE) as pilot:
        await whole(pilot, app)
        assert isinstance(app.screen, ArticlesScreen)
        shown = app.screen._list
        before = titles(app)[0]
        for _ in range(5):
            await wheel(pilot, shown, True)
        assert titles(app)[0] != before
        there = titles(app)[0]
        app.session.announce("articles")
        await pilot.pause()
        assert titles(app)[0] == there, "news of the list moves nothing"
        await pilot.press("j")
        await until(pilot, lambda: titles(app)[0].startswith("● Note 88"))
        await pilot.press("G")
        await until(pilot, lambda: listed(app).cursor == 89 and shown.top == 90 - shown.size.height)


async def test_a_query_taken_away_leaves_the_row(folder: Path, store: Callable[[], str]) -> None:
    app = library(store, folder)
    async with app.run_test(size=WIDE) as pilot:
        await whole(pilot, app)
        await pilot.press("slash", *"harbour", "down", "tab")
        await until(pilot, lambda: head(app) == "birds 3 of 5 the best first")
        row = listed(app).row
        await pilot.press("escape")
        await until(pilot, lambda: head(app) == "birds 5 by date")
        now = listed(app).row
        assert row is not None
        assert now is not None
        assert now.entry == row.entry
