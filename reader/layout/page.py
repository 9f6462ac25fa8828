"""A document and a width become rows, lazily: only what is near the rows asked for is laid out.

Owns the way between rows and offsets, and the rows kept of the units laid out last. Refuses to draw: a piece names a
*role* and the screen or the export decides what it looks like.

Invariant: no row is wider than the layout, save rows of code, which are scrolled sideways and not wrapped (`Row.wide`).

The height of a unit (see `units`) is estimated until it is laid out; `measure` lays out the units around a row and
says where that row is then, so the screen can show the same text at its top while heights are corrected.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from reader.document import Block, Document, Heading, Paragraph, Range, Title
from reader.layout.blocks import BlockRows
from reader.layout.code import FRAME_ROWS
from reader.layout.front import byline_index, byline_rows
from reader.layout.inline import lines
from reader.layout.picture import Picture
from reader.layout.rows import Line, Piece, Row
from reader.layout.units import FRONT, Units
from reader.layout.wrap import cells, wrapped

CACHED_UNITS = 1024
"""Units whose rows are kept."""
_SAMPLE_CHARS = 2000
"""Length of the text whose cells per character stand for those of the rest, in estimates of heights."""


class Layout:
    """The rows of one document at one width.

    `width` is in cells, at least 1. `front` is shown under the title; its lines of role "byline" go on with the byline
    of the text. `signs` shows as characters what else only a style would show, for outputs that have none. `top` rows
    above all are blank. Without `images` their numbers and descriptions are left out of lines.
    """

    def __init__(
        self,
        document: Document,
        width: int,
        *,
        front: Sequence[Line] = (),
        signs: bool = False,
        top: int = 0,
        images: bool = True,
    ) -> None:
        self.document = document
        self.width = max(1, width)
        self._front = tuple(front)
        self._front_unit: int | None = None
        self._byline: int | None = None
        """Index of the block that is the byline."""
        self._signs = signs
        self._top = top
        self._blocks = BlockRows(document, self.width, signs=signs, images=images)
        self.units = Units(self.width)
        """What is laid out at once: `rows` takes the number of one."""
        self._heights = self.units.heights
        self._rows: dict[int, tuple[Row, ...]] = {}
        self._hidden: Sequence[Range] = ()
        self._blocks_known = 0
        self._add_units()

    # ---- the whole -------------------------------------------------------------------------------------------------

    @property
    def height(self) -> int:
        """Rows of the page, as far as they are known or estimated."""
        return self._heights.total

    def grow(self, document: Document) -> None:
        """Takes a document that extends the present one; nothing that is laid out changes."""
        self.document = document
        self._blocks.grow(document)
        self._add_units()
        self._zero(self._hidden_units())

    def resize(self, width: int) -> None:
        """A new width: every height is an estimate again. Keep an offset before and ask `row_of` after."""
        self.width = max(1, width)
        self._rows.clear()
        self._blocks.resize(self.width)
        self.units.resize(self.width)
        self._zero(self._hidden_units())

    def set_hidden(self, hidden: Sequence[Range], folded: Collection[int]) -> None:
        """Leaves out the blocks that start in one of these ranges, which are sorted and apart; summaries at the offsets
        `folded` say that something is hidden. Keep an offset before and ask `row_of` after."""
        before = set(self._hidden_units())
        self._hidden = hidden
        self._blocks.folded = folded
        now = set(self._hidden_units())
        for unit in before - now:
            self._rows.pop(unit, None)
            self.units.set_hidden(unit, False)
        self._zero(now)
        for unit in [unit for unit in self._rows if self.units.range(unit).start in folded or self._summary(unit)]:
            del self._rows[unit]

    def _summary(self, unit: int) -> bool:
        index = self.units.block(unit)
        block = self.document.blocks[index] if index != FRONT else None
        return isinstance(block, Paragraph) and block.role == "summary"

    def _hidden_units(self) -> Iterator[int]:
        for part in self._hidden:
            unit = self.units.at_offset(part.start)
            while unit < len(self.units) and self.units.range(unit).start < part.end:
                if self.units.block(unit) != FRONT and self.units.range(unit).start >= part.start:
                    yield unit
                unit += 1

    def _zero(self, units: Iterable[int]) -> None:
        for unit in units:
            self._rows[unit] = ()
            self.units.set_hidden(unit, True)

    def set_numbers(self, shown: bool) -> None:
        """Shows the numbers of lines of code, or not; no row moves."""
        self._blocks.numbers = shown
        self._rows.clear()
        self._zero(self._hidden_units())

    def set_front(self, front: Sequence[Line]) -> None:
        """Changes what is shown under the title."""
        self._front = tuple(front)
        if self._front_unit is not None:
            self.units.set_least_rows(self._front_unit, len(self._front))
            for unit in range(self._front_unit + 1):
                if self.units.block(unit) in (FRONT, self._byline):
                    self._rows.pop(unit, None)
                    self.rows(unit)

    def set_picture(self, offset: int, picture: Picture | None) -> None:
        """Shows a preview of the image at an offset, or none; the rows around it become others."""
        if picture is None:
            self._blocks.pictures.pop(offset, None)
        else:
            self._blocks.pictures[offset] = picture
        if self.units:
            unit = self.units.at_offset(offset)
            self._rows.pop(unit, None)
            self.rows(unit)

    def measure(self, y: int, above: int, below: int) -> int:
        """Lays out `above` rows over row `y` and `below` rows from it; returns the number row `y` has then."""
        if not self.units:
            return 0
        unit, inside = self._find(y)
        rows = self.rows(unit)
        inside = min(inside, max(0, len(rows) - 1))
        missing, index = above - inside, unit
        while missing > 0 and index > 0:
            index -= 1
            missing -= len(self.rows(index))
        missing, index = below - len(rows) + inside, unit
        while missing > 0 and index + 1 < len(self.units):
            index += 1
            missing -= len(self.rows(index))
        return self._heights.top(unit) + inside

    def row(self, y: int) -> Row:
        """Row `y` of the page; an empty one outside it."""
        if not 0 <= y < self.height:
            return Row()
        unit, inside = self._heights.find(y)
        rows = self.rows(unit)
        return rows[inside] if inside < len(rows) else Row()

    def walk(self, start: int = 0, end: int | None = None) -> Iterator[Row]:
        """The rows of all units, or of those from `start` on and before `end`, none of them kept: for printing."""
        for unit in range(start, len(self.units) if end is None else end):
            yield from self._with_top(unit)

    @property
    def head_units(self) -> int:
        """Units from the top to the front, whose rows may change with it; 0 while there is nothing yet."""
        return 0 if self._front_unit is None else self._front_unit + 1

    # ---- offsets and rows --------------------------------------------------------------------------------------------

    def row_of(self, offset: int) -> int:
        """The row that shows `offset`, or the nearest one after it in its block."""
        if not self.units:
            return 0
        unit = self.units.at_offset(offset)
        rows = self.rows(unit)
        return self._heights.top(unit) + _row_showing(rows, offset)

    def offset_of(self, y: int) -> int:
        """The offset at which row `y` starts, or the next row that shows text."""
        if not self.units:
            return 0
        unit, inside = self._find(y)
        for row in self.rows(unit)[inside:]:
            if (shown := row.range) is not None:
                return shown.start
        return self.units.range(unit + 1).start if unit + 1 < len(self.units) else self.units.range(unit).end

    def rough_offset(self, y: int) -> int:
        """The offset at row `y` as far as it is known without laying out its unit: for the marks of a scroll bar."""
        if not self.units:
            return 0
        unit, inside = self._find(y)
        shown = self.units.range(unit)
        return shown.start + len(shown) * inside // max(1, self._heights[unit])

    def block_of(self, y: int) -> int:
        """Index of the block row `y` belongs to; -1 for the front."""
        return self.units.block(self._find(y)[0]) if self.units else FRONT

    def hit(self, y: int, x: int, shift: int = 0) -> int | None:
        """The offset in the cell `x` of row `y`, a wide row scrolled by `shift` cells; None over ornament."""
        row = self.row(y)
        left = 0
        for index, piece in enumerate(row.pieces):
            if index == row.fixed:
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

    def table(self, index: int, order: Sequence[int] | None = None, width: int | None = None) -> tuple[Row, ...]:
        """Every row of the table that is block `index`, for a view of its own: those below the head in an `order` given
        by their numbers from 1, its columns as wide as their cells, or wrapped in `width` cells."""
        return tuple(self._blocks.table_rows(index, order, width))

    # ---- units -----------------------------------------------------------------------------------------------------

    def rows(self, unit: int) -> tuple[Row, ...]:
        """The rows of a unit, the blank ones above it included."""
        found = self._rows.get(unit)
        if found is None:
            found = self._rows[unit] = () if self._hides(unit) else tuple(self._with_top(unit))
            if len(self._rows) > CACHED_UNITS:
                del self._rows[next(iter(self._rows))]
            self._heights.set(unit, len(found))
        return found

    def _hides(self, unit: int) -> bool:
        start = self.units.range(unit).start
        at = bisect_right(self._hidden, start, key=lambda part: part.start) - 1
        return at >= 0 and start < self._hidden[at].end and self.units.block(unit) != FRONT

    def _with_top(self, unit: int) -> Iterator[Row]:
        if unit == 0:
            yield from (Row() for _ in range(self._top))
        yield from self._laid_out(unit)

    def _find(self, y: int) -> tuple[int, int]:
        """The unit that holds row `y`, or the page's first or last row, and the row's number in it."""
        return self._heights.find(max(0, min(y, self.height - 1)))

    def _add_units(self) -> None:
        """Units for the blocks that have come, and for the front: under the title, or on top where there is none."""
        text, blocks = self.document.text, self.document.blocks
        if self._front_unit is None and (blocks or self.document.complete):
            self._byline = byline_index(self.document)
            above = self._byline + 1 if self._byline is not None else int(bool(blocks) and self._is_title(blocks[0]))
            for index in range(above):
                self._add_block(index, blocks[index])
            end, self._blocks_known = (blocks[above - 1].end if above else 0), above
            self._front_unit = len(self.units)
            self.units.add(FRONT, end, end, len(self._front), 0)
        start = blocks[self._blocks_known].start if self._blocks_known < len(blocks) else 0
        sample = text[start : start + _SAMPLE_CHARS].replace("\n", "")
        cells_per_char = cells(sample) / len(sample) if sample else 1.0
        for index in range(self._blocks_known, len(blocks)):
            self._add_block(index, blocks[index], cells_per_char)
        self._blocks_known = len(blocks)
        self.units.estimate_new()

    def _add_block(self, index: int, block: Block, cells_per_char: float = 1.0) -> None:
        code_frame_rows = 0 if self._signs else FRAME_ROWS
        gap = self._gap(index)
        self.units.add_block(self.document.text, index, block, gap, cells_per_char, code_frame_rows=code_frame_rows)

    def _is_title(self, block: Block) -> bool:
        """Whether the article's first block is its title."""
        named = bool(self.document.metadata.title)  # with no block for it the body opens with the same words
        return isinstance(block, Title) or (
            isinstance(block, Heading) and (named or block.level == 1 or block.inferred)
        )

    def _gap(self, index: int) -> int:
        """Blank rows over a block."""
        if index == 0:
            return 1 if self._front and self.units and self.units.block(0) == FRONT else 0
        if index == self._byline:
            return 0
        before, block = self.document.blocks[index - 1], self.document.blocks[index]
        gap = min(2, self.document.text.count("\n", before.end, block.start)) - 1
        if isinstance(block, Heading) and block.level <= 2 and index > 1 + (self._byline is not None):
            gap += 1
        return max(0, gap)

    def _laid_out(self, unit: int) -> Iterator[Row]:
        index = self.units.block(unit)
        if index == FRONT:
            return self._front_rows()
        if index == self._byline:
            return self._byline_rows(self.document.blocks[index])
        return self._blocks.rows(index, self.units.range(unit), self.units.part(unit), self._gap(index))

    def _byline_rows(self, block: Block) -> Iterator[Row]:
        """The rows of the byline, and with it what of the front goes on with it."""
        text = self.document.text
        parts = [Piece(text[part.start : part.end], "byline", part) for part in lines(text, block.start, block.end)]
        yield from byline_rows(parts + self._more_of_byline(), self.width)

    def _more_of_byline(self) -> list[Piece]:
        return [Piece(line.text, line.role) for line in self._front if line.role == "byline"]

    def _front_rows(self) -> Iterator[Row]:
        if self._byline is None:
            yield from byline_rows(self._more_of_byline(), self.width)
        for line in self._front:
            if line.role == "byline":
                continue
            for start, end in wrapped(line.text, self.width):
                yield Row((Piece(line.text[start:end], line.role),))


def _row_showing(rows: Sequence[Row], offset: int) -> int:
    """Index of the row that shows `offset`, else of the first that shows something after it, else the last."""
    after = -1
    for number, row in enumerate(rows):
        for piece in row.pieces:
            shown = piece.range
            if shown is not None and offset < shown.end:
                if offset >= shown.start:
                    return number
                if after < 0:
                    after = number
    return after if after >= 0 else max(0, len(rows) - 1)
