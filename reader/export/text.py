"""The page as plain text, and as text with the colours of a terminal: the screen's own layout, printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from reader.document import Block, Document, Paragraph, is_head
from reader.language import OPENING_CHARACTERS
from reader.layout import Layout, Piece, ReadingTime, Row, front


def text(document: Document, width: int, *, header: bool = True) -> Iterator[str]:
    """Rows of at most `width` cells, code excepted, without blanks at their ends.

    Without `header` they are the words of the body alone: no title, no byline, no signs of images; captions stay.
    """
    layout = _layout(document, width) if header else Layout(_body(document), width, signs=True, images=False)
    yield from _printed(layout.walk())


def text_of_growing(documents: Iterator[Document], width: int) -> Iterator[str]:
    """As `text`, of an article that is still being parsed: the rows of each part are set when it comes. They are given
    when all is there, since the reading time stands on top. A part too short to tell the language, in which images are
    named, is waited with."""
    time, rows, known = ReadingTime(), list[str](), 0
    layout: Layout | None = None
    for document in documents:
        if not document.complete and len(document.text) < OPENING_CHARACTERS:
            continue
        time.count(document.text)
        lines = front(document, time.minutes(document))
        if layout is None:
            layout = Layout(document, width, front=lines, signs=True)
        else:
            layout.grow(document)
            layout.set_front(lines)
        rows += _printed(layout.walk(max(known, layout.head_units)))
        known = len(layout.units)
    if layout is not None:
        yield from _printed(layout.walk(0, layout.head_units))
    yield from rows


def _printed(rows: Iterable[Row]) -> Iterator[str]:
    return (row.text.rstrip() for row in rows)


def _body(document: Document) -> Document:
    """The document without its head, and without the blocks that are nothing but images."""
    return replace(
        document,
        blocks=tuple(block for block in document.blocks if not is_head(block) and not _is_image(document, block)),
    )


def _is_image(document: Document, block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    at = block.start
    for span in block.spans:
        if span.kind == "image":
            if document.text[at : span.start].strip():
                return False
            at = max(at, span.end)
    return at > block.start and not document.text[at : block.end].strip()


_SGR = {
    "title": "1",
    "title-rule": "34",
    "heading": "1;34",
    "heading-rule": "2;34",
    "inferred": "3",
    "strong": "1",
    "emphasis": "3",
    "strike": "9",
    "insert": "4",
    "mark": "1;33",
    "code": "36",
    "code-block": "36",
    "kbd": "1",
    "math": "3;35",
    "math-block": "35",
    "link": "4;34",
    "image": "4;33",
    "note": "33",
    "byline": "2",
    "credit": "2",
    "footer": "2",
    "caption": "2;3",
    "term": "1",
    "summary": "1",
    "bullet": "34",
    "done": "32",
    "note-mark": "33",
    "quote-bar": "34",
    "details-bar": "2",
    "table-head": "1",
    "table-rule": "2",
    "rule": "2",
    "alert-note": "1;34",
    "alert-tip": "1;32",
    "alert-important": "1;35",
    "alert-warning": "1;33",
    "alert-caution": "1;31",
    "claim": "4;33",
    "match": "7",
}
"""Roles to the parameters of SGR (ECMA-48, 8.3.117): weights, lines and the sixteen colours every theme defines."""
_COLOURS = frozenset(str(code) for code in range(30, 38))
_NO_COLOURS = frozenset("27")
"""What is no colour among the parameters of a span of the kind "sgr": dim and reversed."""

Marker = Callable[[int, int], Sequence[tuple[int, int, str]]]
"""From a range to the (start, end, role) of the marks over it."""


def ansi(document: Document, width: int, *, colour: bool = True, marks: Marker | None = None) -> Iterator[str]:
    """As `text`, with SGR sequences; `colour` off keeps weights and lines only (NO_COLOR)."""
    for row in _layout(document, width).walk():
        drawn = "".join(_drawn(piece, colour, marks) for piece in row.pieces)
        yield drawn if drawn.endswith("\x1b[0m") else drawn.rstrip()


def _drawn(piece: Piece, colour: bool, marks: Marker | None) -> str:
    where = piece.range
    if where is not None and marks is not None and len(piece.text) == len(where):
        over = marks(where.start, where.end)
        if over:
            edges = {where.start, where.end}
            for start, end, _ in over:
                edges |= {max(start, where.start), min(end, where.end)}
            cuts = sorted(edges)
            parts = []
            for start, end in pairwise(cuts):
                roles = " ".join([piece.role, *(role for s, e, role in over if s <= start < e)])
                parts.append(_styled(piece.text[start - where.start : end - where.start], roles, colour))
            return "".join(parts)
    return _styled(piece.text, piece.role, colour)


def _styled(text: str, role: str, colour: bool) -> str:
    codes: list[str] = []
    for name in role.split():
        if name.startswith("sgr-"):
            own = name.removeprefix("sgr-").split(";")
            codes += own if colour else takewhile(_NO_COLOURS.__contains__, own)
        else:
            codes += [code for code in _SGR.get(name, "").split(";") if code and (colour or code not in _COLOURS)]
    return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if codes and text.strip() else text


def _layout(document: Document, width: int) -> Layout:
    time = ReadingTime()
    time.count(document.text)
    return Layout(document, width, front=front(document, time.minutes(document)), signs=True)
