"""A document and a width become rows, lazily: only what is near the eye is laid out.

Owns the rows, the way between offsets and rows, and the looks of every block that do not need colour (bullets, bars,
table rules, signs). Refuses to draw: a piece names a *role* and the screen or the export decides what it looks like.

Invariants: a piece with a range shows exactly that range of the text, cell for cell in order (a tab shows as blanks, a
raised or lowered figure by its own sign); everything else is ornament and has no range. No row is wider than the
layout, save rows of code, which are shifted sideways and not wrapped (`Row.wide`).

The article is cut into *units*: a block, or a part of one that is too large to be laid out at once. A unit's height
is estimated until somebody looks at it; `measure` corrects estimates around a row and says where that row went, so the
text under the reader's eye stays where it is.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, assert_never

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
    Span,
    Table,
    Title,
)
from reader.language import image_word
from reader.layout import wrap
from reader.layout.columns import Columns, share, size_of
from reader.layout.heights import Heights
from reader.layout.wrap import cells

_PARAGRAPH = 4000
"""Characters from which running text is laid out in parts."""
_CODE = 200
"""Lines of code laid out at once."""
_TABLE = 60
"""Rows of a table laid out at once; its columns are measured on the first of them and the longest of all."""
_MOST = 20_000
"""Rows of a table that are asked for their longest cells."""
_LINE = 4000
"""Characters from which a line of code is folded after all."""
_TAB = 4
_CACHE = 1024
"""Units whose rows are kept."""
_LEAST = 10
"""Cells that containers leave to the text, however deep they nest."""
_WIDEST = 2
"""Cells of the widest character: what signs leave to the text at the very least."""
_RAISED = 12
"""Characters up to which text that cannot be raised or lowered gets a sign; longer text is small print."""

_BULLETS = ("• ", "◦ ", "▪ ")
_ALERTS = {"note": "ℹ Note", "tip": "✦ Tip", "important": "❖ Important", "warning": "⚠ Warning", "caution": "✖ Caution"}
_SUPERSCRIPT = dict(
    zip("0123456789+-=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)
)
_SUBSCRIPT = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))


class Piece(NamedTuple):
    """A run of one row in one look."""

    text: str
    role: str
    """Names separated by blanks, the outermost first: "body strong link"."""
    range: Range | None = None
    """What of the text it shows; None: ornament, left out by copying and searching."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the page."""

    pieces: tuple[Piece, ...] = ()
    ground: str = ""
    """Role of the row's whole width; empty: the page's."""
    fixed: int = 0
    """How many leading pieces stand still when a wide row is shifted."""
    wide: int = 0
    """Cells of the row where it is wider than the layout, else 0."""

    @property
    def range(self) -> Range | None:
        """What the row shows, from the least to the greatest offset; None for a row of ornament."""
        shown = [piece.range for piece in self.pieces if piece.range is not None]
        return Range(min(r.start for r in shown), max(r.end for r in shown)) if shown else None

    @property
    def text(self) -> str:
        """The row as it stands on the screen, ornaments included."""
        return "".join(piece.text for piece in self.pieces)


class Line(NamedTuple):
    """A line of the front: what stands under the title and is no part of the text."""

    text: str
    role: str


class Layout:
    """The rows of one document at one width.

    `width` is in cells, at least 1. `front` stands under the title (byline, front matter). `signs` marks with
    characters what else only colour would show, for outputs that have none.
    """

    def __init__(self, document: Document, width: int, *, front: Sequence[Line] = (), signs: bool = False) -> None:
        self.document = document
        self.width = max(1, width)
        self._front = tuple(front)
        self._signs = signs
        self._block: array[int] = array("l")  # index of the unit's block; -1 is the front
        self._start: array[int] = array("l")  # offset at which the unit starts
        self._end: array[int] = array("l")
        self._rows_least: array[int] = array("l")  # rows it takes at any width
        self._cells: array[int] = array("l")  # cells of running text it would take in one line
        self._measured = bytearray()
        self._heights = Heights()
        self._rows: dict[int, tuple[Row, ...]] = {}
        self._columns: dict[int, Columns | None] = {}
        self._samples: dict[int, tuple[tuple[Range, ...], ...]] = {}
        self._images = {image.start: image.number for image in document.images}
        self._image_word = ""
        self._front_unit = -1
        self._done = 0
        self._grow(document)

    # ---- the whole -------------------------------------------------------------------------------------------------

    @property
    def height(self) -> int:
        """Rows of the page, as far as they are known or estimated."""
        return self._heights.total

    def grow(self, document: Document) -> None:
        """Takes a document that extends the present one; nothing that is laid out changes."""
        known = len(self.document.images)
        self.document = document
        self._images.update((image.start, image.number) for image in document.images[known:])
        self._grow(document)

    def resize(self, width: int) -> None:
        """A new width: every height is an estimate again. Keep an offset before and ask `row_of` after."""
        self.width = max(1, width)
        self._forget()

    def set_front(self, front: Sequence[Line]) -> None:
        """Changes what stands under the title."""
        self._front = tuple(front)
        if self._front_unit >= 0:
            self._rows_least[self._front_unit] = len(self._front)
            self._rows.pop(self._front_unit, None)
            self.rows(self._front_unit)

    def measure(self, y: int, above: int, below: int) -> int:
        """Lays out `above` rows over row `y` and `below` rows from it; returns where row `y` stands now."""
        if not self._block:
            return 0
        unit, inside = self._heights.find(max(0, min(y, self.height - 1)))
        rows = self.rows(unit)
        inside = min(inside, max(0, len(rows) - 1))
        room, index = above - inside, unit
        while room > 0 and index > 0:
            index -= 1
            room -= len(self.rows(index))
        room, index = below - len(rows) + inside, unit
        while room > 0 and index + 1 < len(self._block):
            index += 1
            room -= len(self.rows(index))
        return self._heights.top(unit) + inside

    def row(self, y: int) -> Row:
        """Row `y` of the page; an empty one outside it."""
        if not 0 <= y < self.height:
            return Row()
        unit, inside = self._heights.find(y)
        rows = self.rows(unit)
        return rows[inside] if inside < len(rows) else Row()

    def walk(self) -> Iterator[Row]:
        """Every row from the top, nothing kept: for printing."""
        for unit in range(len(self._block)):
            yield from self._lay(unit)

    # ---- offsets and rows --------------------------------------------------------------------------------------------

    def row_of(self, offset: int) -> int:
        """The row that shows `offset`, or the nearest one after it in its block."""
        if not self._block:
            return 0
        unit = self._unit_of(offset)
        rows = self.rows(unit)
        return self._heights.top(unit) + _inside(rows, offset)

    def offset_of(self, y: int) -> int:
        """The offset at which row `y` starts, or the next row's that shows text."""
        if not self._block:
            return 0
        unit, inside = self._heights.find(max(0, min(y, self.height - 1)))
        for row in self.rows(unit)[inside:]:
            if (shown := row.range) is not None:
                return shown.start
        return self._start[unit + 1] if unit + 1 < len(self._start) else self._end[unit]

    def rough_offset(self, y: int) -> int:
        """The offset somewhere at row `y`, nothing laid out for it: for a track's ticks."""
        if not self._block:
            return 0
        unit, inside = self._heights.find(max(0, min(y, self.height - 1)))
        start, end = self._start[unit], self._end[unit]
        return start + (end - start) * inside // max(1, self._heights[unit])

    def block_of(self, y: int) -> int:
        """Index of the block row `y` belongs to; -1 for the front."""
        return self._block[self._heights.find(max(0, min(y, self.height - 1)))[0]] if self._block else -1

    def hit(self, y: int, x: int, shift: int = 0) -> int | None:
        """The offset under the cell `x` of row `y`, a wide row shifted by `shift` cells; None over ornament."""
        row = self.row(y)
        left = 0
        for index, piece in enumerate(row.pieces):
            if index == row.fixed and row.wide:
                left -= shift
            width = cells(piece.text)
            if left <= x < left + width:
                if piece.range is None:
                    return None
                if len(piece.text) != len(piece.range):
                    return piece.range.start
                for place, char in enumerate(piece.text):
                    left += cells(char)
                    if x < left:
                        return piece.range.start + place
            left += width
        return None

    def nearest(self, y: int, x: int, shift: int = 0) -> int:
        """As `hit`, but over ornament the nearest offset of the row: for a drag that leaves the text."""
        found = self.hit(y, x, shift)
        if found is not None:
            return found
        shown = self.row(y).range
        if shown is None:
            return self.offset_of(y)
        before = [p for p in range(x, -1, -1) if self.hit(y, p, shift) is not None]
        return (self.hit(y, before[0], shift) or 0) + 1 if before else shown.start

    # ---- tables ----------------------------------------------------------------------------------------------------

    def table(self, index: int) -> tuple[Row, ...]:
        """Every row of the table that is block `index`, its columns as wide as their cells: for a view of its own."""
        block = self.document.blocks[index]
        assert isinstance(block, Table)
        natural = [1] * _count(block)
        for row in block.rows:
            for column, cell in enumerate(row):
                natural[column] = max(natural[column], *map(cells, self._shown(block, cell).split("\n")))
        return tuple(self._table_rows(block, 0, len(block.rows), Columns(tuple(natural))))

    # ---- units -----------------------------------------------------------------------------------------------------

    def _grow(self, document: Document) -> None:
        text, blocks = document.text, document.blocks
        if not self._image_word and text:
            self._image_word = image_word(text)
        first = len(self._block)
        if self._front_unit < 0 and (blocks or document.complete):
            titled = bool(blocks) and self._is_title(blocks[0])
            if titled:
                self._units_of(0, blocks[0])
            self._front_unit = len(self._block)
            self._add(-1, blocks[0].end if titled else 0, blocks[0].end if titled else 0, len(self._front), 0)
            self._done = 1 if titled else 0
        begin = blocks[self._done].start if self._done < len(blocks) else 0
        sample = text[begin : begin + 2000].replace("\n", "")
        stretch = cells(sample) / len(sample) if sample else 1.0
        for index in range(self._done, len(blocks)):
            self._units_of(index, blocks[index], stretch)
        self._done = len(blocks)
        self._measured.extend(bytes(len(self._block) - first))
        self._heights.extend(self._estimate(first))

    def _is_title(self, block: Block) -> bool:
        """Whether the article's first block is what it is called: the front stands under it."""
        named = bool(self.document.metadata.title)  # with no block for it the body opens with the same words
        return isinstance(block, Title) or (
            isinstance(block, Heading) and (named or block.level == 1 or block.inferred)
        )

    def _add(self, block: int, start: int, end: int, least: int, run: int) -> None:
        self._block.append(block)
        self._start.append(start)
        self._end.append(end)
        self._rows_least.append(least)
        self._cells.append(run)

    def _units_of(self, index: int, block: Block, stretch: float = 1.0) -> None:
        text, start, end = self.document.text, block.start, block.end
        gap = self._gap(index)
        if isinstance(block, Table):
            for at in range(0, max(1, len(block.rows)), _TABLE):
                rows = block.rows[at : at + _TABLE]
                if at:
                    start = next((row[0].start for row in rows if row), start)
                last = next((row[-1].end for row in reversed(rows) if row), start)
                self._add(index, start, end if at + _TABLE >= len(block.rows) else last, gap + len(rows) + (not at), 0)
                gap = 0
        elif isinstance(block, Code):
            while True:
                cut, lines = start, 0
                while lines < _CODE and (found := text.find("\n", cut, end)) >= 0:
                    cut, lines = found + 1, lines + 1
                if lines < _CODE or cut >= end:
                    self._add(index, start, end, gap + lines + 1 + (not self._signs), 0)
                    break
                self._add(index, start, cut - 1, gap + lines, 0)
                start, gap = cut, 0
        else:
            while end - start > _PARAGRAPH:
                cut = _seam(text, start, start + _PARAGRAPH)
                self._add(index, start, cut - (text[cut - 1] == "\n"), gap, int((cut - start) * stretch))
                start, gap = cut, 0
            run = max(end > start, int((end - start) * stretch))
            self._add(index, start, end, gap + isinstance(block, Rule), run)

    def _estimate(self, first: int) -> list[int]:
        width = self.width
        return [
            least + (run + width - 1) // width
            for least, run in zip(self._rows_least[first:], self._cells[first:], strict=True)
        ]

    def _forget(self) -> None:
        self._rows.clear()
        self._columns.clear()
        self._measured = bytearray(len(self._block))
        self._heights.fill(self._estimate(0))

    def _unit_of(self, offset: int) -> int:
        return max(0, bisect_right(self._start, offset) - 1)

    def rows(self, unit: int) -> tuple[Row, ...]:
        """The rows of a unit, the blank ones above it included."""
        found = self._rows.get(unit)
        if found is None:
            found = self._rows[unit] = tuple(self._lay(unit))
            if len(self._rows) > _CACHE:
                del self._rows[next(iter(self._rows))]
            if not self._measured[unit]:
                self._measured[unit] = 1
            self._heights.set(unit, len(found))
        return found

    # ---- one unit ----------------------------------------------------------------------------------------------------

    def _gap(self, index: int) -> int:
        """Blank rows over a block."""
        if index == 0:
            return 1 if self._front and self._block[:1] == array("l", [-1]) else 0
        before, block = self.document.blocks[index - 1], self.document.blocks[index]
        gap = min(2, self.document.text.count("\n", before.end, block.start)) - 1
        if isinstance(block, Heading) and block.level <= 2 and index > 1:
            gap += 1
        return max(0, gap)

    def _lay(self, unit: int) -> Iterator[Row]:
        index = self._block[unit]
        if index < 0:
            for line in self._front:
                for start, end in wrap.wrapped(line.text, self.width):
                    yield Row((Piece(line.text[start:end], line.role),))
            return
        block = self.document.blocks[index]
        whole = self._start[unit] == block.start
        before = self.document.blocks[index - 1].containers if index else ()
        opened = 0
        while opened < min(len(before), len(block.containers)) and before[opened] is block.containers[opened]:
            opened += 1
        if whole:
            blank = self._trim(self._prefix(block.containers[:opened], opened)[1])
            for _ in range(self._gap(index)):
                yield Row(blank)
            for place in range(opened, len(block.containers)):
                container = block.containers[place]
                if isinstance(container, Alert):
                    bars = self._trim(self._prefix(block.containers[: place + 1], place + 1)[1])
                    sign, kind = _ALERTS[container.kind].split()
                    room = max(1, self.width - sum(cells(piece.text) for piece in bars))
                    name = wrap.clip(f"{sign} {container.title or kind}", room)
                    yield Row((*bars, Piece(name, f"alert alert-{container.kind}")))
        marked, plain = self._prefix(block.containers, opened if whole else len(block.containers))
        first, rest = self._trim(marked), self._trim(plain)
        room = max(1, self.width - sum(cells(piece.text) for piece in rest))
        for row in self._content(unit, block, room):
            prefix = first
            first = rest
            wide = row.wide + self.width - room if row.wide > room else 0
            yield Row((*prefix, *row.pieces), row.ground, len(prefix), wide)

    def _prefix(self, containers: Sequence[Container], opened: int) -> tuple[list[Piece], list[Piece]]:
        """What stands before the first row and before the others; `opened`: the first container that starts here."""
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

    def _trim(self, prefix: list[Piece]) -> tuple[Piece, ...]:
        """Leaves the text some room on a narrow page: outer signs go first."""
        room = max(0, self.width - _LEAST)
        width = sum(cells(piece.text) for piece in prefix)
        while prefix and width > room:
            width -= cells(prefix.pop(0).text)
        return tuple(prefix)

    def _content(self, unit: int, block: Block, width: int) -> Iterator[Row]:
        start, end = self._start[unit], self._end[unit]
        match block:
            case Title():
                yield from self._flow(block, start, end, width, "title")
                if end == block.end:
                    yield Row((Piece("━" * min(width, max(8, cells(self.document.slice(block)))), "title-rule"),))
            case Heading(level=level, inferred=inferred):
                role = f"heading h{level}" + (" inferred" if inferred else "")
                sign = "≈ " * self._signs if inferred else "" if level < 3 else "▍ " if level == 3 else "▸ "
                yield from self._flow(block, start, end, width, role, sign)
                if level < 3 and not inferred and end == block.end:
                    shown = min(width, cells(self.document.text[start:end]))
                    yield Row((Piece(("━" if level == 1 else "─") * shown, f"heading-rule h{level}"),))
            case Paragraph(role=role):
                sign = "▾ " if role == "summary" else ""
                yield from self._flow(block, start, end, width, role, sign)
            case Code():
                yield from self._code(block, start, end, width)
            case Math():
                for line in _lines(self.document.text, start, end):
                    indent = Piece(" " * min(4, max(0, width - cells(self.document.slice(line)))), "body")
                    for row in self._flow(block, line.start, line.end, max(1, width - len(indent.text)), "math-block"):
                        yield Row((indent, *row.pieces))
            case Table():
                yield from self._table(unit, block, width)
            case Rule():
                yield Row((Piece("─" * width, "rule"),))
            case _:
                assert_never(block)

    # ---- running text ------------------------------------------------------------------------------------------------

    def _flow(self, block: Block, start: int, end: int, width: int, role: str, sign: str = "") -> Iterator[Row]:
        """Wraps a range of a block; `sign` hangs before the first row."""
        hang = cells(sign)
        if hang + _WIDEST > width:
            sign, hang = "", 0
        if start > block.start:
            sign = " " * hang
        runs = self._runs(block.spans, start, end, role)
        shown = runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)
        edges = [0]
        for run in runs:
            edges.append(edges[-1] + len(run.text))
        lead = Piece(sign, f"{role} sign")
        for begin, stop in wrap.wrapped(shown, width - hang) or ((0, 0),):
            row = tuple(_cut(runs, edges, begin, stop))
            yield Row((lead, *row) if sign else row)
            if hang:
                lead = Piece(" " * hang, role)

    def _runs(self, spans: Sequence[Span], start: int, end: int, role: str) -> list[Piece]:
        """The range in runs of one look, ornaments put in where spans begin and end."""
        runs: list[Piece] = []
        text = self.document.text
        stack: list[tuple[Span, str]] = []
        at = start

        def emit(stop: int) -> None:
            nonlocal at
            if stop > at:
                kind = stack[-1][0].kind if stack else ""
                look = stack[-1][1] if stack else role
                shown = text[at:stop]
                if kind in ("sub", "sup"):
                    shown = _shifted(shown, kind)
                runs.append(Piece(shown, look, Range(at, stop)))
                at = stop

        def close() -> None:
            span, look = stack.pop()
            tail = self._ornaments(span)[1]
            if tail and span.end <= end:
                runs.append(Piece(tail, look))

        for span in spans:
            if span.end <= start or span.start >= end:
                continue
            while stack and stack[-1][0].end <= span.start:
                emit(min(end, stack[-1][0].end))
                close()
            emit(max(start, span.start))
            stack.append((span, f"{stack[-1][1] if stack else role} {span.kind}"))
            head = self._ornaments(span)[0]
            if head and span.start >= start:
                runs.append(Piece(head, stack[-1][1]))
        while stack:
            emit(min(end, stack[-1][0].end))
            close()
        emit(end)
        return runs

    def _ornaments(self, span: Span) -> tuple[str, str]:
        match span.kind:
            case "image":
                return f"🖼\u00a0{self._image_word}\u00a0{self._images.get(span.start, 0)}\u00a0·\u00a0", ""
            case "kbd" | "note":
                return "[", "]"
            case "code" if self._signs:
                return "`", "`"
            case "strike" if self._signs:
                return "~~", "~~"
            case "sub" | "sup" if len(span) <= _RAISED and _unshifted(self.document.slice(span), span.kind):
                return ("_(", ")") if span.kind == "sub" else ("^(", ")")
            case _:
                return "", ""

    # ---- code --------------------------------------------------------------------------------------------------------

    def _code(self, block: Code, start: int, end: int, width: int) -> Iterator[Row]:
        ground = "" if self._signs else "code-block"
        indent = Piece("    " if self._signs else "  ", "code-block")
        if start == block.start and not self._signs:
            label = wrap.pad(wrap.clip(block.language, width - 2), width - 1, "right")
            yield Row((Piece(label, "code-block label"),), ground)
        for line in _lines(self.document.text, start, end):
            for at in range(line.start, max(line.end, line.start + 1), _LINE):
                pieces = _tabs(self.document.text, at, min(line.end, at + _LINE))
                full = cells(indent.text) + sum(cells(piece.text) for piece in pieces)
                yield Row((indent, *pieces), ground, 0, full if full > width else 0)
        if end == block.end and not self._signs:
            yield Row((), ground)

    # ---- tables ------------------------------------------------------------------------------------------------------

    def _shown(self, block: Table, cell: Range) -> str:
        return "".join(run.text for run in self._runs(_within(block.spans, cell), cell.start, cell.end, ""))

    def _sample(self, index: int, block: Table) -> tuple[tuple[Range, ...], ...]:
        """The rows of block `index` its columns are measured on."""
        found = self._samples.get(index)
        if found is None:
            found, rest = block.rows[:_TABLE], block.rows[_TABLE:_MOST]
            for column in range(_count(block) if rest else 0):
                longest = max(rest, key=lambda row: len(row[column]) if column < len(row) else 0)
                found = (*found, longest)
            self._samples[index] = found
        return found

    def _shares(self, index: int, block: Table, width: int) -> Columns | None:
        sizes = [[size_of(self._shown(block, cell)) for cell in row] for row in self._sample(index, block)]
        return share(sizes, _count(block), width)

    def _table(self, unit: int, block: Table, width: int) -> Iterator[Row]:
        index = self._block[unit]
        if index not in self._columns:
            self._columns[index] = self._shares(index, block, width)
        columns = self._columns[index]
        first = 0
        while unit and self._block[unit - 1] == index:
            unit, first = unit - 1, first + _TABLE
        last = min(len(block.rows), first + _TABLE)
        if columns is None:
            yield from self._records(block, first, last, width)
        else:
            yield from self._table_rows(block, first, last, columns)

    def _table_rows(self, block: Table, first: int, last: int, columns: Columns) -> Iterator[Row]:
        blank = columns.blanks
        bar = Piece(f"{' ' * blank}│{' ' * blank}", "table-rule")
        rules = [f"{sign * blank}┼{sign * blank}".join(sign * wide for wide in columns.widths) for sign in "─┈"]
        for number in range(first, last):
            row = block.rows[number]
            role = "table-head" if number == 0 else "table"
            if columns.ruled and number > 1:
                yield Row((Piece(rules[1], "table-rule"),))
            sides = [
                list(self._flow(_cell(block, cell), cell.start, cell.end, wide, role))
                for cell, wide in zip(row, columns.widths, strict=False)
            ]
            for line in range(max((len(side) for side in sides), default=1)):
                pieces: list[Piece] = []
                for column, wide in enumerate(columns.widths):
                    inside = sides[column][line].pieces if column < len(sides) and line < len(sides[column]) else ()
                    spare = wide - sum(cells(piece.text) for piece in inside)
                    align = block.align[column] if column < len(block.align) else ""
                    left = spare if align == "right" else spare // 2 if align == "center" else 0
                    pieces += [bar] if column else []
                    pieces += [Piece(" " * left, role)] if left > 0 else []
                    pieces += inside
                    pieces += [Piece(" " * (spare - left), role)] if spare > left else []
                yield Row(tuple(pieces))
            if number == 0:
                yield Row((Piece(rules[0], "table-rule"),))

    def _records(self, block: Table, first: int, last: int, width: int) -> Iterator[Row]:
        """A table too wide for its page: every row as a list of "head: cell". The first row's heads are the text's."""
        head = block.rows[0] if len(block.rows) > 1 else ()
        indent = 2 if width >= 2 + _WIDEST else 0
        for number in range(max(first, 1 if head else 0), last):
            row = block.rows[number]
            for column in range(max(len(row), len(head)) if number == 1 else len(row)):
                cell = row[column] if column < len(row) else None
                names: list[Row] = []
                if column < len(head) and len(head[column]):
                    if number > 1 and not cell:
                        continue
                    names = list(
                        self._flow(
                            _cell(block, head[column]), head[column].start, head[column].end, width, "table-head"
                        )
                    )
                    if number > 1:
                        names = [Row(tuple(piece._replace(range=None) for piece in name.pieces)) for name in names]
                values = (
                    []
                    if cell is None
                    else list(self._flow(_cell(block, cell), cell.start, cell.end, width - indent, "table"))
                )
                if len(names) == len(values) == 1:
                    colon = Piece("" if names[0].text.endswith((":", "：")) else ": ", "table-head")
                    both = Row((*names[0].pieces, colon, *values[0].pieces))
                    if cells(both.text) <= width:
                        yield both
                        continue
                yield from names
                for value in values:
                    yield Row((Piece("  ", "table"), *value.pieces)) if indent else value
            yield Row((Piece("─" * min(width, 8), "table-rule"),))


# ---- small things ----------------------------------------------------------------------------------------------------


def _count(block: Table) -> int:
    return max(map(len, block.rows), default=0)


def _inside(rows: Sequence[Row], offset: int) -> int:
    """Index of the row that shows `offset`, else of the first that shows something after it, else the last."""
    after = len(rows) - 1
    best = -1
    for number, row in enumerate(rows):
        for piece in row.pieces:
            if piece.range is None:
                continue
            if offset in piece.range:
                return number
            if piece.range.start > offset and best < 0:
                best = number
    return best if best >= 0 else max(0, after)


def _seam(text: str, start: int, end: int) -> int:
    """Where a long paragraph is cut: after a sentence, a line or a word, not far before `end`."""
    for marks in ("\n", "。！？!?", " ，、；"):
        cut = max(text.rfind(mark, start + _PARAGRAPH // 2, end) for mark in marks) + 1
        while 0 < cut < end and text[cut] in "。！？!?，、；”’」』）)】》":
            cut += 1
        if cut > start:
            return cut
    sizes = accumulate(map(len, wrap.graphemes(text[end - 40 : end + 40])))
    return next((end - 40 + size for size in sizes if size >= 40), end)


def _lines(text: str, start: int, end: int) -> Iterator[Range]:
    while True:
        found = text.find("\n", start, end)
        yield Range(start, end if found < 0 else found)
        if found < 0:
            return
        start = found + 1


def _tabs(text: str, start: int, end: int) -> list[Piece]:
    """A line of code, each tab a piece of its own that fills up to the next stop."""
    pieces: list[Piece] = []
    column = 0
    while start < end:
        found = text.find("\t", start, end)
        stop = end if found < 0 else found
        if stop > start:
            pieces.append(Piece(text[start:stop], "code-block", Range(start, stop)))
            column += cells(text[start:stop])
        if found >= 0:
            blank = _TAB - column % _TAB
            pieces.append(Piece(" " * blank, "code-block", Range(found, found + 1)))
            column += blank
        start = stop + 1
    return pieces


def _cut(runs: Sequence[Piece], edges: Sequence[int], begin: int, stop: int) -> Iterator[Piece]:
    """The part [begin, stop) of runs set one after the other; `edges` are the places where each begins."""
    index = max(0, bisect_right(edges, begin) - 1)
    while index < len(runs) and edges[index] < stop:
        run = runs[index]
        low, high = max(0, begin - edges[index]), min(len(run.text), stop - edges[index])
        if high > low:
            where = None if run.range is None else Range(run.range.start + low, run.range.start + high)
            yield run if high - low == len(run.text) else Piece(run.text[low:high], run.role, where)
        index += 1


def _within(spans: Sequence[Span], where: Range) -> tuple[Span, ...]:
    """Those of a table's spans that a cell holds: none goes beyond its cell, and there may be a hundred thousand."""
    first = bisect_left(spans, where.start, key=lambda span: span.start)
    return tuple(spans[first : bisect_left(spans, where.end, first, key=lambda span: span.start)])


def _cell(block: Table, cell: Range) -> Paragraph:
    return Paragraph(cell.start, cell.end, spans=_within(block.spans, cell))


def _unshifted(text: str, kind: str) -> bool:
    table = _SUBSCRIPT if kind == "sub" else _SUPERSCRIPT
    return any(char.isalnum() and char not in table for char in text)


def _shifted(text: str, kind: str) -> str:
    table = _SUBSCRIPT if kind == "sub" else _SUPERSCRIPT
    return text if _unshifted(text, kind) else "".join(table.get(char, char) for char in text)
