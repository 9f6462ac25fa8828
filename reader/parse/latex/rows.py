"""What print sets on several lines: matrices, cases and aligned equations, as blocks of text of a fixed width.

Owns the lines of such a block, its tall brackets, and blocks and text put side by side. Refuses to know where they come
from. Invariant: all lines of a block but the last piece of each are of one width, so that columns stand below one
another in a terminal.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple, TypeAlias

from reader.parse.latex.atoms import Atom, line, spaced
from reader.parse.latex.parts import Unknown

_MAX_WIDTH: Final = 72
"""Cells. A formula whose lines would be longer is written on one line, which can be broken anywhere."""

_TALL: Final = {
    "(": "⎛⎜⎝",
    ")": "⎞⎟⎠",
    "[": "⎡⎢⎣",
    "]": "⎤⎥⎦",
    "|": "│││",
    "‖": "‖‖‖",
    "⌊": "⎢⎢⎣",
    "⌋": "⎥⎥⎦",
    "⌈": "⎡⎢⎢",
    "⌉": "⎤⎥⎥",
    "⟨": "⎛⎜⎝",
    "⟩": "⎞⎟⎠",
}
"""First, middle and last piece of a bracket over several lines."""
_BRACES: Final = {"{": tuple("⎧⎨⎩⎪"), "}": tuple("⎫⎬⎭⎪")}
"""First piece, the point, the last, and what lies between, of braces; over two lines the point is left out."""


Lines: TypeAlias = list[list[list[Atom]]]
"""Lines of cells of atoms, as the source parts them by \\\\ and &."""


class Block(NamedTuple):
    """Lines of text, and which of them is level with what stands beside them."""

    lines: tuple[str, ...]
    axis: int


def _width(text: str) -> int:
    """Cells of a line of a formula."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _columns(cells: list[list[str]], separator: str, dividers: frozenset[int] = frozenset()) -> tuple[str, ...]:
    """The rows of a table as lines whose columns stand below one another, a rule before those in `dividers`."""
    count = max((len(row) for row in cells), default=0)
    widths = [max((_width(row[column]) for row in cells if column < len(row)), default=0) for column in range(count)]
    lines = []
    for row in cells:
        text = ""
        for column, size in enumerate(widths):
            cell = row[column] if column < len(row) else ""
            text += (" │ " if column in dividers else separator if column else "") + cell + " " * (size - _width(cell))
        lines.append(text)
    return tuple(lines)


def _fenced(block: Block, opener: str, closer: str) -> Block:
    """A block between brackets as tall as it; a side without a bracket stays open."""
    lines, axis = block
    if len(lines) < 2:
        return Block((opener + (lines[0] if lines else "") + closer,), 0)
    size = max(map(_width, lines))
    left, right = _tall(opener, len(lines)), _tall(closer, len(lines))
    gap = " " if opener in _BRACES else ""
    return Block(
        tuple(
            before + gap + text + " " * ((size - _width(text)) if closer else 0) + after
            for before, text, after in zip(left, lines, right, strict=True)
        ),
        axis,
    )


def _tall(bracket: str, height: int) -> list[str]:
    if bracket in _BRACES:
        first, point, last, between = _BRACES[bracket]
        if height == 2:
            return [first, last]
        return [first, *(point if at == height // 2 else between for at in range(1, height - 1)), last]
    pieces = _TALL.get(bracket)
    if pieces is None:
        return [bracket] * height
    return [pieces[0], *([pieces[1]] * (height - 2)), pieces[2]]


def _beside(blocks: list[Block]) -> Block:
    """Blocks side by side, each level with the axis of the others."""
    above = max(block.axis for block in blocks)
    below = max(len(block.lines) - block.axis for block in blocks)
    lines = [""] * (above + below)
    reached = 0
    for block in blocks:
        first = above - block.axis
        for at, text in enumerate(block.lines):
            lines[first + at] += " " * (reached - _width(lines[first + at])) + text
        reached = max(map(_width, lines))
    return Block(tuple(line.rstrip(" ") for line in lines), above)


# Rows of atoms


def on_lines(lines: Lines) -> str:
    """A formula that stands by itself: matrices and cases on several lines where there is room."""
    return "\n".join(equations(lines).lines)


def on_one_line(lines: Lines) -> str:
    """A formula among words."""
    return "; ".join(line(joined(cells)) for cells in lines)


def joined(cells: list[list[Atom]]) -> list[Atom]:
    """The cells of a line of equations as one row: every second & stands between two equations."""
    row: list[Atom] = []
    for number, cell in enumerate(cells):
        if number and number % 2 == 0 and any(atom.kind != "gap" for atom in cell):
            row.append(Atom("space", "  "))
        row += cell
    return row


def _block(atoms: list[Atom]) -> Block:
    """One line of a formula; what has several stands beside the rest."""
    pieces = spaced(atoms)
    if not any(piece.lines for piece in pieces):
        return Block((line(atoms),), 0)
    blocks: list[Block] = []
    text = ""
    for piece in pieces:
        if piece.lines:
            if text:
                blocks.append(Block((text,), 0))
            blocks.append(Block(piece.lines, piece.axis))
            text = ""
        else:
            text += piece.text
    if text:
        blocks.append(Block((text,), 0))
    made = _beside(blocks)
    if len(blocks) > 1 and max(map(_width, made.lines)) > _MAX_WIDTH:
        return Block((line(atoms),), 0)
    return made


def equations(lines: Lines) -> Block:
    """Equations one below the other; where there is a sign &, aligned at the first of each line."""
    blocks = [_block(joined(cells)) for cells in lines]
    made = tuple(text for block in blocks for text in block.lines)
    if len(made) == len(lines) > 1 and all(len(cells) > 1 for cells in lines):
        lefts = [line(cells[0]) for cells in lines]
        rests = [text.removeprefix(left) for text, left in zip(made, lefts, strict=True)]
        parted = any(left and rest.startswith(" ") for left, rest in zip(lefts, rests, strict=True))
        size = max(map(_width, lefts))
        aligned = tuple(
            " " * (size - _width(left)) + left + " " * parted + rest.lstrip(" ")
            for left, rest in zip(lefts, rests, strict=True)
        )
        if size and max(map(_width, aligned)) <= _MAX_WIDTH:
            made = tuple(text.rstrip(" ") for text in aligned)
    return Block(made, (len(made) - 1) // 2)


def dividers_of(columns_of: str) -> frozenset[int]:
    """Before which columns a rule stands, in the argument of an array."""
    count = 0
    found = set()
    for char in re.sub(r"[@!>p]\{[^{}]*\}", "", columns_of):
        if char == "|":
            found.add(count)
        elif char in "lcr":
            count += 1
    return frozenset(found - {0, count})


def table(lines: Lines, fences: tuple[str, str], dividers: frozenset[int], *, is_cases: bool) -> Atom:
    cells = [[line(cell) for cell in row] for row in lines]
    if not any(any(row) for row in cells):
        raise Unknown("an empty table")
    opener, closer = fences
    if is_cases:
        text = "; ".join(_case(row, source) for row, source in zip(cells, lines, strict=True))
        inline = f"{opener or '{'}{text}{closer or '}'}"
    else:
        parted = ", " if any(" " in cell for row in cells for cell in row) else " "
        inline = opener + "; ".join(_divided(row, parted, dividers) for row in cells) + closer
    if len(cells) == 1:
        return Atom("rows", inline)
    made = Block(_columns(cells, "  ", dividers), (len(cells) - 1) // 2)
    made = _fenced(made, opener, closer) if opener or closer else made
    return Atom("rows", inline, lines=made.lines, axis=made.axis)


def _case(cells: list[str], source: list[list[Atom]]) -> str:
    value, *rest = cells
    condition = " ".join(rest).strip()
    if not condition:
        return value
    words = next(
        (atom.kind == "text" for cell in source[1:] for atom in cell if atom.kind not in ("gap", "space")), False
    )
    return f"{value} {condition}" if words or value.endswith((",", ";", "，")) else f"{value}, {condition}"


def _divided(row: list[str], parted: str, dividers: frozenset[int]) -> str:
    text = ""
    for at, cell in enumerate(row):
        text += (" | " if at in dividers else parted if at else "") + cell
    return text


def in_fences(table: Atom, opener: str, closer: str) -> Atom:
    made = _fenced(Block(table.lines, table.axis), opener, closer)
    return Atom("rows", opener + table.text + closer, lines=made.lines, axis=made.axis)
