"""The claims the author made stand out: `==marks==`, and the sentences the front matter lists.

Owns the finding of those sentences in the text, tolerant of case, width, punctuation and white space. Refuses to guess:
words that differ are not found, and a warning says so.

Invariant: a range begins and ends with a character of the author's claim.

A claim is looked for in the letters and digits of the text alone, which are put together once for a text: a regular
expression for each of 1,800 claims took longer to compile than such a search takes.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from reader.document import Document, Metadata, Range, Value
from reader.sanitize import pattern

KEYS: Final = ("claims", "key_claims", "highlights")
"""Front matter entries whose strings are claims."""
_LONGEST: Final = 2000
"""Letters of a claim that are looked for."""
_CHUNK: Final = 1024
"""Characters of the text between two places of which the number of letters before them is known."""
_TRIES: Final = 50
"""Places with nearly the letters of a claim that are compared with it."""
_VOICED: Final = ("ﾞ", "ﾟ")
"""The marks of half-width Kana, which stand behind the letter."""
_NO_LETTER: Final = pattern(r"[\W_]+")


def listed(metadata: Metadata) -> tuple[str, ...]:
    """The strings that the front matter lists as claims, in order, each once."""
    found: dict[str, None] = {}
    for key, value in metadata.entries.items():
        if key.lower().replace("-", "_") in KEYS:
            found.update(dict.fromkeys(_strings(value)))
    return tuple(found)


def _strings(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield from (line.strip() for line in value.splitlines() if line.strip())
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)


def marked(document: Document, first: int = 0) -> Iterator[Range]:
    """The `==marks==` of all blocks from number `first` on."""
    for block in document.blocks[first:]:
        for span in block.spans:
            if span.kind == "mark" and document.slice(span).strip():
                yield Range(span.start, span.end)


def find(claim: str, text: str, start: int = 0) -> Range | None:
    """Where a claim stands in the text from offset `start` on; None if it does not, or says nothing."""
    wanted = _own(claim)
    alike = _alike(wanted)
    if not wanted:
        return None
    letters = _letters(text)
    at = letters.count_before(start)
    for _ in range(_TRIES):
        at = letters.together.find(alike, at)
        if at < 0:
            break
        first, end = letters.offset(at), letters.offset(at + len(alike) - 1) + 1
        if text.startswith(_VOICED, end) and _same(text[first : end + 1], wanted):
            end += 1
        if _same(text[first:end], wanted):
            return Range(first, end)
        at += 1
    return None


def _own(claim: str) -> str:
    """The letters and digits of a claim, in their usual width."""
    letters = [character for character in unicodedata.normalize("NFKC", claim) if character.isalnum()]
    return "".join(letters[:_LONGEST])


def _same(part: str, wanted: str) -> bool:
    """Whether a part of the text has the letters of a claim, and not only some like them."""
    return _own(part).casefold() == wanted.casefold()


def _alike(text: str) -> str:
    """A text of the same length in which every letter is of one case and width, and no Kana is voiced."""
    text = text.replace("İ", "i").lower()
    return text if text.isascii() else text.translate(_usual())


class _Letters:
    """The letters and digits of a text, and where they stand in it."""

    __slots__ = ("_counts", "_text", "together")

    def __init__(self, text: str) -> None:
        self._text = _alike(text)
        self._counts: list[int] = []
        parts: list[str] = []
        count = 0
        for at in range(0, len(text), _CHUNK):
            part = _NO_LETTER.sub("", self._text[at : at + _CHUNK])
            self._counts.append(count)
            parts.append(part)
            count += len(part)
        self.together = "".join(parts)

    def count_before(self, offset: int) -> int:
        """How many stand before an offset."""
        chunk = offset // _CHUNK
        if chunk >= len(self._counts):
            return len(self.together)
        return self._counts[chunk] + len(_NO_LETTER.sub("", self._text[chunk * _CHUNK : offset]))

    def offset(self, index: int) -> int:
        """Where the one with an index stands."""
        chunk = bisect_right(self._counts, index) - 1
        left = index - self._counts[chunk]
        for offset in range(chunk * _CHUNK, len(self._text)):
            if self._text[offset].isalnum():
                if not left:
                    return offset
                left -= 1
        raise IndexError(index)


@lru_cache(maxsize=1)
def _letters(text: str) -> _Letters:
    return _Letters(text)


@cache
def _usual() -> dict[int, str]:
    """What stands for full-width letters and digits, for half-width and for voiced Kana, and for the final sigma."""
    found = {ord("ς"): "σ"}
    for code in range(0xFF01, 0xFFDD):
        usual = unicodedata.normalize("NFKC", chr(code))
        if len(usual) == 1 and usual.isalnum():
            found[code] = usual.lower()
    for code in range(0x3041, 0x30FF):
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) > 1:
            found[code] = parts[0]
    found.update((ord(mark), " ") for mark in _VOICED)
    return found
