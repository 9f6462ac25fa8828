"""The page: the open article's rows drawn line by line, with marks laid over them.

Owns the top offset (which stays where it is through resizes, growth and corrections), the gutter, sideways shifts of
wide code, and the selection by mouse. It is the session's `Viewport`. Refuses to decide what a key or a click on a link
means: it posts `Followed` and the app acts.

Invariant: `top_offset` changes only when the person moves; everything else that changes the page brings it back.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from reader.document import Range
from reader.layout import Piece, Row, cells, clip
from reader.locale import _
from reader.sanitize import pattern
from reader.session import Article, Mark, Placed, Session, Topic, address_of, colour_name
from reader.ui.style import ThemeStyles
from reader.ui.widgets.catching import CatchingPane
from reader.ui.widgets.margin_column import GAP_CELLS, MarginColumn
from reader.ui.widgets.pane import blank
from reader.ui.widgets.wide_row import in_view

GUTTER_CELLS = 3
"""Cells left of the page for the signs of claims and bookmarks."""
_HEADING_ROWS = 2
"""Blank rows over a heading that come to the page with it."""
_SHIFT_CELLS = 8
"""Cells a wide row is shifted by a key."""
_SCROLL_S = 0.05
"""Between two rows while a drag is beyond the edge."""
_MAX_ADDRESS_CHARACTERS = 2000
"""Characters of an address the terminal is told of. Terminals drop what is longer (VTE from 2083 bytes on), and a page
of such links would be megabytes to send."""
_NOT_URL = pattern("[^!-~]+")
_WORD = pattern(r"[\u4e00-\u9fff]{1,2}|[\w'’-]+|\S")


class Page(CatchingPane):
    """The body pane."""

    class Followed(Message):
        """A click on a link, an image or a footnote reference."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    def __init__(self, session: Session, styles: ThemeStyles) -> None:
        super().__init__(styles, id="page")
        self.session = session
        self.measure = session.settings.measure
        """The widest the page gets, in cells."""
        self.column = MarginColumn(session.asides, self, GUTTER_CELLS)
        """What stands right of the text."""
        self._bookmarks: dict[int, str] = {}
        """Their offsets and signs, in reading order."""
        self.top_offset = 0
        self._grown_to = 0
        """Rows there were when the article grew last."""
        self._overlay: Mapping[int, Sequence[tuple[int, str]]] = {}
        self._shift: dict[int, int] = {}
        self._anchor: int | None = None
        self._moved = False
        self._pointer = (0, 0)
        """Column and row of the mouse in a drag, which may be outside."""
        self._scrolling: Timer | None = None
        """Runs while a drag is beyond the edge."""
        self._sized = False
        self.rows_at_rest = 0
        """Rows of the screen when nothing is typed on a line below the page."""
        self.covered = 0
        """Last rows of the screen that a message stands over."""
        session.viewport = self
        session.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        match topic:
            case "article":
                self._take()
            case "grown":
                self.set_ticks()
                if self._grown_to < self.top + self.size.height:  # the new rows are on the screen
                    self.refresh()
                self._grown_to = self.total
            case "matches" | "claims" | "rows":
                self.set_ticks()
                self.refresh()
            case "marks" | "claim" | "margin":
                self.refresh()
            case "focus":
                self.set_class(self.session.pane != "page", "idle")
            case "places":
                there = sorted((offset, f"'{letter}") for letter, offset in self.session.sidebar.bookmarked())
                self._bookmarks = dict(there)
                self.refresh()
            case _:
                pass

    @property
    def article(self) -> Article:
        """The open article."""
        return self.session.article

    # ---- the page ----------------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        return self.article.layout.height

    @property
    def margin(self) -> int:
        """Cells left of the text."""
        width = self.article.layout.width
        return self.column.left(
            self.size.width - 1, width, GUTTER_CELLS + max(0, (self.size.width - 1 - 2 * GUTTER_CELLS - width) // 2)
        )

    @property
    def rows(self) -> int:
        """Rows of the screen."""
        return self.size.height

    @property
    def shown(self) -> Range:
        """The offsets on the screen."""
        layout = self.article.layout
        bottom = self.top + self.size.height
        end = layout.offset_of(bottom) if bottom < layout.height else len(self.article.document.text)
        return Range(layout.offset_of(self.top), max(end, layout.offset_of(self.top) + 1))

    def settle(self, y: int) -> int:
        layout, height = self.article.layout, max(1, self.size.height)
        if y < layout.height - height:
            y = layout.measure(y, height if y else 0, 2 * height if y else height)
        if y >= layout.height - height:
            # what is laid out at the end may turn out higher than estimated, and then there is more below
            known = -1
            while known != layout.height:
                known = layout.height
                layout.measure(layout.height - 1, 2 * height, 0)
            y = min(y, layout.height - height)
        return max(0, y)

    def show(self, y: int) -> None:
        self.release()
        super().show(y)
        self.top_offset = self.article.layout.offset_of(self.top)

    def go(self, offset: int, *, above: int = 0) -> None:
        """Brings `offset` to the top of the page, `above` rows under it; it is the top offset then."""
        self._open_to(offset)
        layout = self.article.layout
        row = layout.row_of(offset)
        row = layout.measure(row, max(above, _HEADING_ROWS + 1), self.size.height)
        for _row in range(_HEADING_ROWS):
            if above or not row or layout.row(row - 1).text.strip() or layout.row(row - 1).range is not None:
                break
            row -= 1
        self.show(row - above)
        if not above and self.top_offset < (there := min(offset, self.shown.end)):
            self.top_offset = there
            self.has_moved()  # in the row that was the top before, it may be

    def reveal(self, where: Range) -> None:
        """Brings a range into view with some text around it, if it is not there."""
        self._open_to(where.start)
        layout = self.article.layout
        first, last = layout.row_of(where.start), layout.row_of(max(where.start, where.end - 1))
        if first < self.top or last >= self.top + self.size.height - self.covered:
            self.go(where.start, above=min(self.size.height // 3, max(0, self.size.height - (last - first) - 1)))
        else:
            self.refresh()

    @property
    def spot(self) -> tuple[int, int]:
        """The top offset, and the rows of the page over it; negative if its row is above the screen."""
        return self.top_offset, self.article.layout.row_of(self.top_offset) - self.top

    def back_to(self, offset: int, above: int = 0) -> None:
        """Shows the page as it was when `spot` was this."""
        self._open_to(offset)
        layout = self.article.layout
        row = layout.measure(layout.row_of(offset), max(0, above), self.size.height)
        self.show(row - above)
        self.top_offset = offset

    def _open_to(self, offset: int) -> None:
        """Whoever goes to a place wants to see it: it is unfolded."""
        if self.article.open_to(offset):
            self.set_ticks()

    def _take(self) -> None:
        """Shows another article from its beginning."""
        self._bookmarks, self.ticks, self._shift, self._anchor = {}, {}, {}, None
        self.top = self.top_offset = 0
        self.article.resize(self.fitting(self.size.width))
        self.keep()

    def restore(self, offset: int) -> None:
        """Shows `offset` at the top; before the page has a size it begins there."""
        self.top_offset = offset
        if self.is_mounted:
            self.keep()

    def go_to_section(self, offset: int, *, forward: bool) -> None:
        """Brings a section's start to the top; one near the end, which cannot get there, is the top offset all the same
        where the person goes forward: the next step leads on."""
        before = self.top
        self.go(offset)
        if forward and self.top == before:
            self.top_offset = offset
            self.has_moved()

    def to_end(self) -> None:
        """Shows the last rows."""
        self.show(sys.maxsize)  # more than there is, however high the last rows turn out to be

    def keep(self) -> None:
        """Brings the top offset back after the rows have changed."""
        offset = self.top_offset
        self._put(self.article.layout.row_of(offset) if offset else 0)
        self.top_offset = offset

    def _put(self, row: int) -> None:
        self.release()
        self.top = self.settle(row)
        self.set_ticks()
        self.has_moved()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """A new width is a new layout with the same top offset; a new height alone moves nothing."""
        width = self.fitting(event.size.width)
        if not (self.session.search.typing or self.session.going.typing):
            self.rows_at_rest = event.size.height
        if self._sized and width == self.article.layout.width:
            self._put(self.top)
        elif not self._sized and not self.top_offset and width == self.article.layout.width:
            self._sized = True  # the first screen stands as it should: it is not drawn twice
            self.set_ticks()
            self.has_moved()
        else:
            self._sized = True
            self.article.resize(width)
            self.keep()

    def set_measure(self, measure: int) -> None:
        """Makes the page wider or narrower."""
        self.measure = max(20, min(200, measure))
        self.session.remember("measure", self.measure)
        self.article.resize(self.fitting(self.size.width))
        self.keep()

    def fitting(self, width: int) -> int:
        """The page's width in a pane of `width` cells."""
        return max(1, min(self.measure, width - 1 - 2 * GUTTER_CELLS))

    def sideways(self, step: int) -> bool:
        """Shifts the first wide block on the screen; False where there is none."""
        layout = self.article.layout
        wide: dict[int, int] = {}
        for y in range(self.top, self.top + self.size.height):
            row = layout.row(y)
            if row.wide:
                block = layout.block_of(y)
                wide[block] = max(wide.get(block, 0), row.wide - layout.width + 1)
        for block, most in wide.items():
            now = self._shift.get(block, 0)
            then = max(0, min(most, now + step * _SHIFT_CELLS))
            if then != now:
                self._shift[block] = then
                self.refresh()
                return True
        return bool(wide)

    def shift(self, y: int) -> int:
        """Cells row `y` of the page is shifted by: all rows of a block of code move together, or columns would part."""
        return self._shift.get(self.article.layout.block_of(y), 0)

    def set_ticks(self) -> None:
        """Marks on the track where matches and claims are."""
        height, layout = self.size.height, self.article.layout
        ticks: dict[int, str] = {}
        edges = [layout.rough_offset(layout.height * y // height) for y in range(height)]
        for y, (start, end) in enumerate(pairwise([*edges, len(self.article.document.text)])):
            for role in self.article.marks.roles(start, end):
                ticks[y] = f"tick-{role}"
        self.ticks = ticks

    # ---- drawing -----------------------------------------------------------------------------------------------------

    def segments(self, y: int, width: int) -> Iterator[Segment]:
        aside = self.column.row(y, width)
        used = 0
        for segment in self._text_segments(y, width):
            used += segment.cell_length
            yield segment
        if aside is not None:
            yield blank(self.margin + self.article.layout.width + GAP_CELLS - used, self.theme_styles.style(""))
            yield from (Segment(piece.text, self.theme_styles.style(piece.role)) for piece in aside.pieces)

    def _text_segments(self, y: int, width: int) -> Iterator[Segment]:
        layout, styles = self.article.layout, self.theme_styles
        row = layout.row(y) if y < layout.height else Row()
        plain = styles.style("")
        margin = min(self.margin, width)
        sign = clip(self._sign(row), GUTTER_CELLS - 1, "")
        current = y < layout.height and layout.block_of(y) == self.article.paragraph and row.range is not None
        if margin >= GUTTER_CELLS:
            yield blank(margin - GUTTER_CELLS, plain)
            yield Segment(sign, styles.style("gutter"))
            yield blank(GUTTER_CELLS - 1 - cells(sign), plain)
            yield Segment("▏" if current else " ", styles.style("passage"))
        else:
            yield blank(margin, plain)
        ground = styles.style(row.ground)
        shift = self.shift(y) if y < layout.height else 0
        if row.wide or (shift and row.range is not None):
            fixed = [s for piece in row.pieces[: row.fixed] for s in self._piece(piece, row.ground)]
            room = max(1, layout.width - sum(s.cell_length for s in fixed))
            seen, left = in_view(row.pieces[row.fixed :], shift, room)
            moved = Strip([s for piece in seen for s in self._piece(piece, row.ground)])
            yield from fixed
            yield from moved.crop(left, left + room - 1).adjust_cell_length(room - 1, ground)
            yield Segment("›" if moved.cell_length > left + room - 1 else " ", styles.style(f"{row.ground} label"))
            return
        used = 0
        for piece in row.pieces:
            for segment in self._piece(piece, row.ground):
                used += segment.cell_length
                yield segment
        if row.ground:
            yield blank(max(0, layout.width - used), ground)

    def _sign(self, row: Row) -> str:
        if row.range is not None and row.range.start in self.article.folds.folded and "heading" in row.pieces[-1].role:
            return "▸"
        signs = self.session.claims.signs
        if (shown := row.range) is None:
            return ""
        start, sign = self.session.annotations.standing.sign(shown)
        for offset, bookmark in self._bookmarks.items():
            if shown.start <= offset < shown.end and (start < 0 or offset < start):
                return bookmark
        if sign or not signs:
            return sign
        for mark in self.article.marks.over(shown.start, shown.end):
            if mark.role == "claim" and mark.start >= shown.start:
                return signs.get(mark.start, "")
        return ""

    def _piece(self, piece: Piece, ground: str) -> Iterator[Segment]:
        style = self.theme_styles.style(f"{ground} {piece.role}" if ground else piece.role)
        where = piece.range
        if where is None:
            yield Segment(piece.text, style)
            return
        if "link" in piece.role or "image" in piece.role:
            style += self._hyperlink(where)
        marks = list(self.article.marks.over(where.start, where.end))
        if self.article.skimming:  # all of it is claims
            marks = [mark for mark in marks if mark.role != "claim"]
        if not marks:
            yield Segment(piece.text, style)
        elif len(piece.text) != len(where):
            yield Segment(piece.text, self._marked(style, marks, where.start))
        else:
            edges = {where.start, where.end}
            for mark in marks:
                edges.update((max(where.start, mark.start), min(where.end, mark.end)))
            cuts = sorted(edges)
            place = {cut: index for index, cut in enumerate(cuts)}
            styles = [style] * (len(cuts) - 1)
            # a row of code may hold a thousand marks, so none is asked for where it is not
            for mark in marks:
                for index in range(place[max(where.start, mark.start)], place[min(where.end, mark.end)]):
                    styles[index] = self.theme_styles.over(styles[index], mark.role)
            for (start, end), marked in zip(pairwise(cuts), styles, strict=True):
                yield Segment(piece.text[start - where.start : end - where.start], marked)

    def _marked(self, style: Style, marks: list[Mark], offset: int) -> Style:
        for mark in marks:
            if mark.start <= offset < mark.end:
                style = self.theme_styles.over(style, mark.role)
        return style

    def _hyperlink(self, where: Range) -> Style:
        index = self.article.target_at(where.start)
        if index is None:
            return Style()
        address = address_of(self.article.targets[index])
        if len(address) > _MAX_ADDRESS_CHARACTERS:
            return Style()
        url = _NOT_URL.sub(_percent, address)
        return Style(link=url) if url.startswith(("http://", "https://", "mailto:")) else Style()

    def overlay(self, labels: Mapping[int, Sequence[tuple[int, str]]]) -> None:
        """Draws labels over the page, by row of the page and cell of the pane, until it moves."""
        self._overlay = labels
        self.refresh()

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        for x, label in self._overlay.get(self.top + y, ()):
            end = min(self.size.width, x + cells(label))
            drawn = Strip([Segment(label, self.theme_styles.style("hint"))]).crop(0, end - x)
            strip = Strip.join((strip.crop(0, x), drawn, strip.crop(end)))
        return strip

    # ---- what commands ask for ---------------------------------------------------------------------------------------

    def offer_colours(self, there: Placed) -> None:
        """Says what can be done with a highlight, and has the next key choose its colour if it is a digit."""
        notes, colours = self.session.annotations, self.session.settings.highlight.colours[:4]
        names = "  ".join(f"{number} {colour_name(name)}" for number, name in enumerate(colours, 1))
        said = _("A note without a highlight: {names}")
        if there.one.colour:
            said = _("Highlighted in {colour}: {names}   {keys[note.highlight]} takes it away")
        self.session.say(said.format(colour=colour_name(there.one.colour), names=names, keys=self.session.keys))
        self.catch_digit(len(colours), lambda number: notes.recolour(there.one.id, colours[number - 1]))

    def rows_of(self, where: Range | None) -> tuple[int, int]:
        """The first row of the screen that shows a range and the first below it, both within the page."""
        if where is None:
            return 0, 0
        layout, height = self.article.layout, self.size.height
        first, last = layout.row_of(where.start), layout.row_of(max(where.start, where.end - 1))
        return max(0, min(height, first - self.top)), max(0, min(height, last - self.top + 1))

    def height_of(self, where: Range) -> int:
        """Rows from the first that shows a range to its last."""
        layout = self.article.layout
        return layout.row_of(max(where.start, where.end - 1)) - layout.row_of(where.start) + 1

    def release(self) -> None:
        super().release()
        if self._overlay:
            self.overlay({})

    # ---- the mouse ---------------------------------------------------------------------------------------------------

    def _offset(self, event: events.MouseEvent) -> int | None:
        y = self.top + event.y
        shift = self._shift.get(self.article.layout.block_of(y), 0)
        return self.article.layout.hit(y, event.x - self.margin, shift)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        super().on_mouse_down(event)
        if event.button == 1 and not self._dragging_track:
            y = self.top + event.y
            self._anchor = self.article.layout.nearest(y, event.x - self.margin)
            self._moved = False
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        super().on_mouse_move(event)
        self._pointer = (event.x, event.y)
        self._drag_selection()

    def _drag_selection(self) -> None:
        """Selects to the pointer; as long as that is beyond the edge the page moves on."""
        if self._anchor is None or self._dragging_track:
            self._stop_scrolling()
            return
        x, y = self._pointer
        # a terminal tells of nothing above its first row
        above = y < 0 or (y == 0 and self.region.y == 0 and self.article.layout.row_of(self._anchor) > self.top)
        step = -1 if above else int(y >= self.size.height)
        before = self.top
        self.move(step)
        if self.top == before:
            self._stop_scrolling()
        elif self._scrolling is None:
            self._scrolling = self.set_interval(_SCROLL_S, self._drag_selection)
        here = self.article.layout.nearest(self.top + max(0, min(y, self.size.height)), x - self.margin)
        if here != self._anchor:
            self._moved = True
            self.article.select(Range(min(here, self._anchor), max(here, self._anchor) + (here > self._anchor)))
            self.refresh()

    def _stop_scrolling(self) -> None:
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None

    def on_mouse_up(self, event: events.MouseUp) -> None:
        super().on_mouse_up(event)
        if self._anchor is None:
            return
        self._anchor = None
        self._stop_scrolling()
        self.release_mouse()
        if self._moved:
            return
        offset, focus = self._offset(event), self.article.focus
        self.article.drop()
        if focus is not None and offset is not None and self.article.target_at(offset) == focus:
            self.article.set_focus(focus)  # the second click on a link follows it
        if self._folds_by_click(event, offset):
            return
        aside = self.column.at(self.top + event.y, event.x, self.size.width - 1)
        if aside is not None:
            if (note := self.session.asides.choose(aside)) is not None:
                self.offer_colours(note)
            return
        self.article.cursor = offset
        self.article.paragraph = max(0, self.article.layout.block_of(self.top + event.y))
        self.refresh()
        if offset is not None and (
            self.article.target_at(offset) is not None or self.article.note_at(offset) is not None
        ):
            self.post_message(self.Followed(offset))
        elif offset is not None and (there := self.session.annotations.at(Range(offset, offset + 1))) is not None:
            self.article.light("highlight", there.range)
            self.offer_colours(there)

    def _folds_by_click(self, event: events.MouseEvent, offset: int | None) -> bool:
        """A click on the card, on a summary or left of a heading folds or unfolds it."""
        y = self.top + event.y
        row = self.article.layout.row(y)
        if row.pieces and row.pieces[0].role == "card-head":
            self.article.fold_card()
        elif (shown := row.range) is None or not (
            any("summary" in piece.role for piece in row.pieces) or event.x < self.margin
        ):
            return False
        else:
            folded = shown.start in self.article.folds.folded
            target = None if offset is None else self.article.target_at(offset)
            if target is not None or not self.article.set_fold(shown.start, not folded):
                return False
        self.keep()
        return True

    def on_click(self, event: events.Click) -> None:
        """Two clicks take the word, three the paragraph."""
        offset = self._offset(event)
        if offset is None or event.chain < 2:
            return
        document = self.article.document
        block = document.blocks[document.block_index(offset)]
        where = Range(block.start, block.end)
        if event.chain == 2:
            for found in _WORD.finditer(document.text, max(block.start, offset - 100), block.end):
                if found.end() > offset:
                    where = Range(found.start(), found.end())
                    break
        self.article.select(where)
        self.refresh()


def _percent(found: re.Match[str]) -> str:
    """Octets as an address has them (RFC 3986, 2.1): OSC 8 takes nothing outside ASCII."""
    return "".join(f"%{octet:02X}" for octet in found[0].encode("utf-8", "replace"))
