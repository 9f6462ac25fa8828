"""The articles of a library as rows: filtered, sorted, grouped, their repeated titles folded.

Pure functions and values; what takes long is a generator that a thread drives. Refuses to hold a state.

Invariant: each article that is found has a row, or is folded under one, and one place in the trail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, overload

from reader.library import GROUP_KEYS, SORT_KEYS, Trail, folded, grouped, ordered
from reader.store import State

if TYPE_CHECKING:
    from reader.library import Answer, Entry, GroupKey, Hit, Library, Listing, SortKey, Wanted
    from reader.search import Excerpt, Query

_NEAR_CHARACTERS = 500
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

    @property
    def newest_first(self) -> bool:
        """Whether the first rows are those of the newest articles."""
        return self.order == "date" and not self.turned and self.group != "folder"


def view_from(written: str) -> View:
    """The view that `view_written` has kept; what is not understood is as at first."""
    order, turned, group, folds = (*written.split("/"), "", "", "", "")[:4]
    return View(
        next((key for key in SORT_KEYS if key == order), "date"),
        turned == "turned",
        next((key for key in GROUP_KEYS if key == group), None),
        folds != "each",
    )


def view_written(view: View) -> str:
    """The view without what is unfolded, as the store keeps it."""
    return "/".join((view.order, "turned" * view.turned, view.group or "", "" if view.folds else "each"))


class Rows(Sequence[Row]):
    """The rows of a list, made as they are asked for: there may be 60,000, and a screen shows forty. Immutable."""

    __slots__ = ("_hits", "_items", "_others", "_within")

    def __init__(
        self,
        items: Sequence[Entry | str] = (),
        hits: Sequence[Hit] = (),
        others: Mapping[str, tuple[Entry, ...]] = MappingProxyType({}),
        within: frozenset[int] = frozenset(),
    ) -> None:
        """`items`: an article or a head each; `hits`, where there are any, are theirs. `others` are folded under the
        article of a path; the rows `within` are unfolded ones."""
        self._items = items
        self._hits = hits
        self._others = others
        self._within = within

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self._items))))
        item = self._items[index]
        if isinstance(item, str):
            return Row(None, item)
        if self._hits:
            return Row(item, hit=self._hits[index])
        return Row(item, others=self._others.get(item.path, ()), within=index in self._within)

    def articles(self) -> Iterator[Entry]:
        """Every article in the order of the rows, those that are folded behind the one that is shown."""
        for item in self._items:
            if not isinstance(item, str):
                yield item
                yield from self._others.get(item.path, ())

    def number(self, path: str) -> int | None:
        """The row of an article, or of the one it is folded under; None: it is not in the list. (Milliseconds for
        60,000.)"""
        for number, item in enumerate(self._items):
            if not isinstance(item, str) and item.path == path:
                return number
        for first, others in self._others.items():
            if any(other.path == path for other in others):
                return self.number(first)
        return None


class Arranged(NamedTuple):
    """The list as it is shown. Immutable."""

    rows: Rows = Rows()
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
    partial: bool = False
    """Whether only the first rows are there, the others being on their way."""
    dated: bool = True
    """Whether any of the articles has a date."""

    def trail(self) -> Trail:
        """The way through it."""
        return Trail(entry.path for entry in self.rows.articles())

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
    entries: Sequence[Entry],
    view: View,
    typed: str,
    like: Callable[[], Query],
    library: Library,
    states: Mapping[str, State],
    more: int = 0,
) -> Iterator[Arranged | None]:
    """The list for what is typed on the query line, with the options of `like`: as far as it is found, the last one
    complete; None between them, for others to go first. Articles that are archived are left out where nothing is typed.
    `more` articles are to follow those given, where nothing is typed.

    Raises SearchError, a line for the person.
    """
    if not typed.strip():
        hidden = {path for path, state in states.items() if state.archived}
        shown = [entry for entry in entries if entry.path not in hidden] if hidden else entries
        made = _made(shown, (), view, library.folders, len(entries) + more, None)
        yield made._replace(found=made.found + more, partial=more > 0)
        return
    from reader.library import find, wanted  # here, since a list without a query need not wait for the search

    asked = wanted(typed, like())
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
    items: list[Entry | str] = []
    others: dict[str, tuple[Entry, ...]] = {}
    within: set[int] = set()
    if hits:  # by rank, each with its match: nothing is grouped or folded
        items += entries
    elif view.group is not None:
        for group in grouped(entries, view.group, folders):
            items.append(group.head)
            _fold(group.entries, view, items, others, within)
    else:
        _fold(entries, view, items, others, within)
    dated = not entries or any(entry.date for entry in entries)
    return Arranged(Rows(items, hits, others, frozenset(within)), len(entries), total, asked, dated=dated)


def _fold(
    entries: Sequence[Entry],
    view: View,
    items: list[Entry | str],
    others: dict[str, tuple[Entry, ...]],
    within: set[int],
) -> None:
    """Adds the rows of some articles; those of one title share one, if the view has it so."""
    if not view.folds:
        items += entries
        return
    for first, more in folded(entries):
        items.append(first)
        if more and first.path in view.unfolded:
            within.update(range(len(items), len(items) + len(more)))
            items += more
        elif more:
            others[first.path] = more


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
            start = text.find("\n", first.end)
            for end in (start + _NEAR_CHARACTERS, len(text)) if start > 0 else ():  # most words are soon found
                behind = [there[0] for query in queries if (there := search(text, query, start=start, end=end))]
                if behind:
                    one = library.corpus.excerpt(entry, min(behind, key=lambda match: match.start))
                    break
        found[entry.path] = one
    return found
