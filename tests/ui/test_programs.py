"""Stories of a reader who has the passage translated beside the page."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from stories import WIDE, opened, ready, rows, status, until

from reader.settings import Command, Settings
from reader.ui.app import ReaderApp
from reader.ui.widgets.help import HelpDialog
from reader.ui.widgets.palette import Palette

ARTICLE = "# The harbour\n\nIt rained.\n\nThe bell rang.\n\n" + "\n\n".join(f"Gull {n} sits." for n in range(80))
SHOUTS = "import sys; print(sys.stdin.read().upper() * int(sys.argv[1]))"


def app_with(tmp_path: Path, **commands: Command) -> ReaderApp:
    path = tmp_path / "harbour.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return opened(path, settings=Settings(commands=commands))


def shouts(key: str = "X t", times: int = 1) -> Command:
    return Command((sys.executable, "-c", SHOUTS, str(times)), key)


def waits(key: str = "X s") -> Command:
    return Command((sys.executable, "-c", "import time; time.sleep(60)"), key)


def panel(app: ReaderApp) -> list[str]:
    return [] if app.answer_panel is None else rows(app.answer_panel)


@pytest.mark.parametrize(("size", "beside"), [((200, 50), True), (WIDE, False), ((60, 24), False)])
async def test_two_keys_show_the_answer_beside_the_passage(tmp_path: Path, size: tuple[int, int], beside: bool) -> None:
    app = app_with(tmp_path, translate=shouts(), dictionary=shouts("X d"))
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("right_curly_bracket", "X")
        assert "X …   t translate   d dictionary" in status(app)
        await pilot.press("t")
        await until(pilot, lambda: any("IT RAINED." in row for row in panel(app)))
        assert app.answer_panel is not None
        side, page = app.answer_panel.region, app.page.region
        assert (side.x >= page.right) is beside
        assert (side.y >= page.bottom) is not beside
        assert any("It rained." in row for row in rows(app.page)), "the passage is still to be seen"
        await pilot.press("space")  # the page has the keys
        assert not any("It rained." in row for row in rows(app.page))
        await pilot.press("escape")
        await until(pilot, lambda: app.answer_panel is None and not app.query("#answer"))


async def test_the_panel_moves_when_the_terminal_grows(tmp_path: Path) -> None:
    app = app_with(tmp_path, translate=shouts("f6"))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("f6")
        await until(pilot, lambda: any("THE HARBOUR" in row for row in panel(app)))
        await pilot.resize_terminal(180, 40)
        await until(pilot, lambda: app.answer_panel is not None and app.answer_panel.region.x >= app.page.region.right)
        assert any("THE HARBOUR" in row for row in panel(app))
        assert len(app.query("#answer")) == 1


async def test_a_long_answer_scrolls_in_its_panel_and_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_with(tmp_path, translate=shouts("f6", 400))
    copied: list[str] = []
    monkeypatch.setattr(app.terminal, "copy", lambda text, then=None: copied.append(text))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("f6")
        await until(pilot, lambda: any("THE HARBOUR" in row for row in panel(app)))
        top = app.page.top
        await pilot.press("tab")
        assert app.focused is app.answer_panel
        before = panel(app)
        await pilot.press("space", "j")
        assert panel(app) != before
        assert panel(app)[0] == before[0], "the head stays"
        assert app.page.top == top
        await pilot.press("y")
        assert copied == ["THE HARBOUR" * 400]
        await pilot.press("escape")
        await until(pilot, lambda: not app.query("#answer"))
        assert app.focused is app.page


async def test_esc_ends_a_program_that_runs_and_the_page_never_waits(tmp_path: Path) -> None:
    app = app_with(tmp_path, slow=waits())
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("X", "s")
        assert "running" in panel(app)[0]
        before = rows(app.page)
        await pilot.press("space")
        assert rows(app.page) != before
        await pilot.press("escape")
        await until(pilot, lambda: not app.query("#answer"))
        await pilot.app.workers.wait_for_complete()  # a minute, had it not been ended


async def test_a_key_that_no_program_has(tmp_path: Path) -> None:
    app = app_with(tmp_path, translate=shouts())
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("X", "z")
        assert "No program has the keys X z" in status(app)
        await pilot.press("X", "escape")
        assert "No program" not in status(app)
        assert app.answer_panel is None


async def test_a_key_of_the_settings_is_no_longer_what_it_was(tmp_path: Path) -> None:
    app = app_with(tmp_path, translate=shouts("t"))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert app.sidebar.shown
        await pilot.press("t")
        await until(pilot, lambda: any("THE HARBOUR" in row for row in panel(app)))
        assert app.sidebar.shown


async def test_the_first_of_two_keys_typed_twice_is_what_it_was(tmp_path: Path) -> None:
    app = app_with(tmp_path, translate=shouts("D t"))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert not app.session.message.text, "no action is without a key"
        before = app.theme
        await pilot.press("D")
        assert "t translate   D Light or dark" in status(app)
        await pilot.press("D")
        assert app.theme != before
        assert app.answer_panel is None


async def test_the_palette_has_them(tmp_path: Path) -> None:
    app = app_with(tmp_path, translate=shouts(), plain=shouts(""))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        assert isinstance(app.screen, Palette)
        found = {command.title: command for command in app.screen.commands}
        assert found["translate"].keys == "X  t"
        assert not found["plain"].keys
        await pilot.press(*"plain", "enter")
        await until(pilot, lambda: any("THE HARBOUR" in row for row in panel(app)))


async def test_the_help_has_them_and_takes_no_markup(tmp_path: Path) -> None:
    app = app_with(tmp_path, translate=shouts())
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpDialog) and app.screen.lines.rows)
        await pilot.press(*"translate")
        assert isinstance(app.screen, HelpDialog)
        shown = ["".join(text for text, _ in row).split() for row in app.screen.lines.rows]
        assert ["X", "t", "translate"] in [row[:3] for row in shown]
        await pilot.press(*["backspace"] * 9, "left_square_bracket", "slash", "b", "right_square_bracket")
        assert "[/b]" in app.screen.typed
