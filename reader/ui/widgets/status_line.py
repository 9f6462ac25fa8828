"""The bottom line: where the page is, what just happened, and the few keys worth knowing, which can be clicked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from reader.layout import cells, clip
from reader.locale import _
from reader.session import Session, Topic
from reader.ui.style import ThemeStyles

_PLACE_CELLS = 40
"""Cells the place has before any key but the first is shown beside it."""
_LEAST_PLACE_CELLS = 12
"""Cells of a place that still say something."""
_LEAST_TITLE_CELLS = 12
"""Cells of a longer title that still say something."""
_LEAST_SECTION_CELLS = (16, 9)
"""Those of a section beside the longer and the shorter time."""
_REKEYING = ("message", "focus", "sidebar", "answer", "search line", "command line")
"""Changes after which keys may mean something else."""
_RELISTING = ("places", "claims", "matches", "grown")
"""Those of what the sidebar lists."""


class Hint(NamedTuple):
    """A key worth knowing."""

    key: str
    word: str
    id: str
    """Of the action a click does."""
    kept: bool = False
    """The place gives way to it: it is how a list or a line in use is left."""


_NO_HINT = Hint("", "", "")


class StatusLine(Widget):
    """One row: title, section and time left, or a message until the next key; then keys, and figures at the right."""

    ALLOW_SELECT = False

    def __init__(self, session: Session, styles: ThemeStyles, hints: Callable[[], Sequence[Hint]]) -> None:
        """`hints`: the keys worth knowing now, the most useful first, of which as many are shown as fit."""
        super().__init__(id="status")
        self.session = session
        self.theme_styles = styles
        self.hints = hints
        self.clicked: Callable[[str], object] = lambda _: None
        """Called with the id of the action of a hint that is clicked."""
        self._drawn: tuple[str, ...] = ()
        self._spots: tuple[tuple[int, int, str], ...] = ()
        """First cell and cell after the last of each hint, and its action."""
        session.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic in _REKEYING or (self.session.pane == "sidebar" and topic in _RELISTING):
            self.refresh()
        if topic in ("moved", "matches", "claims", "grown") and self.place != self._drawn:
            self._drawn = self.place
            self.refresh()

    @property
    def place(self) -> tuple[str, str, str, str, str]:
        """Title, section and time left of the page, the latter long and short, and the figures: what is loaded, the
        matches, how far it is."""
        session = self.session
        document = session.article.document
        index = document.section_index(session.viewport.shown.start)
        section = document.sections[index].title if index is not None else ""
        loading = "" if document.complete else _("more is coming")  # from a pipe: how much, nobody knows
        if document.progress < 1:
            loading = _("loading {share}%").format(share=round(document.progress * 100))
        asking = _("asking …") if session.claims.asking else ""
        share = f"{round(session.share * 100)}%" if document.text else ""  # nothing is there yet
        figures = (loading, asking, session.search.count, share)
        return session.article.title, section, *self._times_left(), "  ".join(filter(None, figures))

    def _times_left(self) -> tuple[str, str]:
        """Minutes left of section and article, and of the article alone."""
        left = self.session.places.progress.left if self.session.share < 1 else None
        if left is None:
            return "", ""
        short = _("{count} min left").format(count=left.article)
        if left.section >= left.article:
            return short, short
        return _("{section} of {count} min left").format(section=left.section, count=left.article), short

    def _fitting(self, room: int) -> list[Hint]:
        """As many hints as `room` cells hold."""
        shown: list[Hint] = []
        for hint in self.hints():
            room -= _width(hint)
            if room < 2:
                break
            shown.append(hint)
        return shown

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        styles = self.theme_styles
        message = self.session.message
        title, section, long, short, figures = self._drawn or ("", "", "", "", "")
        right = f" {figures} " if figures else ""
        room = max(0, width - cells(right))
        if message.text:
            if cells(message.text) + 2 > room:  # the figures come back with the next key
                right, room = "", width
            role = "status warning" if message.warning else "status said"
            place = [Segment(clip(f" {message.text} ", room), styles.style(role))]
            hints = self._fitting(room - sum(segment.cell_length for segment in place))
        else:
            first = _width(next(iter(self.hints()), _NO_HINT))
            least = max(min(_PLACE_CELLS, room - first - 2), room * 11 // 20)
            whole = sum(segment.cell_length for segment in self._place(title, section, (long, short), room))
            kept = sum(_width(hint) for hint in self.hints() if hint.kept)
            hints = self._fitting(max(room - min(least, whole), min(room, kept + 2)))
            left = room - sum(map(_width, hints)) - (2 if hints else 0)
            place = self._place(title, section, (long, short), left) if left >= min(whole, _LEAST_PLACE_CELLS) else []
        used = sum(segment.cell_length for segment in place)
        drawn: list[Segment] = []
        spots = []
        x = room - sum(map(_width, hints))
        for hint in hints:
            end = x + _width(hint) - 2
            spots.append((x, end, hint.id))
            drawn.append(Segment(hint.key, styles.style("status key")))
            drawn.append(Segment(f" {_(hint.word)}  ", styles.style("status label")))
            x = end + 2
        self._spots = tuple(spots)
        blank = max(0, room - used - sum(segment.cell_length for segment in drawn))
        plain = styles.style("status")
        return Strip(
            [*place, Segment(" " * blank, plain), *drawn, Segment(clip(right, width), plain)]
        ).adjust_cell_length(width, plain)

    def _place(self, title: str, section: str, times: Sequence[str], room: int) -> list[Segment]:
        """Title, section and time left in `room` cells. The title gives way first, as long as it says something, then
        the longer of the `times`, then the end of the section, then the time."""
        styles = self.theme_styles
        between = " › "
        if not section or section == title:
            title, section, between = "", section or title, ""
        time_left = " "
        for time, least in zip(times, _LEAST_SECTION_CELLS, strict=True):
            if time and room - 1 - cells(said := f" · {time} ") >= min(cells(section), least):
                time_left = said
                break
        room -= 1 + cells(time_left)
        spare = room - cells(section) - cells(between)
        if spare < min(cells(title), _LEAST_TITLE_CELLS):
            title, between = "", ""
        title = clip(title, max(0, spare))
        section = clip(section, max(0, room - cells(title) - cells(between)))
        return [
            Segment(f" {title}{between}", styles.style("status label")),
            Segment(section, styles.style("status")),
            Segment(time_left, styles.style("status label")),
        ]

    def on_click(self, event: events.Click) -> None:
        """A click on a hint does what it names."""
        for start, end, id in self._spots:
            if start <= event.x < end:
                self.clicked(id)
                return


def _width(hint: Hint) -> int:
    """Cells of a hint with the blanks behind it."""
    return cells(hint.key) + cells(_(hint.word)) + 3
