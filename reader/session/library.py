"""The articles to choose from: those of a folder, or those opened lately."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from reader import sanitize
from reader.library import Work, works
from reader.session.reading import Reading
from reader.store import Recent

_BATCH_ARTICLES = 200
"""Articles that are shown at once at most."""
_REPORT_INTERVAL_S = 0.2
"""Between two batches of a folder's articles."""


class Listing:
    """One list of articles as it fills. `changed` is called on the event loop whenever it has."""

    def __init__(self, title: str, empty: str, *, forgettable: bool = False) -> None:
        """`empty` is said while there are none; `forgettable`: articles can be taken off the list."""
        self.title = title
        self.empty = empty
        self.forgettable = forgettable
        self.works: list[Work] = []
        self.complete = False
        """Whether no more will come."""
        self.problem = ""
        self.open = True
        """False once nobody looks at it: what still comes is dropped."""
        self.changed: Callable[[], object] = lambda: None

    def add(self, found: tuple[Work, ...], *, complete: bool = False) -> None:
        """More to choose from."""
        self.works += found
        self.complete = complete
        self.changed()

    def fail(self, problem: str) -> None:
        """Why there is nothing more."""
        self.problem, self.complete = problem, True
        self.changed()


class Library:
    """The lists of articles."""

    def __init__(self, reading: Reading, folder: str | None) -> None:
        """`folder`: what the list of articles shows; empty or None: the recent ones."""
        self.reading = reading
        self.folder = folder

    def recents(self) -> Listing:
        """The articles opened lately."""
        listing = Listing(
            "Recent articles", "Nothing read yet: start with `reader FILE` or `reader FOLDER`", forgettable=True
        )
        self.reading.store.ask(
            lambda store: store.recents(), lambda found: listing.add(tuple(map(_work, found)), complete=True)
        )
        return listing

    def articles(self) -> Listing:
        """Those of the folder the reader was started with, else the recent ones."""
        if not self.folder:
            return self.recents()
        folder = self.folder
        title = sanitize.clean_line(os.path.basename(os.path.abspath(folder)) or folder)
        listing = Listing(title, "No articles (.md, .markdown, .txt) here")
        # how far each was read is asked first, so that every row is right when it comes
        self.reading.store.ask(
            lambda store: {one.path: one for one in store.recents(most=100_000)},
            lambda known: self.reading.background.run(partial(self._walk, folder, known, listing), group="library"),
        )
        return listing

    def forget(self, path: str) -> None:
        """Takes an article off the list of recent ones, and all that is remembered of it."""
        self.reading.store.ask(lambda store: store.forget(path))

    def _walk(self, folder: str, known: dict[str, Recent], listing: Listing) -> None:
        """Runs in a thread: the articles, some at a time."""
        tell = self.reading.background.tell
        batch: list[Work] = []
        told = time.monotonic()
        try:
            for work in works(folder):
                recent = known.get(os.path.abspath(work.path))
                if recent is not None:
                    work = replace(work, progress=recent.progress, title=recent.title or work.title)
                batch.append(work)
                if len(batch) >= _BATCH_ARTICLES or time.monotonic() - told > _REPORT_INTERVAL_S:
                    if not self.reading.background.running or not listing.open:
                        return
                    tell(listing.add, tuple(batch))
                    batch.clear()
                    told = time.monotonic()
        except OSError as error:
            tell(listing.fail, f"The folder cannot be read: {error.strerror}")
        if listing.open:
            tell(partial(listing.add, tuple(batch), complete=True))


def _work(recent: Recent) -> Work:
    web = recent.path.startswith(("http://", "https://"))
    gone = not web and not os.path.exists(recent.path)
    return Work(recent.path, recent.title, "", recent.progress, recent.opened, gone)
