"""Stories of a reader who follows links: by letters, to other articles, to footnotes, and back to the very row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from stories import WIDE, launches, lit, opened, ready, rows, status, until
from textual import events
from textual.pilot import Pilot

from reader.loading import Opened, load
from reader.settings import Settings
from reader.source import Source, read
from reader.ui.app import ReaderApp
from reader.ui.widgets.dialogs import AskDialog
from reader.ui.widgets.hints import labels
from reader.ui.widgets.peek_dialog import PeekDialog

ONE = """# The harbour

Read [the tide table](tide.md), [its noon](./tide.md#noon), [a wreck](wreck.md), [a fog](tide.md#fog),
[the pier](#pier), [the weather](https://example.org/weather), [a script](javascript:alert) and [the chart](chart.pdf).
The bell[^bell] rings twice[^twice].

{gulls}

## Pier

The end of the pier.

[^bell]: Cast in *1871*, cracked since.
[^twice]: Once for the fog.
"""
TIDE = """# The tide table

It begins.

{waves}

## Noon

High water at noon. [Home](one.md#pier)

{waves}
"""


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    gulls = "\n\n".join(f"Gull number {number} sits on its post." for number in range(80))
    waves = "\n\n".join(f"Wave number {number} comes in." for number in range(60))
    (tmp_path / "one.md").write_text(ONE.format(gulls=gulls), encoding="utf-8")
    (tmp_path / "tide.md").write_text(TIDE.format(waves=waves), encoding="utf-8")
    (tmp_path / "chart.pdf").write_bytes(b"%PDF")
    return tmp_path / "one.md"


async def letters(pilot: Pilot[None], app: ReaderApp, word: str, *, large: bool = False) -> None:
    """Types f and the letters that stand on a link; `large`: as capitals."""
    await until(pilot, lambda: any(word in row for row in rows(app.page)))
    before = rows(app.page)
    spot = next(at for at, row in enumerate(before) if word in row)
    column = before[spot].index(word)
    await pilot.press("f")
    while "Follow:" in status(app):
        letter = rows(app.page)[spot][column]
        await pilot.press(letter.upper() if large else letter)


@pytest.mark.parametrize("count", [0, 1, 2, 8, 9, 10, 17, 18, 40, 81, 82, 200])
def test_no_label_begins_another_and_none_is_longer_than_needed(count: int) -> None:
    made = labels(count)
    assert len(made) == len(set(made)) == count
    assert not [(a, b) for a in made for b in made if a != b and b.startswith(a)]
    shortest = 0 if not count else 1 if count <= 9 else 2 if count <= 81 else 3
    assert max(map(len, made), default=0) == shortest
    assert sum(len(label) == 1 for label in made) == (count if count <= 9 else max(0, (81 - count) // 8))


async def test_letters_stand_on_all_that_leads_somewhere(harbour: Path) -> None:
    app = opened(harbour)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        before = rows(app.page)
        await pilot.press("f")
        assert sum(a != b for a, b in zip("".join(before), "".join(rows(app.page)), strict=True)) >= 10
        assert "[1]" in "\n".join(before)
        assert "[1]" not in "\n".join(rows(app.page))
        await pilot.press("escape")
        assert rows(app.page) == before
        await pilot.press("f", "x")
        assert "No such letters" in status(app)
        assert rows(app.page) == before


async def test_keys_typed_at_once_are_letters_not_actions(harbour: Path) -> None:
    app = opened(harbour)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        for key in "fs":  # with no wait between the two; s alone would skim
            app.post_message(events.Key(key, key))
        await until(pilot, lambda: app.session.article.title == "The tide table")
        assert not app.session.article.skimming


async def test_a_link_to_another_article_and_back_to_the_row(harbour: Path) -> None:
    app = opened(harbour)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("h")  # claims come when they come
        await pilot.press("j", "j")
        left = rows(app.page)
        await letters(pilot, app, "its noon")
        await until(pilot, lambda: app.session.article.title == "The tide table")
        assert "Noon" in "".join(rows(app.page)[:3])
        await pilot.press("j", "j", "j")
        there = rows(app.page)
        await pilot.press("backspace")
        await until(pilot, lambda: app.session.article.title == "The harbour")
        assert rows(app.page) == left
        await pilot.press("alt+right")
        await until(pilot, lambda: app.session.article.title == "The tide table")
        assert rows(app.page) == there
        await pilot.press("alt+left")
        await until(pilot, lambda: app.session.article.title == "The harbour")
        assert rows(app.page) == left
        await pilot.press("backspace")
        assert "Nothing to go back to" in status(app)


async def test_what_leads_nowhere_moves_nothing(harbour: Path) -> None:
    app = opened(harbour)
    async with app.run_test(size=(130, 40)) as pilot:  # no link stands on two rows
        await ready(pilot)
        left, session = rows(app.page), app.session
        await letters(pilot, app, "a wreck")
        assert "There is no file" in status(app)
        await letters(pilot, app, "a fog")
        await until(pilot, lambda: "No place named #fog in tide.md" in status(app))
        await letters(pilot, app, "a script")
        assert "Not opened: javascript:alert" in status(app)
        app.session.article.set_focus(None)
        assert rows(app.page) == left
        assert app.session is session
        assert not session.history.back


async def test_the_browser_gets_web_addresses_and_a_question_comes_before_a_file(
    harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    launched = launches(monkeypatch)
    app = opened(harbour)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await letters(pilot, app, "the weather", large=True)
        await until(pilot, lambda: "Opened https://example.org/weather" in status(app))
        await until(pilot, lambda: launched == ["https://example.org/weather"])
        await letters(pilot, app, "the chart")
        await until(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("n")
        assert len(launched) == 1
        await letters(pilot, app, "the chart")
        await until(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("enter")
        await until(pilot, lambda: launched[1:] == [str(harbour.parent / "chart.pdf")])


async def test_a_place_in_this_article_and_a_footnote(harbour: Path) -> None:
    app = opened(harbour)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        left = rows(app.page)
        await letters(pilot, app, "the pier")
        assert any("Pier" in row for row in rows(app.page))
        await pilot.press("backspace")
        app.session.article.set_focus(None)
        assert rows(app.page) == left
        await letters(pilot, app, "1]")
        assert any("cracked since" in row for row in rows(app.page))
        await pilot.press("backspace")
        assert rows(app.page) == left


def peeked(app: ReaderApp) -> list[str]:
    """The rows of the box."""
    assert isinstance(app.screen, PeekDialog)
    return ["".join(piece.text for piece in row.pieces) for row in app.screen.shown_rows]


async def look(pilot: Pilot[None], app: ReaderApp, word: str) -> list[str]:
    """Types p and the letters that stand on something; what the box says."""
    await until(pilot, lambda: not isinstance(app.screen, PeekDialog))  # of before
    spot = next(at for at, row in enumerate(rows(app.page)) if word in row)
    column = rows(app.page)[spot].index(word)
    await pilot.press("p")
    await until(pilot, lambda: "Peek at:" in status(app) or isinstance(app.screen, PeekDialog))
    while "Peek at:" in status(app):
        await pilot.press(rows(app.page)[spot][column])
    await until(pilot, lambda: isinstance(app.screen, PeekDialog))
    return peeked(app)


async def test_a_peek_at_a_footnote(harbour: Path) -> None:
    app = opened(harbour)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        left = rows(app.page)
        assert await look(pilot, app, "2]") == ["[2] Once for the fog."]
        await pilot.press("escape")
        assert rows(app.page) == left
        assert (await look(pilot, app, "1]"))[0] == "[1] Cast in 1871, cracked since."
        await pilot.press("enter")
        await until(pilot, lambda: any("Cast in 1871" in row for row in rows(app.page)))
        await pilot.press("backspace", "space", "space")
        await pilot.press("p")
        assert "Nothing on this page to peek at" in status(app)


async def test_a_peek_at_a_place_at_another_article_and_at_a_place_in_it(harbour: Path) -> None:
    app = opened(harbour)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        left = rows(app.page)
        assert (await look(pilot, app, "the pier"))[:4] == ["Pier", "────", "", "The end of the pier."]
        await pilot.press("p")  # closes it, as Esc does
        assert (await look(pilot, app, "the tide table"))[0] == "The tide table"
        await until(pilot, lambda: app.screen.query("#box") and app.screen.query_one("#box").region)
        box = app.screen.query_one("#box").region
        spot = next(at for at, row in enumerate(left) if "the tide table" in row)
        assert box.y > spot, "it stands below what it speaks of"
        await pilot.press("escape")
        assert (await look(pilot, app, "its noon"))[0] == "Noon"
        await pilot.press("enter")
        await until(pilot, lambda: app.session.article.title == "The tide table")
        assert "Noon" in "".join(rows(app.page)[:3])


async def test_the_web_is_asked_for_only_with_a_yes(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    app = opened(harbour)
    monkeypatch.setattr(app.session.peeks, "article", lambda target, anchor, then: asked.append(target))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        while lit(app) != "the weather":
            await pilot.press("l")
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("escape")
        assert not asked
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("enter")
        await until(pilot, lambda: asked == ["https://example.org/weather"])
        while lit(app) != "the chart":
            await pilot.press("l")
        await pilot.press("p")
        assert "Only articles, places and notes can be peeked at" in status(app)


@pytest.mark.parametrize(
    ("heading", "width", "shown"),
    [
        ("/home/me/articles/a.md", 30, "/home/me/articles/a.md"),
        ("/home/me/articles/a.md", 18, "…/me/articles/a.md"),
        ("/home/me/articles/a.md", 8, "…/a.md"),
        ("/home/me/a-long-name.md", 8, "…/a-lon…"),
        ("Footnote", 5, "Foot…"),
    ],
)
def test_a_peek_is_named_by_the_end_of_a_path(heading: str, width: int, shown: str) -> None:
    from reader.ui.widgets.peek_dialog import _titled

    assert _titled(heading, width) == shown


async def test_a_peek_at_references(tmp_path: Path) -> None:
    text = "# T\n\nIt rained [1], 又下雨［2］。\n\n## References\n\n[1] Gull.\n[2] Tern.\n"
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert await look(pilot, app, "[1], 又") == ["[1] Gull."]
        await pilot.press("escape")
        await pilot.press("p", "s")
        await until(pilot, lambda: isinstance(app.screen, PeekDialog))
        assert peeked(app) == ["[2] Tern."]


async def test_a_peek_at_an_abbreviation(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# T\n\nAll HTML.\n\n*[HTML]: Hyper Text Markup Language\n", encoding="utf-8")
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        left = rows(app.page)
        assert not any("Hyper" in row for row in left)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PeekDialog))
        assert peeked(app) == ["Hyper Text Markup Language"]
        await pilot.press("enter")  # there is nowhere to go
        await until(pilot, lambda: not isinstance(app.screen, PeekDialog))
        assert rows(app.page) == left


async def test_the_panel_of_links_is_filtered_by_typing(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    launched = launches(monkeypatch)
    app = opened(harbour)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("2")
        everything = rows(app.sidebar.list)
        await pilot.press("ampersand", *"example")
        shown = [row.strip() for row in rows(app.sidebar.list) if row.strip()]
        assert shown[0].startswith("& example")
        assert shown[1:] == ["▾ The harbour", "↗ the weather"], "found by its address, under its section"
        await pilot.press("enter")
        assert "https://example.org/weather" in status(app), "where it leads is shown first"
        assert lit(app) == "the weather"
        assert not launched
        await pilot.press("y")
        assert app.clipboard == "https://example.org/weather"
        await pilot.press("B")
        await until(pilot, lambda: launched == ["https://example.org/weather"])
        await pilot.press("2", "ampersand", *"no such thing")
        assert "Nothing like it" in rows(app.sidebar.list)[1]
        await pilot.press("escape")
        assert [row.strip() for row in rows(app.sidebar.list)] == [row.strip() for row in everything]


async def test_a_web_article_has_web_links(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    launched = launches(monkeypatch)
    app = opened(harbour)
    article = app.session.article
    article.source = replace(article.source, path=None, url="https://example.org/sea/one.md")
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await letters(pilot, app, "its noon", large=True)
        await until(pilot, lambda: launched == ["https://example.org/sea/tide.md#noon"])


async def test_back_to_what_came_by_standard_input(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot be read twice, so it has stayed."""
    monkeypatch.chdir(harbour.parent)
    app = opened(Source(harbour.read_text(encoding="utf-8"), "stdin", None, None, "utf-8", "d"))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("h", "j")
        left = rows(app.page)
        await letters(pilot, app, "its noon")
        await until(pilot, lambda: app.session.article.title == "The tide table")
        await pilot.press("backspace")
        await until(pilot, lambda: app.session.article.title == "The harbour")
        assert rows(app.page) == left
        assert app.session.article.document.complete


async def test_the_links_panel_has_the_articles_that_link_here(tmp_path: Path) -> None:
    from reader.library import Library, index_file

    (tmp_path / "lamp.md").write_text("# The lamp\n\nSee [the keeper](keeper.md).\n")
    (tmp_path / "keeper.md").write_text("# The keeper\n\nHe keeps [the lamp](lamp.md).\n")
    store = str(tmp_path / "state" / "reader.sqlite")
    with Library([str(tmp_path)], index_file(store)) as library:
        list(library.update())
    source = read(str(tmp_path / "lamp.md"))
    (document,) = load(source)
    app = ReaderApp(Opened(replace(source, text=""), Settings(), (), document), store=lambda: store)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("2")
        await until(pilot, lambda: any("← The keeper" in row for row in rows(app.sidebar.list)))
        shown = [" ".join(row.split()) for row in rows(app.sidebar.list) if row.strip()]
        assert shown == ["▾ The lamp", "↗ the keeper", "▾ Linked from 1", "← The keeper"]
        await pilot.press("end")
        await until(pilot, lambda: "keeper.md" in status(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.session.article.title == "The keeper")
        await until(pilot, lambda: any("← The lamp" in row for row in rows(app.sidebar.list)))
