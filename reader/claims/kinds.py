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
from reader.claims.quantities import CURRENCY, PERCENT, UNIT, numbers
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
    r"\b(?:therefore|thus|hence|consequently)\b|所以|因此|因而|したがって|そのため|따라서|그러므로", re.IGNORECASE
)
_HABIT: Final = pattern(r"\b(?:(?:every|each|any) time|whenever|(?:if|when) (?:we|you|I))\b", re.IGNORECASE)
"""What happens whenever something else does is no forecast."""
_QUOTATION: Final = 16
_LATIN_QUOTATION: Final = 40
"""Characters in quotation marks that are more than a name or a term."""
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
_TIME: Final = pattern(
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|年|个月|月|周|週|天|日|小时|时间|分钟|秒|か月|ヶ月|岁|살|년간|시간)$",
    re.IGNORECASE,
)
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

    One in digits goes before one in words, and another before a length of time. A single number is none, nor are dates
    and years: they may be a version, a name or the time of what happened.
    """
    spans = [
        (_weak(match[0]), order, match.start(), -match.end())
        for order, rule in enumerate((PERCENT, CURRENCY, UNIT))
        for part in rule
        for match in part.finditer(text)
    ]
    if spans:
        _, _, start, end = min(spans)
        return start, -end
    found = [span for span in numbers(text) if not _DATED.fullmatch(text[span[0] : span[1]])]
    return found[0] if len(found) >= 2 else None


def _weak(shown: str) -> int:
    """0 for a figure in digits, 1 for one in words, 2 for a length of time."""
    return 2 if _TIME.search(shown) else int(not any(map(str.isdigit, shown)))


def kinds_of(sentence: Sentence) -> tuple[Kind, ...]:
    """All kinds of a measured sentence, the one that names it first; ("statement",) if there is no other."""
    text = sentence.reading.text
    named = _groups()
    found: set[Kind] = set()
    for group, where in cues.found(sentence.reading, cues.kinds()).items():
        kind = named[group]
        if kind != "conclusion" or where <= _OPENING:
            found.add(kind)
        elif EFFECT.search(text):
            found.add("cause")
    if "forecast" in found and _HABIT.search(text):
        found.discard("forecast")
    if {"study", "finding"} <= {cues.cues().groups[group] for group in sentence.reading.hits}:
        found.add("study")
    shape = sentence.shape
    if any(shape[at] for at in _FIGURES) or (shape[_NUMBERS] and figure(text)):
        found.add("figure")
    if "quote" in found and _NOT_SAID.search(text):
        found.discard("quote")
    longest = _LATIN_QUOTATION if shape[-1] > 0.5 else _QUOTATION
    if shape[_QUOTED] and any(
        len(quoted) > longest or len(quoted) * 2 > len(text) > 12 for quoted in QUOTED.findall(text)
    ):
        found.add("quote")
    if "comparison" in found and _MORE_THAN_NUMBER.search(text):
        rest = _MORE_THAN_NUMBER.sub(" ", text)
        if not any(named[group] == "comparison" for group in cues.read(rest, cues.kinds()).hits):
            found.discard("comparison")
    return tuple(kind for kind in ORDER if kind in found) or ("statement",)
