"""Short labels for everything on the screen that leads somewhere.

Owns the letters and where the labels stand. Refuses to follow anything.

Invariant: no label is the beginning of another, so a label is complete when its last letter is typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.document import Range
from reader.layout import cells

if TYPE_CHECKING:
    from reader.session import Abbreviated, Cited
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
    where: Range
    target: int | None = None
    """Index of a link or an image."""
    note: str = ""
    """Label of a footnote."""
    cited: Cited | Abbreviated | None = None
    """A reference as articles print it, or an abbreviation."""

    @property
    def thing(self) -> object:
        """What it leads to: two spots may lead to one thing."""
        return self.cited.thing if self.cited is not None else self.note or self.target


def spots(
    page: Page, wanted: Callable[[int], bool] = lambda _: True, cited: Sequence[Cited | Abbreviated] = ()
) -> list[Spot]:
    """The footnote references on the screen, those of its links and images (by index) that are `wanted`, and the
    references and abbreviations `cited`, from the top, each once."""
    article = page.article
    layout = article.layout
    found: list[Spot] = []
    known: set[object] = set()

    def add(thing: object, spot: Spot) -> None:
        if thing not in known and page.margin <= spot.x < page.margin + layout.width:
            known.add(thing)
            found.append(spot)

    for y in range(page.top, min(page.top + page.size.height, layout.height)):
        row = layout.row(y)
        left = page.margin
        for index, piece in enumerate(row.pieces):
            if index == row.fixed:
                left -= page.shift(y)
            where = piece.range
            if where is not None and len(where):
                note, target = article.note_at(where.start), article.target_at(where.start)
                if note is not None:
                    add((note, where.start), Spot(y, left, where, note=note))
                elif target is not None and wanted(target):
                    link = article.targets[target]
                    add(target, Spot(y, left, Range(link.start, link.end), target))
                for one in cited:
                    if one.start in where and len(where) == len(piece.text):
                        before = cells(piece.text[: one.start - where.start])
                        add(one, Spot(y, left + before, Range(one.start, one.end), cited=one))
            left += cells(piece.text)
    return found
