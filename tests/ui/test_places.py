"""Stories of a reader who comes back: places, bookmarks, notes, searches, recent articles and folders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from stories import WIDE, WORDS, ready, rows, status, until

from reader.document import Range
from reader.loading import Opened, load
from reader.settings import Settings
from reader.source import Source, read
from reader.store import Article, Store
from reader.store.place import place_at
from reader.ui.app import ReaderApp
from reader.ui.widgets.library_screen import LibraryScreen, entries
from reader.ui.widgets.note_dialog import NoteDialog


def reopened(path: Path, store: Callable[[], str], settings: Settings | None = None, **more: object) -> ReaderApp:
    """The app as the command opens it, but for the second process."""
    source = read(str(path))
    first, *rest = load(source)
    return ReaderApp(Opened(replace(source, text=""), settings or Settings(), (), first), rest, store=store, **more)  # type: ignore[arg-type]


def library(store: Callable[[], str], folder: str = "") -> ReaderApp:
    from reader.document import Document

    nothing = Source("", "", None, None, "", "")
    return ReaderApp(Opened(nothing, Settings(), (), Document()), store=store, folder=folder)


def known(path: Path, store: Callable[[], str]) -> Article:
    return Article(str(path), read(str(path)).digest, "")


async def read_to(path: Path, store: Callable[[], str], words: str) -> list[str]:
    """Reads until words are on the first rows, and quits; what the page showed."""
    app = reopened(path, store, fresh=True)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        app.page.go(app.session.article.document.text.index(words))
        await pilot.press("k", "j")
        shown = rows(app.page)
        assert any(words in row for row in shown[:2])
    return shown


async def first_row(app: ReaderApp, words: str) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: any(words in row for row in rows(app.page)[:2]))


# ---- where it was left -----------------------------------------------------------------------------------------------


async def test_it_opens_where_it_was_left(lamp: Path, store: Callable[[], str]) -> None:
    await read_to(lamp, store, "Oil paragraph 31")
    await first_row(reopened(lamp, store), "Oil paragraph 31")


async def test_the_place_that_comes_with_the_first_piece_is_on_the_first_screen(
    lamp: Path, store: Callable[[], str]
) -> None:
    source = read(str(lamp))
    *_, document = load(source)
    offset = document.text.index("Glass paragraph 11")
    place = place_at(offset, document.text, document.sections, source.digest)
    app = ReaderApp(Opened(replace(source, text=""), Settings(), (), document, place))
    assert app.page.top_offset == offset, "before there is a screen"
    await first_row(app, "Glass paragraph 11")


async def test_another_width_and_an_edit_above(lamp: Path, store: Callable[[], str]) -> None:
    await read_to(lamp, store, "Oil paragraph 31")
    app = reopened(lamp, store)
    async with app.run_test(size=(50, 30)) as pilot:
        await ready(pilot)
        await until(pilot, lambda: any("Oil paragraph 31" in row for row in rows(app.page)[:2]))
    lamp.write_text(WORDS.replace("# Oil", "# Before\n\nThis is new.\n\n# Oil"), encoding="utf-8")
    await first_row(reopened(lamp, store), "Oil paragraph 31")


async def test_a_file_that_was_moved(lamp: Path, store: Callable[[], str]) -> None:
    await read_to(lamp, store, "Oil paragraph 31")
    await first_row(reopened(lamp.rename(lamp.with_name("light.md")), store), "Oil paragraph 31")


async def test_fresh_begins_at_the_top_and_does_not_forget(lamp: Path, store: Callable[[], str]) -> None:
    await read_to(lamp, store, "Oil paragraph 31")
    app = reopened(lamp, store, fresh=True)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.pause(0.7)
        assert app.page.top == 0
    await first_row(reopened(lamp, store), "Oil paragraph 31")


async def test_what_will_not_be_kept_is_said_each_time(lamp: Path, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", encoding="utf-8")
    app = reopened(lamp, lambda: str(tmp_path / "state" / "reader.sqlite"))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: "not be kept" in status(app))
        for keys in (("m", "x"), ("a", "h", "i", "enter")):
            await pilot.press("j")
            await until(pilot, lambda: "kept" not in status(app))
            await pilot.press(*keys)
            await until(pilot, lambda: "not kept yet" in status(app))
    assert "not kept yet" in app.session.store.problem, "for the command to say at the end"


async def test_a_place_that_is_not_loaded_yet(lamp: Path, store: Callable[[], str]) -> None:
    """Gone to when it is loaded; not if the reader has moved; and not written over meanwhile."""
    source = read(str(lamp))
    *_, document = load(source)
    cut = document.text.index("# Glass".strip("# "))
    part = replace(
        document,
        text=document.text[:cut],
        blocks=tuple(block for block in document.blocks if block.end <= cut),
        sections=document.sections[:1],
        complete=False,
        progress=0.5,
    )
    place = place_at(document.text.index("Glass paragraph 40"), document.text, document.sections, source.digest)
    with Store(store()) as memory:
        memory.save_place(known(lamp, store), place)
    for moves in (False, True):
        app = ReaderApp(Opened(replace(source, text=""), Settings(), (), part, place), store=store)
        async with app.run_test(size=WIDE) as pilot:
            await until(pilot, lambda app=app: app.page.size.height)
            await pilot.pause(0.7)
            assert app.page.top == 0
            with Store(store()) as memory:
                kept = memory.place(known(lamp, store))
                assert kept is not None
                assert kept.offset == place.offset
            if moves:
                await pilot.press("j", "j")
            app.session.loading.take(app.session.article, document)
            await pilot.pause()
            assert ("Glass paragraph 40" in rows(app.page)[0]) is not moves
            if moves:
                await pilot.press("backspace")
                assert "Glass paragraph 40" in rows(app.page)[0], "the way back leads where it was left"


async def test_the_place_is_written_while_reading(lamp: Path, store: Callable[[], str]) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("space", "space")

        def written() -> bool:
            with Store(store()) as memory:
                place = memory.place(known(lamp, store))
                return place is not None and place.offset == app.page.top_offset

        await until(pilot, written)


async def test_standard_input_is_not_remembered(store: Callable[[], str]) -> None:
    *_, whole = load(Source(WORDS, "stdin", None, None, "utf-8", "d"))
    app = ReaderApp(Opened(Source("", "stdin", None, None, "utf-8", "d"), Settings(), (), whole), store=store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("space", "m", "a")
        await pilot.pause(0.7)
    with Store(store()) as memory:
        assert not memory.recents()


async def test_a_store_that_cannot_be_made_is_a_word_and_the_article_opens(lamp: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    app = reopened(lamp, lambda: str(tmp_path / "file" / "reader.sqlite"))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: "not be kept" in status(app))
        await pilot.press("space", "m", "a", "g", "apostrophe", "a")
        assert app.page.top > 0


def words(app: ReaderApp) -> list[str]:
    """Those of the notes that stand in the text."""
    return [placed.one.words for placed in app.session.annotations.placed]


# ---- bookmarks, notes, searches --------------------------------------------------------------------------------------


async def test_bookmarks(lamp: Path, store: Callable[[], str]) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("apostrophe")
        assert "No bookmarks yet" in status(app)
        await pilot.press("space", "m", "q")
        assert app.is_running, "q was the bookmark's letter"
        marked = rows(app.page)
        assert "'q Oil paragraph" in "".join(marked[:2])
        await pilot.press("G", "apostrophe", "z")
        assert "No bookmark z" in status(app)
        await pilot.press("apostrophe", "q")
        assert rows(app.page)[0] == next(row for row in marked if row)
        await pilot.press("apostrophe", "apostrophe")
        assert "Glass paragraph 59" in "".join(rows(app.page))
        await pilot.press("m", "escape")
        assert list(app.session.places.bookmarks) == ["q"]
    app = reopened(lamp, store, fresh=True)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: app.session.places.bookmarks)
        await pilot.press("5")
        listed = [row.strip() for row in rows(app.sidebar.list) if row.strip()]
        assert listed[0] == "▾ Oil"
        assert listed[1].startswith("'q Oil paragraph")
        await pilot.press("j", "enter")
        assert "'q" in "".join(rows(app.page)[:2])
        await pilot.press("5", "j", "delete")
        assert not app.session.places.bookmarks
        assert "'q" not in "".join(rows(app.page))
    with Store(store()) as memory:
        assert not memory.bookmarks(known(lamp, store))


async def test_a_message_goes_with_the_next_key_whatever_it_does(lamp: Path, store: Callable[[], str]) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        for key in ("escape", "Z", "space", "f9"):
            await pilot.press("m")
            await until(pilot, lambda: "Bookmark this place" in status(app))
            await pilot.press(key)
            await until(pilot, lambda: "Bookmark this place" not in status(app))


async def test_notes(lamp: Path, store: Callable[[], str]) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("space", "a")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog))
        await pilot.press(*"is it so", "ctrl+j", *"it is", "enter")
        await until(pilot, lambda: words(app) == ["is it so\nit is"])
        assert "✎" in "".join(rows(app.page)[:3])
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog))
        await pilot.press(*" not", "enter")
        await until(pilot, lambda: words(app) == ["is it so\nit is not"])
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: words(app))
        await pilot.press("5")
        shown = [row.strip() for row in rows(app.sidebar.list) if row.strip()]
        assert shown[0] == "▾ Oil"
        assert shown[1].startswith("✎ Oil paragraph")
        assert shown[-2:] == ["is it so", "it is not"]
        await pilot.press("j", "x")
        await until(pilot, lambda: not words(app))
        assert "u undoes" in status(app)
        assert "✎" not in "".join(rows(app.page))
        await pilot.press("u")
        await until(pilot, lambda: words(app))
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: words(app) == ["is it so\nit is not"])


async def test_words_that_were_left_are_a_draft(lamp: Path, store: Callable[[], str]) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog))
        await pilot.press(*"half", "escape")
        await until(pilot, lambda: "draft" in status(app))
        assert not words(app)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, NoteDialog))
        await pilot.press(*" done", "enter")
        await until(pilot, lambda: words(app) == ["half done"])


@pytest.mark.parametrize(
    ("settings", "page", "written"),
    [
        (Settings(), "u", "a"),
        (Settings(preset="vim"), "u", "a"),
        (Settings(keys={"note.undo": ("f8",), "note.write": ("f9",)}), "u", "F9"),
        (Settings(keys={"note.undo": ("f8",), "move.half_up": ("ctrl+u",)}), "F8", "a"),
        (Settings(keys={"note.undo": ("f8",), "move.down": ("u",), "move.half_up": ("ctrl+u",)}), "F8", "a"),
    ],
)
async def test_what_brings_it_back_is_named_by_the_key_of_this_run(
    lamp: Path, store: Callable[[], str], settings: Settings, page: str, written: str
) -> None:
    app = reopened(lamp, store, settings)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("right_curly_bracket", "H", "H")
        assert f"{page} undoes" in status(app)
        await pilot.press(page.lower())
        await until(pilot, lambda: app.session.annotations.placed)
        await pilot.press("alt+5", "j", "x")
        await until(pilot, lambda: not app.session.annotations.placed)
        assert "u undoes" in status(app), "a list has keys of its own"
        await pilot.press("u")
        await until(pilot, lambda: app.session.annotations.placed)
        await pilot.press("escape", "right_curly_bracket", written.lower())
        await until(pilot, lambda: isinstance(app.screen, NoteDialog))
        await pilot.press(*"half", "escape")
        await until(pilot, lambda: "draft" in status(app))
        assert f"{written} goes on with it" in status(app)


async def test_highlights(lamp: Path, store: Callable[[], str]) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("right_curly_bracket", "right_curly_bracket", "H")
        await until(pilot, lambda: app.session.annotations.placed)
        placed = app.session.annotations.placed[0]
        assert placed.range == app.session.passage().range
        assert [mark.role for mark in app.session.article.marks.over(placed.start, placed.end)] == ["highlight-1"]
        assert "1 yellow" in status(app)
        await pilot.press("3")
        assert app.session.annotations.placed[0].one.colour == "blue"
        assert app.sidebar.list is not app.focused, "the digit chose a colour and no panel"
        await pilot.press("H")
        assert not app.session.annotations.placed
        assert "u undoes" in status(app)
        await pilot.press("u")
        assert app.session.annotations.placed[0].one.colour == "blue"
        assert "▍" in "".join(rows(app.page))
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: app.session.annotations.placed)
        assert app.session.annotations.placed[0].range == placed.range


async def test_a_highlight_survives_an_edit_and_one_that_is_gone_is_listed_as_lost(
    lamp: Path, store: Callable[[], str]
) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        text = app.session.article.document.text
        for marked in ("Oil paragraph 31", "Glass paragraph 11"):
            start = text.index(marked)
            app.session.annotations.add(Range(start, text.index("\n", start)), colour="green", words=f"on {marked}")
    written = lamp.read_text(encoding="utf-8")
    gone = next(line for line in written.split("\n") if "Glass paragraph 11" in line)
    lamp.write_text("# Before\n\nNew words above.\n\n" + written.replace(gone, ""), encoding="utf-8")
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: app.session.annotations.placed and app.session.annotations.lost)
        placed = app.session.annotations.placed[0]
        assert app.session.article.document.slice(placed.range).startswith("Oil paragraph 31")
        await pilot.press("5")
        shown = [row.strip() for row in rows(app.sidebar.list) if row.strip()]
        assert "Lost  1" in " ".join(shown)
        assert any("on Glass paragraph 11" in row for row in shown)


async def test_of_texts_that_are_repeated_the_one_that_was_meant_after_every_paragraph_was_reworded(
    lamp: Path, store: Callable[[], str]
) -> None:
    written = "# Log\n\n" + "\n\n".join(f"On day {n} the lamp burned.\n\nAll is well." for n in range(60)) + "\n"
    lamp.write_text(written, encoding="utf-8")
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        text = app.session.article.document.text
        for day in (20, 40):
            start = text.index("All is well.", text.index(f"On day {day} "))
            app.session.annotations.add(Range(start, start + 12), colour="green", words=f"on day {day}")
    new = written.replace("On day 20 the lamp burned.\n\nAll is well.\n\n", "").replace("burned", "was lit")
    lamp.write_text(new, encoding="utf-8")
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: app.session.annotations.placed and app.session.annotations.lost)
        (placed,) = app.session.annotations.placed
        assert placed.one.words == "on day 40"
        before = app.session.article.document.text[: placed.start]
        assert before.endswith("On day 40 the lamp was lit.\n\n")
        assert [one.words for one in app.session.annotations.lost] == ["on day 20"]


async def test_searches_are_kept(lamp: Path, store: Callable[[], str]) -> None:
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        for words in ("keeper", "lens"):
            await pilot.press("slash")
            await until(pilot, lambda: app.search_line is not None and app.search_line.is_mounted)
            await pilot.pause()
            await pilot.press(*words, "enter")
    app = reopened(lamp, store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: app.session.search.history == ["lens", "keeper"])


# ---- what else there is to read --------------------------------------------------------------------------------------


async def test_the_recent_articles(lamp: Path, store: Callable[[], str]) -> None:
    await read_to(lamp, store, "Glass paragraph 20")
    other = lamp.with_name("other.md")
    other.write_text("# Other\n\nShort.", encoding="utf-8")
    await first_row(reopened(other, store), "Other")
    app = library(store)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen) and len(app.screen.listing.works) == 2)
        screen = app.screen
        assert isinstance(screen, LibraryScreen)
        assert [work.title for work in screen.listing.works] == ["Other", "The lamp"]
        listing = rows(screen._list)
        assert "articles/lamp.md" in listing[1]
        assert "today" in listing[1]
        assert listing[0].endswith(" 0%"), "it was on the screen for no time"
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.session.article.title == "The lamp")
        await until(pilot, lambda: "Glass paragraph 20" in "".join(rows(app.page)[:2]))
        assert not app.session.history.back, "there was no article before"
        await pilot.press("O")
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen) and len(app.screen.listing.works) == 2)
        await pilot.press("j", "d")
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen) and len(app.screen.listing.works) == 1)
        await pilot.press("u")
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen) and len(app.screen.listing.works) == 2)
        await pilot.press("j", "d")
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen) and len(app.screen.listing.works) == 1)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, LibraryScreen))
        assert app.is_running
    with Store(store()) as memory:
        assert [recent.title for recent in memory.recents()] == ["The lamp"]


async def test_leaving_a_library_with_nothing_open_is_the_end(
    store: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    monkeypatch.setattr("reader.session.library.samples", lambda: "")
    app = library(store)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen))
        assert isinstance(app.screen, LibraryScreen)
        await until(pilot, lambda: "Nothing read yet" in rows(app.screen._list)[0])
        await pilot.press("escape")
        assert isinstance(app.screen, LibraryScreen), "Esc never quits"
        await pilot.press("q")
        await until(pilot, lambda: app._exit)


def test_a_narrow_list_leaves_out_what_matters_least() -> None:
    from reader.library import Work

    work = Work("/articles/lamp.md", "The lamp", "", 0.25, 1e9)
    assert "articles/lamp.md" in entries([work], 1e9, 120)[0].detail
    assert entries([work], 1e9, 80)[0].detail.split()[0] == "today"
    assert entries([work], 1e9, 40)[0].detail.split() == ["25%"]


async def test_a_bar_marks_the_current_passage_and_the_braces_move_it(lamp: Path, store: Callable[[], str]) -> None:
    def barred(app: ReaderApp) -> list[str]:
        rows = (app.page.render_line(y).text[:-1] for y in range(app.page.size.height))
        return [row.partition("▏")[2].strip() for row in rows if "▏" in row]

    async with reopened(lamp, store).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("right_curly_bracket", "right_curly_bracket")
        (first,) = barred(app)
        await pilot.press("right_curly_bracket")
        (second,) = barred(app)
        assert first != second
        await pilot.press("left_curly_bracket")
        assert barred(app) == [first]
