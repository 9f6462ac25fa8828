"""Stories of a reader with notes: all of them in one list, out to files and in again, a lost one placed by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from stories import WIDE, in_one_chunk, ready, rows, status, until
from test_places import reopened, words
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from reader.document import Range
from reader.session import PASSAGES
from reader.session.standing import HIGHLIGHT_SIGN, NOTE_SIGN
from reader.ui.actions import ACTIONS
from reader.ui.app import ReaderApp
from reader.ui.widgets.dialogs import Lines
from reader.ui.widgets.file_dialog import FileDialog
from reader.ui.widgets.help import groups
from reader.ui.widgets.note_dialog import NoteDialog
from reader.ui.widgets.notes_screen import NotesScreen

OTHER = "# Boats\n\n" + "\n\n".join(f"Boat {n} came in at {n} o'clock." for n in range(60)) + "\n"


def kept(app: ReaderApp) -> Callable[[], bool]:
    """True once the store has done all it was asked."""
    done: list[bool] = []
    app.session.store.ask(lambda _: done.append(True))
    return lambda: bool(done)


async def test_the_notes_of_all_articles(lamp: Path, store: Callable[[], str]) -> None:
    boats = lamp.parent / "boats.md"
    boats.write_text(OTHER, encoding="utf-8")
    app = reopened(boats, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        start = app.session.article.document.text.index("Boat 50")
        app.session.annotations.add(Range(start, start + 7), words="Late. #night", colour="green")
        await until(pilot, kept(app))
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("right_curly_bracket", "right_curly_bracket", "H")
        await pilot.press("6")
        await until(pilot, lambda: isinstance(app.screen, NotesScreen) and len(app.screen.entries) == 5)
        screen = app.screen
        assert isinstance(screen, NotesScreen)
        await until(pilot, lambda: screen._list.size.width)
        shown = [row.strip() for row in rows(screen._list) if row.strip()]
        assert shown[0].startswith("▾ The lamp")
        assert shown[1].startswith("▍ Oil paragraph")
        assert shown[3:] == ["✎ Boat 50", "Late. #night"]
        await pilot.press("slash", *"#night")
        await until(pilot, lambda: len([row for row in rows(screen._list) if "Oil" in row]) == 0)
        assert "✎ Boat 50" in "".join(rows(screen._list)), "a note is shown whole"
        await pilot.press("enter")
        await until(pilot, lambda: app.session.article.title == "Boats")
        await until(pilot, lambda: any("Boat 50 came" in row for row in rows(app.page)))
        await pilot.press("backspace")
        await until(pilot, lambda: app.session.article.title == "The lamp")
        await pilot.press("6")
        await until(pilot, lambda: isinstance(app.screen, NotesScreen) and len(app.screen.entries) == 5)
        await pilot.press("slash", *"yellow", "enter")
        await until(pilot, lambda: not isinstance(app.screen, NotesScreen))
        await pilot.press("E")
        await until(pilot, lambda: isinstance(app.screen, FileDialog) and isinstance(app.focused, Input))


async def pasted(pilot: Pilot[None], app: ReaderApp, path: Path) -> None:
    """Pastes a path into the field that has the keys: typed, it takes seconds."""
    field = app.focused
    assert isinstance(field, Input)
    app.post_message(events.Paste(str(path)))
    await until(pilot, lambda: field.value == str(path))


async def test_out_to_a_folder_and_in_again(lamp: Path, store: Callable[[], str], tmp_path: Path) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("right_curly_bracket", "right_curly_bracket", "H")
        await pilot.press("E")
        await until(pilot, lambda: isinstance(app.screen, FileDialog) and isinstance(app.focused, Input))
        await pilot.press("ctrl+u")
        await pasted(pilot, app, tmp_path / "out")
        await pilot.press("tab", "enter")
        await until(pilot, lambda: "Exported 1 file" in status(app))
        await until(pilot, kept(app))
        await pilot.press("E")
        await until(pilot, lambda: isinstance(app.screen, FileDialog) and isinstance(app.focused, Input))
        dialog = app.screen
        assert isinstance(dialog, FileDialog)
        assert (dialog.path, dialog.at) == (str(tmp_path / "out"), 1), "as the last time"
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, FileDialog))
    path = tmp_path / "out" / "notes.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    found["items"][0]["id"] = "https://example.org/1"
    found["items"][0]["target"]["selector"] = [{"type": "TextQuoteSelector", "exact": "the lens turns 42 times"}]
    path.write_text(json.dumps(found), encoding="utf-8")
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        for file, said in (
            ("nowhere", "no such file"),
            ("articles/lamp.md", "neither JSON"),
            ("out/notes.json", "1 new"),
        ):
            await pilot.press("I")
            await until(pilot, lambda: isinstance(app.screen, FileDialog) and isinstance(app.focused, Input))
            await pasted(pilot, app, tmp_path / file)
            await pilot.press("enter")
            await until(pilot, lambda said=said: said in status(app))
        await until(pilot, lambda: len(app.session.annotations.placed) == 2)
        there = app.session.annotations.placed[1].range
        assert app.session.article.document.slice(there) == "the lens turns 42 times"


async def test_enter_twice_at_once_answers_once(lamp: Path, store: Callable[[], str], tmp_path: Path) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("right_curly_bracket", "H", "E")
        await until(pilot, lambda: isinstance(app.screen, FileDialog) and isinstance(app.focused, Input))
        await pilot.press("ctrl+u")
        await pasted(pilot, app, tmp_path / "out")
        await in_one_chunk(pilot, "enter", "enter")
        await until(pilot, lambda: "Exported 1 file" in status(app))
        assert app.screen is app.screen_stack[0]


async def test_a_lost_note_is_placed_by_hand(lamp: Path, store: Callable[[], str]) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        start = app.session.article.document.text.index("the keeper climbs 70 steps")
        app.session.annotations.add(Range(start, start + 26), words="Count them.")
        await until(pilot, kept(app))
    lamp.write_text(lamp.read_text().replace("Oil paragraph 10: the keeper climbs 70 steps.", "He sleeps."))
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: app.session.annotations.lost)
        start = app.session.article.document.text.index("He sleeps")
        app.session.article.select(Range(start, start + 9))
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, NotesScreen))
        screen = app.screen
        assert isinstance(screen, NotesScreen)
        await until(pilot, lambda: screen._list.size.width)
        shown = [row.strip() for row in rows(screen._list) if row.strip()]
        assert shown[0] == "✎ Write a new note here"
        assert shown[-2:] == ["✗ the keeper climbs 70 steps", "Count them."]
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.session.annotations.placed and not app.session.annotations.lost)
        await until(pilot, kept(app))
        await pilot.press("escape")
        app.session.article.select(Range(0, 3))
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, NoteDialog))
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: words(app) == ["Count them."])
        there = app.session.annotations.placed[0].range
        assert app.session.article.document.slice(there) == "He sleeps"


@pytest.mark.parametrize("ends", ["escape", "enter"])
async def test_a_draft_is_there_in_the_next_run(lamp: Path, store: Callable[[], str], ends: str) -> None:
    async def write(typed: str, key: str, offered: str) -> ReaderApp:
        app = reopened(lamp, store)
        async with app.run_test(size=WIDE) as pilot:
            await ready(pilot)
            await until(pilot, kept(app))
            await pilot.press("right_curly_bracket", "right_curly_bracket", "a")
            await until(pilot, lambda: isinstance(app.screen, NoteDialog))
            assert isinstance(app.screen, NoteDialog)
            assert app.screen.words == offered
            await pilot.press(*typed, key)
            await until(pilot, lambda: not isinstance(app.screen, NoteDialog))
            await until(pilot, kept(app))
        return app

    await write("half", "escape", "")
    app = await write(" done", ends, "half")
    assert words(app) == (["half done"] if ends == "enter" else [])
    assert len(app.session.annotations.drafts) == (ends == "escape")
    await write("", "escape", "half done")


async def test_the_panel_is_filtered_by_words_colour_and_tag(lamp: Path, store: Callable[[], str]) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        text = app.session.article.document.text
        for quote, colour, said in (("climbs 7 steps", "green", "Up. #stairs"), ("turns 3 times", "pink", "")):
            start = text.index(quote)
            app.session.annotations.add(Range(start, start + len(quote)), colour=colour, words=said)
        await pilot.press("5")
        for typed, shown in (
            ("#stairs", ["▾ Oil", "✎ climbs 7 steps", "Up. #stairs"]),
            ("green", ["▾ Oil", "✎ climbs 7 steps", "Up. #stairs"]),
            ("pink", ["▾ Glass", "▍ turns 3 times"]),
            ("turns", ["▾ Glass", "▍ turns 3 times"]),
        ):
            await pilot.press("ampersand", "ctrl+u", *typed, "enter")
            assert [row.strip() for row in rows(app.sidebar.list) if row.strip()][1:] == shown
            await pilot.press("5")
        top, kept = app.page.top, len(app.session.annotations.placed)
        await pilot.press("ampersand", "ctrl+u", *"no such thing", "enter", "x", "e", "enter")
        assert "Nothing like it" in "".join(rows(app.sidebar.list))
        assert (app.page.top, len(app.session.annotations.placed)) == (top, kept), "what is not shown is not acted on"
        assert len(app.screen_stack) == 1


async def test_selecting_by_keyboard(lamp: Path, store: Callable[[], str]) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)

        def selected() -> str:
            where = app.session.article.selection
            return "" if where is None else app.session.article.document.slice(where)

        await pilot.press("right_curly_bracket", "right_curly_bracket", "v")
        assert selected() == "Oil"
        assert "Select:" in status(app)
        await pilot.press("w", "w", "w", "o", "w")
        assert selected() == "paragraph 0: the"
        await pilot.press("o", "s")
        assert selected() == "paragraph 0: the keeper climbs 0 steps."
        await pilot.press("H")
        await until(pilot, lambda: app.session.annotations.placed)
        placed = app.session.annotations.placed[0]
        assert app.session.article.document.slice(placed.range) == "paragraph 0: the keeper climbs 0 steps."
        await pilot.press("escape", "v", "escape")
        assert not selected()
        assert not app.session.selecting.active
        top = app.page.top
        await pilot.press("v", *("right_curly_bracket",) * 30)
        assert app.page.top > top, "the end that moves is in view"
        assert selected().count("\n\n") >= 29
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog))
        await pilot.press(*"all", "enter")
        await until(pilot, lambda: words(app) == ["", "all"] or words(app) == ["all", ""])


async def test_a_note_that_was_stepped_to_is_edited_and_coloured(lamp: Path, store: Callable[[], str]) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        text = app.session.article.document.text
        start = text.index("climbs 7 steps")
        app.session.annotations.add(Range(start, start + 40), colour="green")
        app.session.annotations.add(Range(start, start + 6), colour="green", words="up")
        await pilot.press("5")
        await until(pilot, lambda: app.sidebar.list.has_focus and len(app.sidebar.list.entries) == 4)
        await pilot.press("j", "enter")
        assert app.session.passage() is not None
        assert app.session.passage().kind == "highlight"
        await pilot.press("4")
        assert {placed.one.colour for placed in app.session.annotations.placed} == {"green", "pink"}
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog))
        await pilot.press(*"!", "enter")
        await until(pilot, lambda: not isinstance(app.screen, NoteDialog))
        changed = next(placed for placed in app.session.annotations.placed if placed.one.colour == "pink")
        assert changed.one.words.endswith("!")
        assert changed.range == app.session.passage().range
        await pilot.press("H")
        assert changed.one.id in app.session.annotations.all, "it has words"
        assert {placed.one.colour for placed in app.session.annotations.placed} == {"green", ""}


async def test_a_note_opens_below_its_passage_with_all_of_the_quote(tmp_path: Path, store: Callable[[], str]) -> None:
    path = tmp_path / "long.md"
    words = "河边的图书馆每到周末就坐满了人，窗外的柳树一直垂到水面上，管理员记得每一本书的位置，也记得谁借走了它们。"
    path.write_text(
        "# 书\n\n一\n\n二\n\n三\n\n四\n\n" + words * 2 + "\n\n" + "后来电脑来了。\n\n" * 40, encoding="utf-8"
    )
    app = reopened(path, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        for _ in range(5):
            await pilot.press("right_curly_bracket")
        passage = app.session.passage()
        assert passage is not None
        assert app.session.article.document.slice(passage.range) == words * 2
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog) and app.screen.query_one(Lines).size.width > 0)
        quote = "".join(row.strip().removeprefix("▎").strip() for row in rows(app.screen.query_one(Lines)))
        assert quote == words * 2
        first, below = app.page.rows_of(passage.range)
        assert app.screen.query_one("#box").region.y >= below > first >= 0


@pytest.mark.parametrize("width", range(60, 84, 6))
async def test_a_quote_that_is_cut_says_so(tmp_path: Path, store: Callable[[], str], width: int) -> None:
    path = tmp_path / "long.md"
    path.write_text("# Long\n\n" + "No word of it is shorter than the others. " * 20 + "\n", encoding="utf-8")
    app = reopened(path, store)
    async with app.run_test(size=(width, 30)) as pilot:
        await ready(pilot)
        await pilot.press("right_curly_bracket", "a")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog) and app.screen.query_one(Lines).size.width > 0)
        assert rows(app.screen.query_one(Lines))[-1].rstrip().endswith("…")


def test_the_help_says_what_commands_act_on_and_each_sign_of_the_gutter() -> None:
    lines = dict(line for _, lines in groups(ACTIONS) for line in lines)
    assert [kind for kind in (*PASSAGES, "paragraph") if kind not in lines["▏"]] == []
    assert {HIGHLIGHT_SIGN, NOTE_SIGN} <= lines.keys()
