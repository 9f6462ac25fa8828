"""Where the article was left, its bookmarks, and the way back.

The place is written half a second after the page has moved, by a thread that no key waits for; so a program that is
killed has lost less than a second of reading. A place that is not loaded yet is gone to when it is, unless the person
has moved meanwhile, and until then it is not written over.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from reader.document import Document
from reader.locale import _
from reader.session.annotations import Annotations
from reader.session.changes import Topic
from reader.session.history import Stop
from reader.session.pace import NAME as PACE
from reader.session.pace import Pace
from reader.session.progress import ReadingProgress
from reader.session.reading import Reading, Timer
from reader.session.undo import Undo
from reader.store import Annotation, Place, Progress, locate
from reader.store import Article as Known

if TYPE_CHECKING:
    from reader.store import Store

PAGE_CHARACTERS = 8000
"""They fill a large screen: with as many below it, a place can stand where it stood."""
SAVE_DELAY_S = 0.5
"""From a move to its being written."""

_Found: TypeAlias = "tuple[Place | None, Mapping[str, Place], tuple[Annotation, ...], Progress, tuple[str, ...]]"


def reached(place: Place, document: Document, digest: str) -> int | None:
    """Where a place is in what is loaded, with a page of text below it; None while it may still come."""
    if not place.offset:
        return 0  # at the top is at the top, whatever was written there since
    text = document.text
    if document.complete:
        return locate(place, text, document.sections, digest)
    if len(text) < place.offset + PAGE_CHARACTERS:
        return None
    if digest == place.digest:
        return place.offset
    quote = place.before + place.after
    return locate(place, text, document.sections, digest) if quote.strip() and quote in text else None


class Places:
    """The remembered place, the bookmarks and the history of the open article."""

    def __init__(
        self, reading: Reading, undo: Undo, add_history: Callable[[tuple[str, ...]], object], pace: Pace
    ) -> None:
        """`add_history` takes the searches of the store, fetched with all that is remembered of the article."""
        self.reading = reading
        self.undo = undo
        self.annotations = Annotations(reading, undo, self.key)
        self.progress = ReadingProgress(reading, pace)
        self.read_to_end: Callable[[], object] = lambda: None
        """Called when the open article has been read to its end."""
        self.bookmarks: dict[str, Place] = {}
        """By letter."""
        self._add_history = add_history
        self._awaited: Place | None = None
        """Where to go when it is loaded."""
        self._saved_offset = 0
        """`top_offset` as it is if the person has not moved; -1: it has been moved."""
        self._kept_until = 0
        """Up to this offset the remembered place is not written over: the article was opened at its top by request."""
        self._timer: Timer | None = None
        reading.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        match topic:
            case "article":
                self.bookmarks, self._awaited, self._saved_offset, self._kept_until = {}, None, 0, 0
                self.reading.announce("places")
            case "grown":
                self._grown()
            case "moved":
                self._moved()
            case _:
                pass

    # ---- where the article was left ----------------------------------------------------------------------------------

    def restore(self, place: Place) -> None:
        """Goes where the article was left, as soon as that is loaded."""
        article, viewport = self.reading.article, self.reading.viewport
        where = reached(place, article.document, article.digest)
        self._awaited = place if where is None else None
        if where:
            self._saved_offset = where
            viewport.restore(where)

    def begin(self, *, restore: bool) -> None:
        """Fetches what is remembered of the article just opened, and counts it among the recents."""
        article, known = self.reading.article, self.key()
        here = self._here()

        def work(store: Store) -> _Found:
            if known is None:
                return None, {}, (), Progress(), store.searches()
            place = store.place(known)
            store.save_place(known, replace(place or here, time=time.time()))
            return place, store.bookmarks(known), store.annotations(known), store.progress(known), store.searches()

        def fetched(found: _Found) -> None:
            place, bookmarks, annotations, progress, searches = found
            if article is not self.reading.article:
                return
            self.bookmarks = {**bookmarks, **self.bookmarks}
            self.annotations.have(annotations)
            self.progress.have(progress)
            self._add_history(searches)
            if not restore and place is not None and place.offset:
                self._kept_until = self.reading.viewport.shown.end
            unmoved = not self._saved_offset and not self.reading.viewport.top_offset
            if restore and place is not None and self._awaited is None and unmoved:
                self.restore(place)
            self.reading.announce("places")

        self.reading.store.ask(work, fetched)

    def _grown(self) -> None:
        if self._awaited is not None and self.reading.viewport.top_offset == self._saved_offset:
            self.restore(self._awaited)
        if self.reading.article.document.complete:
            self._awaited = None
            self.reading.announce("places")

    def _moved(self) -> None:
        if self.reading.viewport.top_offset == self._saved_offset:
            return
        if self._awaited is not None:  # the way back leads where the article was left
            self.reading.history.leave(Stop(self.reading.article.target, self._awaited))
            self._awaited = None
        self._saved_offset = -1
        if self._timer is None:
            self._timer = self.reading.background.later(SAVE_DELAY_S, self.save)

    def save(self) -> None:
        """Writes the place, if the person has moved since the last time."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        known, here = self.key(), self.reading.viewport.top_offset
        if known is None:
            return
        shown, seconds = self.progress.take()
        if shown:
            length = len(self.reading.article.document.text)
            pace = self.progress.pace.written()
            share = self.progress.share
            self.reading.store.ask(lambda store: store.add_progress(known, shown, length, seconds, share=share))
            self.reading.store.ask(lambda store: store.set_preference(PACE, pace))
            if self.progress.finished:
                self.read_to_end()
        if self._saved_offset == here or self._awaited is not None or here < self._kept_until:
            return
        self._saved_offset, self._kept_until = here, 0
        place = self._here()
        self.reading.store.ask(lambda store: store.save_place(known, place))

    def key(self) -> Known | None:
        """What the open article is to the store; None for what came by standard input."""
        article = self.reading.article
        return Known(article.target, article.digest, article.title) if article.target else None

    def _here(self) -> Place:
        return replace(self.at(self.reading.viewport.top_offset), progress=self.progress.share)

    def at(self, offset: int) -> Place:
        """The place at an offset of the open article."""
        return self.reading.article.stop(offset).place

    def offset(self, place: Place) -> int:
        """Where a place is in the open article."""
        article = self.reading.article
        return locate(place, article.document.text, article.document.sections, article.digest)

    # ---- bookmarks ---------------------------------------------------------------------------------------------------

    def mark(self, letter: str) -> None:
        """Sets a bookmark at the top of the page."""
        place = self.at(self.reading.viewport.top_offset)
        self.bookmarks[letter] = place
        known = self.key()
        if known is not None:
            self.reading.store.ask(lambda store: store.save_bookmark(known, letter, place), self._said)
        self.reading.announce("places")
        self.reading.say(
            _("Marked {letter}: {keys[place.to_mark]} {letter} comes back, {keys[note.panel]} lists all").format(
                letter=letter, keys=self.reading.keys
            )
        )

    def to_mark(self, letter: str) -> None:
        """Goes to a bookmark."""
        place = self.bookmarks.get(letter)
        if place is None:
            self.reading.say(_("No bookmark {letter}").format(letter=letter), warning=True)
            return
        where = reached(place, self.reading.article.document, self.reading.article.digest)
        if where is None:
            self.reading.say(_("Bookmark {letter} is not loaded yet").format(letter=letter), warning=True)
        else:
            self.reading.leave()
            self.reading.viewport.back_to(where)

    def unmark(self, letter: str) -> None:
        """Takes a bookmark away."""
        place = self.bookmarks.pop(letter, None)
        if place is None:
            return
        article, known = self.reading.article, self.key()
        if known is not None:
            self.reading.store.ask(lambda store: store.remove_bookmark(known, letter), self._said)
        self.reading.announce("places")

        def restore() -> None:
            if known is not None:
                self.reading.store.ask(lambda store: store.restore_bookmark(known, letter), self._said)
            if article.target == self.reading.article.target:
                self.bookmarks[letter] = place
                self.reading.announce("places")

        self.undo.offer(_("Bookmark {letter}").format(letter=letter), restore)

    def _said(self, kept: bool) -> None:
        """What is not in the file is said to be not, each time."""
        if not kept and self.reading.store.problem:
            self.reading.say(self.reading.store.problem, warning=True)
