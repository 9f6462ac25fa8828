"""Reading on the web: a link opens inside, back and forward go as between files, and what is kept opens again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from site_kit import Site, site
from stories import WIDE, launches, lit, ready, rows, status, until, written
from textual.pilot import Pilot

from reader.loading import Opened, Order, load
from reader.settings import LibraryFolders, Settings, store_path
from reader.source import read
from reader.ui import ReaderApp
from reader.ui.widgets.dialogs import Lines
from reader.ui.widgets.list_view import ScreenList
from reader.ui.widgets.save_dialog import SaveDialog
from reader.ui.widgets.save_list import SaveList


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def page(title: str, *paragraphs: str) -> str:
    said = "".join(f"<p>{words}</p>" for words in paragraphs)
    filling = "A sentence of some length, with a comma or two in it, so that this is read as prose, which it is."
    return f"<!doctype html><title>{title}</title><main><h1>{title}</h1><p>{filling}</p>{said}<p>{filling}</p></main>"


def shown(app: ReaderApp) -> str:
    return "\n".join(rows(app.page))


async def start(pilot: Pilot[None], server: Site, name: str = "one") -> ReaderApp:
    """Opens a page of the site by a link of a file."""
    app = await ready(pilot)
    await pilot.press("l", "enter")
    await until(pilot, lambda: app.session.article.target == f"{server.address}/{name}")
    return app


ONE = page("One", 'It leads on to <a href="two#end">the second page</a>, and has a few more words than that.')
TWO = page(
    "Two",
    *(f"Paragraph {number}, with some words in it, and with commas, so that it is long." for number in range(60)),
    'The last words of a part, with a comma.</p><h2 id="end">The end is here</h2><p>One may hope, and one does.',
    *(f"Postscript {number}, with some words in it, and with commas, so that it is long." for number in range(60)),
)


async def test_a_link_opens_inside_and_the_way_back_asks_nobody(tmp_path: Path) -> None:
    with site(one=ONE, two=TWO) as server:
        async with written(tmp_path, f"[First]({server.address}/one)\n").run_test(size=WIDE) as pilot:
            app = await start(pilot, server)
            await pilot.press("l")
            assert lit(app) == "the second page"
            await pilot.press("enter")
            await until(pilot, lambda: app.session.article.target == f"{server.address}/two")
            await until(pilot, lambda: "The end is here" in shown(app))
            assert "Paragraph 1," not in shown(app)
            asked = len(server.asked)
            await pilot.press("backspace")
            await until(pilot, lambda: app.session.article.target == f"{server.address}/one")
            await pilot.press("backspace")
            await until(pilot, lambda: app.session.article.source.path is not None)
            await pilot.press("alt+right")
            await until(pilot, lambda: app.session.article.target == f"{server.address}/one")
            await pilot.press("alt+right")
            await until(pilot, lambda: app.session.article.target == f"{server.address}/two")
            await until(pilot, lambda: "The end is here" in shown(app))
            assert len(server.asked) == asked


def remembering(folder: Path, text: str) -> ReaderApp:
    """The app on an article of these words, which keeps what it remembers in the folder."""
    path = folder / "article.md"
    path.write_text(text, encoding="utf-8")
    source = read(str(path))
    (document,) = load(source)
    shown = Opened(replace(source, text=""), Settings(), (), document)
    state = str(folder / "state")
    return ReaderApp(shown, order=Order(str(path), state=state), store=lambda: store_path(state))


async def test_a_page_opens_again_without_the_network_and_keeps_its_notes(tmp_path: Path) -> None:
    with site(one=ONE) as server:
        address = f"{server.address}/one"
        async with remembering(tmp_path, f"[First]({address})\n").run_test(size=WIDE) as pilot:
            app = await start(pilot, server)
            await pilot.press("A")
            await until(pilot, lambda: app.screen is not app.screen_stack[0])
            await pilot.press(*"mine", "enter")
            await until(pilot, lambda: bool(app.session.annotations.whole))
    async with remembering(tmp_path, f"[First]({address})\n").run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("l", "enter")
        await until(pilot, lambda: app.session.article.target == address)
        await until(pilot, lambda: "The page as it was kept on 20" in status(app))
        assert "A sentence of some length" in shown(app)
        await until(pilot, lambda: bool(app.session.annotations.whole))
        assert app.session.annotations.whole[0].words == "mine"
        await pilot.press("R")
        await until(pilot, lambda: "Not read again: The page as it was kept" in status(app))


async def test_a_slow_server_is_waited_for_in_so_many_words_and_given_up(tmp_path: Path) -> None:
    with site(one=ONE) as server:
        async with written(tmp_path, f"[First]({server.address}/one)\n").run_test(size=WIDE) as pilot:
            app = await ready(pilot)
            server.may_answer.clear()
            await pilot.press("l", "enter")
            assert f"Fetching {server.address}/one …   Esc gives up" in status(app)
            await until(pilot, lambda: bool(server.asked))
            await pilot.press("escape")
            await until(pilot, lambda: "Given up" in status(app))
            server.may_answer.set()
            assert app.session.article.source.path is not None


async def test_what_cannot_be_had_names_the_way_to_the_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    launched = launches(monkeypatch)
    with site(one=ONE) as server:
        async with written(tmp_path, f"[Gone]({server.address}/gone#a)\n").run_test(size=WIDE) as pilot:
            app = await ready(pilot)
            await pilot.press("l", "enter")
            await until(pilot, lambda: "the server answered 404 Not Found   B opens it in the browser" in status(app))
            await pilot.press("B")
            await until(pilot, lambda: launched == [f"{server.address}/gone#a"])


async def test_a_web_article_itself_opens_in_the_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    launched = launches(monkeypatch)
    with site(one=ONE) as server:
        async with written(tmp_path, f"[First]({server.address}/one)\n").run_test(size=WIDE) as pilot:
            app = await ready(pilot)
            await pilot.press("B")
            assert "No link is chosen, and this article is not of the web" in status(app)
            await start(pilot, server)
            await pilot.press("B")
            await until(pilot, lambda: launched == [f"{server.address}/one"])


async def test_a_page_that_has_changed_is_fetched_again(tmp_path: Path) -> None:
    with site(one=ONE) as server:
        async with written(tmp_path, f"[First]({server.address}/one)\n").run_test(size=WIDE) as pilot:
            app = await start(pilot, server)
            await pilot.press("R")
            await until(pilot, lambda: "The page has not changed" in status(app))
            server.tag = '"2"'
            server.bodies["/one"] = (200, "text/html", page("One", "Quite another paragraph, with a comma.").encode())
            await pilot.press("R")
            await until(pilot, lambda: "Fetched again: the page has changed" in status(app))
            assert "Quite another paragraph" in shown(app)


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The site</title>
<item><title>First of all</title><link>one</link></item>
<item><title>Second</title><link>two</link></item></channel></rss>"""


async def test_a_feed_is_a_list_whose_articles_are_stepped_through(tmp_path: Path) -> None:
    with site(feed=FEED, one=ONE, two=TWO) as server:
        async with written(tmp_path, f"[Feed]({server.address}/feed)\n").run_test(size=WIDE) as pilot:
            app = await start(pilot, server, "feed")
            assert "• First of all" in shown(app)
            await pilot.press("l", "enter")
            await until(pilot, lambda: app.session.article.target == f"{server.address}/one")
            await pilot.press("full_stop")
            await until(pilot, lambda: app.session.article.target == f"{server.address}/two")
            await pilot.press("full_stop")
            assert "No more articles" in status(app)


async def test_some_articles_of_a_feed_are_marked_and_saved(tmp_path: Path) -> None:
    feed = FEED.replace(
        "<item><title>Second", "<item><title>Between</title><link>between</link></item><item><title>Second"
    )
    settings = Settings(library=LibraryFolders(save=str(tmp_path / "kept")))
    with site(feed=feed, one=ONE, two=TWO, between=ONE) as server:
        app = written(tmp_path, f"[Feed]({server.address}/feed)\n")
        app.session.settings = settings
        async with app.run_test(size=WIDE) as pilot:
            await start(pilot, server, "feed")
            await pilot.press("S")
            await until(pilot, lambda: isinstance(app.screen, SaveDialog) and bool(app.screen.query_one(Lines).rows))
            assert "m     marks those to save" in question(app)
            await pilot.press("m")
            await until(pilot, lambda: isinstance(app.screen, SaveList))
            screen = app.screen
            assert isinstance(screen, SaveList)
            await pilot.press("M", "down", "m")
            await until(pilot, lambda: screen.marked == {0, 2})
            rows = screen.query_one("#library-list", ScreenList).entries
            assert [row.text for row in rows] == ["✓ First of all", "  Between", "✓ Second"]
            await pilot.press("enter")
            await until(pilot, lambda: f"Saved 2 articles in {tmp_path}/kept" in app.session.message.text)
            assert len(list((tmp_path / "kept").iterdir())) == 2


async def test_a_page_for_scripts_is_said_to_be_one(tmp_path: Path) -> None:
    needed = "<noscript>You need to enable JavaScript to run this app.</noscript>"
    scripted = f'<!doctype html><title>App</title>{needed}<div id="root"></div><script src="/a.js"></script>'
    with site(one=scripted) as server:
        async with written(tmp_path, f"[First]({server.address}/one)\n").run_test(size=WIDE) as pilot:
            app = await start(pilot, server)
            await until(pilot, lambda: "until a browser runs its scripts" in status(app))


def question(app: ReaderApp) -> str:
    """What the question on the screen says."""
    assert isinstance(app.screen, SaveDialog)
    lines = app.screen.query_one(Lines).rows
    return "\n".join("".join(text for text, _ in row) for row in lines)


async def test_an_article_of_the_web_is_saved_when_the_question_is_answered(tmp_path: Path) -> None:
    settings = Settings(library=LibraryFolders(save=str(tmp_path / "kept")))
    with site(feed=FEED, one=ONE, two=TWO) as server:
        app = written(tmp_path, f"[Feed]({server.address}/feed)\n")
        app.session.settings = settings
        async with app.run_test(size=WIDE) as pilot:
            await ready(pilot)
            await pilot.press("S")
            assert "S saves articles of the web; this one came from a file" in status(app)
            await start(pilot, server, "feed")
            await pilot.press("l", "l", "S")
            await until(pilot, lambda: isinstance(app.screen, SaveDialog) and bool(app.screen.query_one(Lines).rows))
            assert "Second" in question(app)
            assert "a     saves all 2 articles of the list" in question(app)
            await pilot.press("escape")
            assert not (tmp_path / "kept").exists()
            await pilot.press("S")
            await until(
                pilot, lambda: isinstance(app.screen, SaveDialog) and app.screen.query_one(Lines).size.height > 5
            )
            await pilot.press("enter")
            await until(pilot, lambda: f"Saved as {tmp_path}/kept/Two.md" in app.session.message.text)
            await pilot.press("enter")
            await until(pilot, lambda: app.session.article.target == f"{server.address}/two")
            await until(pilot, lambda: app.session.article.document.complete)
            await pilot.press("S")
            await until(
                pilot, lambda: isinstance(app.screen, SaveDialog) and app.screen.query_one(Lines).size.height > 5
            )
            assert "It is there already as Two.md" in question(app)
            await pilot.press("a")
            assert isinstance(app.screen, SaveDialog), "this is no list"
            await pilot.press("escape")
