"""A message that the bottom line has no room for: all of it, over that line and the last rows of the page.

Owns how many rows it takes. Imported when the first such message is said. Invariant: it is gone with the message.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from reader.layout import cells, clip, wrapped
from reader.session import Message
from reader.ui.style import ThemeStyles
from reader.ui.survival import Surviving
from reader.ui.widgets.list_screen import BETWEEN

_NO_BREAK = "\u00a0"
_SHARE = 2
"""The screen's rows for each of its own, at most."""


def in_rows(text: str, width: int, most: int) -> list[str]:
    """A message in at most `most` rows of `width` cells, each with a blank at its sides; a key stays beside what it
    does. What is too long ends in …."""
    parts = (part.replace(" ", _NO_BREAK) if cells(part) <= width - 2 else part for part in text.split(BETWEEN))
    together = BETWEEN.join(parts) if BETWEEN in text else text
    found = [text[start:end].strip() for start, end in wrapped(together, max(1, width - 2))]
    if len(found) > most:
        found[most - 1 :] = [clip(f"{found[most - 1]} …", width - 2)]
    return [f" {row}" for row in found]


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
