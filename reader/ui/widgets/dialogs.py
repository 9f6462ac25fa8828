"""Screens over the page: help, a question, a table in full. Imported when the first one opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.strip import Strip

from reader.layout import cells, wrapped
from reader.locale import _
from reader.ui.style import ThemeStyles
from reader.ui.survival import Surviving
from reader.ui.widgets.list_screen import fitting
from reader.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from reader.claims import Claim

Answer = TypeVar("Answer")


class Lines(Pane):
    """Rows of (text, role) pieces; sideways too where they are wider than the pane."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "rows(1)", show=False),
        Binding("up,k", "rows(-1)", show=False),
        Binding("pagedown,space", "rows(15)", show=False),
        Binding("pageup,b", "rows(-15)", show=False),
        Binding("home,g", "rows(-1000000)", show=False),
        Binding("end,G", "rows(1000000)", show=False),
        Binding("right,l", "shift(8)", show=False),
        Binding("left,h", "shift(-8)", show=False),
    ]

    def __init__(self, styles: ThemeStyles, rows: Sequence[Sequence[tuple[str, str]]], *, fixed: int = 0) -> None:
        """`fixed` rows stay at the top when the others scroll."""
        super().__init__(styles)
        self.fixed = fixed
        self.shifted = 0
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[Sequence[tuple[str, str]]]) -> None:
        """Other rows."""
        self.rows = rows
        self.widest = max((sum(cells(text) for text, _ in row) for row in rows), default=0)
        self.refresh()

    @property
    def total(self) -> int:
        return len(self.rows)

    def segments(self, y: int, width: int) -> Iterator[Segment]:
        line = y - self.top
        row = self.rows[line if line < self.fixed else y] if y < len(self.rows) else ()
        drawn = Strip([Segment(text, self.theme_styles.style(role)) for text, role in row])
        yield from drawn.crop(self.shifted, self.shifted + width)

    def action_rows(self, step: int) -> None:
        """Scrolls."""
        self.move(step)

    def action_shift(self, step: int) -> None:
        """Scrolls sideways."""
        self.shifted = max(0, min(self.widest - self.size.width + 2, self.shifted + step))
        self.refresh()


ANYWHERE: tuple[Binding, ...] = (
    Binding("question_mark", "app.do('reader.help')", show=False),
    Binding("ctrl+p", "app.command_palette", show=False),
)
"""Keys that a screen over the page would otherwise keep from the app."""


_BOX_CELLS = 80
"""Width of a box that asks for no other."""
_FRAME_CELLS = 3
"""Of a box left of its lines."""
_EDGE_CELLS = 6
"""Of the edge of a box that its keys leave free."""


def widest(total: int) -> int:
    """Cells of the widest box on a screen of `total` cells, as the style sheet has it."""
    return total * 94 // 100


class Box(Vertical):
    """The frame of a dialog: a title above, and below the keys, with Esc among them."""

    def __init__(self, title: str, keys: str, *, classes: str = "") -> None:
        super().__init__(id="box", classes=classes)
        self._keys = keys
        self.set_title(title)
        self.border_subtitle = Content(keys)

    def set_title(self, title: str) -> None:
        """Another title. It is no markup, for which Textual takes a str: it may have come from an article."""
        self.border_title = Content(title)

    def set_keys(self, keys: str) -> None:
        """Other keys, or a message in their place: as many as there is room for."""
        self._keys = keys
        self.on_resize()

    def on_resize(self) -> None:
        """The keys in the width there is."""
        width = self.outer_size.width
        self.border_subtitle = Content(fitting(self._keys, width - _EDGE_CELLS) if width else self._keys)


class Dialog(Surviving, ModalScreen[Answer]):
    """A box over the page, or beside what it speaks of."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "close", show=False), *ANYWHERE]

    placed: Size | None = None
    """Size of the screen on which the box stands beside what it speaks of; None: it stands in the middle."""

    def on_resize(self, event: events.Resize) -> None:
        """On a screen of another size what a box stands beside is elsewhere: the box goes to the middle."""
        if self.placed is not None and self.placed != event.size:
            self.placed = None
            for rule in ("align_horizontal", "align_vertical"):
                self.styles.clear_rule(rule)
            box = self.query_one(Box)
            for rule in ("max_width", "max_height", "margin"):
                box.styles.clear_rule(rule)

    def beside(self, box: Vertical, rows: tuple[int, int], height: int) -> None:
        """Opens the box, which takes `height` rows, below or above what it speaks of: `rows` are the first row of the
        screen that shows it and the first below. Where neither has room, or nothing on the screen is meant, the box
        stays in the middle."""
        if rows[0] == rows[1]:
            return
        below = rows[1] + height <= self.app.size.height
        if below or rows[0] - height >= 0:
            total = self.app.size.width
            asked = box.styles.width
            width = min(_BOX_CELLS if asked is None else int(asked.value), widest(total))
            page = self.app.screen_stack[0].query_one("#page", Pane)
            left = max(0, min(page.region.x + page.margin - _FRAME_CELLS, total - width))
            self.placed = self.app.size
            self.styles.align = ("left", "top")
            box.styles.max_width, box.styles.max_height = width, height  # a percentage would be of the room beside it
            box.styles.margin = (rows[1] if below else rows[0] - height, 0, 0, left)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Closes it with an answer. A second one, of a key that came before the first had closed it, is dropped: it
        would close what is below."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def on_click(self, event: events.Click) -> None:
        """A click beside the box is as Esc."""
        if not self.query_one(Box).region.contains(*event.screen_offset):
            event.stop()
            self.action_close()

    def action_close(self) -> None:
        """Closes it."""
        self.dismiss()


class LinesDialog(Dialog[None]):
    """Rows in a box, made anew for each size of the screen."""

    lines: Lines
    box: Box

    def compose(self) -> ComposeResult:
        with self.box:
            yield self.lines

    def on_resize(self, event: events.Resize) -> None:
        """Other rows fit another screen."""
        self.call_after_refresh(self.fill)

    def fill(self) -> None:
        """Shows the rows for the size there is now."""
        raise NotImplementedError


class AskDialog(Dialog[bool]):
    """A question with yes and no."""

    must_be_read: ClassVar[bool] = True
    """What was typed before it stood there is no answer."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "yes", show=False),
        Binding("n", "close", show=False),
    ]

    def __init__(self, styles: ThemeStyles, question: str, rows: tuple[int, int] = (0, 0)) -> None:
        """`rows` are the first row of the screen that shows what is asked about and the first below it."""
        super().__init__()
        self.theme_styles = styles
        self.question = question
        self.rows = rows

    def compose(self) -> ComposeResult:
        lines = Lines(self.theme_styles, self._rows(self.app.size.width))
        lines.styles.height = len(lines.rows)
        with Box(_("Question"), _("Enter yes   Esc no")) as box:
            yield lines
        self.beside(box, self.rows, len(lines.rows) + _FRAME_ROWS)

    def _rows(self, total: int) -> list[list[tuple[str, str]]]:
        width = max(10, min(70, total - 12))
        return [[(self.question[s:e], "body")] for s, e in wrapped(self.question, width)]

    def on_resize(self, event: events.Resize) -> None:
        """The question in the width there is."""
        lines = self.query_one(Lines)
        lines.set_rows(self._rows(event.size.width))
        lines.styles.height = len(lines.rows)

    def action_yes(self) -> None:
        """Yes, if all of the question could be read."""
        lines = self.query_one(Lines)
        room = min(lines.size.height, self.query_one(Box).size.height)
        if lines.rows and room >= len(lines.rows) and lines.size.width > lines.widest:
            self.dismiss(True)
        else:
            self.app.bell()


_FRAME_ROWS = 4
"""Of a box around its lines."""


class WhyDialog(Dialog[None]):
    """One claim: what it says, its kinds, its standing, and the reasons."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("w,enter", "close", show=False)]

    def __init__(
        self, styles: ThemeStyles, text: str, kinds: str, claim: Claim, rows: tuple[int, int], *, ranked: bool
    ) -> None:
        """`rows` are the first row of the screen with the claim and the first below it. `ranked`: its score says above
        how many sentences it stands."""
        super().__init__()
        self.rows = rows
        self.theme_styles = styles
        self.text = text
        self.kinds = kinds
        self.claim = claim
        self.ranked = ranked and not claim.author

    def compose(self) -> ComposeResult:
        lines = Lines(self.theme_styles, self._rows(self.app.size))
        lines.styles.height = self._height(lines, self.app.size)
        with Box(_("Why this claim"), _("Esc closes")) as box:
            yield lines
        self.beside(box, self.rows, len(lines.rows) + _FRAME_ROWS)

    def on_resize(self, event: events.Resize) -> None:
        """The reasons in the width there is."""
        lines = self.query_one(Lines)
        lines.set_rows(self._rows(event.size))
        lines.styles.height = self._height(lines, event.size)

    def _height(self, lines: Lines, screen: Size) -> int:
        return min(len(lines.rows), max(3, screen.height - 6))

    def _rows(self, screen: Size) -> list[list[tuple[str, str]]]:
        width = max(10, min(70, screen.width - 12))
        rows: list[list[tuple[str, str]]] = [[(self.text[s:e], "strong")] for s, e in wrapped(self.text, width)]
        share = min(99, round(100 * self.claim.score))
        stands = _("above {share}% of the sentences").format(share=share) if self.ranked else ""
        rows.append([])
        if cells(self.kinds) + 3 + cells(stands) <= width:
            rows.append([(self.kinds, "gutter"), (f"   {stands}", "label")])
        else:
            for text, role in ((self.kinds, "gutter"), (stands, "label")):
                rows += [[(text[s:e], role)] for s, e in wrapped(text, width)]
        rows.append([(_("Chosen because"), "strong")])
        for reason in self.claim.why.split(" · "):
            found = wrapped(reason, width - 2)
            rows += [[("· " if at == 0 else "  ", "bullet"), (reason[s:e], "body")] for at, (s, e) in enumerate(found)]
        return rows
