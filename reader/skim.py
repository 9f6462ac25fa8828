"""The article at a glance: headings, images and claims alone, at the same offsets as the page.

Owns which parts stand there. It is a layout like the page's, so places, marks and keys mean the same in both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reader.document import Document, Heading, Range, Title
from reader.language import image_word
from reader.layout import Layout, Line, Row


def parts(document: Document, claims: Sequence[Range]) -> tuple[Range, ...]:
    """What a skim shows, in reading order, nothing twice."""
    whole = [block for block in document.blocks if isinstance(block, Title | Heading)]
    found: list[Range] = []
    reached = 0
    for part in sorted([*whole, *document.images, *claims], key=lambda part: (part.start, -part.end)):
        if part.end > part.start >= reached:
            found.append(part)
            reached = part.end
    return tuple(found)


class Skim(Layout):
    """The rows of parts of a document."""

    def __init__(self, document: Document, width: int, shown: Sequence[Range], *, front: Sequence[Line] = ()) -> None:
        self._parts = shown
        super().__init__(document, width, front=front)

    def _grow(self, document: Document) -> None:
        self._image_word = image_word(document.text)
        starts = [block.start for block in document.blocks]  # there may be ten thousand parts to find blocks for
        for part in self._parts:
            index = max(0, bisect_right(starts, part.start) - 1)
            self._add(index, part.start, part.end, 2, len(part))
        self._measured.extend(bytes(len(self._parts)))
        self._heights.extend(self._estimate(0))

    def shows(self, where: Range) -> bool:
        """Whether some of a range is shown."""
        first = bisect_right(self._parts, where.start, key=lambda part: part.end)
        return first < len(self._parts) and self._parts[first].overlaps(where)

    def _gap(self, index: int) -> int:
        return 0

    def _lay(self, unit: int) -> Iterator[Row]:
        if unit:
            yield Row()
        yield from super()._lay(unit)
