"""Which files of a folder are articles, found without opening any.

Owns the walk of a folder. Refuses to follow links to other folders, so that no loop can arise, and to look into hidden
folders and those that programs fill. What is no regular file (a pipe, a device, a broken link) is left alone: its type
is read from the folder, for opening it would act on it.

Invariant: a place that cannot be read is named among the problems, and hides no other place.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import Final, NamedTuple

from reader import sanitize
from reader.locale import _
from reader.source import shown_path

ARTICLES: Final = (
    *(".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"),
    *(".txt", ".html", ".htm", ".org"),
)
"""How the names of articles end, in small letters."""
_NEVER: Final = frozenset(("node_modules", "__pycache__", "site-packages", "_site"))
"""Folders that programs fill."""
_MAX_TIME_NS: Final = (1 << 63) - 1
"""What SQLite can hold: some file systems know later years than 2262."""


class Found(NamedTuple):
    """A file that is an article by its name. A tuple, since there may be 60,000."""

    path: str
    """The folder as it was given, and the way from there; as `os` takes it."""
    size: int
    """Bytes."""
    mtime_ns: int
    """Nanoseconds since the epoch, within 64 bits."""


class Unread(NamedTuple):
    """A place that could not be read."""

    path: str
    """As `os` takes it."""
    reason: str
    """What the system said, in small letters."""
    missing: bool = False
    """It is not there, so that what was known below it is gone."""

    @property
    def line(self) -> str:
        """The place and the reason, sanitised, for a person."""
        return sanitize.clean_line(
            _("{path}: it could not be read ({reason})").format(path=shown_path(self.path), reason=_(self.reason))
        )


def is_article(path: str) -> bool:
    """Whether a file's name says that it is an article."""
    return path.lower().endswith(ARTICLES)


def scan(folder: str, problems: list[Unread] | None = None) -> Iterator[Found]:
    """The articles in a folder and the folders in it: those of a folder by name, then those of its folders.

    `problems` gets each place that cannot be read. Raises nothing.
    """
    problems = [] if problems is None else problems
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        below: list[str] = []
        for entry in _entries(place, problems):
            try:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in _NEVER:
                        below.append(entry.path)
                elif is_article(entry.name):
                    status = entry.stat()
                    if stat.S_ISREG(status.st_mode):
                        time = max(-_MAX_TIME_NS, min(status.st_mtime_ns, _MAX_TIME_NS))
                        yield Found(entry.path, status.st_size, time)
            except OSError as error:
                # A link that leads nowhere or to itself names no article.
                if not (entry.is_symlink() or isinstance(error, FileNotFoundError)):
                    problems.append(_unread(entry.path, error))
        waiting.extend(reversed(below))


def _entries(folder: str, problems: list[Unread]) -> list[os.DirEntry[str]]:
    """What stands in a folder and is not hidden, by name; of a disk that fails, what it gave before."""
    entries: list[os.DirEntry[str]] = []
    try:
        with os.scandir(folder) as found:
            for entry in found:
                if entry.name[0] != ".":
                    entries.append(entry)
    except (OSError, ValueError) as error:
        problems.append(_unread(folder, error))
    entries.sort(key=lambda entry: entry.name)
    return entries


def _unread(path: str, error: Exception) -> Unread:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return Unread(path, reason, isinstance(error, FileNotFoundError))
