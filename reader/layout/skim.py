"""The article at a glance: headings, images and claims alone, at the same offsets as the page.

Owns which parts stand there. It is a layout like the page's, so places, marks and keys mean the same in both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reader.document import Document, Heading, Range, Table, Title
from reader.language import image_word
from reader.layout.page import Layout, Line, Row


def parts(document: Document, claims: Sequence[Range]) -> tuple[Range, ...]:
    """What a skim shows, in reading order, nothing twice; of a table with something to show, all."""
    blocks = document.blocks
    starts = [block.start for block in blocks]  # there may be ten thousand parts to find blocks for
    whole = [block for block in document.blocks if isinstance(block, Title | Heading)]
    found: list[Range] = []
    reached = 0
    for part in sorted([*whole, *document.images, *claims], key=lambda part: (part.start, -part.end)):
        if part.end > part.start >= reached:
            block = blocks[max(0, bisect_right(starts, part.start) - 1)]
            found.append(block if isinstance(block, Table) else part)
            reached = found[-1].end
    return tuple(found)


class Skim(Layout):
    """The rows of parts of a document."""

    def __init__(self, document: Document, width: int, shown: Sequence[Range], *, front: Sequence[Line] = ()) -> None:
        self._parts = shown
        super().__init__(document, width, front=front)

    def _grow(self, document: Document) -> None:
        self._image_word = image_word(document.text)
        starts = [block.start for block in document.blocks]
        for part in self._parts:
            index = max(0, bisect_right(starts, part.start) - 1)
            block = document.blocks[index]
            if isinstance(block, Table):
                self._units_of(index, block)
            else:
                self._add(index, part.start, min(part.end, block.end), 2, len(part))
        self._measured.extend(bytes(len(self._block)))
        self._heights.extend(self._estimate(0))

    def shows(self, where: Range) -> bool:
        """Whether some of a range is shown."""
        first = bisect_right(self._parts, where.start, key=lambda part: part.end)
        return first < len(self._parts) and self._parts[first].overlaps(where)

    def _gap(self, index: int) -> int:
        return 0

    def _lay(self, unit: int) -> Iterator[Row]:
        index = self._block[unit]
        if unit and not (index == self._block[unit - 1] and isinstance(self.document.blocks[index], Table)):
            yield Row()
        yield from super()._lay(unit)
