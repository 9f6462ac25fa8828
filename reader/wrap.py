"""Line breaking: where a row of so many cells may end.

Owns the choice of break opportunities, the measuring of text in cells, and the cutting of a text into rows. Refuses to
know about blocks, markers, styles or the screen: it takes a string and gives offsets.

The opportunities are those of UAX #14 (`unicode-segmentation-rs`, which follows the older Unicode 15 rules), with a
supplement for what the standard leaves to "tailoring":

* the basic line start and line end rules of W3C clreq (行首行尾禁则) where UAX #14 lacks them: no middle dot, ～ or ／
  at a row's start (UAX #14 has the others, and never parts —— or ……);
* quotation marks beside ideographs, which UAX #14 glues to both neighbours: a row may end before an opening “ and after
  a closing ” (what Unicode 16 added as LB19a);
* tokens of ASCII stay whole (`C++`, `--flag`, `a/b`, a URL), but for the hyphen between two parts of a word;
* Korean words stay whole: rows end at spaces (the `keep-all` of CSS).

A token or a Korean word that is wider than a whole row is broken where UAX #14 would, and failing that between any two
grapheme clusters, still avoiding a forbidden start or end. Nothing hangs into the margin.

Graphemes come from `unicode-segmentation-rs` and not, as first meant, from `wcwidth`: it passes all of Unicode's own
tests, and costs no 30 ms of import.

Invariant: rows follow one another in order, none is wider than asked unless a single grapheme is, and of the text only
line breaks and white space at row ends are in no row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import Literal

from reader.pattern import pattern

SPACES = " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
"""White space after which a row may end, and which then is in no row. A no-break space is not among it."""

_WINDOW = 4096
"""Code points of a long line that are looked at in one go: it bounds the memory and lets `rows` begin at once."""

_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u30ff\u3105-\u312f\u3190-\u31ff\u3220-\u33ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uff9f\U00020000-\U0003fffd"
)
"""Ideographs, kana and full-width letters: text that is set without spaces. Hangul is not among it."""
_OPENERS = "（《「『【〔〈〖〘〚［｛｟｢〝"
_CLOSERS = "）》」』】〕〉〗〙〛］｝｠｣〞〟"
_STOPS = "。，、；：？！．｡､"
_HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff"

_NO_START = frozenset(
    _STOPS + _CLOSERS + "”’…‥⋯·‧・•･～〜／％‰℃℉‼⁇⁈⁉゠–々〻ーｰゝゞヽヾﾞﾟ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ" + ".,:;!?)]}%"
)
"""Characters that begin no row: clreq's basic rules, JLREQ's cl-02 to cl-07, cl-10 and cl-11, and their ASCII kin."""
_NO_END = frozenset(_OPENERS + "“‘" + "([{")
_PAIRED = frozenset("—…‥⋯―─·・")
"""Marks that are one sign when doubled."""

# Where UAX #14 allows a break and clreq does not: before these marks, and before an em dash that follows a Latin word.
_NOT_BEFORE = pattern(f"·|(?<!\\s)[•～／％‰℃℉]|(?<=[^\0-\x7f])%|(?<=[^\\W{_CJK}])—")
# Where an opening quotation mark or guillemet is followed by a space, or a closing one stands after it (LB15a, LB15b).
_NOT_AFTER = pattern(r"(?<![^\s(\[{])[“‘«‹][ \t]+|[ \t]+(?=[”’»›](?!\w))")
# Where a token of ASCII would be parted: after punctuation inside it ...
_IN_TOKEN = pattern(r"[!-/:-@\[-`{-~](?=[!-~])")
# ... unless that is the hyphen of a compound word, and nothing else in the token says it is a path, a name or a flag.
_COMPOUND = pattern(r"(?<![!-~])[(\"'\[]*[A-Za-z]+(?:-[A-Za-z]+)+(?:'s)?[.,:;!?)\]\"']*(?![!-~])")
_COMPOUND_HYPHEN = pattern(r"(?<=[A-Za-z]{2}-)(?=[A-Za-z]{2})")
# Where a Korean word would be parted.
_IN_KOREAN = pattern(f"[{_HANGUL}](?=[^\\s{_CJK}{_OPENERS}—…“‘])|[^\\s{_CJK}{_STOPS}{_CLOSERS}—…](?=[{_HANGUL}])")
_ANY_HANGUL = pattern(f"[{_HANGUL}]")
# Where a quotation mark stands beside text set without spaces.
_BEFORE_QUOTE = pattern(f"(?:[{_CJK}{_STOPS}{_CLOSERS}”’]|——|……)(?=[“‘])|[^\\s\\W](?=[“‘][{_CJK}])")
_AFTER_QUOTE = pattern(
    f"[”’](?=[{_CJK}{_OPENERS}—])(?![{re.escape(''.join(_NO_START))}])|(?<=[{_CJK}{_STOPS}{_CLOSERS}])”(?=[A-Za-z0-9])"
)
_QUOTE = pattern("[“‘”’«»‹›]")
# Where the older UAX #14 keeps a space from ending a row: before .5 and .NET (LB15c since), /usr, and in `”x” (y)`.
_AFTER_SPACE = pattern(r"(?<=[^\s(\[{“‘「『（《【])[ \t]+(?=[./:]\w)|[”’\"'][ \t]+(?=[(\[（])")

_NOT_SIMPLE = pattern(
    "[^\t -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2100-\u2bff\u2e80-\u2fdf\u3000-\u3029\u3030-\u3098\u309b-\u30ff\u3105-\u4dff\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\ufe30-\ufe52\uff01-\uff9d\uffe0-\uffe6\U0001f300-\U0001f3fa\U0001f400-\U0001faff"
    "\U00020000-\U0003fffd]"
)
"""Finds what may be part of a longer grapheme; all other characters are a grapheme each, whatever stands beside."""
_SURROGATE = pattern("[\ud800-\udfff]")


class _CellTable(dict[str, int]):
    """Cells of each character met so far."""

    def __missing__(self, character: str) -> int:
        from rich.cells import get_character_cell_size

        size = self[character] = get_character_cell_size(character)
        return size


_cells_of = _CellTable().__getitem__


def cells(text: str) -> int:
    """Width of `text` in cells, as Rich and so Textual draws it. Control characters count none."""
    if text.isascii() and text.isprintable():
        return len(text)
    if "\u200d" in text or "\ufe0f" in text:  # these change the width of a neighbour
        from rich.cells import cell_len

        return cell_len(text)
    return sum(map(_cells_of, text))


def graphemes(text: str) -> tuple[str, ...]:
    """The extended grapheme clusters of `text` (UAX #29), in order; joined they are the text."""
    if _NOT_SIMPLE.search(text) is None:
        return tuple(text)
    from unicode_segmentation_rs import graphemes as clusters

    ends = accumulate(map(len, clusters(_encodable(text), True)), initial=0)
    return _split(text, ends)


def breaks(text: str) -> tuple[int, ...]:
    """Offsets at which a row may end and the next begin, ascending; the last is `len(text)`.

    A mandatory break is not told from an allowed one: `wrap` cuts the text at line feeds before it asks.
    """
    return tuple(_opportunities(text))


def wrap(text: str, width: int, *, first: int | None = None) -> tuple[tuple[int, int], ...]:
    """Cut `text` into rows of at most `width` cells: the half-open range of offsets of each.

    A line feed ends a row and is in none. White space at which a row ends (also at the end of the text) is in no row
    and has no width; a row that would hold nothing else is left out, save that an empty line is an empty row. The
    first row may have a width of its own, `first`. A grapheme wider than the width gets a row to itself.

    Raises ValueError if a width is less than 1.
    """
    return tuple(rows(text, width, first=first))


def rows(text: str, width: int, *, first: int | None = None) -> Iterator[tuple[int, int]]:
    """The rows of `wrap`, one by one: the time to the first does not grow with the text."""
    room = width if first is None else first
    if width < 1 or room < 1:
        raise ValueError(f"a row is at least 1 cell wide, not {min(width, room)}")
    start = 0
    while True:
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        for row in _line(text, start, end, room, width):
            yield row
            room = width
        if end == len(text):
            return
        start = end + 1


def clip(text: str, width: int, ellipsis: str = "…") -> str:
    """`text` if it is at most `width` cells wide; else what fits of it before `ellipsis`, cut between graphemes."""
    if cells(text) <= width:
        return text
    if cells(ellipsis) > width:
        return "" if ellipsis == "" else clip(ellipsis, width, "")
    positions = _positions(text)
    cut = bisect_right(positions, width - cells(ellipsis)) - 1
    return text[:cut] + ellipsis


def pad(text: str, width: int, align: Literal["left", "right", "center"] = "left") -> str:
    """`text` clipped or filled with spaces to exactly `width` cells."""
    text = clip(text, width).rstrip("\u200d")  # a joiner at the end would swallow the first space
    space = width - cells(text)
    left = {"left": 0, "right": space, "center": space // 2}[align]
    return " " * left + text + " " * (space - left)


def _line(text: str, start: int, end: int, room: int, width: int) -> Iterator[tuple[int, int]]:
    """The rows of one line, text[start:end]; the first has `room` cells, all others `width`."""
    margin = max(256, 4 * width)
    first_start = start
    empty = True
    while start < end:
        stop = min(end, start + max(_WINDOW, 4 * margin))
        piece = text[start:stop]
        whole = stop == end
        if whole:
            bare = piece.rstrip(SPACES)
            if not bare:
                break
            if len(bare) <= room and cells(bare) <= room:
                yield start, start + len(bare)
                return
        positions = _positions(piece)
        stops = _opportunities(piece)
        # Near the end of a window what follows is unknown: its last rows are left to the next one.
        limit = len(piece) if whole else len(piece) - margin
        at = 0
        while at < limit:
            reach = bisect_right(positions, positions[at] + room) - 1
            cut = _cut(piece, at, reach, room, width, positions, stops)
            bare_end = cut
            while bare_end > at and piece[bare_end - 1] in SPACES:
                bare_end -= 1
            if bare_end > at:
                yield start + at, start + bare_end
                empty = False
                room = width
            at = cut
        start += at
    if empty:
        yield first_start, first_start


def _cut(piece: str, at: int, reach: int, room: int, width: int, positions: Sequence[int], stops: Sequence[int]) -> int:
    """Where the row that begins at `at` and has cells up to `reach` ends, white space after it included."""
    hang = reach
    while hang < len(piece) and piece[hang] in SPACES:
        hang += 1
    index = bisect_right(stops, hang)
    best = stops[index - 1] if index else 0
    if hang == len(piece) or at < best == hang:
        return hang
    token = max(best, at)
    token_end = stops[index]
    while piece[token_end - 1] in SPACES:
        token_end -= 1
    fits_a_row = positions[token_end] - positions[token] <= width
    if best > at and fits_a_row:
        return best
    weak = _inside(piece, token, reach)
    if weak and (best > at or 2 * (positions[weak] - positions[at]) >= room):
        return weak
    if best > at:
        return best
    return _between_graphemes(piece, at, reach, positions)


def _inside(piece: str, start: int, reach: int) -> int:
    """The last place up to `reach` where UAX #14 would break the token that begins at `start`, or 0."""
    token = piece[start : reach + 32]
    forbidden = _forbidden(token)
    weak = [stop for stop in _base(token) if stop <= reach - start and stop not in forbidden]
    return start + weak[-1] if weak else 0


def _between_graphemes(piece: str, at: int, reach: int, positions: Sequence[int]) -> int:
    """The last place up to `reach` between two graphemes, one that leaves no forbidden start or end if there is one."""
    if reach <= at:  # the grapheme is wider than the row
        within = bisect_right(positions, positions[at])
        return bisect_right(positions, positions[within]) - 1
    for cut in range(reach, at, -1):
        before, after = piece[cut - 1], piece[cut]
        forbidden = after in _NO_START or before in _NO_END or (before == after and before in _PAIRED)
        if not forbidden and positions[cut + 1] > positions[cut]:  # a character of no width may belong to the last
            return cut
    return reach


def _positions(text: str) -> Sequence[int]:
    """Cells before each offset of `text`, its end included; within a grapheme, all of its cells count as passed."""
    if text.isascii() and text.isprintable():
        return range(len(text) + 1)
    if _NOT_SIMPLE.search(text) is None:
        return list(accumulate(map(_cells_of, text), initial=0))
    widths = chain.from_iterable((cells(part), *([0] * (len(part) - 1))) for part in graphemes(text))
    return list(accumulate(widths, initial=0))


def _base(text: str) -> list[int]:
    """The opportunities of UAX #14, the end of the text included."""
    from unicode_segmentation_rs import line_break_units

    return list(accumulate(map(len, line_break_units(_encodable(text)))))


def _forbidden(text: str) -> set[int]:
    """Opportunities of UAX #14 that no need permits, and others: all offsets inside a grapheme among them."""
    forbidden = {match.start() for match in _NOT_BEFORE.finditer(text)}
    if _QUOTE.search(text):
        forbidden.update(match.end() for match in _NOT_AFTER.finditer(text))
    if _NOT_SIMPLE.search(text):
        forbidden.update(set(range(len(text))).difference(accumulate(map(len, graphemes(text)))))
    return forbidden


def _opportunities(text: str) -> list[int]:
    """The opportunities of UAX #14 as our supplement changes them, the end of the text included."""
    stops = _base(text)
    without = _forbidden(text)
    without.update(match.end() for match in _IN_TOKEN.finditer(text))
    if "-" in text:
        for word in _COMPOUND.finditer(text):
            without.difference_update(
                match.start() for match in _COMPOUND_HYPHEN.finditer(text, word.start(), word.end())
            )
    if _ANY_HANGUL.search(text):
        without.update(match.end() for match in _IN_KOREAN.finditer(text))
    also = {match.end() for match in _AFTER_SPACE.finditer(text)}
    if _QUOTE.search(text):
        also.update(match.end() for match in _BEFORE_QUOTE.finditer(text))
        also.update(match.end() for match in _AFTER_QUOTE.finditer(text))
    if without:
        without.discard(len(text))
        stops = [stop for stop in stops if stop not in without]
    if also:
        also.difference_update(stops)
        stops.extend(also)
        stops.sort()
    return stops


def _split(text: str, ends: Iterator[int]) -> tuple[str, ...]:
    """Cut `text` at the ascending offsets `ends`, the first of which is 0."""
    start = next(ends)
    parts = []
    for end in ends:
        parts.append(text[start:end])
        start = end
    return tuple(parts)


def _encodable(text: str) -> str:
    """`text` with lone surrogates (from file names that are no UTF-8), which Rust cannot take, replaced one for one."""
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text
