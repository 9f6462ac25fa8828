"""A message that the bottom line has no room for: all of it, over that line and the last rows of the page.

Owns how many rows it takes. Imported when the first such message is said. Invariant: it is gone with the message.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from reader.session import Message
from reader.ui.style import ThemeStyles
from reader.ui.survival import Surviving
from reader.ui.widgets.list_screen import in_rows

_SHARE = 2
"""The screen's rows for each of its own, at most."""


class LongMessage(Surviving, Widget):
    """The rows of a message."""

    ALLOW_SELECT = False

    def __init__(self, styles: ThemeStyles) -> None:
        super().__init__(id="long-message")
        self.theme_styles = styles
        self._rows: list[str] = []
        self._role = ""

    def say(self, message: Message, size: Size) -> int:
        """Shows a message on a screen of `size`; returns how many rows that takes."""
        self._rows = in_rows(message.text, size.width, max(1, size.height // _SHARE))
        self._role = f"status {'warning' if message.warning else 'said'}"
        self.styles.height = len(self._rows)
        self.display = True
        self.refresh()
        return len(self._rows)

    def render_line(self, y: int) -> Strip:
        styles = self.theme_styles
        row = self._rows[y] if y < len(self._rows) else ""
        return Strip([Segment(row, styles.style(self._role))]).adjust_cell_length(
            self.size.width, styles.style("status")
        )
