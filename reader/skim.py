"""The article at a glance: headings, images and claims alone, at the same offsets as the page.

Owns which parts stand there. It is a layout like the page's, so places, marks and keys mean the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.document import Document, Heading, Range, Title
from reader.layout import Layout, Line, Row, image_word


def parts(document: Document, claims: Sequence[Range]) -> tuple[Range, ...]:
    """What a skim shows, in reading order, nothing twice."""
    whole = [block for block in document.blocks if isinstance(block, Title | Heading)]
    found: list[Range] = []
    for part in sorted([*whole, *document.images, *claims], key=lambda part: (part.start, -part.end)):
        if len(part) and (not found or part.start >= found[-1].end):
            found.append(Range(part.start, part.end))
    return tuple(found)


class Skim(Layout):
    """The rows of parts of a document."""

    def __init__(self, document: Document, width: int, shown: Sequence[Range], *, front: Sequence[Line] = ()) -> None:
        self._parts = shown
        super().__init__(document, width, front=front)

    def _grow(self, document: Document) -> None:
        self._image_word = image_word(document.text)
        for part in self._parts:
            index = document.block_index(part.start)
            self._add(index, part.start, part.end, 2, len(part))
        self._measured.extend(bytes(len(self._parts)))
        self._heights.extend(self._estimate(0))

    def _gap(self, index: int) -> int:
        return 0

    def _lay(self, unit: int) -> Iterator[Row]:
        if unit:
            yield Row()
        yield from super()._lay(unit)
