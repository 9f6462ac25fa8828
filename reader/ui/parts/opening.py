"""Another article in place of this one: by a link, by the way back, from a list, or the same one read again.

Whatever is asked for is read and parsed up to the place that is wanted while the page stays as it is; only then do the
two change places. So what cannot be read, or has no such place, moves nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from reader import sanitize
from reader.document import Document
from reader.session import Session, Stop
from reader.ui.parts.part import Part
from reader.ui.parts.places import PAGE, reached

if TYPE_CHECKING:
    from reader.loading import Feed, Findings, Opened, Order
    from reader.source import Source
    from reader.ui.app import ReaderApp


class _Visit(NamedTuple):
    """An article that is asked for."""

    target: str
    anchor: str = ""
    """A place in it; empty: where it was left."""
    stop: Stop | None = None
    """The exact place wanted."""
    again: bool = False
    """It is the open article, which has changed."""
    failed: Callable[[], object] | None = None
    """Called if nothing comes of it."""

    def where(self, document: Document, digest: str) -> int | None:
        """The offset wanted in what is loaded; None while it may still come, or where it is not."""
        if self.stop is not None:
            return reached(self.stop.place, document, digest)
        if self.anchor:
            there = document.anchors.get(self.anchor, document.anchors.get(self.anchor.lower()))
            early = there is not None and not document.complete and there + PAGE > len(document.text)
            return None if early else there
        return 0


class Opening(Part):
    """The door."""

    def __init__(self, app: ReaderApp, feed: Feed | None, order: Order | None) -> None:
        """`order`: how articles are opened; None: as by `feed`."""
        super().__init__(app)
        self._known = order or (feed.order if feed is not None else None)
        self.feed = feed
        """Where the open article comes from."""
        self._visit: _Visit | None = None
        self.piped: Session | None = None
        """The article that came by standard input: it cannot be read twice, so it stays and goes on growing."""
        self._piped: tuple[Source, Feed | None] | None = None
        self._coming: set[Feed] = set()
        self._lost: tuple[Stop, int] | None = None
        """A place that the open article has no more, and the eye since."""

    def open(self, target: str, anchor: str = "") -> None:
        """Opens the article at a path or an address, at `anchor` or where it was left."""
        self.app.say(f"Opening {sanitize.clean_line(os.path.basename(target) or target)} …")
        self._go(_Visit(target, anchor))

    def come_back(self, stop: Stop, failed: Callable[[], object]) -> None:
        """Opens the article of a stop where it was left."""
        if not stop.target and self.piped is not None and self._piped is not None:
            self._visit = None
            self._leave(_Visit("", stop=stop))
            source, self.feed = self._piped
            self.app.enter(self.piped, source)
            self.app.article.back_to(stop.place.offset, stop.above)
            return
        self._go(_Visit(stop.target, stop=stop, failed=failed))

    def again(self) -> None:
        """Reads the open article again; the eye's place stays."""
        session = self.app.session
        if session.target:
            self.app.say("Reading the file again …")
            self._go(_Visit(session.target, stop=self._wanted(), again=True))

    def _wanted(self) -> Stop:
        """The eye's place; but where a change of the file has taken that away, and the reader has not moved since, the
        place of before: what is empty for a moment, or half written, comes back."""
        article = self.app.article
        if self._lost is not None and self._lost[1] == article.eye:
            return self._lost[0]
        return self.app.session.stop(*article.spot)

    def close(self) -> None:
        """The end of the app: no process is left behind."""
        self._visit = None
        for feed in {self.feed, self._piped[1] if self._piped else None, *self._coming}:
            if feed is not None:
                feed.close()

    # ---- reading ahead, in a worker ----------------------------------------------------------------------------------

    def _go(self, visit: _Visit) -> None:
        self._visit = visit
        for late in tuple(self._coming):
            late.close()
        order = self._order(visit)
        self.app.run_worker(lambda: self._fetch(visit, order), thread=True, group="open", exit_on_error=False)

    def _order(self, visit: _Visit) -> Order:
        from reader.loading import Order

        known = self._known or Order(visit.target)
        encoding = known.encoding if visit.again else None
        wanted = not visit.anchor and visit.stop is None
        return known._replace(target=visit.target, encoding=encoding, return_to=wanted and self.app.remembers)

    def _fetch(self, visit: _Visit, order: Order) -> None:
        from reader.loading import Feed

        feed = Feed(order)
        self._coming.add(feed)
        try:
            self._read(visit, feed)
        finally:
            self._coming.discard(feed)

    def _read(self, visit: _Visit, feed: Feed) -> None:
        from reader.loading import CUT_SHORT, FeedError

        try:
            opened = feed.open()
        except FeedError as problem:
            feed.close()
            self.app.call_from_thread(self._refused, visit, str(problem))
            return
        whole = CUT_SHORT not in self.app.session.document.warnings
        if visit.again and whole and opened.source.digest == self.app.session.digest:
            feed.close()
            self.app.call_from_thread(self._refused, visit, "")
            return
        rest = feed.rest()
        document, findings = opened.document, None
        where = visit.where(document, opened.source.digest)
        while where is None and not document.complete and visit is self._visit:
            item = next(rest, None)
            if isinstance(item, Document):
                document = item
                where = visit.where(document, opened.source.digest)
            elif item is not None:
                findings = item
            else:
                break
        if where is None:
            feed.close()
            there = sanitize.clean_line(os.path.basename(visit.target))
            missing = f"No place named #{sanitize.clean_line(visit.anchor)} in {there}"
            self.app.call_from_thread(self._refused, visit, missing)
            return
        ahead = () if findings is None else (findings,)
        self.app.call_from_thread(
            self._arrived, visit, feed, opened._replace(document=document), chain(ahead, rest), where
        )

    def _refused(self, visit: _Visit, problem: str) -> None:
        if visit is not self._visit:
            return
        self._visit = None
        if visit.failed is not None:
            visit.failed()
        if visit.again:
            self.app.filing.kept(problem)
        elif not self.app.source.origin:
            self.app.shelf.open(problem)
        else:
            self.app.say(problem, warning=True)

    def _arrived(
        self, visit: _Visit, feed: Feed, opened: Opened, rest: Iterator[Document | Findings], where: int
    ) -> None:
        if visit is not self._visit:
            feed.close()
            return
        self._visit = None
        before = self.app.session
        asked = self.app.find.asked
        if visit.again and visit.stop is not None:
            # the reader has gone on while it was read
            now = self._wanted()
            where = reached(now.place, opened.document, opened.source.digest) or where if now.place.offset else 0
            visit = visit._replace(stop=now)
        self._leave(visit)
        self.feed = feed
        source = opened.source
        session = Session(
            opened.document,
            name=os.path.basename(source.origin),
            width=before.layout.width,
            target=source.path or source.url or "",
            digest=source.digest,
        )
        session.history = before.history
        if visit.again:
            session.fold_card() if before.card else None
        self.app.enter(session, source, rest, restore=not visit.anchor and visit.stop is None)
        if visit.stop is not None:
            self.app.article.back_to(where, visit.stop.above)
        elif visit.anchor:
            self.app.article.go(where)
        elif opened.place is not None:
            self.app.places.restore(opened.place)
        self._lost = None
        if visit.again:
            if visit.stop is not None and visit.stop.place.after not in opened.document.text:
                self._lost = (visit.stop, self.app.article.eye)
            self.app.filing.read_again()
            if asked is not None:
                self.app.find.again(asked)
        else:
            self.app.say("")

    def _leave(self, visit: _Visit) -> None:
        """The open article goes: its place is written, and noted for the way back."""
        app = self.app
        app.places.save()
        if not app.source.origin:
            return  # there was none yet
        if visit.stop is None:
            app.move.leave()
        if not app.session.target:
            self.piped, self._piped = app.session, (app.source, self.feed)
        elif self.feed is not None:
            self.feed.close()
