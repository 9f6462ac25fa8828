"""The texts of a library in chunks that are searched at a stroke, read from the index when they are first searched.

Owns which texts stand together and how many of them are held in memory. Refuses to judge what is found.

Invariant: a chunk's texts never change, since what an id stands for never does; articles that are new get new chunks.
"""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from reader.document import Document, Range, Section
from reader.library.entry import Entry
from reader.library.index import Index
from reader.sanitize import clean, clean_line
from reader.search import ALONE, Excerpt, Joined, Query, excerpt, kind, prepare

CHUNK_CHARACTERS: Final = 1 << 18
"""Of a chunk, about: some milliseconds of search."""
HELD_BYTES: Final = 96 << 20
"""Of all texts that are held; what is beyond is read again for each search."""
_BYTES_A_CHARACTER: Final = 4
"""At the most."""
_MAX_SMALL: Final = 8
"""Chunks of less than half the size, before they are put together: each new article may have made one."""


class Fields:
    """Titles, authors, tags and categories of articles, to be searched as their texts are."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        kinds: dict[int, list[int]] = {}
        self._texts = ["\n\n".join(filter(None, (one.title, one.authors, one.tags, one.categories))) for one in entries]
        self._titles = [len(entry.title) for entry in entries]
        for number, text in enumerate(self._texts):
            kinds.setdefault(kind(text), []).append(number)
        alone = [(ALONE, [number]) for number in kinds.pop(ALONE, ())]
        self._joined = [
            (numbers, Joined([self._texts[number] for number in numbers], of))
            for of, numbers in [*kinds.items(), *alone]
        ]

    def found(self, query: Query) -> dict[int, bool]:
        """The numbers of the articles in which something is found, and whether that is in the title."""
        found: dict[int, bool] = {}
        for numbers, joined in self._joined:
            *_, tallies = joined.tallies(query)
            for at, tally in (tallies or {}).items():
                found[numbers[at]] = tally.start < self._titles[numbers[at]]
        return found


class Part(NamedTuple):
    """Articles and their texts, in the same order."""

    ids: tuple[int, ...]
    joined: Joined


class Laid(NamedTuple):
    """Where the texts of a list stand."""

    chunks: tuple[tuple[Chunk, tuple[int, ...], dict[int, int]], ...] = ()
    """Each with the articles it has, and the number in the list of those that are in it, by their ids; the chunk of the
    first article first."""
    unread: tuple[int, ...] = ()
    """Numbers of the articles without an id."""


class Chunk:
    """Some articles whose texts are searched together; known by identity."""

    __slots__ = ("ids", "kind", "length")

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.ids = tuple(sorted(entry.id for entry in entries))
        self.kind = entries[0].kind
        self.length = sum(entry.length for entry in entries)
        """Characters."""


class Corpus:
    """The texts of the articles in an index. May be used by several threads."""

    def __init__(self, index: Index, *, held_bytes: int = HELD_BYTES) -> None:
        self._index = index
        self._most = held_bytes
        self._held = 0
        self._parts: OrderedDict[Chunk, Part] = OrderedDict()
        self._chunks: dict[int, Chunk] = {}
        """By the id of an article."""
        self._fields: tuple[Sequence[Entry], Fields] = ((), Fields(()))
        self._laid: tuple[Sequence[Entry], Laid] = ((), Laid())
        self._lock = threading.Lock()

    def fields(self, entries: Sequence[Entry]) -> Fields:
        """What of these articles is searched besides their texts; made once for the same sequence."""
        known, fields = self._fields
        if known is not entries:
            fields = Fields(entries)
            self._fields = entries, fields
        return fields

    def laid(self, entries: Sequence[Entry]) -> Laid:
        """Where the texts of these articles stand, perhaps beside others; found out once for the same sequence."""
        with self._lock:
            known, laid = self._laid
            if known is entries:
                return laid
            new = [entry for entry in entries if entry.id and entry.id not in self._chunks]
            if new:
                new += self._dissolved(entries)
                self._add(new)
            chunks: dict[Chunk, dict[int, int]] = {}
            for number, entry in enumerate(entries):
                if entry.id:
                    chunks.setdefault(self._chunks[entry.id], {})[entry.id] = number
            unread = tuple(number for number, entry in enumerate(entries) if not entry.id)
            laid = Laid(tuple((chunk, chunk.ids, here) for chunk, here in chunks.items()), unread)
            self._laid = entries, laid
            return laid

    def prepare(self, entries: Sequence[Entry]) -> Iterator[None]:
        """Reads, a step at a time, what the first search of these articles would wait for, as far as it is held."""
        prepare()
        yield
        self.fields(entries)
        yield
        for chunk, *_ in self.laid(entries).chunks:
            if self._held > self._most - _BYTES_A_CHARACTER * CHUNK_CHARACTERS:
                return
            self.part(chunk)
            yield

    def part(self, chunk: Chunk) -> Part:
        """The texts of a chunk; those of articles that are not there any more are left out. Where none is, its ids are
        the chunk's own tuple."""
        with self._lock:
            found = self._parts.get(chunk)
            if found is not None:
                self._parts.move_to_end(chunk)
                return found
            ids = chunk.ids
        texts = self._index.texts(ids)
        if len(texts) < len(ids):
            ids = tuple(id for id in ids if id in texts)
        made = Part(ids, Joined([texts[id] for id in ids], chunk.kind))
        with self._lock:
            for id in set(chunk.ids).difference(ids):
                self._chunks.pop(id, None)
            chunk.ids = ids
            if chunk not in self._parts and any(self._chunks.get(id) is chunk for id in ids):
                self._parts[chunk] = made
                self._held += sys.getsizeof(made.joined.text)
            while self._held > self._most and len(self._parts) > 1:
                self._drop(next(iter(self._parts)))
        return made

    def excerpt(self, entry: Entry, where: Range) -> Excerpt:
        """A match in an article as a line of a list, with its section; empty where the article has changed since."""
        text = self._index.texts((entry.id,)).get(entry.id, "")
        if where.end > len(text):
            return Excerpt("", "", Range(0, 0))
        return excerpt(self.outlined(entry, text), where)

    def outlined(self, entry: Entry, text: str) -> Document:
        """An article with nothing but its text and its sections."""
        starts = self._index.sections(entry.id)
        ends = [start for start, _ in starts[1:]] + [len(text)]
        sections = tuple(
            Section(start, end, clean_line(title), 1) for (start, title), end in zip(starts, ends, strict=True)
        )
        return Document(clean(text), sections=sections)

    def _add(self, entries: Sequence[Entry]) -> None:
        """New chunks, in the order of the list."""
        growing: dict[int, list[Entry]] = {}
        lengths: dict[int, int] = {}
        for entry in entries:
            some = growing.setdefault(entry.kind, [])
            some.append(entry)
            lengths[entry.kind] = lengths.get(entry.kind, 0) + entry.length
            if lengths[entry.kind] >= CHUNK_CHARACTERS or entry.kind == ALONE:
                self._close(some)
                del growing[entry.kind], lengths[entry.kind]
        for some in growing.values():
            self._close(some)

    def _close(self, entries: Sequence[Entry]) -> None:
        chunk = Chunk(entries)
        for entry in entries:
            self._chunks[entry.id] = chunk

    def _dissolved(self, entries: Sequence[Entry]) -> list[Entry]:
        """The articles of small chunks, where there are too many of these; they are in none then."""
        here = {entry.id for entry in entries}
        small = {
            chunk for chunk in self._chunks.values() if 2 * chunk.length < CHUNK_CHARACTERS and chunk.kind != ALONE
        }
        small = {chunk for chunk in small if here.issuperset(chunk.ids)}
        if len(small) <= _MAX_SMALL:
            return []
        for chunk in small:
            if chunk in self._parts:
                self._drop(chunk)
        freed = [entry for entry in entries if self._chunks.get(entry.id) in small]
        for entry in freed:
            del self._chunks[entry.id]
        return freed

    def _drop(self, chunk: Chunk) -> None:
        self._held -= sys.getsizeof(self._parts.pop(chunk).joined.text)
