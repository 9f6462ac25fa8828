"""The article that is printed, on its way: read and parsed here, or where it is long by a second process meanwhile.

Owns the choice between the two. The second process is worth its start where setting the rows takes as long as parsing,
and the rows of what is parsed can be set while the rest is. Refuses to know what is printed.

Invariant: the documents are those of `reader.loading.load`, whichever way they come.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.cli.options import Request
    from reader.document import Document
    from reader.loading import Feed
    from reader.settings import Settings
    from reader.source import Source

_LONG_BYTES = 1 << 20
"""From this size on a second process is worth its start."""


@contextmanager
def article(request: Request, settings: Settings) -> Iterator[tuple[Source, Iterator[Document]]]:
    """Where an article comes from, and its documents as they grow. Raises `SourceError` or `FeedError`."""
    if request.to == "text" and request.pattern is None and _is_long(request.target):
        from reader.loading import Feed, Order

        target, how = request.target, (request.encoding, request.limit, request.config)
        feed = Feed(Order(target, *how, state=request.state, kind=request.kind))
        try:
            opened = feed.open()
            yield opened.source, _until_complete(opened.document, feed)
        finally:
            feed.close()
        return
    from reader.loading import load
    from reader.settings import pages_path
    from reader.source import DEFAULT_LIMIT, is_web, read

    source = read(
        request.target,
        encoding=request.encoding,
        limit=request.limit or DEFAULT_LIMIT,
        kind=request.kind,
        pages=pages_path(request.state) if is_web(request.target) else None,
    )
    yield source, load(source, settings.dialect)


def _is_long(target: str) -> bool:
    """Whether it is a file that takes long."""
    try:
        return os.path.isfile(target) and os.path.getsize(target) >= _LONG_BYTES
    except (OSError, ValueError):
        return False


def _until_complete(first: Document, feed: Feed) -> Iterator[Document]:
    """The documents of a feed, which is closed before it looks for claims."""
    from reader.document import Document

    for document in chain((first,), feed.rest()):
        if isinstance(document, Document):  # and no claims
            if document.complete:
                feed.close()
            yield document
            if document.complete:
                return
