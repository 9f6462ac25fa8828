"""What can be measured of one sentence, in any language: the inputs of the learned part of the score.

Owns the features and their names, and the rules for numbers, quotes and the like. Refuses absolute position: a model
that knows it learns the genre of its training set, not what a claim is; and whatever only one language has.

Invariant: every feature lies between 0 and 1, and a sentence is measured with no look at the others, except for its
length and its ties to its neighbours, which `relate` adds once the article is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from reader.claims.cues import Reading, cues, read

_NUMBER: Final = r"(?<!\d)\d++(?:[.,:/]\d++)*+"
_HAN_NUMBER: Final = "[零一二三四五六七八九十百千万亿两几数]"
_TENTHS: Final = "成(?![为了都本就员立功长交])"
_SCALE: Final = "(?:thousand|million|billion|trillion|[千百十万亿兆]+|만|억|조)"
PERCENT: Final = re.compile(
    rf"{_NUMBER}\s?(?:%|‰|per ?cents?\b|percentage points?|个?百分点|パーセント|ポイント|퍼센트|{_TENTHS}|割(?!り))"
    rf"|(?:百|千|万|{_HAN_NUMBER}{{1,3}})分之{_HAN_NUMBER}+|[一两二三四五六七八九]{_TENTHS}"
    r"|\b(?:one|two|three)[- ](?:third|quarter|fifth|half)s?\b",
    re.IGNORECASE,
)
CURRENCY: Final = re.compile(
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
    r"[多余]?[万亿千百兆]+[多余]?|倍|人|名|位|家(?!庭)|户|个(?!百分点)|台|辆|架|艘|次|项|件|款|吨|公斤|千克|克|斤|公里|千米|米|"
    r"厘米|毫米|纳米|平方|立方|亩|公顷|小时|分钟|秒|天(?!津)|周年?|岁|国|所|座|篇|条|张|本|部|股|か月|ヶ月|时间|分间|週|社|年间|年以上|才|匹|"
    r"만|억|조|명|개|배|년간|시간|건|대(?!학)|살"
)
UNIT: Final = re.compile(
    rf"{_NUMBER}\s?(?:[-~–—至到]\s?{_NUMBER}\s?)?(?:{_ENGLISH_UNITS}|{_EAST_ASIAN_UNITS})|(?<!\d)[1-9]\d?年(?![代级月])"
    r"|(?:数|几|上)[十百千万亿]+[人名家个台吨美元倍]|[一两二三四五六七八九十百千万]{2,}[多余]?[万亿人名家个倍吨]"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty|hundred|thousand|million)s?(?: of)? "
    r"(?:times|million|billion|thousand|hundred|people|years|months|percent|countries|thousands)\b",
    re.IGNORECASE,
)
_MONTH: Final = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_DATE: Final = re.compile(
    r"\d{2,4}[年년](?: ?\d{1,2}[月월])?(?: ?\d{1,2}[日일])?|\d{1,2}[月월](?: ?\d{1,2}[日일])?|\d{1,2}[日일]|"
    rf"\d{{4}}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?|{_MONTH}\.? \d{{1,2}}(?:, \d{{4}})?\b|\d{{1,2}} {_MONTH}(?: \d{{4}})?|"
    rf"{_MONTH},? \d{{4}}"
)
_CJK_CHARACTER: Final = "[\u3040-\u9fff\uac00-\ud7af~-]"
_ANY_NUMBER: Final = re.compile(
    rf"(?<![\w.#-]){_NUMBER}(?![\w-])|(?<={_CJK_CHARACTER}){_NUMBER}(?![A-Za-z\d])|"
    rf"(?<![A-Za-z\d.#]){_NUMBER}(?={_CJK_CHARACTER})"
)
_NAME_BEFORE: Final = re.compile(r"\w*[A-Z]\w* $")
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_LIST_NUMBER: Final = re.compile(r"^\W{0,3}\d{1,3}[.)、]\s?")
QUOTED: Final = re.compile(r'"[^"]{2,}(?:"|$)|“[^”]{2,}(?:”|$)|「[^」]{2,}(?:」|$)|『[^』]{2,}(?:』|$)|«[^»]{2,}»')
_CLAUSE: Final = re.compile("[,;:，；：、]")
_NAME: Final = re.compile(r"(?<=[a-z,;] )[A-Z][\w&.-]*|《[^》]+》|(?<=[\u3040-\u9fff\uac00-\ud7af])[A-Z][\w.+-]*")
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")

_STARTS: Final = (
    "contrast", "conclude", "also", "they", "story", "example", "past", "order", "condition", "source", "we", "study",
    "expert", "some", "future",
)  # fmt: skip
_PAIRS: Final = (
    ("study", "finding"), ("study", "link"), ("expert", "argue"), ("people", "able"), ("people", "must"),
    ("cause", "bad"), ("cause", "good"), ("argue", "bad"), ("argue", "good"), ("able", "cause"), ("able", "good"),
    ("able", "bad"), ("link", "bad"), ("negation", "finding"), ("compare", "people"), ("compare", "good"),
    ("compare", "bad"), ("must", "policy"), ("policy", "bad"), ("policy", "good"), ("argue", "policy"),
    ("report", "past"), ("story", "past"), ("change", "cause"), ("change", "able"), ("emphasis", "key"), ("all", "key"),
    ("key", "good"), ("some", "argue"), ("future", "change"),
)  # fmt: skip
_SHAPES: Final = (
    "percent", "currency", "unit", "numbers", "number", "year", "date", "quoted", "quote_whole", "question_mark",
    "exclamation", "ellipsis", "clauses", "colon", "semicolon", "bracket", "names", "past_words", "cue_kinds",
    "evaluates", "says_that", "verdict",
)  # fmt: skip
_RELATED: Final = ("long", "short", "length", "tie_before", "tie_after", "fresh")


@cache
def names() -> tuple[str, ...]:
    """The features' names, in the order of the values."""
    starts = tuple(f"starts:{name}" for name in _STARTS)
    pairs = tuple(f"{one}+{other}" for one, other in _PAIRS)
    return cues().groups + starts + pairs + _SHAPES + _RELATED


@cache
def _tables() -> tuple[dict[str, int], tuple[tuple[int, int], ...], tuple[tuple[int, int, int], ...]]:
    """Places of the shapes and the relations; of the starts by group; of the pairs by their two groups."""
    place = {name: number for number, name in enumerate(names())}
    starts = tuple((place[name], place[f"starts:{name}"]) for name in _STARTS)
    pairs = tuple((place[one], place[other], place[f"{one}+{other}"]) for one, other in _PAIRS)
    return place, starts, pairs


@dataclass(slots=True)
class Sentence:
    """One sentence, measured."""

    reading: Reading
    size: float
    """Words, a Han, Kana or Hangul character counting for 0.6 of one."""
    values: list[float]
    """One a feature, 0 to 1."""
    terms: tuple[str, ...]
    """What the sentence is about: stems of its words that are no function words, and pairs of Han, Kana or Hangul."""


def measure(text: str) -> Sentence:
    """Everything a sentence tells by itself."""
    reading = read(text)
    folded, hits = reading.text, reading.hits
    place, starts, pairs = _tables()
    values = [0.0] * len(names())
    for group in hits:
        values[group] = 1.0
    first = next((at for at, character in enumerate(folded) if character.isalnum()), 0)
    for group, where in starts:
        if group in hits and hits[group][0][0] == first:
            values[where] = 1.0
    for one, other, where in pairs:
        if values[one] and values[other]:
            values[where] = 1.0
    wide = len(_CJK.findall(folded)) if not folded.isascii() else 0
    size = len(reading.words) + 0.6 * wide - (0.6 if wide else 0)
    if any(character.isdigit() for character in folded) or wide:
        plain = _LIST_NUMBER.sub(lambda match: " " * len(match[0]), folded)
        values[place["percent"]] = float(PERCENT.search(plain) is not None)
        values[place["currency"]] = float(CURRENCY.search(plain) is not None)
        values[place["unit"]] = float(UNIT.search(plain) is not None)
        found = len(numbers(plain))
        values[place["numbers"]] = float(found >= 2)
        values[place["number"]] = float(found >= 1)
        values[place["year"]] = float(_YEAR.search(plain) is not None)
        values[place["date"]] = float(_DATE.search(plain) is not None)
    quotes = QUOTED.findall(folded)
    if quotes:
        share = sum(map(len, quotes)) / len(folded)
        values[place["quoted"]] = min(1.0, share * 2)
        values[place["quote_whole"]] = float(share > 0.85)
    values[place["question_mark"]] = float("?" in folded)
    values[place["exclamation"]] = float("!" in folded)
    values[place["ellipsis"]] = float("..." in folded or "…" in folded)
    values[place["clauses"]] = min(1.0, len(_CLAUSE.findall(folded)) / 4)
    values[place["colon"]] = float(":" in folded)
    values[place["semicolon"]] = float(";" in folded)
    values[place["bracket"]] = float("(" in folded)
    values[place["names"]] = min(1.0, len(_NAME.findall(folded)) / 5)
    past = sum(word.endswith("ed") for word in reading.words) + folded.count("了")
    values[place["past_words"]] = min(1.0, past / 3)
    values[place["cue_kinds"]] = min(1.0, len(hits) / 16)
    good, bad = values[place["good"]], values[place["bad"]]
    values[place["evaluates"]] = float(bool(good or bad))
    values[place["says_that"]] = float(
        bool((values[place["argue"]] or values[place["finding"]]) and "that" in reading.words)
    )
    values[place["verdict"]] = float(
        bool((values[place["conclude"]] or values[place["emphasis"]]) and (good or bad or values[place["key"]]))
    )
    return Sentence(reading, max(1.0, size), values, terms(reading))


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
_RUN: Final = re.compile("[\u30a0-\u30ff]{2,}|[\u4e00-\u9fff]+|[\uac00-\ud7af]+|[\u3041-\u309f]+")
_LOOSE: Final = frozenset(
    "的了着过是在有和与及或也都就而且但并又还很更最这那哪其之以于为对从到把被让给将会能可要不没未无非一二三两个些种样次点"
    "我你他她它们们自己此该每各如何什么吗呢吧啊么里中上下前后时年月日等所者地得说看来去出起成做当已正才只因由则却再"
)


def terms(reading: Reading) -> tuple[str, ...]:
    """The content terms of a sentence: for centrality and for what it shares with the title."""
    found = [word for word in reading.stems if len(word) > 1 and word not in _STOP]
    if not reading.text.isascii():
        for run in _RUN.findall(reading.text):
            first = run[0]
            if first >= "\uac00":
                if len(run) > 1:
                    found.append(run[:2])
            elif first >= "\u4e00":
                found += [
                    run[at : at + 2]
                    for at in range(len(run) - 1)
                    if run[at] not in _LOOSE and run[at + 1] not in _LOOSE
                ]
            elif first >= "\u30a0":
                found.append(run)
    return tuple(found)


def relate(sentences: list[Sentence]) -> None:
    """Add what only the neighbours tell: length against the median, shared terms with the one before and after."""
    if not sentences:
        return
    place = _tables()[0]
    sizes = sorted(sentence.size for sentence in sentences)
    median = sizes[len(sizes) // 2]
    bags = [frozenset(sentence.terms) for sentence in sentences]
    seen: dict[str, int] = {}
    for bag in bags:
        for term in bag:
            seen[term] = seen.get(term, 0) + 1
    for index, sentence in enumerate(sentences):
        values, bag = sentence.values, bags[index]
        ratio = sentence.size / median
        values[place["long"]] = float(ratio > 1.5)
        values[place["short"]] = float(ratio < 0.5)
        values[place["length"]] = min(1.0, ratio / 2.5)
        room = len(bag) or 1
        if index:
            values[place["tie_before"]] = len(bag & bags[index - 1]) / room
        if index + 1 < len(bags):
            values[place["tie_after"]] = len(bag & bags[index + 1]) / room
        values[place["fresh"]] = sum(seen[term] == 1 for term in bag) / room
