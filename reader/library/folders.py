"""Which folders are the library, besides those of the settings.

Owns one small file in the state folder, a JSON object with absolute paths, which `reader library add` and `remove`
change. It is a file of its own since neither of the others would do: the program never writes the settings, the index
may be deleted at any time, and the store is set aside when it is damaged. Refuses to write over a file it does not
understand.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable
from typing import Final, NoReturn

from reader.library.index import folders_apart
from reader.locale import _
from reader.sanitize import clean_line
from reader.source import shown_path

_VERSION: Final = 1
_MAX_BYTES: Final = 1 << 20


class FoldersError(Exception):
    """The folders cannot be read or changed; the message is one line: where, what, and the remedy."""


def folders_file(store: str) -> str:
    """Where the folders are kept, beside the store at `store`."""
    return os.path.join(os.path.dirname(store), "library.json")


def index_file(store: str) -> str:
    """Where the index is, beside the store at `store`."""
    return os.path.join(os.path.dirname(store), "library.sqlite")


def library_folders(chosen: Iterable[str], file: str) -> tuple[str, ...]:
    """The library: the folders that the settings name, `~` being the person's own, and those that were added.

    Raises `FoldersError` where `file` cannot be understood.
    """
    return folders_apart((*map(os.path.expanduser, chosen), *added_folders(file)))


def added_folders(file: str) -> tuple[str, ...]:
    """The folders that were added, in that order; none where there is no such file. Raises `FoldersError`."""
    try:
        if not os.path.isfile(file) or os.path.getsize(file) > _MAX_BYTES:
            if not os.path.lexists(file):
                return ()
            raise ValueError
        with open(file, encoding="utf-8") as opened:
            said = json.load(opened)
        folders = said["folders"]
        if said["version"] != _VERSION or not all(isinstance(folder, str) and folder for folder in folders):
            raise ValueError
        return tuple(folders)
    except OSError as error:
        _fail(file, _("it cannot be read ({reason})").format(reason=_reason(error)))
    except (ValueError, KeyError, TypeError, RecursionError):
        _fail(file, _("it is no list of folders; correct it, or delete it and add the folders again"))


def add_folder(file: str, folder: str) -> bool:
    """Adds a folder to the library; false where it is there already, by itself or within another. Raises
    `FoldersError`."""
    path = os.path.abspath(os.path.expanduser(folder))
    if not os.path.isdir(path):
        what = _("it is not a folder") if os.path.exists(path) else _("no such folder")
        _fail(folder, what)
    known = added_folders(file)
    if folders_apart((*known, path)) == folders_apart(known):
        return False
    _save(file, (*known, path))
    return True


def remove_folder(file: str, folder: str) -> bool:
    """Takes a folder out of the library; false where it was not added. Nothing in it is touched. Raises
    `FoldersError`."""
    path = os.path.abspath(os.path.expanduser(folder))
    known = added_folders(file)
    left = tuple(other for other in known if other not in (path, folder))
    if left == known:
        return False
    _save(file, left)
    return True


def _save(file: str, folders: tuple[str, ...]) -> None:
    """Writes the file beside itself and puts it in its place, so that it is whole whatever happens."""
    import tempfile

    said = json.dumps({"version": _VERSION, "folders": folders}, indent=1)
    made = ""
    try:
        os.makedirs(os.path.dirname(os.path.abspath(file)), mode=0o700, exist_ok=True)
        handle, made = tempfile.mkstemp(prefix="library-", suffix=".json", dir=os.path.dirname(os.path.abspath(file)))
        with open(handle, "w", encoding="utf-8") as opened:
            opened.write(said + "\n")
        os.replace(made, file)
    except OSError as error:
        if made:
            with contextlib.suppress(OSError):
                os.unlink(made)
        _fail(file, _("it cannot be written ({reason})").format(reason=_reason(error)))


def _fail(where: str, what: str) -> NoReturn:
    raise FoldersError(clean_line(f"{shown_path(where)}: {what}"))


def _reason(error: OSError) -> str:
    return (error.strerror or error.__class__.__name__).lower()
