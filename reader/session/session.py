"""The state of the app as one value: the open article and every concern around it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reader.document import Document
from reader.loading import Feed, Findings, Opened, Order
from reader.locale import _
from reader.sanitize import clean_line
from reader.session.article import Article
from reader.session.asides import Asides
from reader.session.claims import Claims
from reader.session.file import File
from reader.session.going import Going
from reader.session.library import Library
from reader.session.links import Links, anchor_offset
from reader.session.loading import Loading
from reader.session.opening import Opening, notice
from reader.session.pace import NAME as PACE
from reader.session.pace import Pace
from reader.session.places import Places
from reader.session.reading import Background, Reading
from reader.session.search import Search
from reader.session.sidebar import Sidebar
from reader.session.store_thread import StoreThread
from reader.session.syntax import Syntax
from reader.session.undo import Undo
from reader.source import Target

if TYPE_CHECKING:
    from reader.session.images import Images
    from reader.session.note_files import NoteFiles
    from reader.session.overview import Overview
    from reader.session.peeks import Peeks
    from reader.session.programs import Programs
    from reader.session.saving import Saving
    from reader.session.selecting import Selecting

RETRY_INTERVAL_S = 5.0
"""Between two tries to write what the store could not."""


class Session(Reading):
    """One run of the app."""

    def __init__(
        self,
        opened: Opened,
        background: Background,
        *,
        rest: Iterable[Document | Findings] = (),
        feed: Feed | None = None,
        pending: Feed | None = None,
        order: Order | None = None,
        store: Callable[[], str] | None = None,
        later: Callable[..., object],
        fresh: bool = False,
        watch: bool | None = None,
        folder: str | None = None,
        files: Sequence[str] = (),
        folders: Callable[[], tuple[str, ...]] = tuple,
        at: Target | None = None,
    ) -> None:
        """`rest` yields the document as it grows. `feed` is where the two come from, if from another process; the
        session closes it; `pending` is one whose first piece is not there yet. `order` says how other articles are
        opened, if not as by these. `store` says where the store is: without it nothing outlives the run; `later` calls
        a function on the event loop. `fresh`: not where it was left. `watch` is as in the settings if None. `folder` is
        what the list of articles shows, `files` are several articles to go through, `folders` gives those of the
        library. `at` is the place in the first article."""
        order = order or (pending.order if pending is not None else None)
        settings = opened.settings
        article = Article(opened.document, opened.source, width=settings.measure)
        super().__init__(article, settings, background, StoreThread(store, later))
        self._rest = rest
        self._folder, self._store_path = folder, store
        self._pending = pending
        self._fresh = fresh
        self._place = opened.place
        self._notice = notice(opened)
        self.search = Search(self)
        self.claims = Claims(self)
        self.links = Links(self, folders, store)
        self.undo = Undo(self)
        self.places = Places(self, self.undo, self.search.add_history, Pace(opened.preferences.get(PACE, "")))
        self.annotations = self.places.annotations
        self.asides = Asides(self, self.claims, self.annotations)
        self.loading = Loading(self, self.claims)
        self.going = Going(self, self.loading)
        self.opening = Opening(
            self,
            self.loading,
            self.places,
            self.search,
            self.claims,
            feed,
            order or (pending.order if pending else None),
        )
        self.file = File(self, self.opening, settings.watch if watch is None else watch)
        self.syntax = Syntax(self)
        self.images_made: Callable[[Images], object] = lambda _: None
        """Called with `images` when they are first asked for."""
        self._state = store
        self.sidebar = Sidebar(self, self.search, self.claims, self.links, self.places)
        self.library = Library(
            self,
            self.undo,
            self.opening,
            self.search,
            self.places.key,
            folder=folder,
            files=files,
            folders=folders,
            state=store,
        )
        self.library.view = opened.preferences.get("list", "")
        self.places.read_to_end = self.library.states.finish
        self._at = at
        self.opening.entered = self._entered
        self.store.warn = self._warn
        self.store.troubled = self._retry_later
        self._retrying = False

    # ---- concerns that only a key asks for ---------------------------------------------------------------------------

    @cached_property
    def selecting(self) -> Selecting:
        """The selection by keyboard."""
        from reader.session.selecting import Selecting

        return Selecting(self)

    @cached_property
    def overview(self) -> Overview:
        """The notes of all articles."""
        from reader.session.overview import Overview

        return Overview(self, self.opening, self.annotations)

    @cached_property
    def note_files(self) -> NoteFiles:
        """Notes out of the program and in."""
        from reader.session.note_files import NoteFiles

        return NoteFiles(self, self.annotations, self.places.key)

    @cached_property
    def peeks(self) -> Peeks:
        """Looks at what a link leads to."""
        from reader.session.peeks import Peeks

        return Peeks(self, self.links, self.opening)

    @cached_property
    def images(self) -> Images:
        """Images as pictures."""
        from reader.session.images import Images

        state = self._state
        made = Images(self, self.links, lambda: state and os.path.join(os.path.dirname(state()), "images"))
        self.images_made(made)
        return made

    @cached_property
    def programs(self) -> Programs:
        """Programs of the person's own on the passage."""
        from reader.session.programs import Programs

        return Programs(self)

    @cached_property
    def saving(self) -> Saving:
        """Articles of the web into a folder."""
        from reader.session.saving import Saving

        return Saving(self, self.opening, self._store_path, self._folder)

    # ---- beginning and end -------------------------------------------------------------------------------------------

    def show_first(self) -> None:
        """Before the first screen: the article begins where it was left, if that is loaded."""
        if self._place is not None and not self._fresh:
            self.places.restore(self._place)

    def start(self) -> None:
        """After the first screen of the first article."""
        self.library.states.begin()
        if self._pending is not None:
            self.opening.wait_for(self._pending)
        else:
            if self._notice:
                self.say(self._notice, warning=True)
            self.opening.follow(self._rest, restore=not self._fresh and self._at is None)
            if self._at is not None:
                self._go_to(self._at)

    def _go_to(self, target: Target) -> None:
        """The place that was named with the article: `a.md:42`, `a.md#anchor`."""
        if target.line is not None:
            line = target.line
            missing = _("There is no line {number}").format(number=line)
            self.loading.go_to(lambda document: document.offset_at(line - 1), missing)
        elif target.anchor:
            name = target.anchor
            missing = _("No place named #{name} in this article").format(name=clean_line(name))
            self.loading.go_to(lambda document: anchor_offset(document, name), missing)

    def finish(self) -> None:
        """The end: no place unwritten, no process left behind."""
        self.places.save()
        self.library.close()
        self.store.close()
        self.opening.close()
        self.syntax.close()
        if "images" in vars(self):
            self.images.close()
        self.search.finish()

    def _entered(self) -> None:
        self.syntax.colour()
        self.file.begin()

    def _retry_later(self) -> None:
        """What could not be written is tried again until it is, and said meanwhile."""
        if not self._retrying:
            self._retrying = True
            self.say(self.store.problem, warning=True)
            self.background.later(RETRY_INTERVAL_S, self._retry)

    def _retry(self) -> None:
        self._retrying = False
        if self.store.problem:
            self.say(self.store.problem, warning=True)
        self.store.retry()

    def _warn(self, warnings: tuple[str, ...]) -> None:
        """The store has something to say."""
        self.article.warn(warnings)
        self.say(warnings[-1], warning=True)
        self.announce("rows")
