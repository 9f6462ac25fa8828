"""The sidebar: a head that names what is listed, the list, and how much of the article is behind."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip
from textual.widget import Widget

from reader.layout import cells, clip
from reader.locale import _
from reader.session import MIN_WIDTH, Panel, Session, Topic
from reader.ui.style import ThemeStyles
from reader.ui.widgets.list_view import ListView

MIN_PAGE_CELLS = 60
"""The page needs them beside the sidebar, or the sidebar is not shown unasked."""
_FOLDING_SECTIONS = 20_000
"""A list of sections up to this length can be folded: a longer one would be walked through whenever more is loaded."""
_REFILLED_ENTRIES = 2000
"""A list of links up to this length is made anew whenever more is loaded."""
_MATCH_ROWS = 3
"""Of one match, at most; claims and notes are shown whole."""
_FOLDING_ENTRIES = 500
"""A list up to this length can be folded and wrapped; a longer one makes its entries as they are drawn."""


class Head(Widget):
    """One row of text."""

    ALLOW_SELECT = False

    def __init__(self, styles: ThemeStyles, text: str, *, id: str) -> None:
        super().__init__(id=id)
        self.theme_styles = styles
        self.text = text
        self.role = "list-head"

    def set_role(self, role: str) -> None:
        """Draws it as this role."""
        if role != self.role:
            self.role = role
            self.refresh()

    def set_text(self, text: str) -> None:
        """Shows another text."""
        if text != self.text:
            self.text = text
            self.refresh()

    def render_line(self, y: int) -> Strip:
        style = self.theme_styles.style(self.role)
        text = clip(f" {self.text}", self.size.width)
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)


class Progress(Widget):
    """A bar: how much of the article is behind."""

    ALLOW_SELECT = False

    def __init__(self, styles: ThemeStyles) -> None:
        super().__init__(id="progress")
        self.theme_styles = styles
        self.share: float | None = None

    def set_share(self, share: float | None) -> None:
        """From 0 to 1; None: there is no article yet."""
        if share != self.share:
            self.share = share
            self.refresh()

    def render_line(self, y: int) -> Strip:
        if self.share is None:
            return Strip.blank(self.size.width, self.theme_styles.style(""))
        figure = f" {round(self.share * 100)}%"
        room = max(0, self.size.width - cells(figure) - 2)
        done = round(room * self.share)
        return Strip(
            [
                Segment(" ", self.theme_styles.style("")),
                Segment("━" * done, self.theme_styles.style("bullet")),
                Segment("─" * (room - done), self.theme_styles.style("track")),
                Segment(figure + " ", self.theme_styles.style("label")),
            ]
        )


class Sidebar(Vertical):
    """Left of the page: shows what the session's sidebar lists, and follows the page."""

    def __init__(self, session: Session, styles: ThemeStyles) -> None:
        super().__init__(id="side")
        self.session = session
        self.theme_styles = styles
        self.head = Head(styles, _("Sections"), id="side-head")
        self.head.set_role("pane-head-idle")
        self.list = ListView(styles, id="side-list")
        self.progress = Progress(styles)
        self._panel: Panel = "sections"
        """What is listed now."""
        self._source: object = None
        """What the listed entries are made from."""
        self._dragging_border = False
        self._count = 0
        self._due = False
        """Whether the list is filled once the page is drawn."""
        """How many are listed."""
        session.changes.subscribe(self._changed)

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.list
        yield self.progress

    # ---- the mouse ---------------------------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Takes hold of the border."""
        if event.button == 1 and event.screen_x == self.region.right - 1:
            self._dragging_border = True
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drags the border."""
        if self._dragging_border and event.screen_x != self.region.right - 1:
            self.session.sidebar.set_width(int(event.screen_x) + 1)

    def on_mouse_up(self) -> None:
        """Lets go of the border."""
        if self._dragging_border:
            self._dragging_border = False
            self.release_mouse()

    # ---- following the state -----------------------------------------------------------------------------------------

    def _changed(self, topic: Topic) -> None:
        panel = self.session.sidebar.panel
        match topic:
            case "article":
                self.list.clear()
                self.refill(anew=True)
            case "sidebar":
                self.fit()
            case "focus":
                self.head.set_role("pane-head" if self.session.pane == "sidebar" else "pane-head-idle")
                self.list.refresh()
            case "grown" if panel != "claims":
                self.refill()
            case "matches":
                self.refill()
                self.list.refresh()
            case "claims" if panel == "claims":
                self.refill()
            case "claim" if panel == "claims" and self.shown:
                self._to(self.session.sidebar.content().current)
            case "places" if panel == "places":
                if self.session.pane == "sidebar":
                    self.refill()
                else:  # a key of the page: there may be thousands, and the page is drawn first
                    self._due = self._due or self.call_after_refresh(self._refill_due)
            case "moved":
                self._follow_page()
            case _:
                pass

    def _refill_due(self) -> None:
        self._due = False
        self.refill()

    @property
    def shown(self) -> bool:
        """Whether it is on the screen."""
        return not self.has_class("hidden")

    def fit(self, total: int = 0) -> None:
        """Shows the sidebar where it is wanted and has room, on a terminal of `total` cells (0: as it is)."""
        state = self.session.sidebar
        total = total or self.app.size.width
        width = state.cells(total)
        show = state.wanted if state.wanted is not None else total >= width + MIN_PAGE_CELLS
        state.visible = show
        self.set_class(not show, "hidden")
        self.styles.width = min(width, max(MIN_WIDTH, total // 2))
        if show:
            self.refill(anew=state.panel != self._panel)

    def refill(self, *, anew: bool = False) -> None:
        """Brings the list up to the state; `anew` puts the cursor where it belongs."""
        if not self.shown:
            return
        panel, document = self.session.sidebar.panel, self.session.article.document
        complete = document.complete
        self.list.empty = _("Nothing here") if self.session.article.source.origin else ""
        if panel != self._panel:
            self.list.set_filter("")
            self._panel, anew = panel, True
        if panel == "links" and not (anew or complete or len(self.list.entries) < _REFILLED_ENTRIES):
            return
        content = self.session.sidebar.content()
        self.head.set_text(content.head)
        match panel:
            case "sections":
                if anew or len(content.entries) != self._count:  # the entries grow in place
                    self.list.fill(content.entries, flat=len(content.entries) > _FOLDING_SECTIONS)
                self.list.detail = self.session.sidebar.tally
                self._follow_page()
            case "places":
                many = len(content.entries) > _FOLDING_ENTRIES
                self.list.fill(content.entries, cursor=0 if anew else None, flat=many, wrap=not many)
                self.list.detail = None
                self.list.set_here(-1)
            case "links" | "claims" | "results":
                if anew or content.source is not self._source:
                    self.list.set_here(-1)  # first: it moves the cursor
                    self.list.detail = None
                    many = len(content.entries) > _FOLDING_ENTRIES
                    wrap = panel != "links" and not many
                    most_rows = _MATCH_ROWS if panel == "results" else 0
                    self.list.fill(
                        content.entries, cursor=1 if anew else None, flat=many, wrap=wrap, most_rows=most_rows
                    )
                if not self.list.has_focus or anew:
                    self._to(content.current)
        self._source, self._count = content.source, len(content.entries)

    def _follow_page(self) -> None:
        share, article = self.session.share, self.session.article
        self.progress.set_share(share if article.document.text else None)
        if self._panel == "sections" and self.shown:
            section = article.document.section_index(self.session.viewport.shown.start)
            self.list.set_here(-1 if section is None else section)

    def _to(self, row: int | None) -> None:
        if row is not None:
            self.list.set_cursor(row)
            self.list.refresh()
