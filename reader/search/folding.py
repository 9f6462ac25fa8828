"""What counts as the same when a literal is searched: width, quotes, dashes, case, accents, Han variants, white space.

Owns the folding of a query and its translation into one compiled pattern. The *query* is folded, never the article:
each of its characters becomes the class of all characters that fold to it, and the pattern runs on the article's own
text. So every match is exact where it stands, nothing is copied, and a toggle costs nothing but a new pattern. Refuses
to know about matches, slices and user's regular expressions (`search` does), and about pinyin.

The base is compatibility decomposition (NFKD, UAX #15) and full case folding (Unicode 5.18): "ß" is found by "ss", "ﬁ"
by "fi", a half-width "ｶﾞ" by "ガ", a Hangul syllable typed as jamo by the syllable. Folds to more than one character are
taken for ligatures, width forms and the like, not for squares, fractions and circled numbers ("㎞", "½", "⑩").

Invariant: a match begins and ends between whole characters with their marks: "e" is no match within "ﬁ" or before a
combining accent that counts, "か" none within "が", "하" none within "한".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from reader.sanitize import pattern

LONGEST = 1000
"""Characters a literal may have; the screen shows a line, and compiling costs time by the character."""

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»〝〞〟", '"'),
        **dict.fromkeys("‘’‚‛‹›`´′", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("〜∼", "~"),
        **dict.fromkeys("‧・", "·"),
    }
)
"""Punctuation that people type as one and typesetters tell apart; NFKD leaves these alone."""

_STROKED = str.maketrans("ØøŁłĐđĦħŦŧı", "OoLlDdHhTti")
"""Letters with a stroke, which have no decomposition but are accented letters to whoever types them."""

MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_LETTERS = "A-Za-z\u00c0-\u024f\u0370-\u03ff\u1e00-\u1fff"
"""Latin and Greek: only there is a mark an accent. In か゛, й or 한 the parts make another letter."""
_ACCENT = pattern(f"(?<=[{_LETTERS}])[{MARKS}]+|(?<=[Ее])\u0308")
IGNORED = "\u200b\u2060\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Zero-width spaces and variation selectors: seen by nobody, so no hindrance to a match."""
_IGNORED_PROBES = ("\u200b", "\ufe0e", "\ufe0f", "\U000e0100", "\U000e0101")
"""The commonest of them: without any of these the text is taken to have none, which saves asking at each character."""
_CONTINUES = f"(?![{MARKS}\u3099\u309a\uff9e\uff9f\u1160-\u11ff])"
"""What may not follow a match: it would belong to its last character."""
_EMOJI_TAIL = "(?:\u200d.|[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff])*+"

GAP = r"(?:[^\S\n]++(?:\n(?!\n)[^\S\n]*+)?+|(?<!\n)\n(?!\n)[^\S\n]*+)"
FIRST_GAP = r"(?:(?<![^\S\n])[^\S\n]++(?:\n(?!\n)[^\S\n]*+)?+|(?<!\s)\n(?!\n)[^\S\n]*+)"
"""White space in the query: any run of it in the text with one line break at the most, and never a part of the empty
line between blocks. A leading one starts where the run starts, or many blanks would take the square of their number."""

_CJK = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
WORDLY = rf"[^\W{_CJK}]"
"""A letter or digit of a script that marks its words, Hangul apart."""
HANGUL = "[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"
_FOLDING_BLOCKS = ((0x41, 0x5B), (0x80, 0x3400), (0xA000, 0xAC00), (0xF900, 0x10000))
"""Where characters that fold may stand: the Basic Multilingual Plane but Han and Hangul, which is arithmetic."""
_LONG_FOLDS = frozenset({"", "<compat>", "<wide>", "<narrow>", "<vertical>", "<small>"})
MAX_FOLD = 6
_MAX_PATHS = 64


def fold(text: str, *, case: bool = False, accents: bool = False) -> str:
    """What `text` is compared as; `case` and `accents` true: they count. Not of the same length as `text`."""
    text = unicodedata.normalize("NFKD", text.translate(_ALIKE))
    if not case:
        text = unicodedata.normalize("NFKD", text.casefold())
    text = text.translate(_ALIKE)
    return text if accents else _ACCENT.sub("", text.translate(_STROKED))


@lru_cache(maxsize=4)
def _inverse(case: bool, accents: bool) -> dict[str, str]:
    """Folded string -> the characters that fold to it (those that fold to themselves left out)."""
    found: dict[str, str] = {}
    for low, high in _FOLDING_BLOCKS:
        for char in map(chr, range(low, high)):
            how = unicodedata.decomposition(char)
            if how or char.casefold() != char or ord(char) in _ALIKE or ord(char) in _STROKED:
                folded = fold(char, case=case, accents=accents)
                tag = how.partition(" ")[0] if how.startswith("<") else ""
                if folded != char and (len(folded) == 1 or (len(folded) <= MAX_FOLD and tag in _LONG_FOLDS)):
                    found[folded] = found.get(folded, "") + char
    return found


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    """Han character -> its Simplified, Traditional and regional forms."""
    from reader.search.variants import GROUPS

    found: dict[str, str] = {}
    for group in GROUPS.split():
        found[group[0]] = found.get(group[0], "") + group[1:]
        for form in group[1:]:
            found[form] = found.get(form, "") + group[0]
    return found


def char_class(chars: Iterable[str]) -> str:
    members = sorted(set(chars))
    return re.escape(members[0]) if len(members) == 1 else "[" + "".join(map(re.escape, members)) + "]"


class _Builder:
    """Makes the pattern of one word of the query, for one text."""

    __slots__ = ("_accents", "_ascii", "_ignored", "_inverse", "_known", "_text", "_variants")

    def __init__(self, text: str, case: bool, accents: bool, variants: bool) -> None:
        self._text = text
        self._ascii = text.isascii()
        self._accents = accents
        self._inverse = _inverse(case, accents)
        self._variants = _variants() if variants else {}
        self._ignored = IGNORED if ignores(text) else ""
        self._known: dict[str, bool] = {}

    def _in_text(self, char: str) -> bool:
        return (not self._ascii or char.isascii()) and char in self._text

    def _present(self, chars: str) -> str:
        """Those of `chars` that stand in the text, which for most of the rare ones means none."""
        for char in chars:
            if char not in self._known:
                self._known[char] = self._in_text(char)
        return "".join(char for char in chars if self._known[char])

    def _singles(self, char: str) -> str:
        """The characters of the text that stand for one folded character."""
        forms = char + self._variants.get(char, "")
        members = forms + "".join(self._inverse.get(form, "") for form in forms)
        if self._ascii:
            return "".join(filter(str.isascii, members))
        return self._present(members) if "\u1100" <= char <= "\u11ff" else members

    def _composed(self, folded: str) -> str:
        """The characters of the text that fold to these two or more."""
        if self._ascii:
            return ""
        members = self._inverse.get(folded, "")
        if "\u1100" <= folded[0] <= "\u1112":
            syllable = unicodedata.normalize("NFC", folded)
            members += syllable if len(syllable) == 1 else ""
        return self._present(members)

    def _unit(self, members: str, last: str, guard: str = "") -> str:
        """A class, and what may trail it unseen; `guard` stands after the character itself."""
        if self._ascii:
            # `re` looks a class of three parts up in a bitmap and compares one by one with those of two
            return char_class(members + "\x80\x82" if len(members) > 1 else members) + guard
        unit = char_class(members) + guard
        if unicodedata.category(last) == "So":
            return unit + _EMOJI_TAIL
        tail = self._ignored
        if not self._accents and last in "Ее":
            tail += "\u0308"
        elif not self._accents and re.match(f"[{_LETTERS}]", last):
            tail += MARKS
        return unit + (f"[{tail}]*+" if tail else "")

    def word(self, folded: str, guard: str = "") -> str | None:
        """The pattern for a folded word without white space; None when the text cannot hold it."""
        options: list[list[tuple[int, str]]] = []
        for at in range(len(folded)):
            guard = "" if at else guard
            here = [
                (length, self._unit(members, folded[at + length - 1], guard))
                for length in range(min(MAX_FOLD, len(folded) - at), 1, -1)
                if (members := self._composed(folded[at : at + length]))
            ]
            if members := self._singles(folded[at]):
                here.append((1, self._unit(members, folded[at], guard)))
            options.append(here)
        parts: list[str] = []
        start = 0
        while start < len(folded):
            # a segment ends where no character that folds to several reaches over
            end = at = start
            while at <= end and at < len(folded):
                end = max(end, at + max((length for length, _ in options[at]), default=1) - 1)
                at += 1
            paths = self._paths(options, start, end + 1)
            if not paths:
                return None
            parts.append(paths[0] if len(paths) == 1 else "(?:" + "|".join(paths) + ")")
            start = end + 1
        return "".join(parts)

    @staticmethod
    def _paths(options: list[list[tuple[int, str]]], start: int, end: int) -> list[str]:
        """All ways through a segment, longest characters first, capped: no text has 64 spellings of one word."""
        tails: dict[int, list[str]] = {end: [""]}
        for at in range(end - 1, start - 1, -1):
            ways = [unit + tail for length, unit in options[at] for tail in tails.get(at + length, ())]
            tails[at] = ways if len(ways) <= _MAX_PATHS else ways[: _MAX_PATHS - 1] + ways[-1:]
        return tails[start]


def _edge(char: str) -> str:
    """The class that may not stand beside a word's first or last character."""
    if re.match(HANGUL, char):
        return HANGUL
    return WORDLY if re.match(WORDLY, char) else ""


def ignores(text: str) -> bool:
    """Whether `text` has characters that nobody sees, so that a search passes over them."""
    return not text.isascii() and any(char in text for char in _IGNORED_PROBES)


def forms(folded: str, *, case: bool, accents: bool, variants: bool) -> str:
    """The characters that fold to `folded`, one character or several, itself among them where it is one."""
    inverse = _inverse(case, accents)
    if len(folded) > 1:
        whole = unicodedata.normalize("NFC", folded)
        return inverse.get(folded, "") + (whole if len(whole) == 1 else "")
    known = folded + (_variants().get(folded, "") if variants else "")
    return known + "".join(inverse.get(form, "") for form in known)


def folding_characters() -> str:
    """All characters that fold to others, but for Han, Hangul and ASCII."""
    return "".join({char for members in _inverse(False, False).values() for char in members if not char.isascii()})


def edges(folded: str) -> tuple[str, str]:
    """The classes that may not stand before and behind a whole word; each perhaps empty."""
    return _edge(folded[:1]), _edge(folded[-1:])


def literal(
    wanted: str, text: str, *, case: bool, accents: bool, variants: bool, whole_word: bool
) -> re.Pattern[str] | None:
    """The pattern that finds `wanted` in `text` and in nothing else (it is fitted to the characters `text` has).

    None when there is nothing to find. White space matches as said above. `whole_word`: no letter or digit of the same
    kind stands beside the match; where one script ends and another begins a word ends too ("AI" in "苹果AI在"), and
    Chinese and Japanese, which do not mark their words, are found everywhere. Raises ValueError above `LONGEST`.
    """
    if len(wanted) > LONGEST:
        raise ValueError(f"pattern too long: {len(wanted)} characters, at most {LONGEST}")
    if not wanted:
        return None
    folded = fold(wanted, case=case, accents=accents)
    before, after = edges(folded) if whole_word else ("", "")
    # looking back after the first character, not before it: `re` then still leaps from one first character to the next
    guard = f"(?<!{before}(?s:.))" if before else ""
    builder = _Builder(text, case, accents, variants)
    parts: list[str] = []
    for piece in re.findall(r"\s+|\S+", wanted):
        if piece.isspace():
            parts.append(GAP if parts else FIRST_GAP)
            continue
        word = builder.word(fold(piece, case=case, accents=accents), "" if parts else guard)
        if word is None:
            return None
        parts.append(word)
    if not "".join(parts):
        return None
    if not text.isascii() and not wanted[-1].isspace():
        parts.append(_CONTINUES)
    parts.append(f"(?!{after})" if after else "")
    return re.compile("".join(parts))
