"""The screen on which several articles of a feed or a sitemap are marked, to be saved. Imported when first asked for.

Owns which are marked, and the keys that mark. Refuses to save: it is dismissed with what is to be saved, or with None.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from reader import sanitize
from reader.document import Range
from reader.locale import _
from reader.session import Entry, Plan
from reader.ui.style import ThemeStyles
from reader.ui.survival import Surviving
from reader.ui.widgets.dialogs import ANYWHERE
from reader.ui.widgets.list_view import ScreenList
from reader.ui.widgets.sidebar import Head

_ANY = Range(0, 0)


class Chosen(NamedTuple):
    """What is to be saved of a list."""

    entries: tuple[int, ...]
    """Indices of the entries, in the order of the list."""
    images: bool


class SaveList(Surviving, ModalScreen[Chosen | None]):
    """A list of articles over everything, to mark in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,q", "close", show=False),
        *ANYWHERE,
        Binding("m", "mark", show=False),
        Binding("M", "mark_all", show=False),
        Binding("i", "save(True)", show=False),
    ]

    def __init__(self, styles: ThemeStyles, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self.marked: set[int] = set()
        """Indices of the entries that are marked."""
        self._entries = [
            Entry(title, _ANY, key=index, also=sanitize.href(address))
            for index, (title, address) in enumerate(plan.entries)
        ]
        self._head = Head(styles, plan.title, id="library-head")
        self._list = ScreenList(styles, id="library-list")
        self._foot = Head(styles, "", id="library-foot")

    def compose(self) -> ComposeResult:
        yield self._head
        yield self._list
        yield self._foot

    def on_mount(self) -> None:
        """The list has the keys, and its cursor is at the entry that had the focus."""
        self._list.chosen = lambda entry: self.action_save(False)
        self._list.focus()
        self._fill(cursor=self._plan.chosen or 0)

    def _fill(self, cursor: int | None = None) -> None:
        shown = [
            replace(entry, text=f"{'✓' if entry.key in self.marked else ' '} {entry.text}") for entry in self._entries
        ]
        self._list.fill(shown, cursor=cursor)
        count = len(self._entries)
        title = sanitize.clean_line(self._plan.title)
        self._head.set_text(title + "  " + _("{marked} of {count} marked").format(marked=len(self.marked), count=count))
        self._foot.set_text(
            _("m marks   M marks all   Enter saves   i saves with images   / filters   Esc saves nothing")
        )
        self._list.refresh()

    def action_mark(self) -> None:
        """Marks the entry under the cursor, or no longer, and goes to the next."""
        if self._list.shown:
            self.marked ^= {self._list.entries[self._list.cursor].key}
            self._fill()
            self._list.action_cursor(1)

    def action_mark_all(self) -> None:
        """Marks all that the filter leaves; where all of them are, none."""
        keys = {entry.key for entry in self._list.shown}
        self.marked = self.marked - keys if keys <= self.marked else self.marked | keys
        self._fill()

    def action_save(self, images: bool) -> None:
        """What is marked, or where nothing is the entry under the cursor."""
        if self.marked or self._list.shown:
            here = self._list.entries[self._list.cursor].key
            self.dismiss(Chosen(tuple(sorted(self.marked or {here})), images))

    def action_close(self) -> None:
        """Nothing is saved."""
        self.dismiss(None)
