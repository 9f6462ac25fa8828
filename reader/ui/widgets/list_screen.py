"""What the screens with a list over the page share: a title above, keys below, and the way out.

Owns the two lines and the answer that is given once. Refuses to know what is listed.
"""

from __future__ import annotations

from typing import TypeVar

from rich.segment import Segment
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from reader.layout import cells, clip
from reader.ui.style import ThemeStyles
from reader.ui.survival import Surviving

Answer = TypeVar("Answer")
BETWEEN = "   "
"""Stands between two keys of a line, in each language."""


def fitting(keys: str, room: int) -> str:
    """As many of the keys as `room` cells hold; those that lead out or to the help are left out last."""
    parts = [part for part in keys.split(BETWEEN) if part]
    while len(parts) > 1 and cells(BETWEEN.join(parts)) > room:
        others = [at for at, part in enumerate(parts) if not part.startswith(("Esc", "q ", "?"))]
        del parts[others[-1] if others else 0]
    return clip(BETWEEN.join(parts), max(1, room))


class Line(Widget):
    """One row: a text, and another one at the right end."""

    ALLOW_SELECT = False

    def __init__(self, styles: ThemeStyles, *, id: str, keys: bool) -> None:
        """`keys`: the text is of keys, of which as many are shown as there is room for; else a title."""
        super().__init__(id=id)
        self.styles.height = 1
        self.theme_styles = styles
        self._keys = keys
        self._left: tuple[str, str] = ("", "")
        self._right: tuple[str, str] = ("", "")

    def say(self, left: tuple[str, str], right: tuple[str, str] = ("", "")) -> None:
        """Other texts, each with its role."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        base = "status" if self._keys else "status strong"
        ground = self.theme_styles.style(base)
        right = clip(self._right[0], max(0, width - 8))
        text, role = self._left
        room = max(0, width - cells(right) - 1)
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
