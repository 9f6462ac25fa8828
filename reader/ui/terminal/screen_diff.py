"""What goes to the terminal of a repaint: the rows that differ from those it shows.

Textual paints the first screen three times over, and a pane as a whole where one sign in it has changed. On a slow line
each of those is seconds; here the second and third cost a comparison. Owns the memory of what the terminal shows;
refuses to know widgets. It stands between `App._display` and the driver, where Textual has no hook: should a later
Textual no longer call that, or draw by other classes, everything is sent again, and nothing else happens.

Invariant: a row is left out only if each part of it stands on the terminal already, as far as we were told: whoever
hears that something else has drawn there (a new size, another program) calls `forget`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console

from reader.layout import cells
from reader.sanitize import pattern

try:
    from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
except ImportError:  # a Textual that has moved them: nothing is left out then
    ChopsUpdate = LayoutUpdate = type("Unknown", (), {})  # type: ignore[misc,assignment]
    CompositorUpdate = object  # type: ignore[misc,assignment]

_MOVE = pattern(r"\x1b\[(\d+);(\d+)H")
_UNSEEN = pattern(r"\x1b\[[0-9;:]*m|\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")
"""Styles and links: what stands between the words of a drawn row and takes no cell."""

_Part = tuple[int, str]
"""A column, counted from 0, and what is drawn from there on."""


class ScreenDiff:
    """The rows a terminal shows, as far as they were sent through `changes`."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, tuple[int, str]]] = {}
        """Of each row its parts: the column to the cells and the drawing."""
        self._size: tuple[int, int] | None = None
        """Of the last full repaint: a terminal of another size has moved its rows about."""

    def forget(self) -> None:
        """The terminal may show anything now: the next repaint is sent whole."""
        self._rows.clear()

    def changes(self, update: Any) -> Any:
        """A repaint without the rows that stand there already; what is no repaint of rows is returned as it is."""
        if isinstance(update, LayoutUpdate) and update.region.size != self._size:
            self._size = update.region.size
            self.forget()
        return _Changes(self, update) if isinstance(update, LayoutUpdate | ChopsUpdate) else update

    def _is_new(self, y: int, parts: list[_Part]) -> bool:
        """Whether the terminal shows something else in row `y`; then it is taken to show `parts` from now on."""
        row = self._rows.setdefault(y, {})
        if all(x in row and row[x][1] == drawn for x, drawn in parts):
            return False
        for x, drawn in parts:
            end = x + cells(_UNSEEN.sub("", drawn))
            for other in [other for other, (width, _) in row.items() if other < end and x < other + width]:
                del row[other]
            row[x] = (end - x, drawn)
        return True


class _Changes(CompositorUpdate):
    """A repaint that finds out what is new in it at the moment it is sent."""

    def __init__(self, shown: ScreenDiff, update: LayoutUpdate | ChopsUpdate) -> None:
        self._shown = shown
        self._update = update

    def render_segments(self, console: Console) -> str:
        rows = _whole(self._update, console) if isinstance(self._update, LayoutUpdate) else _some(self._update, console)
        sent: list[str] = []
        for y, parts in rows:
            if self._shown._is_new(y, parts):
                sent += (f"\x1b[{y + 1};{x + 1}H{drawn}" for x, drawn in parts)
        return "".join(sent)


def _whole(update: LayoutUpdate, console: Console) -> Iterator[tuple[int, list[_Part]]]:
    for y, strips in enumerate(update.strips, update.region.y):
        parts: list[_Part] = []
        x = update.region.x
        for strip in strips:
            parts.append((x, strip.render(console)))
            x += strip.cell_length
        yield y, parts


def _some(update: ChopsUpdate, console: Console) -> Iterator[tuple[int, list[_Part]]]:
    rows: dict[int, list[_Part]] = {}
    _, *found = _MOVE.split(update.render_segments(console))
    for y, x, drawn in zip(found[::3], found[1::3], found[2::3], strict=True):
        drawn = drawn.rstrip("\n")
        if drawn:  # Textual moves to the neighbour of what it draws, too, and draws nothing there
            rows.setdefault(int(y) - 1, []).append((int(x) - 1, drawn))
    yield from rows.items()
