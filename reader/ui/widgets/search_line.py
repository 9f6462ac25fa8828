"""The search line: a field, the toggles with their keys, and the count. Imported at the first `/`.

Owns what is typed and switched, and tells the session's search at once: a message would come after the next key.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from reader.layout import cells, clip
from reader.locale import N_, _
from reader.search import Query
from reader.session import Session, Topic
from reader.ui.style import ThemeStyles
from reader.ui.widgets.typed_line import TypedLine

_TOGGLES = (
    ("case", "Aa", "c"),
    ("whole_word", N_("word"), "w"),
    ("regex", ".*", "r"),
    ("accents", "é", "a"),
    ("variants", "简繁", "v"),
    ("pinyin", "pīn", "p"),
)
"""Field of `Query`, the sign on the line, and the key with Alt."""
_MIN_FIELD_CELLS = 20
"""Cells the field has at least, or the signs give way to it."""


class _Toggles(Widget):
    ALLOW_SELECT = False

    def __init__(self, line: SearchLine) -> None:
        super().__init__(id="search-toggles")
        self.line = line

    def _shown(self) -> list[tuple[str, str]]:
        parts: list[tuple[str, str]] = [(" Alt+", "label")]
        for name, sign, key in self.line.toggles:
            on = bool(getattr(self.line.asked, name)) if name != "case" else self.line.asked.case == "sensitive"
            parts += [(f" {key}:", "label"), (f"{_(sign)}{'✓' if on else ' '}", "said" if on else "label")]
        wrong = self.line.problem
        parts.append((f"  {wrong or self.line.count} ", "warning" if wrong else "said"))
        return parts

    def wanted(self) -> int:
        """Cells it takes."""
        return sum(cells(text) for text, _ in self._shown())

    def least(self) -> int:
        """Cells the count alone takes, or what is wrong: at most two thirds of the line."""
        return min(cells(self._shown()[-1][0]), self.app.size.width * 2 // 3)

    def render_line(self, y: int) -> Strip:
        styles = self.line.theme_styles
        drawn = Strip([Segment(text, styles.style(f"status {role}")) for text, role in self._shown()])
        width = self.size.width
        if drawn.cell_length > width:  # the count matters most
            text, role = self._shown()[-1]
            drawn = Strip([Segment(clip(text, width), styles.style(f"status {role}"))])
        return drawn.adjust_cell_length(width, styles.style("status"))

    def on_click(self, event: events.Click) -> None:
        """A click switches."""
        if self.size.width < self.wanted():
            return  # they are not shown
        shown = self._shown()
        left = cells(shown[0][0])
        for place, (name, _sign, _key) in enumerate(self.line.toggles):
            left += cells(shown[2 * place + 1][0]) + cells(shown[2 * place + 2][0])
            if event.x < left:
                self.line.action_switch(name)
                return


class SearchLine(TypedLine):
    """One row above the bottom line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "older(1)", show=False, id="search.older"),
        Binding("down", "older(-1)", show=False, id="search.newer"),
        # before the field: a terminal sends Alt+r as a key with a letter, and the field takes every letter
        *(
            Binding(f"alt+{key}", f"switch('{name}')", show=False, id=f"search.{name}", priority=True)
            for name, _sign, key in _TOGGLES
        ),
    ]

    def __init__(self, session: Session, styles: ThemeStyles) -> None:
        self.asked = session.search.asked or session.search.default_query()
        placeholder = _("search in this article")
        super().__init__(
            Input(self.asked.pattern, placeholder=placeholder, compact=True, id="search-field"), id="search"
        )
        self.session = session
        self.theme_styles = styles
        self.count = ""
        self.problem = ""
        pinyin = session.search.pinyin_available()
        self.toggles = tuple(toggle for toggle in _TOGGLES if toggle[0] != "pinyin" or pinyin)
        self._back = -1
        self._typed = ""
        self._signs = _Toggles(self)
        self._unsubscribe = session.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "matches" and self.is_mounted:
            self._tell()

    def on_unmount(self) -> None:
        """Listens no longer."""
        self._unsubscribe()

    def _tell(self) -> None:
        search = self.session.search
        asked = search.asked is not None and search.asked.pattern
        self.tell((search.count or _("no match")) if asked and (search.matches or search.done) else "", search.problem)

    def compose(self) -> ComposeResult:
        yield self.field
        yield self._signs

    def on_mount(self) -> None:
        """Says what was found before."""
        self._tell()

    def on_resize(self) -> None:
        """The signs take what they may of another width."""
        self.tell(self.count, self.problem)

    def tell(self, count: str, problem: str = "") -> None:
        """The count, or what is wrong with the query."""
        self.count, self.problem = count, problem
        wanted, room = self._signs.wanted(), self.app.size.width - _MIN_FIELD_CELLS
        self._signs.styles.width = wanted if wanted <= room else self._signs.least()
        self._signs.refresh()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Searches while the reader types."""
        event.stop()
        self._ask(replace(self.asked, pattern=event.value))

    def action_keep(self) -> None:
        """Enter keeps what is found."""
        self._ask(replace(self.asked, pattern=self.field.value))
        self.session.search.keep()

    def action_leave(self) -> None:
        """Esc goes back to where the search began."""
        self.session.search.leave()

    def action_older(self, step: int) -> None:
        """Walks the queries of before."""
        if self._back < 0:
            self._typed = self.field.value
        older = [query for query in self.session.search.history if query != self._typed]
        self._back = max(-1, min(len(older) - 1, self._back + step))
        self.field.value = older[self._back] if self._back >= 0 else self._typed
        self.field.cursor_position = len(self.field.value)

    def action_switch(self, name: str) -> None:
        """Switches one option."""
        if name == "case":
            self._ask(replace(self.asked, case="smart" if self.asked.case == "sensitive" else "sensitive"))
        elif any(name == toggle[0] for toggle in self.toggles):
            switched: dict[str, Any] = {name: not getattr(self.asked, name)}
            self._ask(replace(self.asked, **switched))
        self.tell(self.count)

    def _ask(self, query: Query) -> None:
        if query != self.asked and self.session.search.typing:
            self.asked = query
            self.session.search.change(query)
