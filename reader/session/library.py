"""The articles to choose from: those of a folder, or those opened lately."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from reader import sanitize
from reader.library import Work, peek_file, works
from reader.locale import _
from reader.session.reading import Reading
from reader.session.undo import Undo
from reader.source import shown_path
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

    def __init__(self, reading: Reading, undo: Undo, folder: str | None, files: Sequence[str] = ()) -> None:
        """`folder`: what the list of articles shows, or `files` where there are several; neither: the recent ones."""
        self.reading = reading
        self.undo = undo
        self.folder = folder
        self.files = tuple(files) if len(files) > 1 else ()
        self.trail: tuple[str, ...] = tuple(map(os.path.abspath, self.files))
        """The articles to step through: those of the list from which one was opened, in its order."""

    def recents(self) -> Listing:
        """The articles opened lately."""
        listing = Listing(
            _("Recent articles"), _("Nothing read yet: start with `reader FILE` or `reader FOLDER`"), forgettable=True
        )
        self.reading.store.ask(
            lambda store: store.recents(), lambda found: listing.add(tuple(map(_work, found)), complete=True)
        )
        return listing

    def articles(self) -> Listing:
        """Those of the folder the reader was started with, else the recent ones."""
        if self.files:
            listing = Listing(_("Articles"), _("No articles"))
            listing.add(tuple(Work(path, *_titled(path)) for path in self.files), complete=True)
            return listing
        if not self.folder:
            return self.recents()
        folder = self.folder
        title = sanitize.clean_line(os.path.basename(os.path.abspath(folder)) or folder)
        listing = Listing(title, _("No articles (.md, .markdown, .txt) here"))
        # how far each was read is asked first, so that every row is right when it comes
        self.reading.store.ask(
            lambda store: {one.path: one for one in store.recents(most=100_000)},
            lambda known: self.reading.background.run(partial(self._walk, folder, known, listing), group="library"),
        )
        return listing

    def beside(self, step: int) -> str | None:
        """The article after the open one in the list it was opened from (1), or before it (-1); None, said, at an
        end."""
        here = self.reading.article.source.path or self.reading.article.source.url or ""
        at = self.trail.index(here) + step if here in self.trail else -1
        if 0 <= at < len(self.trail):
            return self.trail[at]
        if here not in self.trail:
            self.reading.say(_("This article was not opened from a list"))
        else:
            self.reading.say(_("No more articles") if step > 0 else _("No article before this one"))
        return None

    def hide(self, listing: Listing, index: int) -> None:
        """Takes an article off the list of recent ones; its notes, bookmarks and place stay."""
        work = listing.works.pop(index)
        self.reading.store.ask(lambda store: store.hide(work.path))

        def back() -> None:
            self.reading.store.ask(lambda store: store.unhide(work.path))
            listing.works.insert(min(index, len(listing.works)), work)
            listing.problem = _("{what} is back").format(what=work.title)
            listing.changed()

        self.undo.offer(f"{work.title}", back, _("{title} is off this list, its notes stay").format(title=work.title))
        listing.problem = self.reading.message.text
        listing.changed()

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
            tell(listing.fail, _("The folder cannot be read: {reason}").format(reason=error.strerror))
        if listing.open:
            tell(partial(listing.add, tuple(batch), complete=True))


def _work(recent: Recent) -> Work:
    web = recent.path.startswith(("http://", "https://"))
    gone = not web and not os.path.exists(recent.path)
    return Work(recent.path, recent.title, "", recent.progress, recent.opened, gone)


def _titled(path: str) -> tuple[str, str]:
    """Title, at least the file's name, and date."""
    title, day = peek_file(path)
    return title or shown_path(os.path.basename(path)), day
