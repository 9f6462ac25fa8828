"""Another article in place of this one: by a link, by the way back, from a list, or the same one read again.

Whatever is asked for is read and parsed up to the place that is wanted while the page stays as it is; only then do the
two change places. So what cannot be read, or has no such place, moves nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import NamedTuple

from reader import sanitize
from reader.document import Document
from reader.loading import CUT_SHORT, Feed, FeedError, Findings, Opened, Order
from reader.locale import _
from reader.session.article import Article
from reader.session.claims import Claims
from reader.session.history import Stop
from reader.session.loading import Loading
from reader.session.places import PAGE_CHARACTERS, Places, reached
from reader.session.reading import Reading
from reader.session.search import Search
from reader.source import is_web


def notice(opened: Opened) -> str:
    """What is said of an article as it opens: that it is kept and from when, or that the page holds little of it."""
    warnings = opened.document.warnings if opened.source.kind in ("html", "feed") else ()
    return opened.source.notice or next(iter(warnings), "")


class _Visit(NamedTuple):
    """An article that is asked for."""

    target: str
    anchor: str = ""
    """A place in it; empty: where it was left."""
    stop: Stop | None = None
    """The exact place wanted."""
    fresh: bool = False
    """Its beginning is wanted, not where it was left."""
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
            early = there is not None and not document.complete and there + PAGE_CHARACTERS > len(document.text)
            return None if early else there
        return 0


class Opening:
    """Which article is asked for, and the change to it."""

    def __init__(
        self,
        reading: Reading,
        loading: Loading,
        places: Places,
        search: Search,
        claims: Claims,
        feed: Feed | None,
        order: Order | None,
    ) -> None:
        """`feed` is where the open article comes from; `order`: how others are opened, None: as by `feed`."""
        self.reading = reading
        self.loading = loading
        self.places = places
        self.search = search
        self.claims = claims
        self.feed = feed
        self.entered: Callable[[], object] = lambda: None
        """Called when the rest of an article begins to load."""
        self.read_again: Callable[[], object] = lambda: None
        """Called when the open article is its file's new text."""
        self.kept: Callable[[str], object] = lambda _: None
        """Called with a problem, perhaps empty, when it is not."""
        self.refused: Callable[[str], object] = lambda _: None
        """Called with the problem where no article is open to stay with."""
        self._known = order or (feed.order if feed is not None else None)
        self._visit: _Visit | None = None
        self._piped_feed: Feed | None = None
        self._coming: set[Feed] = set()
        self._lost: tuple[Stop, int] | None = None
        """A place that the open article has no more, and `top_offset` since."""

    def open(self, target: str, anchor: str = "", *, fresh: bool = False) -> None:
        """Opens the article at a path or an address, at `anchor` or where it was left; `fresh`: at its beginning."""
        if is_web(target):
            address = sanitize.href(target)
            self.reading.say(_("Fetching {address} …   Esc gives up").format(address=address))
        else:
            name = sanitize.clean_line(os.path.basename(target) or target)
            self.reading.say(_("Opening {name} …").format(name=name))
        self._fetch(_Visit(target, anchor, fresh=fresh))

    def wait_for(self, feed: Feed) -> None:
        """Opens the article of a feed whose first piece is not there yet."""
        target = feed.order.target
        name = _("standard input") if target == "-" else sanitize.clean_line(target)
        self.reading.say(_("Waiting for {name} …   Esc gives up").format(name=name))
        visit = self._visit = _Visit(target)
        self._coming.add(feed)
        self.reading.background.run(partial(self._read_coming, visit, feed), group="open")

    @property
    def visiting(self) -> bool:
        """Whether an article is asked for and not there yet."""
        return self._visit is not None

    def give_up(self) -> None:
        """What is asked for is not wanted any more."""
        visit, self._visit = self._visit, None
        for late in tuple(self._coming):
            late.close()
        if visit is not None and visit.failed is not None:
            visit.failed()
        if self.reading.article.source.origin:
            self.reading.say(_("Given up"))
        else:
            self.refused(_("Given up"))

    def end_pipe(self) -> None:
        """Ends the pipe that the open article still comes by; what is waited for is given up."""
        feed = self.feed
        if self.visiting:
            self.give_up()
        elif feed is not None and feed.from_pipe and not self.reading.article.document.complete:
            feed.end_pipe()
            self.reading.say(_("The pipe is closed; this is what had come"))
        else:
            self.reading.say(
                _("Ctrl+C ends a pipe that is still open; {keys[reader.quit]} quits").format(keys=self.reading.keys)
            )

    def come_back(self, stop: Stop, failed: Callable[[], object]) -> None:
        """Opens the article of a stop where it was left."""
        piped = self.loading.kept
        if not stop.target and piped is not None:
            self._visit = None
            self._leave(_Visit("", stop=stop))
            self.feed = self._piped_feed
            self.enter(piped)
            self.reading.viewport.back_to(stop.place.offset, stop.above)
            return
        self._fetch(_Visit(stop.target, stop=stop, failed=failed))

    def again(self) -> None:
        """Reads the open article again; the page stays where it is in the text."""
        article = self.reading.article
        if article.target:
            self.reading.say(
                _("Fetching the page again …") if is_web(article.target) else _("Reading the file again …")
            )
            self._fetch(_Visit(article.target, stop=self._wanted(), again=True))

    def _wanted(self) -> Stop:
        """The place of the page; but where a change of the file has taken that away, and the person has not moved
        since, the place of before: what is empty for a moment, or half written, comes back."""
        viewport = self.reading.viewport
        if self._lost is not None and self._lost[1] == viewport.top_offset:
            return self._lost[0]
        return self.reading.article.stop(*viewport.spot)

    def enter(self, article: Article, rest: Iterable[Document | Findings] = (), *, restore: bool = False) -> None:
        """Puts another article in place of the open one, at its beginning."""
        self.reading.article = article
        self.reading.announce("article")
        self.follow(rest, restore=restore)
        if article.findings is not None:
            self.claims.found(article.findings)
        self.reading.focus("page")

    def follow(self, rest: Iterable[Document | Findings], *, restore: bool) -> None:
        """All that comes after the first screen of an article."""
        self.places.begin(restore=restore)
        self.loading.start(rest, self.entered)

    def close(self) -> None:
        """The end of the session: no process is left behind."""
        self._visit = None
        for feed in {self.feed, self._piped_feed, *self._coming}:
            if feed is not None:
                feed.close()

    # ---- reading ahead, in a thread ----------------------------------------------------------------------------------

    def _fetch(self, visit: _Visit) -> None:
        self._visit = visit
        for late in tuple(self._coming):
            late.close()
        self.reading.background.run(partial(self._work, visit, self._order(visit)), group="open")

    def order_for(self, target: str) -> Order:
        """How another article is read, as this one was."""
        return (self._known or Order(target))._replace(target=target, encoding=None, return_to=False)

    def _order(self, visit: _Visit) -> Order:
        known = self._known or Order(visit.target)
        encoding = known.encoding if visit.again else None
        wanted = not visit.anchor and visit.stop is None and not visit.fresh
        back = visit.stop is not None and not visit.again
        return known._replace(
            target=visit.target,
            encoding=encoding,
            return_to=wanted and self.reading.store.remembers,
            kept_first=back,
        )

    def _work(self, visit: _Visit, order: Order) -> None:
        """Runs in a thread."""
        feed = Feed(order)
        self._coming.add(feed)
        self._read_coming(visit, feed)

    def _read_coming(self, visit: _Visit, feed: Feed) -> None:
        """Runs in a thread."""
        try:
            self._read(visit, feed)
        finally:
            self._coming.discard(feed)

    def _read(self, visit: _Visit, feed: Feed) -> None:
        tell = self.reading.background.tell
        try:
            opened = feed.open()
        except FeedError as problem:
            feed.close()
            tell(self._refused, visit, str(problem))
            return
        whole = CUT_SHORT not in self.reading.article.document.warnings
        if visit.again and whole and opened.source.digest == self.reading.article.digest:
            feed.close()
            tell(self._refused, visit, opened.source.notice)
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
        if where is None and is_web(visit.target):
            where = 0  # a fragment of the web is often meant for a script
        if where is None:
            feed.close()
            there = sanitize.clean_line(os.path.basename(visit.target))
            said = _("No place named #{name} in {file}")
            tell(self._refused, visit, said.format(name=sanitize.clean_line(visit.anchor), file=there))
            return
        ahead = () if findings is None else (findings,)
        tell(self._arrived, visit, feed, opened._replace(document=document), chain(ahead, rest), where)

    def _refused(self, visit: _Visit, problem: str) -> None:
        if visit is not self._visit:
            return
        self._visit = None
        if visit.failed is not None:
            visit.failed()
        if visit.again:
            self.kept(problem)
        elif not self.reading.article.source.origin:
            self.refused(problem)
        else:
            hint = (
                "   " + _("{keys[link.browser]} opens it in the browser").format(keys=self.reading.keys)
                if is_web(visit.target)
                else ""
            )
            self.reading.say(f"{problem}{hint}", warning=True)

    def _arrived(
        self, visit: _Visit, feed: Feed, opened: Opened, rest: Iterator[Document | Findings], where: int
    ) -> None:
        if visit is not self._visit:
            feed.close()
            return
        self._visit = None
        before, asked, viewport = self.reading.article, self.search.asked, self.reading.viewport
        if visit.again and visit.stop is not None:
            # the person has gone on while it was read
            now = self._wanted()
            where = reached(now.place, opened.document, opened.source.digest) or where if now.place.offset else 0
            visit = visit._replace(stop=now)
        self._leave(visit)
        self.feed = feed
        article = Article(opened.document, opened.source, width=before.layout.width)
        if visit.again and before.unfolded:
            article.fold_card()
        self.enter(article, rest, restore=not visit.anchor and visit.stop is None and not visit.fresh)
        if visit.stop is not None:
            viewport.back_to(where, visit.stop.above)
        elif visit.anchor:
            viewport.go(where)
        elif opened.place is not None:
            self.places.restore(opened.place)
        self._lost = None
        if visit.again:
            if visit.stop is not None and visit.stop.place.after not in opened.document.text:
                self._lost = (visit.stop, viewport.top_offset)
            self.read_again()
            if asked is not None:
                self.search.again(asked)
        else:
            note = notice(opened)
            self.reading.say(note, warning=bool(note))

    def _leave(self, visit: _Visit) -> None:
        """The open article goes: its place is written, and noted for the way back."""
        self.places.save()
        article = self.reading.article
        if not article.source.origin:
            return  # there was none yet
        if visit.stop is None:
            self.reading.leave()
        if not article.target:
            self.loading.kept, self._piped_feed = article, self.feed
        elif self.feed is not None:
            self.feed.close()

    # ---- the way back ------------------------------------------------------------------------------------------------

    def step_back(self) -> None:
        """To the place the last jump was made from, in whichever article."""
        self._step(backward=True)

    def step_forward(self) -> None:
        """Forward again, after going back."""
        self._step(backward=False)

    def _step(self, *, backward: bool) -> None:
        article, viewport, history = self.reading.article, self.reading.viewport, self.reading.history
        before = (list(history.back), list(history.forward))

        def undo() -> None:
            history.back, history.forward = before

        stop = history.step(article.stop(*viewport.spot), backward=backward)
        if stop is None:
            self.reading.say(_("Nothing to go back to") if backward else _("Nothing to go forward to"))
        elif stop.target == article.target:
            viewport.back_to(self.places.offset(stop.place), stop.above)
        else:
            self.come_back(stop, undo)
