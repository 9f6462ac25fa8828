"""From what a person names (a path, `-` or a web address) to text: the only room that opens articles.

Owns reading, its limits, and decoding: `names` (what an argument means), `files` (a file or standard input), `pipe` (a
pipe as it comes), `web` (an address), `decode` and `charset` (bytes to text), `kind` and `page` (what kind of text it
is). Refuses what is no article (a folder, a device, a program, a picture) with one `SourceError` that says what, where
and what to do; nothing else is raised for whatever a path or its bytes may be.

Invariant: the same bytes give the same text and digest wherever they come from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.source.kind import Kind
from reader.source.names import Target, descriptor, parse_size, parse_target, parse_targets, shown_path
from reader.source.reading import DEFAULT_LIMIT, read
from reader.source.value import Source, SourceError

if TYPE_CHECKING:
    from reader.source.pipe import Pipe as Pipe

__all__ = [
    "DEFAULT_LIMIT",
    "Kind",
    "Source",
    "SourceError",
    "Target",
    "descriptor",
    "open_pipe",
    "parse_size",
    "parse_target",
    "parse_targets",
    "read",
    "shown_path",
]


def open_pipe(
    target: str = "-", *, encoding: str | None = None, limit: int = DEFAULT_LIMIT, kind: Kind | None = None
) -> Pipe:
    """The pipe that `target` names (see `descriptor`), once its first text has come or it has ended.

    `encoding` and `kind` override what the first text says; `limit` is in bytes: what comes after it is not read, and a
    warning says so. Raises `SourceError` where it cannot be read or holds no text.
    """
    from reader.source.pipe import Pipe

    return Pipe(target, encoding, limit, kind)
