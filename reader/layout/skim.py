"""The skim view: headings, images and claims alone, at the same offsets as the page.

Owns which parts are shown: of headings with nothing to show below them, one in a row; of an image its number, whose
piece stands for all of its caption. It is a layout like the page's, so places, marks and keys mean the same in both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reader.document import Document, Heading, Range, Table, Title
from reader.layout.page import Layout
from reader.layout.rows import Line, Piece, Row


def parts(document: Document, claims: Sequence[Range]) -> tuple[Range, ...]:
    """What a skim shows, in reading order, nothing twice; of a table with something to show, all."""
    blocks = document.blocks
    starts = [block.start for block in blocks]  # there may be ten thousand parts to find blocks for
    headings = [block for block in blocks if isinstance(block, Title | Heading)]
    everything = sorted([*headings, *document.images, *claims], key=lambda part: (part.start, -part.end))
    found: list[Range] = []
    reached = 0
    for part in _without_runs(everything):
        if part.end > part.start >= reached:
            block = blocks[max(0, bisect_right(starts, part.start) - 1)]
            found.append(block if isinstance(block, Table) else part)
            reached = found[-1].end
    return tuple(found)


def _without_runs(parts: Sequence[Range]) -> Iterator[Range]:
    """The parts without the headings that have nothing below them, but for one of each row of these: the highest. A
    heading with a deeper one right below it that has something is not among them."""
    run: list[Heading] = []
    for part in parts:
        if isinstance(part, Heading):
            run.append(part)
            continue
        yield from _shortened(run, last_has=True)
        run = []
        yield part
    yield from _shortened(run, last_has=False)


def _shortened(run: Sequence[Heading], *, last_has: bool) -> Iterator[Heading]:
    """A row of headings; below the last there is something, or not."""
    kept: list[Heading] = []
    if last_has and run:
        kept, run = [run[-1]], run[:-1]
        while run and run[-1].level < kept[0].level:
            kept, run = [run[-1], *kept], run[:-1]
    if run:
        yield min(run, key=lambda heading: heading.level)
    yield from kept


class Skim(Layout):
    """The rows of parts of a document."""

    def __init__(
        self, document: Document, width: int, shown: Sequence[Range], *, front: Sequence[Line] = (), top: int = 0
    ) -> None:
        self._parts = shown
        self._images = {Range(image.start, image.end) for image in document.images}
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
        shown = self.units.range(unit)
        for number, row in enumerate(super()._laid_out(unit)):
            if shown not in self._images:
                yield row
            elif not number:
                yield Row(tuple(_number_only(row.pieces, shown)))


def _number_only(pieces: Sequence[Piece], image: Range) -> Iterator[Piece]:
    """The row of an image up to its number."""
    for piece in pieces:
        if "image" in piece.role:
            yield Piece(piece.text.replace("\u00a0", " ").strip(" ·"), piece.role, image)
            return
        yield piece
