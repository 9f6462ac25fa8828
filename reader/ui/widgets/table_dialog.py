"""A table with a screen of its own: as wide as its cells or wrapped, sorted by any column, heads kept in view.

Owns how its rows are ordered and which of them stand still. Refuses to lay out: `rows_of` makes them. Imported when the
first one opens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, TypeAlias

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from reader.layout import Row, cells
from reader.locale import N_, _
from reader.sanitize import pattern
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import Box, Lines, LinesDialog

RowsOf: TypeAlias = "Callable[[Sequence[int], int | None], Sequence[Row]]"
"""The rows of the table with its rows below the head in this order, by their numbers from 1; in so many cells, or None:
as wide as the cells are."""
_KEYS = N_("arrows scroll   s or a click on a head sorts   w wraps   Esc closes")
_FRAME = (4, 2)
"""Columns and rows of the box around its lines."""
_BAR_CELLS = 2
"""Of the line right of a column, with its blank."""
_NUMBER = pattern(r"[-+−]?\d[\d,  ]{0,20}+(?:\.\d{1,20}+)?")


def sort_key(text: str) -> tuple[int, float, str]:
    """What cells are sorted by: numbers by their size, before words, empty cells last."""
    text = " ".join(text.split())
    found = _NUMBER.match(text.lstrip("$€£¥~≈ "))
    if found is not None:
        number = re.sub(r"[^\d.\-−]", "", found[0]).replace("−", "-")
        return (0, float(number), text.casefold())
    return (1 if text else 2, 0.0, text.casefold())


class TableLines(Lines):
    """Rows whose first column stands still when the others are scrolled sideways."""

    def __init__(self, styles: ThemeStyles, clicked: Callable[[int], object]) -> None:
        """`clicked` is called with the number of a column whose head is clicked."""
        super().__init__(styles, ())
        self.kept = 0
        """Cells that stand still."""
        self._clicked = clicked

    def segments(self, y: int, width: int) -> Iterator[Segment]:
        line = y - self.top
        row = self.rows[line if line < self.fixed else y] if y < len(self.rows) else ()
        drawn = Strip([Segment(text, self.theme_styles.style(role)) for text, role in row])
        kept = self._still(width)
        yield from self._first(drawn, line, kept)
        moved = drawn.crop(kept + self.shifted, self.shifted + width)
        if self.widest - self.shifted <= width:
            yield from moved
        else:
            yield from moved.adjust_cell_length(max(0, width - kept - 1), self.theme_styles.style(""))
            yield Segment("›", self.theme_styles.style("label"))

    def _still(self, width: int) -> int:
        """Cells that stand still in `width`: a first column that would leave the others little is cut."""
        return min(self.kept, width * 2 // 5)

    def _first(self, drawn: Strip, line: int, still: int) -> Iterator[Segment]:
        """The first column, closed with a line where the others are shifted below it."""
        if not self.shifted or still == self.kept or still < _BAR_CELLS:
            yield from drawn.crop(0, still)
            return
        yield from drawn.crop(0, still - _BAR_CELLS).adjust_cell_length(still - _BAR_CELLS)
        yield Segment("┼─" if line == self.fixed - 1 else "│ ", self.theme_styles.style("table-rule"))

    def on_click(self, event: events.Click) -> None:
        """A click on a head sorts by its column."""
        if event.y >= self.fixed or not self.rows:
            return
        x = event.x + (self.shifted if event.x >= self._still(self.size.width - 1) else 0)
        self._clicked(sum(x >= bar for bar in bars(self.rows[0])))


def bars(row: Sequence[tuple[str, str]]) -> list[int]:
    """The cells at which the lines between the columns stand."""
    found, at = [], 0
    for text, role in row:
        if "table-rule" in role and "│" in text:
            found.append(at + text.index("│"))
        at += cells(text)
    return found


class TableDialog(LinesDialog):
    """A table in full."""

    lines: TableLines

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("T,enter", "close", show=False),
        Binding("w", "wrap", show=False),
        Binding("s", "sort_next", show=False),
    ]

    def __init__(self, styles: ThemeStyles, texts: Sequence[Sequence[str]], rows_of: RowsOf) -> None:
        """`texts` are the cells, the head first."""
        super().__init__()
        self.theme_styles = styles
        self.texts = texts
        self.rows_of = rows_of
        self.order: Sequence[int] = range(1, len(texts))
        self.column: int | None = None
        self.down = False
        """Whether the greatest comes first."""
        self.wrapped = False
        self.lines = TableLines(styles, self.sort)
        self.box = Box(_("Table"), _(_KEYS), classes="wide fitted")

    def fill(self) -> None:
        total = self.app.size
        most = max(10, total.width * 96 // 100 - _FRAME[0])
        width = most - 1 if self.wrapped else None  # the track has one
        made = self.rows_of(self.order, width)
        rows = [[(piece.text, piece.role) for piece in row.pieces] for row in made]
        head = next((number + 1 for number, row in enumerate(rows) if row and "─┼" in row[0][0]), 0)
        self.lines.fixed = head if head < 6 else 0
        edges = bars(rows[0]) if rows and len(rows[0]) else []
        self.lines.kept = edges[0] + 2 if edges else 0
        self.lines.shifted = 0
        self.lines.set_rows(rows)
        self.box.styles.width = min(most, max(cells(_(_KEYS)) + _FRAME[0], self.lines.widest + 1)) + _FRAME[0]
        self.lines.styles.height = max(1, min(len(rows), total.height * 9 // 10 - _FRAME[1]))
        said = ""
        if self.column is not None:
            name = " ".join(self.texts[0][self.column].split()) or str(self.column + 1)
            said = " " + _("by {column}").format(column=name) + (" ↓" if self.down else " ↑")
        self.box.set_title(_("Table") + said)

    def sort(self, column: int) -> None:
        """Sorts by a column; again: the other way round; a third time: as it was."""
        if not self.texts or column >= len(self.texts[0]):
            return
        if self.column != column:
            self.column, self.down = column, False
        elif not self.down:
            self.down = True
        else:
            self.column, self.down = None, False
        rows = range(1, len(self.texts))
        if self.column is None:
            self.order = rows
        else:
            keys = {row: sort_key(self.texts[row][column] if column < len(self.texts[row]) else "") for row in rows}
            empty = [row for row in rows if keys[row][0] == 2]
            filled = [row for row in rows if keys[row][0] != 2]
            self.order = [*sorted(filled, key=keys.__getitem__, reverse=self.down), *empty]
        self.fill()

    def action_sort_next(self) -> None:
        """Sorts by the next column."""
        count = len(self.texts[0]) if self.texts else 0
        if self.column is None:
            self.sort(0)
        elif not self.down:
            self.sort(self.column)
        else:
            self.sort(self.column if self.column + 1 >= count else self.column + 1)

    def action_wrap(self) -> None:
        """Wraps the cells to the width of the screen, or no longer."""
        self.wrapped = not self.wrapped
        self.fill()
