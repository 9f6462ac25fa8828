"""What writing system a character belongs to, as far as Markdown's whitespace and emphasis rules depend on it.

Owns three questions: are two characters joined across a line break, does a character count as Chinese, Japanese or
Korean beside `**`, and which of those languages is a text in. Refuses widths and line breaking: those are `wrap`'s.
Invariant: answers depend on the characters given and nothing else.

The classes are tables searched by halves, not regular expressions: compiling those would cost 15 ms at every start.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import Final


def _table(*ranges: tuple[int, int]) -> tuple[int, ...]:
    """Bounds such that a code point is in one of the ranges where an odd number of them lies at or below it."""
    return tuple(bound for first, last in sorted(ranges) for bound in (first, last + 1))


_HANGUL: Final = _table(
    (0x1100, 0x11FF), (0x302E, 0x302F), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC)
)
_WIDE: Final = _table(
    (0x2E80, 0x302D),
    (0x3030, 0x312F),
    (0x3190, 0xA4CF),
    (0xF900, 0xFAFF),
    (0xFE10, 0xFE1F),
    (0xFE30, 0xFE6F),
    (0xFF01, 0xFF9F),
    (0xFFE0, 0xFFEE),
    (0x1B000, 0x1B16F),
    (0x1F200, 0x1F2FF),
    (0x20000, 0x3FFFD),
)
_PUNCTUATION: Final = frozenset(
    chr(code)
    for first, last in (
        (0x3001, 0x3003),
        (0x3008, 0x3011),
        (0x3014, 0x301F),
        (0x30FB, 0x30FB),
        (0xFE10, 0xFE1F),
        (0xFE30, 0xFE6B),
        (0xFF01, 0xFF0F),
        (0xFF1A, 0xFF20),
        (0xFF3B, 0xFF3D),
        (0xFF5B, 0xFF65),
    )
    for code in range(first, last + 1)
)
_SAMPLE_CHARACTERS: Final = 600
"""Of a text, about, by which its language is told."""
_SHARED: Final = frozenset("·—―‘’“”‥…")


def wide(char: str) -> bool:
    """Whether a character is Chinese or Japanese, their punctuation and full-width forms included."""
    return char > "\u2e7f" and bisect_right(_WIDE, ord(char)) % 2 == 1


def hangul(char: str) -> bool:
    """Whether a character is Korean."""
    return char > "\u10ff" and bisect_right(_HANGUL, ord(char)) % 2 == 1


def cjk(char: str) -> bool:
    """Whether a character is Chinese, Japanese or Korean."""
    return char > "\u10ff" and (wide(char) or hangul(char))


def punctuation(char: str) -> bool:
    """Whether a character is full-width punctuation."""
    return char in _PUNCTUATION


def shared(char: str) -> bool:
    """Whether a character is punctuation that Latin and Chinese share; its neighbour tells which of them it is in."""
    return char in _SHARED


def joint(before: str, after: str) -> str:
    """What stands in place of a soft line break between two characters: nothing within Chinese or Japanese, else a
    space. Korean separates words by spaces and keeps it (CSS Text 3, 4.1.3, decides the same way)."""
    if before < "\u2000" and after < "\u2000":
        return " "
    if wide(before):
        if wide(after) or shared(after) or (punctuation(before) and not hangul(after)):
            return ""
    elif wide(after) and (shared(before) or (punctuation(after) and not hangul(before))):
        return ""
    return " "


def language(text: str) -> str:
    """The language a text is written in, judged by its script: "zh", "ja", "ko" or "en"; "en" where none is clear."""
    kana = han = syllables = letters = 0
    sample = text[:: 1 + len(text) // _SAMPLE_CHARACTERS]  # from all of it: its end may be in another language
    for char, times in Counter(sample).items():  # far fewer than there are characters
        if char < "\u3041":
            letters += times * char.isalpha()
        elif char < "\u30fb":
            kana += times
        elif "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char > "\U0001ffff":
            han += times
        elif "\uac00" <= char <= "\ud7a3":
            syllables += times
    # Names, addresses and code in Latin letters are many in a technical article of any language.
    words = letters // 10
    if syllables > max(kana + han, words):
        return "ko"
    if kana * 8 > han and kana + han > words:
        return "ja"
    return "zh" if han > words else "en"
