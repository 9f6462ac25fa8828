"""The page an address names: from its server, or as it is kept.

Owns which addresses are asked (the Markdown behind a page of a code host before the page itself), how long a server is
waited for, and what is said where a kept page stands in for it. Refuses to know how a request is made (`web`) and how
a page is kept (`cache`).

Invariant: `page` returns or raises within `FETCH_TIMEOUT_S`, however many addresses are asked, each of them once.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from reader.locale import _
from reader.sanitize import clean_line, href, pattern
from reader.source.cache import Fetched, open_page, place, prune_pages
from reader.source.codec import declared_codec
from reader.source.files import over_limit
from reader.source.repository import markdown_addresses
from reader.source.value import SourceError
from reader.source.web import FETCH_TIMEOUT_S, fetch

KEPT_PATIENCE_S: Final = 8.0
"""A server is waited for so long where the page is kept."""
_LEAST_S: Final = 0.1
_CHARSET: Final = pattern(r"(?i);\s{0,9}charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})")


class Page(NamedTuple):
    """A page as `read` needs it."""

    data: bytes
    url: str
    """Where it came from at last."""
    content_type: str
    """Type and subtype in lower case; empty where the server named none."""
    encoding: str | None
    """Python's name of the declared character set, where it is to be believed."""
    as_of: float | None = None
    notice: str = ""
    """Both as in `Source`."""


def page(address: str, origin: str, limit: int, folder: str | None, *, kept_first: bool = False) -> Page:
    """The page of an address; `limit` is in bytes. `folder` is where pages are kept, None: nowhere. `kept_first`: one
    that is kept is taken without asking. Raises `SourceError`."""
    until = time.monotonic() + FETCH_TIMEOUT_S
    names = markdown_addresses(address)
    if (text := _first(names, origin, limit, folder, until, kept_first)) is not None:
        return text
    found = _one(address, origin, limit, folder, until, kept_first)
    moved = [name for name in markdown_addresses(found.url) if name not in names] if names else []
    return _first(moved, origin, limit, folder, until, kept_first) or found


def _first(
    names: Sequence[str], origin: str, limit: int, folder: str | None, until: float, kept_first: bool
) -> Page | None:
    """The first of some addresses that is there."""
    for name in names:
        try:
            return _one(name, origin, limit, folder, until, kept_first)
        except SourceError as problem:
            if not problem.status:
                break  # the network or the host fails, and would for the other names
    return None


def fetched_bytes(address: str, limit: int) -> bytes:
    """What an address has, whatever it is, kept nowhere; `limit` is in bytes. Raises `SourceError`."""
    return fetch(address, href(address), limit).data


def charset_of(content_type: str) -> str | None:
    """The codec that a `Content-Type` names, where it is worth more than a look at the bytes."""
    found = _CHARSET.search(content_type[:1000])
    return declared_codec(found[1]) if found else None


def _one(address: str, origin: str, limit: int, folder: str | None, until: float, kept_first: bool) -> Page:
    problems: list[SourceError] = []
    if folder is not None and os.path.exists(place(folder, address)):
        until = min(until, time.monotonic() + KEPT_PATIENCE_S)

    def ask(url: str, headers: Mapping[str, str]) -> Fetched:
        try:
            return fetch(url, origin, limit, max(_LEAST_S, until - time.monotonic()), headers=headers)
        except SourceError as problem:
            problems.append(problem)
            raise

    if folder is None:
        answer = ask(address, {})
        said = answer.headers.get("content-type", "")
        return Page(answer.data, answer.url, _plain(said), charset_of(said))
    kept, state = open_page(folder, address, ask, offline=kept_first)
    if state == "fetched":
        prune_pages(folder)
    found = Page(kept.data, kept.url, _plain(kept.content_type), charset_of(kept.content_type))
    if state != "offline":
        return found
    if len(kept.data) > limit:
        raise over_limit(origin, limit, len(kept.data))
    when = datetime.fromtimestamp(kept.asked).strftime("%Y-%m-%d %H:%M")
    notice = (
        _("The page as it was kept on {date}: {problem}").format(date=when, problem=problems[-1].what)
        if problems
        else ""
    )
    return found._replace(as_of=kept.asked, notice=clean_line(notice))


def _plain(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
