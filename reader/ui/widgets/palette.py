"""The palette: commands found by words of their names, a row each, the key at the right. Imported when it opens.

Owns the order in which commands are found. Refuses to do one: it dismisses with its id.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from reader.document import Range
from reader.locale import _
from reader.session import Entry
from reader.ui.finding import Named, rank
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import Box, Dialog
from reader.ui.widgets.list_view import ScreenList

_ANY = Range(0, 0)
_OTHER_ROWS = 4
"""Of the box: its edges, the field and a blank row."""


class Command(NamedTuple):
    """A row of the palette."""

    id: str
    title: str
    keys: str = ""
    also: str = ""
    """Other words it is found by."""
    names: tuple[str, ...] = ()
    """Its title in other languages."""


def found(commands: Sequence[Command], typed: str) -> list[Command]:
    """The commands that hold all the words typed, those first whose title begins with them, then whose title has them
    as they were typed, then whose title has them all; then those that fit by the rules of `finding`."""
    words = typed.casefold().split()
    phrase = " ".join(words)
    ranked: list[tuple[int, int, Command]] = []
    for place, command in enumerate(commands):
        titles = [title.casefold() for title in (command.title, *command.names)]
        everything = f"{' '.join(titles)} {command.keys} {command.also} {command.id}".casefold()
        if all(word in everything for word in words):
            ranked.append((min(_place(title, phrase, words) for title in titles), place, command))
        elif fits := rank(typed, Named(command.id, (command.title, *command.names), command.also)):
            ranked.append((3 + round(10 * (1 - fits)), place, command))
    return [command for _, _, command in sorted(ranked)]


def _place(title: str, phrase: str, words: Sequence[str]) -> int:
    """How near the words are to a title: the less, the nearer."""
    in_title = 2 - all(word in title for word in words)
    return -2 if title == phrase else -1 if title.startswith(phrase) else 0 if phrase in title else in_title


class Palette(Dialog[str]):
    """Finds a command by its name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False, priority=True),
        Binding("enter", "choose", show=False, priority=True),
        Binding("down,ctrl+n", "cursor(1)", show=False, priority=True),
        Binding("up,ctrl+p", "cursor(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]

    def __init__(self, styles: ThemeStyles, commands: Sequence[Command]) -> None:
        super().__init__()
        self.theme_styles = styles
        self.commands = commands
        self.field = Input(placeholder=_("words of a command's name"), compact=True, id="palette-field")
        self.list = ScreenList(styles, id="palette-list", empty=_("No command is named so"))
        self.list.can_focus = False
        self.list.keyed = True
        self.list.chosen = self._choose

    def compose(self) -> ComposeResult:
        with Box(_("Commands"), _("Enter does it   Esc closes"), classes="fitted"):
            yield self.field
            yield self.list

    def on_resize(self, event: events.Resize) -> None:
        """As many rows as there is room for."""
        self._fit(event.size.height)

    def _fit(self, screen_rows: int) -> None:
        """The box is as high as what is found, up to nine tenths of the screen."""
        self.list.styles.height = max(1, min(len(self.list.entries), screen_rows * 9 // 10 - _OTHER_ROWS))

    def on_mount(self) -> None:
        """The field has the keys."""
        self.field.focus()
        self._fill(self.field.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Other commands fit."""
        event.stop()
        self._fill(event.value)

    def _fill(self, typed: str) -> None:
        entries = [Entry(one.title, _ANY, detail=one.keys, id=one.id) for one in found(self.commands, typed)]
        self.list.fill(entries, cursor=0)
        self._fit(self.app.size.height)
        self.list.refresh()

    def _choose(self, entry: Entry) -> None:
        self.dismiss(entry.id)

    def action_choose(self) -> None:
        """Enter."""
        self._fill(self.field.value)  # what was typed last may not have been heard of yet
        self.list.action_choose()

    def action_cursor(self, step: int) -> None:
        """Up and down in the list."""
        self.list.action_cursor(step)

    def action_page(self, step: int) -> None:
        """Pages of the list."""
        self.list.action_cursor_page(step)
