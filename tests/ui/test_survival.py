"""A handler that raises, and keys that come faster than they are handled."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from stories import in_one_chunk, opened, own, ready, rows, status, until
from textual import events

from reader.document import Range
from reader.loading import Opened, load
from reader.settings import Settings
from reader.source import read
from reader.store import Store
from reader.ui.actions import ACTIONS
from reader.ui.app import ReaderApp

OWN_KEYS = tuple(key for action in ACTIONS for key in action.keys if action.id not in ("reader.quit", "file.edit"))
KEYS = (
    *OWN_KEYS,
    *("enter", "escape", "tab", "x", "delete", "left", "right", "down", "up", "pagedown", "slash", "j", "k"),
    *("ctrl+p", "a", "é", "苹", "1", "2", "3", "4", "5"),
)


async def test_a_handler_that_raises_says_so_and_the_program_lives(monkeypatch):
    async with opened(own("rain")).run_test(size=(90, 24)) as pilot:
        app = await ready(pilot)
        app.survives = True

        def broken(*_: object) -> None:
            raise ValueError("no such thing")

        monkeypatch.setattr(app.session.claims, "step", broken)
        await pilot.press("c")
        assert "Internal error" in status(app)
        assert "no such thing" in status(app)
        top = app.page.top
        await pilot.press("space")
        assert app.page.top > top


async def test_work_in_the_background_that_raises_says_so(monkeypatch):
    async with opened(own("rain")).run_test(size=(90, 24)) as pilot:
        app = await ready(pilot)

        def broken() -> None:
            raise OSError("the disk is gone")

        app.session.background.run(broken, group="test")
        await until(pilot, lambda: "the disk is gone" in status(app))


async def test_removing_in_the_sections_and_going_to_the_notes_removes_no_note(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# A\n\nwords\n\n# B\n\nmore words\n", encoding="utf-8")
    found = read(str(path))
    shown = Opened(replace(found, text=""), Settings(), (), list(load(found))[-1])
    app = ReaderApp(shown, store=lambda: str(tmp_path / "reader.sqlite"))
    async with app.run_test(size=(100, 24)) as pilot:
        await ready(pilot)
        app.session.annotations.add(Range(3, 8), words="mine")
        await pilot.press("1")
        await in_one_chunk(pilot, "x", "5")
        await pilot.pause()
        assert [one.words for one in app.session.annotations.all.values()] == ["mine"]
    with Store(str(tmp_path / "reader.sqlite")) as store:
        assert len(store.recents()) == 1


@pytest.mark.parametrize(
    "keys",
    [
        ("1", "G", "enter", "2"),
        ("4", "enter", "enter"),
        ("slash", "a", "enter", "3", "k", "4"),
        ("O", "d", "d", "escape"),
        ("O", "enter", "enter"),
        ("2", "j", "enter", "enter"),
        ("ctrl+p", "pagedown", "pageup", "escape"),
        ("slash", "e", "enter", "n", "n", "N"),
        ("m", "escape", "apostrophe", "z"),
        ("f", "f", "escape", "f", "1"),
    ],
    ids="-".join,
)
@pytest.mark.parametrize("size", [(90, 24), (40, 4)], ids=["ordinary", "tiny"])
async def test_keys_in_one_chunk(keys, size):
    async with opened(own("days")).run_test(size=size) as pilot:
        app = await ready(pilot)
        await in_one_chunk(pilot, *keys)
        assert app._exception is None
        assert app.is_running


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.fuzz) for seed in range(3, 30))])
async def test_random_keys_in_chunks(seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # keys may export notes to wherever they name
    chance = random.Random(seed)
    async with opened(own(chance.choice(["days", "rain", "sodium"]))).run_test(size=(90, 24)) as pilot:
        app = await ready(pilot)
        for _ in range(25):
            await in_one_chunk(pilot, *chance.choices(KEYS, k=chance.randint(1, 12)))
            if chance.random() < 0.2:
                await pilot.resize_terminal(chance.randint(5, 140), chance.randint(3, 50))
            if chance.random() < 0.2:
                app.post_message(events.Paste("pasted \x1b[2J words\nand more"))
            if chance.random() < 0.3 and app.size.height > 3:
                await pilot.click(offset=(chance.randrange(app.size.width), chance.randrange(app.size.height)))
            assert app._exception is None, seed
            assert app.is_running, seed
        assert rows(app.page) is not None


async def test_an_event_that_is_handled_when_the_screens_are_gone_raises_nothing():
    """The app ended on a busy machine before it was told which pane had got the keys."""
    app = opened(own("days"))
    async with app.run_test() as pilot:
        await ready(pilot)
        widget = app.page
    assert not app.screen_stack
    app.on_descendant_focus(events.DescendantFocus(widget))
