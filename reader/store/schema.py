"""The SQLite file: its schema, the migrations, and connections that have been seen to work.

`MIGRATIONS` is only ever added to; `user_version` counts its steps.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time as clock
from collections.abc import Iterator
from typing import Final

BUSY_TIMEOUT_S: Final = 2.0
"""How long a call waits for another reader that is writing."""

_PLACE_COLUMNS: Final = """
    offset INTEGER NOT NULL, digest TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, section TEXT NOT NULL,
    into_section INTEGER NOT NULL, progress REAL NOT NULL, time REAL NOT NULL
"""
COLUMNS: Final = "offset, digest, before, after, section, into_section, progress, time"

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # path: as the system takes it, which need not be UTF-8; an address for the web; NULL for standard input
        """CREATE TABLE article (
            id INTEGER PRIMARY KEY, path BLOB UNIQUE, digest TEXT NOT NULL, title TEXT NOT NULL, opened REAL NOT NULL,
            progress REAL NOT NULL
        )""",
        "CREATE INDEX article_by_digest ON article (digest)",
        "CREATE INDEX article_by_time ON article (opened)",
        f"""CREATE TABLE position (
            article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE, {_PLACE_COLUMNS}
        )""",
        f"""CREATE TABLE bookmark (
            article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, letter TEXT NOT NULL, {_PLACE_COLUMNS},
            PRIMARY KEY (article, letter)
        )""",
        f"""CREATE TABLE note (
            id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
            length INTEGER NOT NULL, words TEXT NOT NULL, {_PLACE_COLUMNS}
        )""",
        "CREATE INDEX note_by_article ON note (article)",
        "CREATE TABLE search (pattern TEXT PRIMARY KEY, time REAL NOT NULL)",
    ),
)
"""Statements that make version n + 1 of the schema from version n; `user_version` counts. Only ever added to."""


class _TooNew(sqlite3.OperationalError):
    """The file is of a later version of the program."""


def connected(path: str) -> sqlite3.Connection:
    """A connection that has been seen to read and write. Raises sqlite3.Error."""
    made = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        if is_newer(made):
            raise _TooNew("it is of a newer version of the reader")
        _use_wal(made)
        made.execute("PRAGMA synchronous = NORMAL")
        made.execute("PRAGMA foreign_keys = ON")
        migrate(made)
        with transaction(made):
            # A store that is small is checked within a millisecond, and damage is best found before it spreads.
            if made.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                damaged = sqlite3.DatabaseError("the file is damaged")
                damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
                raise damaged
            made.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    except BaseException:
        made.close()
        raise
    return made


def _use_wal(db: sqlite3.Connection) -> None:
    """Asks for write-ahead logging; SQLite does not wait here for another that is asking too."""
    until = clock.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if not is_busy(error) or clock.monotonic() > until:
                raise
            clock.sleep(0.02)
        else:
            return


def in_memory(migrated: bool = True) -> sqlite3.Connection:
    """A database for this run alone; without its tables where `migrated` is false."""
    made = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    made.execute("PRAGMA foreign_keys = ON")
    if migrated:
        migrate(made)
    return made


def read_only(path: str, options: str, wait: float = BUSY_TIMEOUT_S) -> sqlite3.Connection:
    """A connection that writes nothing; `options` are of an SQLite URI, `wait` is in seconds. Raises sqlite3.Error."""
    from urllib.parse import quote

    name = quote(os.fsencode(os.path.abspath(path)))
    return sqlite3.connect(f"file:{name}?{options}", uri=True, timeout=wait)


def version(db: sqlite3.Connection) -> int:
    """The version of the schema the file is of."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def is_newer(db: sqlite3.Connection) -> bool:
    """Whether a later version of the reader made the file."""
    return version(db) > len(MIGRATIONS)


def is_current(db: sqlite3.Connection) -> bool:
    """Whether the file has this version's schema."""
    return version(db) == len(MIGRATIONS)


def migrate(db: sqlite3.Connection) -> None:
    """Brings the schema up to date, all of it or nothing, by one process alone."""
    if is_current(db):
        return
    with transaction(db):
        for statements in MIGRATIONS[version(db) :]:
            for statement in statements:
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Begun as a writer's: one begun as a reader's cannot wait when it turns into one (SQLITE_BUSY at once)."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise


def is_damaged(error: sqlite3.Error) -> bool:
    """Whether the file is damaged, or no database."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another process kept the file locked."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
