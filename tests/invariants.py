"""What must hold of every document and of every layout, whatever the article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from itertools import pairwise

from reader.document import Block, Code, Document, Range, Table
from reader.layout import Layout, Row, cells, graphemes
from reader.layout.wrap import SPACES

_CHECKED_ROWS = 1500


def check_document(document: Document) -> None:
    """The invariants of a Document."""
    text = document.text
    assert [block.start for block in document.blocks] == sorted({block.start for block in document.blocks})
    for before, after in pairwise(document.blocks):
        assert before.end < after.start
        assert not text[before.end : after.start].strip("\n")
    if document.blocks:
        assert document.blocks[0].start == 0
        assert document.blocks[-1].end == len(text)
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(text)
        assert len(block.containers) <= 32
        open_ends: list[int] = []
        for span in block.spans:
            assert block.start <= span.start < span.end <= block.end
            while open_ends and open_ends[-1] <= span.start:
                open_ends.pop()
            assert not open_ends or span.end <= open_ends[-1]
            open_ends.append(span.end)
        starts = [(span.start, -span.end) for span in block.spans]
        assert starts == sorted(starts)
        if isinstance(block, Table):
            cells = [cell for row in block.rows for cell in row]
            assert all(block.start <= cell.start <= cell.end <= block.end for cell in cells)
            assert all(one.end < two.start for one, two in pairwise(cells))
    for one, two in pairwise(document.sections):
        assert one.end == two.start
    if document.sections:
        assert document.sections[-1].end == len(text)
    assert [image.number for image in document.images] == list(range(1, len(document.images) + 1))
    for item in (*document.links, *document.images):
        assert 0 <= item.start <= item.end <= len(text)
    assert all(0 <= offset <= len(text) for offset in (*document.notes.values(), *document.anchors.values()))
    assert all("\n" not in warning for warning in document.warnings)
    assert not any(ord(char) < 32 and char not in "\n\t" for char in text)


def check_growth(grown: Sequence[Document]) -> None:
    """What must hold of the documents of a growing article: each extends the one before, the last is complete."""
    for one, two in pairwise(grown):
        assert two.text.startswith(one.text)
        assert two.blocks[: len(one.blocks)] == one.blocks
        assert two.links[: len(one.links)] == one.links
        assert two.images[: len(one.images)] == one.images
        assert [(s.start, s.title, s.level) for s in one.sections] == [
            (s.start, s.title, s.level) for s in two.sections[: len(one.sections)]
        ]
        assert one.progress <= two.progress
        assert not one.complete
    assert grown[-1].complete
    assert grown[-1].progress == 1.0


def same_document(one: Document, other: Document) -> bool:
    """Whether two documents say the same; containers, which are compared by identity, by what they print."""
    return plain(one) == plain(other)


def plain(value: object) -> object:
    """Dataclasses as tuples and mappings as pairs, in order."""
    if isinstance(value, Mapping):
        return [(key, plain(inner)) for key, inner in value.items()]
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    if is_dataclass(value):
        return (type(value).__name__, [plain(getattr(value, field.name)) for field in fields(value)])
    return value


def text_of(block: Block) -> list[Range]:
    """The parts of a block whose characters appear in order: a table's cells, any other block whole."""
    return [cell for row in block.rows for cell in row] if isinstance(block, Table) else [Range(block.start, block.end)]


def check_layout(layout: Layout) -> None:
    """All that must hold of a page."""
    document, width, text = layout.document, layout.width, layout.document.text
    code = {index for index, block in enumerate(document.blocks) if isinstance(block, Code)}
    altered = [span for block in document.blocks for span in block.spans if span.kind in ("sub", "sup")]
    rows: list[Row] = []
    seen: dict[int, list[Range]] = defaultdict(list)
    for unit in range(len(layout.units)):
        index = layout.units.block(unit)
        laid = layout.rows(unit)
        rows += laid
        for row in laid:
            wide = cells(row.text)
            if row.wide:
                assert index in code
                assert row.wide == wide > width
            else:
                assert wide <= width or sum(cells(part) > 0 for part in graphemes(row.text)) == 1, (row.text, width)
            for piece in row.pieces:
                if piece.range is None:
                    continue
                block = document.blocks[index]
                assert block.start <= piece.range.start < piece.range.end <= block.end
                shows = text[piece.range.start : piece.range.end]
                if not (piece.text == shows or (index in code and shows == "\t" and not piece.text.strip(" "))):
                    assert any(s.start <= piece.range.start and piece.range.end <= s.end for s in altered), piece
                    assert len(piece.text) == len(shows)
                seen[index].append(piece.range)
    assert layout.height == len(rows) == sum(1 for _ in layout.walk())

    for index, block in enumerate(document.blocks):
        left = {cell: [] for cell in text_of(block)}
        for part in seen[index]:
            next(taken for cell, taken in left.items() if cell.start <= part.start < cell.end).append(part)
        for cell, taken in left.items():
            at = cell.start
            for part in taken:
                assert part.start >= at, "in order, and nothing twice"
                assert not text[at : part.start].strip(SPACES + "\n")
                at = part.end
            assert not text[at : cell.end].strip(SPACES + "\n"), f"lost: {text[at : cell.end]!r}"

    # Of very many rows (a long article in a column or two) some: a look at each of a large unit's takes their square.
    for y in range(0, len(rows), 1 + len(rows) // _CHECKED_ROWS):
        row = rows[y]
        for piece in row.pieces:
            if piece.range is not None:
                assert layout.row_of(piece.range.start) == y
                assert layout.row_of(piece.range.end - 1) == y
        if row.range is not None:
            assert layout.offset_of(y) == row.range.start
            assert layout.row(y) == row
