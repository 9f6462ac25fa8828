"""Links by name, as the programs of vaults follow them: `[[A]]` is the nearest file of that name.

Owns where a vault begins, which file a link means, and what in a link names a file. Refuses to read files; looking
through the folders of a vault has a bound in time. Invariant: what is found stands below the vault, and of several
files of a name it is the one with the fewest steps from the folder of the link, whatever the order of the folders.
"""

from __future__ import annotations

import os
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import unquote

SEARCH_S: Final = 0.5
"""A vault is looked through for so long at most: some 50,000 files of a local disk."""
_MARKS: Final = (".obsidian", ".foam", "logseq")
"""Folders in which the programs of vaults keep their settings."""
_MAX_DEPTH: Final = 16
"""Folders above an article that are looked at."""
_TEXTS: Final = (".md", ".markdown")


def vault_of(path: str) -> str | None:
    """The folder of the vault that a file is in; None where it is in none."""
    folder = os.path.dirname(os.path.abspath(path))
    for _ in range(_MAX_DEPTH):
        if any(os.path.isdir(os.path.join(folder, mark)) for mark in _MARKS):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            break
        folder = above
    return None


def find_named(wanted: str, path: str, root: str, seconds: float = SEARCH_S) -> str | None:
    """The file below `root` that a link with this target means in the article at `path`: the nearest of that name.

    `wanted` is the target without its section; it may have folders in front. None where there is none, or where none
    was found in time.
    """
    until = time.monotonic() + seconds
    fits = _fitting(wanted)
    return nearest((one for one in _walked(root, until) if fits(one)), path)


def nearest(found: Iterable[str], path: str) -> str | None:
    """The one of some files with the fewest steps from the folder of `path`, up and down."""
    here = _parts(os.path.dirname(path))

    def steps(one: str) -> tuple[int, int, str]:
        there = _parts(os.path.dirname(one))
        same = 0
        while same < min(len(here), len(there)) and here[same] == there[same]:
            same += 1
        return len(here) + len(there) - 2 * same, len(one), one

    return min(found, key=steps, default=None)


def meant(href: str, path: str, named: Iterable[str]) -> str | None:
    """The file that a link of the article at `path` leads to, of those with the link's name."""
    target = unquote(href.partition("#")[0])
    files = list(named)
    direct = os.path.normpath(os.path.join(os.path.dirname(path), target))
    if direct in files:
        return direct
    fits = _fitting(target)
    return nearest((one for one in files if fits(one)), path)


def link_name(href: str) -> str:
    """The name by which a link's target is looked for; empty where it leads to no article in a file."""
    target = href.partition("#")[0]
    if not target or ":" in target or target.startswith("//"):
        return ""
    return file_name(unquote(target))


def file_name(path: str) -> str:
    """The name that links to an article have: that of its file, without the ending, however it is written."""
    stem, ending = os.path.splitext(path.replace("\\", "/").rpartition("/")[2])
    return _folded(stem) if ending.lower() in _TEXTS else ""


def _fitting(wanted: str) -> Callable[[str], bool]:
    """Whether a path ends as a target does, however that is written."""
    ways = {_folded(wanted.strip("/"))}
    ways.add(next(iter(ways)).replace("/", "___"))  # as Logseq writes the name of a page within another
    ways.discard("")
    endings = tuple(f"/{way}" for way in ways)
    return lambda path: _folded(path.replace(os.sep, "/")).endswith(endings)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _parts(folder: str) -> list[str]:
    return folder.split(os.sep)


def _walked(root: str, until: float) -> Iterator[str]:
    """The files below a folder, but for hidden ones, those of the upper folders first."""
    waiting = [root]
    for folder in waiting:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        yield entry.path
        except OSError:
            continue
        if time.monotonic() > until:
            return
