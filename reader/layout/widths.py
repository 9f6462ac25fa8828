"""How many cells a character takes, for the layout and for the drawing alike.

Textual draws with the tables of `rich.cells`, which know three things otherwise than terminals do. They give no cell to
the vowel signs of Devanagari, Tamil, Khmer, Sinhala and others (Unicode's spacing marks, category Mc): VTE, xterm, tmux
and all that ask the C library's wcwidth give each a cell of its own. They let a joiner swallow whatever follows it,
which is right between emoji and wrong between letters. And they know no terminal that draws ambiguous characters
(East Asian Width A, UAX #11) in two cells, as those set up for Chinese, Japanese or Korean do.

A row that is measured in one way and drawn in another is padded wrongly and runs over. So the tables of Rich themselves
are amended, once in a process, and every measure, of ours and of Textual's, is taken from them. Terminals that join a
consonant and its signs in fewer cells leave a row shorter than was counted, never longer.

Owns these amendments. Refuses to guess what the terminal does: who reads says so in the settings. Invariant: after
`amend`, `rich.cells.cell_len` and `size` agree on every text that is one character, a joined emoji or plain.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.cells import CellTable

_LINES = range(0x2500, 0x25A0)
"""Box drawing and blocks: ambiguous too, but no full-screen program can be shown where they take two cells, so that
terminals with this setting leave them at one."""

_amended: bool | None = None
"""None before Rich's tables are amended; then whether ambiguous characters take two cells."""


def amend(*, ambiguous_wide: bool | None = None) -> bool:
    """Let Rich measure as terminals do; None leaves ambiguous characters as they are. Whether this changed anything."""
    global _amended
    wide = bool(_amended) if ambiguous_wide is None else ambiguous_wide
    if _amended == wide:
        return False
    from rich import cells

    table = _original()
    sizes = [*_without_spacing_marks(table.widths)]
    if wide:
        sizes = sorted([*_without_ambiguous(sizes), *_ambiguous()])
    made = table._replace(widths=sizes)
    single = frozenset(char for char in cells._SINGLE_CELLS if not wide or not _is_ambiguous(ord(char)))
    # Names that other modules have imported are functions, which look these up each time they are called.
    vars(cells).update(
        load_cell_table=lambda unicode_version="auto": made,
        _is_single_cell_widths=single.issuperset,
        _cell_len=_length,
        split_graphemes=_split,
    )
    if segment := sys.modules.get("rich.segment"):
        vars(segment).update(_is_single_cell_widths=single.issuperset)
    cells.get_character_cell_size.cache_clear()
    cells.cached_cell_len.cache_clear()
    _amended = wide
    return True


def size(character: str) -> int:
    """Cells of one character: 0, 1 or 2."""
    from rich.cells import get_character_cell_size

    amend()
    return get_character_cell_size(character)


def joined_size(text: str) -> int:
    """Cells of a text with joiners or variation selectors in it."""
    from rich.cells import cell_len

    amend()
    return cell_len(text)


def _original() -> CellTable:
    from rich._unicode_data import load

    return load("auto")


def _without_spacing_marks(widths: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """The ranges of the table, which lists what takes no cell or two, without the marks that take one."""
    for first, last, cells in widths:
        if cells or first >= 0xE0000:
            yield first, last, cells
            continue
        start = first
        for code in range(first, last + 1):
            if unicodedata.category(chr(code)) == "Mc":
                if start < code:
                    yield start, code - 1, 0
                start = code + 1
        if start <= last:
            yield start, last, 0


def _is_ambiguous(code: int) -> bool:
    char = chr(code)
    return (
        unicodedata.east_asian_width(char) == "A"
        and code not in _LINES
        and unicodedata.category(char) not in ("Mn", "Me", "Cf", "Co", "Cn")
    )


def _ambiguous() -> Iterator[tuple[int, int, int]]:
    """The ambiguous characters, each as a range of the table."""
    for code in (*range(0xA1, 0x2E80), *range(0xFE00, 0x10000), *range(0x1F100, 0x1F200)):
        if _is_ambiguous(code):
            yield code, code, 2


def _without_ambiguous(widths: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """The ranges without the characters that `_ambiguous` has, so that none is in the table twice."""
    for first, last, cells in widths:
        start = first
        for code in range(first, last + 1) if last < 0x20000 else ():
            if _is_ambiguous(code):
                if start < code:
                    yield start, code - 1, cells
                start = code + 1
        if start <= last:
            yield start, last, cells


# In place of Rich's functions of these names, which take the same


def _length(text: str, unicode_version: str = "auto") -> int:
    return sum(cells for _, _, cells in _parts(text))


def _split(text: str, unicode_version: str = "auto") -> tuple[list[tuple[int, int, int]], int]:
    spans: list[tuple[int, int, int]] = []
    for start, end, cells in _parts(text):
        if spans and not cells:
            spans[-1] = (spans[-1][0], end, spans[-1][2])
        else:
            spans.append((start, end, cells))
    return spans, sum(cells for _, _, cells in spans)


def _parts(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each character and what joins it start and end, and its cells."""
    from rich import cells

    get_size = cells.get_character_cell_size
    widened = _original().narrow_to_wide
    at, length = 0, len(text)
    while at < length:
        start, char = at, text[at]
        taken = get_size(char)
        at += 1
        while at < length:
            if text[at] == "\ufe0f":
                taken += taken == 1 and char in widened
                at += 1
            elif text[at] == "\u200d":
                # A joiner makes one sign of two emoji; between letters it only asks for another form of them.
                at += 1
                if at < length and unicodedata.category(text[at]) == "So":
                    at += 1
            else:
                break
        yield start, at, taken
