"""What the reader remembers between runs: places, bookmarks, notes, recent articles and searches.

Owns one SQLite file (`store`, `schema`, `records`), and places in an article that survive its being edited (`place`).
Articles are known by where they are and, when they were moved, by the digest of their bytes. Refuses to stand between a
person and an article: a store that is damaged is set aside, one that cannot be written or is of a newer program is left
alone, and the rest of the run remembers in memory only, with a warning. Nothing here raises for the state of the disk.

Invariant: importing this package does not import sqlite3: the first screen needs places, and no store.
"""

from typing import TYPE_CHECKING

from reader.store.place import QUOTE, Place, locate, place_at
from reader.store.records import Article, Note, Recent

if TYPE_CHECKING:
    from reader.store.store import Store as Store
    from reader.store.store import glance as glance
else:

    def __getattr__(name):
        """The names that bring sqlite3, at their first use."""
        if name in ("Store", "glance"):
            from reader.store import store

            return getattr(store, name)
        raise AttributeError(name)


__all__ = ["QUOTE", "Article", "Note", "Place", "Recent", "Store", "glance", "locate", "place_at"]
