"""The language an article is most likely in, by its letters, and the few words the page says in it."""

from __future__ import annotations

import re

from reader.sanitize import pattern

_IMAGE_WORDS = {"zh": "图", "zh-Hant": "圖", "ja": "図", "ko": "그림"}
_HAN, _KANA, _HANGUL = pattern("[一-鿿]+"), pattern("[ぁ-ヿ]+"), pattern("[가-힣]+")
_SIMPLIFIED, _TRADITIONAL = pattern("[这个们来时为说国对会学还过发]+"), pattern("[這個們來時為說國對會學還過發]+")


_SAMPLE_CHARACTERS = 600
"""Of a text, about, by which its language is told: every other one, or every third …"""


OPENING_CHARACTERS = 4000
"""Of an article, by which its language is told."""


def image_word(text: str) -> str:
    """What the article's language calls a picture."""
    return _IMAGE_WORDS.get(script(text[:OPENING_CHARACTERS]), "Image")


def script(sample: str) -> str:
    """The language a text is most likely in by its letters: "zh", "zh-Hant", "ja", "ko", or "" for all others."""
    if sample.isascii():
        return ""
    sample = sample[:: 1 + len(sample) // _SAMPLE_CHARACTERS]
    han, kana, hangul = (_count(found, sample) for found in (_HAN, _KANA, _HANGUL))
    if max(han, kana, hangul) * 10 < len(sample):
        return ""
    if hangul > han and hangul > kana:
        return "ko"
    if kana * 5 > han:
        return "ja"
    return "zh-Hant" if _count(_TRADITIONAL, sample) > _count(_SIMPLIFIED, sample) else "zh"


def _count(letters: re.Pattern[str], text: str) -> int:
    """How many characters of `text` are among `letters`."""
    return sum(map(len, letters.findall(text)))
