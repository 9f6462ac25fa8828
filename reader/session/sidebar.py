"""What the sidebar lists, and whether it is wanted.

Owns the panel and its content as entries. Refuses to draw, and to know how wide the terminal is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from reader.locale import _
from reader.session.changes import Topic
from reader.session.claims import NAMES, SIGNS, Claims
from reader.session.entries import Entry, Kept, Linked, Outline, claims, places, results, targets
from reader.session.links import Links
from reader.session.places import Places, reached
from reader.session.reading import Reading
from reader.session.search import Search
from reader.source import shown_path

Panel: TypeAlias = Literal["sections", "links", "results", "claims", "places"]
MIN_WIDTH, MAX_WIDTH = 16, 80
"""Cells of the sidebar."""
_STEP_CELLS = 4
_LEAST_SHARE_CELLS, _MOST_SHARE_CELLS = 36, 60
"""Bounds of the quarter of the terminal that the sidebar takes where no width was asked for."""


class Content(NamedTuple):
    """What a panel lists now."""

    head: str
    entries: Sequence[Entry]
    current: int | None = None
    """Row the cursor belongs on; None: wherever it is."""
    source: object = None
    """What the entries are made from: the list is filled again when it is another one."""


class Sidebar:
    """The panel beside the page."""

    def __init__(self, reading: Reading, search: Search, claims: Claims, links: Links, places: Places) -> None:
        self.reading = reading
        self.links = links
        self.search = search
        self.claims = claims
        self.places = places
        self.panel: Panel = reading.settings.sidebar.panel
        self.width = reading.settings.sidebar.width
        """Cells asked for; 0: a share of the terminal."""
        self._cells = self.width
        """What it has of a terminal wide enough."""
        self.wanted: bool | None = None if reading.settings.sidebar.shown else False
        """What the person asked for; None: as the terminal's width allows."""
        self.visible = True
        """Whether it is on the screen; the widget says so."""
        self._outline = Outline()
        reading.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "article":
            self._outline = Outline()
        if self.panel == "results" and self.search.matches is None and topic in ("article", "matches"):
            self.panel = "sections"

    # ---- what is asked for -------------------------------------------------------------------------------------------

    def show(self, panel: Panel) -> None:
        """Lists something and gives the list the keys."""
        self.panel = panel
        self.wanted = True
        self.reading.remember("sidebar.shown", True)
        if panel != "results":
            self.reading.remember("sidebar.panel", panel)
        self.reading.announce("sidebar")
        self.reading.focus("sidebar")

    def want(self, wanted: bool) -> None:
        """Shows or hides the sidebar."""
        self.wanted = wanted
        self.reading.remember("sidebar.shown", wanted)
        self.reading.announce("sidebar")
        if not wanted:
            self.reading.focus("page")

    def widen(self, steps: int) -> None:
        """A wider sidebar (1), or a narrower one (-1)."""
        self.set_width(self._cells + steps * _STEP_CELLS)

    def set_width(self, cells: int) -> None:
        """A sidebar of so many cells, within bounds."""
        self.width = max(MIN_WIDTH, min(MAX_WIDTH, cells))
        self._cells = self.width
        self.reading.remember("sidebar.width", self.width)
        self.want(True)

    def cells(self, total: int) -> int:
        """The width it is to have on a terminal of `total` cells that has room for it: what was asked for, else a
        quarter of the terminal within bounds."""
        self._cells = self.width or max(_LEAST_SHARE_CELLS, min(_MOST_SHARE_CELLS, total // 4))
        return self._cells

    # ---- what is listed ----------------------------------------------------------------------------------------------

    def content(self) -> Content:
        """The panel as it is now. While an article loads this is cheap: entries are made as they are drawn."""
        article = self.reading.article
        document = article.document
        match self.panel:
            case "sections":
                return Content(_("Sections"), self._outline.extend(document), document.section_index(self._top()))
            case "links":
                self.links.ask_backlinks()
                linked = self.links.backlinks
                own = targets(article)
                entries_of = Linked(own, linked) if linked else own
                head = f"{_('Links and images')}  {len(article.targets)}"
                return Content(head, entries_of, source=linked or article.targets)
            case "claims":
                chosen, listed = self.claims.chosen, self.claims.listed
                kind = self.claims.kind
                only = "" if kind is None else f" · {SIGNS[kind]} {_(NAMES[kind])}"
                entries = claims(document, chosen, listed, SIGNS)
                row = None
                if self.claims.current is not None:
                    at = bisect_left(listed, self.claims.current)
                    row = entries.row(at) if at < len(listed) and listed[at] == self.claims.current else None
                return Content(f"{_('Claims')}  {len(listed)}{only}", entries, row, listed)
            case "places":
                kept, notes = self.kept(), self.places.annotations
                found_places = places(document, kept, notes.whole, notes.lost)
                count = len(kept) + len(notes.whole) + len(notes.lost)
                return Content(f"{_('Bookmarks and notes')}  {count}", found_places, source=kept)
            case "results":
                matches = self.search.matches
                assert matches is not None  # without any the panel is another
                found = results(document, matches)
                row = None if self.search.current is None else found.row(self.search.current)
                return Content(f"{_('Matches')}  {len(matches)}", found, row, matches)

    def _top(self) -> int:
        return self.reading.viewport.shown.start

    def tally(self, entry: Entry) -> str:
        """The matches in a section, for its entry."""
        count = self.search.tally(entry.range) if entry.range is not None else 0
        return str(count) if count else ""

    def kept(self) -> list[Kept]:
        """Bookmarks and notes as far as they are loaded, in reading order."""
        kept = [
            Kept(placed.start, placed.sign, placed.one.words, placed.one.id, placed.end, placed.one.colour)
            for placed in self.places.annotations.placed
        ]
        kept += (Kept(offset, f"'{letter}", "", letter) for letter, offset in self.bookmarked())
        return sorted(kept, key=lambda one: one.offset)  # those of one place stay as they stand

    def bookmarked(self) -> Iterator[tuple[str, int]]:
        """Letters and offsets of the bookmarks, as far as they are loaded."""
        document, digest = self.reading.article.document, self.reading.article.digest
        for letter, place in self.places.bookmarks.items():
            offset = reached(place, document, digest)
            if offset is not None:
                yield letter, offset

    # ---- what is done with an entry ----------------------------------------------------------------------------------

    def follow(self, entry: Entry) -> None:
        """The page shows what the cursor of the list is on."""
        if entry.range is None:
            return
        match self.panel:
            case "links" if entry.id:
                self.reading.say(shown_path(entry.id))
            case "links":
                self.reading.viewport.reveal(entry.range)
                self.links.focus(entry.key)
            case "places":
                self.reading.viewport.reveal(entry.range)
            case "claims":
                self.claims.show(entry.key)
            case "results":
                self.search.show(entry.key)
            case "sections":
                pass

    def choose(self, entry: Entry) -> None:
        """Goes where an entry stands and gives the keys to the page."""
        if entry.range is None:
            return
        if self.panel == "places" and any(one.id == entry.id for one in self.places.annotations.lost):
            said = _("Its passage is gone: select one, and {keys[note.write]} places the note there")
            self.reading.say(said.format(keys=self.reading.keys))
            return
        self.reading.focus("page")
        match self.panel:
            case "places" | "sections":
                self.reading.jump(entry.range.start)
            case "claims":
                self.reading.leave()
                self.claims.show(entry.key)
            case "results":
                self.reading.leave()
                self.search.show(entry.key)
            case "links":
                pass

    def remove(self, entry: Entry) -> None:
        """Takes away the bookmark or note that an entry stands for."""
        if self.panel != "places":
            return
        if entry.id in self.places.bookmarks:
            self.places.unmark(entry.id)
        else:
            self.places.annotations.remove(entry.id)
