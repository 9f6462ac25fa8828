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

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import Literal

from reader.sanitize import pattern

SPACES = " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
"""White space after which a row may end, and which then is in no row. A no-break space is not among it."""

_WINDOW = 4096
"""Code points of a long line that are looked at in one go: it bounds the memory and lets `rows` begin at once."""

_PILE = 16
"""Code points of one grapheme that are drawn: a family of four with their skins are eleven."""

_OPENERS = "（《「『【〔〈〖〘〚［｛｟｢〝"
_CLOSERS = "）》」』】〕〉〗〙〛］｝｠｣〞〟。，、；：？！．｡､"
"""Closing brackets and the stops: after them a quotation may begin, and they begin no row."""
_MARKS = "•～／％‰℃℉"
"""Marks of clreq that UAX #14 lets begin a row after some characters."""
_NO_START = frozenset(
    _CLOSERS + _MARKS + "”’…‥⋯·‧・･〜‼⁇⁈⁉゠–々〻ーｰゝゞヽヾﾞﾟ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ" + ".,:;!?)]}%"
)
"""Characters that begin no row: clreq's basic rules, JLREQ's cl-02 to cl-07, cl-10 and cl-11, and their ASCII kin."""
_NO_END = frozenset(_OPENERS + "“‘" + "([{")
_PAIRED = frozenset("—…‥⋯―─·・")
"""Marks that are one sign when doubled."""

# Each character that is not ASCII is replaced by the sign of its kind before the rules look at it: their patterns then
# hold no large sets, which cost Python milliseconds each to compile. Signs are C1 controls, which no clean text holds.
_IDEOGRAPH, _SMALL, _OPENER, _CLOSER, _MARK, _HANGUL, _JAMO, _LETTER, _OTHER, _COMPLEX = map(chr, range(0x90, 0x9A))
_OWN_KIND = frozenset("“”‘’«»‹›—…·")

_KINDS = (
    (_IDEOGRAPH, "\u2e80\u2fdf\u3005\u3007\u3021\u3029\u3038\u303b\u3041\u3098\u309b\u30ff\u3105\u312f\u3190\u31ff"),
    (_IDEOGRAPH, "\u3220\u33ff\u3400\u4dbf\u4e00\u9fff\uf900\ufaff\uff10\uff19\uff21\uff3a\uff41\uff5a\uff66\uff9d"),
    (_IDEOGRAPH, "\U00020000\U0003fffd"),
    (_HANGUL, "\u3131\u318e\uac00\ud7a3"),
    (_JAMO, "\u1100\u11ff\ua960\ua97f\ud7b0\ud7ff"),
    (_OTHER, "\u00a0\u00ac\u00ae\u02ff\u0370\u0482\u048a\u052f\u1e00\u1fff\u2010\u2027\u2030\u205e\u20a0\u20bf"),
    (_OTHER, "\u2100\u2bff\u3000\u3029\u3030\u303f\u3200\u321f\u4dc0\u4dff\ufe30\ufe52\uff01\uff9d\uffe0\uffe6"),
    (_OTHER, "\U0001f300\U0001f3fa\U0001f400\U0001faff"),
)
"""First and last characters of the ranges of a kind. What is in none is complex: it may be part of a longer grapheme;
all other kinds but the jamo are a grapheme each, whatever stands beside."""


class _KindTable(dict[int, str]):
    """The sign of each character met so far."""

    def __missing__(self, code: int) -> str:
        sign = self[code] = _kind(chr(code))
        return sign


def _kind(character: str) -> str:
    if character in _OWN_KIND or character < "\x80":
        return character
    for signs, kind in ((_OPENERS, _OPENER), (_CLOSERS, _CLOSER), (_MARKS, _MARK)):
        if character in signs:
            return kind
    for kind, ends in _KINDS:
        if any(first <= character <= last for first, last in zip(ends[::2], ends[1::2], strict=True)):
            if kind == _IDEOGRAPH:
                return _SMALL if character in _NO_START else kind
            if kind == _OTHER:
                return character if character.isspace() else _LETTER if character.isalnum() else _OTHER
            return kind
    return _COMPLEX


_kind_of = _KindTable()


def _kinds(text: str) -> str:
    """Of each character the sign of its kind; ASCII is its own."""
    return text if text.isascii() else text.translate(_kind_of)


_CJK = _IDEOGRAPH + _SMALL
"""Ideographs, kana and full-width letters: text that is set without spaces. Hangul is not among it."""
_KOREAN = _HANGUL + _JAMO
_WORD = "0-9A-Za-z_" + _LETTER
"""Letters and digits of the scripts that are set with spaces, Korean aside."""
_LETTERS = _WORD + _KOREAN + _CJK

# All patterns are for kinds. Where UAX #14 allows a break and clreq does not: before these marks, and before an em dash
# that follows a Latin word.
_NOT_BEFORE = pattern(f"·|(?<!\\s){_MARK}|(?<=[^\0-\x7f])%|(?<=[{_WORD}{_KOREAN}])—")
# Where an opening quotation mark or guillemet is followed by a space, or a closing one stands after it (LB15a, LB15b).
_NOT_AFTER = pattern(f"(?<![^\\s(\\[{{])[“‘«‹][ \t]+|[ \t]+(?=[”’»›](?![{_LETTERS}]))")
# Where a token of ASCII would be parted: after punctuation inside it ...
_IN_TOKEN = pattern(r"[!-/:-@\[-`{-~](?=[!-~])")
# ... unless that is the hyphen of a compound word, and nothing else in the token says it is a path, a name or a flag.
_COMPOUND = pattern(r"(?<![!-~])[(\"'\[]*[A-Za-z]+(?:-[A-Za-z]+)+(?:'s)?[.,:;!?)\]\"']*(?![!-~])")
_COMPOUND_HYPHEN = pattern(r"(?<=[A-Za-z]{2}-)(?=[A-Za-z]{2})")
# Where a Korean word would be parted.
_IN_KOREAN = pattern(f"[{_KOREAN}](?=[^\\s{_CJK}{_OPENER}—…“‘])|[^\\s{_CJK}{_CLOSER}—…](?=[{_KOREAN}])")
# Where a quotation mark stands beside text set without spaces.
_BEFORE_QUOTE = pattern(f"(?:[{_CJK}{_CLOSER}”’]|——|……)(?=[“‘])|[{_WORD}{_KOREAN}](?=[“‘][{_CJK}])")
_AFTER_QUOTE = pattern(f"[”’](?=[{_IDEOGRAPH}{_OPENER}—])|(?<=[{_CJK}{_CLOSER}])”(?=[0-9A-Za-z])")
_QUOTE = pattern("[“‘”’«»‹›]")
# Where the older UAX #14 keeps a space from ending a row: before .5 and .NET (LB15c since), /usr, and in `”x” (y)`.
_AFTER_SPACE = pattern(f"(?<=[^\\s(\\[{{“‘{_OPENER}])[ \t]+(?=[./:][{_LETTERS}])|[”’\"'][ \t]+(?=[(\\[{_OPENER}])")


class _CellTable(dict[str, int]):
    """Cells of each character met so far."""

    def __missing__(self, character: str) -> int:
        from reader.layout.widths import size

        found = self[character] = size(character)
        return found


_cell_table = _CellTable()
_cells_of = _cell_table.__getitem__


def set_ambiguous_wide(wide: bool) -> None:
    """Say whether the terminal draws ambiguous characters, as …“”—· and Greek letters, two cells wide (UAX #11).

    It is in force for the whole process, for `cells` and for what Textual draws. To be called before the first screen,
    also with False: it lets Textual measure the vowel signs of Indian scripts as terminals do. What was laid out or
    drawn before is not done again.
    """
    from reader.layout.widths import amend

    if amend(ambiguous_wide=wide):
        _cell_table.clear()


def cells(text: str) -> int:
    """Width of `text` in cells, as terminals and so Textual draw it (see `widths`). Control characters count none."""
    if text.isascii() and text.isprintable():
        return len(text)
    if "\u200d" in text or "\ufe0f" in text:  # these change the width of a neighbour
        from reader.layout.widths import joined_size

        return joined_size(text)
    return sum(map(_cells_of, text))


def graphemes(text: str) -> tuple[str, ...]:
    """The extended grapheme clusters of `text` (UAX #29), in order; joined they are the text."""
    if "\r" not in text and _is_simple(_kinds(text)):
        return tuple(text)
    from unicode_segmentation_rs import graphemes as clusters

    ends = accumulate(map(len, _of_rust(clusters, text, True)))
    return tuple(text[start:end] for start, end in pairwise(chain((0,), ends)))


def sparse(text: str) -> str:
    """`text` with the first 16 code points of each grapheme: no writing piles up more of them in a cell, a terminal
    shows no more, and thousands would keep it busy for seconds."""
    return "".join(sign[:_PILE] for sign in graphemes(text))


def breaks(text: str) -> tuple[int, ...]:
    """Offsets at which a row may end and the next begin, ascending; the last is `len(text)`.

    A mandatory break is not told from an allowed one: `wrap` cuts the text at line feeds before it asks.
    """
    return tuple(_opportunities(text, _kinds(text)))


def wrapped(text: str, width: int, *, first: int | None = None) -> tuple[tuple[int, int], ...]:
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
    positions = _positions(text, _kinds(text))
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
        kinds = _kinds(piece)
        positions = _positions(piece, kinds)
        stops = _opportunities(piece, kinds)
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
    forbidden = _forbidden(token, _kinds(token))
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
        forbidden = forbidden or before in SPACES or after in SPACES  # were it allowed, UAX #14 would have said so
        if not forbidden and positions[cut + 1] > positions[cut]:  # a character of no width may belong to the last
            return cut
    return reach


def _positions(text: str, kinds: str) -> Sequence[int]:
    """Cells before each offset of `text`, its end included; within a grapheme, all of its cells count as passed."""
    if text.isascii() and text.isprintable():
        return range(len(text) + 1)
    if _is_simple(kinds):
        return list(accumulate(map(_cells_of, text), initial=0))
    # A variation selector that stands alone may still widen, for Rich, what stands before something of no width.
    sizes = ((cells(part) + part.startswith("\ufe0f"), len(part)) for part in graphemes(text))
    widths = chain.from_iterable((size, *([0] * (length - 1))) for size, length in sizes)
    return list(accumulate(widths, initial=0))


def _base(text: str) -> list[int]:
    """The opportunities of UAX #14, the end of the text included."""
    from unicode_segmentation_rs import line_break_units

    return list(accumulate(map(len, _of_rust(line_break_units, text))))


def _forbidden(text: str, kinds: str) -> set[int]:
    """Opportunities of UAX #14 that no need permits, and others: all offsets inside a grapheme among them."""
    forbidden = {match.start() for match in _NOT_BEFORE.finditer(kinds)}
    if _QUOTE.search(kinds):
        forbidden.update(match.end() for match in _NOT_AFTER.finditer(kinds))
    if not _is_simple(kinds):
        forbidden.update(set(range(len(text))).difference(accumulate(map(len, graphemes(text)))))
    return forbidden


def _opportunities(text: str, kinds: str) -> list[int]:
    """The opportunities of UAX #14 as our supplement changes them, the end of the text included."""
    stops = _base(text)
    without = _forbidden(text, kinds)
    without.update(match.end() for match in _IN_TOKEN.finditer(kinds))
    if "-" in kinds:
        for word in _COMPOUND.finditer(kinds):
            hyphens = _COMPOUND_HYPHEN.finditer(kinds, word.start(), word.end())
            without.difference_update(match.start() for match in hyphens)
    if _HANGUL in kinds or _JAMO in kinds:
        without.update(match.end() for match in _IN_KOREAN.finditer(kinds))
    also = {match.end() for match in _AFTER_SPACE.finditer(kinds)}
    if _QUOTE.search(kinds):
        also.update(match.end() for match in _BEFORE_QUOTE.finditer(kinds))
        also.update(match.end() for match in _AFTER_QUOTE.finditer(kinds))
    if without:
        without.discard(len(text))
        stops = [stop for stop in stops if stop not in without]
    if also:
        also.difference_update(stops)
        stops.extend(also)
        stops.sort()
    return stops


def _is_simple(kinds: str) -> bool:
    """Whether each character is a grapheme."""
    return _COMPLEX not in kinds and _JAMO not in kinds


def _of_rust(function: Callable[..., list[str]], text: str, *arguments: bool) -> list[str]:
    """`function` of `text`; lone surrogates (of file names that are no UTF-8), which Rust cannot take, do not count."""
    try:
        return function(text, *arguments)
    except UnicodeEncodeError:
        return function("".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text), *arguments)
