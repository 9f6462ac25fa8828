"""The bottom line: where the page is, what just happened, and the few keys worth knowing."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from reader.layout import cells, clip
from reader.locale import _
from reader.session import Session, Topic
from reader.ui.style import ThemeStyles


class StatusLine(Widget):
    """One row: the section, or a message until the next key, then keys, and figures at the right end."""

    ALLOW_SELECT = False

    def __init__(self, session: Session, styles: ThemeStyles, hints: Sequence[str]) -> None:
        """`hints`: the keys worth knowing, the most useful first; as many are shown as fit."""
        super().__init__(id="status")
        self.session = session
        self.theme_styles = styles
        self.hints = hints
        self._drawn = ("", "")
        session.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "message":
            self.refresh()
        elif topic in ("moved", "matches", "claims", "grown") and self.place != self._drawn:
            self._drawn = self.place
            self.refresh()

    @property
    def place(self) -> tuple[str, str]:
        """The section on the page, and the figures: what is loaded, the matches, how far the page is."""
        session = self.session
        document = session.article.document
        index = document.section_index(session.viewport.shown.start)
        section = document.sections[index].title if index is not None else session.article.title
        loading = "" if document.complete else _("loading {share}%").format(share=round(document.progress * 100))
        asking = _("asking …") if session.claims.asking else ""
        figures = (loading, asking, session.search.count, f"{round(session.share * 100)}%")
        return section, "  ".join(figure for figure in figures if figure)

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
        style = self.theme_styles.style("status")
        message = self.session.message
        section, figures = self._drawn
        right = f" {figures} "
        room = max(0, width - cells(right))
        left = message.text or section
        hints = self._fitting(room - cells(left) - 4)
        left = clip(f" {left} ", max(0, room - cells(hints)))
        role = "status" if not message.text else "status warning" if message.warning else "status said"
        return Strip(
            [
                Segment(left, self.theme_styles.style(role)),
                Segment(" " * max(0, room - cells(left) - cells(hints)), style),
                Segment(hints, self.theme_styles.style("status label")),
                Segment(clip(right, width), style),
            ]
        ).adjust_cell_length(width, style)
