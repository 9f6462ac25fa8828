"""Several texts searched as one.

Searching 6,000 articles one by one takes five times as long as searching them joined: the pattern is fitted to each,
and each search begins anew. What a pattern is depends on the text it is fitted to, so only texts of one *kind* may be
joined; between two of them stands an empty line, which no match touches.

Invariant: what is found in a text among others is what `search` finds in it alone.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import methodcaller
from typing import Final, NamedTuple

from reader.sanitize import pattern
from reader.search.fitted import Spelling, is_plain, is_simple, spans, spelled
from reader.search.folding import ignores
from reader.search.matches import Matches
from reader.search.query import Query
from reader.search.scan import scan, search

_PLAIN, _SIMPLE, _COMPLEX, _IGNORING, ALONE = range(5)
"""Kinds; `ALONE` is that of texts that are searched by themselves."""
_BETWEEN: Final = "\n\n"
_SEAM: Final = "\n"
"""Between two letters of a spelling, as no letter is."""
_SLICE_CHARACTERS: Final = 1 << 18
_LEAPING: Final = 4
"""Characters of a word from which on `in` leaps over more than others look at."""
_MAX_KNOWN: Final = 16
"""Words that are known not to be there, the latest."""
_LOOKS_BACK: Final = pattern(r"\\[AGK]|\(\?<[=!]|\(\?[a-z01]*[rV]")
"""In an expression: what tells the beginning of a text from the beginning of a line, or may turn into that."""


_start: Final = methodcaller("start")


@lru_cache(maxsize=64)
def _literal(string: str) -> re.Pattern[str]:
    return re.compile(re.escape(string))


class Tally(NamedTuple):
    """What was found in one text; never nothing."""

    matches: int
    """How many."""
    start: int
    """Offset of the first."""
    end: int


def kind(text: str) -> int:
    """Which texts this one may be joined with: those of the same kind. A small number, to be kept beside the text."""
    if text.startswith("\n") or text.endswith("\n"):
        return ALONE  # beside an empty line it would be part of that
    if is_plain(text):
        return _PLAIN
    if is_simple(text):
        return _SIMPLE
    return _IGNORING if ignores(text) else _COMPLEX


def prepare() -> None:
    """Makes what the first search of a program would wait for: the tables of letters, the machine for patterns."""
    for word in ("a", "ab", "A"):
        *_, _found = Joined(["aAbB"], _PLAIN).tallies(Query(word, variants=True))


class Joined:
    """Texts of one kind, to be searched together."""

    __slots__ = ("_absent", "_kind", "_letters", "_present", "_starts", "text")

    def __init__(self, texts: Sequence[str], kind: int) -> None:
        """`kind` is that of each of `texts`; of `ALONE` there is one. The texts are copied."""
        self.text = _BETWEEN.join(texts)
        self._kind = kind
        self._letters: frozenset[str] | None = None
        self._present: dict[str, str] = {}
        """Of some characters those that are there."""
        self._absent: deque[str] = deque(maxlen=_MAX_KNOWN)
        """Words that are not there, by the units of their spelling: who types another letter asks for less."""
        self._starts = array("Q", accumulate((len(text) + len(_BETWEEN) for text in texts), initial=0))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, index: int) -> str:
        """One of the texts."""
        if not 0 <= index < len(self):
            raise IndexError(f"text {index} of {len(self)}")
        return self.text[self._starts[index] : self._starts[index + 1] - len(_BETWEEN)]

    def tallies(self, query: Query) -> Iterator[Mapping[int, Tally] | None]:
        """What is found, by the index of the text; texts without a match are not among it.

        The last yield is that; those before are None, and say that another search may go first now: a slice takes some
        milliseconds. Raises SearchError, perhaps after some yields, for a wrong or too slow pattern.
        """
        if query.regex and _LOOKS_BACK.search(query.pattern):
            return self._one_by_one(query)
        if not query.pattern or query.regex or query.pinyin or self._kind not in (_PLAIN, _SIMPLE):
            return self._together(scan(self.text, query))
        spelling = spelled(query, self._those_present, plain=self._kind == _PLAIN)
        if spelling is None:
            return self._together(scan(self.text, query))
        return iter(({},)) if spelling.is_impossible else self._spelled(spelling)

    def _those_present(self, chars: str) -> str:
        known = self._present.get(chars)
        if known is None:
            if self._kind == _SIMPLE and self._letters is None:
                self._letters = frozenset(self.text)
            inside: Container[str] = self.text if self._letters is None else self._letters
            self._present[chars] = known = "".join(char for char in chars if char in inside)
        return known

    def _spelled(self, spelling: Spelling) -> Iterator[Mapping[int, Tally] | None]:
        units = _SEAM + _SEAM.join(spelling.units) + _SEAM if spelling.units else ""
        if any(word in units for word in self._absent):
            yield {}
            return
        found: Mapping[int, Tally] | None = None
        for found in self._counted(spelling.strings) if spelling.strings else self._together(self._spans(spelling)):
            yield found
        if not found and units:
            self._absent.append(units)

    def _counted(self, strings: Sequence[str]) -> Iterator[Mapping[int, Tally] | None]:
        text, starts, count = self.text, self._starts, self.text.count
        if len(strings) == 1 and len(strings[0]) > 1:
            string = strings[0]
            # Words of some letters are not found fastest by what finds most others.
            if len(string) < _LEAPING or string in text:
                places = array("I", map(_start, _literal(string).finditer(text)))
                yield dict(self._placed(places, len(string)))
            else:
                yield {}
            return
        if not any(string in text for string in strings):
            yield {}
            return
        yield None
        found: dict[int, Tally] = {}
        for string in strings:
            length = len(string)
            begin = 0
            for index in range(len(self)):
                end = starts[index + 1]
                if number := count(string, begin, end):
                    first = text.find(string, begin, end) - begin
                    known = found.get(index)
                    if known is not None:
                        number, first = number + known.matches, min(first, known.start)
                    found[index] = Tally(number, first, first + length)
                begin = end
        yield found

    def _placed(self, places: array[int], length: int) -> Iterator[tuple[int, Tally]]:
        """The matches of so many characters at some places, text by text."""
        starts, first = self._starts, 0
        while first < len(places):
            index = bisect_right(starts, places[first]) - 1
            last = bisect_left(places, starts[index + 1], first)
            at = places[first] - starts[index]
            yield index, Tally(last - first, at, at + length)
            first = last

    def _spans(self, spelling: Spelling) -> Iterator[Matches]:
        found, start = array("I"), 0
        while start < len(self.text):
            cut = self.text.find(_BETWEEN, start + _SLICE_CHARACTERS)
            cut = len(self.text) if cut < 0 else cut
            found.extend(spans(spelling, self.text, start, cut))
            start = cut
            yield Matches(found, len(found) // 2, cut, cut)

    def _together(self, scanned: Iterator[Matches]) -> Iterator[Mapping[int, Tally] | None]:
        found = Matches()
        for matches in scanned:
            found = matches
            yield None
        yield dict(self._parted(found))

    def _parted(self, matches: Matches) -> Iterator[tuple[int, Tally]]:
        """The matches in all texts, text by text."""
        starts, found, first = self._starts, matches.spans, 0
        for index in range(len(self) if matches else 0):
            last = matches.before(starts[index + 1])
            if last > first:
                at = starts[index]
                yield index, Tally(last - first, found[2 * first] - at, found[2 * first + 1] - at)
                first = last

    def _one_by_one(self, query: Query) -> Iterator[Mapping[int, Tally] | None]:
        found: dict[int, Tally] = {}
        for index in range(len(self)):
            matches = search(self[index], query)
            if matches:
                found[index] = Tally(len(matches), matches[0].start, matches[0].end)
            yield None
        yield found
