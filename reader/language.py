"""The language an article is most likely in, by its letters, and the few words the page says in it."""

from __future__ import annotations

_IMAGE_WORDS = {"zh": "图", "zh-Hant": "圖", "ja": "図", "ko": "그림"}
_SIMPLIFIED, _TRADITIONAL = frozenset("这个们来时为说国对会学还过发"), frozenset("這個們來時為說國對會學還過發")


def image_word(text: str) -> str:
    """What the article's language calls a picture."""
    return _IMAGE_WORDS.get(script(text[:4000]), "Image")


def script(sample: str) -> str:
    """The language a text is most likely in by its letters: "zh", "zh-Hant", "ja", "ko", or "" for all others."""
    han = kana = hangul = 0
    for char in sample:
        if "一" <= char <= "鿿":
            han += 1
        elif "ぁ" <= char <= "ヿ":
            kana += 1
        elif "가" <= char <= "힣":
            hangul += 1
    if max(han, kana, hangul) * 10 < len(sample):
        return ""
    if hangul > han and hangul > kana:
        return "ko"
    if kana * 5 > han:
        return "ja"
    balance = sum((char in _TRADITIONAL) - (char in _SIMPLIFIED) for char in sample)
    return "zh-Hant" if balance > 0 else "zh"
