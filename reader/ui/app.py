"""The app: its panes, its parts, and the load that goes on behind the first screen.

Owns the widgets and the event loop's side of the workers. What a key does lives in `parts/`, one class a group of
actions; siblings never talk, they go through here.

Invariant: a result for an article that is no longer open is dropped.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, ClassVar

from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from reader.document import Document
from reader.session import Session
from reader.ui.actions import ACTIONS, sign
from reader.ui.article import ArticleView
from reader.ui.canvas import Canvas
from reader.ui.listing import Listing
from reader.ui.looks import THEMES, Looks
from reader.ui.parts.desk import Desk
from reader.ui.parts.links import Links
from reader.ui.parts.move import Move
from reader.ui.parts.side import Side
from reader.ui.parts.view import View
from reader.ui.sidebar import Sidebar
from reader.ui.status import Status


class ReaderApp(App[None]):
    """One open article, its sections beside it."""

    CSS_PATH = "reader.tcss"
    TITLE = "reader"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(action.keys), f"do('{action.id}')", action.title, show=False, id=action.id)
        for action in ACTIONS
    ]

    def __init__(
        self,
        session: Session,
        rest: Iterable[Document] = (),
        *,
        folder: str = "",
        theme: str = "ink",
        measure: int = 80,
    ) -> None:
        """`rest` yields the document as it grows; `folder` is where relative links of the article start."""
        super().__init__()
        for house in THEMES:
            self.register_theme(house)
        self.theme = theme if theme in self.available_themes else "ink"
        self.looks = Looks(self.get_css_variables())
        self.session = session
        self.folder = folder
        self._rest = iter(rest)
        self.article = ArticleView(session, self.looks, measure=measure, links=os.environ.get("TERM") != "linux")
        self.side = Sidebar(self.looks)
        self.status = Status(self.looks)
        self.move = Move(self)
        self.links = Links(self)
        self.view = View(self)
        self.panes = Side(self)
        self.desk = Desk(self)
        self._parts = {
            "move": self.move,
            "link": self.links,
            "view": self.view,
            "sidebar": self.panes,
            "reader": self.desk,
        }

    # ---- the screen --------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        with Horizontal(id="main"):
            yield self.side
            yield self.article
        yield self.status

    def on_mount(self) -> None:
        """The first screen is all that is done before the rest is loaded."""
        self.title = self.session.title
        self.status.hints = "  ".join(f"{sign(action.keys[0])} {action.footer}" for action in ACTIONS if action.footer)
        self.theme_changed_signal.subscribe(self, lambda _: self._restyle())
        self.article.focus()
        self.panes.refill()
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        self.run_worker(partial(self._load, self._rest, self.session), thread=True, exclusive=True, group="load")
        self.view.colour()

    def _restyle(self) -> None:
        self.looks = Looks(self.theme_variables)
        for pane in self.query(Canvas):
            pane.looks = self.looks
        for drawn in (self.status, self.side.head, self.side.progress):
            drawn.looks = self.looks
        self.refresh(layout=True)

    # ---- the load ----------------------------------------------------------------------------------------------------

    def _load(self, rest: Iterator[Document], session: Session) -> None:
        """Runs in a worker: parses on, piece by piece, and lets go of the interpreter between two."""
        for document in rest:
            if not self.is_running or session is not self.session:
                return
            self.call_from_thread(self._grow, session, document)

    def _grow(self, session: Session, document: Document) -> None:
        if session is not self.session:
            return
        session.grow(document)
        self.panes.refill()
        if document.complete:
            self.article.keep()
        self.place()

    # ---- what the panes say ------------------------------------------------------------------------------------------

    def place(self) -> None:
        """Shows where the reader is: in the sidebar and on the bottom line."""
        document, shown = self.session.document, self.article.shown
        index = document.section_index(shown.start)
        section = document.sections[index].title if index is not None else self.session.title
        known = len(document.text) / max(document.progress, 0.001)
        share = min(1.0, shown.end / known) if known else 1.0
        loading = "" if document.complete else f"loading {round(document.progress * 100)}%  "
        self.status.set_place(section, f"{loading}{round(share * 100)}%")
        self.side.progress.set_share(share)
        self.panes.here(index)

    def on_canvas_moved(self, event: Canvas.Moved) -> None:
        """The page has moved."""
        if event.canvas is self.article:
            self.place()
            self.view.colour()

    def on_article_view_followed(self, event: ArticleView.Followed) -> None:
        """A click on something that leads somewhere."""
        self.links.clicked(event.offset)

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """Enter in the sidebar."""
        if event.listing is self.side.list:
            self.panes.chosen(event.entry)

    def on_listing_hovered(self, event: Listing.Hovered) -> None:
        """The cursor moves in the sidebar."""
        if event.listing is self.side.list:
            self.panes.hovered(event.entry)

    def on_resize(self) -> None:
        """A narrow terminal has no sidebar."""
        self.panes.fit()

    # ---- actions -----------------------------------------------------------------------------------------------------

    def action_do(self, id: str) -> None:
        """Does the action of the registry with this id."""
        self.status.say("")
        part, _, verb = id.partition(".")
        getattr(self._parts[part], verb)()

    def say(self, message: str, *, warning: bool = False) -> None:
        """One line at the bottom, until the next key."""
        self.status.say(message, warning=warning)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: Textual's own commands and every action."""
        yield from super().get_system_commands(screen)
        for action in ACTIONS:
            keys = ", ".join(sign(key) for key in action.keys)
            yield SystemCommand(action.title, f"{action.group} · {keys}", partial(self.action_do, action.id))
