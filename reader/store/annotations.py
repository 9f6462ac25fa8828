"""Highlights and notes in the store, and drafts of them.

Invariant: nothing but a draft is deleted here; what is removed is marked so, and the store deletes it 30 days after.
"""

from __future__ import annotations

import random
import sqlite3
import time as clock
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from reader.store import articles
from reader.store.base import Base
from reader.store.place import QUOTE, Place
from reader.store.records import Annotation, Article, Note, Selector, annotation
from reader.store.rows import (
    ANNOTATION_COLUMNS,
    MAX_LINE,
    Rows,
    annotation_values,
    packed,
    selector_values,
    storable,
    unpacked,
)

_SAVE: Final = f"""
    INSERT INTO annotation (number, article, draft, {ANNOTATION_COLUMNS})
        VALUES (?, ?, ?, {", ".join("?" * len(ANNOTATION_COLUMNS.split(",")))})
        ON CONFLICT (uuid, draft) DO UPDATE SET article = excluded.article, first = excluded.first,
            last = excluded.last, exact = excluded.exact, prefix = excluded.prefix, suffix = excluded.suffix,
            section = excluded.section, into_section = excluded.into_section, digest = excluded.digest,
            rival = excluded.rival, twin = excluded.twin, colour = excluded.colour, words = excluded.words,
            modified = excluded.modified, removed = excluded.removed
"""


class Annotations(Base):
    """The methods about what a person has marked and written."""

    def annotations(self, article: Article, *, removed: bool = False) -> tuple[Annotation, ...]:
        """Highlights and notes in the order of their offsets as stored, those on the whole article first.

        `removed`: those that were removed instead, the latest first.
        """
        found = self._annotations("article = ? AND draft = 0 AND removed IS NULL", article)
        if removed:
            found = self._annotations("article = ? AND draft = 0 AND removed IS NOT NULL", article)
            return tuple(sorted(found, key=lambda one: -(one.removed or 0.0)))
        return found

    def annotated(self) -> tuple[tuple[Article, tuple[Annotation, ...]], ...]:
        """Every article that has highlights or notes, with them; the one last written in first."""

        def read(db: sqlite3.Connection, rows: Rows) -> tuple[tuple[Article, tuple[Annotation, ...]], ...]:
            by_article: dict[tuple[object, ...], list[Annotation]] = {}
            for *known, row in (
                (*found[:3], found[3:])
                for found in db.execute(
                    f"""SELECT path, article.digest, title, {_qualified(ANNOTATION_COLUMNS)} FROM annotation
                        JOIN article ON article.id = annotation.article WHERE draft = 0 AND removed IS NULL
                        ORDER BY article.id, first, created, number"""
                )
            ):
                one = rows.annotation(row)
                if one is not None:
                    by_article.setdefault(tuple(known), []).append(one)
            latest = sorted(by_article.items(), key=lambda item: -max(one.modified for one in item[1]))
            return tuple(
                (Article(rows.path(path), rows.line(digest), rows.line(title)), tuple(found))
                for (path, digest, title), found in latest
            )

        return self._read(read, ())

    def save_annotation(self, article: Article, one: Annotation) -> bool:
        """Keeps a new one, or all of one that is known by its id; its draft is done with."""
        return self._save(article, (one,), draft=False)

    def save_annotations(self, article: Article, several: Iterable[Annotation]) -> bool:
        """As `save_annotation`, all of them or none: for an import."""
        return self._save(article, tuple(several), draft=False)

    def change_annotation(self, id: str, *, words: str | None = None, colour: str | None = None) -> bool:
        """Other words, another colour, or both; what is None stays, so that two readers do not undo one another.

        False without a `problem`: it is not there any more, and `save_annotation` keeps it anew.
        """
        there = True

        def write(db: sqlite3.Connection) -> None:
            nonlocal there
            done = db.execute(
                """UPDATE annotation SET words = coalesce(?, words), colour = coalesce(?, colour), modified = ?
                    WHERE uuid = ? AND draft = 0""",
                (_or_none(words), _or_none(colour), now, storable(id)),
            )
            there = done.rowcount > 0
            if words is not None:
                db.execute("DELETE FROM annotation WHERE uuid = ? AND draft = 1", (storable(id),))

        now = clock.time()
        return self._database.write(write, durable=True) and there

    def remove_annotation(self, id: str) -> bool:
        """Takes it away, for `restore_annotation` to bring back within 30 days."""
        return self._run("UPDATE annotation SET removed = ? WHERE uuid = ? AND draft = 0", clock.time(), storable(id))

    def restore_annotation(self, id: str) -> bool:
        """Brings back what was removed."""
        return self._run("UPDATE annotation SET removed = NULL WHERE uuid = ? AND draft = 0", storable(id))

    def save_selectors(self, selectors: Mapping[str, Selector]) -> bool:
        """Where annotations are in the article as it is now, by id: `refreshed` makes these after an edit. What the
        person has made of them stays as it is, their time of change included."""

        def write(db: sqlite3.Connection) -> None:
            db.executemany(
                """UPDATE annotation SET first = ?, last = ?, exact = ?, prefix = ?, suffix = ?, section = ?,
                    into_section = ?, digest = ?, rival = ?, twin = ? WHERE uuid = ?""",
                [(*selector_values(selector), storable(id)) for id, selector in selectors.items()],
            )

        return not selectors or self._database.write(write)

    def keep_version(self, article: Article, text: str) -> bool:
        """Keeps the text of an article that has annotations, as it is in the file of `article.digest`: what they are
        found by after the next edit. Texts that no annotation counts in any more are deleted."""

        def kept(db: sqlite3.Connection, _rows: Rows) -> bool:
            statement = "SELECT EXISTS (SELECT 1 FROM version WHERE article = ? AND digest = ?)"
            return bool(db.execute(statement, (articles.find(db, article), article.digest)).fetchone()[0])

        def write(db: sqlite3.Connection) -> None:
            known = self._keep(db, article)
            db.execute("INSERT OR IGNORE INTO version VALUES (?, ?, ?)", (known, storable(article.digest), data))
            db.execute(
                """DELETE FROM version WHERE article = ? AND digest <> ?
                    AND digest NOT IN (SELECT digest FROM annotation WHERE article = ?)""",
                (known, article.digest, known),
            )

        if not article.digest or self._read(kept, False):
            return True
        data = packed(text)
        return self._database.write(write)

    def versions(self, article: Article) -> Mapping[str, str]:
        """The texts that annotations of an article count in, by the digest of the file; not that of the file as it is,
        and those of which there is none to compare."""

        def read(db: sqlite3.Connection, _rows: Rows) -> dict[str, str]:
            found = db.execute(
                """SELECT digest, text FROM version WHERE article = ? AND digest <> ?
                    AND digest IN (SELECT digest FROM annotation WHERE article = ?)""",
                (known := articles.find(db, article), article.digest, known),
            )
            texts = ((digest, unpacked(data)) for digest, data in found if isinstance(digest, str))
            return {digest: text for digest, text in texts if text}

        return self._read(read, {})

    def place_again(self, id: str, selector: Selector) -> bool:
        """Puts one that was lost at a passage chosen by hand (`selector_at`)."""

        def write(db: sqlite3.Connection) -> None:
            db.execute(
                """UPDATE annotation SET first = ?, last = ?, exact = ?, prefix = ?, suffix = ?, section = ?,
                    into_section = ?, digest = ?, rival = ?, twin = ?, modified = ? WHERE uuid = ? AND draft = 0""",
                (*selector_values(selector), now, storable(id)),
            )

        now = clock.time()
        return self._database.write(write, durable=True)

    def save_draft(self, article: Article, one: Annotation) -> bool:
        """Keeps words that are not done yet. `one` is the annotation they would make: a new one with an id of its own,
        or one that is known with other words. It is done with when an annotation of that id is saved or changed."""
        return self._save(article, (one,), draft=True)

    def drafts(self, article: Article) -> tuple[Annotation, ...]:
        """All drafts of an article, by offset as stored."""
        return self._annotations("article = ? AND draft = 1", article)

    def draft(self, id: str) -> Annotation | None:
        """The draft of an annotation."""

        def read(db: sqlite3.Connection, rows: Rows) -> Annotation | None:
            found = db.execute(
                f"SELECT {ANNOTATION_COLUMNS} FROM annotation WHERE draft = 1 AND uuid = ?", (storable(id),)
            ).fetchone()
            return rows.annotation(found) if found else None

        return self._read(read, None)

    def discard_draft(self, id: str) -> bool:
        """Deletes a draft: its words were taken back by the person, or are empty."""
        return self._run("DELETE FROM annotation WHERE uuid = ? AND draft = 1", storable(id))

    # ---- notes as version 1 had them: until the app has moved to annotations -----------------------------------------

    def notes(self, article: Article) -> tuple[Note, ...]:
        """In the order of their offsets."""

        def read(db: sqlite3.Connection, rows: Rows) -> tuple[Note, ...]:
            found = db.execute(
                f"""SELECT number, {ANNOTATION_COLUMNS} FROM annotation
                    WHERE article = ? AND draft = 0 AND removed IS NULL AND first IS NOT NULL
                    ORDER BY first, created, number""",
                (articles.find(db, article),),
            )
            made = ((number, rows.annotation(row)) for number, *row in found)
            return tuple(_note(number, one) for number, one in made if one is not None)

        return self._read(read, ())

    def add_note(self, article: Article, place: Place, length: int, words: str) -> Note | None:
        """Keeps a note at `length` characters from `place` on; None where it is not in the file, so far."""
        length = max(0, length)
        selector = Selector(
            *(place.offset, place.offset + length, place.after[:length], place.before, place.after[length:]),
            *(place.section, place.into, place.digest),
        )
        one = annotation(selector, words=storable(words))
        number = random.getrandbits(52)
        kept = self._save(article, (one,), draft=False, number=number)
        return _note(number, one) if kept else None

    def change_note(self, number: int, words: str) -> bool:
        """Other words for a note."""
        return self._run(
            "UPDATE annotation SET words = ?, modified = ? WHERE number = ?", storable(words), clock.time(), number
        )

    def remove_note(self, number: int) -> bool:
        """Takes a note away."""
        return self._run("UPDATE annotation SET removed = ? WHERE number = ?", clock.time(), number)

    # ---- inside ------------------------------------------------------------------------------------------------------

    def _annotations(self, where: str, article: Article) -> tuple[Annotation, ...]:
        def read(db: sqlite3.Connection, rows: Rows) -> tuple[Annotation, ...]:
            found = db.execute(
                f"SELECT {ANNOTATION_COLUMNS} FROM annotation WHERE {where} ORDER BY first, created, number",
                (articles.find(db, article),),
            )
            return tuple(one for row in found if (one := rows.annotation(row)) is not None)

        return self._read(read, ())

    def _save(
        self, article: Article, several: tuple[Annotation, ...], *, draft: bool, number: int | None = None
    ) -> bool:
        def write(db: sqlite3.Connection) -> None:
            known = self._keep(db, article)
            for row, values in zip(numbers, given, strict=True):
                db.execute(_SAVE, (row, known, int(draft), *values))
                if not draft:
                    db.execute("DELETE FROM annotation WHERE uuid = ? AND draft = 1", values[:1])

        given = [annotation_values(replace(one, id=storable(one.id, MAX_LINE))) for one in several]
        numbers = [random.getrandbits(52) if number is None else number for _ in given]
        return not given or self._database.write(write, durable=True)


def _note(number: int, one: Annotation) -> Note:
    selector = one.selector or Selector(0, 0, "")
    place = Place(
        *(selector.start, selector.digest, selector.prefix, (selector.exact + selector.suffix)[:QUOTE]),
        *(selector.section, selector.into, 0.0, one.created),
    )
    return Note(number, place, selector.end - selector.start, one.words)


def _or_none(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _qualified(columns: str) -> str:
    return ", ".join(f"annotation.{column.strip()}" for column in columns.split(","))
