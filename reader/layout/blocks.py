"""The blocks of a document in rows: each kind of block, and the markers of the containers it stands in.

Owns the ornaments around a block that need no colour (bullets, quote bars, rules under headings, markers of headings)
and the blank rows over it. Refuses to know about heights and units: it is asked for a part of a block.

Invariant: no row is wider than the width, save rows of code, which are not wrapped (`Row.wide`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from reader.document import (
    Alert,
    Block,
    Code,
    Container,
    Definition,
    Details,
    Document,
    Heading,
    Item,
    Math,
    Note,
    Paragraph,
    Quote,
    Range,
    Rule,
    Table,
    Title,
)
from reader.layout.code import code_rows
from reader.layout.inline import Inline, lines, spans_in
from reader.layout.picture import Picture
from reader.layout.rows import Piece, Row
from reader.layout.table import Tables
from reader.layout.units import UNIT_TABLE_ROWS
from reader.layout.wrap import cells, clip
from reader.locale import pgettext

_MIN_CONTENT_CELLS = 10
"""Width that the markers of containers leave to what stands in them, however deep they nest."""
_MIN_TITLE_RULE_CELLS = 8
_MATH_INDENT_CELLS = 4

_BULLETS = ("• ", "◦ ", "▪ ")
_ALERT_SIGNS = {"note": "ℹ", "tip": "✦", "important": "❖", "warning": "⚠", "caution": "✖"}
_ALERT_NAMES = {"note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution"}


class BlockRows:
    """The rows of the blocks of one document at one width, in cells."""

    def __init__(self, document: Document, width: int, *, signs: bool = False, images: bool = True) -> None:
        self._document = document
        self._width = width
        self._signs = signs
        self._inline = Inline(document, signs=signs, images=images)
        self._tables = Tables(self._inline)
        self.folded: Collection[int] = ()
        """Offsets of the summaries whose boxes are closed."""
        self.numbers = False
        """Whether lines of code show their numbers."""
        self.pictures: dict[int, Picture] = {}
        """Previews of images, by the offset at which the image stands: shown below the part of a block it is in."""

    def grow(self, document: Document) -> None:
        """Takes a document that extends the present one."""
        self._document = document
        self._inline.grow(document)

    def resize(self, width: int) -> None:
        """A new width."""
        self._width = width
        self._tables.resize()

    def rows(self, index: int, shown: Range, part: int, gap: int) -> Iterator[Row]:
        """The rows of the range `shown` of block `index`, which is the whole block or its unit number `part`.

        Where the range starts with the block, `gap` blank rows and the titles of alerts that start here stand over it.
        """
        block = self._document.blocks[index]
        containers = block.containers
        before = self._document.blocks[index - 1].containers if index else ()
        opened = 0
        while opened < min(len(before), len(containers)) and before[opened] is containers[opened]:
            opened += 1
        if shown.start == block.start:
            blank = self._fitted(_markers(containers[:opened], opened)[1])
            for _ in range(gap):
                yield Row(blank)
            for place in range(opened, len(containers)):
                container = containers[place]
                if isinstance(container, Alert) and not self._is_said(block, container):
                    bars = self._fitted(_markers(containers[: place + 1], place + 1)[1])
                    yield Row((*bars, _alert_title(container, self._room(bars))))
        else:
            opened = len(containers)
        first, rest = map(self._fitted, _markers(containers, opened))
        room = self._room(rest)
        for row in self._content(index, block, shown, part, room):
            if not rest and not first and not row.wide:
                yield row
                continue
            prefix = first
            first = rest
            wide = row.wide + self._width - room if row.wide > room else 0
            yield Row((*prefix, *row.pieces), row.ground, len(prefix) + row.fixed, wide)
        if self.pictures:
            yield from self._previews(block, shown, rest, room)

    def _previews(self, block: Block, shown: Range, markers: Sequence[Piece], room: int) -> Iterator[Row]:
        for span in spans_in(block.spans, Range(shown.start, shown.end + 1)):
            picture = self.pictures.get(span.start) if span.kind == "image" else None
            if picture is not None and picture.columns <= room:
                for row in picture.lines():
                    yield Row((*markers, *row.pieces), "", len(markers))

    def table_rows(self, index: int, order: Sequence[int] | None, width: int | None) -> Iterator[Row]:
        """All rows of the table that is block `index`, each column as wide as its widest cell or wrapped in `width`."""
        table = self._document.blocks[index]
        assert isinstance(table, Table)
        if order is not None and table.rows:
            table = replace(table, rows=(table.rows[0], *(table.rows[number] for number in order)))
        if width is None:
            return self._tables.natural_rows(table)
        return Tables(self._inline).rows(index, table, 0, len(table.rows), width)

    def _fitted(self, markers: list[Piece]) -> tuple[Piece, ...]:
        """The markers that leave the content some room on a narrow page: those of outer containers are left out."""
        if not markers:
            return ()
        room = max(0, self._width - _MIN_CONTENT_CELLS)
        width = sum(cells(piece.text) for piece in markers)
        first = 0
        while width > room and first < len(markers):
            width -= cells(markers[first].text)
            first += 1
        return tuple(markers[first:])

    def _room(self, markers: Sequence[Piece]) -> int:
        """The width beside markers."""
        return max(1, self._width - sum(cells(piece.text) for piece in markers)) if markers else self._width

    def _is_said(self, block: Block, alert: Alert) -> bool:
        """Whether a block is the summary of what is folded in an alert, and says nothing but what the alert is."""
        if not (isinstance(block, Paragraph) and block.role == "summary" and block.containers[-2:-1] == (alert,)):
            return False
        return self._document.slice(block).lower() in (alert.kind, alert.title.lower())

    def _content(self, index: int, block: Block, shown: Range, part: int, width: int) -> Iterator[Row]:
        inline, start, end = self._inline, shown.start, shown.end
        continued = start > block.start
        match block:
            case Title():
                yield from inline.rows(block.spans, start, end, width, "title")
                if end == block.end:
                    natural = max(_MIN_TITLE_RULE_CELLS, cells(self._document.slice(block)))
                    yield Row((Piece("━" * min(width, natural), "title-rule"),))
            case Heading(level=level, inferred=inferred):
                role = f"heading h{level}" + (" inferred" if inferred else "")
                marker = "≈ " * self._signs if inferred else "" if level < 3 else "▍ " if level == 3 else "▸ "
                yield from inline.rows(block.spans, start, end, width, role, marker=marker, continued=continued)
                if level < 3 and not inferred and end == block.end:
                    natural = cells(self._document.slice(shown))
                    yield Row((Piece(("━" if level == 1 else "─") * min(width, natural), f"heading-rule h{level}"),))
            case Paragraph(role=role):
                marker = ("▸ " if start in self.folded else "▾ ") if role == "summary" else ""
                yield from inline.rows(block.spans, start, end, width, role, marker=marker, continued=continued)
            case Code():
                yield from code_rows(
                    self._document.text, block, start, end, width, signs=self._signs, numbers=self.numbers
                )
            case Math():
                for line in lines(self._document.text, start, end):
                    indent = min(_MATH_INDENT_CELLS, max(0, width - cells(self._document.slice(line))))
                    blanks = Piece(" " * indent, "body")
                    for row in inline.rows(block.spans, line.start, line.end, max(1, width - indent), "math-block"):
                        yield Row((blanks, *row.pieces))
            case Table():
                first = part * UNIT_TABLE_ROWS
                last = min(len(block.rows), first + UNIT_TABLE_ROWS)
                yield from self._tables.rows(index, block, first, last, width)
            case Rule():
                yield Row((Piece("─" * width, "rule"),))
            case _:
                assert_never(block)


def _markers(containers: Sequence[Container], opened: int) -> tuple[list[Piece], list[Piece]]:
    """What stands before the first row of a block and before the others.

    Containers from index `opened` on start with this block: only these show a bullet or a number.
    """
    first: list[Piece] = []
    rest: list[Piece] = []
    depth = 0
    for place, container in enumerate(containers):
        match container:
            case Quote():
                mark = more = Piece("▎ ", "quote-bar")
            case Alert(kind=kind):
                mark = more = Piece("▌ ", f"alert alert-{kind}")
            case Details():
                mark = more = Piece("┆ ", "details-bar")
            case Definition():
                mark, more = Piece("  – ", "bullet"), Piece("    ", "body")
            case Note(number=number):
                mark = Piece(f"[{number}] ", "note-mark")
                more = Piece(" " * len(mark.text), "body")
            case Item(number=number, checked=checked):
                if checked is not None:
                    mark = Piece("☑ " if checked else "☐ ", "done" if checked else "bullet")
                elif number is not None:
                    mark = Piece(f"{number}. ".rjust(4), "bullet")
                else:
                    mark = Piece(_BULLETS[min(depth, 2)], "bullet")
                depth += 1
                more = Piece(" " * cells(mark.text), "body")
            case _:
                assert_never(container)
        first.append(mark if place >= opened else more)
        rest.append(more)
    return first, rest


def _alert_title(alert: Alert, width: int) -> Piece:
    return Piece(
        clip(f"{_ALERT_SIGNS[alert.kind]} {alert.title or pgettext('alert', _ALERT_NAMES[alert.kind])}", width),
        f"alert alert-{alert.kind}",
    )
