"""Which sentences of a very long article are looked at closely: a quick look at all of them, before any is measured.

Owns the look, which costs a fortieth of measuring. Refuses articles a person reads in one go: there every sentence is
measured.

Invariant: the sentences kept are in reading order, and depend on the sentences and the title alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from reader.claims.sentences import Statement

_LONGEST: Final = 1.8
"""Length over the median beyond which a sentence says no more."""
_OPENS: Final = 0.2
"""What the first sentence of a paragraph gains, in lengths of the median."""
_FIGURE: Final = 0.3
"""What a per cent sign, a sum or a figure gains."""
_NAMED: Final = 0.4
"""What each of `_NAMES` terms of the title gains."""
_NAMES: Final = 2
_ASKS: Final = 1.0
"""What a question, or an announcement of what follows, loses."""


def shortlist(statements: Sequence[Statement], texts: Sequence[str], wanted: Iterable[str], most: int) -> list[int]:
    """The numbers of up to `most` statements, whose texts are `texts`; `wanted`: terms of the title."""
    middle = sorted(map(len, texts))[len(texts) // 2] or 1
    terms = tuple(wanted)
    longest = _LONGEST * middle
    worth: list[float] = []
    paragraph = -1
    for one, text in zip(statements, texts, strict=True):
        length = len(text)
        value = length / middle if length < longest else _LONGEST
        if one.paragraph != paragraph:
            paragraph = one.paragraph
            value += _OPENS
        if "%" in text or "$" in text or "元" in text:
            value += _FIGURE
        named = 0
        for term in terms:
            if term in text:
                value += _NAMED
                named += 1
                if named == _NAMES:
                    break
        if text[-1] in "?？:：":
            value -= _ASKS
        worth.append(value + one.bold)
    best = sorted(range(len(worth)), key=lambda number: (-worth[number], number))[:most]
    return sorted(best)
