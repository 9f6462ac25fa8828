"""Line breaking: where a row of so many cells may end.

Owns the choice of break opportunities, the width of text in cells, and the cutting of a text into rows. Refuses to
know about blocks, markers, styles or the screen: it takes a string and returns offsets.

The opportunities are those of UAX #14 (`unicode-segmentation-rs`, which follows the older Unicode 15 rules), with a
supplement for what the standard leaves to "tailoring":

* the basic line start and line end rules of W3C clreq (行首行尾禁则) where UAX #14 lacks them: no middle dot, ～ or ／
  at a row's start (UAX #14 has the others, and never parts —— or ……);
* quotation marks beside ideographs, which UAX #14 glues to both neighbours: a row may end before an opening “ and after
  a closing ” (what Unicode 16 added as LB19a);
* tokens of ASCII stay whole (`C++`, `--flag`, `a/b`, a URL), but for the hyphen between two parts of a word;
* Korean words stay whole: rows end at spaces (the `keep-all` of CSS).

A token or a Korean word that is wider than a whole row is broken where UAX #14 would, and failing that between any two
grapheme clusters, still avoiding a prohibited start or end. Punctuation does not hang into the margin.

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

_WINDOW_CHARS = 4096
"""Code points of a long line that are processed together: it bounds memory and the time to the first row."""

MAX_GRAPHEME_CODE_POINTS = 16
"""Code points of one grapheme that are drawn; the longest emoji sequences have eleven."""

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
_DOUBLED = frozenset("—…‥⋯―─·・")
"""Marks of which two in a row are one punctuation mark."""

# Before the patterns below are applied, each character that is not ASCII is replaced by the code of its class: patterns
# with large character sets cost Python milliseconds each to compile. Codes are C1 controls, which no clean text holds.
_IDEOGRAPH, _SMALL, _OPENER, _CLOSER, _MARK, _HANGUL, _JAMO, _LETTER, _OTHER, _COMPLEX = map(chr, range(0x90, 0x9A))
_OWN_CLASS = frozenset("“”‘’«»‹›—…·")

_CLASSES = (
    (_IDEOGRAPH, "\u2e80\u2fdf\u3005\u3007\u3021\u3029\u3038\u303b\u3041\u3098\u309b\u30ff\u3105\u312f\u3190\u31ff"),
    (_IDEOGRAPH, "\u3220\u33ff\u3400\u4dbf\u4e00\u9fff\uf900\ufaff\uff10\uff19\uff21\uff3a\uff41\uff5a\uff66\uff9d"),
    (_IDEOGRAPH, "\U00020000\U0003fffd"),
    (_HANGUL, "\u3131\u318e\uac00\ud7a3"),
    (_JAMO, "\u1100\u11ff\ua960\ua97f\ud7b0\ud7ff"),
    (_OTHER, "\u00a0\u00ac\u00ae\u02ff\u0370\u0482\u048a\u052f\u1e00\u1fff\u2010\u2027\u2030\u205e\u20a0\u20bf"),
    (_OTHER, "\u2100\u2bff\u3000\u3029\u3030\u303f\u3200\u321f\u4dc0\u4dff\ufe30\ufe52\uff01\uff9d\uffe0\uffe6"),
    (_OTHER, "\U0001f300\U0001f3fa\U0001f400\U0001faff"),
)
"""First and last characters of the ranges of each class. A character in none is complex: it may be part of a longer
grapheme; one of any other class but the jamo is a grapheme of its own, whatever stands beside it."""
_RANGES = tuple(
    (first, last, character_class)
    for character_class, ends in _CLASSES
    for first, last in zip(ends[::2], ends[1::2], strict=True)
)


class _ClassTable(dict[int, str]):
    """The code of the class of each character met so far, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _find_class(chr(code))
        return found


def _find_class(character: str) -> str:
    if character in _OWN_CLASS or character < "\x80":
        return character
    for members, character_class in ((_OPENERS, _OPENER), (_CLOSERS, _CLOSER), (_MARKS, _MARK)):
        if character in members:
            return character_class
    for first, last, character_class in _RANGES:
        if first <= character <= last:
            if character_class == _IDEOGRAPH:
                return _SMALL if character in _NO_START else character_class
            if character_class == _OTHER:
                return character if character.isspace() else _LETTER if character.isalnum() else _OTHER
            return character_class
    return _COMPLEX


_class_of = _ClassTable()


def _classes(text: str) -> str:
    """`text` with each character replaced by the code of its class; ASCII characters stay."""
    return text if text.isascii() else text.translate(_class_of)


_CJK = _IDEOGRAPH + _SMALL
"""Ideographs, kana and full-width letters: text that is set without spaces. Hangul is not among it."""
_KOREAN = _HANGUL + _JAMO
_WORD = "0-9A-Za-z_" + _LETTER
"""Letters and digits of the scripts that are set with spaces, Korean aside."""
_LETTERS = _WORD + _KOREAN + _CJK

# All patterns match codes of classes.

# Where UAX #14 allows a break and clreq does not: before these marks, and before an em dash that follows a Latin word.
_NOT_BEFORE = pattern(f"·|(?<!\\s){_MARK}|(?<=[^\0-\x7f])%|(?<=[{_WORD}{_KOREAN}])—")
# Where an opening quotation mark or guillemet is followed by a space, or a closing one stands after it (LB15a, LB15b).
_NOT_AFTER = pattern(f"(?<![^\\s(\\[{{])[“‘«‹][ \t]++|(?<![ \t])[ \t]++(?=[”’»›](?![{_LETTERS}]))")
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
# Where the older UAX #14 keeps a space from ending a row: before .5 and .NET (LB15c since), /usr, and in `”x” (y)`.
_AFTER_SPACE = pattern(f"(?<=[^\\s(\\[{{“‘{_OPENER}])[ \t]+(?=[./:][{_LETTERS}])|[”’\"'][ \t]+(?=[(\\[{_OPENER}])")
# One of these is in whatever the pattern finds; looked for first, since the pattern stops at each space.
_AFTER_SPACE_SIGNS = ("\t", " .", " /", " :", " (", " [", f" {_OPENER}")


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
    if "\r" not in text and _is_simple(_classes(text)):
        return tuple(text)
    from unicode_segmentation_rs import graphemes as clusters

    ends = accumulate(map(len, _call_rust(clusters, text, True)))
    return tuple(text[start:end] for start, end in pairwise(chain((0,), ends)))


def sparse(text: str) -> str:
    """`text` with at most `MAX_GRAPHEME_CODE_POINTS` of each grapheme.

    No script needs more combining marks in a cell; a terminal shows no more, and takes seconds to draw thousands.
    """
    return "".join(grapheme[:MAX_GRAPHEME_CODE_POINTS] for grapheme in graphemes(text))


def breaks(text: str) -> tuple[int, ...]:
    """Offsets at which a row may end and the next begin, ascending; the last is `len(text)`.

    Mandatory breaks and break opportunities are not distinguished: `rows` cuts a text at line feeds itself.
    """
    return tuple(_break_opportunities(text, _classes(text)))


def wrapped(text: str, width: int, *, first: int | None = None) -> tuple[tuple[int, int], ...]:
    """Cut `text` into rows of at most `width` cells: the half-open range of offsets of each.

    A line feed ends a row and is in none. White space at which a row ends (also at the end of the text) is in no row
    and has no width; a row that would hold nothing else is left out, save that an empty line is an empty row. The
    first row may have a width of its own, `first`. A grapheme wider than the width gets a row to itself.

    Raises ValueError if a width is less than 1.
    """
    return tuple(rows(text, width, first=first))


def rows(text: str, width: int, *, first: int | None = None) -> Iterator[tuple[int, int]]:
    """The rows of `wrapped`, one by one: the time to the first does not grow with the text."""
    room = width if first is None else first
    if width < 1 or room < 1:
        raise ValueError(f"a row is at least 1 cell wide, not {min(width, room)}")
    start = 0
    while True:
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        for row in _line_rows(text, start, end, room, width):
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
    positions = _positions(text, _classes(text))
    cut = bisect_right(positions, width - cells(ellipsis)) - 1
    return text[:cut] + ellipsis


def pad(text: str, width: int, align: Literal["left", "right", "center"] = "left") -> str:
    """`text` clipped or filled with spaces to exactly `width` cells."""
    text = clip(text, width).rstrip("\u200d")  # a joiner at the end would swallow the first space
    space = width - cells(text)
    left = {"left": 0, "right": space, "center": space // 2}[align]
    return " " * left + text + " " * (space - left)


def _line_rows(text: str, start: int, end: int, room: int, width: int) -> Iterator[tuple[int, int]]:
    """The rows of one line, text[start:end]; the first has `room` cells, all others `width`."""
    margin = max(256, 4 * width)
    first_start = start
    empty = True
    while start < end:
        stop = min(end, start + max(_WINDOW_CHARS, 4 * margin))
        piece = text[start:stop]
        whole = stop == end
        if whole:
            bare = piece.rstrip(SPACES)
            if not bare:
                break
            if len(bare) <= room and cells(bare) <= room:
                yield start, start + len(bare)
                return
        classes = _classes(piece)
        positions = _positions(piece, classes)
        stops = _break_opportunities(piece, classes)
        # The end of a window lacks the context that break rules need: its last rows are left to the next window.
        limit = len(piece) if whole else len(piece) - margin
        at = 0
        while at < limit:
            fitting = bisect_right(positions, positions[at] + room) - 1
            cut = _row_end(piece, at, fitting, room, width, positions, stops)
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


def _row_end(
    piece: str, at: int, fitting: int, room: int, width: int, positions: Sequence[int], stops: Sequence[int]
) -> int:
    """Where the row that begins at `at` and has room up to `fitting` ends, white space after it included."""
    after_spaces = fitting
    while after_spaces < len(piece) and piece[after_spaces] in SPACES:
        after_spaces += 1
    index = bisect_right(stops, after_spaces)
    best = stops[index - 1] if index else 0
    if after_spaces == len(piece) or at < best == after_spaces:
        return after_spaces
    token = max(best, at)
    token_end = stops[index]
    while piece[token_end - 1] in SPACES:
        token_end -= 1
    fits_a_row = positions[token_end] - positions[token] <= width
    if best > at and fits_a_row:
        return best
    within = _break_in_token(piece, token, fitting)
    if within and (best > at or 2 * (positions[within] - positions[at]) >= room):
        return within
    if best > at:
        return best
    return _grapheme_break(piece, at, fitting, positions)


def _break_in_token(piece: str, start: int, fitting: int) -> int:
    """The last place up to `fitting` where UAX #14 would break the token that begins at `start`, or 0."""
    token = piece[start : fitting + 32]
    prohibited = _prohibited(token, _classes(token))
    within = [stop for stop in _uax14_breaks(token) if stop <= fitting - start and stop not in prohibited]
    return start + within[-1] if within else 0


def _grapheme_break(piece: str, at: int, fitting: int, positions: Sequence[int]) -> int:
    """The last place up to `fitting` between two graphemes, if possible with no prohibited start or end beside it."""
    if fitting <= at:  # the grapheme is wider than the row
        within = bisect_right(positions, positions[at])
        return bisect_right(positions, positions[within]) - 1
    for cut in range(fitting, at, -1):
        before, after = piece[cut - 1], piece[cut]
        prohibited = after in _NO_START or before in _NO_END or (before == after and before in _DOUBLED)
        prohibited = prohibited or before in SPACES or after in SPACES  # were it allowed, UAX #14 would have said so
        if not prohibited and positions[cut + 1] > positions[cut]:  # a character of no width may belong to the last
            return cut
    return fitting


def _positions(text: str, classes: str) -> Sequence[int]:
    """Cells before each offset of `text`, its end included; within a grapheme, all of its cells count as passed."""
    if text.isascii() and text.isprintable():
        return range(len(text) + 1)
    if _is_simple(classes):
        return list(accumulate(map(_cells_of, text), initial=0))
    # A variation selector that stands alone may still widen, for Rich, what stands before something of no width.
    sizes = ((cells(part) + part.startswith("\ufe0f"), len(part)) for part in graphemes(text))
    widths = chain.from_iterable((size, *([0] * (length - 1))) for size, length in sizes)
    return list(accumulate(widths, initial=0))


def _uax14_breaks(text: str) -> list[int]:
    """The break opportunities of UAX #14, the end of the text included."""
    from unicode_segmentation_rs import line_break_units

    return list(accumulate(map(len, _call_rust(line_break_units, text))))


def _prohibited(text: str, classes: str) -> set[int]:
    """Offsets at which no row may end even in a word that is too wide, all offsets inside a grapheme among them."""
    prohibited: set[int] = set()
    # looked for first, since most texts have none of the four, and the pattern stops at each character
    if not classes.isascii() and ("·" in classes or _MARK in classes or "%" in classes or "—" in classes):
        prohibited.update(match.start() for match in _NOT_BEFORE.finditer(classes))
    if _has_quote(classes):
        prohibited.update(match.end() for match in _NOT_AFTER.finditer(classes))
    if not _is_simple(classes):
        prohibited.update(set(range(len(text))).difference(accumulate(map(len, graphemes(text)))))
    return prohibited


def _break_opportunities(text: str, classes: str) -> list[int]:
    """The break opportunities of UAX #14 with our supplement, the end of the text included."""
    stops = _uax14_breaks(text)
    without = _prohibited(text, classes)
    without.update(match.end() for match in _IN_TOKEN.finditer(classes))
    if "-" in classes:
        for word in _COMPOUND.finditer(classes):
            hyphens = _COMPOUND_HYPHEN.finditer(classes, word.start(), word.end())
            without.difference_update(match.start() for match in hyphens)
    if _HANGUL in classes or _JAMO in classes:
        without.update(match.end() for match in _IN_KOREAN.finditer(classes))
    also: set[int] = set()
    if any(each in classes for each in _AFTER_SPACE_SIGNS):
        also.update(match.end() for match in _AFTER_SPACE.finditer(classes))
    if _has_quote(classes):
        also.update(match.end() for match in _BEFORE_QUOTE.finditer(classes))
        also.update(match.end() for match in _AFTER_QUOTE.finditer(classes))
    if without:
        without.discard(len(text))
        stops = [stop for stop in stops if stop not in without]
    if also:
        also.difference_update(stops)
        stops.extend(also)
        stops.sort()
    return stops


def _has_quote(classes: str) -> bool:
    return not classes.isascii() and any(mark in classes for mark in "“‘”’«»‹›")


def _is_simple(classes: str) -> bool:
    """Whether each character is a grapheme."""
    return _COMPLEX not in classes and _JAMO not in classes


def _call_rust(function: Callable[..., list[str]], text: str, *arguments: bool) -> list[str]:
    """`function(text)`, with lone surrogates replaced: Rust cannot take those of file names that are not UTF-8."""
    try:
        return function(text, *arguments)
    except UnicodeEncodeError:
        return function("".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text), *arguments)
