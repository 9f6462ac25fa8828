"""Where sentences begin and end, in Chinese, Japanese, Korean and English, by rule.

Owns the splitter, and which blocks of a Document have sentences that may be claims. Refuses to judge a sentence.

Invariant: ranges are in order, do not overlap, begin and end with a character that is no space, and what lies between
them is white space, ornament (the dots after a full stop) or a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reader.document import Block, Document, Note, Paragraph, Range, Span, record
from reader.sanitize import pattern

_CJK: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WIDE: Final = pattern(f"[{_CJK}]")
_ENDS_CLOSELY: Final = pattern(f"[{_CJK}A-Za-z%)”]")
"""Before a full stop that a Han, Kana or Hangul character follows without a space."""
_BEFORE_QUOTE: Final = pattern(rf"[\s(\[{_CJK}—–，。：:；、]")
"""Before a straight quotation mark that opens."""
_OPENER: Final = pattern("[A-Za-z']+")
_STOP: Final = pattern(r"[.。．｡！？!?…‥\n“「『（([《\"](?:(?<=[.。．｡！？!?…‥])[.。．｡！？!?…‥]+)?+")
"""Where something may end, or something opens within which nothing ends. One set comes first: the search is quick."""
_PAIRS: Final = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "[": "]", "《": "》", '"': '"'}
_FULL: Final = frozenset("。．｡！？")
"""Signs after which a sentence is over, whatever follows."""
_REACH: Final = 300
"""A quotation or bracket of up to so many characters stays whole; in a longer one each sentence is one."""
_DOTS: Final = pattern(r"(?<=[。！？!?])(?:\.{2,}|…+)\Z")
"""Dots after the sign that ends a sentence."""
_LONGEST_DOTS: Final = 40
_BEFORE_LAST_DOT: Final = frozenset(".…。！？!?")
_CLOSERS: Final = pattern(r"[”’」』）)\]》】\"'*]*")
_AFTER: Final = pattern(r"[ \t\u3000]*")
_WORD_BEFORE: Final = pattern(r"[^\s(\[“\"'‘—–/]+$")
_LIST_ITEM: Final = pattern(r"(?:\d+|[ivxIVX]+|[a-zA-Z])$")
_INITIALS: Final = pattern(r"(?:[A-Za-z]\.)*[A-Za-z]$")
_WORDS: Final = pattern(r"[a-z.]+")
_TITLES: Final = frozenset(
    _WORDS.findall("mr mrs ms dr prof st sen rep gov gen col lt capt sgt maj rev hon pres messrs mme mlle ft mt jr")
)
"""Never the end of a sentence: a name follows."""
_SHORT: Final = frozenset(
    _WORDS.findall(
        "vs etc eg ie cf al eds approx est inc ltd co corp dept univ assn bros jan feb mar apr jun jul aug sep sept "
        "oct nov dec mon tue wed thu fri sat sun a.m p.m u.s u.k u.n e.g i.e ph.d b.c a.d d.c sr min max avg rev resp "
        "incl viz ca tel ext"
    )
)
"""The end of a sentence only before one of `_OPENERS`."""
_NUMBERED: Final = frozenset(_WORDS.findall("no nos fig figs vol vols p pp ch sec eq art ver"))
"""No end before a number."""
_ABBREVIATED: Final = _TITLES | _SHORT | _NUMBERED
_LONGEST_ABBREVIATION: Final = max(map(len, _ABBREVIATED))
_FULL_ALONE: Final = frozenset(("。", "．", "｡", "！", "？"))
_CLOSING: Final = frozenset("”’」』）)]》】\"'*")
_OPENERS: Final = frozenset(
    _WORDS.findall(
        "the a an this that these those it he she we they you i in on at but and however when while after before for "
        "if as there what who why how some many most all one another although since its his her their our my no not "
        "so yet still then now here according"
    )
)
"""Words that begin a sentence where they have a capital."""
_SAID: Final = pattern(
    r"[^。！？!?\n，,“「]{0,16}(?:说|道|表示|称|写|问|答|喊|认为|指出|告诉|解释|笑|补充|感叹|强调|坦言|這|这是|這是|表明|说明|話|語|述べ|言|と|"
    r"라고|고 |라며|이라고)"
)
"""What follows a quotation that closed after its own full stop, and belongs to it: who said it."""

_SHE_SAID: Final = pattern(
    r"(?:[A-Z][\w.'-]* ){1,3}(?:said|says|asked|asks|told|wrote|replied|added|shouted|answered|explained)\b"
)


def split(text: str, *, lines: bool = True) -> list[tuple[int, int]]:
    """Sentences of one block as half-open pairs of positions. `lines`: a line break ends one, too."""
    found: list[tuple[int, int]] = []
    start = position = 0
    for match in _STOP.finditer(text):
        at, end = match.span()
        if at < position:  # within a quotation, or among signs that are used up in part
            if end <= position:
                continue
            at = position
        sign, position = text[at:end], end
        if sign == ".":
            if _surely_ends(text, start, end):
                start = _add(found, text, start, end, end)
                continue
        elif sign == "\n":
            if lines or text.startswith("\n", end):
                start = _add(found, text, start, at, end)
            continue
        elif sign in _PAIRS:
            if sign == '"' and at and not _BEFORE_QUOTE.match(text[at - 1]):
                continue
            close = text.find(_PAIRS[sign], end, end + _REACH)
            if close < 0 or (sign == '"' and "\n" in text[end:close]):
                continue
            position = close + 1
            if text[close - 1] in ".。！？!?…" and close - 1 > at and sign != "《":
                where = _ends_after_quote(text, start, at, close)
                if where:
                    start = position = _add(found, text, start, where, where)
            continue
        elif sign in _FULL_ALONE and text[end : end + 1] not in _CLOSING:
            start = _add(found, text, start, end, end)
            continue
        where = _ends(text, start, at, end)
        if where:
            start = position = _add(found, text, start, where, where)
    _add(found, text, start, len(text), len(text))
    return found


def _surely_ends(text: str, start: int, after: int) -> bool:
    """Whether a sentence ends with the full stop before `after` by a quick look: a space and a capital follow, and
    before it stands a word that is no abbreviation. Where this is False, `_ends` tells."""
    if text[after : after + 1] != " " or not text[after + 1 : after + 2].isupper():
        return False
    word = text[max(start, text.rfind(" ", start, after) + 1) : after - 1]
    return len(word) > 1 and word.isalpha() and word.lower() not in _ABBREVIATED and word.strip("ivxIVX") != ""


def _add(found: list[tuple[int, int]], text: str, start: int, end: int, onward: int) -> int:
    """Keep what stands between without its white space, if it says anything; the dots after a full stop go."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end and (text[start].isalnum() or any(map(str.isalnum, text[start:end]))):
        if text[end - 1] in ".…" and text[end - 2 : end - 1] in _BEFORE_LAST_DOT:
            dots = _DOTS.search(text, max(start, end - _LONGEST_DOTS), end)
            end = dots.start() if dots else end
        found.append((start, end))
    return onward


def _ends(text: str, start: int, sign: int, after: int) -> int:
    """Where the sentence ends whose last sign may be `text[sign:after]`; 0 if it goes on."""
    signs = text[sign:after]
    closers = _CLOSERS.match(text, after)
    where = closers.end() if closers else after
    gap = _AFTER.match(text, where)
    follow = gap.end() if gap else where
    spaced = follow > where
    ahead = text[follow : follow + 1]
    if not ahead or ahead == "\n":
        return where
    if signs != ".":
        if not _FULL.isdisjoint(signs):
            return where
        if not signs.strip("…‥"):
            return where if spaced and ahead.isupper() else 0
    wide = _WIDE.match(ahead) is not None
    if not signs.strip("!?"):
        return where if wide or (spaced and not ahead.islower()) else 0
    if len(signs) >= 2:
        return where if spaced and (ahead.isupper() or wide) else 0
    if not spaced:
        before = text[sign - 1 : sign]
        return where if wide and (_ENDS_CLOSELY.match(before) is not None) and not _listed(text, start, sign) else 0
    if ahead.islower() or ahead in ",;:)—–-":
        return 0
    return 0 if _goes_on(text, start, sign, follow) else where


def _listed(text: str, start: int, sign: int) -> bool:
    """Whether the full stop at `sign` only follows the number of a list item."""
    return _LIST_ITEM.match(text[start:sign].strip()) is not None


def _goes_on(text: str, start: int, sign: int, follow: int) -> bool:
    """Whether the full stop at `sign`, a space behind it, belongs to an abbreviation, an initial or a list number."""
    if sign - start > _LONGEST_ABBREVIATION and text[sign - _LONGEST_ABBREVIATION - 1 : sign].isalpha():
        return False
    if _listed(text, start, sign):
        return True
    match = _WORD_BEFORE.search(text, max(start, sign - 24), sign)
    word = match[0] if match else ""
    low = word.lower()
    if low in _TITLES:
        return True
    opener = _OPENER.match(text, follow, follow + 16)
    opens = opener is not None and opener[0].lower() in _OPENERS
    if low in _NUMBERED:
        return text[follow].isdigit()
    if low in _SHORT:
        return not opens
    if _INITIALS.match(word) and word != "I" and word[-1].isupper():
        return opener is not None and not opens
    return False


def _ends_after_quote(text: str, start: int, opened: int, close: int) -> int:
    """Where the sentence ends of which a quotation or bracket closes at `close` behind a full stop; 0 if it goes on."""
    where = close + 1
    gap = _AFTER.match(text, where)
    follow = gap.end() if gap else where
    ahead = text[follow : follow + 1]
    if not ahead or ahead == "\n":
        return where
    if ahead.islower() or ahead in ",，、;；:：.。—–)）…":
        return 0
    introduced = text[start:opened].rstrip()
    if _WIDE.match(ahead):
        if introduced.endswith(("：", ":", "，", ",")):
            return where
        return 0 if text[opened] in "（(" or _SAID.match(text, follow) else where
    if _SHE_SAID.match(text, follow):
        return 0
    return where if follow > where else 0


@record
class Statement(Range):
    """A sentence of an article that may be a claim."""

    paragraph: int
    """Number of its block."""
    section: int
    """Number of its section; -1 where there is none."""
    bold: float
    """The share of it in bold face."""


def of_block(document: Document, number: int) -> list[Statement]:
    """The sentences of a block that may be claims: of running text, list items and quotes, and of nothing else."""
    block = document.blocks[number]
    if not eligible(block):
        return []
    text = document.text[block.start : block.end]
    strong: list[Span] = []
    if block.spans:
        strong = [span for span in block.spans if span.kind == "strong"]
        if any(span.kind in ("image", "note") for span in block.spans):
            text = _without_pictures(document, block)
    section = document.section_index(block.start)
    where = -1 if section is None else section
    base = block.start
    found = split(text, lines=not (isinstance(block, Paragraph) and block.role == "plain"))
    return [
        Statement(base + start, base + end, number, where, _share(strong, base, start, end) if strong else 0.0)
        for start, end in found
    ]


def _without_pictures(document: Document, block: Block) -> str:
    """The text of a block with spaces for its pictures and note marks."""
    kept: list[str] = []
    position = block.start
    for picture in (span for span in block.spans if span.kind in ("image", "note") and span.start >= block.start):
        kept += [document.text[position : picture.start], " " * (picture.end - max(position, picture.start))]
        position = max(position, picture.end)
    return "".join(kept) + document.text[position : block.end]


def _share(spans: list[Span], base: int, start: int, end: int) -> float:
    """The share of the characters from `start` to `end` after `base` that the spans cover."""
    covered = sum(max(0, min(span.end - base, end) - max(span.start - base, start)) for span in spans)
    return covered / (end - start)


def eligible(block: Block) -> bool:
    """Whether a block's sentences may be claims."""
    return (
        isinstance(block, Paragraph)
        and block.role in ("body", "plain")
        and not (block.containers and any(isinstance(container, Note) for container in block.containers))
    )


def of_document(document: Document, first: int = 0) -> Iterator[Statement]:
    """The sentences of all blocks from number `first` on."""
    for number in range(first, len(document.blocks)):
        yield from of_block(document, number)
