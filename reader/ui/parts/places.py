"""What the reader remembers: where the article was left, bookmarks, notes, searches, and the way back.

The place is written half a second after the eye has moved, by a thread that no key waits for; so a program that is
killed has lost less than a second of reading. A place that is not loaded yet is gone to when it is, unless the reader
has moved meanwhile, and until then it is not written over.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reader import sanitize
from reader.document import Document
from reader.session import Stop
from reader.ui.panels import Kept
from reader.ui.parts.part import Part

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.session import Session
    from reader.store import Article, Note, Place, Store
    from reader.ui.app import ReaderApp

PAGE = 8000
"""Characters that fill a large screen: with as many below it, a place can stand where it stood."""
_SOON = 0.5
"""Seconds from a move to its being written."""


def reached(place: Place, document: Document, digest: str) -> int | None:
    """Where a place is in what is loaded, with a page of text below it; None while it may still come."""
    if not place.offset:
        return 0  # at the top is at the top, whatever was written there since
    from reader.store import locate

    text = document.text
    if document.complete:
        return locate(place, text, document.sections, digest)
    if len(text) < place.offset + PAGE:
        return None
    if digest == place.digest:
        return place.offset
    quote = place.before + place.after
    return locate(place, text, document.sections, digest) if quote.strip() and quote in text else None


class Places(Part):
    """The reader's memory."""

    def __init__(self, app: ReaderApp) -> None:
        super().__init__(app)
        self.bookmarks: dict[str, Place] = {}
        self.notes: tuple[Note, ...] = ()
        self._awaited: Place | None = None
        """Where to go when it is loaded."""
        self._rest = 0
        """The eye as it is if the reader has not moved."""
        self._timer: Timer | None = None

    # ---- coming and going --------------------------------------------------------------------------------------------

    def forget(self) -> None:
        self.bookmarks, self.notes, self._awaited, self._rest = {}, (), None, 0
        self._flag()

    def restore(self, place: Place) -> None:
        """Goes where the article was left, as soon as that is loaded."""
        session = self.app.session
        where = reached(place, session.document, session.digest)
        self._awaited = place if where is None else None
        if where:
            self.app.article.eye = self._rest = where
            if self.app.article.is_mounted:
                self.app.article.keep()

    def begin(self, *, restore: bool) -> None:
        """Fetches what is remembered of the article just opened, and counts it among the recents."""
        session, article = self.app.session, self._article()
        here = self._here()

        def work(store: Store) -> tuple[Place | None, Mapping[str, Place], tuple[Note, ...], tuple[str, ...]]:
            if article is None:
                return None, {}, (), store.searches()
            known = store.place(article)
            store.save_place(article, replace(known or here, time=time.time()))
            return known, store.bookmarks(article), store.notes(article), store.searches()

        self.app.memory.ask(work, lambda found: self._known(session, restore, *found))

    def _known(
        self,
        session: Session,
        restore: bool,
        place: Place | None,
        bookmarks: Mapping[str, Place],
        notes: tuple[Note, ...],
        searches: tuple[str, ...],
    ) -> None:
        if session is not self.app.session:
            return
        self.bookmarks = {**bookmarks, **self.bookmarks}
        self.notes = notes
        find = self.app.find
        find.history = [*find.history, *(old for old in searches if old not in find.history)]
        if restore and place is not None and self._awaited is None and not self._rest and not self.app.article.eye:
            self.restore(place)
        self._flag()

    def grown(self) -> None:
        """More of the article is loaded."""
        if self._awaited is not None and self.app.article.eye == self._rest:
            self.restore(self._awaited)
        if self.app.session.document.complete:
            self._awaited = None
            self._flag()

    def moved(self) -> None:
        """The page has moved: its place is written soon."""
        if self.app.article.eye == self._rest:
            return
        if self._awaited is not None:  # the way back leads where the article was left
            self.app.session.history.leave(Stop(self.app.session.target, self._awaited))
            self._awaited = None
        self._rest = -1
        if self._timer is None:
            self._timer = self.app.set_timer(_SOON, self.save)

    def save(self) -> None:
        """Writes the place, if the reader has moved since the last time."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        article = self._article()
        if article is None or self._rest == self.app.article.eye or self._awaited is not None:
            return
        self._rest = self.app.article.eye
        place = self._here()
        self.app.memory.ask(lambda store: store.save_place(article, place))

    def warn(self, warnings: tuple[str, ...]) -> None:
        """The store has something to say."""
        self.app.session.warn(warnings)
        self.app.say(warnings[-1], warning=True)
        self.app.article.refresh()

    def _article(self) -> Article | None:
        """What the open article is to the store; None for what came by standard input."""
        from reader.store import Article

        session = self.app.session
        return Article(session.target, session.digest, session.title) if session.target else None

    def _here(self) -> Place:
        return replace(self._at(self.app.article.eye), progress=self.app.share)

    def _at(self, offset: int) -> Place:
        return self.app.session.stop(offset).place

    def offset(self, place: Place) -> int:
        """Where a place is in the open article."""
        from reader.store import locate

        session = self.app.session
        return locate(place, session.document.text, session.document.sections, session.digest)

    # ---- the way back ------------------------------------------------------------------------------------------------

    def back(self) -> None:
        """To the place the last jump left, in whichever article."""
        self._walk(backward=True)

    def forward(self) -> None:
        """On again, after going back."""
        self._walk(backward=False)

    def _walk(self, *, backward: bool) -> None:
        session, article = self.app.session, self.app.article
        history = session.history
        before = (list(history.back), list(history.forward))
        stop = history.step(session.stop(*article.spot), backward=backward)
        if stop is None:
            self.app.say("No jump to go back from" if backward else "Nothing to go forward to")
        elif stop.target == session.target:
            article.back_to(self.offset(stop.place), stop.above)
        else:
            self.app.opening.come_back(stop, lambda: self._unwalk(before))

    def _unwalk(self, before: tuple[list[Stop], list[Stop]]) -> None:
        """The article of the stop cannot be opened: the way is as it was."""
        history = self.app.session.history
        history.back, history.forward = before

    # ---- bookmarks ---------------------------------------------------------------------------------------------------

    def mark(self) -> None:
        """Sets a bookmark: the next key is its letter."""
        self.app.say("Bookmark this place: type a letter, Esc leaves")
        self.app.article.catch_letter(self._mark)

    def _mark(self, letter: str) -> None:
        place = self._at(self.app.article.eye)
        self.bookmarks[letter] = place
        article = self._article()
        if article is not None:
            self.app.memory.ask(lambda store: store.save_bookmark(article, letter, place), self._doubt)
        self._flag()
        self.app.panes.placed()
        self.app.say(f"Bookmark {letter} is here: ' {letter} comes back, 5 lists all")

    def to_mark(self) -> None:
        """Goes to a bookmark: the next key is its letter."""
        if not self.bookmarks:
            self.app.say("No bookmarks yet: m and a letter sets one")
            return
        self.app.say(f"Go to bookmark: {' '.join(sorted(self.bookmarks))}   ' goes back")
        self.app.article.catch_letter(self._to_mark)

    def _to_mark(self, letter: str) -> None:
        place = self.bookmarks.get(letter)
        if letter == "'":
            self.back()
        elif place is None:
            self.app.say(f"There is no bookmark {letter}", warning=True)
        else:
            where = reached(place, self.app.session.document, self.app.session.digest)
            if where is None:
                self.app.say(f"Bookmark {letter} is not loaded yet", warning=True)
            else:
                self.app.move.leave()
                self.app.article.back_to(where)

    def unmark(self, letter: str) -> None:
        """Takes a bookmark away."""
        if self.bookmarks.pop(letter, None) is None:
            return
        article = self._article()
        if article is not None:
            self.app.memory.ask(lambda store: store.remove_bookmark(article, letter))
        self._flag()
        self.app.panes.placed()
        self.app.say(f"Bookmark {letter} is gone")

    def marks(self) -> None:
        """Lists the bookmarks in the sidebar."""
        self.app.panes.places()

    def _flag(self) -> None:
        """Signs in the gutter."""
        flags = {offset: sign for offset, sign, _ in self.listed()}
        if flags != self.app.article.flags:
            self.app.article.flags = flags
            self.app.article.refresh()

    # ---- notes -------------------------------------------------------------------------------------------------------

    def note(self) -> None:
        """Asks for the words of a note at the selection, or the paragraph under the eye."""
        from reader.ui.dialogs import WordsDialog

        session = self.app.session
        article = self._article()
        where = session.selection
        if where is None and session.document.blocks:
            where = session.document.blocks[session.document.block_index(self.app.article.eye)]
        if where is None or article is None:
            self.app.say("There is no file to keep a note for", warning=True)
            return
        place, length = self._at(where.start), len(where)
        self.app.push_screen(
            WordsDialog(session.document.slice(where)), lambda words: self._noted(article, place, length, words)
        )

    def _noted(self, article: Article, place: Place, length: int, words: str | None) -> None:
        words = sanitize.clean_line(words or "").strip()
        if not words:
            return
        session = self.app.session

        def keep(store: Store) -> tuple[Note, ...]:
            store.add_note(article, place, length, words)
            return store.notes(article)

        self.app.memory.ask(keep, lambda notes: self._have_notes(session, notes))
        self.app.say("Noted: 5 lists bookmarks and notes")

    def _have_notes(self, session: Session, notes: tuple[Note, ...]) -> None:
        if session is self.app.session:
            self.notes = notes
            self._flag()
            self.app.panes.placed()
        self._doubt()

    def _doubt(self, _: object = None) -> None:
        """What a person has just asked to be kept will not be: that is said each time."""
        if self.app.memory.problem:
            self.app.say(self.app.memory.problem, warning=True)

    # ---- the panel of both -------------------------------------------------------------------------------------------

    def listed(self) -> list[Kept]:
        """Bookmarks and notes as far as they are loaded, in reading order."""
        return [Kept(offset, sign, words) for offset, sign, words, _ in self._kept()]

    def _kept(self) -> list[tuple[int, str, str, str | int]]:
        session = self.app.session
        document, digest = session.document, session.digest
        both: list[tuple[Place, str, str, str | int]] = [
            *((place, f"'{letter}", "", letter) for letter, place in self.bookmarks.items()),
            *((note.place, "✎", note.words, note.id) for note in self.notes),
        ]
        found = [(reached(place, document, digest), *rest) for place, *rest in both]
        return sorted((offset, *rest) for offset, *rest in found if offset is not None)  # type: ignore[misc]

    def drop(self, index: int) -> None:
        """Takes away what the panel lists there."""
        session, (_, _, _, key) = self.app.session, self._kept()[index]
        if isinstance(key, str):
            self.unmark(key)
            return
        article = self._article()
        assert article is not None  # only what has a file has notes

        def remove(store: Store) -> tuple[Note, ...]:
            store.remove_note(key)
            return store.notes(article)

        self.app.memory.ask(remove, lambda notes: self._have_notes(session, notes))
        self.app.say("The note is gone")

    # ---- searches ----------------------------------------------------------------------------------------------------

    def remember_search(self, pattern: str) -> None:
        """Keeps a query for the next time."""
        self.app.memory.ask(lambda store: store.add_search(pattern))
