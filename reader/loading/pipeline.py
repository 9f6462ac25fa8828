"""The way of an article in one process: source, front matter, parse, claims."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.document import Document
from reader.loading.frames import Findings
from reader.sanitize import clean_line

if TYPE_CHECKING:
    from reader.source import Source

_REPORT_INTERVAL_S = 1.0
"""Between two reports of claims."""


def load(source: Source, dialect: Mapping[str, bool] | None = None) -> Iterator[Document]:
    """The article as it is parsed, growing, in this process."""
    from reader.source import is_html

    documents, warnings = _page(source, dialect) if is_html(source) else _markdown(source, dialect)
    known = tuple(map(clean_line, (*source.warnings, *warnings)))
    for document in documents:
        yield replace(document, warnings=(*known, *document.warnings)) if known else document


def _markdown(source: Source, dialect: Mapping[str, bool] | None) -> tuple[Iterator[Document], tuple[str, ...]]:
    """The documents of an article in Markdown, and what is said of its header."""
    from reader.frontmatter import split
    from reader.library import named_date
    from reader.parse import Dialect, pieces

    metadata, body, first_line, warnings = split(source.text)
    if metadata.date is None and (when := named_date(source.path or source.url or "")):
        metadata = replace(metadata, date=when)
    return pieces(body, metadata, first_line=first_line, dialect=Dialect(**(dialect or {}))), warnings


def _page(source: Source, dialect: Mapping[str, bool] | None) -> tuple[Iterator[Document], tuple[str, ...]]:
    """The documents of a web page."""
    from reader.parse import Dialect, page_pieces

    return page_pieces(source.text, source.url or "", dialect=Dialect(**(dialect or {}))), ()


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
