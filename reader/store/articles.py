"""The rows of articles: which one is meant, when one was moved, which are forgotten.

An article is known by where it is and, where nothing is there, by the digest of its bytes: so what is remembered goes
along with a file that was moved, and a copy does not take it from the first. Refuses to know transactions.
"""

from __future__ import annotations

import os
import sqlite3
import time as clock
from typing import Final

from reader.store.records import Article
from reader.store.rows import MAX_LINE, storable

MOST_ARTICLES: Final = 2000
"""Articles that are remembered for having been opened alone."""


def find(db: sqlite3.Connection, article: Article) -> int | None:
    """The row of an article: by its path, else the latest of the same bytes; None where there is none."""
    row = None
    if article.path is not None:
        row = db.execute("SELECT id FROM article WHERE path = ?", (os.fsencode(article.path),)).fetchone()
    if row is None and article.digest:
        latest = "SELECT id FROM article WHERE digest = ? ORDER BY opened DESC LIMIT 1"
        row = db.execute(latest, (storable(article.digest),)).fetchone()
    return row[0] if row else None


def keep(db: sqlite3.Connection, article: Article, *, opened: float | None = None) -> int:
    """The row of an article, made where missing; one that was moved takes what is remembered along.

    `opened`: when, for a row that is made; now where None.
    """
    path = None if article.path is None else os.fsencode(article.path)
    digest, title = storable(article.digest, MAX_LINE), storable(article.title, MAX_LINE)
    known = _known(db, path, digest)
    if known is not None:
        db.execute(
            """UPDATE article SET path = ?, digest = coalesce(nullif(?, ''), digest),
                title = coalesce(nullif(?, ''), title) WHERE id = ?""",
            (path, digest, title, known),
        )
        return known
    made = db.execute(
        "INSERT INTO article (path, digest, title, opened, progress) VALUES (?, ?, ?, ?, 0)",
        (path, digest, title, clock.time() if opened is None else opened),
    )
    return int(made.lastrowid or 0)


def _known(db: sqlite3.Connection, path: bytes | None, digest: str) -> int | None:
    if path is not None:
        row = db.execute("SELECT id FROM article WHERE path = ?", (path,)).fetchone()
        if row is not None:
            return int(row[0])
    if not digest:
        return None
    same = db.execute("SELECT id, path FROM article WHERE digest = ? ORDER BY opened DESC", (digest,))
    # What is still where it was has been copied, not moved.
    row = next((one for one in same if not _is_there(one[1])), None)
    if row is None or (path is None and row[1] is not None):
        return None
    return int(row[0])


def _is_there(path: object) -> bool:
    """Whether something is at the path of a row; an address is taken to be there."""
    if not isinstance(path, bytes) or b"\0" in path:
        return False
    return b"://" in path or os.path.exists(path)


def evict(db: sqlite3.Connection, present: int) -> None:
    """Forgets the articles opened longest ago, beyond `MOST_ARTICLES`, of which nothing was made or said; not the row
    `present`."""
    db.execute(
        """DELETE FROM article WHERE id IN (
            SELECT id FROM article
            WHERE id <> ? AND read = '' AND starred IS NULL AND archived IS NULL
                AND id NOT IN (SELECT article FROM bookmark UNION SELECT article FROM annotation)
            ORDER BY opened DESC LIMIT -1 OFFSET ?
        )""",
        (present, MOST_ARTICLES - 1),
    )


def move(db: sqlite3.Connection, old: str, new: str) -> None:
    """What is remembered of the article at `old` is of the one at `new`, where nothing is known of that yet."""
    db.execute("UPDATE OR IGNORE article SET path = ? WHERE path = ?", (os.fsencode(new), os.fsencode(old)))
