"""The values a layout yields: rows, and the pieces they are made of.

Owns the shape of a row. Refuses to know how rows are made or drawn.

Invariant: a piece with a range shows exactly that range of the text, character for character in order (a tab shows as
blanks, a superscript or subscript character by the Unicode character for it); a piece without one is ornament.
"""

from __future__ import annotations

from typing import NamedTuple

from reader.document import Range, record


class Piece(NamedTuple):
    """A run of characters of one row that are drawn in one style."""

    text: str
    role: str
    """Names separated by blanks, the outermost first: "body strong link"."""
    range: Range | None = None
    """What of the text it shows; None: ornament, left out by copying and searching."""


@record
class Row:
    """One row of the page."""

    pieces: tuple[Piece, ...] = ()
    ground: str = ""
    """Role of the background over the row's whole width; empty: the page's."""
    fixed: int = 0
    """Number of leading pieces that do not move when a wide row is scrolled sideways."""
    wide: int = 0
    """Width of the row in cells where it is wider than the layout, else 0."""

    @property
    def range(self) -> Range | None:
        """What the row shows, from the least to the greatest offset; None for a row of ornament."""
        shown = [piece.range for piece in self.pieces if piece.range is not None]
        return Range(min(r.start for r in shown), max(r.end for r in shown)) if shown else None

    @property
    def text(self) -> str:
        """The characters of the row, ornaments included."""
        return "".join(piece.text for piece in self.pieces)


class Line(NamedTuple):
    """A line of the front: it is shown under the title and is no part of the text."""

    text: str
    role: str
