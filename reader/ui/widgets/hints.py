"""Short labels for everything on the screen that leads somewhere.

Owns the letters and where the labels stand. Refuses to follow anything.

Invariant: no label is the beginning of another, so a label is complete when its last letter is typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.layout import cells

if TYPE_CHECKING:
    from reader.ui.widgets.page import Page

LETTERS = "asdfghjkl"
"""The home row of a keyboard."""


def labels(count: int, letters: str = LETTERS) -> tuple[str, ...]:
    """`count` labels, the shorter ones first, none longer than needed.

    A label in the way gives place to itself with each letter behind it; the oldest, and so the shortest, goes first.
    """
    found = [""]
    taken = 0
    while len(found) - taken < count or not taken:
        found += [found[taken] + letter for letter in letters]
        taken += 1
    return tuple(found[taken : taken + count])


class Spot(NamedTuple):
    """Something on the screen that leads somewhere."""

    row: int
    """Of the page."""
    x: int
    """Cell of the pane."""
    offset: int
    target: int | None
    """Index of a link or an image; None: a footnote reference."""
    note: str
    """Label of the footnote."""


def spots(page: Page, *, only_notes: bool = False) -> list[Spot]:
    """The links, images and footnote references on the screen, from the top, each once."""
    article = page.article
    layout = article.layout
    found: list[Spot] = []
    known: set[object] = set()
    for y in range(page.top, min(page.top + page.size.height, layout.height)):
        row = layout.row(y)
        left = page.margin
        for index, piece in enumerate(row.pieces):
            if index == row.fixed:
                left -= page.shift(y)
            where = piece.range
            if where is not None and len(where) and page.margin <= left < page.margin + layout.width:
                note = article.note_at(where.start)
                target = None if only_notes or note is not None else article.target_at(where.start)
                thing = (note, where.start) if note is not None else target
                if thing is not None and thing not in known:
                    known.add(thing)
                    found.append(Spot(y, left, where.start, target, note or ""))
            left += cells(piece.text)
    return found
