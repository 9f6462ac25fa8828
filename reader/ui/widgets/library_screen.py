"""The screen of articles to choose from: the recent ones, or those of a folder.

Owns how a row reads. Dismisses with the path chosen, or with None; it opens nothing itself.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from reader.document import Range
from reader.layout import wrapped
from reader.library import Work, ago
from reader.locale import _
from reader.session import Entry, Listing
from reader.source import shown_path
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import ANYWHERE, Lines
from reader.ui.widgets.list_screen import BETWEEN, ListScreen
from reader.ui.widgets.list_view import ScreenList

_ANY = Range(0, 0)


class LibraryScreen(ListScreen[str | None]):
    """A list of articles over everything."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,o", "close", show=False),
        Binding("q", "leave", show=False),
        *ANYWHERE,
        Binding("d", "drop", show=False),
    ]

    def __init__(
        self,
        styles: ThemeStyles,
        listing: Listing,
        hide: Callable[[int], object],
        undo: Callable[[], object],
        *,
        behind: bool,
    ) -> None:
        """`hide` is called with the index of an article that is to leave a list that can be shortened. `behind`: there
        is an article to go back to."""
        super().__init__(styles)
        self.listing = listing
        self._hide = hide
        self._undo = undo
        self._behind = behind
        self._guide = Lines(styles, ())
        self._guide.can_focus = False
        self._guide.display = False
        self._list = ScreenList(styles, id="library-list", empty=_("Looking for articles …"))

    @property
    def keys(self) -> str:
        """What keys do."""
        hides = _("d hides   u undoes") if self.listing.forgettable else ""
        leaves = _("Esc closes") if self._behind else f"q {_('quits')}"
        return BETWEEN.join(filter(None, (_("Enter opens   / filters"), hides, leaves)))

    def compose(self) -> ComposeResult:
        yield self.head
        yield self._guide
        yield self._list
        yield self.foot

    def on_mount(self) -> None:
        """The list has the keys."""
        self.listing.changed = self._fill
        self._list.chosen, self._list.removed, self._list.undone = self._choose, self._remove, self._undo
        self._list.set_here(-1)
        self._list.focus()
        self._fill()

    def on_unmount(self) -> None:
        """Nobody looks at the list any more."""
        self.listing.open = False
        self.listing.changed = lambda: None

    def _fill(self) -> None:
        if self.listing.complete:
            self._list.empty = self.listing.empty
        self._fill_guide(self.app.size.width)
        self._list.fill(entries(self.listing.works, time.time(), self.app.size.width))
        self.head.say((self.listing.title, ""), (f"{len(self.listing.works):,} ", ""))
        problem = self.listing.problem
        self.foot.say((problem, "warning") if problem else (self.keys, "label"))
        self._list.refresh()

    def _fill_guide(self, width: int) -> None:
        """What a person who has read nothing may press, above the list."""
        rows: list[list[tuple[str, str]]] = []
        for said in self.listing.guide:
            rows += [[(f"  {said[start:end]}", "body")] for start, end in wrapped(said, max(10, width - 4))]
        self._guide.display = bool(rows)
        self._guide.set_rows([[], *rows, []])
        self._guide.styles.height = len(rows) + 2

    def on_resize(self) -> None:
        """Wider rows say more."""
        self._fill()

    @property
    def trail(self) -> tuple[str, ...]:
        """The paths of the list as it is filtered, in its order."""
        return tuple(os.path.abspath(self.listing.works[entry.key].path) for entry in self._list.shown)

    def _choose(self, entry: Entry) -> None:
        self.leave(self.listing.works[entry.key].path)

    def _remove(self, entry: Entry) -> None:
        if self.listing.forgettable:
            self._hide(entry.key)

    def action_drop(self) -> None:
        """Takes the article under the cursor off the list."""
        self._list.action_drop()

    def action_close(self) -> None:
        """Back to the article, if there is one behind the list."""
        if self._behind:
            self.leave(None)
        else:
            self.listing.problem = _("q quits")
            self._fill()

    def action_leave(self) -> None:
        """Nothing is chosen."""
        self.leave(None)


def entries(works: Sequence[Work], now: float, width: int) -> list[Entry]:
    """A row for each article: its title, and as much of where, when and how far as `width` cells have room for."""
    made = []
    read = any(work.gone or work.progress is not None for work in works)
    for index, work in enumerate(works):
        far = _("gone") if work.gone else "" if work.progress is None else f"{int(work.progress * 100)}%"
        when = ago(work.opened, now) if work.opened else work.date
        place = shown_path("/".join(work.path.replace("\\", "/").split("/")[-2:])) if width >= 100 else ""
        parts = [part for part in (place, when if width >= 50 else "", f"{far:>4}" if read else "") if part]
        made.append(
            Entry(
                work.title or shown_path(work.path),
                _ANY,
                detail="  ".join(parts),
                role="list-done" if work.gone else "",
                key=index,
                also=shown_path(work.path),
            )
        )
    return made
