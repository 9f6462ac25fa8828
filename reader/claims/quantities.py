"""Per cents, sums, units, dates and other numbers in a folded sentence, in four languages.

Owns their rules. Refuses to weigh them. Most are found at a digit, so each rule has three parts, for what begins with a
digit, with a Han character and with a word; a part is tried only where it can match. The first sign of a pattern is a
set of characters wherever that can be: then `re` skips what is none of them without trying.

Invariant: what `count` says of a rule is what a search for the whole rule says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.claims.cues import Reading
from reader.document import record
from reader.sanitize import pattern

_REST: Final = r"\d*+(?:[.,:/]\d++){0,20}+"
_NUMBER: Final = rf"\d(?<!\d\d){_REST}"
_HAN_NUMBER: Final = "[零一二三四五六七八九十百千万亿两几数]"
_TENTHS: Final = "成(?![为了都本就员立功长交])"
_SCALE: Final = "(?:thousand|million|billion|trillion|[千百十万亿兆]+|만|억|조)"
_MONEY: Final = (
    r"(?:dollars?|euros?|pounds?|yuan|yen|won\b|RMB|USD|[美日欧港韩]?元(?!素)|人民币|円|ドル|ユーロ|원|달러|유로)"
)
_ENGLISH_UNITS: Final = (
    r"thousand|million|billion|trillion|dozen|times\b|-?fold\b|people|persons|users|patients|students|children|workers|"
    r"households|countries|companies|participants|jobs|hours?\b|minutes?\b|seconds?\b|days?\b|weeks?\b|months?\b|"
    r"years?\b|"
    r"degrees?\b|miles?\b|(?:kilo)?met(?:er|re)s?\b|hectares?\b|acres?\b|feet\b|tons?\b|tonnes?\b|points?\b|"
    r"[kmcµn]m[²³2]?\b|"
    r"m[²³]|[kmµ]g\b|[KMGTP]i?[Bb](?:ps|/s)?\b|[KMGT]?Hz\b|[kMGT]Wh?\b|mAh\b|ms\b|°[CF]?|℃"
)
_EAST_ASIAN_UNITS: Final = (
    r"(?:[千兆吉]瓦时?|个月)|[多余]?[万亿千百兆]+[多余]?|倍|份|人|名|位|家(?!庭)|户|个(?!百分点)|台|辆|架|艘|次|项|"
    r"件|款|吨|公斤|千克|克|斤|公里|千米|米|"
    r"厘米|毫米|纳米|平方|立方|亩|公顷|小时|分钟|秒|天(?!津)|周年?|岁|国|所|座|篇|条|张|本|部|股|か月|ヶ月|时间|分间|"
    r"週|社|年间|年以上|才|匹|"
    r"만|억|조|명|개|배|년간|시간|건|대(?!학)|살"
)
_PERCENT_DIGIT: Final = pattern(
    rf"{_NUMBER}\s?(?:%|‰|per ?cents?\b|percentage points?|个?百分点|パーセント|ポイント|퍼센트|{_TENTHS}|割(?!り))",
    re.IGNORECASE,
)
_PERCENT_HAN: Final = pattern(rf"(?:百|千|万|{_HAN_NUMBER}{{1,3}})分之{_HAN_NUMBER}+|[一两二三四五六七八九]{_TENTHS}")
_PERCENT_WORD: Final = pattern(
    r"\b(?:one|two|three)[- ](?:third|quarter|fifth|half)s?\b|\bby (?:a third|a quarter|half)\b"
    r"|\b(?:a (?:third|quarter|fifth|tenth)|half) of\b",
    re.IGNORECASE,
)
PERCENT: Final = (_PERCENT_DIGIT, _PERCENT_HAN, _PERCENT_WORD)
_CURRENCY_DIGIT: Final = pattern(rf"{_NUMBER}\s?{_SCALE}?\s?{_MONEY}", re.IGNORECASE)
_CURRENCY_HAN: Final = pattern(
    rf"{_HAN_NUMBER}(?<!{_HAN_NUMBER}{_HAN_NUMBER}){_HAN_NUMBER}*+\s?{_MONEY}", re.IGNORECASE
)
_CURRENCY_SIGN: Final = pattern(rf"(?:[$€£¥₩₹]|US\$|RMB|USD|HK\$)\s?{_NUMBER}(?:\s?{_SCALE})?", re.IGNORECASE)
CURRENCY: Final = (_CURRENCY_SIGN, _CURRENCY_DIGIT, _CURRENCY_HAN)
_UNIT_DIGIT: Final = pattern(
    rf"{_NUMBER}\s?(?:[-~–—至到]\s?{_NUMBER}\s?)?(?:{_ENGLISH_UNITS}|{_EAST_ASIAN_UNITS})", re.IGNORECASE
)
_UNIT_YEARS: Final = pattern(r"[1-9](?<!\d\d)\d?年(?![代级月])")
_UNIT_HAN: Final = pattern(
    r"[数几上一两二三四五六七八九十百千万](?:(?<=[数几上])[十百千万亿]{1,12}[人名家个台吨美元倍]"
    r"|(?<=[一二两三四五六七八九十百千万])[一两二三四五六七八九十百千万]{1,12}[多余]?[万亿人名家个倍吨])"
)
_UNIT_WORD: Final = pattern(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty|hundred|thousand|million)s?(?: of)? "
    r"(?:times|million|billion|thousand|hundred|people|years|months|percent|countries|thousands)\b",
    re.IGNORECASE,
)
UNIT: Final = (_UNIT_DIGIT, _UNIT_YEARS, _UNIT_HAN, _UNIT_WORD)
"""Each a rule, in parts. Those that begin with the same sign stand in the order in which they are preferred."""
_MONTH: Final = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_MONTH_NAME: Final = pattern("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
_DATE_DIGIT: Final = pattern(
    r"\d(?:\d{1,3}[年년](?: ?\d{1,2}[月월])?(?: ?\d{1,2}[日일])?|\d?[月월](?: ?\d{1,2}[日일])?|\d?[日일]|"
    r"\d{3}[-/.]\d{1,2}(?:[-/.]\d{1,2})?)"
)
_DATE: Final = pattern(
    rf"{_DATE_DIGIT.pattern}|{_MONTH}\.? \d{{1,2}}(?:, \d{{4}})?\b|\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH},? \d{{4}}"
)
_CJK_CHARACTER: Final = "[\u3040-\u9fff\uac00-\ud7af~-]"
_ANY_NUMBER: Final = pattern(
    rf"\d(?<!\d\d)(?:(?<![\w.#-]\d){_REST}(?![\w-])|(?<={_CJK_CHARACTER}\d){_REST}(?![A-Za-z\d])"
    rf"|(?<![A-Za-z\d.#]\d){_REST}(?={_CJK_CHARACTER}))"
)
_NAME_BEFORE: Final = pattern(r"\w{0,24}[A-Z]\w{0,24} $")
_YEAR: Final = pattern(r"[12](?<!\d\d)(?:(?<=1)[5-9]|(?<=2)0)\d\d(?!\d)")
_LIST_NUMBER: Final = pattern(r"\W{0,3}\d{1,3}[.)、]\s?")
_DIGIT: Final = pattern("[0-9]")
_HAN_NUMERAL: Final = pattern(
    "[十百千万亿一两二三四五六七八九分](?:(?<=[十百千万亿])|(?<=分)之|(?<=[一两二三四五六七八九])[成倍])"
)
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
_MONEY_SIGN: Final = pattern("[$€£¥₩₹元円원달유ドユ币]")
_MONEY_WORDS: Final = frozenset(
    re.findall("[a-z]+", "dollar dollars euro euros pound pounds yuan yen won rmb usd us hk")
)
"""Without one of them the longer patterns are not tried."""
_FIGURE: Final = pattern(r"\d(?:[\d.,]*\d|(?=%)|(?<![A-Za-z\d]\d)(?![A-Za-z\d]))")


@record
class Quantities:
    """What there is of them in a sentence."""

    shape: tuple[float, float, float, float, float, float]
    """1 or 0: a per cent, a sum, a number with a unit, a number, two of them, a date."""
    figures: tuple[str, ...]
    """The numbers of two digits or more and the percentages, as they are written."""
    digits: int
    """Digits it has."""


_NONE: Final = Quantities((0.0, 0.0, 0.0, 0.0, 0.0, 0.0), (), 0)


def count(reading: Reading, *, wide: bool) -> Quantities:
    """What there is in a sentence. `wide`: it has Han, Kana or Hangul."""
    folded, words = reading.text, reading.words
    digits = _DIGIT.search(folded) is not None
    spelt = not _NUMBER_WORDS.isdisjoint(words)
    if not (digits or spelt or (wide and _HAN_NUMERAL.search(folded) is not None)):
        return _NONE
    listed = _LIST_NUMBER.match(folded)
    plain = " " * listed.end() + folded[listed.end() :] if listed else folded
    percent = currency = unit = False
    worded = not _PERCENT_WORDS.isdisjoint(words)
    if worded or _PERCENT_SIGN.search(folded) is not None:
        percent = (
            (digits and _PERCENT_DIGIT.search(plain) is not None)
            or (("分之" in plain or "成" in plain) and _PERCENT_HAN.search(plain) is not None)
            or (worded and _PERCENT_WORD.search(plain) is not None)
        )
    if _MONEY_SIGN.search(folded) is not None or not _MONEY_WORDS.isdisjoint(words):
        currency = (
            digits and (_CURRENCY_DIGIT.search(plain) is not None or _CURRENCY_SIGN.search(plain) is not None)
        ) or (wide and _CURRENCY_HAN.search(plain) is not None)
    unit = (
        (digits and (_UNIT_DIGIT.search(plain) is not None or _UNIT_YEARS.search(plain) is not None))
        or (wide and _UNIT_HAN.search(plain) is not None)
        or (spelt and _UNIT_WORD.search(plain) is not None)
    )
    if not digits:
        return Quantities((float(percent), float(currency), float(unit), 0.0, 0.0, 0.0), (), 0)
    found = len(numbers(plain))
    dated = _dates(plain).search(plain) is not None or _YEAR.search(plain) is not None
    return Quantities(
        (float(percent), float(currency), float(unit), float(found >= 1), float(found >= 2), float(dated)),
        tuple(_FIGURE.findall(folded)) if found else (),
        len(_DIGIT.findall(folded)),
    )


def first(rule: Sequence[re.Pattern[str]], folded: str) -> tuple[int, int] | None:
    """Where the first match of a rule stands in a folded sentence."""
    found = [match.span() for part in rule if (match := part.search(folded)) is not None]
    return min(found, key=lambda span: span[0], default=None)


def figure(folded: str, among: Sequence[int] = (0, 1, 2, 3)) -> tuple[int, int] | None:
    """Where the figure stands that a folded sentence is about: a per cent, a sum or something counted or measured.

    None in brackets, behind "if", in a version, an order ("第3", "top 10") or a rule ("at least"), no few things ("3
    个"), no rounded crowd ("数百名") and no length of time that nothing has changed. A per cent goes before a sum, and
    what is in digits before what is in words. `among`: the rules that can match, by their place in that order.
    """
    rules = (PERCENT, CURRENCY, UNIT, _COUNTED)
    for order in among:
        for part in rules[order]:
            for match in part.finditer(folded):
                if not _aside(folded, match, order):
                    return match.span()
    return None


_COUNTED: Final = (
    pattern(
        r"\d(?<![\w.,#/:-]\d)(?:\d{0,3}(?:,\d{3}){1,4}|\d{1,8})\+?(?: (?!(?:is|was|has|does|as|this|its|plus|and|or|"
        r"of|to|in|for|by|on|the)\b)[a-z-]{2,20}){1,3}(?<=[a-rt-z]s)\b"
    ),
    pattern(r"\d(?<!\d\d)\d{0,8}(?:\.\d{1,4})?\s?(?:毫秒|微秒|毫安时?|毫瓦|瓦时?|封|行|亩)"),
    pattern(
        "[一二三四五六七八九十百千万](?<![一二三四五六七八九十百千万]{2})[一二三四五六七八九十百千万]{1,8}[多余]?亩"
    ),
)
"""A number of two digits or more and what there is so often, in English; what `UNIT` has not, in Chinese."""
_STATUS: Final = pattern(r"[45]\d\d (?:responses?|errors?|pages?|status)")
_CODE: Final = pattern(r"[45]0\d(?!\d)")
_OF_CODES: Final = ("HTTP", "error", "response")
"""Where one of them stands, a `_CODE` is the answer of a server."""
_BEFORE: Final = (
    *(
        "第",
        "前",
        "每",
        "top",
        "Top",
        "the first",
        "The first",
        "the last",
        "The last",
        "every",
        "Every",
        "each",
        "Each",
    ),
    *("version", "Version", "versions", "Versions", "hapter", "ection", "page", "Page", "step", "Step", "line", "Line"),
    *("lines", "Lines", " day", "Day", "part", "Part", "issue", "Issue", "port", "Port", "error", "Error", "errors"),
    *("HTTP", "RFC", "short", "returning", "端口", "版本", "编号"),
)
"""What makes a number behind it a place in an order, or a name."""
_LETTER: Final = pattern(r"(?:[A-Za-z#]-?|\d[.:]\s?)$")
_LISTED: Final = pattern(r"\d,? (?:and |or )?$")
"""Before the last of several numbers that are names."""
_PRODUCT: Final = pattern(r"[A-Z][\w.]{0,20} $")
_LIMIT: Final = (
    *(
        "t least",
        "t most",
        "max",
        "Max",
        "maximum",
        "maximum of",
        "min",
        "Min",
        "minimum",
        "minimum of",
        "至少",
        "至少需",
    ),
    *("至少需要", "最多", "不超过", "不少于", "最小", "最大"),
)
"""Behind which a number is asked for, and not told."""
_CONDITION: Final = pattern(
    r"(?:\b(?:[Ii]f|[Ww]hen|[Uu]nless|[Ww]henever|[Uu]ntil|[Oo]nce|must|should|need to|older than|newer than|e\.g\.|"
    r"[Ss]uppose|"
    r"[Ff]or example|[Ff]or instance|, say,?)\b|如果|假如|若|当(?![今前年地天中时选])|一旦|只要|必须|不得|例如|比如|"
    r"假设|要求)[^,.;:。]{0,48}$"
)
_CHANGED: Final = pattern(
    r"(?:\b(?:reduc\w*|down|cuts?|short\w*|stretch|extend\w*|takes?|took|within|under|just|only|from|average|latency|"
    r"average of)\b|"
    r"缩短|延长|降|减少|只需|仅需|耗时|长达|历时|延迟|平均|提前|需要?)[^,.;。]{0,24}$"
)
_DOZENS: Final = pattern(r"[1-9]\d\s?个|(?:8|16|32|64|128)\s?位")
_TOLD: Final = tuple("达仅只共超约近有了到至为过降升增自中球国计括盖及和由")
"""Before a few dozen things that are told of, and not named in passing."""
_SIZE: Final = pattern(r"(?:[KMGTkmgt]i?[Bb]|[cmµn]m|[MG]Hz)$")
_MEASURED: Final = pattern(
    r"(?:\b(?:sav(?:es?|ed|ing)|stor(?:es?|ed|ing)|holds?|uses?|used|using|only|size|is|was|broken?|takes?|took|"
    r"reduc\w*|from|to|than|about|around|just|at|exceed\w*|of|up to)|"
    r"达|仅|只|用|为|至|到|约|近|超过|需要?|低至|高达|是|能?存|有|占地?|重)\s?$"
)
"""Before the size of a thing that is told for its own sake, and not in a list of parts."""
_LASTS: Final = pattern(
    r"(?:\b(?:by|to|in|about|around|nearly|almost|more than|less than|last(?:s|ed)?|takes?)|约|近|超过?|达|用|花|仅|需|"
    r"持续了?|只要)\s?$"
)
_TIME: Final = pattern(
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|年|个月|月|周年?|週|天|日|小时|时间|分钟|秒|か月|ヶ月|"
    r"岁|살|년간|시간)$",
    re.IGNORECASE,
)
_FEW: Final = pattern(
    r"[1-9]\s?(?:个|项|条|名|位|家|人|台|辆|款|件|份|篇|座|张|本|部|次|所|国|股|社|才|名|개|명|건|people|persons|"
    r"users|patients|"
    r"students|children|workers|countries|companies|points?|jobs|times)$",
    re.IGNORECASE,
)
_VAGUE: Final = pattern(
    r"^[数几上][十百千万亿]+[^美元欧]{0,2}$|^(?:hundreds?|thousands?|twenty|thirty|dozens?)s? |"
    r"^[一二三四五六七八九十两]+[人名家个]$|^(?:two|three|four|five) people"
)
_WHOLE: Final = pattern(r"(?:100|0)\s?(?:%|per ?cent|percent)$", re.IGNORECASE)
_SPAN_AFTER: Final = pattern(
    r"\s?(?:年头|[下上]采样|[^,。]{0,10}中的?第|果|就|熟|员|世纪|代|级|年代|版|号|强|大(?!约|概)|后|前|以来|来,|"
    r"以[前后内]|之[前后内]|ago\b|old\b|"
    r"later\b|part(?:y|ies)\b|-?bit\b)"
)


def _aside(folded: str, match: re.Match[str], order: int) -> bool:
    """Whether a number is no figure of the matter. `order`: 0 for a per cent, 1 for a sum, 2 for a unit, 3 counted."""
    start, end = match.span()
    shown = match[0]
    near = max(0, start - 24)
    window = folded[max(0, start - 64) : start]
    before = window.rstrip()
    if (
        folded.startswith(("例如", "比如", "假设"))
        or before.endswith(_BEFORE)
        or _LETTER.search(folded, near, start)
        or _CONDITION.search(window)
    ):
        return True
    if order == 0:
        return _WHOLE.match(shown) is not None or _SPAN_AFTER.match(folded, end) is not None
    if order == 1:
        return shown[0] in "数几上"
    if window.rfind("(") > window.rfind(")") or before.endswith(_LIMIT):
        return True
    if _DOZENS.fullmatch(shown) and not before.endswith(_TOLD):
        return True
    if _SIZE.search(shown) and not _MEASURED.search(folded, near, start):
        return True
    if _SPAN_AFTER.match(folded, end) or _FEW.fullmatch(shown) or _VAGUE.search(shown):
        return True
    if _TIME.search(shown):
        return not (
            shown[0].isdigit()
            and (
                _CHANGED.search(window)
                or (_LASTS.search(folded, near, start) and "年" not in shown and "year" not in shown)
            )
        )
    return order == 3 and (
        _STATUS.match(shown) is not None
        or (_CODE.match(shown) is not None and any(map(folded.__contains__, _OF_CODES)))
        or _YEAR.match(shown) is not None
        or _LISTED.search(folded, near, start) is not None
        or _PRODUCT.search(folded, near, start) is not None
        or _NAME_BEFORE.search(folded, near, start) is not None
    )


def numbers(folded: str) -> list[tuple[int, int]]:
    """Where numbers stand that are not part of a name ("iOS 18", "Chapter 3"); a whole date is one number."""
    dates = _dates(folded)
    found = [match.span() for match in dates.finditer(folded)]
    rest = dates.sub(lambda match: "_" * len(match[0]), folded) if found else folded
    for match in _ANY_NUMBER.finditer(rest):
        if len(match[0]) > 3 or not _NAME_BEFORE.search(rest, max(0, match.start() - 24), match.start()):
            found.append(match.span())
    return sorted(found)


def _dates(folded: str) -> re.Pattern[str]:
    """The pattern of dates: the short one where no month is named."""
    return _DATE if _MONTH_NAME.search(folded) is not None else _DATE_DIGIT
