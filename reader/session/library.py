"""What there is to read besides the open article: the library's list, the recent articles, the way through a list.

Owns which list is meant, the articles to step through from the open one, and the query they were found with, which is
lit in each. Refuses to order and to search a list: `articles` does.

Invariant: nothing of a library is imported or opened before its list is asked for.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from reader import sanitize
from reader.library import Work, peek_file, works
from reader.locale import N_, _
from reader.session.article import Article
from reader.session.changes import Topic
from reader.session.opening import Opening
from reader.session.reading import Reading
from reader.session.search import Search
from reader.session.states import Change, States
from reader.session.undo import Undo
from reader.source import shown_path
from reader.store import Article as Known
from reader.store import Recent

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from reader.library import Library as Engine
    from reader.search import Query
    from reader.session.articles import Articles

_MAX_OFFERED = 200
"""Articles of the folder that are offered where nothing was ever read."""
_MAX_OFFERING_S = 2.0
"""So long they are looked for."""
_SAMPLES = "sample_articles"
"""The folder of the samples, beside the program or the package of it."""


class Trail(Protocol):
    """The way through a list."""

    def __len__(self) -> int: ...
    def number(self, path: str) -> int | None:
        """The place of an article, counted from 1."""
        ...

    def next(self, path: str, *, where: Callable[[str], bool] | None = None) -> str | None:
        """The article after one, of which `where` is true."""
        ...

    def previous(self, path: str, *, where: Callable[[str], bool] | None = None) -> str | None:
        """The article before one."""
        ...


class _Lit(NamedTuple):
    """What is to be lit in an article that is on its way."""

    path: str
    queries: tuple[Query, ...]
    last: bool
    """From the last match on, backwards."""


FIRST_KEYS = (
    N_("Here: ↑ ↓ choose, Enter opens, / finds by title, q quits"),
    N_(
        "In an article: {keys[move.page_down]} turns the page, {keys[move.next_section]} goes to the next section, "
        "{keys[claim.next]} to the next claim"
    ),
    N_(
        "Anywhere: {keys[reader.help]} shows all keys, Ctrl+P finds a command by its name, "
        "{keys[library.open]} comes back to a list"
    ),
)
"""What is said to a person who has read nothing yet."""


class Listing:
    """One list of articles as it fills. `changed` is called on the event loop whenever it has."""

    def __init__(self, title: str, empty: str, *, forgettable: bool = False) -> None:
        """`empty` is said while there are none; `forgettable`: articles can be taken off the list."""
        self.title = title
        self.empty = empty
        self.forgettable = forgettable
        self.works: list[Work] = []
        self.complete = False
        """Whether no more will come."""
        self.problem = ""
        self.guide: tuple[str, ...] = ()
        """Lines that are said above the list."""
        self.open = True
        """False once nobody looks at it: what still comes is dropped."""
        self.changed: Callable[[], object] = lambda: None

    def add(self, found: tuple[Work, ...], *, complete: bool = False) -> None:
        """More to choose from."""
        self.works += found
        self.complete = complete
        self.changed()


class Library:
    """The lists of articles."""

    def __init__(
        self,
        reading: Reading,
        undo: Undo,
        opening: Opening,
        search: Search,
        key: Callable[[], Known | None],
        *,
        folder: str | None = None,
        files: Sequence[str] = (),
        folders: Callable[[], tuple[str, ...]] = tuple,
        state: Callable[[], str] | None = None,
    ) -> None:
        """`key` is what the open article is to the store. The list of articles shows `folder`, or `files` where there
        are several; else the library's `folders`; where there are none, the recent articles. `state` is where the
        store is; the index stands beside it."""
        self.reading = reading
        self.undo = undo
        self.opening = opening
        self.search = search
        self.states = States(reading, undo, key)
        self.folder = folder
        self.files = tuple(files) if len(files) > 1 else ()
        self.view = ""
        """Order and groups of the list at its first opening, as the store has kept them."""
        self.trail: Trail | None = None
        """The articles to step through: those of the list from which one was opened, in its order."""
        self.lit: tuple[Query, ...] = ()
        """What they were found with."""
        self._folders = folders
        self._state = state
        self._temporary: TemporaryDirectory[str] | None = None
        """Where the index is, if there is no store; it goes with the run."""
        self._articles: Articles | None = None
        self._coming: _Lit | None = None
        search.beyond = self._beyond
        reading.changes.subscribe(self._changed)

    # ---- the lists ---------------------------------------------------------------------------------------------------

    def articles(self) -> Articles | None:
        """The list of the folder the reader was started with, or of the library; None: there is neither."""
        if self._articles is None and not self.files:
            folders = (self.folder,) if self.folder else self._folders()
            if folders:
                self._articles = self._made(tuple(map(os.path.abspath, folders)))
        return self._articles

    def _made(self, folders: tuple[str, ...]) -> Articles:
        from reader.session.arranging import view_from
        from reader.session.articles import Articles
        from reader.session.folders import Folders

        name = os.path.basename(folders[0]) or folders[0]
        title = sanitize.clean_line(name) if len(folders) == 1 else _("{count} folders").format(count=len(folders))
        made = Folders(self.reading, self.states, partial(self._engine, folders))
        articles = Articles(self.reading, self.states, made, title, self._like)
        articles.view = view_from(self.view)
        made.path_first = articles.view.order == "path"
        made.newest_first = articles.view.newest_first
        return articles

    def _like(self) -> Query:
        """The options of words on the query line: those of the settings, simplified and traditional being one."""
        return replace(self.search.default_query(), variants=True)

    def _engine(self, folders: tuple[str, ...]) -> Engine:
        """Runs in a thread."""
        from reader.library import Library as Engine
        from reader.library import index_file

        dialect = self.reading.settings.dialect
        if self._state is not None:
            return Engine(folders, index_file(self._state()), dialect)
        if self._temporary is None:
            from tempfile import TemporaryDirectory

            self._temporary = TemporaryDirectory(prefix="reader-library-", ignore_cleanup_errors=True)
        return Engine(folders, os.path.join(self._temporary.name, "library.sqlite"), dialect)

    def recents(self) -> Listing:
        """The articles opened lately; where nothing was ever read, those of the folder we are in, and the samples."""
        listing = Listing(
            _("Recent articles"), _("Nothing read yet: start with `reader FILE` or `reader FOLDER`"), forgettable=True
        )

        def have(found: tuple[Recent, ...]) -> None:
            if found or self.reading.article.source.origin:
                listing.add(tuple(map(_work, found)), complete=True)
                return
            listing.title = _("Nothing read yet: this folder, and the samples")
            listing.guide = tuple(_(said).format(keys=self.reading.keys) for said in FIRST_KEYS)
            listing.forgettable = False
            self.reading.background.run(partial(self._offer, listing), group="library")

        self.reading.store.ask(lambda store: store.recents(), have)
        return listing

    def several(self) -> Listing:
        """The files the reader was started with, else the recent articles."""
        if not self.files:
            return self.recents()
        listing = Listing(_("Articles"), _("No articles"))
        listing.add(tuple(Work(path, *_titled(path)) for path in self.files), complete=True)
        return listing

    def _offer(self, listing: Listing) -> None:
        """Runs in a thread: what a person could begin with."""
        found: list[Work] = []
        until = time.monotonic() + _MAX_OFFERING_S
        for work in _below(os.getcwd()):
            if len(found) == _MAX_OFFERED or time.monotonic() > until or not self.reading.background.running:
                break
            found.append(work)
        known = {os.path.realpath(work.path) for work in found}
        found += [work for work in _below(samples()) if os.path.realpath(work.path) not in known]
        if self.reading.background.running:
            self.reading.background.tell(partial(listing.add, tuple(found), complete=True))

    def follow_from(self, article: Article) -> None:
        """An article is opened by a link of this one: of a feed, its entries are stepped through."""
        if article.source.kind == "feed":
            from reader.library import Trail as Made

            self.trail, self.lit = Made(dict.fromkeys(link.href for link in article.document.links)), ()

    def hide(self, listing: Listing, index: int) -> None:
        """Takes an article off the list of recent ones; its notes, bookmarks and place stay."""
        work = listing.works.pop(index)
        self.reading.store.ask(lambda store: store.hide(work.path))

        def back() -> None:
            self.reading.store.ask(lambda store: store.unhide(work.path))
            listing.works.insert(min(index, len(listing.works)), work)
            listing.problem = _("{what} is back").format(what=work.title)
            listing.changed()

        self.undo.offer(f"{work.title}", back, _("{title} is off this list, its notes stay").format(title=work.title))
        listing.problem = self.reading.message.text
        listing.changed()

    # ---- the way through a list --------------------------------------------------------------------------------------

    def follow(self, paths: Sequence[str]) -> None:
        """The articles to step through from now on."""
        from reader.library import Trail as Made

        self.trail, self.lit = Made(map(os.path.abspath, paths)), ()

    def open(self, path: str) -> None:
        """Opens an article of the library's list, with what it was found by lit."""
        articles = self._articles
        if articles is not None:
            self.trail, self.lit = articles.arranged.trail(), articles.arranged.lit
        self._open(path)

    def _open(self, path: str, *, last: bool = False) -> None:
        self._coming = _Lit(path, self.lit, last) if self.lit else None
        if self._articles is not None:
            self._articles.move_to_article(path)
        self.opening.open(path, fresh=bool(self.lit))

    def _changed(self, topic: Topic) -> None:
        """Another article is open: what it was found by is lit."""
        if topic != "article":
            return
        coming, self._coming = self._coming, None
        if coming is not None and coming.path == self.reading.article.target:
            self.search.light(coming.queries, last=coming.last)

    def step(self, step: int, *, unread: bool = False) -> None:
        """Opens the article after the open one in the list it was opened from (1), or before it (-1); `unread`: the
        next one that is."""
        if self.trail is None and self.files:
            self.follow(self.files)
        here = self._here()
        if self.trail is None or self.trail.number(here) is None:
            self.reading.say(_("This article was not opened from a list"))
            return
        go = self.trail.next if step > 0 else self.trail.previous
        path = go(here, where=self._is_unread if unread else None)
        if path is not None:
            self._open(path)
        elif unread:
            self.reading.say(_("No unread article behind this one in the list"))
        else:
            self.reading.say(_("No more articles") if step > 0 else _("No article before this one"))

    def _is_unread(self, path: str) -> bool:
        return self.states.of(path).read == "unread"

    def _here(self) -> str:
        return self.reading.article.source.path or self.reading.article.source.url or ""

    def _beyond(self, step: int) -> bool:
        """Goes on with a search in the next article that was found by it, or the one before; false: there is none."""
        here = self._here()
        if not self.lit or self.trail is None or self.search.asked != self.lit[0] or self.trail.number(here) is None:
            return False
        path = self.trail.next(here) if step > 0 else self.trail.previous(here)
        if path is not None:
            self._open(path, last=step < 0)
        return path is not None

    # ---- the state of the open article -------------------------------------------------------------------------------

    def toggle_star(self) -> None:
        """Stars the open article, or no longer."""
        self._set(lambda on: Change(starred=on), "starred", _("Starred"), _("No longer starred"))

    def toggle_finished(self) -> None:
        """The open article is finished, or unread again."""
        self._set(lambda on: Change("finished" if on else "unread"), "finished", _("Finished"), _("Unread again"))

    def toggle_archived(self) -> None:
        """Archives the open article, or no longer."""
        self._set(lambda on: Change(archived=on), "archived", _("Archived"), _("No longer archived"))

    def _set(self, change: Callable[[bool], Change], what: str, on: str, off: str) -> None:
        path = self.reading.article.target
        if not path:
            self.reading.say("This article did not come from a file", warning=True)
            return

        def then() -> None:
            state = self.states.of(path)
            now = state.read == "finished" if what == "finished" else bool(getattr(state, what))
            if path == self.reading.article.target:
                self.states.set_open(change(not now), off if now else on)

        if self.states.ready:
            then()
        else:
            self.states.fetch(then)

    def close(self) -> None:
        """The end: no thread, no process and no folder is left."""
        if self._articles is not None:
            self._articles.folders.close()
        if self._temporary is not None:
            self._temporary.cleanup()


def _work(recent: Recent) -> Work:
    web = recent.path.startswith(("http://", "https://"))
    gone = not web and not os.path.exists(recent.path)
    return Work(recent.path, recent.title, "", recent.progress, recent.opened, gone)


def _titled(path: str) -> tuple[str, str]:
    """Title, at least the file's name, and date."""
    title, day = peek_file(path)
    return title or shown_path(os.path.basename(path)), day


def _below(folder: str) -> Iterator[Work]:
    """The articles below a folder; none where it cannot be read."""
    try:
        yield from works(folder)
    except OSError:
        return


def samples() -> str:
    """The folder of the samples; there is none where the program was installed without them."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return os.path.join(os.path.dirname(package), _SAMPLES)
