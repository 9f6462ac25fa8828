"""Pandoc's example lists: `(@) one` and `(@good) two`, numbered through the whole source, and `(@good)` among words.

Owns the numbers and the rules for items and references. Refuses to read a reference whose label no item has. Invariant:
the number of an item depends on the items before it alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from reader.sanitize import pattern

_MOST: Final = 8_000
"""Items of a source that have a number; later ones stay as they are written."""
_ITEMS: Final = pattern(r"\n[ ]{0,3}\(@([\w-]*+)\)[ \t]")
_ITEM: Final = pattern(r"\(@([\w-]*+)\)[ \t]++(?=\S)")
_REFERENCE: Final = pattern(r"@([\w-]++)(?=\))")
_INDENT: Final = 4
"""Columns by which what follows an item's first paragraph is indented."""


class Examples:
    """The example items of a source, looked for once and only when one is met."""

    def __init__(self, source: str, outside: Callable[[int], bool]) -> None:
        """`outside` tells of a place whether it is in no fence."""
        self._source = source
        self._outside = outside
        self._lines: dict[int, int] | None = None
        """Number of each item by its line, 0-based."""
        self._labels: dict[str, int] = {}

    def _look(self) -> dict[int, int]:
        if self._lines is None:
            self._lines = {}
            line = at = 0
            for found in _ITEMS.finditer(self._source):
                if not self._outside(found.start()):
                    continue
                line += self._source.count("\n", at, found.start() + 1)
                at = found.start() + 1
                number = self._labels.get(found[1]) if found[1] else None
                self._lines[line] = number or len(self._lines) + 1
                if found[1]:
                    self._labels.setdefault(found[1], self._lines[line])
                if len(self._lines) == _MOST:
                    break
        return self._lines

    def number(self, line: int) -> int:
        """The number of the item that begins in a line of the source; 0 where there is none."""
        return self._look().get(line, 0)

    def labelled(self, label: str) -> int:
        """The number of the item with a label; 0 where none has it."""
        self._look()
        return self._labels.get(label, 0)


def items(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Items that follow one another, as an ordered list."""
    if not _begins(state, start):
        return False
    number = _number(state, start)
    if not number or silent:
        return bool(number)
    token = state.push("ordered_list_open", "ol", 1)
    token.attrs = {"start": number}
    token.map = [start, start + 1]
    level, first = state.level, len(state.tokens)
    line, loose = start, False
    while line < end and _begins(state, line) and _number(state, line) == number:
        after, stop = _item_end(state, line, end)
        _write(state, line, stop, number)
        loose = loose or any(state.isEmpty(inner) for inner in range(line, stop))
        line, number = after, number + 1
        loose = loose or (after > stop and line < end and _begins(state, line))
    for token in state.tokens[first:]:
        if token.level == level + 1 and token.type in ("paragraph_open", "paragraph_close"):
            token.hidden = not loose
    state.push("ordered_list_close", "ol", -1)
    state.line = line
    return True


def _begins(state: StateBlock, line: int) -> bool:
    at = state.bMarks[line] + state.tShift[line]
    return state.src.startswith("(@", at) and 0 <= state.sCount[line] - state.blkIndent < _INDENT


def _number(state: StateBlock, line: int) -> int:
    if _ITEM.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line]) is None:
        return 0
    found: int = state.env["survey"].examples.number(state.env["line"] + line)
    return found


def _item_end(state: StateBlock, line: int, end: int) -> tuple[int, int]:
    """The line behind an item and the blank lines that follow it, and the one behind its last words."""
    stop = line + 1
    after = stop
    while after < end:
        if state.isEmpty(after):
            after += 1
            continue
        indented = state.sCount[after] - state.blkIndent >= _INDENT
        if not indented and (after > stop or _number(state, after)):
            break
        after += 1
        stop = after
    return after, stop


def _write(state: StateBlock, line: int, stop: int, number: int) -> None:
    found = _ITEM.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    assert found is not None
    token = state.push("list_item_open", "li", 1)
    token.map = [line, stop]
    if found[1]:
        token.meta = {"name": f"@{found[1]}"}
    kept = state.blkIndent, state.lineMax, state.parentType
    begins = state.bMarks[line], state.tShift[line], state.sCount[line]
    state.blkIndent += _INDENT
    # its words begin at the indent, however long the label is
    state.bMarks[line], state.tShift[line], state.sCount[line] = found.end(), 0, state.blkIndent
    state.lineMax, state.parentType = stop, "list"
    state.md.block.tokenize(state, line, stop)
    state.blkIndent, state.lineMax, state.parentType = kept
    state.bMarks[line], state.tShift[line], state.sCount[line] = begins
    state.push("list_item_close", "li", -1)


def reference(state: StateInline, silent: bool) -> bool:
    """`(@good)` is the number of that item, and leads to it."""
    start = state.pos
    if not start or state.src[start - 1] != "(":
        return False
    found = _REFERENCE.match(state.src, start, state.posMax + 1)
    number = state.env["survey"].examples.labelled(found[1]) if found else 0
    if found is None or not number or found.end() >= state.posMax:
        return False
    if not silent:
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": f"#@{found[1]}"}
        state.push("text", "", 0).content = str(number)
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True
