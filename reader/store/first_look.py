"""A look into the store before the first screen, which makes, mends and waits for nothing.

Owns the reading of places and preferences, which the store proper does likewise. Refuses to say why it has nothing to
say: the store, opened later, will.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Mapping

from reader.store import articles, schema
from reader.store.place import Place
from reader.store.records import Article
from reader.store.rows import Rows


def glance(path: str, article: Article) -> Place | None:
    """Where an article was left, by a look into the store at `path` that makes, mends and waits for nothing.

    None where it says nothing at once, be it missing, busy, damaged or of another version: a `Store` will know."""
    with contextlib.suppress(sqlite3.Error, OSError, ValueError), contextlib.closing(_glancing(path)) as db:
        rows = Rows()
        found = place_of(db, article, rows)
        return None if rows.faults else found
    return None


def glance_preferences(path: str) -> Mapping[str, str]:
    """`Store.preferences` by the same kind of look; empty where it says nothing at once."""
    with contextlib.suppress(sqlite3.Error, OSError, ValueError), contextlib.closing(_glancing(path)) as db:
        return preferences_of(db, Rows())
    return {}


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
