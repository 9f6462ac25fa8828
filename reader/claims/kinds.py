"""What kind of claim a sentence is: a layer of rules over its cue words, numbers and quotations.

Owns the kinds and their rules. Refuses to rank: a sentence is no better a claim for having a kind.

Invariant: the kinds of a sentence depend on its text alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final, Literal, TypeAlias

from reader.claims import ahead, cues, signs
from reader.claims.features import SHAPES, Sentence
from reader.claims.quantities import figure
from reader.sanitize import pattern

Kind: TypeAlias = Literal[
    "author", "study", "figure", "quote", "conclusion", "forecast", "comparison", "cause", "statement"
]
"""author: the author marked it; quote: somebody's words or a report of them; statement: of no special kind."""

ORDER: Final[tuple[Kind, ...]] = ("study", "figure", "quote", "conclusion", "forecast", "comparison", "cause")
"""The first of several kinds names the claim."""
_OPENING: Final = 0.3
"""What concludes does so no further on in the sentence than this share of it: a later "therefore" tells an effect."""
EFFECT: Final = pattern(
    r"\b(?:therefore|thus(?! far)|hence|consequently)\b|所以|因此|因而|したがって|そのため|따라서|그러므로",
    re.IGNORECASE,
)
_MOSTLY_LATIN: Final = 0.5
_NOT_CHINESE: Final = pattern("[\u3041-\u30ff\uac00-\ud7af]")
"""Of Japanese and Korean, for which there are no signs, the cue words decide alone."""
_FIGURES: Final = tuple(SHAPES.index(name) for name in ("percent", "currency", "unit", "number"))
"""What `figure` looks for, in its order."""
_QUOTED: Final = SHAPES.index("quoted")
_LATIN: Final = SHAPES.index("latin")


@cache
def _groups() -> dict[int, tuple[Kind, Callable[[str, bool], bool]]]:
    """The kind of each group of cues, and what a sentence must have besides."""
    by_name: dict[str, tuple[Kind, Callable[[str, bool], bool]]] = {
        "study": ("study", signs.studies),
        "quote": ("quote", signs.speaks),
        "conclusion": ("conclusion", signs.concludes),
        "forecast": ("forecast", ahead.looks_ahead),
        "comparison": ("comparison", signs.compares),
        "cause": ("cause", signs.brings_about),
        "enable": ("cause", signs.enables),
    }
    return {number: by_name[name] for number, name in enumerate(cues.kinds().groups)}


@cache
def _finds() -> frozenset[int]:
    """The groups of cues that a sentence on a finding has."""
    return frozenset(cues.cues().groups.index(name) for name in ("study", "finding"))


def kinds_of(sentence: Sentence) -> tuple[Kind, ...]:
    """All kinds of a measured sentence, the one that names it first; ("statement",) if there is no other."""
    text = sentence.reading.text
    shape = sentence.shape
    latin = shape[_LATIN] > _MOSTLY_LATIN
    plain = not latin and _NOT_CHINESE.search(text) is not None
    found: set[Kind] = set()
    named = _groups()
    for group, where in cues.found(sentence.reading, cues.kinds()).items():
        kind, sign = named[group]
        if kind == "conclusion" and where > _OPENING:
            if EFFECT.search(text):
                found.add("cause")
        elif kind not in found and ((plain and sign is not signs.enables) or sign(text, latin)):
            found.add(kind)
    if "study" not in found and _finds() <= sentence.reading.hits.keys() and (plain or signs.studies(text, latin)):
        found.add("study")
    if "quote" not in found and ((shape[_QUOTED] and signs.in_marks(text, latin, alone=plain)) or signs.closes(text)):
        found.add("quote")
    among = [order for order, at in enumerate(_FIGURES) if shape[at]]
    if among and figure(text, among):
        found.add("figure")
    return tuple(kind for kind in ORDER if kind in found) or ("statement",)
