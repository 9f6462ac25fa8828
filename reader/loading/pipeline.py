"""The way of an article in one process: source, front matter, parse, claims."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from reader.document import Document, Metadata
from reader.loading.frames import Findings
from reader.sanitize import clean_line

if TYPE_CHECKING:
    from reader.source import Pipe, Source

_REPORT_INTERVAL_S = 1.0
"""Between two reports of claims."""


def load(source: Source, dialect: Mapping[str, bool] | None = None, *, pipe: Pipe | None = None) -> Iterator[Document]:
    """The article as it is parsed, growing, in this process. `pipe` is where the source comes from, if more comes."""
    pipe = None if pipe is None or pipe.ended else pipe
    documents, warnings = _documents(source, dialect, pipe)
    source = replace(source, text="")  # a second copy of which is parsed; with 10 MB of text each counts
    for document in documents:
        said = (pipe.source if pipe is not None else source).warnings
        known = tuple(map(clean_line, (*said, *warnings)))
        yield replace(document, warnings=(*known, *document.warnings)) if known else document


def _documents(
    source: Source, dialect: Mapping[str, bool] | None, pipe: Pipe | None
) -> tuple[Iterator[Document], tuple[str, ...]]:
    """The documents of a source, and what is said of its header."""
    if source.kind == "markdown":
        return _markdown(source, dialect, pipe)
    if source.kind == "html":
        return _page(source, dialect, pipe)
    if source.kind == "feed":
        from reader.loading.listing import listing

        return listing(source if pipe is None else replace(source, text="".join((source.text, *pipe.rest())))), ()
    from reader.library import named_date
    from reader.parse import plain_pieces, prose_pieces

    make = prose_pieces if source.kind == "prose" else plain_pieces
    metadata = Metadata(date=named_date(source.path or source.url or ""))
    if pipe is None:
        return make((source.text,), metadata, size=len(source.text)), ()
    return make(chain((source.text,), pipe.rest()), metadata), ()


def _markdown(
    source: Source, dialect: Mapping[str, bool] | None, pipe: Pipe | None
) -> tuple[Iterator[Document], tuple[str, ...]]:
    """The documents of an article in Markdown, and what is said of its header."""
    from reader.frontmatter import split
    from reader.library import named_date, vault_of
    from reader.parse import Dialect, growing_pieces, pieces

    text = source.text
    rest = pipe.rest() if pipe is not None else iter(())
    while pipe is not None and not pipe.ended and _is_open_header(text):
        text += next(rest, "")
    known = Dialect(**(dialect or {}))
    metadata, body, first_line, warnings = split(text, loose=known.loose_headers)
    if metadata.date is None and (when := named_date(source.path or source.url or "")):
        metadata = replace(metadata, date=when)
    if pipe is None or pipe.ended:
        in_vault = source.path is not None and vault_of(source.path) is not None
        return pieces(body, metadata, first_line=first_line, dialect=known, in_vault=in_vault), warnings
    return growing_pieces(body, rest, metadata, first_line=first_line, dialect=known), warnings


def _is_open_header(text: str) -> bool:
    """Whether a text that has not come to its end breaks off within its front matter."""
    from reader.frontmatter import MAX_HEADER

    opener = re.match(r"\s*+(-{3,}+|\+{3,}+|;{3,}+)[ \t]*+\n", text)
    if opener is None or len(text) > MAX_HEADER:
        return False
    closer = re.compile(rf"^(?:{re.escape(opener[1][0])}{{3,}}|\.{{3}})[ \t]*$", re.MULTILINE)
    return closer.search(text, opener.end()) is None


def _page(
    source: Source, dialect: Mapping[str, bool] | None, pipe: Pipe | None
) -> tuple[Iterator[Document], tuple[str, ...]]:
    """The documents of a web page, which is waited for: what in it is the article is told by all of it."""
    from reader.parse import Dialect, page_pieces

    text = source.text if pipe is None else "".join((source.text, *pipe.rest()))
    return page_pieces(text, source.url or "", dialect=Dialect(**(dialect or {}))), ()


def loaded(
    source: Source, dialect: Mapping[str, bool] | None = None, *, pipe: Pipe | None = None
) -> Iterator[Document | Findings]:
    """As `load`, with the claims: those of the first piece right after it, the others when all is parsed."""
    documents, kind = load(source, dialect, pipe=pipe), source.kind
    del source  # and its text with it
    document = next(documents)
    yield document
    if kind == "feed":  # a list makes no claims
        yield from documents
        yield Findings(complete=True)
        return
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
