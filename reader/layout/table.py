"""Tables in rows: columns side by side with cells wrapped in them, or one record a row where the page is too narrow.

Owns the choice of the cells that columns are measured on, alignment and the lines between rows and columns; the widths
are computed by `columns`. Refuses to know where on the page a table stands.

Invariant: every cell of the rows asked for is shown once, whatever the width; in records the heads are text in the
first record and ornament in the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.document import Range, Table
from reader.layout.columns import Columns, column_widths, size_of
from reader.layout.inline import MIN_TEXT_CELLS, Inline, spans_in
from reader.layout.rows import Piece, Row
from reader.layout.wrap import cells

_MEASURED_ROWS = 60
"""First rows of a table, all cells of which are measured for the widths of its columns."""
_SCANNED_ROWS = 20_000
"""Rows in which the longest cell of each column is looked for, to be measured too."""
_RECORD_INDENT_CELLS = 2
_RECORD_RULE_CELLS = 8


class Tables:
    """The tables of one document, named by the index of their block."""

    def __init__(self, inline: Inline) -> None:
        self._inline = inline
        self._columns: dict[int, Columns | None] = {}
        self._samples: dict[int, tuple[tuple[Range, ...], ...]] = {}

    def resize(self) -> None:
        """Forgets the widths of columns: the page has another width."""
        self._columns.clear()

    def rows(self, index: int, table: Table, first: int, last: int, width: int) -> Iterator[Row]:
        """The rows [first, last) of the table that is block `index`, in `width` cells: the same each time until
        `resize`."""
        if index not in self._columns:
            sizes = [[size_of(self._shown(table, cell)) for cell in row] for row in self._sample(index, table)]
            self._columns[index] = column_widths(sizes, _column_count(table), width)
        columns = self._columns[index]
        if columns is None:
            return self._records(table, first, last, width)
        return self._side_by_side(table, first, last, columns)

    def natural_rows(self, table: Table) -> Iterator[Row]:
        """All rows, each column as wide as its widest cell."""
        natural = [1] * _column_count(table)
        for row in table.rows:
            for column, cell in enumerate(row):
                natural[column] = max(natural[column], *map(cells, self._shown(table, cell).split("\n")))
        return self._side_by_side(table, 0, len(table.rows), Columns(tuple(natural)))

    def _shown(self, table: Table, cell: Range) -> str:
        return self._inline.shown(spans_in(table.spans, cell), cell)

    def _cell(self, table: Table, cell: Range, width: int, role: str) -> list[Row]:
        return list(self._inline.rows(spans_in(table.spans, cell), cell.start, cell.end, width, role))

    def _sample(self, index: int, table: Table) -> tuple[tuple[Range, ...], ...]:
        """The rows that columns are measured on: the first, and those with the longest cells."""
        found = self._samples.get(index)
        if found is None:
            found, rest = table.rows[:_MEASURED_ROWS], table.rows[_MEASURED_ROWS:_SCANNED_ROWS]
            for column in range(_column_count(table) if rest else 0):
                longest = max(rest, key=lambda row: len(row[column]) if column < len(row) else 0)
                found = (*found, longest)
            self._samples[index] = found
        return found

    def _side_by_side(self, table: Table, first: int, last: int, columns: Columns) -> Iterator[Row]:
        padding = columns.padding
        bar = Piece(f"{' ' * padding}│{' ' * padding}", "table-rule")
        rules = [f"{char * padding}┼{char * padding}".join(char * width for width in columns.widths) for char in "─┈"]
        for number in range(first, last):
            row = table.rows[number]
            role = "table-head" if number == 0 else "table"
            if columns.ruled and number > 1:
                yield Row((Piece(rules[1], "table-rule"),))
            wrapped = [self._cell(table, cell, width, role) for cell, width in zip(row, columns.widths, strict=False)]
            for line in range(max(map(len, wrapped), default=1)):
                pieces: list[Piece] = []
                for column, width in enumerate(columns.widths):
                    shown = wrapped[column][line].pieces if column < len(row) and line < len(wrapped[column]) else ()
                    spare = width - sum(cells(piece.text) for piece in shown)
                    align = table.align[column] if column < len(table.align) else ""
                    left = spare if align == "right" else spare // 2 if align == "center" else 0
                    pieces += [bar] if column else []
                    pieces += [Piece(" " * left, role)] if left > 0 else []
                    pieces += shown
                    pieces += [Piece(" " * (spare - left), role)] if spare > left else []
                yield Row(tuple(pieces))
            if number == 0:
                yield Row((Piece(rules[0], "table-rule"),))

    def _records(self, table: Table, first: int, last: int, width: int) -> Iterator[Row]:
        """Each row of the table as a list of "head: cell", a rule below it; the row of heads is left out."""
        heads = table.rows[0] if len(table.rows) > 1 else ()
        indent = _RECORD_INDENT_CELLS if width >= _RECORD_INDENT_CELLS + MIN_TEXT_CELLS else 0
        for number in range(max(first, 1 if heads else 0), last):
            row = table.rows[number]
            for column in range(max(len(row), len(heads)) if number == 1 else len(row)):
                cell = row[column] if column < len(row) else None
                names: list[Row] = []
                if column < len(heads) and len(heads[column]):
                    if number > 1 and not cell:
                        continue
                    names = self._cell(table, heads[column], width, "table-head")
                    if number > 1:
                        names = [Row(tuple(piece._replace(range=None) for piece in name.pieces)) for name in names]
                values = [] if cell is None else self._cell(table, cell, width - indent, "table")
                if len(names) == len(values) == 1:
                    colon = Piece("" if names[0].text.endswith((":", "：")) else ": ", "table-head")
                    both = Row((*names[0].pieces, colon, *values[0].pieces))
                    if cells(both.text) <= width:
                        yield both
                        continue
                yield from names
                for value in values:
                    yield Row((Piece(" " * indent, "table"), *value.pieces)) if indent else value
            yield Row((Piece("─" * min(width, _RECORD_RULE_CELLS), "table-rule"),))


def _column_count(table: Table) -> int:
    return max(map(len, table.rows), default=0)
