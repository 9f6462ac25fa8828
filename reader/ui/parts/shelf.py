"""What else there is to read: the recent articles, and those of a folder."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from reader import sanitize
from reader.ui.parts.part import Part

if TYPE_CHECKING:
    from reader.library import Work
    from reader.store import Recent
    from reader.ui.app import ReaderApp
    from reader.ui.library import LibraryScreen

_BATCH = 200
_EVERY = 0.2
"""Seconds between two batches of a folder's articles."""


class Shelf(Part):
    """The lists of articles."""

    def __init__(self, app: ReaderApp, folder: str | None) -> None:
        """`folder`: what the list of articles shows; empty or None: the recent ones."""
        super().__init__(app)
        self.folder = folder

    def open(self, problem: str = "") -> None:
        """Shows the folder the reader was started with, else the recent articles."""
        if self.folder:
            self._show_folder(self.folder, problem)
        else:
            self.recents(problem)

    def recents(self, problem: str = "") -> None:
        """Lists the recent articles."""
        from reader.ui.library import LibraryScreen

        empty = "Nothing read yet: start with `reader FILE` or `reader FOLDER`"
        screen = LibraryScreen(self.app.looks, "Recent articles", empty=empty, forget=self._forget)
        self._push(screen, problem)
        self.app.memory.ask(lambda store: store.recents(), lambda found: screen.add(map(_work, found)))

    def _show_folder(self, folder: str, problem: str) -> None:
        from reader.ui.library import LibraryScreen

        title = sanitize.clean_line(os.path.basename(os.path.abspath(folder)) or folder)
        screen = LibraryScreen(self.app.looks, title, empty="No articles (.md, .markdown, .txt) here")
        self._push(screen, problem)
        # how far each was read is asked first, so that every row is right when it comes
        self.app.memory.ask(
            lambda store: {one.path: one for one in store.recents(most=100_000)},
            lambda known: self.app.run_worker(
                lambda: self._walk(folder, known, screen), thread=True, group="library", exit_on_error=False
            ),
        )

    def _push(self, screen: LibraryScreen, problem: str) -> None:
        self.app.push_screen(screen, self._chosen)
        if problem:
            screen.say(problem)

    def _walk(self, folder: str, known: dict[str, Recent], screen: LibraryScreen) -> None:
        """Runs in a worker: the articles, some at a time."""
        from dataclasses import replace

        from reader.library import works

        batch: list[Work] = []
        told = time.monotonic()
        try:
            for work in works(folder):
                recent = known.get(os.path.abspath(work.path))
                if recent is not None:
                    work = replace(work, progress=recent.progress, title=recent.title or work.title)
                batch.append(work)
                if len(batch) >= _BATCH or time.monotonic() - told > _EVERY:
                    if not self.app.is_running or not screen.is_attached:
                        return
                    self.app.call_from_thread(screen.add, tuple(batch))
                    batch.clear()
                    told = time.monotonic()
        except OSError as error:
            self.app.call_from_thread(screen.say, f"The folder cannot be read: {error.strerror}")
        if batch and screen.is_attached:
            self.app.call_from_thread(screen.add, tuple(batch))

    def _forget(self, path: str) -> None:
        self.app.memory.ask(lambda store: store.forget(path))

    def _chosen(self, path: str | None) -> None:
        if path is not None:
            self.app.open_article(path)
        elif not self.app.source.origin:
            self.app.exit()  # there is no article behind the list


def _work(recent: Recent) -> Work:
    from reader.library import Work

    web = recent.path.startswith(("http://", "https://"))
    gone = not web and not os.path.exists(recent.path)
    return Work(recent.path, recent.title, "", recent.progress, recent.opened, gone)
