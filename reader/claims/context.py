"""Where a sentence stands: under which heading, in which kind of block, in bold or not; and what that is worth.

Owns the context of a sentence in a Document and the weights of it, which are set by hand: the labelled sentences have
none. Refuses to look at the words of the sentence itself.

Invariant: an article without headings, lists, boxes and bold face has no favours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.claims.cues import fold, read
from reader.claims.features import Sentence, terms
from reader.claims.sentences import Statement, eligible
from reader.document import Alert, Document, Item, Paragraph, Quote, record
from reader.sanitize import pattern

SUMMARY: Final = pattern(
    r"划重点|要点|摘要|总结|小结|结语|结论|亮点|写在最后|太长不看|导读"
    r"|\btl;?\s?dr\b|key (?:takeaways?|points?|findings?)|takeaways?$|highlights$"
    r"|^summary|^in short|^conclusions?$|bottom line"
    r"|まとめ|要約|ポイント|요약|결론|정리",
    re.IGNORECASE,
)
"""What a heading, a box or a line alone says that announces a summary."""
ASIDE: Final = pattern(
    r"^(?:关于(?:我们|作者|本文|.{1,12}$)|公司简介|联系(?:我们|方式)|参考(?:文献|资料)|相关阅读|延伸阅读|推荐阅读|版权|致谢|鸣谢|活动报名|报名方式)"
    r"|^(?:about (?:us|the author|[A-Z][\w .&]{1,30}$)|contact|media contact|references|further reading|related|"
    r"acknowledge?ments?|thanks|how to (?:register|join)|registration|credits)",
    re.IGNORECASE,
)
"""Headings of sections that say nothing of the article's subject."""
ASKING: Final = pattern(
    r"[?？]\s*$|^(?:why|how|what|who|when|where|is|are|can|should|does|do)\b|为什么|为何|如何|怎么|是什么|是否", re.I
)


@record
class Context:
    """Where one sentence stands."""

    heading: str = ""
    """The title of its section."""
    summary: bool = False
    """In a section, box or list that sums up."""
    item: bool = False
    """In a list."""
    quote: bool = False
    """In a block quote."""
    bold: float = 0.0
    """The share of it in bold face."""
    answers: bool = False
    """The first sentence under a heading that asks."""
    closes: bool = False
    """In the last paragraph of the article."""
    han: bool = False
    """In an East Asian script."""
    named: float = 0.0
    """The share of its heading's words that it repeats, if no sentence of the section repeats more."""
    aside: bool = False
    """In a section about the author, the company or other articles."""


_COMMON_BOLD: Final = 0.25
"""Where a larger share of the sentences is bold, bold face is a habit and tells nothing."""


def favours(contexts: Sequence[Context]) -> list[float]:
    """What the context of each sentence adds to its score, in standard deviations of the learned score."""
    bold = sum(one.bold > 0.6 for one in contexts)
    rare = 0 < bold <= max(1.0, _COMMON_BOLD * len(contexts))
    summing = sum(one.summary for one in contexts)
    sums_up = 0 < summing <= max(6.0, 0.2 * len(contexts))
    found = []
    for one in contexts:
        gain = 0.0
        if rare and one.bold > 0.6:
            gain += 1.0 if one.han else 0.6
        if sums_up and one.summary:
            gain += 0.9
        elif one.item:
            gain -= 0.3
        if one.quote:
            gain -= 0.3
        if one.answers:
            gain += 0.4
        if one.closes:
            gain += 0.25
        gain += 0.9 * one.named
        found.append(gain)
    return found


_LABEL_LENGTH: Final = 24
"""Characters of a line alone that announces a list."""
_REACH: Final = 12
"""So many blocks before an item are looked at for the line that announces its list."""
_LEAST_NAMED: Final = 0.34
"""A smaller share of the heading's words is chance."""


def contexts(
    document: Document, statements: Sequence[Statement], measured: Sequence[Sentence], *, last: bool
) -> list[Context]:
    """The context of each statement of a run. `last`: it ends with the article."""
    found: list[Context] = []
    titles = {one.section: document.sections[one.section].title for one in statements if one.section >= 0}
    wanted = {section: frozenset(terms(read(title))) for section, title in titles.items()}
    shares = [
        len(sentence.terms & wanted[one.section]) / len(wanted[one.section]) if wanted.get(one.section) else 0.0
        for one, sentence in zip(statements, measured, strict=True)
    ]
    best: dict[int, float] = {}
    for one, share in zip(statements, shares, strict=True):
        best[one.section] = max(best.get(one.section, 0.0), share)
    announced: dict[int, bool] = {}
    asides = {section: ASIDE.search(title) is not None for section, title in titles.items()}
    sums = {section: SUMMARY.search(fold(title)) is not None for section, title in titles.items()}
    for number, (one, sentence) in enumerate(zip(statements, measured, strict=True)):
        title = titles.get(one.section, "")
        block = document.blocks[one.paragraph]
        if one.paragraph not in announced:
            announced[one.paragraph] = sums.get(one.section, False) or _announced(document, one.paragraph)
        opening = SUMMARY.match(sentence.reading.text[:_LABEL_LENGTH]) if sentence.reading.text else None
        first = number == 0 or statements[number - 1].section != one.section
        share = shares[number]
        within = bool(block.containers)
        found.append(
            Context(
                heading=title,
                summary=announced[one.paragraph] or opening is not None,
                item=within and any(isinstance(container, Item) for container in block.containers),
                quote=within and any(isinstance(container, Quote) for container in block.containers),
                bold=one.bold,
                answers=first and bool(title) and ASKING.search(title) is not None and _opens(document, one),
                closes=last and one.paragraph == statements[-1].paragraph and one.paragraph != statements[0].paragraph,
                han=sentence.shape[-1] < 0.5,
                named=share if share >= _LEAST_NAMED and share == best[one.section] else 0.0,
                aside=asides.get(one.section, False),
            )
        )
    return found


def _announced(document: Document, number: int) -> bool:
    """Whether a block is in a box or under a line that announces a summary."""
    block = document.blocks[number]
    if any(isinstance(container, Alert) and SUMMARY.search(container.title) for container in block.containers):
        return True
    if not block.containers:
        return False
    for before in reversed(document.blocks[max(0, number - _REACH) : number]):
        if isinstance(before, Paragraph) and before.containers:
            continue
        text = document.slice(before).strip()
        return isinstance(before, Paragraph) and len(text) <= _LABEL_LENGTH and SUMMARY.search(text) is not None
    return False


def _opens(document: Document, one: Statement) -> bool:
    """Whether a statement stands in the first block of running text of its section."""
    start = document.sections[one.section].start
    for number in range(one.paragraph - 1, -1, -1):
        block = document.blocks[number]
        if block.start < start or one.paragraph - number > _REACH:
            break
        if eligible(block):
            return False
    return True
