"""The index brought up to date: what is new, changed, moved or gone in the folders, article by article.

Owns the order of the work: the list first, by the files' names and first lines, then the articles in the order the list
shows them, so that it is usable from the first second. Refuses to stop at an article: what cannot be read or parsed
is listed with the reason, and what is no article for all its name is left alone.

Invariant: what has been reported as kept is in the file, whatever becomes of the process; a pass that was cut short is
gone on with by the next.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from reader import __version__
from reader.library.entry import DATE_FROM_PATH, Entry, known_by_name
from reader.library.files import Found, Unread, scan
from reader.library.head import named_date, peeked
from reader.library.index import LEFT_ALONE, Index, Kept, Known, NotKept, Outline
from reader.library.vault import link_name, vault_of
from reader.locale import N_
from reader.sanitize import clean_line
from reader.source import SourceError, read

if TYPE_CHECKING:
    from reader.document import Document

TEXT_VERSION: Final = 6
"""To be raised when the same file gives another text or entry than before, so that all are read again."""
MAX_BYTES: Final = 64 << 20
"""A larger file is listed, and its text not searched."""
_MAX_LINKS: Final = 5000
_MAX_HREF: Final = 1000
"""Links of an article that are kept, and characters of their addresses."""
_REPORT_INTERVAL_S: Final = 0.25
_FIRST_REPORT: Final = 20
"""Articles after which is reported for the first time: a screen of them."""
_FEW: Final = 20
"""New files of which the first lines are not looked at before: the whole of them is read as soon."""

ListOrder: TypeAlias = Literal["date", "path"]


class Order(NamedTuple):
    """What is to be brought up to date."""

    folders: tuple[str, ...]
    """Absolute, none within another."""
    index_path: str
    """Where the index is."""
    dialect: tuple[tuple[str, bool], ...] = ()
    """Switches that are set, by name."""
    by: ListOrder = "date"
    """Which article comes first: the newest, or by path."""
    passed: tuple[str, ...] = ()
    """Files that a process has ended over; they are listed as such."""
    careful: bool = False
    """A process has ended: each path is to be sent before it is read, so that it is known over which it ends again."""
    rebuild: bool = False
    """The index is damaged."""


class Progress(NamedTuple):
    """How far it has come, and what is new since the last report."""

    done: int = 0
    total: int = 0
    """Articles to be read, as far as they are known to be new or changed."""
    entries: tuple[Entry, ...] = ()
    """New or changed; those without an id are known by name or first lines only."""
    gone: tuple[str, ...] = ()
    """Paths that are no articles, or not any more."""
    moved: tuple[tuple[str, str], ...] = ()
    """Old and new path of files that were moved: both are among `gone` and `entries` too."""
    problems: tuple[str, ...] = ()
    """Sanitised lines, for a person."""
    complete: bool = False


class Changes(NamedTuple):
    """What a look into the folders shows."""

    new: tuple[Found, ...]
    """To be read: new, changed, or read by another version of the program."""
    gone: tuple[str, ...]
    unread: tuple[Unread, ...]
    """Places that cannot be read; what was known below them is not gone."""


def recipe(dialect: Mapping[str, bool]) -> str:
    """What made a text, apart from its file: the program and the settings."""
    return "/".join([str(TEXT_VERSION), __version__, *sorted(name for name, on in dialect.items() if not on)])


def changes(folders: Iterable[str], known: Known) -> Changes:
    """What is to be done, by a look at sizes and times (about 10 µs a file)."""
    unread: list[Unread] = []
    found = {one.path: one for folder in folders for one in scan(folder, unread)}
    entries = known.entries
    new = tuple(
        one
        for path, one in found.items()
        if (entry := entries.get(path)) is None or entry[2:4] != one[1:] or path in known.stale
    )
    missed = tuple(path for path in entries if path not in found)
    hidden = tuple(place.path for place in unread if not place.missing)
    gone = tuple(path for path in missed if not _within(path, hidden)) if hidden else missed
    return Changes(new, gone, tuple(unread))


def build(index: Index, order: Order) -> Iterator[Progress | str]:
    """Brings the index up to date: paths, each before it is read, and reports between them, the last one complete."""
    made_by = recipe(dict(order.dialect))
    try:
        found = changes(order.folders, index.known(order.folders, made_by))
        work = _Pass(index, order, made_by, found)
        yield from work.all()
    except NotKept as problem:
        yield Progress(problems=(str(problem),), complete=True)


class _Pass:
    """One pass over the folders."""

    def __init__(self, index: Index, order: Order, made_by: str, found: Changes) -> None:
        self._index = index
        self._order = order
        self._recipe = made_by
        self._found = found
        self._gone = frozenset(found.gone)
        self._done = 0
        self._told = time.monotonic()
        self._batch: list[Kept] = []
        self._entries: list[Entry] = []
        self._left: list[str] = []
        self._moved: list[tuple[str, str]] = []
        self._digests = index.digests()
        """Of all that is in the index: most articles are not there twice."""
        self._vaults: dict[str, str | None] = {}
        """By folder."""

    def all(self) -> Iterator[Progress | str]:
        found = self._found
        yield Progress(0, len(found.new), gone=found.gone, problems=tuple(place.line for place in found.unread))
        waiting = found.new
        if len(waiting) > _FEW:
            first: list[Entry] = []
            for one in waiting:
                first.append(known_by_name(one, *peeked(one.path)))
                if self._is_time():
                    yield Progress(0, len(waiting), tuple(first[self._done :]))
                    self._done = len(first)
            yield Progress(0, len(waiting), tuple(first[self._done :]))
            self._done = 0
            waiting = tuple(Found(*entry[1:4]) for entry in listed(first, self._order.by))
        for one in waiting:
            yield one.path
            self._read(one)
            self._done += 1
            if self._done == _FIRST_REPORT or self._is_time():
                yield self._report()
        yield self._report()
        self._index.remove(found.gone)
        self._index.use(self._order.folders)
        yield Progress(self._done, len(found.new), complete=True)

    def _is_time(self) -> bool:
        now = time.monotonic()
        if now - self._told < _REPORT_INTERVAL_S:
            return False
        self._told = now
        return True

    def _report(self) -> Progress:
        kept = self._index.keep(self._batch, self._recipe)
        self._digests.update(entry.digest for entry in kept)
        entries = (*self._entries, *(entry for entry in kept if entry.kind != LEFT_ALONE))
        left, moved = tuple(self._left), tuple(self._moved)
        for some in (self._batch, self._entries, self._left, self._moved):
            some.clear()
        return Progress(self._done, len(self._found.new), entries, left, moved)

    def _read(self, found: Found) -> None:
        """Adds one article to what is to be kept and reported."""
        if found.path in self._order.passed:
            self._keep_problem(found, N_("the process that read it has ended over it"))
            return
        if found.size > MAX_BYTES:
            self._keep_problem(found, f"it has over {MAX_BYTES >> 20} MiB")
            return
        try:
            source = read(found.path, limit=MAX_BYTES)
        except SourceError as problem:
            self._refused(found, problem)
            return
        except Exception as problem:
            self._keep_problem(found, f"it could not be read ({type(problem).__name__})")
            return
        same = self._index.same(source.digest, self._recipe) if source.digest in self._digests else None
        if same is not None and same.path in self._gone:
            self._moved.append((same.path, found.path))
        again = same is None or _dated_anew(same, found.path)
        if not again and same and (copy := self._index.copy(same, found, self._recipe)) is not None:
            self._entries.append(copy)
            return
        from reader.library import describe  # the process of the screen, which imports this module too, parses nothing

        try:
            document = describe.document_of(source, dict(self._order.dialect), self._vault)
            entry = describe.described(found, source, document)
        except Exception as problem:
            self._keep_problem(found, f"it could not be parsed ({type(problem).__name__})", source.digest)
            return
        self._batch.append(Kept(entry, document.text, _outline(document), _links(document)))

    def _vault(self, path: str) -> str | None:
        folder = os.path.dirname(path)
        if folder not in self._vaults:
            self._vaults[folder] = vault_of(path)
        return self._vaults[folder]

    def _refused(self, found: Found, problem: SourceError) -> None:
        if isinstance(problem.__cause__, FileNotFoundError):
            self._left.append(found.path)  # deleted since
        elif isinstance(problem.__cause__, OSError):
            # Nothing the index should remember: it may be read the next time, and its size and time be the same.
            self._entries.append(known_by_name(found)._replace(problem=str(problem)))
        else:
            self._left.append(found.path)
            self._batch.append(Kept(known_by_name(found)._replace(kind=LEFT_ALONE), "", Outline()))

    def _keep_problem(self, found: Found, problem: str, digest: str = "") -> None:
        entry = known_by_name(found)._replace(digest=digest, problem=clean_line(problem))
        self._batch.append(Kept(entry, "", Outline()))


def listed(entries: Iterable[Entry], by: ListOrder) -> list[Entry]:
    """In the order of the list: the newest first and what has no date behind them, or by path."""
    if by == "path":
        return sorted(entries, key=lambda entry: entry.path)
    return sorted(entries, key=lambda entry: (entry.date, entry.mtime_ns), reverse=True)


def _dated_anew(same: Entry, path: str) -> bool:
    """Whether the text of the same bytes under another name has another date in it: that of the name."""
    return bool(same.guessed & DATE_FROM_PATH) and named_date(same.path) != named_date(path)


def _outline(document: Document) -> Outline:
    sections = tuple((section.start, section.title) for section in document.sections)
    return Outline(sections, tuple((block.start, block.line) for block in document.blocks))


def _links(document: Document) -> tuple[tuple[str, str], ...]:
    """The links to articles in files, each once."""
    hrefs = dict.fromkeys(link.href for link in document.links if len(link.href) <= _MAX_HREF)
    named = ((link_name(href), href) for href in hrefs)
    return tuple(islice(((name, href) for name, href in named if name), _MAX_LINKS))


def _within(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place.rstrip('/')}/") for place in places)
