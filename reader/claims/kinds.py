"""What kind of claim a sentence is: a layer of rules over its cue words, numbers and quotations.

Owns the kinds and their rules. Refuses to rank: a sentence is no better a claim for having a kind.

Invariant: the kinds of a sentence depend on its text alone.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal, TypeAlias

from reader.claims import cues
from reader.claims.features import QUOTED, SHAPES, Sentence
from reader.claims.quantities import CURRENCY, PERCENT, UNIT, first, numbers
from reader.sanitize import pattern

Kind: TypeAlias = Literal[
    "author", "study", "figure", "quote", "conclusion", "forecast", "comparison", "cause", "statement"
]
"""author: the author marked it; quote: somebody's words or a report of them; statement: of no special kind."""

ORDER: Final[tuple[Kind, ...]] = ("study", "figure", "quote", "conclusion", "forecast", "comparison", "cause")
"""The first of several kinds names the claim."""
_OPENING: Final = 0.4
"""A "therefore" further on in the sentence than this share of it tells an effect, and does not conclude."""
_MORE_THAN_NUMBER: Final = pattern(
    r"\b(?:more|less|fewer|greater|higher|lower|other|better) than (?:an? |one |two |three |four |five |six |seven |"
    r"eight |nine |ten |twelve |twenty |half |[$€£¥]?\d)|\brather than\b"
    r"|(?:超过|高于|低于|不足|多于|少于)\s?[\d一二三四五六七八九十百千万亿两几半]",
    re.IGNORECASE,
)
_NOT_SAID: Final = pattern(
    r"\b(?:I|[Ww]e|[Yy]ou|one) (?:\w+ )?(?:believe|think|argue|contend|would|must|can|could|say|might)\b"
    r"|我(?:们)?(?:\w{0,2})?(?:认为|相信|觉得|强调|可以说)|笔者认为|可以说"
)
"""The author's own voice."""
_DATED: Final = pattern(r"(?:1[5-9]|20)\d\d|.*[年月日]|.*[A-Za-z-].*|\d{4}[-/.]\d.*")
"""What is a number, and no figure."""
_FIGURES: Final = tuple(SHAPES.index(name) for name in ("percent", "currency", "unit"))
_NUMBERS: Final = SHAPES.index("numbers")
_QUOTED: Final = SHAPES.index("quoted")


@cache
def _groups() -> dict[int, Kind]:
    """The kind of each group of cues."""
    by_name: dict[str, Kind] = {kind: kind for kind in ORDER}
    return {number: by_name[name] for number, name in enumerate(cues.kinds().groups)}


def figure(text: str) -> tuple[int, int] | None:
    """Where the figure stands in a folded sentence: a per cent, a sum, a number with its unit, or the first of two.

    A single number is none, nor are dates and years: they may be a version, a name or the time of what happened.
    """
    for rule in (PERCENT, CURRENCY, UNIT):
        where = first(rule, text)
        if where:
            return where
    found = [span for span in numbers(text) if not _DATED.fullmatch(text[span[0] : span[1]])]
    return found[0] if len(found) >= 2 else None


def kinds_of(sentence: Sentence) -> tuple[Kind, ...]:
    """All kinds of a measured sentence, the one that names it first; ("statement",) if there is no other."""
    text = sentence.reading.text
    named = _groups()
    found: set[Kind] = set()
    for group, where in cues.found(sentence.reading, cues.kinds()).items():
        kind = named[group]
        found.add("cause" if kind == "conclusion" and where > _OPENING else kind)
    if {"study", "finding"} <= {cues.cues().groups[group] for group in sentence.reading.hits}:
        found.add("study")
    shape = sentence.shape
    if any(shape[at] for at in _FIGURES) or (shape[_NUMBERS] and figure(text)):
        found.add("figure")
    if "quote" in found and _NOT_SAID.search(text):
        found.discard("quote")
    if shape[_QUOTED] and any(len(quoted) > 16 or len(quoted) * 2 > len(text) > 12 for quoted in QUOTED.findall(text)):
        found.add("quote")
    if "comparison" in found and _MORE_THAN_NUMBER.search(text):
        rest = _MORE_THAN_NUMBER.sub(" ", text)
        if not any(named[group] == "comparison" for group in cues.read(rest, cues.kinds()).hits):
            found.discard("comparison")
    return tuple(kind for kind in ORDER if kind in found) or ("statement",)
