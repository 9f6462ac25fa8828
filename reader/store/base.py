"""What all parts of the store share: the file, and how it is read and written.

Owns what a caller is told of the file. Refuses to know what is remembered.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Self, TypeVar

from reader.locale import _
from reader.store import articles
from reader.store.database import Database
from reader.store.records import Article
from reader.store.rows import Rows

T = TypeVar("T")


class Base:
    """The file of a store."""

    def __init__(self, path: str | None) -> None:
        """Opens the store at `path`, made with its folders where missing; None: memory is all that is wanted."""
        self._database = Database(path)

    @property
    def path(self) -> str | None:
        """Where the file is; None where it cannot be used, so far."""
        return self._database.path if self._database.usable else None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong so far, a sentence each, for a quiet note; it may grow with any call."""
        return tuple(self._database.warnings)

    @property
    def problem(self) -> str:
        """One line: what is not in the file and why; empty when all is well. To be shown until it is empty."""
        return self._database.problem

    @property
    def unread(self) -> bool:
        """Whether what the file holds is not known: what is read is as if there were nothing."""
        return self._database.unread

    @property
    def refusal(self) -> str:
        """One line: the file and why it cannot be used, for a command that ends; empty when all is well."""
        return self._database.refusal

    def retry(self) -> bool:
        """Tries again to write what waits: whether all is in the file now. Takes up to 0.1 s; to be called every few
        seconds while there is a `problem`; after it has gone, what was read before may be incomplete."""
        return self._database.retry()

    def close(self) -> bool:
        """Ends it, after a last try of up to 2 s: whether all is in the file."""
        return self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, statement: str, *values: object) -> bool:
        return self._database.write(lambda db: db.execute(statement, values), durable=True)

    def _read(self, work: Callable[[sqlite3.Connection, Rows], T], otherwise: T) -> T:
        rows = Rows()
        found = self._database.read(lambda db: work(db, rows), otherwise)
        if rows.faults:
            said = _(
                "Some of what {file} holds cannot be read: it is left as it is there, "
                "and the rest of each entry is shown."
            )
            self._database.warn(said.format(file=self._database.path or _("the store")))
        return found

    @staticmethod
    def _keep(db: sqlite3.Connection, article: Article) -> int:
        known = articles.keep(db, article)
        articles.evict(db, known)
        return known
