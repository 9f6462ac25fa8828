"""The notes of all articles as one list, and the way to each.

Owns the entries. Refuses to read articles: it lists what the store holds, so a passage that is gone from its file is
listed all the same, and is known to be lost when the article is open.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence

from reader.document import Range
from reader.locale import _
from reader.sanitize import clean_line
from reader.session.annotations import Annotations, colour_name
from reader.session.entries import SIGN_CELLS, Entry
from reader.session.history import Stop
from reader.session.opening import Opening
from reader.session.reading import Reading
from reader.session.standing import HIGHLIGHT_SIGN, NOTE_SIGN
from reader.source import shown_path
from reader.store import QUOTE, Annotation, Article, Place

_ANY = Range(0, 0)
_LINE_CHARACTERS = 300
_FROM_TOP = 3
"""A passage stands at this part of the screen's rows below its top: a third."""


class Overview:
    """What a person has marked, in every article."""

    def __init__(self, reading: Reading, opening: Opening, annotations: Annotations) -> None:
        self.reading = reading
        self.opening = opening
        self.annotations = annotations
        self.found: tuple[tuple[Article, tuple[Annotation, ...]], ...] = ()
        """The article that was written in last is the first."""
        self.complete = False
        """Whether the store has told."""
        self.changed: Callable[[], object] = lambda: None
        """Called when it has."""

    def ask(self) -> None:
        """Fetches what there is now."""
        self.complete = False
        self.reading.store.ask(lambda store: store.annotated(), self._have)

    def _have(self, found: tuple[tuple[Article, tuple[Annotation, ...]], ...]) -> None:
        self.found, self.complete = found, True
        self.changed()

    @property
    def count(self) -> int:
        """How many notes there are."""
        return sum(len(several) for _, several in self.found)

    def entries(self) -> list[Entry]:
        """An article's title, and below it each of its notes: the passage, then the words.

        Every row of a note is found by all that is known of it: its words, colour, tags and article.
        """
        made: list[Entry] = []
        for number, (article, several) in enumerate(self.found):
            title = _title(article)
            made.append(Entry(title, role="list-head", detail=str(len(several)), key=number))
            for one in several:
                made += noted(one, also=f"{title} {shown_path(article.path or '')}", key=number)
        return made

    def choose(self, entry: Entry) -> None:
        """Goes to the passage of a note, in whichever article."""
        article, several = self.found[entry.key]
        one = next((one for one in several if one.id == entry.id), None)
        if one is None:
            return
        if article.path is None:
            self.reading.say(_("That article came by standard input, and is not kept"))
        elif article.path == self.reading.article.target:
            self._show(one)
        else:
            history = self.reading.history
            before = (list(history.back), list(history.forward))

            def failed() -> None:
                history.back, history.forward = before

            if self.reading.article.source.origin:
                self.reading.leave()
            self.reading.say(_("Opening {name} …").format(name=clean_line(os.path.basename(article.path))))
            self.opening.come_back(Stop(article.path, _place(one), self.reading.viewport.rows // _FROM_TOP), failed)

    def _show(self, one: Annotation) -> None:
        there = self.annotations.with_id(one.id)
        if there is not None:
            self.reading.leave()
            self.reading.viewport.reveal(there.range)
            self.reading.article.light("highlight", there.range)
            self.reading.announce("marks")
        elif one.selector is not None:
            said = _("Its passage is not in the article any more: {keys[note.panel]} lists it as lost")
            self.reading.say(said.format(keys=self.reading.keys), warning=True)


def noted(one: Annotation, *, also: str = "", key: int = 0, sign: str = "", role: str = "") -> list[Entry]:
    """The rows of a note in a list: its passage, and each line of its words."""
    exact = one.selector.exact if one.selector is not None else ""
    quote = _line(exact) or _("on the article as a whole")
    by = " ".join((also, one.colour, colour_name(one.colour), exact[:_LINE_CHARACTERS], one.words))
    lead = sign or (NOTE_SIGN if one.words else HIGHLIGHT_SIGN)
    rows = [Entry(f"{lead} {quote}", _ANY, 1, role=role, hang=SIGN_CELLS, id=one.id, key=key, also=by)]
    for line in one.words.split("\n"):
        if line.strip():
            said = Entry(f"  {_line(line)}", _ANY, 1, role="list-note", hang=SIGN_CELLS, id=one.id, key=key, also=by)
            rows.append(said)
    return rows


def lost_entries(lost: Sequence[Annotation]) -> list[Entry]:
    """Lost notes to choose one of; the first entry, with no id, is for a new note."""
    made = [Entry("✎ " + _("Write a new note here"), _ANY), Entry(_("Place a lost note here"), role="list-head")]
    for one in lost:
        made += noted(one, sign="✗")
    return made


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LINE_CHARACTERS else f"{line[: _LINE_CHARACTERS - 1]}…"


def _title(article: Article) -> str:
    return article.title or shown_path(os.path.basename(article.path or "")) or "standard input"


def _place(one: Annotation) -> Place:
    """Where its passage begins, as far as the store knows."""
    selector = one.selector
    if selector is None:
        return Place(0, "", "", "", "", 0, 0.0, time.time())
    after = (selector.exact + selector.suffix)[:QUOTE]
    where = (selector.start, selector.digest, selector.prefix[-QUOTE:], after, selector.section, selector.into)
    return Place(*where, 0.0, time.time())
