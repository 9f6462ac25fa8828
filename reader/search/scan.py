"""The running of a query over a text, in slices.

`scan` is a generator that a worker drives, that another search may abandon between two slices, and that never holds the
interpreter's lock for more than a few milliseconds (an ordinary article's slice is 128 Ki characters; a longer block is
one slice). A literal's white space matches a line break, yet no empty line; a regular expression is tried on each
stretch between empty lines, `^` and `$` being the ends of a line.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

from reader.search.matches import Matches
from reader.search.query import Query, SearchError

_SLICE_CHARACTERS = 1 << 17
_EXPRESSION_SLICE_CHARACTERS = 1 << 15

_Finder: TypeAlias = Callable[[int, int], Iterator[tuple[int, int]]]
"""Gives the matches between two offsets that are the ends of blocks."""


def search(text: str, query: Query, *, start: int = 0, end: int | None = None) -> Matches:
    """All matches of `query` in `text`, or those that lie between `start` and `end`, judged where they stand.

    Raises SearchError for a wrong or too slow pattern.
    """
    if start == 0 and end is None:
        *_, found = scan(text, query)
        return found
    end = len(text) if end is None else min(end, len(text))
    spans = array("I")
    find = _finder(text, query)
    if find is not None:
        # whole blocks, from the start of the block that `start` is in
        for span in find(_block_start(text, start), _cut(text, end)):
            if span[0] >= start and span[1] <= end:
                spans.extend(span)
    return Matches(spans, len(spans) // 2, end, _block_start(text, end))


def scan(text: str, query: Query, *, after: Matches | None = None, slice_size: int | None = None) -> Iterator[Matches]:
    """Search in slices; each yield is all that has been found so far, the last of them `searched` to the text's end.

    `after`: what the same query found in the text before it grew; what was searched then is not searched again, but for
    the last block. `slice_size`: characters searched between two yields, about. At least one yield. Raises SearchError,
    perhaps after some yields, for a wrong or too slow pattern.
    """
    spans, position = array("I"), 0
    if after is not None:
        position = after.resume
        spans = after.spans[: 2 * after.before(position)]
    find = _finder(text, query)
    if find is None:
        yield Matches(spans, len(spans) // 2, len(text), _block_start(text, len(text)))
        return
    size = slice_size or (_EXPRESSION_SLICE_CHARACTERS if query.regex else _SLICE_CHARACTERS)
    while True:
        cut = _cut(text, position + size)
        spans.extend(chain.from_iterable(find(position, cut)))
        position = cut
        done = cut >= len(text)
        yield Matches(spans, len(spans) // 2, cut, _block_start(text, cut) if done else cut)
        if done:
            return


def _cut(text: str, wanted: int) -> int:
    """The first end of a block at `wanted` or after it, the empty lines that follow it included."""
    at = text.find("\n\n", max(0, wanted - 1))
    if at < 0:
        return len(text)
    while at < len(text) and text[at] == "\n":
        at += 1
    return at


def _block_start(text: str, offset: int) -> int:
    """The last place at `offset` or before it from which a search finds what a search of the whole text finds."""
    return text.rfind("\n\n", 0, offset) + 1  # a line break of an empty line, which no match touches


def _finder(text: str, query: Query) -> _Finder | None:
    """How to find the query in this text; None when there can be nothing to find."""
    if not query.pattern:
        return None
    if not query.regex:
        return _literal_finder(text, query)
    from reader.search.expression import expression_finder

    return expression_finder(text, query)


def _literal_finder(text: str, query: Query) -> _Finder | None:
    from reader.search.folding import literal

    try:
        pattern = literal(
            query.pattern,
            text,
            case=query.cased,
            accents=query.accents,
            variants=query.variants,
            whole_word=query.whole_word,
        )
    except ValueError as error:
        raise SearchError(str(error)) from None
    by_pinyin = _pinyin_finder(text, query) if query.pinyin else None
    if pattern is None:
        return by_pinyin
    finditer = pattern.finditer
    if by_pinyin is None:
        return lambda start, end: map(re.Match.span, finditer(text, start, end))
    return lambda start, end: _merged((*map(re.Match.span, finditer(text, start, end)), *by_pinyin(start, end)))


def _pinyin_finder(text: str, query: Query) -> _Finder | None:
    from reader.search import pinyin

    typed = pinyin.letters(query.pattern)
    if not typed or text.isascii() or not pinyin.available():
        return None
    finder = pinyin.Finder(typed)
    return lambda start, end: finder.find(text, start, end)


def _merged(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """In order, the longer first; what overlaps one before it is left out."""
    reached = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= reached:
            yield start, end
            reached = end
