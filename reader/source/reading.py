"""The article that a path, `-` or an address names, decoded, its line ends made "\\n" (CRLF and CR alone too).

A file that is empty is an empty article, not an error, and says so in a warning.
"""

from __future__ import annotations

import os
from typing import Final, Protocol

from reader import sanitize
from reader.locale import _
from reader.source.decode import decode
from reader.source.files import over_limit, read_file, read_stdin
from reader.source.kind import Kind, kind_of
from reader.source.names import descriptor, is_web, shown_path
from reader.source.value import Source, fail


class Hash(Protocol):
    """What hashlib's hashes can."""

    def update(self, data: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


DEFAULT_LIMIT: Final = 256 << 20
"""Bytes read at most unless asked for more."""
_GZIP: Final = b"\x1f\x8b\x08"


def read(
    target: str,
    *,
    encoding: str | None = None,
    limit: int = DEFAULT_LIMIT,
    kind: Kind | None = None,
    pages: str | None = None,
    kept_first: bool = False,
) -> Source:
    """The article `target` names: `-` is stdin, `http://` and `https://` are fetched, all else is a path.

    `encoding` overrides what the bytes say, `kind` what name and text do; `limit` is in bytes. `pages` is the folder
    where fetched pages are kept, None: nowhere; `kept_first`: one that is kept is taken without asking its server. A
    file that keeps changing while it is read is read again, and after the third time taken as it is, with a warning.
    Raises `SourceError`.
    """
    url = path = as_of = None
    notice = content_type = ""
    warnings: list[str] = []
    if target == "-":
        origin = "stdin"
        data = read_stdin(limit)
    elif is_web(target):
        from reader.source.pages import page

        origin = sanitize.href(target)
        data, url, content_type, declared, as_of, notice = page(target, origin, limit, pages, kept_first=kept_first)
        encoding = encoding or declared
        if notice:
            warnings.append(notice)
        if data.startswith(_GZIP):
            data = _unzipped(data, origin, limit)
    else:
        origin = shown_path(target)
        path = _absolute(target, origin) if descriptor(target) is None else None
        data = read_file(target, origin, limit, warnings)
    text, name = decode(data, origin, encoding, warnings)
    if not text:
        warnings.append(_("The file is empty."))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    kind = kind or kind_of(text, url or target, content_type)
    digest = hasher(data).hexdigest()
    return Source(text, origin, path, url, name, digest, tuple(warnings), kind, as_of, notice)


def _unzipped(data: bytes, origin: str, limit: int) -> bytes:
    """A file that is packed on its server, as sitemaps are. Raises `SourceError`."""
    from reader.source.unpack import PackError, unpacked

    parts: list[bytes] = []
    size = 0
    try:
        for part in unpacked(iter((data,)), "gzip"):
            parts.append(part)
            size += len(part)
            if size > limit:
                raise over_limit(origin, limit)
    except PackError:
        fail(origin, _("it is a gzip archive that cannot be unpacked"))
    return b"".join(parts)


def hasher(data: bytes = b"") -> Hash:
    """The hash of `Source.digest`, of these bytes and what it is fed besides."""
    try:
        from _blake2 import blake2b  # what hashlib has, without the 4 MiB and 3 ms of the OpenSSL that comes with it
    except ImportError:
        from hashlib import blake2b
    return blake2b(data, digest_size=16)


def _absolute(path: str, origin: str) -> str:
    if "\0" in path:
        fail(origin, _("no file has such a name"))
    try:
        return os.path.abspath(path)
    except FileNotFoundError:
        fail(origin, _("the working folder has been deleted"), _("go to another one, or name the whole path"))
