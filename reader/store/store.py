"""The store proper: one method a thing that is remembered.

Owns the statements. What happens when the disk refuses is `database`'s, what a row may hold `rows`', which article is
meant `articles`'.

Invariant: a method that changes something answers whether that is in the file; killing the program loses nothing that
it has answered True for. What a person has made (annotations, drafts, bookmarks) is marked as removed, and deleted 30
days after; only `discard_draft` deletes at once.
"""

from __future__ import annotations

import os
import sqlite3
import time as clock
from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from reader.document import Range
from reader.store import articles, schema
from reader.store.annotations import Annotations
from reader.store.first_look import place_of, preferences_of
from reader.store.place import Place
from reader.store.records import (
    MAX_OFFSET,
    MAX_TIME_S,
    Article,
    Progress,
    ReadState,
    Recent,
    State,
    merged,
)
from reader.store.rows import (
    MAX_LINE,
    MAX_PARTS,
    STATE_COLUMNS,
    Rows,
    place_values,
    shown_text,
    storable,
    storable_number,
)

T = TypeVar("T")

MOST_SEARCHES: Final = 200
MOST_ANSWERS: Final = 500
KEEP_REMOVED_S: Final = 30 * 24 * 3600.0
"""How long what was removed can be brought back."""

_PLACE_MARKS: Final = ", ".join("?" * len(schema.COLUMNS.split(",")))
_OPENED: Final = "CASE WHEN typeof(opened) IN ('real', 'integer') AND opened <= 253402300799 THEN opened ELSE 0 END"
_EXPORTED: Final = "exported:"


class Store(Annotations):
    """The memory. To be used by one thread at a time, not always the same; processes may share the file.

    Nothing here raises for the state of the disk. Each method that changes something returns whether the change is in
    the file; where it is not yet, it is kept in memory, seen by every other method, and written by `retry`, by the
    next change or by `close`. `problem` says so as long as it is so.
    """

    def __init__(self, path: str | None) -> None:
        """Opens the store at `path`, made with its folders where missing; None: memory is all that is wanted."""
        super().__init__(path)
        if self._database.in_file:
            self._purge()

    # ---- places ------------------------------------------------------------------------------------------------------

    def place(self, article: Article) -> Place | None:
        """Where the article was left: the one at that path, or one of the same bytes."""

        return self._read(lambda db, rows: place_of(db, article, rows), None)

    def save_place(self, article: Article, place: Place) -> bool:
        """Remembers where the reader is, and the article among the recents."""

        def write(db: sqlite3.Connection) -> None:
            known = self._keep(db, article)
            time, progress = storable_number(place.time, MAX_TIME_S), storable_number(place.progress, 1.0)
            db.execute(
                f"UPDATE article SET opened = max({_OPENED}, ?), progress = ?, hidden = NULL WHERE id = ?",
                (time, progress, known),
            )
            db.execute(
                f"INSERT OR REPLACE INTO position (article, {schema.COLUMNS}) VALUES (?, {_PLACE_MARKS})",
                (known, *place_values(place)),
            )

        return self._database.write(write, ("place", article.path, article.digest))

    # ---- bookmarks ---------------------------------------------------------------------------------------------------

    def bookmarks(self, article: Article) -> Mapping[str, Place]:
        """By letter, in their order."""

        def read(db: sqlite3.Connection, rows: Rows) -> Mapping[str, Place]:
            found = db.execute(
                f"SELECT letter, {schema.COLUMNS} FROM bookmark WHERE article = ? AND removed IS NULL ORDER BY letter",
                (articles.find(db, article),),
            )
            named = ((rows.line(letter), place) for letter, *place in found)
            return {letter: rows.place(place) for letter, place in named if letter}

        return self._read(read, {})

    def save_bookmark(self, article: Article, letter: str, place: Place) -> bool:
        """Sets it; one of that letter counts as removed, and `restore_bookmark` brings it back."""

        def write(db: sqlite3.Connection) -> None:
            known = self._keep(db, article)
            _remove_bookmark(db, known, letter, now)
            db.execute(
                f"INSERT INTO bookmark (article, letter, {schema.COLUMNS}) VALUES (?, ?, {_PLACE_MARKS})",
                (known, storable(letter, MAX_LINE), *place_values(place)),
            )

        now = clock.time()
        return self._database.write(write, durable=True)

    def remove_bookmark(self, article: Article, letter: str) -> bool:
        """Takes it away, if it is there, for `restore_bookmark` to bring back."""

        def write(db: sqlite3.Connection) -> None:
            _remove_bookmark(db, articles.find(db, article), letter, now)

        now = clock.time()
        return self._database.write(write, durable=True)

    def restore_bookmark(self, article: Article, letter: str) -> bool:
        """Brings the bookmark of that letter that was removed last back; the present one counts as removed."""

        def write(db: sqlite3.Connection) -> None:
            known, name = articles.find(db, article), storable(letter, MAX_LINE)
            last = db.execute(
                """SELECT id FROM bookmark WHERE article = ? AND letter = ? AND removed IS NOT NULL
                    ORDER BY removed DESC, id DESC LIMIT 1""",
                (known, name),
            ).fetchone()
            if last is not None:
                _remove_bookmark(db, known, letter, now)
                db.execute("UPDATE bookmark SET removed = NULL WHERE id = ?", last)

        now = clock.time()
        return self._database.write(write, durable=True)

    # ---- recents -----------------------------------------------------------------------------------------------------

    def recents(self, most: int = 50) -> tuple[Recent, ...]:
        """The articles opened last, the latest first; not those that were hidden or came by standard input."""

        def read(db: sqlite3.Connection, rows: Rows) -> tuple[Recent, ...]:
            found = db.execute(
                f"""SELECT path, title, opened, progress FROM article
                    WHERE path IS NOT NULL AND hidden IS NULL AND opened <> 0 ORDER BY {_OPENED} DESC LIMIT ?""",
                (most,),
            )
            return tuple(recent for row in found if (recent := rows.recent(row)) is not None)

        return self._read(read, ())

    def hide(self, path: str) -> bool:
        """Takes an article off the recents until it is opened again; notes, bookmarks and its place stay."""
        return self._run("UPDATE article SET hidden = ? WHERE path = ?", clock.time(), os.fsencode(path))

    def unhide(self, path: str) -> bool:
        """Puts it back."""
        return self._run("UPDATE article SET hidden = NULL WHERE path = ?", os.fsencode(path))

    def forget(self, path: str) -> bool:
        """The same as `hide`, under the name the app knows."""
        return self.hide(path)

    # ---- the library: what was read ----------------------------------------------------------------------------------

    def states(self) -> Mapping[str, State]:
        """What is known of every article that has a path, by path."""

        def read(db: sqlite3.Connection, rows: Rows) -> Mapping[str, State]:
            found = db.execute(f"SELECT {STATE_COLUMNS} FROM article WHERE path IS NOT NULL")
            return dict(state for row in found if (state := rows.state(row)) is not None)

        return self._read(read, {})

    def set_state(
        self,
        several: Iterable[Article],
        *,
        read: ReadState | None = None,
        starred: bool | None = None,
        archived: bool | None = None,
    ) -> bool:
        """Sets what is not None for all these articles, or for none; a digest lets them be known after a move."""

        def write(db: sqlite3.Connection) -> None:
            for article in wanted:
                known = articles.keep(db, article, opened=0.0)
                db.execute(
                    """UPDATE article SET read = coalesce(?, read),
                        starred = CASE ? WHEN 1 THEN coalesce(starred, ?) WHEN 0 THEN NULL ELSE starred END,
                        archived = CASE ? WHEN 1 THEN coalesce(archived, ?) WHEN 0 THEN NULL ELSE archived END
                        WHERE id = ?""",
                    (read, starred, now, archived, now, known),
                )

        wanted, now = tuple(several), clock.time()
        return self._database.write(write)

    def begin(self, path: str) -> bool:
        """The article is opened: one that was set unread is being read from now on."""
        change = "UPDATE article SET read = '' WHERE path = ? AND read = 'unread'"
        return self._database.write(lambda db: db.execute(change, (os.fsencode(path),)))

    def move(self, old: str, new: str) -> bool:
        """The file at `old` is at `new` now: what is remembered goes along."""
        return self._database.write(lambda db: articles.move(db, old, new))

    def progress(self, article: Article) -> Progress:
        """What was really shown of an article so far."""

        return self._read(lambda db, rows: _progress(db, articles.find(db, article), rows), Progress())

    def add_progress(
        self, article: Article, shown: Iterable[Range], length: int, seconds: float, *, share: float | None = None
    ) -> bool:
        """Adds parts that were shown, of a text of `length` characters, and the seconds spent since the last call;
        `share` of the text counts as read then."""

        def write(db: sqlite3.Connection) -> None:
            known = self._keep(db, article)
            before = _progress(db, known, Rows())
            scale = length / before.length if before.length else 1.0
            old = (Range(int(part.start * scale), int(part.end * scale)) for part in before.shown)
            now = Progress(merged((*old, *parts), MAX_PARTS), min(max(length, 0), MAX_OFFSET))
            db.execute(
                "UPDATE article SET shown = ?, shown_length = ?, seconds = ? WHERE id = ?",
                (shown_text(now), now.length, storable_number(before.seconds + spent, MAX_TIME_S), known),
            )
            if share is not None:
                db.execute("UPDATE article SET progress = ? WHERE id = ?", (storable_number(share, 1.0), known))
                # of the place too, which is saved again as it was where the article is opened
                db.execute("UPDATE position SET progress = ? WHERE article = ?", (storable_number(share, 1.0), known))

        spent = storable_number(seconds, MAX_TIME_S)
        parts = tuple(Range(max(0, part.start), min(part.end, length)) for part in shown)
        return self._database.write(write)

    # ---- searches, answers, preferences ------------------------------------------------------------------------------

    def searches(self, most: int = 100, *, of_library: bool = False) -> tuple[str, ...]:
        """What was searched in articles, or asked of a library, the latest first."""
        table = "query" if of_library else "search"

        def read(db: sqlite3.Connection, rows: Rows) -> tuple[str, ...]:
            found = db.execute(f"SELECT pattern FROM {table} ORDER BY time DESC, rowid DESC LIMIT ?", (most,))
            return tuple(line for (pattern,) in found if (line := rows.line(pattern)))

        return self._read(read, ())

    def add_search(self, pattern: str, *, of_library: bool = False) -> bool:
        """Puts a search at the head of the history, or of the queries of a library."""
        table = "query" if of_library else "search"

        def write(db: sqlite3.Connection) -> None:
            # Two within one tick of the clock keep their order.
            numbers = f"SELECT coalesce(max(time), 0) FROM {table} WHERE typeof(time) = 'real' AND time <= ?"
            (last,) = db.execute(numbers, (MAX_TIME_S,)).fetchone()
            values = (storable(pattern, MAX_LINE), max(now, last + 1e-6))
            db.execute(f"INSERT OR REPLACE INTO {table} (pattern, time) VALUES (?, ?)", values)
            db.execute(
                f"DELETE FROM {table} WHERE pattern NOT IN (SELECT pattern FROM {table} ORDER BY time DESC LIMIT ?)",
                (MOST_SEARCHES,),
            )

        now = clock.time()
        return not pattern or self._database.write(write)

    def load(self, key: str) -> str | None:
        """The answer of a program that was kept under `key`; None where there is none."""

        def read(db: sqlite3.Connection, rows: Rows) -> str | None:
            found = db.execute("SELECT text FROM answer WHERE key = ?", (storable(key),)).fetchone()
            return rows.lines(found[0]) if found else None

        return self._read(read, None)

    def save(self, key: str, text: str) -> bool:
        """Keeps an answer; the oldest beyond `MOST_ANSWERS` go."""

        def write(db: sqlite3.Connection) -> None:
            db.execute("INSERT OR REPLACE INTO answer (key, text, time) VALUES (?, ?, ?)", values)
            db.execute(
                "DELETE FROM answer WHERE key NOT IN (SELECT key FROM answer ORDER BY time DESC LIMIT ?)",
                (MOST_ANSWERS,),
            )

        values = (storable(key), storable(text), clock.time())
        return self._database.write(write)

    def preferences(self) -> Mapping[str, str]:
        """How the person has set the view, by name."""
        return self._read(preferences_of, {})

    def set_preference(self, name: str, value: str | None) -> bool:
        """Keeps a choice; None: it is taken back."""

        def write(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM preference WHERE name = ?", (storable(name, MAX_LINE),))
            if value is not None:
                put = "INSERT INTO preference (name, value) VALUES (?, ?)"
                db.execute(put, (storable(name, MAX_LINE), storable(value, MAX_LINE)))

        return self._database.write(write, ("preference", name))

    def exported(self, target: str) -> float:
        """When notes were last exported to `target`, in seconds since the epoch; 0: never."""
        try:
            return storable_number(float(self.preferences().get(_EXPORTED + target, "0")), MAX_TIME_S)
        except ValueError:
            return 0.0

    def save_exported(self, target: str, time: float) -> bool:
        """Remembers that all notes changed before `time` have been exported to `target`."""
        return self.set_preference(_EXPORTED + target, repr(time))

    # ---- inside ------------------------------------------------------------------------------------------------------

    def _purge(self) -> None:
        """Deletes what was removed over 30 days ago."""

        def write(db: sqlite3.Connection) -> None:
            for table in ("annotation", "bookmark"):
                db.execute(f"DELETE FROM {table} WHERE removed < ?", (before,))

        def due(db: sqlite3.Connection) -> bool:
            statement = "SELECT EXISTS (SELECT 1 FROM {} WHERE removed < ?)"
            return any(
                db.execute(statement.format(table), (before,)).fetchone()[0] for table in ("annotation", "bookmark")
            )

        before = clock.time() - KEEP_REMOVED_S
        if self._database.read(due, False):
            self._database.write(write)


def _progress(db: sqlite3.Connection, known: int | None, rows: Rows) -> Progress:
    found = db.execute("SELECT shown, shown_length, seconds FROM article WHERE id = ?", (known,)).fetchone()
    return rows.progress(found) if found else Progress()


def _remove_bookmark(db: sqlite3.Connection, known: int | None, letter: str, now: float) -> None:
    db.execute(
        "UPDATE bookmark SET removed = ? WHERE article = ? AND letter = ? AND removed IS NULL",
        (now, known, storable(letter, MAX_LINE)),
    )
