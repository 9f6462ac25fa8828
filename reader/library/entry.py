"""A row of the list: what is known of an article besides its text.

Invariant: all strings are sanitised and on one line, but for the path, which is as `os` takes it, and the names, of
which each has a line.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Final, NamedTuple, Protocol

from reader.library.files import Found
from reader.sanitize import pattern
from reader.source import shown_path

TITLE_FROM_PATH: Final = 1
DATE_FROM_PATH: Final = 2
"""Bits of `Entry.guessed`: what has to be looked at again when the file is moved."""

_DAY: Final = pattern(r"([0-9]{4})[-_.]?([0-9]{2})[-_.]?([0-9]{2})(?![0-9])")
_DAY_WITHIN: Final = pattern(r"(?<![0-9])((?:19|20)[0-9]{2})([-_.])([0-9]{2})\2([0-9]{2})(?![0-9])")
"""Behind other words, only as people write a day."""
_FOLDER: Final = pattern(r"((?:19|20)[0-9]{2})(?:[-_.]?([0-9]{2})(?:[-_.]?([0-9]{2}))?)?")
_PART: Final = pattern(r"[0-9]{1,2}")
_NO_TITLES: Final = frozenset(("index", "_index", "readme"))


class Entry(NamedTuple):
    """One article of a library. A tuple, since there may be 60,000."""

    id: int
    """Of its row in the index, never used again for another text; 0: it is not there yet."""
    path: str
    """Absolute."""
    size: int
    """Bytes."""
    mtime_ns: int
    """When the file was changed, in nanoseconds since the epoch."""
    digest: str
    """`Source.digest`; empty: not read yet."""
    title: str
    """Of the front matter, else the heading that opens the body, else the file's name."""
    date: str
    """When it was published, ISO 8601 as far as it is known ("2015-01-19T08:30", "2015-01"); empty: not known."""
    updated: str
    """When it was changed, by its front matter; as `date`."""
    authors: str
    """A name a line."""
    tags: str
    """A tag a line."""
    categories: str
    """A category a line."""
    minutes: int
    """To read it; 0: not known yet."""
    language: str
    """As the front matter says, else by its letters ("zh", "zh-Hant", "ja", "ko"); empty: another."""
    length: int
    """Code points of the text."""
    kind: int
    """Which texts it may be searched with (`reader.search.kind`)."""
    guessed: int
    """`TITLE_FROM_PATH` and `DATE_FROM_PATH`."""
    problem: str
    """Why its text is not there; empty: it is, or will be."""


class State(Protocol):
    """What is asked of a person's marks on an article; the store has them."""

    @property
    def read(self) -> str:
        """unread, reading or finished."""
        ...

    @property
    def starred(self) -> bool: ...
    @property
    def archived(self) -> bool: ...
    @property
    def progress(self) -> float:
        """0 to 1."""
        ...

    @property
    def opened(self) -> float:
        """Seconds since the epoch; 0: never."""
        ...


def known_by_name(found: Found, title: str = "", day: str = "") -> Entry:
    """The entry of a file that was not read, but perhaps for its first lines."""
    guessed = (0 if title else TITLE_FROM_PATH) | (0 if day else DATE_FROM_PATH)
    title, day = title or path_title(found.path), day or path_date(found.path)
    return Entry(0, *found, "", title, day, "", "", "", "", 0, "", 0, 0, guessed, "")


def moved(entry: Entry, found: Found) -> Entry:
    """The entry of the same bytes in another file."""
    title = path_title(found.path) if entry.guessed & TITLE_FROM_PATH else entry.title
    day = path_date(found.path) if entry.guessed & DATE_FROM_PATH else entry.date
    return entry._replace(path=found.path, size=found.size, mtime_ns=found.mtime_ns, title=title, date=day)


def path_title(path: str) -> str:
    """The file's name, with that of its folder where the name says nothing (`index.md`)."""
    folder, name = os.path.split(path)
    if os.path.splitext(name)[0].lower() in _NO_TITLES:
        name = os.path.join(os.path.basename(folder), name)
    return shown_path(name)


def path_date(path: str) -> str:
    """The date in a file's name (`2015-01-19-title.md`, `20150119.md`, `notes 2015-01-19.md`), else in those of its
    folders, from the last one upwards (`2015/01/19/title.md`, `2015-01/title.md`, `2015/title/index.md`); as far as it
    goes."""
    *folders, name = path.replace("\\", "/").split("/")
    found = _DAY.match(name)
    if found and (day := _day(*found.groups())):
        return day
    found = _DAY_WITHIN.search(name)
    if found and (day := _day(found[1], found[3], found[4])):
        return day
    if os.path.splitext(name)[0].lower() in _NO_TITLES and folders and not _FOLDER.fullmatch(folders[-1]):
        found = _DAY.match(folders[-1])
        if found and (day := _day(*found.groups())):
            return day
        folders.pop()
    parts: list[str] = []
    for folder in reversed(folders[-3:]):
        if len(parts) < 2 and _PART.fullmatch(folder):
            parts.insert(0, folder)
        elif found := _FOLDER.fullmatch(folder):
            return _day(*([part for part in found.groups() if part] + parts)[:3])
        else:
            break
    return ""


def _day(year: str, month: str = "", day: str = "") -> str:
    """ISO 8601 as far as it goes; empty where there is no such day."""
    try:
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return ""
    return whole if day else whole[:7] if month else whole[:4]
