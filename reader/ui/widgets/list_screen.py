"""What the screens with a list over the page share: a title above, keys below, and the way out.

Owns the two lines and the answer that is given once. Refuses to know what is listed.
"""

from __future__ import annotations

from typing import TypeVar

from rich.segment import Segment
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from reader.layout import cells, clip, wrapped
from reader.ui.style import ThemeStyles
from reader.ui.survival import Surviving

Answer = TypeVar("Answer")
BETWEEN = "   "
"""Stands between two keys of a line, in each language."""
_NO_BREAK = "\u00a0"
_MOST_ROWS = 4
"""Of a message."""


def fitting(keys: str, room: int) -> str:
    """As many of the keys as `room` cells hold; those that lead out or to the help are left out last."""
    parts = [part for part in keys.split(BETWEEN) if part]
    while len(parts) > 1 and cells(BETWEEN.join(parts)) > room:
        others = [at for at, part in enumerate(parts) if not part.startswith(("Esc", "q ", "?"))]
        del parts[others[-1] if others else 0]
    return clip(BETWEEN.join(parts), max(1, room))


def in_rows(text: str, width: int, most: int) -> list[str]:
    """A message in at most `most` rows of `width` cells, each with a blank at its sides; a key stays beside what it
    does. What is too long ends in …."""
    parts = (part.replace(" ", _NO_BREAK) if cells(part) <= width - 2 else part for part in text.split(BETWEEN))
    together = BETWEEN.join(parts) if BETWEEN in text else text
    found = [text[start:end].strip() for start, end in wrapped(together, max(1, width - 2))]
    if len(found) > most:
        found[most - 1 :] = [clip(f"{found[most - 1]} …", width - 2)]
    return [f" {row}" for row in found]


class Line(Widget):
    """One row: a text, and another one at the right end. A message that one row has no room for has more."""

    ALLOW_SELECT = False

    def __init__(self, styles: ThemeStyles, *, id: str, keys: bool) -> None:
        """`keys`: the text is of keys, of which as many are shown as there is room for; else a title."""
        super().__init__(id=id)
        self.styles.height = 1
        self.theme_styles = styles
        self._keys = keys
        self._left: tuple[str, str] = ("", "")
        self._right: tuple[str, str] = ("", "")
        self._rows: list[str] = []
        """Of a message that needs several."""

    def say(self, left: tuple[str, str], right: tuple[str, str] = ("", "")) -> None:
        """Other texts, each with its role."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self._fit()
            self.refresh()

    def on_resize(self) -> None:
        """A message in the width there is."""
        self._fit()

    def _fit(self) -> None:
        """As many rows as a message needs; keys and titles have one."""
        text, role = self._left
        rows = in_rows(text, self.size.width, _MOST_ROWS) if self._keys and role != "label" and self.size.width else []
        self._rows = rows if len(rows) > 1 else []
        self.styles.height = max(1, len(rows))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self._rows:
            row = self._rows[y] if y < len(self._rows) else ""
            return Strip([Segment(row, self.theme_styles.style(f"status {self._left[1]}"))]).adjust_cell_length(
                width, self.theme_styles.style("status")
            )
        base = "status" if self._keys else "status strong"
        ground = self.theme_styles.style(base)
        right = clip(self._right[0], max(0, width - 8))
        text, role = self._left
        room = max(0, width - cells(right) - (2 if right else 1))
        left = " " + (fitting(text, room) if self._keys else clip(text, room))
        gap = " " * max(0, width - cells(left) - cells(right))
        return Strip(
            [
                Segment(left, self.theme_styles.style(f"{base} {role}")),
                Segment(gap, ground),
                Segment(right, self.theme_styles.style(f"{base} {self._right[1]}")),
            ]
        ).adjust_cell_length(width, ground)


class ListScreen(Surviving, ModalScreen[Answer]):
    """A list over everything, between its title and its keys."""

    def __init__(self, styles: ThemeStyles) -> None:
        super().__init__()
        self.theme_styles = styles
        self.head = Line(styles, id="list-head", keys=False)
        self.foot = Line(styles, id="list-foot", keys=True)
        self._left = False

    def leave(self, answer: Answer | None) -> None:
        """Closes the screen, once: keys that come while it closes are for nobody."""
        if not self._left:
            self._left = True
            self.dismiss(answer)
