"""Lists of notes over everything: those of all articles, and the lost ones to choose from. Imported when one opens.

Dismisses with the entry chosen, or with None; it goes nowhere itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from reader.locale import N_, _
from reader.session import Entry
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import ANYWHERE
from reader.ui.widgets.list_screen import ListScreen
from reader.ui.widgets.list_view import ScreenList

_MAX_WRAPPED = 2000
"""Entries up to so many are wrapped, which walks through all of them."""
_KEYS = N_("Enter goes there   / finds by words, #tag, colour or title   Esc closes")


class NotesScreen(ListScreen[Entry | None]):
    """Notes to choose one of."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,6", "close", show=False), *ANYWHERE]

    def __init__(
        self, styles: ThemeStyles, title: str, entries: Sequence[Entry], *, empty: str = "", keys: str = _KEYS
    ):
        super().__init__(styles)
        self.entries = entries
        self._list = ScreenList(styles, id="notes-list", empty=empty)
        self.head.say((title, ""))
        self.foot.say((_(keys), "label"))

    def compose(self) -> ComposeResult:
        yield self.head
        yield self._list
        yield self.foot

    def on_mount(self) -> None:
        """The list has the keys, its cursor on the first note."""
        self._list.chosen = self.leave
        self._list.set_here(-1)
        self._list.focus()
        self._fill(cursor=next((at for at, entry in enumerate(self.entries) if entry.range is not None), 0))

    def show(self, title: str, entries: Sequence[Entry], empty: str) -> None:
        """Other entries, when they are known; `empty` is said where there are none."""
        self._list.empty = empty
        self.entries = entries
        self.head.say((title, ""))
        if self.is_mounted:
            self.on_mount()

    def _fill(self, *, cursor: int) -> None:
        self._list.fill(self.entries, cursor=cursor, wrap=len(self.entries) <= _MAX_WRAPPED)
        self._list.refresh()

    def action_close(self) -> None:
        """Nothing is chosen."""
        self.leave(None)
