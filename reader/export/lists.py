"""The lists: outline, links and images, a line each."""

from __future__ import annotations

from collections.abc import Iterator

from reader import sanitize
from reader.document import Document, Range


def outline(document: Document) -> Iterator[str]:
    """The sections, two blanks a level; an inferred one is marked with ≈."""
    least = min((section.level for section in document.sections), default=1)
    for section in document.sections:
        sign = "≈ " if section.inferred else ""
        yield "  " * (0 if section.opening else section.level - least) + sign + section.title


def links(document: Document) -> Iterator[str]:
    """Text, a tab, the target."""
    for link in document.links:
        yield f"{_line(document, link)}\t{sanitize.href(link.href)}"


def images(document: Document) -> Iterator[str]:
    """Alt text (or file name), a tab, the source."""
    for image in document.images:
        yield f"{_line(document, image)}\t{sanitize.href(image.src)}"


def _line(document: Document, where: Range) -> str:
    return " ".join(document.slice(where).split())
