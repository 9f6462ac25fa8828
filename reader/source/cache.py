"""Pages that were fetched, kept in a folder, so that they open again without the network.

Owns one file a page (`<folder>/<hash of the address>`): a line of JSON with what the server said of it, then the bytes
as they came. Owns when the server is asked: with the `ETag` and `Last-Modified` of the kept page, so that an unchanged
one is not sent again (RFC 9110, section 13). Refuses to fetch by itself: the way to the network is an argument.

Invariant: a file is whole or not there (it is written beside its place and moved there); one that is damaged counts as
not kept.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias
from urllib.parse import urldefrag

from reader.document import record

MAX_AGE_S: Final = 0.0
"""A kept page that is younger is taken without asking; by default the server is always asked."""
MAX_BYTES: Final = 512 << 20
"""Of all pages that are kept, after `prune_pages`."""
_VERSION: Final = 1
_MAX_HEADER_BYTES: Final = 1 << 16


class Fetched(NamedTuple):
    """What a server answered to one request."""

    status: int
    """200, or 304 for a page that is as it was; errors are raised."""
    url: str
    """The address it came from at last, after redirections."""
    headers: Mapping[str, str]
    """Names in lower case."""
    data: bytes
    """The body, unpacked; empty with 304."""


Fetch: TypeAlias = Callable[[str, Mapping[str, str]], Fetched]
"""Asks an address with more request headers. Raises `SourceError`, or another `OSError` or ValueError."""
State: TypeAlias = Literal["fetched", "unchanged", "young", "offline"]
"""fetched: it is new; unchanged: the server said so; young: not asked; offline: the server could not be asked."""


@record
class Kept:
    """A page as it was fetched."""

    address: str
    """What was asked for, without its fragment."""
    url: str
    """Where it came from at last."""
    content_type: str
    """As the server said it, with the charset if it named one; empty where it named no type."""
    etag: str
    modified: str
    """The `Last-Modified` header, as it came."""
    asked: float
    """When the server was asked for it last, in seconds of the epoch."""
    data: bytes


def place(folder: str | os.PathLike[str], address: str) -> Path:
    """The file in which the page of an address is kept; an address with another fragment is the same page."""
    try:
        from _blake2 import blake2b  # without the OpenSSL that hashlib brings
    except ImportError:
        from hashlib import blake2b
    return Path(folder) / blake2b(urldefrag(address)[0].encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def kept_page(folder: str | os.PathLike[str], address: str) -> Kept | None:
    """The page that is kept of an address; None where there is none, or none that can be read."""
    try:
        with open(place(folder, address), "rb") as file:
            header = file.readline(_MAX_HEADER_BYTES)
            said = json.loads(header)
            if not isinstance(said, dict) or said.get("version") != _VERSION:
                return None
            data = file.read()
        texts = {name: said[name] for name in ("address", "url", "content_type", "etag", "modified")}
        if len(data) != said["bytes"] or texts["address"] != urldefrag(address)[0]:
            return None
        if not all(isinstance(text, str) for text in texts.values()):
            return None
        return Kept(**texts, asked=float(said["asked"]), data=data)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def keep_page(folder: str | os.PathLike[str], page: Kept) -> None:
    """Keep a page in place of an older one. Raises OSError."""
    path = place(folder, page.address)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    said = {
        "version": _VERSION,
        "address": page.address,
        "url": page.url,
        "content_type": page.content_type,
        "etag": page.etag,
        "modified": page.modified,
        "asked": page.asked,
        "bytes": len(page.data),
    }
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(json.dumps(said).encode() + b"\n")
            file.write(page.data)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def open_page(
    folder: str | os.PathLike[str],
    address: str,
    fetch: Fetch,
    *,
    offline: bool = False,
    max_age_s: float = MAX_AGE_S,
    now: Callable[[], float] = time.time,
) -> tuple[Kept, State]:
    """The page of an address, and where it comes from.

    `offline` asks no server where the page is kept. What `fetch` raises is raised only if there is no kept page; that
    the page cannot be kept is no error. A server that forbids it (`Cache-Control: no-store`) is obeyed.
    """
    address = urldefrag(address)[0]
    before = kept_page(folder, address)
    if before is not None and offline:
        return before, "offline"
    if before is not None and 0 <= now() - before.asked < max_age_s:
        return before, "young"
    asking: dict[str, str] = {}
    if before is not None and before.etag:
        asking["If-None-Match"] = before.etag
    if before is not None and before.modified:
        asking["If-Modified-Since"] = before.modified
    try:
        answer = fetch(address, asking)
    except Exception:  # whatever keeps a page from being fetched: the kept one is better than none
        if before is None:
            raise
        return before, "offline"
    if answer.status == 304 and before is not None:
        page, state = replace(before, asked=now()), "unchanged"
    else:
        page, state = _page(address, answer, now()), "fetched"
    if "no-store" not in answer.headers.get("cache-control", "").lower():
        with contextlib.suppress(OSError):
            keep_page(folder, page)
            if (at_last := urldefrag(page.url)[0]) != address:  # which is what a list of recent articles names
                keep_page(folder, replace(page, address=at_last))
    return page, "unchanged" if state == "unchanged" else "fetched"


def _page(address: str, answer: Fetched, asked: float) -> Kept:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Kept(
        address,
        answer.url,
        _header(headers, "content-type"),
        _header(headers, "etag"),
        _header(headers, "last-modified"),
        asked,
        answer.data,
    )


def _header(headers: Mapping[str, str], name: str) -> str:
    """A header that may be sent back: one line of at most 1,000 characters."""
    value = headers.get(name, "").strip()
    return value if len(value) <= 1000 and re.fullmatch(r"[\t\x20-\x7e\xa0-\xff]*", value) else ""


def prune_pages(folder: str | os.PathLike[str], most_bytes: int = MAX_BYTES) -> int:
    """Remove the pages asked for longest ago until the others have at most `most_bytes`; how many were removed."""
    found: list[tuple[float, int, str]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if re.fullmatch(r"[0-9a-f]{32}", entry.name) and entry.is_file(follow_symlinks=False):
                    about = entry.stat(follow_symlinks=False)
                    found.append((about.st_mtime, about.st_size, entry.path))
    except OSError:
        return 0
    size = sum(one[1] for one in found)
    removed = 0
    for _, of_one, path in sorted(found):
        if size <= most_bytes:
            break
        with contextlib.suppress(OSError):
            os.unlink(path)
            removed += 1
        size -= of_one
    return removed
