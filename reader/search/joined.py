"""Several texts searched as one.

Searching 6,000 articles one by one takes five times as long as searching them joined: the pattern is fitted to each,
and each search begins anew. What a pattern is depends on the text it is fitted to, so only texts of one *kind* may be
joined; between two of them stands an empty line, which no match touches.

Invariant: what is found in a text among others is what `search` finds in it alone.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from reader.sanitize import pattern
from reader.search.fitted import Spelling, counter, is_plain, is_simple, spans, spelled
from reader.search.folding import ignores
from reader.search.matches import Matches
from reader.search.query import Query
from reader.search.scan import scan, search

_PLAIN, _SIMPLE, _COMPLEX, _IGNORING, ALONE = range(5)
"""Kinds; `ALONE` is that of texts that are searched by themselves."""
_BETWEEN: Final = "\n\n"
_SLICE_CHARACTERS: Final = 1 << 18
_LOOKS_BACK: Final = pattern(r"\\[AGK]|\(\?<[=!]|\(\?[a-z01]*[rV]")
"""In an expression: what tells the beginning of a text from the beginning of a line, or may turn into that."""


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


class Joined:
    """Texts of one kind, to be searched together."""

    __slots__ = ("_kind", "_letters", "_starts", "text")

    def __init__(self, texts: Sequence[str], kind: int) -> None:
        """`kind` is that of each of `texts`; of `ALONE` there is one. The texts are copied."""
        self.text = _BETWEEN.join(texts)
        self._kind = kind
        self._letters: frozenset[str] | None = None
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
        if self._kind == _SIMPLE and self._letters is None:
            self._letters = frozenset(self.text)
        spelling = spelled(query, self.text, self._letters)
        if spelling is None:
            return self._together(scan(self.text, query))
        return self._together(self._spans(spelling)) if spelling.pattern else self._counted(spelling)

    def _counted(self, spelling: Spelling) -> Iterator[Mapping[int, Tally] | None]:
        text, starts = self.text, self._starts
        # One look at the whole first: most words are in few chunks.
        if not any(string in text for string in spelling.strings):
            yield {}
            return
        yield None
        count = counter(spelling, text)
        found: dict[int, Tally] = {}
        for index in range(len(self)):
            start = starts[index]
            number, first, last = count(start, starts[index + 1])
            if number:
                found[index] = Tally(number, first - start, last - start)
        yield found

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
