"""The line that `:` opens: a place to go to, or the name of a command. Imported when it is opened.

Owns what is typed. Refuses to understand it: `done` gets the text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from reader.locale import N_, _
from reader.session import Session
from reader.ui.style import ThemeStyles
from reader.ui.survival import Surviving
from reader.ui.widgets.sidebar import Head

_PLACEHOLDER = N_("42   50%   #heading   a command's name")


class CommandLine(Surviving, Horizontal):
    """One row above the bottom line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # before the field, whose own message of Enter would come after the key that follows
        Binding("enter", "keep", show=False, id="line.keep", priority=True),
        Binding("escape", "leave", show=False, id="line.leave"),
    ]

    def __init__(self, session: Session, styles: ThemeStyles, done: Callable[[str], object]) -> None:
        super().__init__(classes="command-line")  # no id: the one before may still be on its way out
        self.session = session
        self.theme_styles = styles
        self.done = done
        self._mark = Head(styles, ":", id="command-mark")
        self._mark.set_role("status key")
        self.field = Input("", placeholder=_(_PLACEHOLDER), compact=True, id="command-field")

    def compose(self) -> ComposeResult:
        yield self._mark
        yield self.field

    def early(self, event: events.Key) -> bool:
        """A key that came before the field could take it; true as long as more may."""
        if event.key == "enter":
            self.action_keep()
        elif event.key == "escape":
            self.action_leave()
        elif event.character is not None and event.is_printable:
            self.field.value += event.character
            self.field.cursor_position = len(self.field.value)
        return self.session.going.typing

    def on_mount(self) -> None:
        """The field has the keys."""
        self.field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Nobody else is told."""
        event.stop()

    def on_key(self, event: events.Key) -> None:
        """Backspace on nothing leaves, as in vi."""
        if event.key == "backspace" and not self.field.value:
            event.stop()
            self.action_leave()

    def action_keep(self) -> None:
        """Enter: what was typed is done."""
        text = self.field.value
        self.session.going.leave()
        self.done(text)

    def action_leave(self) -> None:
        """Esc."""
        self.session.going.leave()
