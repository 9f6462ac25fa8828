"""What a search found, a line each."""

from __future__ import annotations

from collections.abc import Iterator

from reader.document import Document
from reader.export.json import dumped
from reader.search import Matches, excerpt


def lines(document: Document, matches: Matches, *, colour: bool) -> Iterator[str]:
    """ "section: line around the match"; `colour` sets the match in reverse."""
    for match in matches:
        found = excerpt(document, match)
        head, lit, tail = (
            found.line[: found.match.start],
            found.line[found.match.start : found.match.end],
            found.line[found.match.end :],
        )
        shown = f"{head}\x1b[1;7m{lit}\x1b[0m{tail}" if colour else found.line
        yield f"{found.section}: {shown}"


def as_json(document: Document, matches: Matches) -> str:
    """{"matches": [{"start", "end", "section", "line"}]}, offsets in code points of the article's text."""
    shape = []
    for match in matches:
        found = excerpt(document, match)
        shape.append({"start": match.start, "end": match.end, "section": found.section, "line": found.line})
    return dumped({"matches": shape})
