"""The column right of the page's text, on a terminal wide enough: notes and reasons beside their lines.

Owns its place and what stands in each of its rows. Refuses to narrow the text: where the page's measure leaves it too
little room, there is no column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from reader.document import Range
from reader.layout import Aside, AsideRow, Row, beside
from reader.session import Article, Asides
from reader.session import Aside as Told

GAP_CELLS = 3
"""Between the text and the column."""
_EDGE_CELLS = 1
"""Between the column and the track."""
_LEAST_CELLS, _WISHED_CELLS, _MOST_CELLS = 20, 36, 48
"""Of the column: with fewer there is none; the text moves to the left for so many; it has no more."""
_NOTE_ROWS, _REASON_ROWS = 12, 3
"""Of one aside, at most."""


class Text(Protocol):
    """The page, as the column beside it sees it."""

    top: int

    @property
    def article(self) -> Article:
        """The open article."""

    @property
    def margin(self) -> int:
        """Cells left of the text."""

    @property
    def rows(self) -> int:
        """Rows of the screen."""

    @property
    def shown(self) -> Range:
        """The offsets on the screen."""


class MarginColumn:
    """What stands beside the page."""

    def __init__(self, asides: Asides, page: Text, gutter: int) -> None:
        """`gutter`: cells left of the text that are never given up."""
        self.asides = asides
        self.page = page
        self.gutter = gutter
        self._key: tuple[object, ...] = ()
        """What `_rows` are of."""
        self._told: Sequence[Told] = ()
        self._rows: Mapping[int, AsideRow] = {}

    def left(self, width: int, text: int, centred: int) -> int:
        """Cells left of `text` cells of text in a pane of `width`, where it would stand `centred` without a column."""
        room = width - text - GAP_CELLS - _EDGE_CELLS
        if not self.asides.shown or room - self.gutter < _LEAST_CELLS:
            return centred
        return min(centred, max(self.gutter, room - _WISHED_CELLS))

    def cells(self, width: int) -> int:
        """Its width in a pane of `width` cells; 0: there is none."""
        room = width - self.page.margin - self.page.article.layout.width - GAP_CELLS - _EDGE_CELLS
        return min(room, _MOST_CELLS) if self.asides.shown and room >= _LEAST_CELLS else 0

    def row(self, y: int, width: int) -> Row | None:
        """What stands beside row `y` of the page."""
        cells = self.cells(width)
        if bool(cells) != self.asides.drawn:
            self.asides.drawn = bool(cells)
            self.asides.look()
        if not cells:
            return None
        self._set(cells)
        found = self._rows.get(y)
        return None if found is None else found.row

    def at(self, y: int, x: int, width: int) -> Told | None:
        """What stands in row `y` of the page and cell `x` of a pane of `width` cells."""
        if not self.cells(width) or x < self.page.margin + self.page.article.layout.width + GAP_CELLS:
            return None
        found = self._rows.get(y)
        return None if found is None else self._told[found.number]

    def _set(self, cells: int) -> None:
        page = self.page
        layout = page.article.layout
        key = (layout, layout.height, layout.width, page.top, page.rows, cells, self.asides.changed)
        if key == self._key:
            return
        self._key = key
        # those of a screen above too, or what they push down would move when they leave the screen
        first = max(0, page.top - page.rows)
        end = layout.offset_of(page.top + page.rows) if page.top + page.rows < layout.height else page.shown.end + 1
        self._told = self.asides.over(Range(layout.offset_of(first), end))
        self._rows = beside(map(self._aside, self._told), cells)

    def _aside(self, told: Told) -> Aside:
        row = self.page.article.layout.row_of(told.offset)
        if isinstance(told.of, int):
            return Aside(row, told.sign, told.text, "aside-current" if told.current else "aside", _REASON_ROWS)
        return Aside(row, told.sign, told.text, "aside-note", _NOTE_ROWS)
