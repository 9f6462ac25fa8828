"""A pane of rows that draws itself a line at a time, with its own scroll track.

Owns the place of the pane (`top`), the wheel and the track with its ticks. It is no `ScrollView`: there the place is a
row of a canvas of known height, while a page's height here is an estimate that is corrected as the reader goes; a
widget that owns its place can move both at once and nothing jumps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.layout import cells, sparse
from reader.ui.style import ThemeStyles
from reader.ui.survival import Surviving

_DENSE_CHARACTERS = 4
"""Code points a cell, in a whole row, from which on piled up accents are looked for."""


class Pane(Surviving, Widget, can_focus=True):
    """Base of the page and the lists."""

    ALLOW_SELECT = False
    WHEEL_ROWS = 3
    """Rows the wheel moves."""

    class Moved(Message):
        """The pane shows other rows now."""

        def __init__(self, pane: Pane) -> None:
            super().__init__()
            self.pane = pane

        @property
        def control(self) -> Pane:
            """The pane that moved."""
            return self.pane

    def __init__(self, styles: ThemeStyles, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.theme_styles = styles
        self.top = 0
        self.ticks: Mapping[int, str] = {}
        """Rows of the track that carry a tick, and its role."""
        self._dragging_track = False
        self._untold = False
        """Whether it has moved, and nobody knows yet."""

    # ---- what a pane says of itself ----------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """Rows there are."""
        raise NotImplementedError

    def segments(self, y: int, width: int) -> Iterable[Segment]:
        """Row `y`, drawn in at most `width` cells."""
        raise NotImplementedError

    def settle(self, y: int) -> int:
        """Called before row `y` becomes the top: the place to show, after any correction."""
        return max(0, min(y, self.total - self.room))

    @property
    def margin(self) -> int:
        """Cells left of what is shown."""
        return 0

    # ---- moving ------------------------------------------------------------------------------------------------------

    @property
    def room(self) -> int:
        """Rows of the pane that show what scrolls."""
        return self.size.height

    @property
    def page(self) -> int:
        """Rows a page move goes: one stays in view."""
        return max(1, self.room - 1)

    def show(self, y: int) -> None:
        """Makes row `y` the top, as far as there are rows below it."""
        y = self.settle(y)
        if y != self.top:
            self.top = y
            self.has_moved()
        self.refresh()

    def has_moved(self) -> None:
        """Posts `Moved`, unless somebody asks before (`take_moved`)."""
        self._untold = True
        self.post_message(self.Moved(self))

    def take_moved(self) -> bool:
        """Whether the pane shows other rows than when this was asked last."""
        untold, self._untold = self._untold, False
        return untold

    def move(self, rows: int) -> None:
        """Scrolls; negative is up."""
        self.show(self.top + rows)

    # ---- drawing -----------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width, height = self.size  # each asking of it costs as much as drawing a word
        ground = self.theme_styles.style("")
        if width < 2:
            return Strip.blank(width, ground)
        drawn = joined(self.segments(self.top + y, width - 1))
        if sum(len(segment.text) for segment in drawn) > _DENSE_CHARACTERS * width:
            drawn = [Segment(sparse(segment.text), segment.style) for segment in drawn]
        used = sum(cells(segment.text) for segment in drawn)
        if used > width - 1:
            drawn = list(Strip(drawn, used).crop(0, width - 1))
        elif used < width - 1:
            drawn = joined((*drawn, blank(width - 1 - used, ground)))
        drawn.append(self._track(y, height))
        return Strip(drawn, width)  # one strip a line: making them is a good part of what a screen costs

    def _track(self, y: int, height: int) -> Segment:
        total = self.total
        if total <= height:
            return Segment(" ", self.theme_styles.style(""))
        size = max(1, height * height // total)
        start = round((height - size) * self.top / max(1, total - height))
        inside = start <= y < start + size
        tick = self.ticks.get(y)
        if tick is not None:
            return Segment("◆" if inside else "•", self.theme_styles.style(tick))
        return Segment("┃" if inside else "│", self.theme_styles.style("thumb" if inside else "track"))

    # ---- the mouse ---------------------------------------------------------------------------------------------------

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.move(self.WHEEL_ROWS)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.move(-self.WHEEL_ROWS)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Takes hold of the track."""
        if event.x == self.size.width - 1 and self.total > self.size.height:
            event.stop()
            event.prevent_default()
            self._dragging_track = True
            self.capture_mouse()
            self._drag(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drags the track."""
        if self._dragging_track:
            event.stop()
            self._drag(event.y)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Lets go of the track."""
        if self._dragging_track:
            event.stop()
            self._dragging_track = False
            self.release_mouse()

    def _drag(self, y: int) -> None:
        height = self.size.height
        share = min(1.0, max(0.0, y / max(1, height - 1)))
        self.show(round(share * max(0, self.total - height)))


def joined(segments: Iterable[Segment]) -> list[Segment]:
    """Neighbours of one style as one: each change of style is forty bytes on the way to the terminal."""
    drawn: list[Segment] = []
    for segment in segments:
        if drawn and segment.style is drawn[-1].style:
            drawn[-1] = Segment(drawn[-1].text + segment.text, segment.style)
        elif segment.text:
            drawn.append(segment)
    return drawn


def blank(cells: int, style: Style) -> Segment:
    """A run of blanks."""
    return Segment(" " * cells, style)
