"""The list put into order: sorted, grouped, its repeated titles folded; and the way through it from an article.

Pure functions over entries. Refuses to filter (`find` does) and to know what a row looks like.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

from reader.library.entry import TITLE_FROM_PATH, Entry, State
from reader.source import shown_path

SortKey: TypeAlias = Literal["date", "title", "length", "progress", "read", "path"]
GroupKey: TypeAlias = Literal["day", "folder"]
SORT_KEYS: Final[tuple[SortKey, ...]] = get_args(SortKey)
GROUP_KEYS: Final[tuple[GroupKey, ...]] = get_args(GroupKey)
_DESCENDING: Final = frozenset(("date", "length", "progress", "read"))
_NO_STATES: Final[Mapping[str, State]] = MappingProxyType({})


class Fold(NamedTuple):
    """One row: an article, and others of the same title that do not get a row of their own."""

    entry: Entry
    others: tuple[Entry, ...] = ()


class Group(NamedTuple):
    """Rows under one head."""

    head: str
    """A day ("2024-05-06"), a folder within the library; empty: not known, or the library itself."""
    entries: tuple[Entry, ...]


def ordered(
    entries: Iterable[Entry], by: SortKey = "date", *, states: Mapping[str, State] = _NO_STATES, turned: bool = False
) -> tuple[Entry, ...]:
    """The entries sorted: the newest, longest, furthest and lately read first, titles and paths from the beginning of
    the alphabet; `turned`: the other way. What has no date, or was never opened, is last either way."""
    keys: dict[str, Callable[[Entry], Any]] = {
        "date": lambda entry: (entry.date, entry.mtime_ns),
        "title": lambda entry: (entry.title.casefold(), entry.path),
        "length": lambda entry: (entry.length, entry.size),
        "progress": lambda entry: states[entry.path].progress if entry.path in states else 0.0,
        "read": lambda entry: states[entry.path].opened if entry.path in states else 0.0,
        "path": lambda entry: entry.path,
    }
    # By path and date first, for those that are alike: `sorted` keeps their order, even in reverse. What comes
    # from an index stands so already.
    newest = sorted(sorted(entries, key=keys["path"]), key=keys["date"], reverse=True)
    if by == "date" and not turned:
        return tuple(newest)
    sorted_ = sorted(newest, key=keys[by], reverse=(by in _DESCENDING) is not turned)
    if turned and by in ("date", "read"):
        empty = (lambda entry: not entry.date) if by == "date" else (lambda entry: not keys["read"](entry))
        sorted_.sort(key=empty)
    return tuple(sorted_)


def folded(entries: Iterable[Entry]) -> tuple[Fold, ...]:
    """A row for each title, in the order of its first article. Titles that are file names fold nothing."""
    first: dict[str, Entry] = {}
    others: dict[str, list[Entry]] = {}
    for entry in entries:
        key = entry.path if entry.guessed & TITLE_FROM_PATH else f"\n{' '.join(entry.title.casefold().split())}"
        if first.setdefault(key, entry) is not entry:
            others.setdefault(key, []).append(entry)
    return tuple(Fold(entry, tuple(others[key]) if key in others else ()) for key, entry in first.items())


def grouped(entries: Iterable[Entry], by: GroupKey, folders: Sequence[str] = ()) -> tuple[Group, ...]:
    """The entries under heads, each kept in order: by day the heads come as the entries do (neighbours of one day are
    one group), by folder each folder once, by its first article. `folders` are those of the library."""
    if by == "day":
        return tuple(Group(day, tuple(some)) for day, some in groupby(entries, key=lambda entry: entry.date[:10]))
    by_folder: dict[str, list[Entry]] = {}
    shown: dict[str, str] = {}
    for entry in entries:
        place = entry.path.rpartition(os.sep)[0]
        if place not in shown:
            shown[place] = folder_of(entry, folders)
        by_folder.setdefault(shown[place], []).append(entry)
    return tuple(Group(head, tuple(some)) for head, some in by_folder.items())


def folder_of(entry: Entry, folders: Sequence[str]) -> str:
    """The folder an article is in, as it is shown: within the library's folder, whose name it has where there are
    several."""
    for folder in folders:
        if entry.path.startswith(folder.rstrip(os.sep) + os.sep):
            within = os.path.dirname(os.path.relpath(entry.path, folder))
            return shown_path(os.path.join(os.path.basename(folder), within) if len(folders) > 1 else within).rstrip(
                os.sep
            )
    return shown_path(os.path.dirname(entry.path))


class Trail:
    """The way through a list as it stood when an article was opened from it. Immutable."""

    __slots__ = ("_numbers", "_paths")

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = tuple(dict.fromkeys(paths))
        self._numbers = {path: number for number, path in enumerate(self._paths)}

    def __len__(self) -> int:
        return len(self._paths)

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def number(self, path: str) -> int | None:
        """The place of an article, counted from 1; None: it is not in the list."""
        number = self._numbers.get(path)
        return None if number is None else number + 1

    def next(self, path: str, *, where: Callable[[str], bool] | None = None) -> str | None:
        """The article after this one, or the next one of which `where` is true; None at the end. From an article that
        is not in the list, the first."""
        start = self._numbers.get(path, -1) + 1
        return self._first(self._paths[start:], where)

    def previous(self, path: str, *, where: Callable[[str], bool] | None = None) -> str | None:
        """The article before this one; None at the beginning, and from an article that is not in the list."""
        return self._first(reversed(self._paths[: self._numbers.get(path, 0)]), where)

    @staticmethod
    def _first(paths: Iterable[str], where: Callable[[str], bool] | None) -> str | None:
        return next((path for path in paths if where is None or where(path)), None)


def unread(states: Mapping[str, State]) -> Callable[[str], bool]:
    """Whether an article has never been opened or finished, for `Trail.next`."""
    return lambda path: path not in states or states[path].read == "unread"
