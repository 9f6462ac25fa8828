"""What a place of the page leads to, in a box beside that place. Imported when the first one opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from reader.layout import Row, cells, clip
from reader.locale import _
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import Box, Dialog, Lines

_FRAME_ROWS = 4
"""Border and padding of a dialog's box."""
_FRAME_CELLS = 8


class PeekDialog(Dialog[bool]):
    """Some rows under a title; true: go there."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("p", "close", show=False), Binding("enter", "go", show=False)]

    def __init__(
        self,
        styles: ThemeStyles,
        title: str,
        rows: Sequence[Row],
        width: int,
        beside: tuple[int, int],
        *,
        leads: bool = True,
    ) -> None:
        """`width` is that of the rows, in cells; `beside`: the first row of the screen that shows the place, and the
        first below it; `leads`: there is a place to go to."""
        super().__init__()
        self.theme_styles = styles
        self.heading = title
        self.shown_rows = rows
        self.cells = width
        self.place = beside
        self.leads = leads

    def compose(self) -> ComposeResult:
        shown: list[list[tuple[str, str]]] = [
            [(piece.text, piece.role) for piece in row.pieces] for row in self.shown_rows
        ]
        total = self.app.size.height
        first, below = self.place
        room = max(3, max(first, total - below) - _FRAME_ROWS, total // 2)
        lines = Lines(self.theme_styles, shown)
        lines.styles.height = height = max(1, min(len(shown), room, total - _FRAME_ROWS))
        keys = _("Enter goes there   Esc closes") if self.leads else _("Esc closes")
        with Box(_titled(self.heading, self.cells), keys) as box:
            box.styles.width = self.cells + _FRAME_CELLS
            yield lines
        self.beside(box, self.place, height + _FRAME_ROWS)

    def action_go(self) -> None:
        """To where it stands."""
        self.dismiss(True)


def _titled(heading: str, width: int) -> str:
    """A heading in `width` cells; of a path the end is kept, which tells more than its beginning."""
    head, slash, name = heading.rpartition("/")
    while head and cells(heading) > width:
        head = head.partition("/")[2]
        heading = f"…/{head}{slash}{name}" if head else f"…/{name}"
    return clip(heading, width)
