"""The app: its panes, its parts, and the load that goes on behind the first screen.

Owns the widgets and the event loop's side of the workers. What a key does lives in `parts/`, one class a group of
actions; siblings never talk, they go through here.

Invariant: a result for an article that is no longer open is dropped.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from reader import sanitize
from reader.document import Document
from reader.session import Session
from reader.ui.actions import ACTIONS, sign
from reader.ui.article import ArticleView
from reader.ui.canvas import Canvas
from reader.ui.frame import Shown
from reader.ui.listing import Listing
from reader.ui.looks import THEMES, Looks
from reader.ui.memory import Memory
from reader.ui.parts.claiming import Claiming
from reader.ui.parts.desk import Desk
from reader.ui.parts.filing import Filing
from reader.ui.parts.find import Find
from reader.ui.parts.links import Links
from reader.ui.parts.move import Move
from reader.ui.parts.opening import Opening
from reader.ui.parts.places import Places
from reader.ui.parts.shelf import Shelf
from reader.ui.parts.side import Side
from reader.ui.parts.view import View
from reader.ui.sidebar import Sidebar
from reader.ui.status import Status

if TYPE_CHECKING:
    from reader.loading import Feed, Findings, Opened, Order
    from reader.search import Query
    from reader.source import Source
    from reader.ui.searchbar import SearchBar


_BREATH = 0.1
"""Seconds a first screen has to itself: what is drawn next would stand in line before the reader's eye."""


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
        opened: Opened,
        rest: Iterable[Document | Findings] = (),
        *,
        search: Query | None = None,
        feed: Feed | None = None,
        order: Order | None = None,
        store: Callable[[], str] | None = None,
        fresh: bool = False,
        watch: bool | None = None,
        library: str | None = None,
    ) -> None:
        """`rest` yields the document as it grows; `search` is looked for at once.

        `feed` is where the two come from, if from another process; the app closes it. `order` says how other articles
        are opened, if not as by `feed`. `store` says where the store is: without it nothing outlives the run. `fresh`:
        not where it was left. `watch` is as in the settings if None. `library` is a folder to choose from first, or
        empty for the recent articles; None: `opened` is an article.
        """
        super().__init__()
        for house in THEMES:
            self.register_theme(house)
        self.settings = opened.settings
        self.source = opened.source
        known = self.settings.theme in self.available_themes
        self.theme = self.settings.theme if known else "ink"
        self._problems = opened.problems if known else (*opened.problems, f"There is no theme {self.settings.theme!r}")
        self.looks = Looks(self.get_css_variables())
        self._shown = Shown()
        self.session = Session(
            opened.document,
            name=os.path.basename(self.source.origin),
            width=self.settings.measure,
            target=self.source.path or self.source.url or "",
            digest=self.source.digest,
        )
        self.share = 0.0
        """How much of the article is above the bottom of the page, 0 to 1."""
        self.remembers = store is not None
        self._rest = rest
        self._search = search
        self._fresh = fresh or search is not None
        self.article = ArticleView(self.session, self.looks, measure=self.settings.measure)
        self.side = Sidebar(self.looks)
        self.status = Status(self.looks)
        self.move = Move(self)
        self.links = Links(self)
        self.view = View(self)
        self.panes = Side(self)
        self.find = Find(self)
        self.claiming = Claiming(self)
        self.memory = Memory(self, store)
        self.places = Places(self)
        self.opening = Opening(self, feed, order)
        self.filing = Filing(self, self.settings.watch if watch is None else watch)
        self.shelf = Shelf(self, library)
        self.desk = Desk(self)
        self._parts = {
            "move": self.move,
            "link": self.links,
            "view": self.view,
            "sidebar": self.panes,
            "search": self.find,
            "claim": self.claiming,
            "place": self.places,
            "file": self.filing,
            "library": self.shelf,
            "reader": self.desk,
        }
        if opened.place is not None and not self._fresh:
            self.places.restore(opened.place)

    # ---- the screen --------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        with Horizontal(id="main"):
            yield self.side
            yield self.article
        yield self.status

    def on_mount(self) -> None:
        """The first screen is all that is done before the rest is loaded."""
        self.title = self.session.title
        hinted = sorted((a for a in ACTIONS if a.footer), key=lambda action: action.id != "reader.help")
        self.status.hints = tuple(f"{sign(action.keys[0])} {action.footer}" for action in hinted)
        self.theme_changed_signal.subscribe(self, lambda _: self._restyle())
        self.app_resume_signal.subscribe(self, lambda _: self.redraw())
        self.article.focus()
        self.panes.refill()
        if self.settings.keys:
            self.set_keymap({id: ",".join(keys) for id, keys in self.settings.keys.items()})
        self.desk.begin()
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        gc.freeze()
        gc.enable()
        if not self.source.origin:
            self.shelf.open()
        else:
            self._follow(self._rest, restore=not self._fresh)
        if self._problems:
            self.say(self._problems[0], warning=True)
        if self._search is not None:
            self.find.ask(self._search)

    def _follow(self, rest: Iterable[Document | Findings], *, restore: bool) -> None:
        """All that comes after the first screen of an article."""
        self.places.begin(restore=restore)
        self.set_timer(_BREATH, partial(self._go_on, self.session, rest))

    def _go_on(self, session: Session, rest: Iterable[Document | Findings]) -> None:
        if session is self.session:
            self.run_worker(partial(self._load, iter(rest), session), thread=True, group="load")
            self.view.colour()
            self.filing.begin()

    def enter(
        self,
        session: Session,
        source: Source,
        rest: Iterable[Document | Findings] = (),
        *,
        restore: bool = False,
    ) -> None:
        """Puts another article in place of this one, at its beginning."""
        self.session, self.source = session, source
        self.title = session.title
        self.article.take(session)
        for part in self._parts.values():
            part.forget()
        self.panes.refill(anew=True)
        self._follow(rest, restore=restore)
        if session.findings is not None:
            self.claiming.found(session.findings)
        self.article.focus()

    def open_article(self, path: str, anchor: str = "") -> None:
        """Opens another article in place, at an anchor or where it was left."""
        self.opening.open(path, anchor)

    def on_unmount(self) -> None:
        """The end of the screen is the end of all."""
        self.finish()

    def finish(self) -> None:
        """Nothing is left behind: no place unwritten, no process."""
        self.places.save()
        self.memory.close()
        self.opening.close()

    @property
    def folder(self) -> str:
        """Where relative links of the article start."""
        return os.path.dirname(self.source.path) if self.source.path else ""

    def _restyle(self) -> None:
        self.looks = Looks(self.theme_variables)
        for pane in self.query(Canvas):
            pane.looks = self.looks
        for drawn in (self.status, self.side.head, self.side.progress):
            drawn.looks = self.looks
        self.refresh(layout=True)

    # ---- the load ----------------------------------------------------------------------------------------------------

    def _load(self, rest: Iterator[Document | Findings], session: Session) -> None:
        """Runs in a worker: takes what comes, piece by piece, and lets go of the interpreter between two."""
        for item in rest:
            if not self.is_running or session not in (self.session, self.opening.piped):
                return
            self.call_from_thread(self._take, session, item)

    def _take(self, session: Session, item: Document | Findings) -> None:
        if isinstance(item, Document):
            if session is self.session:
                self._grow(session, item)
            else:
                session.grow(item)
            return
        session.findings = item
        if session is self.session:
            self.claiming.found(item)

    def _grow(self, session: Session, document: Document) -> None:
        spot = self.article.spot
        session.grow(document)
        if document.complete:
            from reader.loading import CUT_SHORT

            self.article.back_to(*spot)
            if CUT_SHORT in document.warnings:
                self.say(f"{CUT_SHORT} R reads it again", warning=True)
        self.panes.refill()
        self.find.grown()
        self.move.grown()
        self.places.grown()
        self.article.set_ticks()
        self.place()

    # ---- what the panes say ------------------------------------------------------------------------------------------

    def place(self) -> None:
        """Shows where the reader is: in the sidebar and on the bottom line."""
        document, shown = self.session.document, self.article.shown
        index = document.section_index(shown.start)
        section = document.sections[index].title if index is not None else self.session.title
        known = len(document.text) / max(document.progress, 0.001)
        self.share = share = min(1.0, shown.end / known) if known else 1.0
        loading = "" if document.complete else f"loading {round(document.progress * 100)}%"
        figures = (loading, self.find.count, f"{round(share * 100)}%")
        self.status.set_place(section, "  ".join(figure for figure in figures if figure))
        self.side.progress.set_share(share)
        self.panes.here(index)

    def on_canvas_moved(self, event: Canvas.Moved) -> None:
        """The page has moved."""
        if event.canvas is self.article:
            self.place()
            self.places.moved()
            self.view.colour()

    def on_article_view_followed(self, event: ArticleView.Followed) -> None:
        """A click on something that leads somewhere."""
        self.links.clicked(event.offset)

    def on_listing_chosen(self, event: Listing.Chosen) -> None:
        """Enter in the sidebar."""
        if event.listing is self.side.list:
            self.panes.chosen(event.entry)

    def on_listing_dropped(self, event: Listing.Dropped) -> None:
        """Del in the sidebar."""
        if event.listing is self.side.list:
            self.panes.dropped(event.entry)

    def on_listing_hovered(self, event: Listing.Hovered) -> None:
        """The cursor moves in the sidebar."""
        if event.listing is self.side.list:
            self.panes.hovered(event.entry)

    def _display(self, screen: Screen[Any], renderable: Any, *more: Any) -> None:
        super()._display(screen, self._shown.changes(renderable), *more)

    def redraw(self) -> None:
        """Sends the whole screen again."""
        self._shown.forget()
        self.screen.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """A terminal of another size has drawn its rows anew; a narrow one has no sidebar."""
        self._shown.forget()
        if self.article.catching:
            self.say("")  # it asked for a key that now means what it always does
        self.panes.fit(event.size.width)  # the app's own size is still the old one

    def on_search_bar_changed(self, event: SearchBar.Changed) -> None:
        """Something else is searched."""
        self.find.changed(event.asked)

    def on_search_bar_kept(self) -> None:
        """Enter on the search line."""
        self.find.keep()

    def on_search_bar_left(self) -> None:
        """Esc on the search line."""
        self.find.leave()

    async def on_event(self, event: events.Event) -> None:
        """What is pasted comes from outside too, and is shown in a field as it is: so it is made safe on its way in."""
        if isinstance(event, events.Paste):
            lines = event.text.replace("\r\n", "\n").replace("\r", "\n")  # terminals send a CR for each line's end
            event.text = sanitize.clean_line(lines.strip("\n"))
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """A key typed so soon that it has passed the page before the action that waits for it was done."""
        self.article.on_key(event)

    # ---- actions -----------------------------------------------------------------------------------------------------

    def action_help_quit(self) -> None:
        """Ctrl+C, from a person who wants to leave."""
        self.say("q leaves the reader")

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
