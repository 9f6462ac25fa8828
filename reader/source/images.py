"""Images of articles as bytes: files beside the article, what stands in a `data:` address, and kept ones of the web.

Owns where an image that an article names is looked for on this machine, and the folder of those that were fetched.
Refuses to decode anything, and to fetch one that is kept.

Invariant: at most `MAX_IMAGE_BYTES` of one image are read, and only `fetched_image` asks the network.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

from reader.locale import _
from reader.sanitize import pattern
from reader.source.cache import Kept, keep_page, kept_page, place, prune_pages
from reader.source.files import read_file
from reader.source.value import SourceError

MAX_IMAGE_BYTES: Final = 32 << 20
MAX_KEPT_BYTES: Final = 256 << 20
"""Of all fetched images; those fetched longest ago go first."""
_FETCH_S: Final = 30.0
_MAX_PARENTS: Final = 12
_ROOTS: Final = ("", "static", "source", "public", "assets")
"""Folders of a site whose content stands at its root (Jekyll; Hugo; Hexo; others)."""
_SITE: Final = pattern(r"\{\{[^{}]{0,80}\}\}")
"""`{{ site.baseurl }}` and the like."""


def image_file(article: str | None, src: str) -> str | None:
    """The file that an article at a path means by the address of an image; None where there is none here.

    It is looked for beside the article, in the folder named after it (as Hexo and Typora keep them), and, if the
    address begins at the root of a site, under the folders above.
    """
    if not src or re.match(r"[A-Za-z][A-Za-z0-9+.-]+:|//", src):
        return None
    for name in dict.fromkeys((src, unquote(src), unquote(re.split("[?#]", src, maxsplit=1)[0]))):
        if "\0" in name:
            continue
        for path in _candidates(article, name):
            with contextlib.suppress(OSError, ValueError):
                if os.path.isfile(path):
                    return os.path.abspath(path)
    return None


def _candidates(article: str | None, name: str) -> Iterator[str]:
    folder = os.path.dirname(article) if article else os.curdir
    bare = _SITE.sub("", name, count=1) if name.lstrip().startswith("{{") else name
    yield os.path.join(folder, name)
    if article:
        stem = os.path.splitext(article)[0]
        yield from (os.path.join(beside, name) for beside in (stem, f"{stem}.assets"))
    if article and bare.startswith("/"):
        for parent in [Path(os.path.abspath(folder)), *Path(os.path.abspath(folder)).parents][:_MAX_PARENTS]:
            yield from (os.path.join(parent, root, bare.lstrip("/")) for root in _ROOTS)


def file_bytes(path: str) -> bytes:
    """The bytes of an image file. Raises `SourceError`."""
    return read_file(path, os.path.basename(path), MAX_IMAGE_BYTES, [])


def data_bytes(src: str) -> bytes | None:
    """What stands in a `data:` address (RFC 2397); None where it is none, or too long."""
    head, comma, body = src.partition(",")
    if head[:5].lower() != "data:" or not comma or len(body) > MAX_IMAGE_BYTES:
        return None
    try:
        return base64.b64decode(unquote(body)) if head.lower().endswith(";base64") else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        return None


def is_kept(folder: str, address: str) -> bool:
    """Whether an image of the web was fetched before."""
    return place(folder, address).is_file()


def kept_image(folder: str, address: str) -> bytes:
    """An image of the web that was fetched before. Raises `SourceError`."""
    found = kept_page(folder, address)
    if found is None:
        place(folder, address).unlink(missing_ok=True)
        raise SourceError(address, _("what was kept of it is damaged"), _("look again to fetch it anew"))
    return found.data


def fetched_image(folder: str | None, address: str) -> bytes:
    """An image of the web, fetched now and kept in `folder`; None: it is not kept. Blocks. Raises `SourceError`."""
    from reader.source.web import fetch

    answer = fetch(address, address, MAX_IMAGE_BYTES, _FETCH_S)
    if not answer.data:
        raise SourceError(address, _("the answer is empty"))
    if folder is not None:
        with contextlib.suppress(OSError):
            keep_page(folder, Kept(address.partition("#")[0], answer.url, "", "", "", time.time(), answer.data))
            prune_pages(folder, MAX_KEPT_BYTES)
    return answer.data
