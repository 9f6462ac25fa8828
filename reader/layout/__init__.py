"""A document and a width become rows, lazily: only what is near the rows asked for is laid out.

Owns rows and their pieces (`rows`), line breaking (`wrap`), the measuring of text in cells (`widths`), running text
(`inline`), code (`code`), tables (`table`, `columns`), blocks and their containers (`blocks`), the parts laid out at
once and their heights (`units`, `heights`), the way between offsets and rows (`page`), the lines under the title
(`front`), asides right of the page (`margin`) and the skim view (`skim`). Refuses to draw: a piece names a role and the
screen or the export decides what it looks like.

Invariant: a piece with a range shows exactly that range of the text; everything else is ornament and has no range.
"""

from reader.layout.front import ReadingTime, card, front, is_listing
from reader.layout.margin import Aside, AsideRow, beside
from reader.layout.page import Layout
from reader.layout.picture import MAX_PLACED, Picture
from reader.layout.rows import Line, Piece, Row
from reader.layout.skim import Skim, parts
from reader.layout.wrap import cells, clip, graphemes, pad, set_ambiguous_wide, sparse, wrapped

__all__ = [
    "MAX_PLACED",
    "Aside",
    "AsideRow",
    "Layout",
    "Line",
    "Picture",
    "Piece",
    "ReadingTime",
    "Row",
    "Skim",
    "beside",
    "card",
    "cells",
    "clip",
    "front",
    "graphemes",
    "is_listing",
    "pad",
    "parts",
    "set_ambiguous_wide",
    "sparse",
    "wrapped",
]
