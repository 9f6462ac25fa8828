"""The SQLite file: its schema, the migrations, and connections that have been seen to work.

Owns what a file must look like to be taken for a store, whatever its `user_version` claims, and who may read it: its
owner alone. Refuses to decide what becomes of a file that is none.

Invariant: `MIGRATIONS` is only ever added to; `user_version` counts its steps.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import time as clock
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NoReturn, TypeAlias

from reader.locale import _

BUSY_TIMEOUT_S: Final = 2.0
"""How long a call waits for another reader that is writing."""

_PLACE_COLUMNS: Final = """
    offset INTEGER NOT NULL, digest TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, section TEXT NOT NULL,
    into_section INTEGER NOT NULL, progress REAL NOT NULL, time REAL NOT NULL
"""
COLUMNS: Final = "offset, digest, before, after, section, into_section, progress, time"

_UUID: Final = """
    lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2)
    || '-a' || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))
"""

_ADOPTION: Final = """
    INSERT OR IGNORE INTO article (id, path, digest, title, opened, progress)
        SELECT article, NULL, '', '', 0, 0 FROM {} WHERE typeof(article) = 'integer'
"""
"""An article without a name for what a person has made for one whose own row is not there any more."""

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
    (
        # What a person has made is not deleted along with an article's row: no CASCADE.
        # number: what version 1 called id. first: NULL for a note on the article as a whole.
        """CREATE TABLE annotation (
            number INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article, uuid TEXT NOT NULL,
            draft INTEGER NOT NULL, first INTEGER, last INTEGER, exact TEXT NOT NULL, prefix TEXT NOT NULL,
            suffix TEXT NOT NULL, section TEXT NOT NULL, into_section INTEGER NOT NULL, digest TEXT NOT NULL,
            rival REAL NOT NULL, twin INTEGER NOT NULL, colour TEXT NOT NULL, words TEXT NOT NULL,
            created REAL NOT NULL, modified REAL NOT NULL, removed REAL, UNIQUE (uuid, draft)
        )""",
        "CREATE INDEX annotation_by_article ON annotation (article)",
        _ADOPTION.format("note"),
        f"""INSERT INTO annotation
            SELECT id, article, {_UUID}, 0, offset, offset + max(length, 0), substr(after, 1, max(length, 0)), before,
                substr(after, max(length, 0) + 1), section, into_section, digest, -1, -1, '', words, time, time, NULL
            FROM note WHERE article IN (SELECT id FROM article)""",
        "DROP TABLE note",
        f"""CREATE TABLE kept_bookmark (
            id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article, letter TEXT NOT NULL, removed REAL,
            {_PLACE_COLUMNS}
        )""",
        _ADOPTION.format("bookmark"),
        f"""INSERT INTO kept_bookmark (article, letter, removed, {COLUMNS})
            SELECT article, letter, NULL, {COLUMNS} FROM bookmark WHERE article IN (SELECT id FROM article)""",
        "DROP TABLE bookmark",
        "ALTER TABLE kept_bookmark RENAME TO bookmark",
        "CREATE UNIQUE INDEX bookmark_by_letter ON bookmark (article, letter) WHERE removed IS NULL",
        "CREATE INDEX bookmark_by_article ON bookmark (article)",
        # hidden, starred, archived: since when. read: empty where the person has not said.
        # shown: parts of a text of shown_length characters, as "start-end" joined by commas.
        "ALTER TABLE article ADD COLUMN hidden REAL",
        "ALTER TABLE article ADD COLUMN read TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE article ADD COLUMN starred REAL",
        "ALTER TABLE article ADD COLUMN archived REAL",
        "ALTER TABLE article ADD COLUMN shown TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE article ADD COLUMN shown_length INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE article ADD COLUMN seconds REAL NOT NULL DEFAULT 0",
        "CREATE TABLE answer (key TEXT PRIMARY KEY, text TEXT NOT NULL, time REAL NOT NULL)",
        "CREATE TABLE preference (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    ),
    (
        # The text of an article as it was when its annotations were last placed in it: UTF-8, deflated (RFC 1950).
        """CREATE TABLE version (
            article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, digest TEXT NOT NULL, text BLOB NOT NULL,
            PRIMARY KEY (article, digest)
        )""",
    ),
    (
        # What was asked of a library, apart from what was searched in an article.
        "CREATE TABLE query (pattern TEXT PRIMARY KEY, time REAL NOT NULL)",
    ),
)
"""Statements that make version n + 1 of the schema from version n; `user_version` counts. Only ever added to."""

_Shape: TypeAlias = frozenset[tuple[str, str]]
"""(table, column) of all tables."""


class _TooNew(sqlite3.OperationalError):
    """The file is of a later version of the program."""


class _NoFile(sqlite3.OperationalError):
    """What is there is no file: a folder, a pipe, a device."""


class _Connection(sqlite3.Connection):
    """Where names in a damaged file are no UTF-8, Python cannot decode what SQLite says of it: that is damage too."""

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        try:
            return super().execute(*arguments)
        except UnicodeDecodeError:
            _damaged(_("the file is damaged"))


def connected(path: str, wait_s: float | None = None) -> sqlite3.Connection:
    """A connection that has been seen to read and write, its schema up to date.

    `wait_s`: for another reader that is writing, `BUSY_TIMEOUT_S` where None. The file is made where missing, and its
    owner's alone (0600) in any case. Raises sqlite3.Error, with the code of a damaged file also where the file is a
    good database and no store; OSError where it cannot be made.
    """
    _make_private(path)
    wait_s = BUSY_TIMEOUT_S if wait_s is None else wait_s
    made = sqlite3.connect(path, timeout=wait_s, isolation_level=None, check_same_thread=False, factory=_Connection)
    try:
        _prepare(made)
        _check(made, mend=True)
        _use_wal(made, wait_s)
        made.execute("PRAGMA synchronous = NORMAL")
        made.execute("PRAGMA foreign_keys = ON")
        migrate(made)
        with transaction(made):
            # A store that is small is checked within a millisecond, and damage is best found before it spreads.
            if made.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                _damaged(_("the file is damaged"))
            made.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    except BaseException:
        made.close()
        raise
    return made


def _make_private(path: str) -> None:
    """Makes the file where missing, and takes it from all but its owner. SQLite gives the journals the same mode."""
    there = _files(path)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    for one, mode in there.items():
        if mode & 0o077:
            with contextlib.suppress(OSError):  # it is another person's
                os.chmod(one, stat.S_IMODE(mode) & ~0o077)


def _files(path: str) -> dict[str, int]:
    """The modes of the store and its journals, as far as they are there. Raises where one of them is no file:
    opening a named pipe may wait for ever, and reading from a device may have effects."""
    found: dict[str, int] = {}
    for one in (path, f"{path}-wal", f"{path}-shm"):
        with contextlib.suppress(FileNotFoundError):
            found[one] = os.stat(one).st_mode
            if not stat.S_ISREG(found[one]):
                raise _NoFile(_("{file} is not a file").format(file=one))
    return found


def _prepare(db: sqlite3.Connection) -> None:
    # Text that is no UTF-8 would else end the query it stands in.
    db.text_factory = _decoded


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _check(db: sqlite3.Connection, *, mend: bool) -> None:
    """Raises unless `db` is empty or a store this version can bring up to date.

    What its tables are decides, not what its `user_version` says: a wrong number is set right where `mend` is true.
    """
    claimed = version(db)
    if claimed > len(MIGRATIONS):
        raise _TooNew(_("it is of a newer version of the reader"))
    if db.execute("SELECT count(*) FROM sqlite_master WHERE type IN ('view', 'trigger')").fetchone() != (0,):
        _damaged(_("the file is no store of the reader: it has views or triggers"))
    found = _shape(db)
    known = 0 if not found else _version_of(found, claimed)
    if known != claimed and mend:
        db.execute(f"PRAGMA user_version = {known}")


def _version_of(found: _Shape, claimed: int) -> int:
    """The version whose tables these are: the one claimed where it may be, else the latest."""
    candidates: tuple[int, ...] = (claimed, *range(len(MIGRATIONS), 0, -1))
    for known in candidates:
        if known > 0 and _shape_of(MIGRATIONS[:known]) <= found:
            return known
    _damaged(_("the file is no store of the reader"))


def _damaged(words: str) -> NoReturn:
    error = sqlite3.DatabaseError(words)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    raise error


def _shape(db: sqlite3.Connection) -> _Shape:
    rows = db.execute(
        "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'"
    )
    return frozenset((str(table), str(column)) for table, column in rows)


@lru_cache(maxsize=8)
def _shape_of(migrations: tuple[tuple[str, ...], ...]) -> _Shape:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        for statements in migrations:
            for statement in statements:
                db.execute(statement)
        return _shape(db)


def _use_wal(db: sqlite3.Connection, wait_s: float) -> None:
    """Asks for write-ahead logging; SQLite does not wait here for another that is asking too."""
    until = clock.monotonic() + wait_s
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if not is_busy(error) or clock.monotonic() > until:
                raise
            clock.sleep(0.02)
        else:
            return


def in_memory() -> sqlite3.Connection:
    """An empty store for this run alone."""
    made = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _prepare(made)
    made.execute("PRAGMA foreign_keys = ON")
    migrate(made)
    return made


def copy_in_memory(source: sqlite3.Connection, wait_s: float) -> sqlite3.Connection:
    """What a store holds, brought up to date, for this run alone. Raises sqlite3.Error: busy, damaged, newer."""
    _check(source, mend=False)
    made = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    until = clock.monotonic() + wait_s

    def in_time(status: int, _remaining: int, _total: int) -> None:
        # `backup` itself tries again for ever
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and clock.monotonic() > until:
            raise sqlite3.OperationalError("database is locked")

    try:
        source.backup(made, progress=in_time, sleep=0.02)
        _prepare(made)
        _check(made, mend=True)
        made.execute("PRAGMA foreign_keys = ON")
        migrate(made)
    except BaseException:
        made.close()
        raise
    return made


def read_only(path: str, options: str, wait_s: float | None = None) -> sqlite3.Connection:
    """A connection that writes nothing; `options` are of an SQLite URI. Raises sqlite3.Error and OSError."""
    from urllib.parse import quote

    _files(path)
    name = quote(os.fsencode(os.path.abspath(path)))
    wait_s = BUSY_TIMEOUT_S if wait_s is None else wait_s
    made = sqlite3.connect(f"file:{name}?{options}", uri=True, timeout=wait_s, factory=_Connection)
    _prepare(made)
    return made


def salvage(source: sqlite3.Connection, into: sqlite3.Connection) -> int:
    """Copies each row that can still be read out of a damaged store, and says how many. Raises nothing.

    `into` is an empty store with the present schema; what is no store's table, and rows it refuses, are left out.
    """
    try:
        known = _version_of(_shape(source), version(source))
    except sqlite3.Error:
        return 0
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as old:
        for statement in (one for step in MIGRATIONS[:known] for one in step):
            old.execute(statement)
        copied = sum(_salvage_table(source, old, table) for table in sorted({t for t, _ in _shape(old)}))
        old.execute(f"PRAGMA user_version = {known}")
        try:
            migrate(old)
            for table in ("annotation", "bookmark"):
                old.execute(_ADOPTION.format(table))
            old.execute("DELETE FROM position WHERE article NOT IN (SELECT id FROM article)")
            old.backup(into)
        except sqlite3.Error:
            return 0
    return copied


def _salvage_table(source: sqlite3.Connection, into: sqlite3.Connection, table: str) -> int:
    """From both ends of a table up to the page that is damaged."""
    columns = [column for t, column in sorted(_shape(into)) if t == table]
    names = ", ".join(f'"{column}"' for column in columns)
    put = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'
    copied = 0
    for order in ("", "ORDER BY rowid DESC"):
        try:
            for row in source.execute(f'SELECT {names} FROM "{table}" {order}'):
                with contextlib.suppress(sqlite3.Error, OverflowError):
                    copied += into.execute(put, row).rowcount
        except sqlite3.Error:
            continue
        break
    return copied


def version(db: sqlite3.Connection) -> int:
    """The version of the schema the file is of."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


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


def is_damaged(error: Exception) -> bool:
    """Whether the file is damaged, or no database."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_busy(error: Exception) -> bool:
    """Whether another process kept the file locked."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
