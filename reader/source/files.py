"""Bytes from a file or from standard input, with every refusal in one line.

Opening a pipe waits for a writer and opening a device may act on it, so the type of a path is looked at first.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import IO, Final

from reader.locale import _
from reader.source.names import descriptor, shown_path
from reader.source.value import SourceError, fail

CHUNK_BYTES: Final = 1 << 20
_ATTEMPTS: Final = 3


def read_file(path: str, origin: str, limit: int, warnings: list[str]) -> bytes:
    """The bytes of a regular file; a file that changes while it is read is read again, with a warning after three
    times. Raises `SourceError`."""
    try:
        return _read_regular(path, origin, limit, warnings)
    except OSError as error:
        raise _explain(error, path, origin) from error
    except UnicodeEncodeError:
        fail(origin, _("no file has such a name"))


def _read_regular(path: str, origin: str, limit: int, warnings: list[str]) -> bytes:
    if descriptor(path) is not None:
        # A shell's `<(command)`: a pipe, but one with somebody at the other end already.
        with open(path, "rb", buffering=0) as pipe:
            return _read_all(pipe, origin, limit)
    # Opening a pipe waits for a writer and opening a device may do things, so what it is comes first.
    _refuse_unless_regular(os.stat(path).st_mode, origin)
    for _attempt in range(_ATTEMPTS):
        # It may have been exchanged in between; without waiting it can do no harm, and is asked again.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        with open(os.open(path, flags), "rb", buffering=0) as file:
            before = os.fstat(file.fileno())
            _refuse_unless_regular(before.st_mode, origin)
            if before.st_size > limit:
                raise over_limit(origin, limit, before.st_size)
            data = _read_all(file, origin, limit, before.st_size + 1)
            after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            return data
    warnings.append(_("The file kept changing while it was read; what is shown may be half of an edit."))
    return data


def _read_all(file: IO[bytes], origin: str, limit: int, first: int = CHUNK_BYTES) -> bytes:
    chunks: list[bytes] = []
    size = 0
    wanted = first
    while chunk := file.read(wanted):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise over_limit(origin, limit)
        wanted = CHUNK_BYTES
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def read_stdin(limit: int) -> bytes:
    """All of standard input. Raises `SourceError`."""
    if sys.stdin is None:
        fail("stdin", _("it is closed"), _("pipe an article in: `command | reader -`"))
    try:
        return _read_all(sys.stdin.buffer, "stdin", limit)
    except OSError as error:
        raise SourceError("stdin", _reason(error)) from error


def _refuse_unless_regular(mode: int, origin: str) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        fail(origin, _("it is a folder"), _("name an article in it"))
    if stat.S_ISFIFO(mode):
        fail(origin, _("it is a named pipe"), _("to read what comes through it: `reader - < NAME`"))
    if stat.S_ISSOCK(mode):
        fail(origin, _("it is a socket, not an article"))
    fail(origin, _("it is a device, not an article"))


def over_limit(origin: str, limit: int, size: int | None = None) -> SourceError:
    """The error of an article of more than `limit` bytes."""
    what = _("it has {size}, over the limit of {limit}") if size else _("it is over the limit of {limit}")
    remedy = _("raise it with `--limit {limit}`").format(limit=_suggested_limit(size or 2 * limit))
    return SourceError(origin, what.format(size=_size(size or 0), limit=_size(limit)), remedy)


def _size(size: int) -> str:
    for unit, shift in (("GiB", 30), ("MiB", 20), ("KiB", 10)):
        if size >= 1 << shift:
            return f"{size / (1 << shift):.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"


def _suggested_limit(size: int) -> str:
    unit, shift = ("G", 30) if size >= 1 << 30 else ("M", 20)
    return f"{-(-size // (1 << shift))}{unit}"


def _reason(error: OSError) -> str:
    return (error.strerror or error.__class__.__name__).lower()


def _explain(error: OSError, path: str, origin: str) -> SourceError:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        if os.path.islink(path):
            what = _("a broken link to {path}, which does not exist").format(path=shown_path(os.readlink(path)))
            return SourceError(origin, what)
        return SourceError(origin, _("no such file"), _similar(path))
    if isinstance(error, PermissionError):
        return SourceError(origin, _("you have no permission to read it"), _("see who has with `ls -l`"))
    if isinstance(error, IsADirectoryError):
        return SourceError(origin, _("it is a folder"), _("name an article in it"))
    if error.errno == errno.ELOOP:
        return SourceError(origin, _("a link that leads back to itself"))
    if error.errno == errno.ENAMETOOLONG:
        return SourceError(origin[:60] + "…", _("no file has so long a name"))
    return SourceError(origin, _("it could not be read ({reason})").format(reason=_reason(error)))


def _similar(path: str) -> str:
    """ "did you mean …?" from the names in the folder, or which folder is missing."""
    folder, name = os.path.split(path)
    if folder and not os.path.isdir(folder):
        return _("there is no folder {path} either").format(path=shown_path(folder))
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.name for entry, _count in zip(entries, range(5000), strict=False)]
    except OSError:
        return ""
    import difflib

    folded = {other.lower(): other for other in sorted(names, reverse=True)}
    stems = {os.path.splitext(other)[0].lower(): other for other in sorted(names, reverse=True)}
    near = [stems[name.lower()]] if name.lower() in stems else []
    near += [folded[found] for found in difflib.get_close_matches(name.lower(), folded, n=3, cutoff=0.7)]
    shown = [shown_path(os.path.join(folder, other)) for other in dict.fromkeys(near)][:3]
    return _("did you mean {names}?").format(names=_(" or ").join(shown)) if shown else ""
