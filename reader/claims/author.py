"""The claims the author made stand out: `==marks==`, and the sentences the front matter lists.

Owns the finding of those sentences in the text, tolerant of case, width, punctuation and white space. Refuses to guess:
words that differ are not found, and a warning says so.

Invariant: a range begins and ends with a character of the author's claim.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from reader.document import Document, Metadata, Range, Value

KEYS: Final = ("claims", "key_claims", "highlights")
"""Front matter entries whose strings are claims."""
_LONGEST: Final = 2000
"""Characters of a claim that are looked for."""


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
    pattern = _pattern(claim)
    match = pattern.search(text, start) if pattern else None
    return Range(match.start(), match.end()) if match else None


@cache
def _pattern(claim: str) -> re.Pattern[str] | None:
    """A pattern of the letters and digits of a claim, anything that is neither between them."""
    letters = [character for character in unicodedata.normalize("NFKC", claim) if character.isalnum()][:_LONGEST]
    if not letters:
        return None
    return re.compile(r"[\W_]*".join(_forms(letter) for letter in letters), re.IGNORECASE)


def _forms(letter: str) -> str:
    """A letter in each of its widths."""
    forms = [letter, *_widths().get(letter, ())]
    return re.escape(letter) if len(forms) == 1 else "(?:" + "|".join(map(re.escape, forms)) + ")"


@cache
def _widths() -> dict[str, tuple[str, ...]]:
    """The full-width forms of Latin letters and digits and the half-width forms of Kana, by the usual form."""
    found: dict[str, list[str]] = {}
    forms = [chr(code) for code in range(0xFF01, 0xFFDD)]
    voiced = [chr(code) + sign for code in range(0xFF66, 0xFF9E) for sign in "ﾞﾟ"]
    for form in forms + voiced:
        usual = unicodedata.normalize("NFKC", form)
        if len(usual) == 1 and usual.isalnum():
            found.setdefault(usual, []).append(form)
    return {usual: tuple(sorted(several, key=len, reverse=True)) for usual, several in found.items()}
