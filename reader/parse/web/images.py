"""Where the image of an `<img>` is to be found: pages hide the address from the browser until the image is in view.

Owns the attributes that hold it (`data-src` and its like, `srcset`, the sources of a `<picture>`) and what is no image
at all: placeholders and counting pixels. Refuses to make addresses absolute: `write` does.
"""

from __future__ import annotations

import re
from typing import Final

from reader.parse.web.tree import Node
from reader.sanitize import pattern

_LAZY: Final = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-original-src",
    "data-actualsrc",
    "data-url",
    "data-lazy",
    "data-hi-res-src",
)
_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_PLACEHOLDER: Final = pattern(
    r"(?i)^$|^(?:data|about|blob):|(?:^|/)(?:blank|spacer|placeholder|pixel|transparent|1x1|loading|lazy)[^/]*\.(?:gif|png|svg|jpe?g)"
)


def source_of(node: Node, sources: list[Node]) -> str:
    """The address of an image, whichever attribute has it; the largest of several."""
    src = node.get("src")
    for name in _LAZY:
        if (lazy := node.get(name)) and not _PLACEHOLDER.search(lazy) and " " not in lazy:
            return lazy
    if not _PLACEHOLDER.search(src):
        return src
    for where in (node, *sources):
        for name in _SETS:
            if found := _largest(where.get(name)):
                return found
    return ""


def _largest(srcset: str) -> str:
    """The candidate of a `srcset` with the largest descriptor (WHATWG HTML, section 4.8.4.4.1)."""
    best, most = "", -1.0
    for found in re.finditer(r"([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]{1,9})[wx])?\s*(?:,|$)", srcset):
        size = float(found[2]) if found[2] and found[2].count(".") < 2 and found[2] != "." else 1.0
        if size > most and not _PLACEHOLDER.search(found[1]):
            best, most = found[1], size
    return best


def is_pixel(node: Node) -> bool:
    """Whether an image is only there to be counted."""
    return any(node.get(name).rstrip("px") in ("0", "1", "2") for name in ("width", "height"))
