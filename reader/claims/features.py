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
from operator import add
from typing import Final

from reader.claims.cues import Reading, cues, read
from reader.sanitize import pattern

_NUMBER: Final = r"(?<!\d)\d++(?:[.,:/]\d++)*+"
_HAN_NUMBER: Final = "[零一二三四五六七八九十百千万亿两几数]"
_TENTHS: Final = "成(?![为了都本就员立功长交])"
_SCALE: Final = "(?:thousand|million|billion|trillion|[千百十万亿兆]+|만|억|조)"
PERCENT: Final = pattern(
    rf"{_NUMBER}\s?(?:%|‰|per ?cents?\b|percentage points?|个?百分点|パーセント|ポイント|퍼센트|{_TENTHS}|割(?!り))"
    rf"|(?:百|千|万|{_HAN_NUMBER}{{1,3}})分之{_HAN_NUMBER}+|[一两二三四五六七八九]{_TENTHS}"
    r"|\b(?:one|two|three)[- ](?:third|quarter|fifth|half)s?\b|\bby (?:a third|a quarter|half)\b"
    r"|\b(?:a (?:third|quarter|fifth|tenth)|half) of\b",
    re.IGNORECASE,
)
CURRENCY: Final = pattern(
    rf"(?:[$€£¥₩₹]|US\$|RMB|USD|HK\$)\s?{_NUMBER}(?:\s?{_SCALE})?|(?:{_NUMBER}\s?{_SCALE}?|{_HAN_NUMBER}+)\s?"
    r"(?:dollars?|euros?|pounds?|yuan|yen|won\b|RMB|USD|[美日欧港韩]?元(?!素)|人民币|円|ドル|ユーロ|원|달러|유로)",
    re.IGNORECASE,
)
_ENGLISH_UNITS: Final = (
    r"thousand|million|billion|trillion|dozen|times\b|-?fold\b|people|persons|users|patients|students|children|workers|"
    r"households|countries|companies|participants|jobs|hours?\b|minutes?\b|seconds?\b|days?\b|weeks?\b|months?\b|years?\b|"
    r"degrees?\b|miles?\b|(?:kilo)?met(?:er|re)s?\b|hectares?\b|acres?\b|feet\b|tons?\b|tonnes?\b|points?\b|[kmcµn]m[²³2]?\b|"
    r"m[²³]|[kmµ]g\b|[KMGTP]i?[Bb](?:ps|/s)?\b|[KMGT]?Hz\b|[kMGT]Wh?\b|mAh\b|ms\b|°[CF]?|℃"
)
_EAST_ASIAN_UNITS: Final = (
    r"(?:[千兆吉]瓦时?|个月)|[多余]?[万亿千百兆]+[多余]?|倍|份|人|名|位|家(?!庭)|户|个(?!百分点)|台|辆|架|艘|次|项|件|款|吨|公斤|千克|克|斤|公里|千米|米|"
    r"厘米|毫米|纳米|平方|立方|亩|公顷|小时|分钟|秒|天(?!津)|周年?|岁|国|所|座|篇|条|张|本|部|股|か月|ヶ月|时间|分间|週|社|年间|年以上|才|匹|"
    r"만|억|조|명|개|배|년간|시간|건|대(?!학)|살"
)
UNIT: Final = pattern(
    rf"{_NUMBER}\s?(?:[-~–—至到]\s?{_NUMBER}\s?)?(?:{_ENGLISH_UNITS}|{_EAST_ASIAN_UNITS})|(?<!\d)[1-9]\d?年(?![代级月])"
    r"|(?:数|几|上)[十百千万亿]+[人名家个台吨美元倍]|[一两二三四五六七八九十百千万]{2,}[多余]?[万亿人名家个倍吨]"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty|hundred|thousand|million)s?(?: of)? "
    r"(?:times|million|billion|thousand|hundred|people|years|months|percent|countries|thousands)\b",
    re.IGNORECASE,
)
_MONTH: Final = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_DATE: Final = pattern(
    r"\d{2,4}[年년](?: ?\d{1,2}[月월])?(?: ?\d{1,2}[日일])?|\d{1,2}[月월](?: ?\d{1,2}[日일])?|\d{1,2}[日일]|"
    rf"\d{{4}}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?|{_MONTH}\.? \d{{1,2}}(?:, \d{{4}})?\b|\d{{1,2}} {_MONTH}(?: \d{{4}})?|"
    rf"{_MONTH},? \d{{4}}"
)
_CJK_CHARACTER: Final = "[\u3040-\u9fff\uac00-\ud7af~-]"
_ANY_NUMBER: Final = pattern(
    rf"(?<![\w.#-]){_NUMBER}(?![\w-])|(?<={_CJK_CHARACTER}){_NUMBER}(?![A-Za-z\d])|"
    rf"(?<![A-Za-z\d.#]){_NUMBER}(?={_CJK_CHARACTER})"
)
_NAME_BEFORE: Final = pattern(r"\w*[A-Z]\w* $")
_YEAR: Final = pattern(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_LIST_NUMBER: Final = pattern(r"^\W{0,3}\d{1,3}[.)、]\s?")
QUOTED: Final = pattern(r'"[^"]{2,}(?:"|$)|“[^”]{2,}(?:”|$)|「[^」]{2,}(?:」|$)|『[^』]{2,}(?:』|$)|«[^»]{2,}»')
_QUOTE: Final = pattern('["“「『«]')
_OPENS_QUOTE: Final = '"“「『«'
_DIGIT: Final = pattern("[0-9]")
_HAN_NUMERAL: Final = pattern("[十百千万亿]|分之|[一两二三四五六七八九][成倍]")
_NUMBER_WORDS: Final = frozenset(
    re.findall(
        "[a-z]+",
        "half third thirds quarter quarters fifth fifths dozen hundred hundreds thousand thousands million millions "
        "billion billions trillion times percent two three four five six seven eight nine ten twenty thirty fifty",
    )
)
_PERCENT_SIGN: Final = pattern("[%‰成分割パポ퍼]")
_PERCENT_WORDS: Final = frozenset(
    re.findall(
        "[a-z-]+",
        "percent percents cent cents percentage third thirds quarter quarters fifth fifths half halfs tenth one-third "
        "two-thirds one-quarter three-quarters one-fifth two-fifths three-fifths one-half",
    )
)
_CURRENCY_SIGN: Final = pattern("[$€£¥₩₹元円원달유ドユ币]")
_CURRENCY_WORDS: Final = frozenset(
    re.findall("[a-z]+", "dollar dollars euro euros pound pounds yuan yen won rmb usd us hk")
)
"""Without one of them the longer patterns are not tried."""
_STOPPED: Final = pattern("[.。．!?…](?:[”’」』）)\\]》\"'*]|[.。])*$")
_CODE: Final = pattern(r"[`{}<>=|\\$_&]|\.(?:jpe?g|png|gif|webp)$|^image$")
_ITEM: Final = pattern(r"[-*•·▪►]\s|\d{1,2}[.)、]\s?|[(（][\d一二三四五六七八九十]{1,3}[)）]")
_FIGURE: Final = pattern(r"\d[\d.,]*\d|\d(?=%)|(?<![A-Za-z\d])\d(?![A-Za-z\d])")
_FIRST: Final = pattern(r"[^\W_]")
_NAME: Final = pattern("[a-z,; \u3000-\u9fff\uac00-\ud7af][A-Z]|《")
"""A capital within the sentence, or a title."""
_CJK: Final = pattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")

STARTS: Final = (
    "contrast", "conclude", "also", "they", "story", "example", "past", "order", "condition", "source", "we", "study",
    "expert", "some", "future", "boost", "outline", "self", "invite", "announce",
)  # fmt: skip
"""Groups of cues for which it also counts whether the sentence begins with one."""
SHAPES: Final = (
    "percent", "currency", "unit", "number", "numbers", "date", "quoted", "opens_quote", "question_mark",
    "exclamation", "ellipsis", "ends_colon", "colon", "semicolon", "no_stop", "code", "item", "bracket", "clauses",
    "names", "cue_kinds", "evaluates", "size", "short", "latin",
)  # fmt: skip


@cache
def flags() -> tuple[str, ...]:
    """The names of what a sentence has or has not: a cue of each group, and one at its beginning."""
    return cues().groups + tuple(f"starts:{name}" for name in STARTS)


@cache
def _tables() -> tuple[dict[int, int], frozenset[int]]:
    """The number of the flag of a beginning, by group; and the groups that judge."""
    groups = cues().groups
    starts = {groups.index(name): len(groups) + number for number, name in enumerate(STARTS)}
    return starts, frozenset((groups.index("good"), groups.index("bad")))


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
    starts, judges = _tables()
    found = list(hits)
    first = _FIRST.search(folded)
    if first is not None:
        begin = 0.0 if reading.words and first[0].isascii() else first.start() / len(folded)
        found += [starts[group] for group, where in hits.items() if where == begin and group in starts]
    words = len(reading.words)
    wide = 0 if folded.isascii() else len(_CJK.findall(folded))
    size = max(1.0, words + 0.6 * wide - (0.6 if wide else 0))
    figures: tuple[str, ...] = ()
    percent = currency = unit = number = several = dated = 0.0
    if _DIGIT.search(folded) or (wide and _HAN_NUMERAL.search(folded)) or not _NUMBER_WORDS.isdisjoint(reading.words):
        plain = _LIST_NUMBER.sub(lambda match: " " * len(match[0]), folded)
        if _PERCENT_SIGN.search(folded) or not _PERCENT_WORDS.isdisjoint(reading.words):
            percent = float(PERCENT.search(plain) is not None)
        if _CURRENCY_SIGN.search(folded) or not _CURRENCY_WORDS.isdisjoint(reading.words):
            currency = float(CURRENCY.search(plain) is not None)
        unit = float(UNIT.search(plain) is not None)
        count = len(numbers(plain))
        number, several = float(count >= 1), float(count >= 2)
        dated = float(_DATE.search(plain) is not None or _YEAR.search(plain) is not None)
        figures = tuple(_FIGURE.findall(folded)) if number else ()
    quotes = QUOTED.findall(folded) if _QUOTE.search(folded) else ()
    clauses = folded.count(",") + folded.count(";") + folded.count(":") + folded.count("、")
    shape = (
        percent,
        currency,
        unit,
        number,
        several,
        dated,
        min(1.0, sum(map(len, quotes)) / len(folded) * 1.25) if quotes else 0.0,
        1.0 if folded[:1] in _OPENS_QUOTE and folded else 0.0,
        1.0 if "?" in folded else 0.0,
        1.0 if "!" in folded else 0.0,
        1.0 if "..." in folded or "…" in folded else 0.0,
        1.0 if folded.endswith(":") else 0.0,
        1.0 if ":" in folded else 0.0,
        1.0 if ";" in folded else 0.0,
        0.0 if _STOPPED.search(folded, len(folded) - 8 if len(folded) > 8 else 0) else 1.0,
        1.0 if _CODE.search(folded) or "::" in folded or "()" in folded or "//" in folded else 0.0,
        1.0 if _ITEM.match(folded) else 0.0,
        1.0 if "(" in folded else 0.0,
        min(1.0, clauses / 6),
        min(1.0, len(_NAME.findall(folded)) / 5),
        min(1.0, len(hits) / 16),
        0.0 if judges.isdisjoint(hits) else 1.0,
        min(1.0, math.log(size) / 4),
        1.0 if size < 8 else 0.0,
        min(1.0, words / size),
    )
    return Sentence(reading, size, tuple(found), shape, figures, frozenset(terms(reading)))


def numbers(folded: str) -> list[tuple[int, int]]:
    """Where numbers stand that are not part of a name ("iOS 18", "Chapter 3"); a whole date is one number."""
    found = [match.span() for match in _DATE.finditer(folded)]
    rest = _DATE.sub(lambda match: "_" * len(match[0]), folded)
    for match in _ANY_NUMBER.finditer(rest):
        if len(match[0]) > 3 or not _NAME_BEFORE.search(rest, max(0, match.start() - 24), match.start()):
            found.append(match.span())
    return sorted(found)


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
_RUN: Final = pattern(
    f"[\u30a0-\u30ff]{{2,}}|(?:(?![{''.join(sorted(_LOOSE))}])[\u4e00-\u9fff]){{2,}}|[\uac00-\ud7af]{{2,}}"
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
