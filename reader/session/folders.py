"""The folders of a library as they are read: the list at once, what is new meanwhile, and what changes later.

Owns the engine and the threads that ask it: one for a pass over the folders, one that looks now and then whether they
are still as they were. Refuses to know an order, a filter and a row.

Invariant: `listing` is a value that is replaced on the event loop only; after `close` no process is left.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from reader.session.reading import Reading
from reader.session.states import States

if TYPE_CHECKING:
    from reader.library import Library, Listing, Progress
    from reader.store import State

_FIRST_REPORTS: Final = 3
"""So many are shown as they come; then there is a list."""
_REPORT_INTERVAL_S: Final = 0.5
_SHOWN_WITHIN_S: Final = 0.5
"""The folders are looked into then, whether the list that the index has is shown or not."""
_FIRST_ROWS: Final = 200
"""Of the newest articles, which are shown before all the others are known."""
_MAX_LEFT_OUT: Final = 500
"""Archived articles that are looked for among them."""
_LOOK_INTERVAL_S: Final = 2.0
"""Between two looks into the folders, and more where a look takes long."""
_SWITCH_INTERVAL_S: Final = 0.001
"""A key waits so long for a thread that sorts and searches to let go of the interpreter, more than once."""
_LOOK_SHARE: Final = 20
"""A look may take one part in so many of the time."""


class Folders:
    """What is known of the articles in some folders."""

    def __init__(self, reading: Reading, states: States, make: Callable[[], Library]) -> None:
        """`make` gives the engine; it is called in a thread, since it opens files."""
        self.reading = reading
        self.states = states
        self.library: Library | None = None
        """None until it has been opened."""
        self.listing: Listing | None = None
        """None before the first look."""
        self.done, self.total = 0, 0
        """Texts read in this pass, and to be read."""
        self.passing = False
        """Whether a pass is on its way."""
        self.changed: Callable[[], object] = lambda: None
        """Called on the event loop when the listing is another one."""
        self.path_first = False
        """Whether the texts are read in the order of their paths, and not the newest first."""
        self.newest_first = True
        """Whether the list begins with the newest articles, so that these may be shown before the others."""
        self.interval = _REPORT_INTERVAL_S
        """Seconds between two reports; who takes long with one sets more."""
        self.shown = threading.Event()
        """Set by who shows the list, once it does: until then nothing else is done that can wait."""
        self._make = make
        self._closed = False
        self._stop = threading.Event()

    def look(self) -> None:
        """Begins a pass over the folders, unless there is one."""
        if not self.passing and not self._closed:
            self.passing = True
            self.reading.background.run(self._pass, group="library")

    def watch(self, on: bool) -> None:
        """Looks into the folders now and then from now on, or no longer."""
        self._stop.set()
        if on and not self._closed:
            self._stop = stop = threading.Event()
            self.reading.background.run(lambda: self._watch(stop), group="watch")

    def close(self) -> None:
        """The end: of the threads, of the second process."""
        self._closed = True
        self._stop.set()
        if self.library is not None:
            self.library.close()

    # ---- in threads --------------------------------------------------------------------------------------------------

    def _pass(self) -> None:
        tell = self.reading.background.tell
        sys.setswitchinterval(_SWITCH_INTERVAL_S)
        try:
            library = self.library or self._make()
            self.library = library
            if self._closed:
                library.close()
                return
            before = None
            if self.listing is None:
                if (states := self.reading.store.wait(lambda store: store.states())) is not None:
                    tell(self.states.have, states)
                self._show_newest(library, states or {})
                before = library.remembered()
                if before.entries:
                    tell(self._have, before, 0, len(before.pending), ())
                    self.shown.wait(_SHOWN_WITHIN_S)
            listing = library.look()
            if listing is not before or not listing.entries:
                tell(self._have, listing, 0, len(listing.pending), ())
            if listing.pending:
                self.shown.wait(_SHOWN_WITHIN_S)
                self._update(library, listing)
        finally:
            if not self._closed:
                tell(self._passed)

    def _show_newest(self, library: Library, states: Mapping[str, State]) -> None:
        """The list begins with what a screen shows, where there is more than that."""
        archived = [path for path, state in states.items() if state.archived]
        if not self.newest_first or len(archived) > _MAX_LEFT_OUT:
            return
        newest = library.newest(_FIRST_ROWS, archived)
        if newest.more:
            self.reading.background.tell(self._have, newest, 0, 0, ())
            self.shown.wait(_SHOWN_WITHIN_S)

    def _update(self, library: Library, listing: Listing) -> None:
        tell, told = self.reading.background.tell, time.monotonic()
        moved: list[tuple[str, str]] = []
        updates = library.update("path" if self.path_first else "date")
        for number, progress in enumerate(updates, 1):
            if self._closed or not self.reading.background.running:
                return
            listing = listing.updated(progress)
            moved += progress.moved
            if progress.complete or number <= _FIRST_REPORTS or time.monotonic() - told > self.interval:
                tell(self._have, listing, *_figures(progress, listing), tuple(moved))
                moved.clear()
                told = time.monotonic()

    def _watch(self, stop: threading.Event) -> None:
        interval = _LOOK_INTERVAL_S
        while not stop.wait(interval) and self.reading.background.running:
            library, listing = self.library, self.listing
            if library is None or listing is None or self.passing:
                continue
            begun = time.monotonic()
            current = library.is_current(listing)
            interval = max(_LOOK_INTERVAL_S, _LOOK_SHARE * (time.monotonic() - begun))
            if not current and not stop.is_set():
                self.reading.background.tell(self.look)

    # ---- on the event loop -------------------------------------------------------------------------------------------

    def _have(self, listing: Listing, done: int, total: int, moved: tuple[tuple[str, str], ...]) -> None:
        if self._closed:
            return
        if moved:
            self.states.moved(moved)
        gc.freeze()  # 60,000 articles that stay: to look through them again and again would hold up keys
        self.listing, self.done, self.total = listing, done, total
        self.changed()

    def _passed(self) -> None:
        self.passing = False
        self.reading.announce("articles")


def _figures(progress: Progress, listing: Listing) -> tuple[int, int]:
    """How many texts are read and how many there are; those the listing knows to wait count where nothing is said."""
    total = max(progress.total, progress.done)
    return (total, total) if progress.complete else (progress.done, max(total, len(listing.pending)))
