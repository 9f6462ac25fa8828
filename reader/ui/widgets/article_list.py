"""The rows of the library's list, and what stands below them of the chosen one.

Owns how a row and a head are drawn, and which lines of the list are on the screen. Refuses to change anything but the
place of the list: keys are the screen's.

Invariant: drawing a line costs the same in a list of ten articles and of a hundred thousand.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.document import Range
from reader.layout import cells, clip, pad, wrapped
from reader.locale import _
from reader.session import Arranged, Articles, Row
from reader.source import shown_path
from reader.store import State
from reader.ui.style import ThemeStyles
from reader.ui.survival import Surviving
from reader.ui.widgets.list_view import in_view
from reader.ui.widgets.pane import Pane

SIGNS = {"unread": "●", "reading": "◐", "finished": "✓"}
"""Before the title: where it stands."""
STAR, ARCHIVED, MARKED = "★", "▣", "▶"
_WIDE_CELLS = 96
"""From here on a row says whom an article is by; """
_MIDDLE_CELLS = 64
"""from here on, how long it takes."""


class _Drawn(NamedTuple):
    """What a list looks like, but for its top."""

    arranged: Arranged
    states: Mapping[str, State]
    cursor: int
    rest: tuple[object, ...]


class ArticleList(Pane):
    """The list, one line a row, or two where each shows its match."""

    def __init__(self, styles: ThemeStyles, articles: Articles) -> None:
        super().__init__(styles, id="articles-list")
        self.articles = articles
        self.top = articles.top
        self.empty = _("Looking for articles …")
        self._synced: _Drawn | None = None
        """What was there when the chosen row was last brought into view."""

    # ---- the place ---------------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        return len(self.articles.arranged.rows) * self.articles.height

    def show(self, y: int) -> None:
        """Makes a line the top, and fetches what the lines on the screen are to show."""
        super().show(y)
        self.articles.top = self.top
        self._fetch()

    def _fetch(self) -> None:
        if self.articles.arranged.ranked:
            height = self.articles.height
            first = self.top // height
            self.articles.need_excerpts(
                self.articles.arranged.rows[first : first + self.size.height // height + 2],
            )

    def sync(self) -> None:
        """The list has changed: the chosen row is on the screen, with the head of its group where it is the first."""
        articles, height = self.articles, self.articles.height
        before, top = self._synced, self.top
        self._synced = now = _Drawn(
            articles.arranged,
            articles.states.known,
            articles.cursor,
            (self.size, len(articles.marked), articles.excerpts_came, articles.typing),
        )
        same_list = before is not None and before.arranged is now.arranged
        if before is not None and same_list and before.cursor == now.cursor and before.rest[0] == self.size:
            self.refresh()  # the wheel may have left the chosen row behind
            return
        self.top = articles.top
        start = articles.cursor * height
        first = start
        if articles.cursor == 1 and articles.arranged.rows[:1] and articles.arranged.rows[0].entry is None:
            first = 0
        wanted = self.settle(min(max(self.top, start + height - max(height, self.room)), first))
        if (
            before is not None
            and same_list
            and wanted == top
            and before.states is now.states
            and before.rest == now.rest
        ):
            for cursor in (before.cursor, now.cursor):  # a key that does no more than move draws two rows
                self.refresh(Region(0, cursor * height - top, self.size.width, height))
        else:
            self.show(wanted)

    def on_resize(self) -> None:
        """The chosen row stays in view."""
        self.sync()

    @property
    def rows(self) -> int:
        """Rows a page move goes."""
        return max(1, self.room // self.articles.height - 1)

    # ---- drawing -----------------------------------------------------------------------------------------------------

    def segments(self, y: int, width: int) -> Iterator[Segment]:
        articles, styles = self.articles, self.theme_styles
        rows = articles.arranged.rows
        if not rows:
            if y == 0:
                yield Segment(clip(f" {self.empty}", width), styles.style("label"))
            return
        if y >= self.total:
            return
        number, line = divmod(y, articles.height)
        row = rows[number]
        chosen = number == articles.cursor
        if row.entry is None:
            yield Segment(
                clip(f" {row.head or _('no date') if articles.view.group == 'day' else row.head or '.'}", width),
                styles.style("list-head"),
            )
            return
        role = _cursor_role(chosen, articles.typing)
        yield from self._match(row, width, role) if line else self._title(row, width, role)

    def _title(self, row: Row, width: int, role: str) -> Iterator[Segment]:
        entry, styles = row.entry, self.theme_styles
        assert entry is not None
        state = self.articles.state(entry)
        unread = state.read == "unread"
        look = (
            f"{'strong ' if unread else ''}{'list-done ' if state.read == 'finished' or state.archived else ''}{role}"
        )
        mark = MARKED if entry.path in self.articles.marked else " "
        sign = ARCHIVED if state.archived else SIGNS[state.read]
        lead = f"{pad(mark, 2)}{pad(sign, 2)}{pad(STAR if state.starred else '', 2)}{'  ' if row.within else ''}"
        many = f" ×{1 + len(row.others)}" if row.others else ""
        right = self._right(row, state, width)
        room = max(1, width - cells(lead) - cells(many) - cells(right))
        title = clip(entry.title, room)
        yield Segment(lead, styles.style(f"gutter {role}" if state.starred else look))
        yield Segment(title, styles.style(look))
        yield Segment(many, styles.style(f"label {role}"))
        yield Segment(" " * max(0, room - cells(title)) + right, styles.style(f"label {role}"))

    def _right(self, row: Row, state: State, width: int) -> str:
        """Whom it is by, minutes, date and how far it was read, as far as there is room."""
        entry = row.entry
        assert entry is not None
        parts: list[str] = []
        if width >= _WIDE_CELLS:
            parts.append(pad(self.articles.origin(entry), max(12, width // 6)))
        if width >= _MIDDLE_CELLS:
            parts.append(pad(_("{count} min").format(count=entry.minutes) if entry.minutes else "", 7, "right"))
        read = self.articles.view.order == "read"
        if width >= _MIDDLE_CELLS // 2 and (self.articles.arranged.dated or read):
            day = entry.date[:10]
            if read and state.opened:
                day = datetime.fromtimestamp(state.opened).strftime("%Y-%m-%d")
            parts.append(pad(day, 10))
        far = f"{int(100 * state.progress)}%" if state.opened and state.read != "unread" else ""
        parts.append(pad("!" if entry.problem else far, 4, "right"))
        return "  " + "  ".join(parts).lstrip() + " "  # an empty column is room for the title

    def _match(self, row: Row, width: int, role: str) -> Iterator[Segment]:
        """The line below a title: the first match with what is around it."""
        styles, entry, hit = self.theme_styles, row.entry, row.hit
        assert entry is not None
        assert hit is not None
        found = self.articles.excerpt(entry)
        look, lead = styles.style(f"label {role}"), " " * 6
        if hit.first is None or found is None or not found.line:
            where = "" if hit.first is not None else _("in the title, the author or the tags")
            yield Segment(pad(lead + where, width), look)
            return
        count = f"  {hit.matches:,} ×" if hit.matches > 1 else ""
        room = max(1, width - cells(lead) - cells(count) - 1)
        text, mark = in_view(found.line, Range(found.match.start, found.match.end), room)
        start, end = min(mark.start, len(text)), min(mark.end, len(text))
        yield Segment(lead + text[:start], look)
        yield Segment(text[start:end], look + styles.mark("match"))
        yield Segment(text[end:] + " " * (room - cells(text)) + count + " ", look)

    # ---- the mouse ---------------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """A click chooses a row, a second one opens it."""
        if event.x >= self.size.width - 1:
            return
        number = (self.top + event.y) // self.articles.height
        rows = self.articles.arranged.rows
        if number < len(rows) and rows[number].entry is not None:
            if number == self.articles.cursor or event.chain > 1:
                self.chosen()
            else:
                self.articles.move_to(number)

    def on_key(self, event: events.Key) -> None:
        """Begins a query; where the query line is not there yet, what is typed is for it."""
        if event.key == "slash" or self.articles.typing:  # no binding: it would be late for what is typed next
            event.stop()
            event.prevent_default()
            self.query_key(event)

    def query_key(self, event: events.Key) -> None:
        """Takes a key that is for the query line, or opens it."""

    def chosen(self) -> None:
        """A row was clicked that was chosen before."""


def _cursor_role(chosen: bool, typing: bool) -> str:
    return ("list-cursor-idle" if typing else "list-cursor") if chosen else ""


class Below(Surviving, Widget):
    """What is known of the chosen article: its path, its tags, its first lines."""

    ALLOW_SELECT = False

    def __init__(self, styles: ThemeStyles, articles: Articles) -> None:
        super().__init__(id="articles-below")
        self.theme_styles = styles
        self.articles = articles
        self._drawn: list[tuple[str, str]] = []

    def sync(self) -> None:
        """Another row is chosen, or more is known of it."""
        drawn = self._lines(self.size.width, self.size.height)
        if drawn != self._drawn:
            self._drawn = drawn
            self.refresh()

    def on_resize(self) -> None:
        """Wider lines hold more."""
        self.sync()

    def _lines(self, width: int, height: int) -> list[tuple[str, str]]:
        row = self.articles.row
        if row is None or row.entry is None or height < 2:
            return []
        entry, state = row.entry, self.articles.state(row.entry)
        lines = [("─" * width, "rule"), (f" {shown_path(entry.path)}", "label")]
        named = (*entry.tags.split("\n"), *entry.categories.split("\n"))
        tags = " ".join(f"#{tag}" for tag in dict.fromkeys(named) if tag)
        by = ", ".join(name for name in entry.authors.split("\n") if name)
        opened = _when(state.opened) if state.opened else ""
        said = "   ".join(part for part in (by, tags, opened) if part)
        if said:
            lines.append((f" {said}", "bullet"))
        if entry.problem:
            lines.append((f" {entry.problem}", "warning"))
        lead = self.articles.lead(entry)
        cuts = wrapped(lead, max(8, width - 3))
        lines += [(f" {lead[start:end]}", "") for start, end in cuts[: max(0, height - len(lines))]]
        return lines

    def render_line(self, y: int) -> Strip:
        width, styles = self.size.width, self.theme_styles
        text, role = self._drawn[y] if y < len(self._drawn) else ("", "")
        style = styles.style(role)
        return Strip([Segment(clip(text, width), style)]).adjust_cell_length(width, styles.style(""))


def _when(opened: float) -> str:
    from reader.library import ago

    return _("read {when}").format(when=ago(opened, time.time()))
