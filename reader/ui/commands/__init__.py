"""What a key does: one file a group of the action registry, each class with a method an action.

Owns the way from an action's id to its method. A command knows the session and a `Host`, never the app, the inside of a
widget or another command: it changes state, and whoever shows that state hears of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from reader.ui.commands.host import Group, Host, Terminal

if TYPE_CHECKING:
    from reader.ui.commands.library import Library
    from reader.ui.commands.links import Links
    from reader.ui.commands.notes import Notes
    from reader.ui.commands.programs import Programs
    from reader.ui.commands.reader import Reader
    from reader.ui.commands.sidebar import Sidebar

__all__ = ["Commands", "Group", "Host", "Terminal"]

_FILES = {"claim": "claims", "link": "links", "image": "images", "note": "notes", "place": "places"}
"""The files of groups, where they are not named as the ids of their actions begin."""


class Commands:
    """All groups, by the first part of their actions' ids. Each is imported at its first use: none is needed for the
    first screen."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._made: dict[str, Group] = {}

    def group(self, name: str) -> Group:
        """The group of the actions whose ids begin with a name."""
        made = self._made.get(name)
        if made is None:
            file = _FILES.get(name, name)
            module = import_module(f"reader.ui.commands.{file}")
            made = self._made[name] = getattr(module, file.capitalize())(self._host)
        return made

    @property
    def links(self) -> Links:
        """Links and images."""
        return cast("Links", self.group("link"))

    @property
    def sidebar(self) -> Sidebar:
        """The sidebar."""
        return cast("Sidebar", self.group("sidebar"))

    @property
    def library(self) -> Library:
        """What there is to read."""
        return cast("Library", self.group("library"))

    @property
    def notes(self) -> Notes:
        """Highlights and notes."""
        return cast("Notes", self.group("note"))

    @property
    def reader(self) -> Reader:
        """The program itself."""
        return cast("Reader", self.group("reader"))

    @property
    def programs(self) -> Programs:
        """Programs of the person's own."""
        return cast("Programs", self.group("programs"))

    def do(self, id: str, count: int | None = None) -> None:
        """Does the action with this id: as often as `count` says, or with it where the action knows what it means."""
        from reader.ui.commands.move import COUNTED

        if id == "file.edit" and self.notes.stepped_to:
            id = "note.write"  # on a note it is the note that is edited
        name, _, verb = id.partition(".")
        group = self.group(name)
        times = 1 if count is None or id in COUNTED else min(count, _MOST_TIMES)
        group.count = count
        try:
            for _ in range(times):
                getattr(group, verb)()
        finally:
            group.count = None


_MOST_TIMES = 100
"""A longer count is a slip of the hand."""
