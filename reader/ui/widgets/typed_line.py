"""A line above the bottom one on which something is typed: the base of the search line and the command line.

Owns the field, Enter and Esc. Refuses to know what is typed. Keys that come before the field stands wait for it (see
`reader.ui.type_ahead`).
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from reader.ui.survival import Surviving


class TypedLine(Surviving, Horizontal):
    """One row with a field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # before the field, whose own message of Enter would come after the key that follows
        # Ctrl+J: Enter, as a terminal hands on what was typed before the program took its keys
        Binding("enter,ctrl+j", "keep", show=False, id="line.keep", priority=True),
        Binding("escape", "leave", show=False, id="line.leave"),
    ]

    def __init__(self, field: Input, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.field = field

    def on_mount(self) -> None:
        """The field has the keys, ready to type over what stands there."""
        self.field.focus()
        self.field.select_all()

    def action_keep(self) -> None:
        """Enter."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Esc."""
        raise NotImplementedError
