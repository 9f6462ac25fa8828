"""The sidebar: what it lists, how wide it is, and following the page."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Literal

from reader.ui.listing import Entry
from reader.ui.panels import Grouped, Outline, claims, places, results, targets
from reader.ui.parts.part import Part

if TYPE_CHECKING:
    from reader.search import Matches
    from reader.session import Session
    from reader.ui.app import ReaderApp
    from reader.ui.listing import Listing

Panel = Literal["sections", "links", "results", "claims", "places"]
_LEAST, _MOST = 16, 80
_QUICK = 2000
"""Entries a list is made anew for whenever more is loaded."""
_FOLDING = 500
"""Entries of a list that folds; a longer one makes its entries as they are drawn."""
_ROOM = 60
"""Cells the page needs beside the sidebar, or the sidebar goes."""


class Side(Part):
    """The list left of the page."""

    def __init__(self, app: ReaderApp) -> None:
        super().__init__(app)
        self.panel: Panel = "sections"
        self.width = app.settings.sidebar.width
        self.wanted: bool | None = None if app.settings.sidebar.shown else False
        """What the reader asked for; None: as the terminal's width allows."""
        self._outline = Outline()
        self._outlined: Session | None = None
        self._matches: Matches | None = None

    @property
    def shown(self) -> bool:
        """Whether the sidebar is on the screen."""
        return not self.app.side.has_class("hidden")

    def toggle(self) -> None:
        """Shows or hides the sidebar."""
        self.wanted = not self.shown
        self.fit()
        if not self.shown:
            self.app.article.focus()

    def fit(self, total: int = 0, *, anew: bool = False) -> None:
        """Shows the sidebar where it is wanted and has room, on a terminal of `total` cells (0: as it is)."""
        total = total or self.app.size.width
        show = self.wanted if self.wanted is not None else total >= self.width + _ROOM
        self.app.side.set_class(not show, "hidden")
        self.app.side.styles.width = min(self.width, max(_LEAST, total // 2))
        if show:
            self.refill(anew=anew)

    def narrow(self) -> None:
        """A narrower sidebar."""
        self._resize(-4)

    def widen(self) -> None:
        """A wider sidebar."""
        self._resize(4)

    def _resize(self, step: int) -> None:
        self.width = max(_LEAST, min(_MOST, self.width + step))
        self.wanted = True
        self.fit()

    def next_pane(self) -> None:
        """The pane after this one."""
        self.app.screen.focus_next()

    def previous_pane(self) -> None:
        """The pane before this one."""
        self.app.screen.focus_previous()

    def sections(self) -> None:
        """Lists the sections."""
        self._list("sections")

    def links(self) -> None:
        """Lists links and images."""
        self._list("links")

    def results(self) -> None:
        """Lists the matches."""
        self._list("results")

    def claims(self) -> None:
        """Lists the claims."""
        self._list("claims")

    def places(self) -> None:
        """Lists bookmarks and notes."""
        self._list("places")

    def placed(self) -> None:
        """The bookmarks or notes are others now."""
        if self.panel == "places" and self.shown:
            self.refill()

    def forget(self) -> None:
        self._matches = None
        self.app.side.list.clear()
        if self.panel == "results":
            self.panel = "sections"

    def claimed(self) -> None:
        """The claims are others now."""
        if self.panel == "claims" and self.shown:
            self.refill()

    def counted(self) -> None:
        """The matches are others now: the sections' counts, or the list of results."""
        self.refill()
        self.app.side.list.refresh()

    def _tally(self, entry: Entry) -> str:
        count = self.app.find.tally(entry.range) if entry.range is not None else 0
        return str(count) if count else ""

    def _list(self, panel: Panel) -> None:
        if panel != self.panel:
            self.app.side.list.set_filter("")
        self.panel = panel
        self.wanted = True
        self.fit(anew=True)
        self.app.side.list.focus()

    def refill(self, *, anew: bool = False) -> None:
        """Brings the list up to what is loaded."""
        listing, session = self.app.side.list, self.app.session
        if not self.shown:
            return
        match self.panel:
            case "sections":
                known = len(self._outline.entries)
                if self._outlined is not session:
                    self._outline, self._outlined, known = Outline(), session, -1
                entries = self._outline.extend(session.document)
                if anew or len(entries) != known:
                    listing.fill(entries)
                listing.detail = self._tally
                self.app.side.head.set_text("Sections")
                self.app.place()
            case "links":
                if not (anew or session.document.complete or len(listing.entries) < _QUICK):
                    return
                found = targets(session)
                if anew or len(found) != len(listing.entries):
                    _fill(listing, found, anew)
                self.app.side.head.set_text(f"Links and images  {len(session.targets)}")
            case "claims":
                self._list_claims(anew)
            case "places":
                part = self.app.places
                kept = part.listed()
                listing.fill(places(session.document, kept), cursor=0 if anew else None)
                listing.detail = None
                listing.set_here(-1)
                self.app.side.head.set_text(f"Bookmarks and notes  {len(kept)}")
            case "results":
                matches = self.app.find.matches
                if matches is None:
                    self._list("sections")
                    return
                if anew or matches is not self._matches:
                    self._matches = matches
                    _fill(listing, results(session.document, matches), anew)
                if not listing.has_focus or anew:
                    self._to(self.app.find.current)
                self.app.side.head.set_text(f"Matches  {len(matches)}")

    def _list_claims(self, anew: bool) -> None:
        from reader.ui.parts.claiming import NAMES, SIGNS

        listing, part = self.app.side.list, self.app.claiming
        _fill(listing, claims(self.app.session.document, part.claims, part.listed(), SIGNS), anew)
        if not listing.has_focus or anew:
            self.walked()
        only = "" if part.kind is None else f" · {SIGNS[part.kind]} {NAMES[part.kind]}"
        self.app.side.head.set_text(f"Claims  {len(part.listed())}{only}")

    def walked(self) -> None:
        """Another claim is the current one."""
        part = self.app.claiming
        if self.panel == "claims" and self.shown and part.current is not None:
            at = bisect_left(part.listed(), part.current)
            if at < len(part.listed()) and part.listed()[at] == part.current:
                self._to(at)

    def _to(self, index: int | None) -> None:
        listing = self.app.side.list
        if index is not None and isinstance(listing.entries, Grouped):
            listing.set_cursor(listing.entries.row(index))
            listing.refresh()

    def here(self, section: int | None) -> None:
        """The page is in this section now."""
        if self.panel == "sections" and self.shown:
            self.app.side.list.set_here(-1 if section is None else section)

    def chosen(self, entry: Entry) -> None:
        """Goes where the entry stands and gives the keys to the page."""
        if entry.range is None:
            return
        if self.panel == "links" and self.app.session.focus != entry.key:
            self.hovered(entry)  # where it leads is shown before it is followed
            return
        self.app.article.focus()
        match self.panel:
            case "places":
                self.app.move.jump(entry.range.start)
            case "claims":
                self.app.move.leave()
                self.app.claiming.show(entry.key)
            case "results":
                self.app.move.leave()
                self.app.find.show(entry.key)
            case "sections":
                self.app.move.jump(entry.range.start)
            case "links":
                self.app.links.open()

    def dropped(self, entry: Entry) -> None:
        """Takes a bookmark or a note away."""
        if self.panel == "places":
            self.app.places.drop(entry.key)

    def hovered(self, entry: Entry) -> None:
        """The page follows the list."""
        if entry.range is None:
            return
        if self.panel == "links":
            self.app.article.reveal(entry.range)
            self.app.links.light(entry.key)
        elif self.panel == "places":
            self.app.article.reveal(entry.range)
        elif self.panel == "claims":
            self.app.claiming.show(entry.key)
        elif self.panel == "results":
            self.app.find.show(entry.key)


def _fill(listing: Listing, entries: Grouped, anew: bool) -> None:
    listing.set_here(-1)  # first: it moves the cursor
    listing.detail = None
    listing.fill(entries, cursor=1 if anew else None, flat=len(entries) > _FOLDING)
