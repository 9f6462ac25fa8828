"""What dialogs and lists share: their keys in the room there is, their place beside what they speak of, the theme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from stories import NARROW, WIDE, opened, ready, rows, until, written
from test_claiming import REPORT, reading

from reader.layout import cells
from reader.ui.app import ReaderApp
from reader.ui.style import PAPER
from reader.ui.widgets.dialogs import AskDialog, Box, Dialog, Lines
from reader.ui.widgets.file_dialog import FileDialog
from reader.ui.widgets.help import HelpDialog
from reader.ui.widgets.list_screen import ListScreen, fitting
from reader.ui.widgets.notes_screen import NotesScreen
from reader.ui.widgets.table_dialog import TableDialog

KEYS = "Enter opens   / filters   d hides   Esc closes   ? help"


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (80, KEYS),
        (50, "Enter opens   / filters   Esc closes   ? help"),
        (35, "Enter opens   Esc closes   ? help"),
        (25, "Esc closes   ? help"),
        (11, "? help"),
        (3, "? …"),
    ],
)
def test_the_way_out_is_the_last_to_go(room: int, shown: str) -> None:
    assert fitting(KEYS, room) == shown
    assert cells(fitting(KEYS, room)) <= room


ARTICLE = """# Lists

Some words before.

A [report](report.pdf) of it.

| Ship | Tons |
|------|-----:|
| Alma | 120  |

""" + "\n\n".join(f"Paragraph {number} of it." for number in range(30))


def harbour(folder: Path) -> ReaderApp:
    (folder / "report.pdf").write_bytes(b"")
    path = folder / "a.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return opened(path)


async def shown_as(app: ReaderApp, pilot, kind: type) -> Box | None:  # type: ignore[type-arg, no-untyped-def]
    await until(pilot, lambda: isinstance(app.screen, kind))
    await pilot.pause()
    return app.screen.query_one(Box) if app.screen.query(Box) else None


@pytest.mark.parametrize("size", [WIDE, (80, 24), NARROW, (50, 20)], ids=str)
async def test_a_question_stands_beside_its_link_and_is_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    async with harbour(tmp_path).run_test(size=size) as pilot:
        app = await ready(pilot)
        await pilot.press("l", "enter")
        box = await shown_as(app, pilot, AskDialog)
        assert box is not None
        link = next(y for y, row in enumerate(rows(app.page)) if "A report of it" in row)
        assert not box.region.y <= link < box.region.bottom, "what is asked about can be read"
        lines = app.screen.query_one(Lines)
        assert lines.size.height >= len(lines.rows), "all of the question"
        assert "Esc" in str(box.border_subtitle)


@pytest.mark.parametrize("keys", [("l", "enter"), ("right_curly_bracket", "a"), ("c", "w")], ids=" ".join)
@pytest.mark.parametrize("size", [(50, 20), (40, 14), (200, 60)], ids=str)
async def test_a_box_is_on_the_screen_of_another_size_too(
    tmp_path: Path, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    app = reading(REPORT) if keys[0] == "c" else harbour(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: keys[0] != "c" or app.session.claims.chosen)
        await pilot.press(*keys)
        await shown_as(app, pilot, Dialog)
        await pilot.resize_terminal(*size)
        await until(pilot, lambda: app.screen.size == size)
        box = app.screen.query_one(Box)
        await until(pilot, lambda: app.screen.region.contains_region(box.region))
        for widget in box.query("*"):
            await until(pilot, lambda shown=widget: not shown.size.height or box.region.contains_region(shown.region))
        for lines in box.query(Lines):
            assert all(sum(cells(text) for text, _ in row) <= lines.size.width for row in lines.rows)


async def test_a_note_on_the_whole_article_opens_in_the_middle(tmp_path: Path) -> None:
    async with harbour(tmp_path).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("A")
        box = await shown_as(app, pilot, Dialog)
        assert box is not None
        assert box.region.y > 8


async def test_the_box_of_a_table_is_as_large_as_the_table(tmp_path: Path) -> None:
    async with harbour(tmp_path).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("T")
        box = await shown_as(app, pilot, TableDialog)
        assert box is not None
        assert box.region.height <= len(app.screen.query_one(Lines).rows) + 2
        assert box.region.width < 100


@pytest.mark.parametrize("size", [WIDE, (50, 20)], ids=str)
@pytest.mark.parametrize("key", ["E", "I"])
async def test_the_title_of_a_path_that_is_asked_for_is_whole(tmp_path: Path, key: str, size: tuple[int, int]) -> None:
    async with harbour(tmp_path).run_test(size=size) as pilot:
        app = await ready(pilot)
        await pilot.press("right_curly_bracket", "H", key)
        box = await shown_as(app, pilot, FileDialog)
        assert box is not None
        assert cells(str(box.border_title)) < box.size.width
        assert str(box.border_subtitle).endswith("Esc leaves")


async def test_a_theme_chosen_over_a_list_is_the_pages_and_the_lists(
    lamp: Path, store: Callable[[], str], tmp_path: Path
) -> None:
    async with harbour(tmp_path).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("O")
        await until(pilot, lambda: isinstance(app.screen, ListScreen))
        screen = app.screen
        assert isinstance(screen, ListScreen)
        app.theme = PAPER.name
        await until(pilot, lambda: app.page.theme_styles.ground == (250, 247, 240))
        for widget in (screen, screen.head, screen.foot, *app.screen.query(Lines), app.sidebar.list, app.status):
            assert widget.theme_styles is app.theme_styles, widget


@pytest.mark.parametrize("right", ["", "11", "1,234 to be read"])
async def test_the_title_of_a_list_and_what_stands_right_of_it_never_touch(tmp_path: Path, right: str) -> None:
    async with written(tmp_path, "x\n").run_test(size=(30, 10)) as pilot:
        app = await ready(pilot)
        screen = NotesScreen(app.theme_styles, "A title that is far too long for its line", ())
        app.push_screen(screen)
        await until(pilot, lambda: screen.head.size.width == 30)
        screen.head.say(("A title that is far too long for its line", ""), (right, "label"))
        drawn = screen.head.render_line(0).text
        assert len(drawn) == 30
        assert drawn.endswith(f"… {right}" if right else "…")


async def test_a_message_of_a_list_has_the_rows_it_needs(tmp_path: Path) -> None:
    async with written(tmp_path, "x\n").run_test(size=(40, 12)) as pilot:
        app = await ready(pilot)
        screen = NotesScreen(app.theme_styles, "Notes", ())
        app.push_screen(screen)
        await until(pilot, lambda: screen.foot.size.width == 40)
        problem = "the folder /home/me/articles cannot be read (Permission denied); choose another one"
        screen.foot.say((problem, "warning"))
        await until(pilot, lambda: screen.foot.size.height == 3)
        said = [screen.foot.render_line(y).text for y in range(3)]
        assert " ".join(" ".join(said).split()) == problem
        assert screen.foot.region.bottom == 12
        await pilot.resize_terminal(120, 12)
        await until(pilot, lambda: screen.foot.size.height == 1)
        screen.foot.say(("Esc closes", "label"))
        assert screen.foot.render_line(0).text.strip() == "Esc closes"


async def test_the_help_says_what_esc_does_now() -> None:
    async with reading(REPORT).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpDialog) and app.screen.lines.rows)
        assert "Esc closes" in str(app.screen.box.border_subtitle)
        await pilot.press("n", "e")
        assert str(app.screen.box.border_subtitle) == "Esc shows all"
        await pilot.press("escape")
        assert "Esc closes" in str(app.screen.box.border_subtitle)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, HelpDialog))


@pytest.mark.parametrize("key", ["slash", "colon"])
async def test_enter_that_was_typed_before_the_keys_were_taken_is_enter(key: str) -> None:
    """A terminal hands it on as a line feed, which is Ctrl+J."""
    async with reading(REPORT).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press(key, "5", "0", "%", "ctrl+j")
        await until(pilot, lambda: app.search_line is None and app.command_line is None)
        assert app.session.pane == "page"
        assert key == "slash" or app.session.share > 0.3
