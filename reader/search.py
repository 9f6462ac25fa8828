"""Search within an article: a query, and its matches as ranges over `Document.text`.

Owns the query and its options, the running of it over a text in slices, the matches found, and the line shown for one.
Refuses to know about screens and threads: `scan` is a generator that a worker drives, that another search may abandon
between two slices, and that never holds the interpreter's lock for more than a few milliseconds (an ordinary article's
slice is 128 Ki characters; a longer block is one slice). How literals fold is in `folding`, pinyin in `pinyin`.

Invariant: a match is not empty and lies between two empty lines of the text ("\\n\\n", which stands between blocks), so
searching a text in pieces, or on as it grows, finds what searching the whole finds. A literal's white space matches a
line break, yet no empty line; a regular expression is tried on each stretch between empty lines, `^` and `$` being the
ends of a line.
"""

from __future__ import annotations

import re
import time
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeAlias, overload

from reader.document import Document, Range

if TYPE_CHECKING:
    import regex

Case: TypeAlias = Literal["smart", "sensitive", "insensitive"]
"""smart: insensitive unless the query has a capital."""

_SLICE = 1 << 17
_EXPRESSION_SLICE = 1 << 15
_PATIENCE = 2.0
"""Seconds of work a regular expression gets for a whole text."""
_GLANCE = 0.02
"""Seconds it gets for one block while other threads wait; beyond that it goes on without the interpreter's lock.
(Giving the lock up for each of 50,000 blocks would cost a switch of threads each.)"""
_LONGEST_EXPRESSION = 1000
_MOST_REPEATS = 20_000
"""The product of all counts in an expression: `regex` unrolls them, and `x{1000000000}` takes the machine's memory."""

_LINE_BOUND = r"""(?x)(?:
        \\[dwSbB] | \\[^\w\s]                                       # no escape that can stand for a line break
      | \[ (?!\^) (?: \\[dwS] | \\[^\w\s] | [^\[\]\\\x00-\x1f] )+ \]  # no negated, nested or named class
      | \( (?: \? (?: [:=!>] | <[=!] | P?<\w+> | i\) ) | (?!\?) )     # no inline flag but (?i)
      | \{ \d* ,? \d* \}                                             # no fuzzy match
      | [^\[\\({\x00-\x1f]
    )*+"""
"""Expressions that can neither match nor look at a line break: all blocks of a slice are searched at a stroke, with the
same result as one by one."""

_RECURSION = r"(?<!\\)\(\?(?:R|&|P>|[+-]?\d)"
"""Calls of a group from within the expression: `regex` follows them until the memory is gone."""

_Finder: TypeAlias = Callable[[int, int], Iterator[tuple[int, int]]]
"""Gives the matches between two offsets that are the ends of blocks."""


class SearchError(ValueError):
    """What is wrong with a query, in one line for the search bar."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched. Without options a literal ignores case (unless it has a capital), width, accents, the shape of
    quotes and dashes, and the amount of white space."""

    pattern: str
    """A literal, or a regular expression of the `regex` package. Empty: nothing is found."""
    case: Case = "smart"
    whole_word: bool = False
    """Only where no letter or digit of the same script stands beside. Han and Kana, which mark no words, are found
    everywhere; in a regular expression the words are those of alphabets."""
    regex: bool = False
    """The pattern is a regular expression, taken as written: of the options only case and whole_word apply to it."""
    accents: bool = False
    """é is not e."""
    variants: bool = False
    """Simplified and Traditional characters are one."""
    pinyin: bool = False
    """Latin letters find Han text as well, by its pinyin; no effect where pypinyin is not installed."""

    @property
    def cased(self) -> bool:
        """Whether capitals count."""
        if self.case == "smart":
            shown = re.sub(r"\\[pP]\{[^}]*\}|\(\?P?<[^>]*>|\\.", "", self.pattern) if self.regex else self.pattern
            return any(char.isupper() or char.istitle() for char in shown)
        return self.case == "sensitive"


class Matches(Sequence[Range]):
    """The matches found in the first `searched` characters of a text: in order, not overlapping, none empty.

    Behaves as a tuple of ranges, in 8 bytes a match. Immutable, though the matches of one scan share what they hold:
    each is all that had been found at its time.
    """

    __slots__ = ("_count", "_resume", "_spans", "searched")

    searched: int
    """Offset up to which the text has been searched: its length when the scan is done."""

    def __init__(self, spans: array[int] | None = None, count: int = 0, searched: int = 0, resume: int = 0) -> None:
        # start, end, start, end …: sorted, so that a bisection's parity says whether an offset is inside
        self._spans = array("I") if spans is None else spans
        self._count = count
        self._resume = resume
        self.searched = searched

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Range: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Range, ...]: ...
    def __getitem__(self, index: int | slice) -> Range | tuple[Range, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(self._count)))
        at = index + self._count if index < 0 else index
        if not 0 <= at < self._count:
            raise IndexError(f"match {index} of {self._count}")
        return Range(self._spans[2 * at], self._spans[2 * at + 1])

    def __iter__(self) -> Iterator[Range]:
        return (self[at] for at in range(self._count))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Matches):
            return NotImplemented
        return self._spans[: 2 * self._count] == other._spans[: 2 * other._count]

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{self._count} matches in {self.searched} characters>"

    def at(self, offset: int) -> int | None:
        """Index of the match that `offset` is in."""
        place = bisect_right(self._spans, offset, 0, 2 * self._count)
        return place // 2 if place % 2 else None

    def _before(self, offset: int) -> int:
        """How many matches start before `offset`."""
        return (bisect_left(self._spans, offset, 0, 2 * self._count) + 1) // 2

    def following(self, offset: int) -> int | None:
        """Index of the first match that starts at `offset` or after it; None after the last."""
        index = self._before(offset)
        return index if index < self._count else None

    def preceding(self, offset: int) -> int | None:
        """Index of the last match that starts before `offset`; None before the first."""
        index = self._before(offset)
        return index - 1 if index else None

    def within(self, where: Range) -> tuple[Range, ...]:
        """The matches that share a character with `where`, uncut."""
        first = bisect_right(self._spans, where.start, 0, 2 * self._count) // 2
        return self[first : self._before(where.end)] if len(where) else ()

    def tally(self, where: Range) -> int:
        """How many matches start in `where`: the number beside a section, the strength of a tick."""
        return self._before(where.end) - self._before(where.start)


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
        position = after._resume
        spans = after._spans[: 2 * after._before(position)]
    find = _finder(text, query)
    if find is None:
        yield Matches(spans, len(spans) // 2, len(text), _block_start(text, len(text)))
        return
    size = slice_size or (_EXPRESSION_SLICE if query.regex else _SLICE)
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
    return _expression_finder(text, query) if query.regex else _literal_finder(text, query)


def _literal_finder(text: str, query: Query) -> _Finder | None:
    from reader.folding import literal

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
    from reader import pinyin

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


def _expression_finder(text: str, query: Query) -> _Finder:
    pattern = _expression(query)
    stays_in_line = re.fullmatch(_LINE_BOUND, query.pattern) is not None
    left = _PATIENCE

    def spans(start: int, end: int, seconds: float, concurrent: bool | None = None) -> list[tuple[int, int]]:
        found = pattern.finditer(text, start, end, timeout=seconds, concurrent=concurrent)
        return [match.span() for match in found if match.end() > match.start()]

    def blocks(start: int, end: int, deadline: float) -> Iterator[list[tuple[int, int]]]:
        while start < end:
            if text[start] == "\n":
                start += 1
                continue
            stop = text.find("\n\n", start, end)
            stop = end if stop < 0 else stop
            try:
                yield spans(start, stop, _GLANCE)
            except TimeoutError:
                yield spans(start, stop, max(_GLANCE, deadline - time.monotonic()), concurrent=True)
            if time.monotonic() > deadline:
                raise TimeoutError
            start = stop

    def find(start: int, end: int) -> Iterator[tuple[int, int]]:
        nonlocal left, stays_in_line
        begun = time.monotonic()
        try:
            if stays_in_line:
                try:
                    return iter(spans(start, end, _GLANCE))
                except TimeoutError:
                    stays_in_line = False  # some block is hard: from now on each on its own
            return iter([span for block in blocks(start, end, begun + left) for span in block])
        except (TimeoutError, MemoryError):
            raise SearchError("pattern too slow") from None
        finally:
            left -= time.monotonic() - begun

    return find


def _expression(query: Query) -> regex.Pattern[str]:
    """The compiled expression. Raises SearchError that says where it is wrong, counted from 1."""
    import warnings

    import regex

    if len(query.pattern) > _LONGEST_EXPRESSION:
        raise SearchError(f"pattern too long: {len(query.pattern)} characters, at most {_LONGEST_EXPRESSION}")
    if re.search(_RECURSION, query.pattern):
        raise SearchError("wrong pattern: recursion is not supported")
    repeats = 1
    for least, most in re.findall(r"(?<!\\x)\{(\d+)?(?:,(\d+)?)?\}", query.pattern):
        repeats *= max(1, int(least or 0), int(most or 0))
        if repeats > _MOST_REPEATS:
            raise SearchError(f"pattern repeats too often: at most {_MOST_REPEATS} times in all")
    flags = regex.MULTILINE | (0 if query.cased else regex.IGNORECASE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = regex.compile(query.pattern, flags)
            if query.whole_word:
                from reader.folding import WORDLY

                compiled = regex.compile(f"(?<!{WORDLY})(?:{query.pattern})(?!{WORDLY})", flags)
    except regex.error as error:
        where = f" at {error.pos + 1}" if error.pos is not None else ""
        raise SearchError(f"wrong pattern{where}: {error.msg}") from None
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise SearchError(f"wrong pattern: {error}") from None
    return compiled


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One match as a line of a list of results."""

    section: str
    """Title of the section the match is in; empty in an article without sections."""
    line: str
    """The line the match starts in, or what of it is near the match, with `…` where it was cut; white space is single
    blanks, one for each character of the text."""
    match: Range
    """Where the match stands in `line`; of a match of more than `after` characters, the beginning."""


def excerpt(document: Document, match: Range, *, before: int = 40, after: int = 80) -> Excerpt:
    """`match` with at most `before` characters of its line in front of it and `after` behind it."""
    text = document.text
    shown = min(match.end, match.start + after)
    start = max(0, match.start - before)
    line_start = text.rfind("\n", start, match.start) + 1
    cut_before = not line_start and start > 0 and text[start - 1] != "\n"
    start = line_start or start
    while start < match.start and (text[start].isspace() or _continues(text[start])):
        start += 1
    end = min(len(text), shown + after)
    line_end = text.find("\n", shown, end)
    cut_after = line_end < 0 and end < len(text) and text[end] != "\n"
    end = end if line_end < 0 else line_end
    while shown < end < len(text) and _continues(text[end]):
        end -= 1
    line = re.sub(r"\s", " ", text[start:end])
    head, tail = "…" if cut_before else "", "…" if cut_after else ""
    place = Range(match.start - start + len(head), shown - start + len(head))
    index = document.section_index(match.start)
    return Excerpt(document.sections[index].title if index is not None else "", head + line + tail, place)


def _continues(char: str) -> bool:
    """Whether a cut before this character would part it from what it belongs to."""
    return unicodedata.combining(char) > 0 or char in "\u200d\ufe0e\ufe0f"


def word_at(text: str, offset: int) -> Range:
    """The word that `offset` is in or at the end of; empty where there is none.

    In an alphabet, Kana or Hangul it is a run of one script. Chinese marks no words: two characters, the commonest
    length of one, of which the first is at `offset` where the run of Han goes on that far.
    """
    for at in (offset, offset - 1):
        script = (
            next((script for script in _scripts() if script.match(text, at)), None) if 0 <= at < len(text) else None
        )
        if script is None:
            continue
        start, end = at, at + 1
        while start > 0 and script.match(text[start - 1]):
            start -= 1
        while end < len(text) and script.match(text[end]):
            end += 1
        if script is _scripts()[0]:
            start = max(start, min(at, end - 2))
            end = min(end, start + 2)
        return Range(start, end)
    return Range(offset, offset)


@lru_cache(maxsize=1)
def _scripts() -> tuple[re.Pattern[str], ...]:
    """A character of Han, Katakana, Hiragana, Hangul, and any other letter or digit with its accents."""
    from reader.folding import HANGUL, WORDLY

    return tuple(
        map(
            re.compile,
            (
                "[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]",
                "[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f]",
                "[\u3041-\u309f]",
                HANGUL,
                f"{WORDLY}|[\u0300-\u036f]",
            ),
        )
    )
