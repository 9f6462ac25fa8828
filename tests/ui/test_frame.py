"""What is sent of a repaint: pictures of a terminal that was sent only the changes."""

from __future__ import annotations

import pyte
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from stories import WIDE, ready, written
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from reader.ui.terminal.screen_diff import ScreenDiff

CONSOLE = Console(force_terminal=True, color_system="truecolor", width=12)
RED = Style(color="#ff0000", link="https://example.org/")


class Line:
    """A terminal of 12 x 3 at the other end, and how many bytes came."""

    def __init__(self) -> None:
        self.shown = ScreenDiff()
        self.screen = pyte.Screen(12, 3)
        self.stream = pyte.Stream(self.screen)

    def send(self, update: object) -> str:
        sent = self.shown.changes(update).render_segments(CONSOLE)
        self.stream.feed(sent)
        return sent

    @property
    def rows(self) -> list[str]:
        return [row.rstrip() for row in self.screen.display]


def strip(text: str, style: Style | None = None) -> Strip:
    return Strip([Segment(text, style)])


def whole(*rows: str) -> LayoutUpdate:
    """A full repaint; a bar parts what two widgets draw."""
    return LayoutUpdate([[strip(part) for part in row.split("|")] for row in rows], Region(0, 0, 12, 3))


def some(y: int, x: int, strip: Strip) -> ChopsUpdate:
    """A repaint of part of row `y`."""
    chops: list[dict[int, Strip | None]] = [{}, {}, {}]
    chops[y] = {x: strip}
    ends: list[list[int]] = [[], [], []]
    ends[y] = [x + strip.cell_length]
    return ChopsUpdate(chops, [(y, x, x + strip.cell_length)], ends)


def test_what_stands_there_is_not_sent_again():
    line = Line()
    line.send(whole("side|article", "a   |one     ", "b   |两个    "))
    assert line.rows == ["sidearticle", "a   one", "b   两个"]
    assert line.send(whole("side|article", "a   |one     ", "b   |两个    ")) == ""
    assert line.send(some(2, 4, strip("两个    "))) == ""


def test_only_the_rows_that_differ_are_sent():
    line = Line()
    line.send(whole("side|article", "a   |one     ", "b   |two     "))
    sent = line.send(whole("side|article", "a   |ONE     ", "b   |two     "))
    assert "ONE" in sent
    assert "article" not in sent
    assert "two" not in sent
    assert line.rows == ["sidearticle", "a   ONE", "b   two"]


def test_a_part_drawn_over_others_makes_them_unknown():
    line = Line()
    line.send(whole("side|article", "a   |one     ", "b   |two     "))
    line.send(some(1, 2, strip("DIALOG")))  # lies over the end of one part and the beginning of the next
    assert line.rows == ["sidearticle", "a DIALOG", "b   two"]
    line.send(whole("side|article", "a   |one     ", "b   |two     "))
    assert line.rows == ["sidearticle", "a   one", "b   two"]


def test_styles_and_links_take_no_room_and_count_as_a_change():
    line = Line()
    line.send(whole("side|article", "a   |one     ", "b   |two     "))
    assert line.send(some(1, 4, strip("one     ", RED)))
    assert line.send(some(1, 4, strip("one     ", RED))) == ""
    assert line.send(some(1, 0, strip("a   "))) == "", "it was not drawn over"
    assert line.send(some(1, 4, strip("one     ")))


def test_a_terminal_that_has_lost_its_rows_gets_all_of_them():
    line = Line()
    rows = ("side|article", "a   |one     ", "b   |two     ")
    line.send(whole(*rows))
    line.screen.reset()
    line.shown.forget()
    line.send(whole(*rows))
    assert line.rows == ["sidearticle", "a   one", "b   two"]


def test_a_terminal_of_another_size_gets_all_of_its_rows():
    line = Line()
    rows = ("side|article", "a   |one     ", "b   |two     ")
    line.send(whole(*rows))
    assert line.shown.changes(LayoutUpdate([[strip("side")]], Region(0, 0, 4, 1))).render_segments(CONSOLE)
    assert "two" in line.send(whole(*rows))


async def test_a_pane_that_is_drawn_again_as_it_was_sends_nothing(tmp_path):
    """As Textual's compositor repaints it, beside another pane."""
    async with written(tmp_path, "# One\n\nWords.\n\n# 二\n\n文字。\n").run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        compositor, shown = app.screen._compositor, ScreenDiff()

        def sent(update: object) -> str:
            return shown.changes(update).render_segments(CONSOLE)

        compositor._dirty_regions.clear()
        assert sent(compositor.render_full_update())
        for pane in (app.sidebar.list, app.page, app.status):
            pane.refresh()
            compositor.update_widgets({pane})
            update = compositor.render_partial_update()
            assert isinstance(update, ChopsUpdate)
            assert sent(update) == ""
        assert sent(compositor.render_full_update()) == ""


def test_what_is_no_repaint_of_rows_goes_through():
    assert ScreenDiff().changes(None) is None
    assert ScreenDiff().changes("words") == "words"
