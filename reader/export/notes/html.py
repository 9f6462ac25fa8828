"""The article as one HTML page with its highlights lit and its notes beside them.

Owns the marks and the notes; the page itself, with the policy that lets it run and fetch nothing, is that of
`reader.export.html`. Everything is escaped.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from reader.document import Document, record
from reader.export.html import page
from reader.export.notes.value import ArticleNotes, PlacedNote
from reader.locale import _

STYLE: Final = (
    "mark[data-colour]{background:#ffe58a;padding:.05em 0}mark[data-colour=green]{background:#b8e6b0}"
    "mark[data-colour=blue]{background:#b3d8f5}mark[data-colour=pink],mark[data-colour=red]{background:#f7c0c6}"
    "mark[data-colour=purple]{background:#d9c8f0}mark[data-colour='']{background:none;border-bottom:2px dotted #888}"
    "aside{margin:.4rem 0;padding:.3rem .8rem;border-left:3px solid var(--line);font:.85rem/1.5 sans-serif;"
    "white-space:pre-wrap;overflow-wrap:anywhere}aside:target,mark:target,span:target+mark{outline:2px solid #c60}"
    "aside a{text-decoration:none}aside.mine{border-color:#c60}blockquote.lost{opacity:.8}"
    "@media screen and (min-width:76rem){body{margin-left:max(2rem,calc(50vw - 33rem))}"
    "aside:not(.note){float:right;clear:right;width:18rem;margin-right:-21rem}}"
    "@media screen and (prefers-color-scheme:dark){mark[data-colour]{background:#665500}"
    "mark[data-colour=green]{background:#2d5a27}mark[data-colour=blue]{background:#1f4a6b}"
    "mark[data-colour=pink],mark[data-colour=red]{background:#6b2a33}mark[data-colour=purple]{background:#4a3570}}"
)
"""Of marks and of what stands beside the text. The footnotes of the article are asides too, of class "note"."""


@record
class Segment:
    """A part of the text over which the same notes stand."""

    start: int
    end: int
    top: int
    """Number of the one that begins last, which is drawn."""
    begins: tuple[int, ...]
    """Numbers of those that begin here."""


def segments(ranges: Sequence[tuple[int, int]]) -> tuple[Segment, ...]:
    """Ranges that may overlap and nest, as parts that do not, in order of the text; empty ranges are left out."""
    begin: dict[int, list[int]] = {}
    finish: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(ranges):
        if start < end:
            begin.setdefault(start, []).append(number)
            finish.setdefault(end, []).append(number)
    edges = sorted(begin.keys() | finish.keys())
    found: list[Segment] = []
    open_now: dict[int, None] = {}
    for at, after in pairwise(edges):
        for number in finish.get(at, ()):
            del open_now[number]
        open_now |= dict.fromkeys(begin.get(at, ()))
        if open_now:
            found.append(Segment(at, after, next(reversed(open_now)), tuple(begin.get(at, ()))))
    return tuple(found)


def as_html(notes: ArticleNotes, document: Document | None) -> Iterator[str]:
    """The lines of the page. `document` is the article that `notes` were made with; None: it could not be read, and the
    page has each note with its quote."""
    marked = Marked(notes, document or Document())
    for line in page(document or Document(), notes.title, style=STYLE, text=marked.text, beside=marked.beside):
        if line == "</body></html>":
            yield from marked.homeless()
        yield line


class Marked:
    """The notes of one article as what stands in and beside its blocks."""

    def __init__(self, notes: ArticleNotes, document: Document) -> None:
        self.notes, self.title, self.document = notes.notes, notes.title, document
        self.segments = segments([_range(one) or (0, 0) for one in self.notes])
        self._starts = [segment.start for segment in self.segments]
        self._at_block: dict[int, list[int]] = {}
        for number, one in enumerate(self.notes):
            if document.blocks:
                where = _range(one)
                block = len(document.blocks) - 1 if one.lost else document.block_index(where[0]) if where else 0
                self._at_block.setdefault(block, []).append(number)

    def text(self, start: int, end: int) -> str:
        """A part of the text, escaped, its highlights in `<mark>`."""
        parts: list[str] = []
        at = start
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self.segments) and (segment := self.segments[index]).start < end:
            first, last = max(at, segment.start), min(end, segment.end)
            if first < last:
                parts += [escape(self.document.text[at:first]), self._mark(segment, first, last)]
                at = last
            index += 1
        return "".join([*parts, escape(self.document.text[at:end])])

    def _mark(self, segment: Segment, start: int, end: int) -> str:
        here = segment.begins if start == segment.start else ()
        anchors = "".join(f'<span id="at-{number}"></span>' for number in here)
        colour = escape(self.notes[segment.top].annotation.colour)
        return f'{anchors}<mark data-colour="{colour}">{escape(self.document.text[start:end])}</mark>'

    def beside(self, block: int) -> Iterator[str]:
        """The notes that begin in a block."""
        for number in self._at_block.get(block, ()):
            one = self.notes[number]
            if one.annotation.words or one.lost:
                yield self._aside(number, one)

    def homeless(self) -> Iterator[str]:
        """All notes, where there is no block beside which one could stand."""
        if self.document.blocks:
            return
        yield f"<h1>{escape(self.title)}</h1>"
        for one in self.notes:
            quote = f"<blockquote>{escape(one.quote)}</blockquote>" if one.quote else ""
            yield f'{quote}<aside class="mine">{escape(one.annotation.words)}</aside>'

    def _aside(self, number: int, one: PlacedNote) -> str:
        words = escape(one.annotation.words)
        if one.lost:
            quote = f'<blockquote class="lost">{escape(one.quote)}</blockquote>'
            lost = escape(_("Not in the article any more"))
            return f'<aside class="mine" id="mine-{number}">{lost}:{quote}{words}</aside>'
        back = f'<a href="#at-{number}">↩</a> ' if _range(one) else ""
        return f'<aside class="mine" id="mine-{number}">{back}{words}</aside>'


def _range(one: PlacedNote) -> tuple[int, int] | None:
    if one.place is None or one.place.range is None:
        return None
    return one.place.range.start, one.place.range.end
