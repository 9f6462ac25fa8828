"""Articles of the web saved into a folder: the open one, or those that a feed lists.

Owns which folder that is, what there is to save, and the work in a thread. A listed article is read by a process of its
own, as an opened one is, which is ended when it takes too long. Refuses to write over anything (`library.save`) and to
save anything by itself.

Invariant: one work at a time; `give_up` ends it after the article or the image it is at, and what is saved stays.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from reader import sanitize
from reader.document import NO_TEXT, Document, Link, Shown, record
from reader.loading import Feed, FeedError
from reader.locale import _
from reader.session.opening import Opening
from reader.session.reading import Reading

if TYPE_CHECKING:
    from reader.library import Saved

ARTICLE_LIMIT_S: Final = 60.0
"""A listed article that is not fetched and parsed by then is left out."""


@record
class Plan:
    """What S would save."""

    folder: str
    title: Shown
    address: str
    images: int = 0
    """Images of the web that the article has."""
    before: Shown = NO_TEXT
    """The file it was saved in before; empty: none."""
    entries: tuple[tuple[Shown, str], ...] = ()
    """Title and address of all that the open feed lists; empty: an article is open."""
    chosen: int | None = None
    """The entry with the focus."""


class Saving:
    """Saves articles of the web."""

    def __init__(self, reading: Reading, opening: Opening, store: Callable[[], str] | None, folder: str | None) -> None:
        """`store` says where the store is, beside which is kept what the library is; `folder` is the one the reader
        was started with."""
        self.reading = reading
        self.opening = opening
        self._store = store
        self._folder = folder
        self._busy = False
        self._given_up = False
        self._feed: Feed | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being saved."""
        return self._busy and not self._given_up

    def plan(self) -> Plan | None:
        """What there is to save; None, said, where there is nothing or no place for it."""
        article, say = self.reading.article, self.reading.say
        if self._busy:
            say(_("What was saved last is not done yet") if self._given_up else _("Still saving; Esc stops it"))
            return None
        if article.source.url is None:
            said = _("{keys[file.save]} saves articles of the web; of this one the address is not known")
            if article.target:
                said = _("{keys[file.save]} saves articles of the web; this one came from a file")
            say(said.format(keys=self.reading.keys), warning=True)
            return None
        if not article.document.complete:
            say(_("Not saved: the article is not loaded to its end yet"), warning=True)
            return None
        folder = self._place()
        if folder is None:
            return None
        document, title = article.document, sanitize.clean_line(article.title)
        if article.source.kind == "feed":
            entries = tuple((document.slice(link), link.href) for link in document.links)
            if not entries:
                say(_("No articles are listed here"), warning=True)
                return None
            return Plan(folder, title, article.source.url, 0, entries=entries, chosen=self._entry())
        from reader.library import saved_addresses

        known = saved_addresses(folder).get(article.source.url)
        images = len({image.src for image in document.images if not image.src.startswith("data:")})
        before = sanitize.clean_line(known.name) if known is not None else NO_TEXT
        return Plan(folder, title, article.source.url, images, before)

    def save(self, plan: Plan, *, images: bool, whole_list: bool = False, marked: Sequence[int] = ()) -> None:
        """Saves what is planned: the article, the chosen entry of a feed, those `marked` by their indices, or all of
        them (`whole_list`)."""
        self._busy, self._given_up = True, False
        if plan.entries:
            chosen = plan.entries if whole_list or plan.chosen is None else (plan.entries[plan.chosen],)
            if marked:
                chosen = tuple(plan.entries[index] for index in marked)
            work: Callable[[], object] = partial(self._save_entries, plan.folder, chosen, images)
        else:
            self.reading.say(_("{doing} …   Esc stops").format(doing=_("Saving {title}").format(title=plan.title)))
            work = partial(self._save_open, plan, self.reading.article.document, images)
        self.reading.background.run(partial(self._work, work), group="save")

    def give_up(self) -> None:
        """No more is saved."""
        self._given_up = True
        feed = self._feed
        if feed is not None:
            feed.close()
        self.reading.say(_("No more is saved"))

    # ---- where, and what ---------------------------------------------------------------------------------------------

    def _place(self) -> str | None:
        from reader.library import FoldersError, folders_file, library_folders

        chosen = self.reading.settings.library
        if chosen.save:
            return os.path.abspath(os.path.expanduser(chosen.save))
        try:
            file = folders_file(self._store()) if self._store is not None else ""
            folders = library_folders(chosen.folders, file)
        except FoldersError as problem:
            self.reading.say(_("Not saved: {problem}").format(problem=problem), warning=True)
            return None
        if folders or self._folder:
            return folders[0] if folders else os.path.abspath(self._folder or "")
        self.reading.say(_("No folder to save in yet: `reader library add FOLDER` names one"), warning=True)
        return None

    def _entry(self) -> int | None:
        """Index of the focused link among the links."""
        article = self.reading.article
        target = None if article.focus is None else article.targets[article.focus]
        return article.document.links.index(target) if isinstance(target, Link) else None

    # ---- in a thread -------------------------------------------------------------------------------------------------

    def _work(self, work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            self._busy = False

    @property
    def _wanted(self) -> bool:
        return self.reading.background.running and not self._given_up

    def _say(self, text: str, *, warning: bool = False) -> None:
        if self.reading.background.running:
            self.reading.background.tell(partial(self.reading.say, text, warning=warning))

    def _written(self, folder: str, title: str, address: str, document: Document, images: bool, say: str) -> Saved:
        """Writes an article. Raises OSError."""
        from reader.library import MAX_IMAGE_BYTES, save
        from reader.source import SourceError, fetched_bytes

        count = len({image.src for image in document.images})
        fetched = 0

        def fetch(src: str) -> bytes:
            nonlocal fetched
            fetched += 1
            if not self._wanted:
                raise SourceError("", _("it was not waited for"))
            told = _("{doing}: image {number} of {count}   Esc stops")
            self._say(told.format(doing=say, number=fetched, count=count))
            return fetched_bytes(src, MAX_IMAGE_BYTES)

        return save(document, folder, name=title, address=address, fetch_image=fetch if images else None)

    def _save_open(self, plan: Plan, document: Document, images: bool) -> None:
        try:
            done = self._written(
                plan.folder, plan.title, plan.address, document, images, _("Saving {title}").format(title=plan.title)
            )
        except OSError as error:
            self._say(_("Not saved: {problem}").format(problem=_reason(error)), warning=True)
            return
        path = sanitize.clean_line(str(done.path))
        missing = f". {done.problems[0]}" if done.problems else ""
        said = _("Saved as {file}, with {count} of its images") if images else _("Saved as {file}")
        self._say(said.format(file=path, count=len(done.images)) + missing, warning=bool(missing))

    def _save_entries(self, folder: str, entries: Sequence[tuple[Shown, str]], images: bool) -> None:
        from reader.library import saved_addresses

        known = saved_addresses(folder)
        saved = before = 0
        problem = ""
        last = ""
        for number, (title, address) in enumerate(entries, 1):
            if not self._wanted:
                break
            if address in known:
                before += 1
                continue
            step = _("Saving {number} of {count}, {title}").format(number=number, count=len(entries), title=title)
            self._say(_("{doing} …   Esc stops").format(doing=step))
            try:
                document, at_last = self._read(address)
                if at_last in known:
                    before += 1
                    continue
                done = self._written(folder, document.metadata.title or title, at_last, document, images, step)
            except FeedError as error:
                if self._wanted:
                    problem = problem or str(error)
                continue
            except OSError as error:
                problem = _("Not saved: {problem}").format(problem=_reason(error))
                break
            known[at_last] = done.path
            last = sanitize.clean_line(str(done.path))
            saved += 1
        self._say(_told(folder, saved, before, last, problem), warning=bool(problem))

    def _read(self, address: str) -> tuple[Document, str]:
        """The whole article of an address, and where it came from at last. Raises FeedError."""
        feed = self._feed = Feed(self.opening.order_for(address)._replace(kind=None))
        timer = threading.Timer(ARTICLE_LIMIT_S, feed.close)
        timer.daemon = True
        timer.start()
        try:
            opened = feed.open()
            if opened.source.kind == "feed":
                said = _("{address} is a list itself: open it to save its articles")
                raise FeedError(said.format(address=sanitize.href(address)))
            document = opened.document
            rest = feed.rest()
            while not document.complete:
                item = next(rest, None)
                if item is None:
                    raise FeedError(_("{address} took too long").format(address=sanitize.href(address)))
                document = item if isinstance(item, Document) else document
            return document, opened.source.url or address
        finally:
            timer.cancel()
            self._feed = None
            feed.close()


def _told(folder: str, saved: int, before: int, last: str, problem: str) -> str:
    """What became of some entries."""
    where = sanitize.clean_line(folder)
    said = _("Saved {count} articles in {folder}") if saved else _("Nothing was saved")
    if saved == 1:
        said = _("Saved as {file}")
    said = said.format(count=saved, folder=where, file=last)
    if before:
        known = _("{count} were there already").format(count=before)
        said = _("{what}; {remedy}").format(what=said, remedy=known)
    return said + (f". {problem}" if problem else "")


def _reason(error: OSError) -> str:
    name = error.filename
    where = f"{sanitize.clean_line(os.fsdecode(name))}: " if isinstance(name, str | bytes) else ""
    return where + (error.strerror or _("it cannot be written")).lower()
