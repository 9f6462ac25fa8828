"""An image as a picture, in a box over the page. Imported when the first one opens."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from reader.layout import Picture, clip
from reader.locale import _
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import Box, Dialog, Lines

_FRAME_CELLS = (8, 4)
"""Columns and rows that the box needs around a picture: border, padding, track."""
_LEAST_COLUMNS = 44
"""Of the box, for its title and keys."""


def room(columns: int, rows: int) -> tuple[int, int]:
    """The columns and rows that a picture may have on a screen of so many: a box is 94% by 90% of it at the most."""
    return max(1, columns * 94 // 100 - _FRAME_CELLS[0]), max(1, rows * 9 // 10 - _FRAME_CELLS[1])


Wish: TypeAlias = Literal["open", "next", "previous"]
"""What the person wants instead."""


class PictureDialog(Dialog[Wish]):
    """One picture with its words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "close", show=False),
        Binding("enter", "leave('open')", show=False, priority=True),
        Binding("l,right", "leave('next')", show=False, priority=True),
        Binding("L,left", "leave('previous')", show=False, priority=True),
    ]

    def __init__(self, styles: ThemeStyles, picture: Picture, title: str, rows: tuple[int, int]) -> None:
        """`rows` are the first row of the screen that shows the image and the first below it."""
        super().__init__()
        self.rows = rows
        self.theme_styles = styles
        self.picture = picture
        self.heading = title

    def compose(self) -> ComposeResult:
        rows = [[(piece.text, piece.role) for piece in row.pieces] for row in self.picture.lines()]
        most = room(*self.app.size)
        width = max(self.picture.columns, min(_LEAST_COLUMNS, most[0]))
        pad = " " * ((width - self.picture.columns) // 2)
        lines = Lines(self.theme_styles, [[(pad, ""), *row] for row in rows])
        height = max(1, min(len(rows), most[1]))
        lines.styles.height = height
        with Box(clip(self.heading, width), _("Enter viewer   l L next, before   Esc closes")) as box:
            box.styles.width = width + _FRAME_CELLS[0]
            yield lines
        self.beside(box, self.rows, height + _FRAME_CELLS[1])

    def action_leave(self, wish: Wish) -> None:
        """Closes it with a wish."""
        self.dismiss(wish)
