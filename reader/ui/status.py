"""The bottom line: where the reader is, what just happened, and the few keys worth knowing."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from reader.layout import cells, clip
from reader.ui.looks import Looks


class Status(Widget):
    """One row. A message stands in for the place until the next key."""

    ALLOW_SELECT = False

    def __init__(self, looks: Looks) -> None:
        super().__init__(id="status")
        self.looks = looks
        self.place = ""
        self.right = ""
        self.hints: tuple[str, ...] = ()
        """The keys worth knowing, the first ones first; as many are shown as fit."""
        self.message = ""
        self.warning = False

    def say(self, message: str, *, warning: bool = False) -> None:
        """A message of one line; empty takes it away."""
        if message != self.message:
            self.message, self.warning = message, warning
            self.refresh()

    def set_place(self, place: str, right: str) -> None:
        """The section on the left, figures on the right."""
        if (place, right) != (self.place, self.right):
            self.place, self.right = place, right
            self.refresh()

    def _fitting(self, room: int) -> str:
        """As many hints as `room` cells hold."""
        shown = ""
        for hint in self.hints:
            if cells(shown) + cells(hint) + 4 > room:
                break
            shown += f"{hint}  "
        return f"{shown.rstrip()} │" if shown else ""

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        style = self.looks.style("status")
        right = f" {self.right} "
        room = max(0, width - cells(right))
        left = self.message or self.place
        hints = self._fitting(room - cells(left) - 4)
        left = clip(f" {left} ", max(0, room - cells(hints)))
        look = "status warning" if self.message and self.warning else "status said" if self.message else "status"
        return Strip(
            [
                Segment(left, self.looks.style(look)),
                Segment(" " * max(0, room - cells(left) - cells(hints)), style),
                Segment(hints, self.looks.style("status label")),
                Segment(clip(right, width), style),
            ]
        ).adjust_cell_length(width, style)
