"""What there is to read: the articles of a folder, and those read lately.

Owns the look into a folder and into the first lines of its files, just enough for a title and a date. Refuses to open
an article, to follow links to other folders, and to be held up by a file that cannot be read: it is listed by its name.

Invariant: listing changes nothing, and reads at most 8 KiB of each file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from reader.library.head import named_date, peeked
from reader.source import shown_path

ARTICLES = (".md", ".markdown", ".mdown", ".mkd", ".txt")
"""How the names of articles end."""
_MAX_FILES = 10_000
"""Files of a folder that are listed."""
_NEVER = frozenset(("node_modules", "__pycache__", "site-packages", "_site"))


@dataclass(frozen=True, slots=True)
class Work:
    """One article that could be opened."""

    path: str
    """As `os` takes it, or an address."""
    title: str
    """Sanitised, on one line."""
    date: str = ""
    """ISO 8601, as far as it is known: "2015-01-19"; empty: none."""
    progress: float | None = None
    """How far it was read, 0 to 1; None: never opened."""
    opened: float = 0.0
    """Seconds since the epoch; 0: never."""
    gone: bool = False
    """The file is not there any more."""


def is_article(path: str) -> bool:
    """Whether a file's name says that it is an article."""
    return path.lower().endswith(ARTICLES)


def works(folder: str) -> Iterator[Work]:
    """The articles in a folder and the folders in it, by name, hidden ones left out; at most 10,000.

    Raises OSError where the folder itself cannot be read.
    """
    os.scandir(folder).close()
    count = 0
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] != "." and name not in _NEVER)
        for name in sorted(files):
            if is_article(name) and name[0] != ".":
                path = os.path.join(place, name)
                title, day = peeked(path)
                named = named_date(name)
                yield Work(path, title or shown_path(name), day or (named.isoformat() if named else ""))
                count += 1
                if count == _MAX_FILES:
                    return


def ago(then: float, now: float) -> str:
    """When something was, as people say it; both in seconds since the epoch."""
    was, today = datetime.fromtimestamp(then), datetime.fromtimestamp(now)
    days = (today.date() - was.date()).days
    if days <= 0:
        return f"today {was:%H:%M}"
    if days == 1:
        return f"yesterday {was:%H:%M}"
    return f"{days} days ago" if days < 30 else f"{was:%Y-%m-%d}"
