"""The skim view: headings, images and claims alone, at the same offsets as the page.

Owns which parts are shown. It is a layout like the page's, so places, marks and keys mean the same in both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reader.document import Document, Heading, Range, Table, Title
from reader.layout.page import Layout
from reader.layout.rows import Line, Row


def parts(document: Document, claims: Sequence[Range]) -> tuple[Range, ...]:
    """What a skim shows, in reading order, nothing twice; of a table with something to show, all."""
    blocks = document.blocks
    starts = [block.start for block in blocks]  # there may be ten thousand parts to find blocks for
    headings = [block for block in blocks if isinstance(block, Title | Heading)]
    found: list[Range] = []
    reached = 0
    for part in sorted([*headings, *document.images, *claims], key=lambda part: (part.start, -part.end)):
        if part.end > part.start >= reached:
            block = blocks[max(0, bisect_right(starts, part.start) - 1)]
            found.append(block if isinstance(block, Table) else part)
            reached = found[-1].end
    return tuple(found)


class Skim(Layout):
    """The rows of parts of a document."""

    def __init__(
        self, document: Document, width: int, shown: Sequence[Range], *, front: Sequence[Line] = (), top: int = 0
    ) -> None:
        self._parts = shown
        super().__init__(document, width, front=front, top=top)

    def shows(self, where: Range) -> bool:
        """Whether some of a range is shown."""
        first = bisect_right(self._parts, where.start, key=lambda part: part.end)
        return first < len(self._parts) and self._parts[first].overlaps(where)

    def _add_units(self) -> None:
        starts = [block.start for block in self.document.blocks]
        for part in self._parts:
            index = max(0, bisect_right(starts, part.start) - 1)
            block = self.document.blocks[index]
            if isinstance(block, Table):
                self._add_block(index, block)
            else:
                self.units.add(index, part.start, min(part.end, block.end), 2, len(part))
        self.units.estimate_new()

    def _gap(self, index: int) -> int:
        return 0

    def _laid_out(self, unit: int) -> Iterator[Row]:
        if unit and self.units.part(unit) == 0:
            yield Row()
        yield from super()._laid_out(unit)
