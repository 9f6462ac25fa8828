"""What is wanted, found in a library.

Owns which articles an answer holds and in which order. The search is the one inside an article, so the number of
matches is the number the article shows when it is opened with the same words. Refuses threads: `find` is a generator
that a worker drives and may drop at any yield.

Invariant: an answer's articles have all that is wanted, and only articles without a text in the index may be missing
from a complete one, of which it says how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from reader.document import Range
from reader.library.corpus import Corpus, Fields
from reader.library.entry import Entry, State
from reader.library.terms import Filter, Wanted
from reader.search import Joined, Query, Tally, kind

FIRST_HITS: Final = 20
"""A screen of them is answered at once."""
_NO_STATES: Final[Mapping[str, State]] = MappingProxyType({})
_GROWTH: Final = 4
"""An answer that is not the last one has so many times the hits of the one before: each is put into order anew."""


class Hit(NamedTuple):
    """An article that has what is wanted."""

    entry: Entry
    titles: int
    """How many of the words are in its title."""
    matches: int
    """In its text, of all the words together; 0: what is wanted is in its title, authors or tags alone."""
    first: Range | None
    """The first of them."""


class Answer(NamedTuple):
    """What has been found so far."""

    hits: tuple[Hit, ...] = ()
    """By words in the title, number of matches and date; in the order of the list where no words are wanted."""
    searched: int = 0
    """Articles looked at."""
    total: int = 0
    waiting: int = 0
    """Articles whose text is not in the index yet: they are found by title, authors and tags alone."""
    complete: bool = False


def find(
    entries: Sequence[Entry],
    wanted: Wanted,
    corpus: Corpus,
    *,
    states: Mapping[str, State] = _NO_STATES,
    folders: Sequence[str] = (),
) -> Iterator[Answer | None]:
    """Searches `entries`, in their order: answers, the last one complete.

    Between them None, after which another search may go first: a slice takes some milliseconds. `folders` are those of
    the library, from which `in:` counts. The first answer comes with the first 20 hits. Raises SearchError, perhaps
    after some yields, for a wrong or too slow pattern.
    """
    passes = _conditions(entries, wanted.filters, states, folders)
    chosen: dict[int, None] | None = None
    if passes:
        chosen = {number: None for number, entry in enumerate(entries) if all(passed(entry) for passed in passes)}
    total = len(entries)
    if not (wanted.texts or wanted.without):
        numbers = range(total) if chosen is None else chosen
        yield Answer(tuple(Hit(entries[number], 0, 0, None) for number in numbers), total, total, 0, True)
        return
    search = _Search(entries, wanted, corpus, chosen)
    told = 0
    for searched in search.run():
        hits = len(search.hits)
        if hits >= max(FIRST_HITS, _GROWTH * told):
            told = hits
            yield Answer(search.ranked(), searched, total, search.waiting)
        else:
            yield None
    yield Answer(search.ranked(), total, total, search.waiting, True)


class _Search:
    """One search on its way."""

    def __init__(self, entries: Sequence[Entry], wanted: Wanted, corpus: Corpus, chosen: Container[int] | None) -> None:
        """`chosen`: the numbers of those to be looked at; None: all."""
        self.hits: list[tuple[int, int, str, int, Hit]] = []
        """Each behind what it is ranked by: words in the title, matches, date, and minus its number in the list."""
        self._entries = entries
        self._corpus = corpus
        self._chosen = chosen
        self._laid = corpus.laid(entries)
        self._unread = [number for number in self._laid.unread if chosen is None or number in chosen]
        self.waiting = sum(not entries[number].problem for number in self._unread)
        fields: Fields = corpus.fields(entries)
        self._texts = [(query, fields.found(query)) for query in wanted.texts]
        self._without = [(query, fields.found(query)) for query in wanted.without]

    def run(self) -> Iterator[int]:
        """How many articles have been looked at, again and again."""
        chosen = self._chosen
        searched = len(self._unread)
        self._judge(self._unread, ())
        yield searched
        for chunk, ids, here in self._laid.chunks:
            if chosen is not None:
                here = {id: number for id, number in here.items() if number in chosen}
                if not here:
                    continue
            part = self._corpus.part(chunk)
            if part.ids is not ids:
                # What another process has taken out of the index is as if it had not been read yet.
                there = frozenset(part.ids)
                missing = [number for id, number in here.items() if id not in there]
                self.waiting += len(missing)
                self._judge(missing, ())
            found: list[dict[int, Tally]] = []
            for query, fields in (*self._texts, *self._without):
                tallies: Mapping[int, Tally] | None = None
                for tallies in part.joined.tallies(query):
                    if tallies is None:
                        yield searched
                found.append(_numbered(tallies or {}, part.ids, here))
                if not found[-1] and len(found) <= len(self._texts) and fields.keys().isdisjoint(here.values()):
                    break  # no article of this chunk has all words
            else:
                self._judge(self._candidates(part.ids, here, found), found)
            searched += len(here)
            yield searched

    def _candidates(
        self, ids: Iterable[int], here: Mapping[int, int], found: Sequence[Mapping[int, Tally]]
    ) -> Iterable[int]:
        """The numbers of those among `ids` that may have all that is wanted."""
        if not self._texts:
            return [here[id] for id in ids if id in here]
        fields = self._texts[0][1]
        if not fields:
            return found[0]
        return [
            number for id in ids if (number := here.get(id)) is not None and (number in found[0] or number in fields)
        ]

    def ranked(self) -> tuple[Hit, ...]:
        """The hits in the order of the answer."""
        if not self._texts:
            return tuple(hit for *_, hit in sorted(self.hits, key=lambda ranked: -ranked[3]))
        return tuple(hit for *_, hit in sorted(self.hits, reverse=True))  # the number decides: no two hits are compared

    def _judge(self, numbers: Iterable[int], found: Sequence[Mapping[int, Tally]]) -> None:
        """Adds those of some articles that have what is wanted; `found` is, by number, what is in their texts: of the
        wanted words and then of those there must not be, or empty: no text is there."""
        every = found or [{}] * (len(self._texts) + len(self._without))
        texts = [(fields, tallies) for (_, fields), tallies in zip(self._texts, every, strict=False)]
        without = [(one[1], tallies) for one, tallies in zip(self._without, every[len(texts) :], strict=True)]
        entries, hits = self._entries, self.hits
        for number in numbers:
            if without and any(number in fields or number in tallies for fields, tallies in without):
                continue
            titles = matches = 0
            first: Tally | None = None
            for fields, tallies in texts:
                tally = tallies.get(number)
                if tally is not None:
                    matches += tally.matches
                    first = tally if first is None or tally.start < first.start else first
                elif number not in fields:
                    break
                titles += fields.get(number, False)
            else:
                where = None if first is None else Range(first.start, first.end)
                entry = entries[number]
                hits.append((titles, matches, entry.date, -number, Hit(entry, titles, matches, where)))


def _numbered(tallies: Mapping[int, Tally], ids: Sequence[int], here: Mapping[int, int]) -> dict[int, Tally]:
    """What was found by the numbers of the articles, of those that are `here`."""
    return {here[ids[at]]: tally for at, tally in tallies.items() if ids[at] in here}


def _conditions(
    entries: Sequence[Entry], filters: Sequence[Filter], states: Mapping[str, State], folders: Sequence[str]
) -> list[Callable[[Entry], bool]]:
    made = []
    for one in filters:
        holds = _condition(entries, one, states, folders)
        made.append((lambda entry, holds=holds: not holds(entry)) if one.without else holds)
    return made


def _condition(
    entries: Sequence[Entry], one: Filter, states: Mapping[str, State], folders: Sequence[str]
) -> Callable[[Entry], bool]:
    value = one.value
    match one.kind:
        case "after":
            return lambda entry: entry.date >= value
        case "before":
            return lambda entry: entry.date[: len(value)] < value and entry.date != ""
        case "in":
            return lambda entry: f"/{value}/" in f"/{_place(entry.path, folders)}/".casefold()
        case "is":
            return lambda entry: _is(states.get(entry.path), value)
        case "author":
            named = _named(sorted({entry.authors for entry in entries}), value, whole=False)
            return lambda entry: entry.authors in named
        case "tag":
            tags = {tag for entry in entries for tag in (*entry.tags.split("\n"), *entry.categories.split("\n"))}
            named = _named(sorted(tags), value, whole=True)
            return lambda entry: (
                not named.isdisjoint(entry.tags.split("\n")) or not named.isdisjoint(entry.categories.split("\n"))
            )


def _is(state: State | None, value: str) -> bool:
    if value == "starred":
        return state is not None and state.starred
    if value == "archived":
        return state is not None and state.archived
    return (state.read if state is not None else "unread") == value


def _place(path: str, folders: Sequence[str]) -> str:
    """The folder of an article within its library, with `/` between its parts."""
    for folder in folders:
        if path.startswith(folder):
            path = path[len(folder) :]
            break
    return path.replace("\\", "/").rpartition("/")[0].strip("/")


def _named(names: Sequence[str], wanted: str, *, whole: bool) -> frozenset[str]:
    """Those of some names in which `wanted` is found, or which it is; case, width and variants folded."""
    query = Query(wanted, case="insensitive", variants=True)
    found: set[str] = set()
    by_kind: dict[int, list[str]] = {}
    for name in names:
        by_kind.setdefault(kind(name), []).append(name)
    for of, some in by_kind.items():
        *_, tallies = Joined(some, of).tallies(query)
        for at, tally in (tallies or {}).items():
            if not whole or (tally.start, tally.end) == (0, len(some[at])):
                found.add(some[at])
    return frozenset(found)
