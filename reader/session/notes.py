"""The person's own notes on the open article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader import sanitize
from reader.session.article import Article
from reader.session.changes import Topic
from reader.session.reading import Reading
from reader.store import Article as Known
from reader.store import Note, Place

if TYPE_CHECKING:
    from reader.store import Store


class Notes:
    """The notes of the open article, as far as the store has told of them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.all: tuple[Note, ...] = ()
        reading.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "article":
            self.all = ()

    def have(self, notes: tuple[Note, ...]) -> None:
        """Takes what the store holds."""
        self.all = notes

    def add(self, known: Known, place: Place, length: int, words: str | None) -> None:
        """Keeps a note on `length` characters from `place` on; none where there are no words."""
        words = sanitize.clean_line(words or "").strip()
        if not words:
            return
        article = self.reading.article

        def keep(store: Store) -> tuple[Note, ...]:
            store.add_note(known, place, length, words)
            return store.notes(known)

        self.reading.store.ask(keep, lambda notes: self._changed_to(article, notes))
        self.reading.say("Note added: 5 lists bookmarks and notes")

    def remove(self, known: Known, number: int) -> None:
        """Takes a note away."""
        article = self.reading.article

        def remove(store: Store) -> tuple[Note, ...]:
            store.remove_note(number)
            return store.notes(known)

        self.reading.store.ask(remove, lambda notes: self._changed_to(article, notes))
        self.reading.say("Note removed")

    def _changed_to(self, article: Article, notes: tuple[Note, ...]) -> None:
        if article is self.reading.article:
            self.all = notes
            self.reading.announce("places")
        self.report_unkept()

    def report_unkept(self, _: object = None) -> None:
        """What a person has just asked to be kept will not be: that is said each time."""
        if self.reading.store.problem:
            self.reading.say(self.reading.store.problem, warning=True)
