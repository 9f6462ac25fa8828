"""The command palette: Textual's own, but for keys that come before its list is laid out. Imported when it opens."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette

from reader.ui.survival import Surviving


class Palette(Surviving, CommandPalette):
    """Finds a command by its name."""

    def _action_command_list(self, action: str) -> None:
        """Moves in the list, once it has rows: Textual's list raises KeyError for a page of none."""
        listed = self.query(CommandList)
        if listed and listed.first().scrollable_content_region.height and listed.first().option_count:
            super()._action_command_list(action)

    def _action_cursor_down(self) -> None:
        """Opens the list or moves down in it, once it is there."""
        if self.query(CommandList):
            super()._action_cursor_down()
