"""A few screens as pictures: they guard the looks. `pytest --snapshot-update` takes new ones; look at them first."""

from __future__ import annotations

import pytest
from stories import opened as open_article
from stories import own, ready
from textual.pilot import Pilot

from reader.settings import Settings


def story(*keys: str):
    async def run(pilot: Pilot[None]) -> None:
        app = await ready(pilot)
        if keys:
            await pilot.press(*keys)
        await app.workers.wait_for_complete()
        await pilot.pause()

    return run


@pytest.mark.parametrize("theme", ["ink", "paper"])
def test_the_seeds_shape(snap_compare, theme):
    from dataclasses import replace

    app = open_article(own("sodium"), settings=replace(Settings(), theme=theme))
    assert snap_compare(app, terminal_size=(110, 36), run_before=story())


def test_a_long_read(snap_compare):
    keys = [*["right_square_bracket"] * 7, "d"]
    assert snap_compare(open_article(own("days")), terminal_size=(110, 44), run_before=story(*keys))


def test_no_headings_on_a_narrow_terminal(snap_compare):
    assert snap_compare(open_article(own("swifts")), terminal_size=(64, 30), run_before=story("space"))
