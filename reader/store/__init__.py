"""What the reader remembers between runs: places, bookmarks, highlights, notes, what was read, how it is shown.

Owns one SQLite file: its schema (`schema`), what stands in for it while it cannot be used (`database`), rows as values
(`rows`, `records`), what is asked of it (`store`, `annotations`, `articles`, `first_look`); and the finding of places
and passages in an article that was edited (`place`, `anchor`). Articles are known by where they are and, when they
were moved, by the digest of their bytes. Nothing here raises for the state of the disk, and nothing is said to be kept
that is not in the file.

Invariant: importing this package does not import sqlite3: the first screen needs places, and no store.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from reader.store.place import QUOTE, Place, locate, place_at
from reader.store.records import (
    Annotation,
    Article,
    Note,
    Progress,
    ReadState,
    Recent,
    Selector,
    State,
    annotation,
    tags,
)

if TYPE_CHECKING:
    from reader.store.anchor import Anchored as Anchored
    from reader.store.anchor import Status as Status
    from reader.store.anchor import anchored as anchored
    from reader.store.anchor import locate_all as locate_all
    from reader.store.anchor import refreshed as refreshed
    from reader.store.anchor import selector_at as selector_at
    from reader.store.first_look import Glimpse as Glimpse
    from reader.store.first_look import glance as glance
    from reader.store.store import Store as Store
else:
    _LATE = {
        "Store": "store",
        **dict.fromkeys(("Glimpse", "glance"), "first_look"),
        **dict.fromkeys(("Anchored", "Status", "anchored", "locate_all", "refreshed", "selector_at"), "anchor"),
    }

    def __getattr__(name):
        """The names that bring sqlite3 or take long to compile, at their first use."""
        if name in _LATE:
            return getattr(import_module(f"reader.store.{_LATE[name]}"), name)
        raise AttributeError(name)


__all__ = [
    "QUOTE",
    "Anchored",
    "Annotation",
    "Article",
    "Glimpse",
    "Note",
    "Place",
    "Progress",
    "ReadState",
    "Recent",
    "Selector",
    "State",
    "Status",
    "Store",
    "anchored",
    "annotation",
    "glance",
    "locate",
    "locate_all",
    "place_at",
    "refreshed",
    "selector_at",
    "tags",
]
