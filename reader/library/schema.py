"""The index's SQLite file: its tables, and connections to it.

The file holds nothing that is not in the articles themselves, so there are no migrations: one of another version is
made anew.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from typing import Final

from reader.locale import _

VERSION: Final = 2
"""Of the tables; written in the file's `user_version`."""
BUSY_TIMEOUT_S: Final = 10.0
"""How long a call waits for another process that is writing, which takes some milliseconds at a time."""
_PAGE_BYTES: Final = 8192
_MAPPED_BYTES: Final = 1 << 28
"""Of the file, read without a copy of its own in each process."""

_TABLES: Final = (
    # path: as the system takes it, which need not be UTF-8. An id is never used again for other words.
    """CREATE TABLE article (
        id INTEGER PRIMARY KEY AUTOINCREMENT, path BLOB NOT NULL UNIQUE, size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL, digest TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL, updated TEXT NOT NULL,
        authors TEXT NOT NULL, tags TEXT NOT NULL, categories TEXT NOT NULL, minutes INTEGER NOT NULL,
        language TEXT NOT NULL, length INTEGER NOT NULL, kind INTEGER NOT NULL, guessed INTEGER NOT NULL,
        problem TEXT NOT NULL, recipe TEXT NOT NULL
    )""",
    "CREATE INDEX article_by_digest ON article (digest)",
    "CREATE TABLE body (article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE, text TEXT NOT NULL)",
    # sections: [[start, title], …]; lines: [[offset, line of the file], …] of the blocks; both JSON
    """CREATE TABLE outline (
        article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE, sections TEXT NOT NULL, lines TEXT NOT NULL
    )""",
    # of links to articles in files: the name they are looked for by, and the address as it is written
    """CREATE TABLE link (
        article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, name TEXT NOT NULL, href TEXT NOT NULL
    )""",
    "CREATE INDEX link_by_name ON link (name)",
    "CREATE INDEX link_by_article ON link (article)",
    "CREATE TABLE folder (path BLOB PRIMARY KEY, used REAL NOT NULL)",
)
COLUMNS: Final = (
    "id, path, size, mtime_ns, digest, title, date, updated, authors, tags, categories, minutes, language, length, "
    "kind, guessed, problem"
)
"""Of `article`, as `Entry` has them."""


class Outdated(sqlite3.DatabaseError):
    """The file is of an earlier version of the program, or of another program."""


class TooNew(sqlite3.OperationalError):
    """The file is of a later version of the program."""


def connected(path: str) -> sqlite3.Connection:
    """A connection to the index at `path`, made where it is missing, readable by its owner alone.

    Raises sqlite3.Error (`Outdated`, `TooNew` among them) and OSError.
    """
    if not os.path.lexists(path):
        with contextlib.suppress(FileExistsError):  # another process has been quicker
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    elif not os.path.isfile(path):
        raise sqlite3.OperationalError(_("it is not a file"))  # SQLite would wait for a pipe's other end
    made = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        if _version(made) > VERSION:
            raise TooNew(_("it is of a newer version of the reader"))
        made.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        _use_wal(made)
        made.execute("PRAGMA synchronous = NORMAL")
        made.execute("PRAGMA foreign_keys = ON")
        made.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        if _version(made) != VERSION:
            _create(made)
    except BaseException:
        made.close()
        raise
    return made


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


FAILURES: Final = (sqlite3.Error, UnicodeDecodeError)
"""What a call raises that the file does not allow. Where names in a damaged file are no UTF-8, Python cannot decode
what SQLite says of it."""


def is_damaged(error: Exception) -> bool:
    """Whether the file is to be made anew: damaged, no database, or of another version."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return isinstance(error, Outdated | UnicodeDecodeError) or code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _create(db: sqlite3.Connection) -> None:
    """Makes the tables in an empty file, by one process alone."""
    with transaction(db):
        if _version(db) == VERSION:
            return  # another process has been quicker
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise Outdated(_("it is of another version of the reader"))
        for statement in _TABLES:
            db.execute(statement)
        # Ids of a file that is made anew are none of those that a process which read the old one still knows.
        db.execute(
            "INSERT INTO sqlite_sequence (name, seq) VALUES ('article', ?)",
            (int.from_bytes(os.urandom(6), "big") << 14,),
        )
        db.execute(f"PRAGMA user_version = {VERSION}")


def _use_wal(db: sqlite3.Connection) -> None:
    """Asks for write-ahead logging; SQLite does not wait here for another that is asking too."""
    until = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return
