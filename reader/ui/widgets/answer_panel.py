"""What a program of the person's own says of the passage: a head, and the text in the width there is.

It stands right of the page where both have room, else below it. Imported when the first program is run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType

from reader.layout import cells, clip, wrapped
from reader.locale import _
from reader.sanitize import clean_line
from reader.session import PASSAGES, Session, Topic
from reader.ui.style import ThemeStyles
from reader.ui.widgets.pane import Pane, blank

BESIDE_CELLS = 150
"""From this width of the terminal on the panel stands right of the page."""
_HEAD_ROWS = 1
_MARGIN_CELLS = 1


class AnswerPanel(Pane):
    """The answer that the session shows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "rows(1)", show=False),
        Binding("up,k", "rows(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup,b", "page(-1)", show=False),
        Binding("home,g", "rows(-1000000)", show=False),
        Binding("end,G", "rows(1000000)", show=False),
        Binding("escape,q", "close", show=False),
        Binding("y", "copy", show=False),
    ]

    def __init__(self, session: Session, styles: ThemeStyles, *, beside: bool) -> None:
        """`beside`: it stands right of the page, and not below it."""
        super().__init__(styles, id="answer")
        self.session = session
        self.beside = beside
        self.copied: Callable[[], object] = lambda: None
        """The answer is to be copied."""
        self.set_class(beside, "beside")
        self._rows: list[str] = []
        self._unsubscribe = session.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "answer" and self.session.programs.shown is not None:
            self.top = 0
            self._lay_out()

    def on_unmount(self) -> None:
        """It hears of no more changes."""
        self._unsubscribe()

    def on_resize(self, event: events.Resize) -> None:
        """The text in another width."""
        self._lay_out()

    def _lay_out(self) -> None:
        answer = self.session.programs.shown
        width = max(1, self.size.width - 2 - 2 * _MARGIN_CELLS)
        text = "" if answer is None else answer.text
        self._rows = [text[start:end] for start, end in wrapped(text, width)] if text else []
        if not self.beside:
            highest = max(3, self.app.size.height // 3)
            self.styles.height = max(3, min(highest, len(self._rows) + _HEAD_ROWS + 1))
        self.show(self.top)

    @property
    def total(self) -> int:
        return len(self._rows) + _HEAD_ROWS

    def segments(self, y: int, width: int) -> Iterator[Segment]:
        style = self.theme_styles.style
        answer = self.session.programs.shown
        if answer is None:
            return
        if y == self.top:
            name = clip(f" {clean_line(answer.name)}", width)
            keys = _("running …  Esc ends it") if answer.running else _("Esc closes, y copies")
            about = f"  {_(PASSAGES[answer.kind])}  {keys}"
            yield Segment(name, style("list-head"))
            yield Segment(clip(about, width - cells(name)), style("label"))
        elif y < self.total:
            yield blank(_MARGIN_CELLS, style(""))
            yield Segment(self._rows[y - _HEAD_ROWS], style("body"))

    def action_rows(self, step: int) -> None:
        """Scrolls."""
        self.move(step)

    def action_page(self, step: int) -> None:
        """Scrolls by what is in view."""
        self.move(step * max(1, self.room - _HEAD_ROWS - 1))

    def action_close(self) -> None:
        """Takes it away; the page has the keys."""
        self.session.programs.close()
        self.session.focus("page")

    def action_copy(self) -> None:
        """Copies the answer."""
        self.copied()
