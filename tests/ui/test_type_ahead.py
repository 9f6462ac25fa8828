"""Stories of a reader who types on before the dialog that the first key opens is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from stories import WIDE, in_one_chunk, ready, status, until
from test_places import reopened, words
from textual.widgets import Input, TextArea

from reader.ui.widgets.dialogs import AskDialog
from reader.ui.widgets.help import HelpDialog
from reader.ui.widgets.note_dialog import NoteDialog

ARTICLE = "# Words\n\nA [report](report.pdf) of it.\n\n" + "\n\n".join(f"Paragraph {n} of it." for n in range(40))


def written(folder: Path) -> Path:
    (folder / "report.pdf").write_bytes(b"")
    path = folder / "a.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


async def test_the_words_of_a_note_are_kept_to_the_last_key(tmp_path: Path, store: Callable[[], str]) -> None:
    app = reopened(written(tmp_path), store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        before = app.page.top
        await in_one_chunk(pilot, "a", *"jjqs", "enter")
        await until(pilot, lambda: len(app.screen_stack) == 1 and "Note added" in status(app))
        assert words(app) == ["jjqs"]
        assert app.page.top == before
        assert not app.session.article.skimming


async def test_what_follows_enter_is_the_pages_again(tmp_path: Path, store: Callable[[], str]) -> None:
    app = reopened(written(tmp_path), store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await in_one_chunk(pilot, "a", "x", "enter", "s")
        await until(pilot, lambda: app.session.article.skimming)
        assert words(app) == ["x"]


async def test_two_dialogs_in_a_row(tmp_path: Path, store: Callable[[], str]) -> None:
    app = reopened(written(tmp_path), store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await in_one_chunk(pilot, "a", "x", "escape", "A", "y", "z")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog) and app.screen.query_one(TextArea).text == "yz")


async def test_the_help_is_filtered_by_what_is_typed_at_once(tmp_path: Path, store: Callable[[], str]) -> None:
    app = reopened(written(tmp_path), store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await in_one_chunk(pilot, "question_mark", *"note")
        await until(pilot, lambda: isinstance(app.screen, HelpDialog) and app.screen.typed == "note")


async def test_a_question_is_not_answered_before_it_can_be_read(tmp_path: Path, store: Callable[[], str]) -> None:
    app = reopened(written(tmp_path), store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await in_one_chunk(pilot, "l", "enter", "enter", "y")
        await until(pilot, lambda: isinstance(app.screen, AskDialog) and app.screen.focused is not None)
        await in_one_chunk(pilot, "escape")
        await until(pilot, lambda: len(app.screen_stack) == 1)
        await in_one_chunk(pilot, "enter", "escape", "s")
        await until(pilot, lambda: app.session.article.skimming and len(app.screen_stack) == 1)


async def test_a_command_is_found_by_all_that_was_typed_before_enter(tmp_path: Path, store: Callable[[], str]) -> None:
    app = reopened(written(tmp_path), store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await in_one_chunk(pilot, "ctrl+p", *"skim", "enter")
        await until(pilot, lambda: app.session.article.skimming and len(app.screen_stack) == 1)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: len(app.screen_stack) == 2 and isinstance(app.focused, Input))
        await in_one_chunk(pilot, *"skim", "enter", "G")
        await until(pilot, lambda: not app.session.article.skimming and len(app.screen_stack) == 1)
        await until(pilot, lambda: app.page.top > 0)


async def test_a_search_line_is_asked_all_that_was_typed_before_enter(tmp_path: Path, store: Callable[[], str]) -> None:
    app = reopened(written(tmp_path), store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(app.focused, Input))
        await in_one_chunk(pilot, *"graph 1", "enter", "n")
        await until(pilot, lambda: "2/11" in status(app) and app.focused is app.page)


async def test_the_letter_of_a_bookmark_takes_the_question_away(tmp_path: Path, store: Callable[[], str]) -> None:
    app = reopened(written(tmp_path), store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await in_one_chunk(pilot, "space", "m", "b", "g", "apostrophe", "b")
        await until(pilot, lambda: app.page.top > 0 and "Go to bookmark" not in status(app))
