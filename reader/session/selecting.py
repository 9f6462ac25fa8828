"""Selecting by keyboard: two ends, one of which the keys move.

Owns the ends, and which step of which key moves them. The selection itself is the article's, as if made by the mouse,
so that every command acts on it. Refuses to draw, and to know keys: a step is named by a word.

Invariant: the selection always holds the unit it began with or the one the other end stands on; it is never empty.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from reader.document import Range
from reader.layout import cells
from reader.locale import N_
from reader.session.article import Article
from reader.session.reading import Reading
from reader.session.words import Cut, Units, load

Step: TypeAlias = Literal[
    "word",
    "word back",
    "sentence",
    "sentence back",
    "row down",
    "row up",
    "paragraph",
    "paragraph back",
    "character",
    "character back",
    "other end",
]
HELP: Final = N_("Select: w b word, s sentence, j k row, } paragraph, o other end, Esc leaves")


class Selecting:
    """The two ends of a selection that is being made."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.active = False
        """Whether keys move an end."""
        self._fixed = Range(0, 0)
        """The unit at the end that stays."""
        self._moving = Range(0, 0)
        """The unit at the end that moves."""
        self._cell: int | None = None
        """The cell of a row that `j` and `k` keep to."""
        self._cut: Cut | None = None
        self._loading = False

    @property
    def range(self) -> Range:
        """From the first end to the last."""
        return Range(min(self._fixed.start, self._moving.start), max(self._fixed.end, self._moving.end))

    @property
    def _units(self) -> Units:
        return Units(self.reading.article.document, self._cut)

    # ---- begin and end -----------------------------------------------------------------------------------------------

    def begin(self) -> bool:
        """Begins at the passage: with the whole of a selection, claim, match or link, with the first word of a
        paragraph. False where there is no text."""
        passage = self.reading.passage()
        if passage is None or not len(passage.range):
            return False
        units, where = self._units, passage.range
        first = units.word_at(where.start)
        if first is None or first.start >= where.end:
            first = Range(where.start, where.start + 1)
        first = last = Range(where.start, first.end)  # with a quotation mark or bracket that opens before it
        if passage.kind != "paragraph":
            first = Range(where.start, max(where.start + 1, min(first.end, where.end)))
            last = Range(where.end - 1, where.end)
        self._fixed, self._moving, self._cell, self.active = first, last, None, True
        self._load()
        self._show()
        return True

    def end(self, *, drop: bool = False) -> None:
        """No key moves an end any more; `drop` takes the selection away too."""
        self.active = False
        if drop:
            self.reading.article.select(None)
            self.reading.announce("marks")

    def _load(self) -> None:
        """What cuts Han text into words is loaded in a thread; until it is there, characters are words."""
        if not self._loading:
            self._loading = True
            self.reading.background.run(self._have, group="words")

    def _have(self) -> None:
        """Runs in a thread."""
        cut = load()
        if cut is not None:
            self.reading.background.tell(self._take, cut)

    def _take(self, cut: Cut) -> None:
        self._cut = cut

    # ---- moving the end ----------------------------------------------------------------------------------------------

    def step(self, step: Step) -> bool:
        """Moves an end, or changes which one moves; False at the article's end."""
        if step == "other end":
            self._fixed, self._moving, self._cell = self._moving, self._fixed, None
            self._show()
            return True
        moved = self._row(1 if step == "row down" else -1) if step.startswith("row") else self._moved(step)
        if moved is None:
            return False
        if not step.startswith("row"):
            self._cell = None
        self._moving = moved
        self._show()
        return True

    def _moved(self, step: Step) -> Range | None:
        units, here, forward = self._units, self._moving, self._moving.start >= self._fixed.start
        match step:
            case "word":
                return units.word(here.end, 1)
            case "word back":
                return units.word(here.start, -1)
            case "sentence" | "paragraph":
                find = units.sentence if step == "sentence" else units.paragraph
                if forward:
                    found = find(here.end, 1)
                    return None if found is None else Range(found.end - 1, found.end)
                # of what the first end stands in, the next begins
                found = find(here.start, 1)
                found = None if found is None else find(max(found.end, here.start), 1)
                return None if found is None else Range(found.start, found.start + 1)
            case "sentence back" | "paragraph back":
                find = units.sentence if step == "sentence back" else units.paragraph
                found = find(here.start, -1)
                return None if found is None else Range(found.start, found.start + 1)
            case "character":
                return self._character(here.end)
            case "character back":
                return self._character(here.start - 1)
        return None

    def _character(self, offset: int) -> Range | None:
        return Range(offset, offset + 1) if 0 <= offset < len(self.reading.article.document.text) else None

    def _row(self, step: int) -> Range | None:
        """The character in the same cell of the next row that has text."""
        layout = self.reading.article.layout
        here = self._moving.end - 1 if self._moving.start >= self._fixed.start else self._moving.start
        y = layout.row_of(here)
        if self._cell is None:
            self._cell = _cell(self.reading.article, y, here)
        y += step
        while 0 <= y < layout.height and layout.row(y).range is None:
            y += step
        if not 0 <= y < layout.height:
            return None
        offset = min(layout.nearest(y, self._cell), len(self.reading.article.document.text) - 1)
        shown = layout.row(y).range
        if shown is not None:
            offset = max(shown.start, min(offset, shown.end - 1))
        return Range(offset, offset + 1)

    def _show(self) -> None:
        self.reading.article.select(self.range)
        self.reading.viewport.reveal(self._moving)
        self.reading.announce("marks")


def _cell(article: Article, y: int, offset: int) -> int:
    """The cell of row `y` in which an offset is shown; 0 where it is not."""
    at = 0
    for piece in article.layout.row(y).pieces:
        if piece.range is not None and offset in piece.range:
            inside = offset - piece.range.start
            return at + (cells(piece.text[:inside]) if len(piece.text) == len(piece.range) else 0)
        at += cells(piece.text)
    return 0
