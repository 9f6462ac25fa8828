"""What the stories share: an app on a whole article, waiting for a condition, and what is on the screen."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from samples import OWN
from textual import events
from textual.pilot import Pilot

from reader.loading import Opened, load
from reader.settings import Settings
from reader.source import Source, read
from reader.ui.actions import sign
from reader.ui.app import ReaderApp
from reader.ui.terminal.opener import Outcome
from reader.ui.widgets.pane import Pane

WIDE = (120, 40)
NARROW = (60, 30)

WORDS = "\n\n".join(
    (
        "---\ntitle: The lamp\n---",
        "# Oil",
        *(f"Oil paragraph {n}: the keeper climbs {n * 7} steps." for n in range(60)),
        "# Glass",
        *(f"Glass paragraph {n}: the lens turns {n * 3} times." for n in range(60)),
    )
)


def own(name: str) -> Path:
    return next(path for path in OWN if name in path.name)


def opened(article: Path | Source, *, settings: Settings | None = None, problems: tuple[str, ...] = ()) -> ReaderApp:
    """The app on an article that is read and parsed in this process, and remembers nothing."""
    source = article if isinstance(article, Source) else read(str(article))
    first, *rest = load(source)
    shown = Opened(replace(source, text=""), settings or Settings(), problems, first)
    return ReaderApp(shown, iter(rest))


def written(folder: Path, text: str) -> ReaderApp:
    """The app on an article of these words."""
    path = folder / "article.md"
    path.write_text(text, encoding="utf-8")
    return opened(path)


PATIENCE_S = 60.0
"""How long a story waits for what has to come; what comes is not late by it."""


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Lets the app go on until the condition holds; fails where it never does."""
    end = time.monotonic() + PATIENCE_S
    for turn in itertools.count():
        if condition():
            return
        assert time.monotonic() < end, "this never came true"
        await pilot.pause(0.01 if turn > 20 else None)


async def ready(pilot: Pilot[None]) -> ReaderApp:
    """The first screen is there and the whole article is loaded."""
    app = pilot.app
    assert isinstance(app, ReaderApp)
    await until(pilot, lambda: app.session.article.document.complete and app.page.size.height > 0)
    await pilot.pause()
    return app


def rows(pane: Pane) -> list[str]:
    """What a pane shows; its track, blanks at row ends and the bar of the current passage aside."""
    return [pane.render_line(y).text[:-1].replace("▏", " ").rstrip() for y in range(pane.size.height)]


def status(app: ReaderApp) -> str:
    return app.status.render_line(0).text


def place(app: ReaderApp, text: str) -> tuple[int, int]:
    """Column and row in the page of the first cell of some words that are on it."""
    from reader.layout.wrap import cells

    for y, row in enumerate(rows(app.page)):
        if text in row:
            return cells(row[: row.index(text)]), y
    raise AssertionError(f"{text!r} is not on the page:\n" + "\n".join(rows(app.page)))


async def wheel(pilot: Pilot[None], pane: Pane, down: bool) -> None:
    kind = events.MouseScrollDown if down else events.MouseScrollUp
    await pilot._post_mouse_events([kind], pane, offset=(5, 5))
    await pilot.pause()


async def drag(pilot: Pilot[None], pane: Pane, start: tuple[int, int], end: tuple[int, int]) -> None:
    await pilot.mouse_down(pane, offset=start)
    await pilot._post_mouse_events([events.MouseMove], pane, offset=end, button=1)
    await pilot.mouse_up(pane, offset=end)
    await pilot.pause()


def lit(app: ReaderApp) -> Iterable[str]:
    """The words of the focused link or image."""
    focus = app.session.article.focus
    return "" if focus is None else app.session.article.document.slice(app.session.article.targets[focus])


def launches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is handed to other programs from now on; all of it is opened."""
    launched: list[str] = []

    def launch(target: str, browsers: Sequence[str] = ()) -> Outcome:
        launched.append(target)
        return Outcome(True)

    monkeypatch.setattr("reader.ui.terminal.opener.launch", launch)
    return launched


def character(key: str) -> str | None:
    """What a key types, as a terminal says with it."""
    if len(key) == 1 or key == "space":
        return key if len(key) == 1 else " "
    return sign(key) if len(sign(key)) == 1 and sign(key).isascii() else None


async def in_one_chunk(pilot: Pilot[None], *keys: str) -> None:
    """Keys as a slow line brings them: all are there before the first is handled."""
    for key in keys:
        pilot.app.post_message(events.Key(key, character(key)))
    await pilot.pause()
    await pilot.pause()
