"""What a place of the page leads to, in a box beside that place. Imported when the first one opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from reader.layout import Row, clip
from reader.locale import _
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import Dialog, Lines

_FRAME_ROWS = 4
"""Border and padding of a dialog's box."""
_FRAME_CELLS = 8


class PeekDialog(Dialog[bool]):
    """Some rows under a title; true: go there."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("p", "close", show=False), Binding("enter", "go", show=False)]

    def __init__(
        self, styles: ThemeStyles, title: str, rows: Sequence[Row], width: int, beside: tuple[int, int]
    ) -> None:
        """`width` is that of the rows, in cells; `beside`: the first row of the screen that shows the place, and the
        first below it."""
        super().__init__()
        self.theme_styles = styles
        self.heading = title
        self.shown_rows = rows
        self.cells = width
        self.beside = beside

    def compose(self) -> ComposeResult:
        shown: list[list[tuple[str, str]]] = [
            [(piece.text, piece.role) for piece in row.pieces] for row in self.shown_rows
        ]
        head = Lines(self.theme_styles, [[(clip(self.heading, self.cells), "list-head")]])
        foot = Lines(
            self.theme_styles,
            [
                [
                    ("Enter", "bullet"),
                    (f" {_('goes there')}   ", "label"),
                    ("Esc", "bullet"),
                    (f" {_('closes')}", "label"),
                ]
            ],
        )
        head.can_focus = foot.can_focus = False
        head.styles.height = foot.styles.height = 1
        total = self.app.size.height
        first, below = self.beside
        room = max(3, max(first, total - below) - _FRAME_ROWS - 2, total // 2)
        lines = Lines(self.theme_styles, shown)
        lines.styles.height = height = max(1, min(len(shown), room, total - _FRAME_ROWS - 2))
        with Vertical(id="box") as box:
            box.styles.width = self.cells + _FRAME_CELLS
            yield head
            yield lines
            yield foot
        height += _FRAME_ROWS + 2
        fits_below, fits_above = below + height <= total, first - height >= 0
        if fits_below or fits_above:
            self.styles.align = ("center", "top")
            box.styles.margin = (below if fits_below else first - height, 0, 0, 0)

    def action_go(self) -> None:
        """To where it stands."""
        self.dismiss(True)
