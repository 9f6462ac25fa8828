"""The running of a query over a text, in slices.

`scan` is a generator that a worker drives, that another search may abandon between two slices, and that never holds the
interpreter's lock for more than a few milliseconds (a slice is 128 Ki characters, and ends at the end of a line; a
longer line is one slice). A literal's white space matches a line break, yet no empty line; a regular expression is
tried on each stretch between empty lines, `^` and `$` being the ends of a line. A stretch of more than a million
characters is tried in parts of about so many, cut at the end of a line.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple

from reader.search.matches import Matches
from reader.search.query import Query, SearchError

_SLICE_CHARACTERS = 1 << 17
_MAX_STRETCH_CHARACTERS = 1 << 20
"""Where lines follow one another without an empty one (a log), from here on an expression is tried on parts of them."""
_LONG_CHARACTERS = 1 << 20
"""From this length on a text is worth the import of what searches plain slices."""
_SAMPLE_CHARACTERS = 1 << 10
"""By these a slice is judged: one mostly of ASCII is looked through for what else it has."""
_ASCII = bytes(range(0x80))


class _Finder(NamedTuple):
    """How to find a query in a text."""

    find: Callable[[int, int, int], Iterable[int]]
    """Start, end, start, end … of the matches that begin between the first two offsets and end before the third, in
    order, judged where they stand."""
    lines: int | None
    """Line breaks that a match can hold; None: any number, up to the end of its stretch."""


class _Slice(NamedTuple):
    """A part of a text: what matches starts before `cut`, and ends before `reach`."""

    cut: int
    reach: int


def search(text: str, query: Query, *, start: int = 0, end: int | None = None) -> Matches:
    """All matches of `query` in `text`, or those that lie between `start` and `end`, judged where they stand.

    Raises SearchError for a wrong or too slow pattern.
    """
    if start == 0 and end is None:
        *_, found = scan(text, query)
        return found
    end = len(text) if end is None else min(end, len(text))
    *_, whole = _scanned(text, query, (), _block_start(text, start), _block_end(text, end))
    spans = array("I")
    for found_start, found_end in zip(whole.spans[::2], whole.spans[1::2], strict=True):
        if found_start >= start and found_end <= end:
            spans.extend((found_start, found_end))
    return Matches(spans, len(spans) // 2, end, _block_start(text, end))


def scan(text: str, query: Query, *, after: Matches | None = None, slice_size: int | None = None) -> Iterator[Matches]:
    """Search in slices; each yield is all that has been found so far, the last of them `searched` to the text's end.

    `after`: what the same query found in the text before it grew; what was searched then is not searched again, but for
    the last block, or the last lines of a long one. `slice_size`: characters searched between two yields, about. At
    least one yield. Raises SearchError, perhaps after some yields, for a wrong or too costly pattern.
    """
    position = 0 if after is None else after.resume
    spans = () if after is None else after.spans[: 2 * after.before(position)]
    yield from _scanned(text, query, spans, position, len(text), slice_size)


def _scanned(
    text: str, query: Query, known: Sequence[int], position: int, end: int, size: int | None = None
) -> Iterator[Matches]:
    """As `scan`, up to `end`, which is the end of a block, from a `position` at which a slice may start."""
    spans = array("I", known)
    size = size or _SLICE_CHARACTERS
    with _finder(text, query) as finder:
        if finder is None:
            yield Matches(spans, len(spans) // 2, end, _block_start(text, end))
            return
        while True:
            begun = position
            part = _slice(text, begun, size, end, finder.lines)
            # a match before it may reach into it
            spans.extend(finder.find(max([begun, *spans[-1:]]), part.cut, part.reach))
            position = part.cut
            done = position >= end
            resume = _resume(text, begun, end, finder.lines) if done else position
            yield Matches(spans, len(spans) // 2, position, resume)
            if done:
                return


# ---- where a text may be cut -----------------------------------------------------------------------------------------


def _slice(text: str, start: int, size: int, end: int, lines: int | None) -> _Slice:
    """The slice that begins at `start` and has about `size` characters."""
    if lines is None:
        cut = _stretch_cut(text, start, size, end)
        return _Slice(cut, cut)
    cut = min(_after_breaks(text, text.find("\n", start + size - 1, end)), end) if start + size < end else end
    if cut <= start:
        return _Slice(end, end)
    if text.startswith("\n\n", cut - 2) or not lines or cut == end:
        return _Slice(cut, cut)
    reach = cut
    for _ in range(lines + 1):
        found = text.find("\n", reach, end)
        if found < 0:
            return _Slice(end, end)
        reach = found + 1
    return _Slice(cut, reach)


def _stretch_cut(text: str, start: int, size: int, end: int) -> int:
    """Where to cut for what may match anything within a stretch: at its end, or in a long one at a place that depends
    on where the stretch starts alone."""
    wanted = start + min(size, _MAX_STRETCH_CHARACTERS)
    cut = _block_end(text, wanted, end)
    last = max(start, _block_start(text, min(wanted, end)))
    if cut - _after_breaks(text, last) <= _MAX_STRETCH_CHARACTERS:
        return cut
    if last > start:
        return last
    seam = _after_breaks(text, text.find("\n", _after_breaks(text, start) + _MAX_STRETCH_CHARACTERS, end))
    return seam if start < seam < cut else cut


def _after_breaks(text: str, at: int) -> int:
    """The offset behind the line breaks at `at`; 0 where that is negative."""
    if at < 0:
        return 0
    while at < len(text) and text[at] == "\n":
        at += 1
    return at


def _block_end(text: str, wanted: int, end: int | None = None) -> int:
    """The first end of a block at `wanted` or after it, the empty lines that follow it included; `end` at the most."""
    end = len(text) if end is None else end
    at = text.find("\n\n", max(0, wanted - 1), end)
    return end if at < 0 else min(end, _after_breaks(text, at))


def _block_start(text: str, offset: int) -> int:
    """The last place at `offset` or before it from which a search finds what a search of the whole text finds."""
    return text.rfind("\n\n", 0, offset) + 1  # a line break of an empty line, which no match touches


def _resume(text: str, last_slice: int, end: int, lines: int | None) -> int:
    """From where on a text that is searched up to `end` must be searched again when it has grown: the start of what a
    match may hold that reaches into the last line."""
    block = _block_start(text, end)
    if lines is None:
        return max(block, last_slice)
    at = end
    for _ in range(lines + 1):
        at = text.rfind("\n", block, at)
        if at < 0:
            return block
    return at + 1


# ---- finders ---------------------------------------------------------------------------------------------------------


@contextmanager
def _finder(text: str, query: Query) -> Iterator[_Finder | None]:
    """How to find the query in this text; None when there can be nothing to find."""
    if not query.pattern:
        yield None
    elif not query.regex:
        yield _literal_finder(text, query)
    else:
        from reader.search.expression import expression

        with expression(text, query) as opened:
            yield _Finder(lambda start, cut, _: opened.find(start, cut), 0 if opened.stays_in_line else None)


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
        return None if by_pinyin is None else _Finder(lambda start, cut, _: _flat(by_pinyin(start, cut)), 0)
    spans = _spans(text, query, pattern)
    lines = len(re.findall(r"\s+", query.pattern))  # white space matches one line break at the most
    if by_pinyin is not None:
        return _Finder(
            lambda start, cut, reach: _flat(_merged((*_begun(spans(start, reach), cut), *by_pinyin(start, cut)))),
            lines,
        )
    if lines:
        return _Finder(lambda start, cut, reach: _flat(_begun(spans(start, reach), cut)), lines)
    return _Finder(lambda start, cut, _: _flat(spans(start, cut)), 0)


def _spans(text: str, query: Query, pattern: re.Pattern[str]) -> Callable[[int, int], Iterable[tuple[int, int]]]:
    """What finds start and end of the matches of `pattern` between two offsets, which are the ends of lines.

    Where a long text is written in ASCII but for common signs, the letters of a word have no forms but the two cases:
    there the `regex` package finds it five times as fast, since it leaps from one rare letter to the next.
    """

    def ordinary(start: int, end: int) -> Iterable[tuple[int, int]]:
        return map(re.Match.span, pattern.finditer(text, start, end))

    if len(text) < _LONG_CHARACTERS or query.cased or query.whole_word:
        return ordinary
    from reader.search.fitted import is_plain, pairs, spelled

    spelling = spelled(query, lambda letters: "".join(letter for letter in letters if letter in text), plain=True)
    if spelling is None or not spelling.source:
        return ordinary

    def spans(start: int, end: int) -> Iterable[tuple[int, int]]:
        sample = text[start : min(end, start + _SAMPLE_CHARACTERS)]
        if 3 * len(_beyond_ascii(sample)) < len(sample) and is_plain(_beyond_ascii(text[start : end + 1])):
            return pairs(spelling, text, start, end)
        return ordinary(start, end)

    return spans


def _beyond_ascii(text: str) -> str:
    """The characters of `text` that are not ASCII."""
    if text.isascii():
        return ""
    return text.encode(errors="surrogatepass").translate(None, _ASCII).decode(errors="surrogatepass")


def _begun(spans: Iterable[tuple[int, int]], cut: int) -> Iterator[tuple[int, int]]:
    """Those that start before `cut`."""
    return (span for span in spans if span[0] < cut)


_flat = chain.from_iterable


def _pinyin_finder(text: str, query: Query) -> Callable[[int, int], Iterator[tuple[int, int]]] | None:
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
