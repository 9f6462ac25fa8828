"""The command palette: Textual's own, with the commands that `finding` finds, and ready for keys that come before its
list is laid out. Imported when it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, cast

from rich.text import Text
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets.option_list import Option

from reader.locale import _
from reader.ui.finding import Named, rank
from reader.ui.survival import Surviving


class Commanded(Protocol):
    """An app with commands."""

    def named_commands(self) -> Sequence[tuple[Named, str, Callable[[], object]]]:
        """Each command, its keys, and what does it."""


class Found(Provider):
    """The app's commands, the best first."""

    def _listed(self) -> Sequence[tuple[Named, str, Callable[[], object]]]:
        return cast(Commanded, self.app).named_commands()

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command, keys, run in self._listed():
            yield DiscoveryHit(Text(command.names[0]), run, help=_help(command, keys))

    async def search(self, query: str) -> Hits:
        """Those that fit."""
        for command, keys, run in self._listed():
            score = rank(query, command)
            if score:
                yield Hit(score, Text(command.names[0]), run, help=_help(command, keys))


def _help(command: Named, keys: str) -> str:
    """The line under a name; a bracket in it is not markup."""
    return " · ".join(part for part in (command.group, keys) if part).replace("[", "\\[")


class Palette(Surviving, CommandPalette):
    """Finds a command by its name."""

    def __init__(self) -> None:
        super().__init__([Found], placeholder=_("find a command …"), id="--command-palette")

    def _action_command_list(self, action: str) -> None:
        """Moves in the list, once it has rows: Textual's list raises KeyError for a page of none."""
        listed = self.query(CommandList)
        if listed and listed.first().scrollable_content_region.height and listed.first().option_count:
            super()._action_command_list(action)

    def _action_cursor_down(self) -> None:
        """Opens the list or moves down in it, once it is there."""
        if self.query(CommandList):
            super()._action_cursor_down()

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Says at once that nothing is found, and in the reader's language."""
        self._stop_no_matches_countdown()
        listed = self.query_one(CommandList)
        if search_value and not listed.option_count:
            listed.add_option(Option(Text(_("no such command")), disabled=True, id=self._NO_MATCHES))
            self._list_visible = True
