"""The open article as it grows: what the second process sends is taken piece by piece.

Owns the worker that takes it, and the jump to an end that is not loaded yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from reader.document import Document
from reader.loading import CUT_SHORT, Findings
from reader.locale import _
from reader.session.article import Article
from reader.session.changes import Topic
from reader.session.claims import Claims
from reader.session.reading import Reading

FIRST_SCREEN_S = 0.1
"""The first screen has the machine to itself for so long: what is drawn next would be drawn before it is seen."""


class Loading:
    """The growth of the open article."""

    def __init__(self, reading: Reading, claims: Claims) -> None:
        self.reading = reading
        self.claims = claims
        self.kept: Article | None = None
        """What came by standard input: it cannot be read twice, so it goes on growing while another article is open."""
        self._find: Callable[[Document], int | None] | None = None
        self._missing = ""
        self._end: int | None = None
        """`top_offset` after a jump to an end that was not yet the end."""
        reading.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "article":
            self._end, self._find = None, None

    def start(self, rest: Iterable[Document | Findings], then: Callable[[], object]) -> None:
        """Takes what comes of the open article once its first screen stands; `then` is called when that begins."""
        article = self.reading.article
        self.reading.background.later(FIRST_SCREEN_S, partial(self._begin, article, rest, then))

    def _begin(self, article: Article, rest: Iterable[Document | Findings], then: Callable[[], object]) -> None:
        if article is self.reading.article:
            self.reading.background.run(partial(self._work, iter(rest), article), group="load")
            then()

    def _work(self, rest: Iterator[Document | Findings], article: Article) -> None:
        """Runs in a thread, and lets go of the interpreter between two pieces."""
        for item in rest:
            if not self.reading.background.running or article not in (self.reading.article, self.kept):
                return
            self.reading.background.tell(self.take, article, item)

    def take(self, article: Article, item: Document | Findings) -> None:
        """More of an article, or more claims of it."""
        if isinstance(item, Findings):
            article.findings = item
            if article is self.reading.article:
                self.claims.found(item)
        elif article is self.reading.article:
            self._grow(article, item)
        else:
            article.grow(item)

    def _grow(self, article: Article, document: Document) -> None:
        viewport = self.reading.viewport
        spot = viewport.spot
        article.grow(document)
        if document.complete:
            viewport.back_to(*spot)
            if CUT_SHORT in document.warnings:
                self.reading.say(
                    _("{problem} {keys[file.reload]} reads it again").format(
                        problem=_(CUT_SHORT), keys=self.reading.keys
                    ),
                    warning=True,
                )
        self.reading.announce("grown")
        self._seek()
        self._follow_end()
        self.reading.has_moved()

    # ---- a place that may not be loaded yet --------------------------------------------------------------------------

    def go_to(self, find: Callable[[Document], int | None], missing: str) -> None:
        """Goes to an offset as soon as `find` knows it; says `missing` where it is not in the whole article."""
        self._find, self._missing = find, missing
        self._seek()

    def _seek(self) -> None:
        document = self.reading.article.document
        if self._find is None:
            return
        there = self._find(document)
        if there is not None:
            self._find = None
            self.reading.viewport.go(there)
        elif document.complete:
            self._find = None
            self.reading.say(self._missing, warning=True)

    # ---- the end -----------------------------------------------------------------------------------------------------

    def to_end(self) -> None:
        """Goes to the end of what is loaded, and on with it as more comes."""
        viewport = self.reading.viewport
        self.reading.leave()
        viewport.to_end()
        if not self.reading.article.document.complete:
            self._end = viewport.top_offset
            self.reading.say(_("The end of what is loaded so far; the page goes on with it"))

    def _follow_end(self) -> None:
        """Goes to the new end, if the person has not moved since the jump to the old one."""
        viewport = self.reading.viewport
        if self._end is not None and self._end == viewport.top_offset:
            viewport.to_end()
            self._end = None if self.reading.article.document.complete else viewport.top_offset
            if self._end is None:
                self.reading.say("")
        else:
            self._end = None
