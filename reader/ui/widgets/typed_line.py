"""A line above the bottom one on which something is typed: the base of the search line and the command line.

Owns the field, Enter and Esc, and the keys that come before the field can take them: the page hands them over (`early`)
until the field has them itself. Refuses to know what is typed.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from reader.ui.survival import Surviving


class TypedLine(Surviving, Horizontal):
    """One row with a field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # before the field, whose own message of Enter would come after the key that follows
        Binding("enter", "keep", show=False, id="line.keep", priority=True),
        Binding("escape", "leave", show=False, id="line.leave"),
    ]

    def __init__(self, field: Input, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.field = field
        self._early = False
        """Whether a key has come before the field could take it."""

    def early(self, event: events.Key) -> bool:
        """A key that came before the field could take it; true as long as more may. The first one that types something
        types over what stands in the field."""
        if event.key == "enter":
            self.action_keep()
        elif event.key == "escape":
            self.action_leave()
        elif event.character is not None and event.is_printable:
            self.field.value = (self.field.value if self._early else "") + event.character
            self.field.cursor_position = len(self.field.value)
            self._early = True
        return self.typing

    def on_mount(self) -> None:
        """The field has the keys, ready to type over what stands there."""
        self.field.focus()
        if not self._early:
            self.field.select_all()

    @property
    def typing(self) -> bool:
        """Whether the line is still wanted."""
        raise NotImplementedError

    def action_keep(self) -> None:
        """Enter."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Esc."""
        raise NotImplementedError
