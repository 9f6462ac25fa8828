"""Several folders as one list of articles, with their index.

Owns what a screen and a command ask of a library: the list at once, what is new as it is read, the texts behind it.
Refuses to keep what a person sets, and to hold a list of its own: a `Listing` is a value, and who shows it has it.

Invariant: `look` starts no process and reads no article; it takes as long as the system takes to say sizes and times.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from reader.document import record
from reader.library.build import Changes, ListOrder, Order, Progress, changes, recipe
from reader.library.entry import Entry, known_by_name
from reader.library.index import LEFT_ALONE, Index, folders_apart
from reader.library.indexing import Indexing

if TYPE_CHECKING:
    from reader.library.corpus import Corpus
    from reader.library.index import Known

_GROUP: Final = 200
"""Articles that `settled` gives at once."""


@record
class Listing:
    """The articles of a library as they are known at one time."""

    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    """By path, in no order."""
    pending: frozenset[str] = frozenset()
    """Paths of those whose text is still to be read: what they hold is not found yet."""
    problems: tuple[str, ...] = ()
    """Places that cannot be read, a sanitised line each."""
    more: int = 0
    """Articles behind these, where only the newest are here."""

    @property
    def waiting(self) -> int:
        """How many texts are still to be read."""
        return len(self.pending)

    def updated(self, progress: Progress) -> Listing:
        """The listing after a report. (Some milliseconds for 60,000 articles.)"""
        entries = dict(self.entries)
        read = [entry.path for entry in progress.entries if entry.id or entry.problem]
        pending = frozenset() if progress.complete else self.pending.difference(read, progress.gone)
        for path in progress.gone:
            entries.pop(path, None)
        for entry in progress.entries:
            known = entries.get(entry.path)
            # One that is in the index already says more than its first lines, even if it has changed since.
            if entry.id or entry.problem or known is None or not known.id:
                entries[entry.path] = entry
        problems = tuple(dict.fromkeys((*self.problems, *progress.problems)))
        return Listing(MappingProxyType(entries), pending, problems)


class Library:
    """The articles of some folders. `look` and `update` are for a worker; they may run while others are asked."""

    def __init__(self, folders: Iterable[str], index_path: str, dialect: Mapping[str, bool] | None = None) -> None:
        """`index_path`: where the index is or will be, beside the store; `dialect`: the switches that are set."""
        self.folders = folders_apart(folders)
        """Absolute, none within another."""
        self.index = Index(index_path)
        self._corpus: Corpus | None = None
        self._dialect = dict(dialect or {})
        self._indexing: Indexing | None = None
        self._remembered: tuple[Known, Listing] | None = None

    @property
    def corpus(self) -> Corpus:
        """The texts, for `find`."""
        if self._corpus is None:
            from reader.library.corpus import Corpus  # brings the search, for which a list need not wait

            self._corpus = Corpus(self.index)
        return self._corpus

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with the index, a sentence each."""
        return self.index.warnings

    def newest(self, count: int, without: Collection[str] = ()) -> Listing:
        """The newest articles as the index has them, but for those at some paths: enough for a first screen, sooner
        than all of `remembered`, which begins with the same ones. It does not say what is pending."""
        entries, total = self.index.newest(self.folders, count, without)
        return Listing(MappingProxyType({entry.path: entry for entry in entries}), more=total - len(entries))

    def remembered(self) -> Listing:
        """The list as the index has it, the folders not looked into: half the time of `look`, which gives this very
        list where it is called next and nothing has changed since."""
        known = self.index.known(self.folders, recipe(self._dialect))
        listed = {path: entry for path, entry in known.entries.items() if entry.kind != LEFT_ALONE}
        listing = Listing(MappingProxyType(listed), known.stale, ())
        self._remembered = (known, listing)
        return listing

    def look(self) -> Listing:
        """The list as it is now: what the index has of the files that are there, and the rest by name."""
        remembered, self._remembered = self._remembered, None
        if remembered is None:
            known, found = self._changes()
        else:
            known, found = remembered[0].entries, changes(self.folders, remembered[0])
            if not (found.new or found.gone or found.unread):
                return remembered[1]
        entries = dict(known)
        for path in found.gone:
            del entries[path]
        for one in found.new:
            entry = entries.get(one.path)
            if entry is None or entry.kind == LEFT_ALONE:
                entries[one.path] = known_by_name(one)
        listed = {path: entry for path, entry in entries.items() if entry.kind != LEFT_ALONE}
        problems = tuple(place.line for place in found.unread)
        return Listing(MappingProxyType(listed), frozenset(one.path for one in found.new), problems)

    def is_current(self, listing: Listing) -> bool:
        """Whether the folders are as `listing` has them: nothing changed, added or taken away since, by this process or
        another one, and the index has what it had."""
        known, found = self._changes()
        entries, gone, new = listing.entries, frozenset(found.gone), {one.path for one in found.new}
        if any(path in entries for path in gone) or any(path not in known and path not in new for path in entries):
            return False
        for one in found.new:
            entry = entries.get(one.path)
            if entry is None or entry[2:4] != one[1:] or (entry.id and one.path not in known):
                return False
        # Not by the ids: two programs of other settings would read everything anew by turns.
        return all(
            (there := entries.get(path)) is not None and there[2:4] == entry[2:4]
            for path, entry in known.items()
            if path not in gone and path not in new and entry.kind != LEFT_ALONE
        )

    def update(self, by: ListOrder = "date") -> Iterator[Progress]:
        """Brings the index up to date by a second process, the articles in the order of the list first; the reports,
        the last one complete. Blocks between two; ends early when the library is closed."""
        order = Order(
            self.folders, self.index.path, tuple(sorted(self._dialect.items())), by, rebuild=self.index.damaged
        )
        with Indexing(order) as self._indexing:
            for progress in self._indexing.progress():
                if order.rebuild:
                    self.index.damaged = False
                yield progress

    def settled(self, report: Callable[[str], object] = lambda _: None) -> Iterator[tuple[Entry, ...]]:
        """The articles in the order of their paths, by the hundred, each group as soon as all of it is read.

        For a command that prints as it goes; blocks. `report` is called with each line about what cannot be read.
        """
        listing = self.look()
        said: set[str] = set()
        updates = self.update("path") if listing.pending else iter(())
        paths = sorted(listing.entries)
        for at in range(0, len(paths), _GROUP):
            group = paths[at : at + _GROUP]
            while not listing.pending.isdisjoint(group):
                listing = listing.updated(next(updates, Progress(complete=True)))
            for problem in listing.problems:
                if problem not in said:
                    said.add(problem)
                    report(problem)
            yield tuple(listing.entries[path] for path in group if path in listing.entries)
        for progress in updates:
            listing = listing.updated(progress)
        for problem in (*listing.problems, *self.warnings):
            if problem not in said:
                said.add(problem)
                report(problem)

    def lead(self, entry: Entry, characters: int = 400) -> str:
        """The first characters of an article's text; empty where it is not read yet."""
        return self.index.lead(entry.id, characters) if entry.id else ""

    def close(self) -> None:
        """Ends the process that may be running, and the index."""
        if self._indexing is not None:
            self._indexing.close()
        with suppress(OSError):
            self.index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _changes(self) -> tuple[dict[str, Entry], Changes]:
        known = self.index.known(self.folders, recipe(self._dialect))
        return known.entries, changes(self.folders, known)
