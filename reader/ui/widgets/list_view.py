"""A list whose rows are drawn as they are seen: the sidebar and the library are one of these with other entries.

Owns the cursor, folding by depth, the filter and the keys inside a list. An entry is a value; the list never asks where
it came from, and calls `chosen`, `hovered` and `removed` with the entry itself. They are calls and not messages: a
message would be handled after the next key, when the list may hold other entries.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from reader.document import Range
from reader.layout import cells, clip, wrapped
from reader.locale import _
from reader.session import Entry
from reader.ui.style import ThemeStyles
from reader.ui.widgets.pane import Pane, blank


class _Wrapped(NamedTuple):
    """An entry on several rows."""

    text: str
    mark: Range | None
    rows: Sequence[tuple[int, int]]
    """Start and end in the text of each."""


class ListView(Pane):
    """A list with a cursor; entries deeper than a folded one are hidden."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor(1)", show=False, id="list.down"),
        Binding("up,k", "cursor(-1)", show=False, id="list.up"),
        Binding("pagedown", "cursor_page(1)", show=False, id="list.page_down"),
        Binding("pageup", "cursor_page(-1)", show=False, id="list.page_up"),
        Binding("home", "cursor_end(-1)", show=False, id="list.first"),
        Binding("end", "cursor_end(1)", show=False, id="list.last"),
        Binding("enter", "choose", show=False, id="list.choose"),
        Binding("left,h", "fold(True)", show=False, id="list.fold"),
        Binding("right,l", "fold(False)", show=False, id="list.unfold"),
        Binding("delete,x", "drop", show=False, id="list.drop"),
        Binding("e", "edit", show=False, id="list.edit"),
        Binding("u", "undo", show=False, id="list.undo"),
    ]

    FILTER_KEYS: ClassVar[tuple[str, ...]] = ("ampersand",)
    """Those that begin to type a filter."""

    def __init__(self, styles: ThemeStyles, *, id: str | None = None, empty: str = "") -> None:
        super().__init__(styles, id=id)
        self.empty = empty
        self.chosen: Callable[[Entry], object] = lambda _: None
        """Enter or a click on an entry."""
        self.hovered: Callable[[Entry], object] = lambda _: None
        """The cursor has moved to an entry."""
        self.removed: Callable[[Entry], object] = lambda _: None
        """The entry is to go, if it can."""
        self.edited: Callable[[Entry], object] = lambda _: None
        """The entry is to be edited, if it can."""
        self.undone: Callable[[], object] = lambda: None
        """What was removed last is to come back."""
        self.rekeyed: Callable[[], object] = lambda: None
        """Its keys mean something else now: a filter is being typed, or no longer."""
        self.entries: Sequence[Entry] = ()
        self.cursor = 0
        """Index into `entries`."""
        self.detail: Callable[[Entry], str] | None = None
        """What to set at the right end of an entry that has no detail of its own."""
        self.here = -1
        """Index of the entry the page is at; the entries before it are marked as read."""
        self._folded: set[int] = set()
        self._deep = False
        """Whether any entry is below another."""
        self.flat = False
        """Without depths, its entries made as they are drawn."""
        self.wrap = False
        """Whether the texts are shown on as many rows as they need, `most_rows` at most."""
        self.most_rows = 0
        """0: there is no bound."""
        self._visible: Sequence[int] = ()
        """Indices of the entries that folds and filter leave."""
        self._firsts: list[int] = []
        """Where texts are wrapped: the first row of each visible entry, and the row after the last."""
        self._wrapped: list[_Wrapped] = []
        """What each of those shows."""
        self._wrapped_at = 0
        """The width for which `_firsts` is: it may be drawn at another before it hears of that."""
        self.keyed = False
        """Whether its keys come from elsewhere: it is drawn as if it had them."""
        self.filter = ""
        """Words an entry must hold to be shown."""
        self._typing = False

    # ---- content -----------------------------------------------------------------------------------------------------

    def fill(
        self,
        entries: Sequence[Entry],
        *,
        cursor: int | None = None,
        flat: bool = False,
        wrap: bool = False,
        most_rows: int = 0,
    ) -> None:
        """Takes other entries, the cursor kept where it is or set; folds are kept by index.

        A flat list has no depths and is not walked: it may make its entries as they are drawn. `wrap` shows the texts
        whole, or `most_rows` of each, and walks."""
        self.entries = entries
        self.flat = flat
        self._deep = not flat and any(above.depth < below.depth for above, below in pairwise(entries))
        self.wrap, self.most_rows = wrap, most_rows
        self.cursor = max(0, min(self.cursor if cursor is None else cursor, len(entries) - 1))
        self._unfold()

    def clear(self) -> None:
        """Removes entries, folds and filter."""
        self._folded.clear()
        self.filter, self._typing, self.here, self.top = "", False, -1, 0
        self.fill((), cursor=0)

    def set_here(self, index: int) -> None:
        """The page is at this entry now: the cursor follows while the list is not in use."""
        if index != self.here:
            self.here = index
            if not self.has_focus:
                self.cursor = max(0, index)
                self._into_view()
            self.refresh()

    def set_cursor(self, index: int) -> None:
        """Puts the cursor on an entry; nothing is posted."""
        self.cursor = max(0, min(index, len(self.entries) - 1))
        self._into_view()

    def _unfold(self) -> None:
        if self.filter:
            self._visible = filtered(self.entries, self.filter)
        elif self.flat:
            self._visible = range(len(self.entries))
        else:
            self._visible = self._outside_folds()
        self._measure()
        self._into_view()

    def _outside_folds(self) -> list[int]:
        visible = []
        under: int | None = None
        for index, entry in enumerate(self.entries):
            if under is not None and entry.depth > under:
                continue
            under = entry.depth if index in self._folded else None
            visible.append(index)
        return visible

    def _measure(self) -> None:
        """Finds the rows of each entry, where texts are wrapped."""
        self._firsts, self._wrapped, self._wrapped_at = [], [], self.size.width
        if not self.wrap:
            return
        row = 0
        for index in self._visible:
            self._firsts.append(row)
            self._wrapped.append(self._cut(self.entries[index]))
            row += len(self._wrapped[-1].rows)
        self._firsts.append(row)

    def _cut(self, entry: Entry) -> _Wrapped:
        beside = 4 + _indent(entry) + entry.hang + (cells(entry.detail) + 1 if entry.detail else 0)
        room = max(8, self._wrapped_at - beside)
        text, mark = entry.text, entry.mark
        if mark is not None and self.most_rows:
            text, mark = in_view(text, mark, room * self.most_rows)
        cuts = list(wrapped(text, room)) or [(0, len(text))]
        if mark is not None and entry.mark is not None and mark.end > cuts[: self.most_rows or None][-1][1]:
            # the rows are not full: words are not broken
            text, mark = in_view(entry.text, entry.mark, room, room * self.most_rows)
            cuts = list(wrapped(text, room)) or [(0, len(text))]
        if self.most_rows and len(cuts) > self.most_rows:
            cuts[self.most_rows - 1 :] = [(cuts[self.most_rows - 1][0], len(text))]  # clipped when it is drawn
        return _Wrapped(text, mark, cuts)

    @property
    def total(self) -> int:
        return self._firsts[-1] if self._firsts else len(self._visible)

    @property
    def shown(self) -> Iterator[Entry]:
        """The entries that folds and filter leave, in order."""
        return (self.entries[index] for index in self._visible)

    def _position(self, index: int) -> int:
        """Which of the visible entries one is, or the folded one it is in."""
        return max(0, bisect_right(self._visible, index) - 1)

    def _rows(self, position: int) -> range:
        """The rows of a visible entry."""
        if not self._firsts:
            return range(position, position + 1)
        return range(self._firsts[position], self._firsts[position + 1]) if self._visible else range(1)

    def _position_at(self, row: int) -> int:
        """The visible entry a row shows a part of."""
        return bisect_right(self._firsts, row) - 1 if self._firsts else row

    def _has_children(self, index: int) -> bool:
        return (
            not self.flat
            and index + 1 < len(self.entries)
            and self.entries[index + 1].depth > self.entries[index].depth
        )

    def _into_view(self) -> None:
        rows = self._rows(self._position(self.cursor))
        height = max(1, self.room)
        top = max(self.top, rows.stop - height)
        self.show(min(top, rows.start))

    def on_resize(self) -> None:
        """Keeps the cursor in view."""
        if self.wrap and self._wrapped_at != self.size.width:
            self._measure()
        if not self.top <= self._rows(self._position(self.cursor)).start < self.top + self.size.height:
            self._into_view()

    # ---- the filter --------------------------------------------------------------------------------------------------

    @property
    def room(self) -> int:
        return self.size.height - self._headed

    @property
    def _headed(self) -> bool:
        """Whether the first row is the filter's."""
        return self._typing or bool(self.filter)

    @property
    def typing(self) -> bool:
        """Whether a filter is being typed."""
        return self._typing

    @property
    def can_filter(self) -> bool:
        """Whether it is short enough to be looked through."""
        return not (self.flat and len(self.entries) > _MAX_FILTERED)

    @property
    def can_fold(self) -> bool:
        """Whether any entry can be folded."""
        return self._deep and not self.filter

    def set_filter(self, words: str, *, typing: bool = False) -> None:
        """Shows what holds all the words; empty shows everything."""
        if (words, typing) == (self.filter, self._typing):
            return
        self.filter, self._typing = words, typing
        self._unfold()
        self.rekeyed()
        if words and self._visible and self.cursor not in self._visible:
            self.cursor = next((at for at in self._visible if self.entries[at].range is not None), self._visible[0])
            self._into_view()
        self.refresh()

    def action_filter(self) -> None:
        """Begins to type a filter."""
        if self.can_filter:
            self.set_filter(self.filter, typing=True)
        else:
            self.app.bell()

    def action_filter_off(self) -> None:
        """Shows everything."""
        self.set_filter("")

    def on_key(self, event: events.Key) -> None:
        """Types the filter; Enter chooses, arrows move, Esc takes the filter away."""
        if event.key in self.FILTER_KEYS and not self._typing:  # no binding: it would be late for what is typed next
            self.action_filter()
        elif not self._headed or (not self._typing and event.key != "escape"):
            return
        elif event.key == "escape":
            self.set_filter("")
        elif event.key == "enter":
            self.set_filter(self.filter)
            self.action_choose()
        elif event.key == "backspace":
            self.set_filter(self.filter[:-1], typing=True)
        elif event.key == "ctrl+u":
            self.set_filter("", typing=True)
        elif event.character is not None and event.is_printable:
            self.set_filter(self.filter + event.character, typing=True)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Types a filter all at once."""
        if self._typing:
            event.stop()
            self.set_filter(self.filter + " ".join(event.text.split()), typing=True)

    def on_blur(self) -> None:
        """A filter stays when the keys go elsewhere."""
        self.set_filter(self.filter)

    # ---- drawing -----------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        if self.wrap and self._wrapped_at != self.size.width:  # it is drawn before it hears of its size
            self._measure()
        if not self._headed:
            return super().render_line(y)
        if y:
            return super().render_line(y - 1)
        width, style = self.size.width, self.theme_styles.style("list-head")
        text = f" & {self.filter}{'▏' if self._typing else '   ' + _('Esc shows all')}"
        return Strip([Segment(clip(text, width), style)]).adjust_cell_length(width, style)

    def segments(self, y: int, width: int) -> Iterator[Segment]:
        styles = self.theme_styles
        if self.wrap and self._wrapped_at != self.size.width:
            self._measure()  # it is drawn before it is told of its size
        if not self._visible:
            if y == 0:
                none = _("Nothing like it") if self.filter else self.empty
                yield Segment(clip(" " + none, width), styles.style("label"))
            return
        if y >= self.total:
            return
        position = self._position_at(y)
        line = y - self._rows(position).start
        index = self._visible[position]
        entry = self.entries[index]
        role = entry.role
        if index == self.here:
            role += " list-here"
        elif index < self.here:
            role += " list-done"
        if index == self.cursor:
            role += " list-cursor" if self.has_focus or self.keyed else " list-cursor-idle"
        elif not (self.has_focus or self.keyed or role):
            role = "list-idle"
        style = styles.style(role)
        fold = " "
        if self._has_children(index):
            fold = "▸" if index in self._folded else "▾"
        here = "▶" if index == self.here else "✓" if self.here > index and entry.range else " "
        if self.here < 0:
            here = ""
        lead = f"{here}{' ' * _indent(entry)}{fold} "
        if line:
            lead = " " * (cells(lead) + entry.hang)
        said = entry.detail or (self.detail(entry) if self.detail is not None else "")
        detail = f" {said} " if said and not line else " "
        room = max(1, width - cells(lead) - cells(f" {said} " if said else " "))
        yield Segment(lead, style)
        text, mark = entry.text, entry.mark
        if self._firsts:
            shown = self._wrapped[position]
            start, end = shown.rows[line]
            text = shown.text[start:end].rstrip()
            mark = None if shown.mark is None else Range(shown.mark.start - start, shown.mark.end - start)
        elif mark is not None:
            text, mark = in_view(text, mark, room)
        text = clip(text, room)
        start, end = (0, 0) if mark is None else (max(0, min(edge, len(text))) for edge in (mark.start, mark.end))
        yield Segment(text[:start], style)
        yield Segment(text[start:end], styles.over(style, "match"))
        yield Segment(text[end:], style)
        yield blank(width - cells(lead) - cells(text) - cells(detail), style)
        yield Segment(detail, styles.over(style, "list-detail"))

    # ---- keys and clicks ---------------------------------------------------------------------------------------------

    def _to(self, position: int) -> None:
        """Moves the cursor to a visible entry, or the next on the way that can be chosen."""
        if not self._visible:
            return
        step = 1 if position >= self._position(self.cursor) else -1
        position = max(0, min(position, len(self._visible) - 1))
        while 0 <= position < len(self._visible) and self.entries[self._visible[position]].range is None:
            position += step
        if not 0 <= position < len(self._visible):
            return
        self.cursor = self._visible[position]
        self._into_view()
        self.hovered(self.entries[self.cursor])

    def action_cursor(self, step: int) -> None:
        """One entry on."""
        self._to(self._position(self.cursor) + step)

    def action_cursor_page(self, step: int) -> None:
        """One page of rows on."""
        row = self._rows(self._position(self.cursor)).start + step * self.page
        self._to(self._position_at(max(0, min(row, self.total - 1))))

    def action_cursor_end(self, step: int) -> None:
        """The first or the last entry."""
        self._to(0 if step < 0 else len(self._visible) - 1)

    def action_choose(self) -> None:
        """Enter."""
        if self._visible and self.entries[self.cursor].range is not None:
            self.chosen(self.entries[self.cursor])

    def action_drop(self) -> None:
        """The entry is not wanted any more."""
        if self._visible and self.entries[self.cursor].range is not None:
            self.removed(self.entries[self.cursor])

    def action_edit(self) -> None:
        """The entry is to be edited, if it can."""
        if self._visible and self.entries[self.cursor].range is not None:
            self.edited(self.entries[self.cursor])

    def action_undo(self) -> None:
        """What was removed last comes back."""
        self.undone()

    def action_fold(self, fold: bool) -> None:
        """Folds the entry under the cursor (or the one it belongs to), or unfolds it."""
        index = self.cursor
        if not self.entries:
            return
        if fold and (not self._has_children(index) or index in self._folded):
            depth = self.entries[index].depth
            while index > 0 and self.entries[index].depth >= depth:
                index -= 1
            self.cursor = index
        if self._has_children(index):
            (self._folded.add if fold else self._folded.discard)(index)
        self._unfold()

    def action_toggle_fold(self) -> None:
        """Folds the entry under the cursor, or unfolds it."""
        self.action_fold(self.cursor not in self._folded)

    def on_click(self, event: events.Click) -> None:
        """A click chooses; one on the fold sign folds."""
        if event.y < self._headed:
            self.action_filter()
            return
        row = self.top + event.y - self._headed
        if event.x >= self.size.width - 1 or not 0 <= row < self.total:
            return
        index = self._visible[self._position_at(row)]
        self.cursor = index
        fold_at = (self.here >= 0) + _indent(self.entries[index])
        if self._has_children(index) and event.x in (fold_at, fold_at + 1):
            self.action_fold(index not in self._folded)
        else:
            self.refresh()
            self.action_choose()


class ScreenList(ListView):
    """A list with no page beside it: the keys of the page are its own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "cursor_page(1)", show=False),
        Binding("b", "cursor_page(-1)", show=False),
        Binding("g", "cursor_end(-1)", show=False),
        Binding("G", "cursor_end(1)", show=False),
    ]
    FILTER_KEYS = ("slash", "ampersand")


_MAX_FILTERED = 20_000
"""Entries made as they are drawn that a filter styles through."""


def _indent(entry: Entry) -> int:
    """Cells before the entry's fold sign."""
    return 2 * min(entry.depth, 8)


def filtered(entries: Sequence[Entry], words: str) -> list[int]:
    """Indices of the entries that hold all the words, whatever their case, each under those it belongs to."""
    wanted = words.casefold().split()
    found: list[int] = []
    above: list[int] = []
    for index, entry in enumerate(entries):
        while above and entries[above[-1]].depth >= entry.depth:
            above.pop()
        held = f"{entry.text} {entry.detail} {entry.also}".casefold()
        if entry.range is not None and all(word in held for word in wanted):
            found += [*above, index]
            above.clear()
        else:
            above.append(index)
    return found


def in_view(text: str, mark: Range, room: int, most: int = 0) -> tuple[str, Range]:
    """`text` cut to `most` cells (0: `room`) so that as much of `mark` as can be is in the first `room` of them, and
    where it is then."""
    if cells(text[: mark.end]) > room:
        start, before = mark.start, room // 3
        while start and (before := before - cells(text[start - 1])) >= 1:
            start -= 1
        while start < mark.start and not cells(text[start]):
            start += 1  # an accent whose letter is cut off
        if start:
            text = "…" + text[start:]
            mark = Range(mark.start - start + 1, mark.end - start + 1)
    return clip(text, most or room), mark
