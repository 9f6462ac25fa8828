"""The line that `:` opens: a place to go to, or the name of a command. Imported when it is opened.

Owns what is typed. Refuses to understand it: `done` gets the text.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from reader.locale import N_, _
from reader.session import Session
from reader.ui.style import ThemeStyles
from reader.ui.widgets.sidebar import Head
from reader.ui.widgets.typed_line import TypedLine

_PLACEHOLDER = N_("42   50%   #heading   a command's name")


class CommandLine(TypedLine):
    """One row above the bottom line."""

    def __init__(self, session: Session, styles: ThemeStyles, done: Callable[[str], object]) -> None:
        field = Input("", placeholder=_(_PLACEHOLDER), compact=True, id="command-field")
        super().__init__(field, classes="command-line")  # no id: the one before may still be on its way out
        self.session = session
        self.theme_styles = styles
        self.done = done
        self._mark = Head(styles, ":", id="command-mark")
        self._mark.set_role("status key")

    def compose(self) -> ComposeResult:
        yield self._mark
        yield self.field

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
