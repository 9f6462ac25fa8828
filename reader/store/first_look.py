"""A look into the store before the first screen, which makes, mends and waits for nothing.

Owns the reading of places and preferences, which the store proper does likewise. Refuses to say why it has nothing to
say: the store, opened later, will.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from reader.store import articles, schema
from reader.store.place import Place
from reader.store.records import Article
from reader.store.rows import Rows

_NOTHING_SEEN: Final = (sqlite3.Error, OSError, ValueError)


class Glimpse(NamedTuple):
    """What was seen at once; nothing where the store is missing, busy, damaged or of another version."""

    place: Place | None = None
    """Where the article was left."""
    preferences: Mapping[str, str] = MappingProxyType({})
    """As `Store.preferences`."""


def glance(path: str, article: Article | None = None) -> Glimpse:
    """What the first screen needs of the store at `path`, by one look that makes, mends and waits for nothing; of no
    article only the preferences. What it does not say a `Store` will know."""
    with contextlib.suppress(*_NOTHING_SEEN), contextlib.closing(_glancing(path)) as db:
        place = _place(db, article) if article is not None else None
        with contextlib.suppress(*_NOTHING_SEEN):
            return Glimpse(place, preferences_of(db, Rows()))
        return Glimpse(place)
    return Glimpse()


def _place(db: sqlite3.Connection, article: Article) -> Place | None:
    with contextlib.suppress(*_NOTHING_SEEN):
        rows = Rows()
        found = place_of(db, article, rows)
        return None if rows.faults else found
    return None


def _glancing(path: str) -> sqlite3.Connection:
    if not os.path.isfile(path):
        raise FileNotFoundError(path)
    db = schema.read_only(path, "mode=ro", wait_s=0.05)
    if not 1 <= schema.version(db) <= len(schema.MIGRATIONS):
        db.close()
        raise ValueError("of another version")
    return db


def place_of(db: sqlite3.Connection, article: Article, rows: Rows) -> Place | None:
    """Where an article was left."""
    statement = f"SELECT {schema.COLUMNS} FROM position WHERE article = ?"
    found = db.execute(statement, (articles.find(db, article),)).fetchone()
    return rows.place(found) if found else None


def preferences_of(db: sqlite3.Connection, rows: Rows) -> Mapping[str, str]:
    """How the person has set the view, by name."""
    found = db.execute("SELECT name, value FROM preference ORDER BY name")
    return {rows.line(name): rows.line(value) for name, value in found}
