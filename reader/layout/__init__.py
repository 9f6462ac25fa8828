"""A document and a width become rows, lazily: only what is near the screen is laid out.

Owns the rows and the way between offsets and rows (`page`), line breaking (`wrap`), the measuring of text in cells
(`widths`), tables' columns (`columns`), the sums of heights (`heights`), the lines under the title (`front`) and the
article at a glance (`skim`). Refuses to draw: a piece names a role and the screen or the export decides what it looks
like.

Invariant: a piece with a range shows exactly that range of the text; everything else is ornament and has no range.
"""

from reader.layout.front import ReadingTime, byline, card
from reader.layout.page import Layout, Line, Piece, Row
from reader.layout.skim import Skim, parts
from reader.layout.wrap import cells, clip, graphemes, pad, set_ambiguous_wide, sparse, wrapped

__all__ = [
    "Layout",
    "Line",
    "Piece",
    "ReadingTime",
    "Row",
    "Skim",
    "byline",
    "card",
    "cells",
    "clip",
    "graphemes",
    "pad",
    "parts",
    "set_ambiguous_wide",
    "sparse",
    "wrapped",
]
