"""The index: what is known of the articles of all folders that were a library lately, and their texts.

Owns the reading and writing of its file. Refuses to hold what a person has set (the store does) and to be worth a
word to the person: where the file cannot be written, another one serves for this run; where it is damaged, the process
that builds makes it anew, and until then it is empty.

Invariant: deleting the file loses nothing but the time to build it. What an id stands for never changes: an article
that has changed gets another. No method raises for the state of the disk but those that write.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, TypeVar

from reader.library.entry import Entry, moved
from reader.library.files import Found
from reader.library.schema import COLUMNS, FAILURES, connected, is_damaged, transaction
from reader.library.vault import file_name, meant
from reader.locale import _
from reader.sanitize import clean_line

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

LEFT_ALONE: Final = -1
"""`Entry.kind` of a file that is no article for all its name; kept so that it is not read again, never listed."""
_KEPT_DAYS: Final = 90
"""The articles of a folder that was not looked into for so long are forgotten."""
_MAX_VARIABLES: Final = 500
_MARKS: Final = ", ".join("?" * 18)

T = TypeVar("T")


class NotKept(Exception):
    """The index cannot be written; the message says why."""


class Outline(NamedTuple):
    """Where things stand in an article."""

    sections: tuple[tuple[int, str], ...] = ()
    """Start and title of each."""
    lines: tuple[tuple[int, int], ...] = ()
    """Offset and 0-based line in the file of each block, in order."""


class Kept(NamedTuple):
    """An article to be kept."""

    entry: Entry
    text: str
    outline: Outline
    links: tuple[tuple[str, str], ...] = ()
    """Name and address of each link to an article in a file."""


class Backlink(NamedTuple):
    """An article with a link to another one."""

    path: str
    title: str


class Known(NamedTuple):
    """What the index has of some folders."""

    entries: dict[str, Entry]
    """By path, those that are left alone among them."""
    stale: frozenset[str]
    """Paths of those that another version of the program has read, or other settings."""


class Index:
    """One connection to the index. May be used by several threads: each call is made by one at a time."""

    def __init__(self, path: str, *, builds: bool = False) -> None:
        """`path` is made where it is missing; `builds`: it is made anew where it is damaged."""
        self.path = path
        """Where the index is: of a folder that cannot be written, another one, which goes when this is closed."""
        self._builds = builds
        self._lock = threading.RLock()
        self._db: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._warnings: list[str] = []
        self.damaged = False
        """Damage was met with: the file should be made anew by who builds, and this set to false then."""
        with self._lock:
            self._connect()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong so far, a sentence each, for a quiet note."""
        return tuple(self._warnings)

    def close(self) -> None:
        """Ends it; everything is written already."""
        with self._lock:
            self._disconnect()
            if self._folder is not None:
                self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- reading ---------------------------------------------------------------------------------------------------

    def known(self, folders: Iterable[str], recipe: str) -> Known:
        """What is known of the articles below some folders, and which of it was not made by `recipe`."""

        def read(db: sqlite3.Connection) -> Known:
            entries: dict[str, Entry] = {}
            stale: list[str] = []
            for folder in folders:
                below = _below(folder)
                rows = db.execute(f"SELECT {COLUMNS} FROM article WHERE path >= ? AND path < ?", below)
                for entry in map(_entry, rows):
                    entries[entry.path] = entry
                rows = db.execute(
                    "SELECT path FROM article WHERE path >= ? AND path < ? AND recipe != ?", (*below, recipe)
                )
                stale += [os.fsdecode(path) for (path,) in rows]
            return Known(entries, frozenset(stale))

        return self._read(read, Known({}, frozenset()))

    def newest(self, folders: Iterable[str], count: int, without: Collection[str] = ()) -> tuple[list[Entry], int]:
        """The newest articles below some folders, at most so many, and how many there are; those at the paths `without`
        are no part of either. (A tenth of the time of `known`.)"""
        bounds = [_below(folder) for folder in folders]
        below = " OR ".join("path >= ? AND path < ?" for _ in bounds)
        given = [bound for both in bounds for bound in both]
        left_out = [os.fsencode(path) for path in without]

        def read(db: sqlite3.Connection) -> tuple[list[Entry], int]:
            rows = db.execute(
                f"SELECT {COLUMNS} FROM article WHERE id IN (SELECT id FROM article NOT INDEXED WHERE "
                f"kind != {LEFT_ALONE} AND ({below}) ORDER BY date DESC, mtime_ns DESC, path LIMIT ?)",
                (*given, count + len(left_out)),
            ).fetchall()
            there = f"SELECT count(*) FROM article WHERE kind != {LEFT_ALONE} AND ({below})"
            total = db.execute(there, given).fetchone()[0]
            for path in left_out:
                total -= db.execute(f"{there} AND path = ?", (*given, path)).fetchone()[0]
            gone = frozenset(left_out)
            return [_entry(row) for row in rows if row[1] not in gone][:count], total

        nothing: tuple[list[Entry], int] = ([], 0)
        return self._read(read, nothing) if bounds else nothing

    def texts(self, ids: Sequence[int]) -> dict[int, str]:
        """The texts of articles, by id; those that are not there any more are left out."""

        def read(db: sqlite3.Connection) -> dict[int, str]:
            found: dict[int, str] = {}
            for at in range(0, len(ids), _MAX_VARIABLES):
                some = ids[at : at + _MAX_VARIABLES]
                marks = ", ".join("?" * len(some))
                found.update(db.execute(f"SELECT article, text FROM body WHERE article IN ({marks})", some).fetchall())
            return found

        return self._read(read, {})

    def outline(self, id: int) -> Outline:
        """Where the sections and blocks of an article stand; empty where it is not there any more."""

        def read(db: sqlite3.Connection) -> Outline:
            row = db.execute("SELECT sections, lines FROM outline WHERE article = ?", (id,)).fetchone()
            if row is None:
                return Outline()
            sections, lines = map(json.loads, row)
            return Outline(tuple((start, title) for start, title in sections), tuple((at, line) for at, line in lines))

        return self._read(read, Outline())

    def sections(self, id: int) -> tuple[tuple[int, str], ...]:
        """Start and title of each section of an article; empty where it is not there any more."""

        def read(db: sqlite3.Connection) -> tuple[tuple[int, str], ...]:
            row = db.execute("SELECT sections FROM outline WHERE article = ?", (id,)).fetchone()
            return () if row is None else tuple((start, title) for start, title in json.loads(row[0]))

        return self._read(read, ())

    def backlinks(self, path: str) -> tuple[Backlink, ...]:
        """The articles with a link that means the one at `path`, by title."""
        name = file_name(path)

        def read(db: sqlite3.Connection) -> tuple[Backlink, ...]:
            links = db.execute(
                "SELECT path, title, href FROM link JOIN article ON id = article WHERE name = ?", (name,)
            ).fetchall()
            if not links:
                return ()
            paths = (os.fsdecode(one) for (one,) in db.execute("SELECT path FROM article"))
            named = [one for one in paths if file_name(one) == name]
            found: dict[str, Backlink] = {}
            for by, title, href in links:
                source = os.fsdecode(by)
                if source != path and source not in found and meant(href, source, named) == path:
                    found[source] = Backlink(source, title)
            return tuple(sorted(found.values(), key=lambda one: (one.title.casefold(), one.path)))

        return self._read(read, ()) if name else ()

    def lead(self, id: int, characters: int = 400) -> str:
        """The first characters of a text."""

        def read(db: sqlite3.Connection) -> str:
            row = db.execute("SELECT substr(text, 1, ?) FROM body WHERE article = ?", (characters, id)).fetchone()
            return str(row[0]) if row else ""

        return self._read(read, "")

    def digests(self) -> set[str]:
        """Of the bytes of all articles."""
        return self._read(lambda db: {row[0] for row in db.execute("SELECT digest FROM article")}, set())

    def same(self, digest: str, recipe: str) -> Entry | None:
        """An article of the same bytes, read in the same way."""

        def read(db: sqlite3.Connection) -> Entry | None:
            rows = f"SELECT {COLUMNS} FROM article WHERE digest = ? AND recipe = ? AND problem = '' LIMIT 1"
            row = db.execute(rows, (digest, recipe)).fetchone()
            return None if row is None else _entry(row)

        return self._read(read, None)

    def size(self) -> int:
        """Bytes of the file and its journal."""
        total = 0
        for suffix in ("", "-wal"):
            with contextlib.suppress(OSError):
                total += os.path.getsize(self.path + suffix)
        return total

    # ---- writing ---------------------------------------------------------------------------------------------------

    def keep(self, several: Iterable[Kept], recipe: str) -> list[Entry]:
        """Keeps articles in the place of what is known of their paths; the entries with their ids.

        One that another process has kept meanwhile is taken as it is. Raises `NotKept`.
        """

        def write(db: sqlite3.Connection) -> list[Entry]:
            return [self._keep(db, one, recipe) for one in several]

        return self._write(write)

    def copy(self, same: Entry, found: Found, recipe: str) -> Entry | None:
        """Keeps another file with the bytes of a known one; None where that is not there any more. Raises
        `NotKept`."""

        def write(db: sqlite3.Connection) -> Entry | None:
            row = db.execute("SELECT text FROM body WHERE article = ?", (same.id,)).fetchone()
            if row is None:
                return None
            links = db.execute("SELECT name, href FROM link WHERE article = ?", (same.id,)).fetchall()
            return self._keep(db, Kept(moved(same, found), row[0], self.outline(same.id), tuple(links)), recipe)

        return self._write(write)

    def remove(self, paths: Iterable[str]) -> None:
        """Forgets what is known of these files. Raises `NotKept`."""

        def write(db: sqlite3.Connection) -> None:
            db.executemany("DELETE FROM article WHERE path = ?", ((os.fsencode(path),) for path in paths))

        self._write(write)

    def use(self, folders: Iterable[str]) -> None:
        """Remembers that these folders are in use, and forgets those that have not been for long. Raises
        `NotKept`."""

        def write(db: sqlite3.Connection) -> None:
            now = time.time()
            for folder in folders:
                db.execute("INSERT OR REPLACE INTO folder (path, used) VALUES (?, ?)", (os.fsencode(folder), now))
            unused = db.execute("SELECT path FROM folder WHERE used < ?", (now - _KEPT_DAYS * 86400,)).fetchall()
            if not unused:
                return
            db.executemany("DELETE FROM folder WHERE path = ?", unused)
            used = [_below(os.fsdecode(path)) for (path,) in db.execute("SELECT path FROM folder")]
            elsewhere = " ".join("AND NOT (path >= ? AND path < ?)" for _ in used)
            for (path,) in unused:
                given = (*_below(os.fsdecode(path)), *(bound for below in used for bound in below))
                db.execute(f"DELETE FROM article WHERE path >= ? AND path < ? {elsewhere}", given)

        self._write(write)

    def _keep(self, db: sqlite3.Connection, one: Kept, recipe: str) -> Entry:
        entry = one.entry
        path = os.fsencode(entry.path)
        there = db.execute(f"SELECT {COLUMNS}, recipe FROM article WHERE path = ?", (path,)).fetchone()
        if there is not None:
            if there[2:5] == entry[2:5] and there[-1] == recipe:
                return _entry(there[:-1])
            db.execute("DELETE FROM article WHERE id = ?", (there[0],))
        made = db.execute(
            f"INSERT INTO article ({COLUMNS}, recipe) VALUES ({_MARKS})", (None, path, *entry[2:], recipe)
        ).lastrowid
        assert made is not None
        if entry.kind != LEFT_ALONE:
            db.execute("INSERT INTO body VALUES (?, ?)", (made, one.text))
            sections, lines = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in one.outline)
            db.execute("INSERT INTO outline VALUES (?, ?, ?)", (made, sections, lines))
            db.executemany("INSERT INTO link VALUES (?, ?, ?)", ((made, *link) for link in one.links))
        return entry._replace(id=made)

    # ---- inside ----------------------------------------------------------------------------------------------------

    def _read(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        with self._lock:
            for _try in range(2):
                db = self._connection()
                if db is None:
                    break
                try:
                    return work(db)
                except (sqlite3.Error, ValueError, TypeError) as error:  # rows of another shape are damage too
                    self._failed(error)
            return otherwise

    def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        problem = _("it is damaged")
        with self._lock:
            for _try in range(2):
                db = self._connection()
                if db is None:
                    break
                try:
                    with transaction(db):
                        return work(db)
                except FAILURES as error:
                    problem = str(error)
                    if not is_damaged(error):
                        break
                    self._failed(error)
        said = _("{file}: the library's index cannot be written ({reason})")
        raise NotKept(clean_line(said.format(file=self.path, reason=problem)))

    def _connection(self) -> sqlite3.Connection | None:
        """The connection to the file that is there now: another process may have made it anew."""
        if self._db is None or self._identity != _identity(self.path):
            self._disconnect()
            self._connect()
        return self._db

    def _connect(self) -> None:
        try:
            os.makedirs(os.path.dirname(os.path.abspath(self.path)), mode=0o700, exist_ok=True)
            self._open()
        except FAILURES as error:
            if is_damaged(error):
                self._failed(error)
            else:
                self._elsewhere(str(error))
        except OSError as error:
            self._elsewhere((error.strerror or _("no reason given")).lower())

    def _open(self) -> None:
        self._identity = _identity(self.path)  # of the file that may be refused
        self._db = connected(self.path)
        self._identity = _identity(self.path)

    def _disconnect(self) -> None:
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
        self._db = None

    def _failed(self, error: Exception) -> None:
        """After a call that the file did not allow: it is made anew where this process builds, else left."""
        self._disconnect()
        if isinstance(error, sqlite3.Error) and not is_damaged(error):
            return  # a disk that fails, or too busy: the next call may have more luck
        if not self._builds:
            self.damaged = True
        elif self._identity in (None, _identity(self.path)):
            self.rebuild()

    def rebuild(self) -> None:
        """Makes the file anew."""
        # Beside the old one and then in its place: a number that the system gives again would hide the exchange.
        new = f"{self.path}.new-{os.getpid()}"
        with self._lock:
            self._disconnect()
            try:
                _unlink(new, "", "-wal", "-shm")
                connected(new).close()
                _unlink(self.path, "-wal", "-shm")  # or they would be played into the new file
                os.replace(new, self.path)
                self._open()
            except (OSError, sqlite3.Error) as error:
                _unlink(new, "", "-wal", "-shm")
                self._elsewhere(str(error))

    def _elsewhere(self, reason: str) -> None:
        """Another file for this run."""
        said = _("The index of the library is not kept: {file} cannot be written ({reason}).")
        warning = clean_line(said.format(file=self.path, reason=reason))
        if warning not in self._warnings:
            self._warnings.append(warning)
        if self._folder is None:
            from tempfile import TemporaryDirectory

            with contextlib.suppress(OSError, sqlite3.Error):
                self._folder = TemporaryDirectory(prefix="reader-library-", ignore_cleanup_errors=True)
                self.path = os.path.join(self._folder.name, "library.sqlite")
                self._open()


def _entry(row: tuple[Any, ...]) -> Entry:
    return Entry(row[0], os.fsdecode(row[1]), *row[2:])


def _identity(path: str) -> tuple[int, int] | None:
    """Which file is at a path; None: none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _unlink(path: str, *suffixes: str) -> None:
    for suffix in suffixes:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path + suffix)


def _below(folder: str) -> tuple[bytes, bytes]:
    """The bounds of the paths below a folder, in the order of bytes; the second is none of them."""
    start = os.fsencode(folder.rstrip(os.sep) + os.sep)
    return start, start[:-1] + bytes([start[-1] + 1])


def folders_apart(folders: Iterable[str]) -> tuple[str, ...]:
    """Absolute paths of folders, each once, without those that are within another."""
    whole = sorted(dict.fromkeys(map(os.path.abspath, folders)))
    apart: list[str] = []
    for folder in whole:
        if not any(folder.startswith(other.rstrip(os.sep) + os.sep) for other in apart):
            apart.append(folder)
    return tuple(apart)
