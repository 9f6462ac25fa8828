"""What can be measured of one sentence, in any language: the inputs of the learned part of the score.

Owns the features and their names, and the rules for numbers, quotes and the like. Refuses absolute position: a model
that knows it learns the genre of its training set, not what a claim is; and whatever only one language has.

Invariant: every feature lies between 0 and 1, and a sentence is measured with no look at the others, except for its
length and its ties to its neighbours, which `relate` adds once the article is known.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import add
from typing import Final

from reader.claims import quantities
from reader.claims.cues import Reading, cues, read, stem
from reader.sanitize import pattern

QUOTED: Final = pattern(r'"[^"]{2,}(?:"|$)|“[^”]{2,}(?:”|$)|「[^」]{2,}(?:」|$)|『[^』]{2,}(?:』|$)|«[^«»]{2,}»')
_QUOTE: Final = pattern('["“「『«]')
_OPENS_QUOTE: Final = '"“「『«'
_STOPS: Final = (".", "。", "．", "!", "?", "…")
_AFTER_STOP: Final = "”’」』）)]》\"'*"
_CODE: Final = pattern(r"[`{}<>=|\\$_&]")
_PICTURES: Final = (".jpg", ".jpeg", ".png", ".gif", ".webp")
_ITEM: Final = pattern(r"[-*•·▪►]\s|\d{1,2}[.)、]\s?|[(（][\d一二三四五六七八九十]{1,3}[)）]")
_FIRST: Final = pattern(r"[^\W_]")
_NAME: Final = pattern("[A-Z《](?:(?<=《)|(?<=[a-z,; \u3000-\u3009\u300b-\u9fff\uac00-\ud7af][A-Z]))")
"""A capital within the sentence, or a title."""
_CJK: Final = pattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")

STARTS: Final = (
    "contrast", "conclude", "also", "they", "story", "example", "past", "order", "condition", "source", "we", "study",
    "expert", "some", "future", "boost", "outline", "self", "invite", "announce",
)  # fmt: skip
"""Groups of cues for which it also counts whether the sentence begins with one."""
SHAPES: Final = (
    "percent", "currency", "unit", "number", "numbers", "date", "quoted", "opens_quote", "question_mark",
    "exclamation", "ellipsis", "ends_colon", "colon", "semicolon", "no_stop", "code", "item", "bracket", "clauses",
    "names", "cue_kinds", "evaluates", "resolves", "digits", "letters", "size", "short", "latin",
)  # fmt: skip


@cache
def flags() -> tuple[str, ...]:
    """The names of what a sentence has or has not: a cue of each group, and one at its beginning."""
    return cues().groups + tuple(f"starts:{name}" for name in STARTS)


@cache
def _tables() -> tuple[dict[int, int], frozenset[int], int]:
    """The number of the flag of a beginning, by group; the groups that judge; and that of "we"."""
    groups = cues().groups
    starts = {groups.index(name): len(groups) + number for number, name in enumerate(STARTS)}
    return starts, frozenset((groups.index("good"), groups.index("bad"))), groups.index("we")


@dataclass(slots=True)
class Sentence:
    """One sentence, measured."""

    reading: Reading
    size: float
    """Words, a Han, Kana or Hangul character counting for 0.6 of one."""
    flags: tuple[int, ...]
    """The numbers of the `flags()` it has."""
    shape: tuple[float, ...]
    """One value for each of `SHAPES`, 0 to 1."""
    figures: tuple[str, ...]
    """Its numbers of two digits or more and its percentages, as they are written."""
    terms: frozenset[str]
    """What the sentence is about: stems of its words that are no function words, and pairs of Han, Kana or Hangul."""


def measure(text: str) -> Sentence:
    """Everything a sentence tells by itself."""
    reading = read(text)
    folded, hits = reading.text, reading.hits
    starts, judges, _we = _tables()
    found = list(hits)
    first = _FIRST.search(folded)
    if first is not None:
        begin = 0.0 if reading.words and first[0].isascii() else first.start() / len(folded)
        found += [starts[group] for group, where in hits.items() if where == begin and group in starts]
    words = len(reading.words)
    wide = 0 if folded.isascii() else sum(map(len, _CJK.findall(folded)))
    size = max(1.0, words + 0.6 * wide - (0.6 if wide else 0))
    counted = quantities.count(reading, wide=wide > 0)
    quotes = QUOTED.findall(folded) if _QUOTE.search(folded) else ()
    clauses = folded.count(",") + folded.count(";") + folded.count(":") + folded.count("、")
    shape = (
        *counted.shape,
        min(1.0, sum(map(len, quotes)) / len(folded) * 1.25) if quotes else 0.0,
        1.0 if folded and folded[0] in _OPENS_QUOTE else 0.0,
        1.0 if "?" in folded else 0.0,
        1.0 if "!" in folded else 0.0,
        1.0 if "..." in folded or "…" in folded else 0.0,
        1.0 if folded.endswith(":") else 0.0,
        1.0 if ":" in folded else 0.0,
        1.0 if ";" in folded else 0.0,
        0.0 if folded.rstrip(_AFTER_STOP).endswith(_STOPS) else 1.0,
        1.0 if _is_code(folded) else 0.0,
        1.0 if _ITEM.match(folded) else 0.0,
        1.0 if "(" in folded else 0.0,
        min(1.0, clauses / 6),
        min(1.0, len(_NAME.findall(folded)) / 5),
        min(1.0, len(hits) / 16),
        0.0 if judges.isdisjoint(hits) else 1.0,
        1.0 if resolves(reading) else 0.0,
        counted.digits / (len(folded) or 1),
        min(1.0, sum(map(len, reading.words)) / (len(folded) or 1)),
        min(1.0, math.log(size) / 4),
        1.0 if size < 8 else 0.0,
        min(1.0, words / size),
    )
    return Sentence(reading, size, tuple(found), shape, counted.figures, frozenset(terms(reading)))


_WE: Final = frozenset(("we", "we've", "we're", "we'll", "we'd"))
_BETWEEN: Final = frozenset(
    re.findall(
        "[a-z]+",
        "have has had are am were will would can could be been now also then therefore just all already currently "
        "still further not really strongly ultimately eventually recently finally",
    )
)
"""What may stand between "we" and what we do."""
_RESOLVED: Final = frozenset(
    map(
        stem,
        re.findall(
            "[a-z]+",
            "decide decided agreed conclude concluded chose chosen choose plan planned planning intend intending "
            "need want wanted expect expecting believe realize realized found start starting change changed "
            "changing switch switched switching add added adding remove removed removing drop dropped dropping "
            "replace replaced move moved moving adopt adopted introduce introduced introducing launch launched "
            "launching release released releasing publish published discontinue deprecate deprecated propose "
            "proposed proposing",
        ),
    )
)
_COURTESY: Final = frozenset(
    re.findall("[a-z]+", "share thank tell say reiterate congratulate welcome remind invite acknowledge")
)
_RESOLVED_HAN: Final = pattern(
    "我们(?:[已将也都正还仍]|已经|正在|现在|最终|目前)?(?:决定|计划|打算|认为|发现|相信|建议|提议|希望|需要|选择|同意|考虑|准备|预计)"
    "|(?:私たち|我々)は[^。]{0,20}(?:決め|決定|予定|必要)|우리는[^.]{0,20}(?:결정|계획|필요)"
)


def resolves(reading: Reading) -> bool:
    """Whether "we" decide, plan, need, find or do something, other than thank or tell."""
    words = reading.words
    if not _WE.isdisjoint(words):
        for at, word in enumerate(words):
            if word in _WE:
                for next_at in range(at + 1, min(at + 5, len(words))):
                    if reading.stems[next_at] in _RESOLVED:
                        if _COURTESY.isdisjoint(words[next_at + 1 : next_at + 3]):
                            return True
                        break
                    if words[next_at] not in _BETWEEN:
                        break
    return _tables()[2] in reading.hits and _RESOLVED_HAN.search(reading.text) is not None


_STOP: Final = frozenset(
    re.findall(
        "[a-z]+",
        "a about after all also although am an and another any are as at be because been before being both but by can "
        "could did do does doing done down during each even every few for from further get had has have having he her "
        "here hers him his how however i if in into is it its itself just like made make many may me might more most "
        "much must my near no nor not now of off often on once one only onto or other our out over own per same she "
        "should since so some such than that the their them then there these they thing this those though through thus "
        "to too two under until up upon us use very was way we well were what when where whether which while who whom "
        "whose why will with within without would yet you your said say according "
        "onli veri ani mani hav thes thos ther wher whil befor sam mor mad mak becaus sinc lik onc",
    )
)
"""Function words, and how the stemmer leaves them."""
_LOOSE: Final = frozenset(
    "的了着过是在有和与及或也都就而且但并又还很更最这那哪其之以于为对从到把被让给将会能可要不没未无非一二三两个些种样次点"
    "我你他她它们们自己此该每各如何什么吗呢吧啊么里中上下前后时年月日等所者地得说看来去出起成做当已正才只因由则却再"
)


def _is_code(folded: str) -> bool:
    """Whether a sentence has a sign of code, or is the name of a picture."""
    return (
        _CODE.search(folded) is not None
        or "::" in folded
        or "()" in folded
        or "//" in folded
        or folded.endswith(_PICTURES)
        or folded == "image"
    )


def _without(left_out: frozenset[str], first: str, last: str) -> str:
    """A set of a pattern: the characters from `first` to `last` but some."""
    cuts = [ord(first) - 1, *sorted(map(ord, left_out)), ord(last) + 1]
    return "".join(f"{chr(one + 1)}-{chr(other - 1)}" for one, other in pairwise(cuts) if other - one > 1)


_RUN: Final = pattern(
    f"[\u30a0-\u30ff]{{2,}}|[{_without(_LOOSE, chr(0x4E00), chr(0x9FFF))}]{{2,}}|[\uac00-\ud7af]{{2,}}"
)


def terms(reading: Reading) -> list[str]:
    """The content terms of a sentence: for centrality and for what it shares with the title."""
    found = [word for word in reading.stems if len(word) > 1 and word not in _STOP]
    if not reading.text.isascii():
        for run in _RUN.findall(reading.text):
            first = run[0]
            if first >= "\uac00":
                found.append(run[:2])
            elif first >= "\u4e00":
                found += map(add, run, run[1:])
            elif first >= "\u30a0":
                found.append(run)
    return found
