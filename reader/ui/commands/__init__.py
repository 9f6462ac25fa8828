"""What a key does: one file a group of the action registry, each class with a method an action.

Owns the way from an action's id to its method. A command knows the session and a `Host`, never the app, the inside of a
widget or another command: it changes state, and whoever shows that state hears of it.
"""

from __future__ import annotations

from reader.ui.commands.claims import Claims
from reader.ui.commands.file import File
from reader.ui.commands.host import Group, Host, Terminal
from reader.ui.commands.images import Images
from reader.ui.commands.library import Library
from reader.ui.commands.links import Links
from reader.ui.commands.move import COUNTED, Move
from reader.ui.commands.notes import Notes
from reader.ui.commands.places import Places
from reader.ui.commands.programs import Programs
from reader.ui.commands.reader import Reader
from reader.ui.commands.search import Search
from reader.ui.commands.sidebar import Sidebar
from reader.ui.commands.view import View

__all__ = ["Commands", "Group", "Host", "Terminal"]


class Commands:
    """All groups, by the first part of their actions' ids."""

    def __init__(self, host: Host) -> None:
        self.links = Links(host)
        self.sidebar = Sidebar(host)
        self.library = Library(host)
        self.notes = Notes(host)
        self.reader = Reader(host)
        self.programs = Programs(host)
        self.groups: dict[str, Group] = {
            "move": Move(host),
            "sidebar": self.sidebar,
            "search": Search(host),
            "claim": Claims(host),
            "link": self.links,
            "image": Images(host),
            "note": self.notes,
            "place": Places(host),
            "library": self.library,
            "file": File(host),
            "view": View(host),
            "reader": self.reader,
        }

    def do(self, id: str, count: int | None = None) -> None:
        """Does the action with this id: as often as `count` says, or with it where the action knows what it means."""
        if id == "file.edit" and self.notes.stepped_to:
            id = "note.write"  # on a note it is the note that is edited
        name, _, verb = id.partition(".")
        group = self.groups[name]
        times = 1 if count is None or id in COUNTED else min(count, _MOST_TIMES)
        group.count = count
        try:
            for _ in range(times):
                getattr(group, verb)()
        finally:
            group.count = None


_MOST_TIMES = 100
"""A longer count is a slip of the hand."""
