"""Literals in texts of simple letters.

Most texts have none of what makes a literal's pattern long: no mark apart from its letter, no half-width sound mark, no
ligature, no part of a Hangul syllable, nothing invisible. In such a text each letter of a query is one character, of
the few forms of it that the text has; most words come down to one string, which `str.count` finds ten times as fast as
any pattern.

Invariant: in a text that is `simple`, what is found here is what the pattern of `folding.literal` finds.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import chain
from operator import methodcaller
from typing import Any, Final, NamedTuple

from reader.locale import _
from reader.search.folding import (
    FIRST_GAP,
    GAP,
    HANGUL,
    IGNORED,
    LONGEST,
    MARKS,
    MAX_FOLD,
    char_class,
    edges,
    fold,
    folding_characters,
    forms,
)
from reader.search.query import Query, SearchError

_COMMON: Final = frozenset(
    "“”‘’„«»‐‑–—―−・〜\xa0\u3000！＂＃＄％＆＇（）＊＋，－．／：；＜＝＞？＠［＼］＾＿｀｛｜｝～…"
)
"""Signs that fold, and yet stand in most texts of one language or another."""
_SOUND_MARKS: Final = "\u3099\u309a"
_PARTS: Final = f"{MARKS}{IGNORED}{_SOUND_MARKS}\uff9e\uff9f\u1100-\u11ff"
"""What belongs to a character beside it, or to none."""
_DOTS: Final = "..."
"""What "…" folds to, the one character of several that is everywhere: a query for it is left to `literal`."""
_span: Final = methodcaller("span")


class Spelling(NamedTuple):
    """A literal fitted to a text."""

    strings: tuple[str, ...]
    """Each match is one of these: one string, or several of one character. Empty where a pattern is needed."""
    source: str = ""
    """Of that pattern, for `spans`; empty where the strings say all."""
    ignoring_case: bool = False
    units: tuple[str, ...] = ()
    """Of a single word that need not be whole its letters in order, each as all characters of the text that stand for
    it: where the text does not hold a part of them, it does not hold the word. Else empty."""

    @property
    def is_impossible(self) -> bool:
        """Whether the text cannot hold it."""
        return not self.strings and not self.source


@lru_cache(maxsize=1)
def _odd() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """What finds a character that makes a text not simple; one that makes it not plain; and the latter as a set."""
    folding = folding_characters()
    marked = re.compile(f".[{MARKS}{_SOUND_MARKS}]+", re.DOTALL)
    several = [char for char in folding if len(fold(char)) > 1 and not marked.fullmatch(fold(char))]
    kana = {chr(code) for code in range(0x3041, 0x3100)}
    single = set(folding) - kana - _COMMON
    parts = f"[{_PARTS}]"
    found = re.compile(parts)
    return (
        re.compile(f"{parts}|{char_class(set(several) - _COMMON)}"),
        re.compile(f"{parts}|{char_class(single)}"),
        frozenset((*single, *filter(found.match, map(chr, range(0x80, 0x10000))))),
    )


def is_simple(text: str) -> bool:
    """Whether each letter of `text` is one character that stands for one letter: `spelled` is for such texts."""
    return text.isascii() or _odd()[0].search(text) is None


def is_plain(text: str) -> bool:
    """Whether `text` is simple, and besides written in ASCII, Han, kana, Hangul and common signs alone."""
    return text.isascii() or _odd()[1].search(text) is None


@lru_cache(maxsize=64)
def _parts(query: Query, plain: bool) -> tuple[str | tuple[str, ...], ...] | None:
    """A query's white space, as patterns, and its words, by letter all characters that may stand for it in a text that
    is plain, or simple. None for a query that `folding.literal` must find."""
    wanted = query.pattern
    if len(wanted) > LONGEST:
        said = _("pattern too long: {count} characters, at most {most}")
        raise SearchError(said.format(count=len(wanted), most=LONGEST))
    case, accents = query.cased, query.accents
    folded = fold(wanted, case=case, accents=accents)
    if _DOTS in folded or any(unicodedata.category(char) == "So" for char in folded):
        return None
    odd = _odd()[2] if plain else ()

    @cache
    def standing(unit: str) -> str:
        members = forms(unit, case=case, accents=accents, variants=query.variants)
        return "".join(dict.fromkeys(char for char in members if char not in odd))

    parts: list[str | tuple[str, ...]] = []
    for piece in re.findall(r"\s+|\S+", wanted):
        if piece.isspace():
            parts.append(GAP if parts else FIRST_GAP)
        else:
            parts.append(tuple(map(standing, _units(fold(piece, case=case, accents=accents)))))
    return tuple(parts)


def spelled(query: Query, present: Callable[[str], str], *, plain: bool) -> Spelling | None:
    """How a literal is spelled in a simple text, of which `present` gives those of some characters that it has.

    The answer is None for a query that `folding.literal` must find. Raises SearchError for one that is too long.
    """
    wanted = _parts(query, plain)
    if wanted is None:
        return None
    parts: list[str | tuple[str, ...]] = []
    for part in wanted:
        if not isinstance(part, str):
            part = tuple(map(present, part))
            if not all(part):
                return Spelling(())
        parts.append(part)
    word = parts[0] if len(parts) == 1 else None
    units: tuple[str, ...] = ()
    if isinstance(word, tuple) and not query.whole_word:
        if all(len(unit) == 1 for unit in word):
            return Spelling(("".join(word),) if word else (), units=word)
        if len(word) == 1:
            return Spelling(tuple(word[0]), units=word)
        units = word
    source = "".join(part if isinstance(part, str) else "".join(map(char_class, part)) for part in parts)
    folded = fold(query.pattern, case=query.cased, accents=query.accents) if query.whole_word else ""
    before, after = map(_with_numerals, edges(folded)) if query.whole_word else ("", "")
    source = (f"(?<!{before})" if before else "") + source + (f"(?!{after})" if after else "")
    return Spelling((), source, plain and not query.cased, units)


def _with_numerals(edge: str) -> str:
    """A class of what may not stand beside a word, for `regex`: it takes fewer signs for parts of words than `re`."""
    return f"(?:{edge}|{_numerals()})" if edge and edge != HANGUL else edge


@cache
def _numerals() -> str:
    """Signs for numbers that are no digits (², ½, ①): letters or digits by `str.isalnum`, which `re` goes by."""
    found = (char for code in range(0x80, 0x20000) if unicodedata.category(char := chr(code)) == "No")
    return char_class({char for char in found if char.isalnum()})


def _units(folded: str) -> Iterator[str]:
    """The letters of a folded word: each with its marks, and Hangul by syllables."""
    at = 0
    while at < len(folded):
        end = at + 1
        while end < len(folded) and end - at < MAX_FOLD and re.match(f"[{MARKS}{_SOUND_MARKS}]", folded[end]):
            end += 1
        for length in (3, 2):
            syllable = folded[at : at + length]
            if "\u1100" <= folded[at] <= "\u1112" and len(unicodedata.normalize("NFC", syllable)) == 1 < len(syllable):
                end = at + length
                break
        yield folded[at:end]
        at = end


@lru_cache(maxsize=64)
def _compiled(source: str, ignoring_case: bool) -> Any:
    import regex

    if ignoring_case:
        # Two forms of a letter are compared at each character of the text; where case is ignored, it can leap.
        shorter = re.sub(r"\[([A-Z])([a-z])\]", lambda pair: pair[2], source)
        return regex.compile(shorter, regex.IGNORECASE if shorter != source else 0)
    return regex.compile(source)


def pairs(spelling: Spelling, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each match of its pattern between two offsets that are the ends of lines."""
    return map(_span, _compiled(spelling.source, spelling.ignoring_case).finditer(text, start, end))


def spans(spelling: Spelling, text: str, start: int, end: int) -> array[int]:
    """Start, end, start, end … of the matches of its pattern between two offsets that are the ends of blocks."""
    return array("I", chain.from_iterable(pairs(spelling, text, start, end)))
