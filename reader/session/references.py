"""What words of the text refer to: references as articles print them, `[12]`, and abbreviations with what they mean.

Owns what counts as one: a number, or several, in square brackets in running text, for which there is an entry further
on: a line, or a part of a paragraph, that begins with the same sign, or an item with that number in a section called
References or the like; and which words are abbreviations that the author explains. Refuses numbers and words in code,
in formulas and in links, which lead where their author wants.

Invariant: an entry is never taken for a place that cites it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reader.document import Block, Code, Document, Item, Math, Paragraph, Range
from reader.sanitize import pattern

_MOST_NUMBERS = 20
"""Entries of one `[3-40]` that are shown."""
_SIGN = pattern("[\\[［【〔]([0-9]{1,3}(?: ?[,，、–—-] ?[0-9]{1,3}){0,20})[\\]］】〕]")
_HEADINGS = frozenset(
    (
        *("references", "reference", "bibliography", "works cited", "sources", "notes", "literature", "footnotes"),
        *(
            "citations",
            "further reading",
            "参考文献",
            "参考资料",
            "参考",
            "引用",
            "注释",
            "资料来源",
            "文献",
            "參考文獻",
        ),
        *("參考資料", "註釋", "註解", "出典", "脚注", "注", "참고문헌", "참고 문헌", "literatur", "références"),
        *("referencias", "bibliografía", "bibliographie"),
    )
)
_NOT_TEXT = ("code", "math", "link", "image", "note")


class Cited(NamedTuple):
    """A place that cites one or more entries."""

    start: int
    end: int
    numbers: tuple[int, ...]

    @property
    def thing(self) -> object:
        """What is cited: two places may cite one thing."""
        return self.numbers


class Abbreviated(NamedTuple):
    """A word that is an abbreviation."""

    start: int
    end: int
    word: str

    @property
    def thing(self) -> object:
        """What is abbreviated."""
        return self.word


class References:
    """The references of one document, as far as it is loaded."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._entries: Mapping[int, Range] | None = None
        self._words: re.Pattern[str] | None = None

    def cited(self, shown: Range) -> list[Cited]:
        """The places in a range of the text that cite entries which are there."""
        document = self.document
        if not document.blocks:
            return []
        found: list[Cited] = []
        for index in range(
            document.block_index(shown.start), document.block_index(max(shown.start, shown.end - 1)) + 1
        ):
            for start, end, numbers in _signs(document, document.blocks[index]):
                there = tuple(number for number in numbers if number in self.entries)
                if there and start in shown and all(self.entries[number].start != start for number in there):
                    found.append(Cited(start, end, there))
        return found

    def abbreviated(self, shown: Range) -> list[Abbreviated]:
        """The words in a range of the text whose meaning the author says."""
        document = self.document
        if not document.blocks or not document.abbreviations:
            return []
        if self._words is None:
            known = sorted(document.abbreviations, key=len, reverse=True)
            self._words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)")
        found: list[Abbreviated] = []
        for index in range(
            document.block_index(shown.start), document.block_index(max(shown.start, shown.end - 1)) + 1
        ):
            block = document.blocks[index]
            if isinstance(block, Code | Math):
                continue
            start, end = max(block.start, shown.start), min(block.end, shown.end)
            for word in self._words.finditer(document.text, start, max(start, end)):
                if not _in_no_text(block, *word.span()):
                    found.append(Abbreviated(*word.span(), word[0]))
        return found

    @property
    def entries(self) -> Mapping[int, Range]:
        """The entries by number; of two with one number the last. Looked for once."""
        if self._entries is None:
            self._entries = dict(self._listed())
        return self._entries

    def _listed(self) -> Iterator[tuple[int, Range]]:
        document = self.document
        sections = document.sections
        starts = [section.start for section in sections]
        for block in document.blocks:
            first = document.text[block.start : block.start + 1]
            if isinstance(block, Paragraph) and first in "[［【〔" and first:
                yield from self._of_paragraph(block)
            elif block.containers and isinstance(block.containers[0], Item) and block.containers[0].number is not None:
                at = bisect_right(starts, block.start) - 1
                if at >= 0 and sections[at].title.strip(" :：.。#").lower() in _HEADINGS:
                    yield block.containers[0].number, Range(block.start, block.end)

    def _of_paragraph(self, block: Paragraph) -> Iterator[tuple[int, Range]]:
        """A paragraph that begins with a sign; where the next number stands in it, the lines of a list were joined."""
        signs = [(start, numbers[0]) for start, _, numbers in _signs(self.document, block) if len(numbers) == 1]
        if not signs or signs[0][0] != block.start:
            return
        entries = [signs[0]]
        for start, number in signs[1:]:
            if number == entries[-1][1] + 1:
                entries.append((start, number))
        ends = [start for start, _ in entries[1:]] + [block.end]
        for (start, number), end in zip(entries, ends, strict=True):
            text = self.document.text[start:end]
            yield number, Range(start, start + len(text.rstrip()))


def _signs(document: Document, block: Block) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """The signs of a block: start, end, and the numbers they name."""
    if isinstance(block, Code | Math):
        return
    for found in _SIGN.finditer(document.text, block.start, block.end):
        start, end = found.span()
        if not _in_no_text(block, start, end):
            yield start, end, _numbers(found[1])


def _in_no_text(block: Block, start: int, end: int) -> bool:
    """Whether a part of a block is code, a formula, a link or the like."""
    return any(span.start < end and start < span.end for span in block.spans if span.kind in _NOT_TEXT)


def _numbers(written: str) -> tuple[int, ...]:
    """`1, 3` is two numbers, `1-3` three."""
    numbers: list[int] = []
    for part in written.replace("，", ",").replace("、", ",").split(","):
        first, _, last = part.replace("–", "-").replace("—", "-").partition("-")
        begin = int(first)
        numbers += (
            range(begin, min(int(last.rpartition("-")[2] or begin), begin + _MOST_NUMBERS) + 1) if last else (begin,)
        )
    return tuple(dict.fromkeys(numbers))[:_MOST_NUMBERS]
