"""The sidebar: a head that names what is listed, the list, and how far the reading has come."""

from __future__ import annotations

from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip
from textual.widget import Widget

from reader.layout import cells, clip
from reader.ui.listing import Listing
from reader.ui.looks import Looks


class Head(Widget):
    """One row of words."""

    ALLOW_SELECT = False

    def __init__(self, looks: Looks, text: str, *, id: str) -> None:
        super().__init__(id=id)
        self.looks = looks
        self.text = text

    def set_text(self, text: str) -> None:
        """Other words."""
        if text != self.text:
            self.text = text
            self.refresh()

    def render_line(self, y: int) -> Strip:
        style = self.looks.style("list-head")
        text = clip(f" {self.text}", self.size.width)
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)


class Progress(Widget):
    """A line that fills as the reader goes."""

    ALLOW_SELECT = False

    def __init__(self, looks: Looks) -> None:
        super().__init__(id="progress")
        self.looks = looks
        self.share = 0.0

    def set_share(self, share: float) -> None:
        """From 0 to 1."""
        if share != self.share:
            self.share = share
            self.refresh()

    def render_line(self, y: int) -> Strip:
        figure = f" {round(self.share * 100)}%"
        room = max(0, self.size.width - cells(figure) - 2)
        done = round(room * self.share)
        return Strip(
            [
                Segment(" ", self.looks.style("")),
                Segment("━" * done, self.looks.style("bullet")),
                Segment("─" * (room - done), self.looks.style("track")),
                Segment(figure + " ", self.looks.style("label")),
            ]
        )


class Sidebar(Vertical):
    """Left of the page."""

    def __init__(self, looks: Looks) -> None:
        super().__init__(id="side")
        self.looks = looks
        self.head = Head(looks, "Sections", id="side-head")
        self.list = Listing(looks, id="side-list", empty="Nothing here")
        self.progress = Progress(looks)

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.list
        yield self.progress
