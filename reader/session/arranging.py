"""The articles of a library as rows: filtered, sorted, grouped, their repeated titles folded.

Pure functions and values; what takes long is a generator that a thread drives. Refuses to hold a state.

Invariant: each article that is found has a row, or is folded under one, and one place in the trail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.library import Entry, Hit, SortKey, Trail, find, folded, grouped, ordered, wanted
from reader.store import State

if TYPE_CHECKING:
    from reader.library import Answer, GroupKey, Library, Listing, Wanted
    from reader.search import Excerpt, Query

FIRST_EXCERPTS = 20
"""Hits whose matches are shown as soon as the row is."""


class Row(NamedTuple):
    """One row of the list: a head, or an article."""

    entry: Entry | None
    """None: a head."""
    head: str = ""
    others: tuple[Entry, ...] = ()
    """Articles of the same title, folded under it."""
    within: bool = False
    """It is one of those, unfolded."""
    hit: Hit | None = None
    """What was found in it, where words are searched."""


class View(NamedTuple):
    """How the list is to be shown."""

    order: SortKey = "date"
    turned: bool = False
    """The order the other way round."""
    group: GroupKey | None = None
    folds: bool = True
    """Whether articles of one title share a row."""
    unfolded: frozenset[str] = frozenset()
    """Paths of the first articles of those that do not."""


class Arranged(NamedTuple):
    """The list as it is shown. Immutable."""

    rows: tuple[Row, ...] = ()
    at: Mapping[str, int] = {}
    """The row of an article, or of the one it is folded under, by its path."""
    trail: Trail = Trail(())
    found: int = 0
    """Articles in it."""
    total: int = 0
    """Articles there are."""
    wanted: Wanted | None = None
    """What was asked for; None: nothing."""
    complete: bool = True
    """Whether all has been searched."""
    waiting: int = 0
    """Articles that may be found once they are read."""

    @property
    def lit(self) -> tuple[Query, ...]:
        """What is to be lit in an article that is opened from it."""
        return self.wanted.texts if self.wanted is not None else ()

    @property
    def ranked(self) -> bool:
        """Whether words were searched: the best come first, each with its match."""
        return bool(self.lit)


class Sorted:
    """The entries of a listing in an order: sorted once for each, and the same sequence as long as that holds."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._entries: tuple[Entry, ...] = ()

    def of(self, listing: Listing, view: View, states: Mapping[str, State]) -> tuple[Entry, ...]:
        """All of them in the order of the view."""
        by_states = states if view.order in ("progress", "read") else None
        key = (listing.entries, view.order, view.turned, by_states)
        if len(self._key) != len(key) or not all(old is new for old, new in zip(self._key, key, strict=True)):
            self._entries = ordered(listing.entries.values(), view.order, states=states, turned=view.turned)
            self._key = key
        return self._entries


def arranged(
    entries: Sequence[Entry], view: View, typed: str, like: Query, library: Library, states: Mapping[str, State]
) -> Iterator[Arranged | None]:
    """The list for what is typed on the query line: as far as it is found, the last one complete; None between them,
    for others to go first. Articles that are archived are left out where nothing is typed.

    Raises SearchError, a line for the person.
    """
    asked = wanted(typed, like)
    if not asked:
        shown = [entry for entry in entries if entry.path not in states or not states[entry.path].archived]
        yield _made(shown, (), view, library.folders, len(entries), None)
        return
    for answer in find(entries, asked, library.corpus, states=states, folders=library.folders):
        yield None if answer is None else _found(answer, asked, view, library.folders)


def _found(answer: Answer, asked: Wanted, view: View, folders: Sequence[str]) -> Arranged:
    hits = answer.hits if asked.texts else ()
    made = _made([hit.entry for hit in answer.hits], hits, view, folders, answer.total, asked)
    return made._replace(complete=answer.complete, waiting=answer.waiting)


def _made(
    entries: Sequence[Entry],
    hits: Sequence[Hit],
    view: View,
    folders: Sequence[str],
    total: int,
    asked: Wanted | None,
) -> Arranged:
    rows: list[Row] = []
    if hits:  # by rank, each with its match: nothing is grouped or folded
        rows = [Row(hit.entry, hit=hit) for hit in hits]
    elif view.group is not None:
        for group in grouped(entries, view.group, folders):
            rows.append(Row(None, group.head))
            rows += _folded(group.entries, view)
    else:
        rows = list(_folded(entries, view))
    at: dict[str, int] = {}
    way: list[str] = []
    for number, row in enumerate(rows):
        if row.entry is None:
            continue
        for one in (row.entry, *row.others):
            at[one.path] = number
            way.append(one.path)
    return Arranged(tuple(rows), at, Trail(way), len(way), total, asked)


def _folded(entries: Iterable[Entry], view: View) -> Iterator[Row]:
    if not view.folds:
        yield from map(Row, entries)
        return
    for first, others in folded(entries):
        if others and first.path in view.unfolded:
            yield Row(first, others=())
            for other in others:
                yield Row(other, within=True)
        else:
            yield Row(first, others=others)


def excerpts(library: Library, hits: Iterable[Hit], queries: Sequence[Query]) -> dict[str, Excerpt]:
    """The first match of each of these hits in its line, by path; one behind the title, which the row shows, where
    there is one. Reads each text."""
    from reader.search import search

    found: dict[str, Excerpt] = {}
    for entry, _, matches, first in hits:
        if first is None or not entry.id:
            continue
        one = library.corpus.excerpt(entry, first)
        if matches > 1 and one.line == entry.title:
            text = library.index.texts((entry.id,)).get(entry.id, "")
            end = text.find("\n", first.end)
            behind = [there[0] for query in queries if (there := search(text, query, start=end)) and end > 0]
            if behind:
                one = library.corpus.excerpt(entry, min(behind, key=lambda match: match.start))
        found[entry.path] = one
    return found
