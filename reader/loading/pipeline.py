"""The way of an article in one process: source, front matter, parse, claims."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.document import Document
from reader.loading.frames import Findings

if TYPE_CHECKING:
    from reader.source import Source

_REPORT_INTERVAL_S = 1.0
"""Between two reports of claims."""


def load(source: Source, dialect: Mapping[str, bool] | None = None) -> Iterator[Document]:
    """The article as it is parsed, growing, in this process."""
    from reader.frontmatter import split
    from reader.library import named_date
    from reader.parse import Dialect, pieces

    metadata, body, first_line, warnings = split(source.text)
    if metadata.date is None and (when := named_date(source.path or source.url or "")):
        metadata = replace(metadata, date=when)
    known = (*source.warnings, *warnings)
    for document in pieces(body, metadata, first_line=first_line, dialect=Dialect(**(dialect or {}))):
        yield replace(document, warnings=(*known, *document.warnings)) if known else document


def loaded(source: Source, dialect: Mapping[str, bool] | None = None) -> Iterator[Document | Findings]:
    """As `load`, with the claims: those of the first piece right after it, the others when all is parsed."""
    documents = load(source, dialect)
    document = next(documents)
    yield document
    from reader.claims import Finder  # which takes as long as the first piece

    finder = Finder()
    for _ in finder.feed(document):
        pass
    yield Findings(finder.pieces, finder.authors, finder.warnings, document.complete)
    if not document.complete:
        for document in documents:
            yield document
        told = time.monotonic()
        for _ in finder.feed(document):
            if time.monotonic() - told > _REPORT_INTERVAL_S:
                yield Findings(finder.pieces, finder.authors, finder.warnings)
                told = time.monotonic()
        yield Findings(finder.pieces, finder.authors, finder.warnings, True)
