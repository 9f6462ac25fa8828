"""The store proper: one method a thing that is remembered.

Invariant: each method is one transaction, done when it returns; killing the program loses no more than the call it was
in. (WAL with synchronous=NORMAL: a crash of the machine may lose the last calls, yet damages nothing.)
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time as clock
from collections.abc import Callable, Mapping
from dataclasses import astuple
from typing import Final, Self, TypeVar

from reader import sanitize
from reader.store.place import Place
from reader.store.records import Article, Note, Recent
from reader.store.schema import (
    COLUMNS,
    connected,
    in_memory,
    is_busy,
    is_current,
    is_damaged,
    is_newer,
    migrate,
    read_only,
    transaction,
)

_T = TypeVar("_T")

MOST_ARTICLES: Final = 2000
MOST_SEARCHES: Final = 200


class Store:
    """The memory. To be used by one thread at a time, not always the same; processes may share the file."""

    def __init__(self, path: str | None) -> None:
        """Opens the store at `path`, made with its folders where missing; None: in memory."""
        self.path = path
        self._warnings: list[str] = []
        self._db = in_memory() if path is None else self._opened(path)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong so far, a sentence each, for a quiet note; it may grow with any call."""
        return tuple(self._warnings)

    def close(self) -> None:
        """Ends it; everything is written already."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- places ----------------------------------------------------------------------------------------------------

    def place(self, article: Article) -> Place | None:
        """Where the article was left: the one at that path, or one of the same bytes."""

        def read() -> Place | None:
            row = self._db.execute(
                f"SELECT {COLUMNS} FROM position WHERE article = ?", (self._find(article),)
            ).fetchone()
            return Place(*row) if row else None

        return self._read(read, None)

    def save_place(self, article: Article, place: Place) -> None:
        """Remembers where the reader is, and the article among the recents."""

        def write() -> None:
            known = self._keep(article)
            self._db.execute(
                "UPDATE article SET opened = max(opened, ?), progress = ? WHERE id = ?",
                (place.time, place.progress, known),
            )
            self._put("position (article", (known,), place)

        self._write(write, None)

    # ---- bookmarks -------------------------------------------------------------------------------------------------

    def bookmarks(self, article: Article) -> Mapping[str, Place]:
        """By letter, in their order."""

        def read() -> Mapping[str, Place]:
            rows = self._db.execute(
                f"SELECT letter, {COLUMNS} FROM bookmark WHERE article = ? ORDER BY letter", (self._find(article),)
            )
            return {letter: Place(*place) for letter, *place in rows}

        return self._read(read, {})

    def save_bookmark(self, article: Article, letter: str, place: Place) -> None:
        """Sets it, or moves it."""
        self._write(lambda: self._put("bookmark (article, letter", (self._keep(article), letter), place), None)

    def remove_bookmark(self, article: Article, letter: str) -> None:
        """Takes it away, if it is there."""

        def write() -> None:
            self._run("DELETE FROM bookmark WHERE article = ? AND letter = ?", self._find(article), letter)

        self._write(write, None)

    # ---- notes -----------------------------------------------------------------------------------------------------

    def notes(self, article: Article) -> tuple[Note, ...]:
        """In the order of their offsets as they were when made."""

        def read() -> tuple[Note, ...]:
            rows = self._db.execute(
                f"SELECT id, length, words, {COLUMNS} FROM note WHERE article = ? ORDER BY offset, id",
                (self._find(article),),
            )
            return tuple(Note(number, Place(*place), length, words) for number, length, words, *place in rows)

        return self._read(read, ())

    def add_note(self, article: Article, place: Place, length: int, words: str) -> Note | None:
        """Keeps a note at `length` characters from `place` on; None where it could not be kept."""

        def write() -> Note:
            known = (self._keep(article), max(0, length), _storable(words))
            made = self._put("note (article, length, words", known, place)
            return Note(made, place, known[1], known[2])

        return self._write(write, None)

    def change_note(self, number: int, words: str) -> None:
        """Other words for a note."""
        self._write(lambda: self._run("UPDATE note SET words = ? WHERE id = ?", _storable(words), number), None)

    def remove_note(self, number: int) -> None:
        """Takes a note away."""
        self._write(lambda: self._run("DELETE FROM note WHERE id = ?", number), None)

    # ---- recents and searches --------------------------------------------------------------------------------------

    def recents(self, most: int = 50) -> tuple[Recent, ...]:
        """The articles opened last, the latest first; those that came by standard input are not among them."""

        def read() -> tuple[Recent, ...]:
            rows = self._db.execute(
                "SELECT path, title, opened, progress FROM article WHERE path IS NOT NULL ORDER BY opened DESC LIMIT ?",
                (most,),
            )
            return tuple(Recent(os.fsdecode(path), *rest) for path, *rest in rows)

        return self._read(read, ())

    def forget(self, path: str) -> None:
        """Everything about the article at `path`."""
        self._write(lambda: self._run("DELETE FROM article WHERE path = ?", os.fsencode(path)), None)

    def searches(self, most: int = 100) -> tuple[str, ...]:
        """What was searched, the latest first."""

        def read() -> tuple[str, ...]:
            rows = self._db.execute("SELECT pattern FROM search ORDER BY time DESC, rowid DESC LIMIT ?", (most,))
            return tuple(pattern for (pattern,) in rows)

        return self._read(read, ())

    def add_search(self, pattern: str) -> None:
        """Puts a search at the head of the history."""

        def write() -> None:
            # Two within one tick of the clock keep their order.
            (last,) = self._db.execute("SELECT coalesce(max(time), 0) FROM search").fetchone()
            now = max(clock.time(), last + 1e-6)
            self._run("INSERT OR REPLACE INTO search (pattern, time) VALUES (?, ?)", _storable(pattern), now)
            self._run(
                "DELETE FROM search WHERE pattern NOT IN (SELECT pattern FROM search ORDER BY time DESC LIMIT ?)",
                MOST_SEARCHES,
            )

        if pattern:
            self._write(write, None)

    # ---- inside ----------------------------------------------------------------------------------------------------

    def _find(self, article: Article) -> int | None:
        return _row_of(self._db, article)

    def _keep(self, article: Article) -> int:
        """The row of an article, made where missing; one that was moved takes what is remembered along."""
        path = None if article.path is None else os.fsencode(article.path)
        title = _storable(article.title)
        row = self._db.execute("SELECT id FROM article WHERE path IS ?", (path,)).fetchone() if path else None
        if row is None:
            same = self._db.execute(
                "SELECT id, path FROM article WHERE digest = ? ORDER BY opened DESC", (article.digest,)
            ).fetchall()
            # What is still where it was has been copied, not moved.
            row = next((one for one in same if one[1] is None or not os.path.exists(one[1])), None)
            if path is None and row is not None and row[1] is not None:
                row = None
        if row is not None:
            self._run(
                "UPDATE article SET path = ?, digest = ?, title = coalesce(nullif(?, ''), title) WHERE id = ?",
                *(path, article.digest, title, row[0]),
            )
            return int(row[0])
        self._run(
            """DELETE FROM article WHERE id IN (
                SELECT id FROM article WHERE id NOT IN (SELECT article FROM bookmark UNION SELECT article FROM note)
                ORDER BY opened DESC LIMIT -1 OFFSET ?
            )""",
            MOST_ARTICLES - 1,
        )
        return self._run(
            "INSERT INTO article (path, digest, title, opened, progress) VALUES (?, ?, ?, ?, 0)",
            *(path, article.digest, title, clock.time()),
        )

    def _put(self, into: str, keys: tuple[object, ...], place: Place) -> int:
        values = (*keys, *(_storable(value) if isinstance(value, str) else value for value in astuple(place)))
        marks = ", ".join("?" * len(values))
        return self._run(f"INSERT OR REPLACE INTO {into}, {COLUMNS}) VALUES ({marks})", *values)

    def _run(self, statement: str, *values: object) -> int:
        return self._db.execute(statement, values).lastrowid or 0

    def _read(self, work: Callable[[], _T], otherwise: _T) -> _T:
        return self._tried(work, otherwise)

    def _write(self, work: Callable[[], _T], otherwise: _T) -> _T:
        def written() -> _T:
            with transaction(self._db):
                return work()

        return self._tried(written, otherwise)

    def _tried(self, work: Callable[[], _T], otherwise: _T) -> _T:
        """What `work` returns; where the disk refuses it, a warning and a second try on what is open then."""
        for _ in range(2):
            try:
                return work()
            except sqlite3.ProgrammingError:
                raise
            except sqlite3.Error as error:
                if is_busy(error):
                    self._warn("Another reader kept the store busy; something was not remembered.")
                    break
                if self.path is None:
                    break
                self._db = self._replaced(self.path, error)
        return otherwise

    def _opened(self, path: str) -> sqlite3.Connection:
        try:
            os.makedirs(os.path.dirname(os.path.abspath(path)), mode=0o700, exist_ok=True)
            return connected(path)
        except sqlite3.Error as error:
            return self._replaced(path, error)
        except OSError as error:
            return self._in_memory(f"{path} cannot be made ({error.strerror})")

    def _replaced(self, path: str, error: sqlite3.Error) -> sqlite3.Connection:
        """Another connection after `error`: to a new file where the old one is damaged, else to memory."""
        with contextlib.suppress(AttributeError):
            self._db.close()
        if not is_damaged(error):
            return self._in_memory(f"{path} cannot be written ({error})", copy_of=path)
        with contextlib.suppress(sqlite3.Error):
            # Another reader may have been quicker.
            return connected(path)
        aside = f"{path}.damaged-{clock.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}"
        try:
            # The journal first: one left behind would be played into the new file.
            for suffix in ("-wal", "-shm", ""):
                with contextlib.suppress(FileNotFoundError):
                    os.replace(path + suffix, aside + suffix)
            made = connected(path)
        except (OSError, sqlite3.Error):
            return self._in_memory(f"{path} is damaged and cannot be set aside")
        self._warn(f"The store was damaged and has been set aside as {aside}; a new one was begun.")
        return made

    def _in_memory(self, reason: str, copy_of: str | None = None) -> sqlite3.Connection:
        """A store for this run alone, with what `copy_of` holds where it can be read."""
        self._warn(f"Places and bookmarks of this run will not be kept: {reason}.")
        self.path = None
        made = in_memory(migrated=False)
        if copy_of is not None:
            # immutable: with no journal beside it, a file in a folder that cannot be written opens only so
            for options in ("mode=ro", "mode=ro&immutable=1"):
                with contextlib.suppress(sqlite3.Error), contextlib.closing(read_only(copy_of, options)) as old:
                    if not is_newer(old):
                        old.backup(made)
                        break
        migrate(made)
        return made

    def _warn(self, warning: str) -> None:
        warning = sanitize.clean_line(warning)
        if warning not in self._warnings:
            self._warnings.append(warning)


def glance(path: str, article: Article) -> Place | None:
    """Where an article was left, by a look into the store at `path` that makes, mends and waits for nothing.

    None where it says nothing at once, be it missing, busy, damaged or of another version: a `Store` will know."""
    if not os.path.isfile(path):
        return None
    try:
        with contextlib.closing(read_only(path, "mode=ro", wait=0.05)) as db:
            if not is_current(db):
                return None
            row = db.execute(f"SELECT {COLUMNS} FROM position WHERE article = ?", (_row_of(db, article),)).fetchone()
    except sqlite3.Error:
        return None
    return Place(*row) if row else None


def _row_of(db: sqlite3.Connection, article: Article) -> int | None:
    """The row of an article: by its path, else the latest of the same bytes."""
    row = None
    if article.path is not None:
        row = db.execute("SELECT id FROM article WHERE path = ?", (os.fsencode(article.path),)).fetchone()
    if row is None:
        latest = "SELECT id FROM article WHERE digest = ? ORDER BY opened DESC LIMIT 1"
        row = db.execute(latest, (article.digest,)).fetchone()
    return row[0] if row else None


def _storable(text: str) -> str:
    """Text that SQLite takes: lone surrogates, which no sanitised text holds, are replaced."""
    return text.encode("utf-8", "replace").decode()
