"""What writing system a character belongs to, as far as Markdown's whitespace and emphasis rules depend on it.

Owns three questions: are two characters of one word joined across a line break, does a character count as Chinese,
Japanese or Korean beside `**`, and which of those languages is a text in. Refuses widths and line breaking: those are
`wrap`'s. Invariant: answers depend on the characters given and nothing else.
"""

from __future__ import annotations

import re
from typing import Final

_WIDE: Final = (
    "\u2e80-\u303e\u3040-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uff9f\uffe0-\uffee"
    "\U0001b000-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003fffd"
)
_HANGUL: Final = "\u1100-\u11ff\u302e\u302f\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"
_PUNCTUATION: Final = "\u3001-\u3003\u3008-\u3011\u3014-\u301f\u30fb\ufe10-\ufe1f\ufe30-\ufe6b\uff01-\uff0f\uff1a-\uff20\uff3b-\uff3d\uff5b-\uff65"
_SHARED: Final = "\u00b7\u2014\u2015\u2018\u2019\u201c\u201d\u2025\u2026"

wide: Final = re.compile(f"[{_WIDE}]").match
"""Whether the character at a place is Chinese or Japanese, their punctuation and full-width forms included."""
cjk: Final = re.compile(f"[{_WIDE}{_HANGUL}]").match
"""The same, with Hangul."""
hangul: Final = re.compile(f"[{_HANGUL}]").match
punctuation: Final = re.compile(f"[{_PUNCTUATION}]").match
"""Full-width punctuation."""
shared: Final = re.compile(f"[{_SHARED}]").match
"""Punctuation that Latin and Chinese writing share; its neighbour tells which one it is in."""

_KANA: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_SYLLABLE: Final = re.compile("[\uac00-\ud7a3]")
_WORD: Final = re.compile("[A-Za-z]+")


def joint(before: str, after: str) -> str:
    """What stands in place of a soft line break between two characters: nothing within Chinese or Japanese, else a
    space. Korean separates words by spaces and keeps it (CSS Text 3, 4.1.3 decides the same way)."""
    if wide(before):
        if wide(after) or (shared(after) and not hangul(before)):
            return ""
        return "" if punctuation(before) and not hangul(after) else " "
    if wide(after) and (shared(before) or (punctuation(after) and not hangul(before))):
        return ""
    return " "


def language(text: str) -> str:
    """The language a text is written in, judged by its script: "zh", "ja", "ko" or "en"; "en" where none is clear."""
    kana, han, syllables = (len(kind.findall(text)) for kind in (_KANA, _HAN, _SYLLABLE))
    words = len(_WORD.findall(text))
    if syllables > max(kana + han, words):
        return "ko"
    if kana * 8 > han and kana + han > words:
        return "ja"
    return "zh" if han > words else "en"
