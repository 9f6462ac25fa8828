"""Stories of the bottom line: what it says of the place in any room, and the keys that are true now."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import cast

import pytest
from stories import WIDE, opened, own, ready, rows, status, until, written

from reader.document import Document
from reader.layout import cells
from reader.loading import Feed, FeedError, Opened, Order
from reader.locale import use
from reader.settings import Command, Settings
from reader.source import Source
from reader.ui.app import ReaderApp
from reader.ui.widgets.long_message import in_rows

LONG = (
    "---\ntitle: Everything that was ever known about the lamps of the northern harbours\n---\n\n"
    "## How the keepers of the third lamp learned to read the weather\n\n" + "The lamp turns above the sea.\n\n" * 900
)
CHINESE = (
    "---\ntitle: 北方港口的灯塔里曾经发生过的一切以及后来的人怎样记住它们\n---\n\n"
    "## 第三座灯塔的看守人怎样学会了看天气和海浪\n\n" + "灯在海的上方转动，一直转到天亮为止。\n\n" * 900
)


@pytest.fixture
def spoken():
    """Afterwards English is spoken again."""
    yield
    use("en")


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("width", [50, 80, 120])
async def test_the_time_is_whole_and_the_section_says_something(tmp_path: Path, spoken, language: str, width: int):
    path = tmp_path / "article.md"
    path.write_text(CHINESE if language == "zh_Hans" else LONG, encoding="utf-8")
    async with opened(path, settings=Settings(language=language)).run_test(size=(width, 24)) as pilot:
        app = await ready(pilot)
        await until(pilot, lambda: app.session.places.progress.left is not None)
        for key in ("j", "1", "k"):
            await pilot.press(key)
            said = status(app)
            assert cells(said) == width
            assert said.endswith(f" {round(app.session.share * 100)}% "), "the figures are whole"
            if key != "j" and width < 80:
                assert "Enter" in said, said
                assert "Esc" in said, "a list in use says how to leave it in any room"
                continue
            left = app.session.places.progress.left
            time = f"剩 {left.article} 分钟" if language == "zh_Hans" else f"{left.article} min left"
            longer = f"全文 {left.article}" if language == "zh_Hans" else f"of {left.article} min left"
            assert time in said or longer in said, said
            section = app.session.article.document.sections[-1].title
            assert section[: 4 if language == "zh_Hans" else 8] in said, said
            assert key == "j" or "Enter" in said, "a list in use says its first key in any room"


@pytest.mark.parametrize("language", ["en", "zh_Hans", "zh_Hant", "ja", "ko"])
async def test_a_line_that_is_typed_on_says_in_any_room_how_it_is_left(tmp_path: Path, spoken, language: str):
    path = tmp_path / "article.md"
    path.write_text(LONG, encoding="utf-8")
    async with opened(path, settings=Settings(language=language)).run_test(size=(50, 20)) as pilot:
        app = await ready(pilot)
        await pilot.press("slash", "l", "a", "m")
        await until(pilot, lambda: app.session.search.count)
        assert status(app).count("Esc") == status(app).count("Enter") == 1, status(app)
        await pilot.press("enter", "colon")
        await until(pilot, lambda: app.command_line is not None)
        assert status(app).count("Esc") == status(app).count("Enter") == 1, status(app)


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
async def test_a_message_that_the_line_has_no_room_for_stands_over_the_last_rows(tmp_path: Path, spoken, language: str):
    path = tmp_path / "article.md"
    path.write_text(LONG, encoding="utf-8")
    async with opened(path, settings=Settings(language=language)).run_test(size=(50, 20)) as pilot:
        app = await ready(pilot)
        long = "One message with more words than a line of fifty cells has room for, which is said whole all the same."
        app.say(long)
        await pilot.pause()
        shown = app.screen.query_one("#long-message")
        said = [shown.render_line(y).text for y in range(shown.size.height)]
        assert " ".join(" ".join(said).split()) == long
        assert shown.region.bottom == 20
        assert shown.region.width == 50
        top, height = app.page.top, app.page.size.height
        await pilot.press("m")
        await until(pilot, lambda: app.page.awaits_letter)
        assert app.session.message.text in " ".join(status(app).split()), "with the figures gone there is room"
        assert not shown.display
        assert (app.page.top, app.page.size.height) == (top, height), "the page has not moved for it"
        await pilot.press("x", "v")
        await until(pilot, lambda: app.page.catching)
        for _row in range(60):
            await pilot.press("j")
            end = app.session.article.holds and app.session.passage().range.end
            assert app.page.article.layout.row_of(end - 1) < app.page.top + height - app.page.covered
        assert app.page.covered or language == "zh_Hans"


def test_a_key_stays_beside_what_it_does():
    said = "X …   t translate   s slow   m missing   X Archive the article, or no longer"
    rows = [" X …   t translate   s slow   m missing", " X Archive the article, or no longer"]
    assert in_rows(said, 50, 9) == rows
    assert in_rows("x many words behind one another   y z", 20, 9) == [" x many words", " behind one another", " y z"]


async def test_what_no_screen_has_room_for_ends_in_an_ellipsis(tmp_path: Path):
    async with written(tmp_path, "x\n").run_test(size=(20, 8)) as pilot:
        app = await ready(pilot)
        app.say("words " * 100)
        await pilot.pause()
        shown = app.screen.query_one("#long-message")
        assert shown.size.height == 4
        assert shown.render_line(3).text.rstrip().endswith("…")
        await pilot.resize_terminal(2000, 8)
        await until(pilot, lambda: not shown.display)
        assert status(app).count("words") == 100


async def test_the_room_that_no_key_takes_is_the_titles(tmp_path: Path):
    async with written(tmp_path, "---\ntitle: The lamp\n---\n\n# Oil of the third harbour lamp\n\nx\n").run_test(
        size=(80, 24)
    ) as pilot:
        app = await ready(pilot)
        assert "The lamp › Oil of the third harbour lamp" in status(app)


def words(app: ReaderApp) -> list[str]:
    """What the bottom line offers."""
    return [hint.word for hint in app.status.hints()]


async def test_the_keys_of_a_list_are_true_of_it():
    async with opened(own("days")).run_test(size=(200, 40)) as pilot:
        app = await ready(pilot)
        await pilot.press("1")
        assert "removes" not in words(app)
        assert {"goes there", "filters", "fold"} <= set(words(app))
        await pilot.press("2")
        assert "opens it" in words(app)
        await pilot.press("5")
        assert words(app) == ["to the page", "help"], "there is nothing in it"
        await pilot.press("escape", "right_curly_bracket", "H", "5")
        await until(pilot, lambda: len(app.sidebar.list.entries) == 2)
        assert {"removes", "edits", "undoes"} <= set(words(app))
        assert "removes" in status(app)
        await pilot.press("ampersand")
        assert words(app) == ["goes there", "shows all"]
        await pilot.press("escape")
        assert "removes" in words(app)


async def test_a_click_on_a_key_of_a_list_does_what_it_says():
    async with opened(own("days")).run_test(size=(200, 40)) as pilot:
        app = await ready(pilot)
        await pilot.press("1", "j")
        shown = app.sidebar.list.total
        await pilot.click(app.status, offset=(cells(status(app)[: status(app).index("← →")]), 0))
        await until(pilot, lambda: app.sidebar.list.total < shown)
        await pilot.click(app.status, offset=(cells(status(app)[: status(app).index("← →")]), 0))
        await until(pilot, lambda: app.sidebar.list.total == shown)
        await pilot.click(app.status, offset=(cells(status(app)[: status(app).index("Esc")]), 0))
        await until(pilot, lambda: app.session.pane == "page")


async def test_a_line_that_is_typed_on_says_its_own_keys():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("slash")
        assert words(app) == ["keeps", "back"]
        await pilot.press("o", "enter", "slash")
        assert words(app) == ["keeps", "back", "searches before"]
        await pilot.click(app.status, offset=(cells(status(app)[: status(app).index("Esc")]), 0))
        await until(pilot, lambda: app.search_line is None)
        await pilot.press("colon")
        assert words(app) == ["does it", "leaves"]
        await pilot.press("escape")
        assert "section" in words(app)


async def test_while_a_letter_is_awaited_no_key_is_promised():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        for key in ("z", "m", "f"):
            await pilot.press(key)
            assert words(app) == [], key
            await pilot.press("escape")
            assert words(app), key
        await pilot.press("H")
        assert app.page.catching
        assert words(app), "a digit is a colour, every other key is what it always is"


@pytest.mark.parametrize("size", [(200, 50), (120, 40)])
async def test_tab_goes_to_the_answer_of_a_program_and_back(tmp_path: Path, size: tuple[int, int]):
    path = tmp_path / "harbour.md"
    path.write_text("# The harbour\n\nIt rained.\n", encoding="utf-8")
    says = Command((sys.executable, "-c", "print('word ' * 2000)"), "f6")
    async with opened(path, settings=Settings(commands={"say": says})).run_test(size=size) as pilot:
        app = await ready(pilot)
        await pilot.press("f6")
        await until(pilot, lambda: app.answer_panel is not None and len(rows(app.answer_panel)) > 2)
        await until(pilot, lambda: not app.session.programs.shown.running)
        await pilot.press("tab")
        assert app.focused is app.answer_panel
        assert words(app)[:2] == ["closes", "copies"]
        await pilot.press("j")
        assert app.answer_panel.top == 1
        await pilot.press("tab")
        assert app.focused is app.sidebar.list
        assert "to the page" in words(app)
        await pilot.press("escape")
        assert app.focused is app.page
        assert app.answer_panel is not None, "one level at a time"
        await pilot.press("escape")
        await until(pilot, lambda: app.answer_panel is None)
        assert app.focused is app.page
        assert app.session.pane == "page"


class SlowFeed:
    """A feed whose article does not come until it is closed."""

    order = Order("slow.md")
    from_pipe = False

    def __init__(self) -> None:
        self.closed = threading.Event()

    def open(self) -> Opened:
        self.closed.wait()
        raise FeedError("closed")

    def close(self) -> None:
        self.closed.set()


async def test_a_page_whose_article_is_still_to_come_claims_no_place():
    nothing = Opened(Source("", "", None, None, "", ""), Settings(), (), Document())
    app = ReaderApp(nothing, pending=cast("Feed", SlowFeed()))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "Waiting for slow.md" in status(app))
        await pilot.press("j", "space")
        assert "Waiting for slow.md … Esc gives up" in " ".join(status(app).split()), "it is said as long as it is true"
        assert status(app).rstrip().endswith("? help  q quits")
        assert "%" not in status(app)
        side = [*rows(app.sidebar.list), app.sidebar.progress.render_line(0).text]
        assert "".join(side).strip() == ""


async def test_the_hints_of_a_list_have_the_keys_of_this_run():
    settings = Settings(keys={"reader.help": ("f1",), "reader.escape": ("ctrl+g",)})
    async with opened(own("days"), settings=settings).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        assert "F1 help" in status(app)
        await pilot.press("tab")
        said = status(app)
        assert "Ctrl+G to the page" in said
        assert "Esc" not in said
        await pilot.press("5")
        await until(pilot, lambda: app.session.sidebar.panel == "places" and not app.sidebar.list.entries)
        assert status(app).endswith("Ctrl+G to the page  F1 help   0% ")
