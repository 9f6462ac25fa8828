"""What `--to` prints: one module a format, each a function from a document to lines or text.

Owns the shapes, and the choice among them (`rendered`, `rendered_matches`); `notes` has those of highlights and notes.
Refuses to write anywhere, but for the folders of `notes`. The module of a format is imported when it is asked for.

Invariant: every line is safe on a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reader.sanitize import clean_line

if TYPE_CHECKING:
    from reader.claims import Piece
    from reader.document import Document
    from reader.export import notes as notes  # a package that is imported when it is asked for
    from reader.export.notes import ArticleNotes
    from reader.search import Matches

FORMATS = ("text", "ansi", "html", "md", "json", "outline", "claims", "links", "images")

__all__ = ["FORMATS", "Rendered", "notes", "rendered", "rendered_matches", "text_of_growing"]


class Rendered(NamedTuple):
    """An article in one format."""

    lines: Iterable[str]
    warnings: tuple[str, ...] = ()
    """What the format has no place for, a sentence each."""


def rendered(
    document: Document,
    to: str,
    *,
    origin: str,
    width: int,
    density: float,
    colour: bool = True,
    piece: Piece | None = None,
    images: bool = False,
    path: str | None = None,
    mine: ArticleNotes | None = None,
    header: bool = True,
) -> Rendered:
    """A complete document in the format `to`, one of `FORMATS`.

    `origin` names the article, `width` is in cells, `density` is the share of sentences that are claims, which are
    those of `piece` if a model has chosen them. `images`: an HTML page loads those of the network when it is opened;
    `path` is that of the article's file, beside which the page is to stand; `mine` are the notes that stand in it.
    Without `header` text is that of the body alone.
    """
    if to == "text":
        from reader.export import text

        return Rendered(text.text(document, width, header=header))
    if to == "md":
        from reader.export import markdown

        return Rendered(markdown.markdown(document))
    if to in ("ansi", "claims", "json", "html"):
        from reader.claims import Finder, choose
        from reader.export import claims, json, text

        finder = Finder(density, reasons=to != "ansi")
        for _ in finder.feed(document):
            pass
        found = finder.claims if piece is None else choose((piece,), finder.authors, density)
        if to == "html":
            from reader.export import claimed

            lines = claimed.claimed_page(document, origin, found, notes=mine, images=images, path=path)
            return Rendered(lines, finder.warnings)
        if to == "claims":
            return Rendered(claims.lines(document, found), finder.warnings)
        if to == "json":
            document = replace(document, warnings=(*document.warnings, *map(clean_line, finder.warnings)))
            return Rendered((json.as_json(document, origin, claims.shaped(document, found)),))
        return Rendered(text.ansi(document, width, colour=colour, marks=claims.marker(found)))
    from reader.export import lists

    return Rendered({"outline": lists.outline, "links": lists.links, "images": lists.images}[to](document))


def text_of_growing(documents: Iterator[Document], width: int) -> Iterator[str]:
    """As the lines of `rendered` for "text", of an article that is still being parsed."""
    from reader.export import text

    return text.text_of_growing(documents, width)


def rendered_matches(document: Document, matches: Matches, to: str, *, colour: bool) -> Iterable[str]:
    """The lines that match, or for "json" one object with the ranges."""
    from reader.export.matches import as_json, lines

    return (as_json(document, matches),) if to == "json" else lines(document, matches, colour=colour)
