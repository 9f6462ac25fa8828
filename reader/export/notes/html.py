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
    ".beside{display:flex;flex-direction:column-reverse}"
    "@media screen and (min-width:76rem){body{margin-left:max(2rem,calc(50vw - 33rem))}.beside{display:block}"
    ".beside>div:first-child{float:right;clear:right;width:18rem;margin-right:-21rem}}"
    "@media screen and (prefers-color-scheme:dark){mark[data-colour]{background:#463b00}"
    "mark[data-colour=green]{background:#20441c}mark[data-colour=blue]{background:#1b3f5c}"
    "mark[data-colour=pink],mark[data-colour=red]{background:#5c242c}mark[data-colour=purple]{background:#3f2d60}"
    "mark[data-colour='']{background:none}}"
)
"""Of marks and of what stands beside the text: at the margin where the page is wide, else below the passage."""
_COLOURS: Final = ("yellow", "green", "blue", "pink")
_MORE_COLOURS: Final = ("red", "purple")
"""Those of the style above; a colour of another name has that of its place in the settings."""


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


def as_html(notes: ArticleNotes, document: Document | None, colours: Sequence[str] = _COLOURS) -> Iterator[str]:
    """The lines of the page. `document` is the article that `notes` were made with; None: it could not be read, and the
    page has each note with its quote. `colours` are the names of the four colours."""
    marked = Marked(notes, document or Document(), colours)
    for line in page(document or Document(), notes.title, style=STYLE, text=marked.text, beside=marked.beside):
        if line == "</body></html>":
            yield from marked.lost() if document is not None and document.blocks else marked.homeless()
        yield line


class Marked:
    """The notes of one article as what stands in and beside its blocks."""

    def __init__(self, notes: ArticleNotes, document: Document, colours: Sequence[str] = _COLOURS) -> None:
        self.notes, self.title, self.document = notes.notes, notes.title, document
        self._colours = {
            **dict(zip(colours, _COLOURS, strict=False)),
            **{name: name for name in _COLOURS + _MORE_COLOURS},
        }
        self.segments = segments([_range(one) or (0, 0) for one in self.notes])
        self._starts = [segment.start for segment in self.segments]
        self._at_block: dict[int, list[int]] = {}
        for number, one in enumerate(self.notes):
            if document.blocks and not one.lost:
                where = _range(one)
                block = document.block_index(where[0]) if where else 0
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
        name = self.notes[segment.top].annotation.colour
        colour = self._colours.get(name, _COLOURS[0]) if name else ""
        return f'{anchors}<mark data-colour="{colour}">{escape(self.document.text[start:end])}</mark>'

    def beside(self, block: int) -> Iterator[str]:
        """The notes that begin in a block."""
        for number in self._at_block.get(block, ()):
            one = self.notes[number]
            if one.annotation.words:
                yield self._aside(number, one)

    def lost(self) -> Iterator[str]:
        """Those whose passage is not in the article any more."""
        yield from (self._aside(number, one) for number, one in enumerate(self.notes) if one.lost)

    def homeless(self) -> Iterator[str]:
        """All notes, where there is no block beside which one could stand."""
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
