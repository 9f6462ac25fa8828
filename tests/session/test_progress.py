"""What counts as read."""

from __future__ import annotations

import pytest
from session_kit import session

from reader.document import Range
from reader.session.pace import Pace
from reader.session.progress import LEAST_TIME, MIN_SHOWN_S, ReadingProgress
from reader.store import Progress

TEXT = "\n\n".join(f"Paragraph number {n} of a text." for n in range(60))


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def reading():
    made, clock = session(TEXT), Clock()
    return made, clock, ReadingProgress(made, Pace(), clock)


def test_an_article_just_opened_is_at_nothing():
    made, _, progress = reading()
    made.has_moved()
    assert progress.share == 0.0


def test_what_stands_on_the_screen_for_a_while_is_read_and_a_jump_to_the_end_is_not():
    made, clock, progress = reading()
    made.has_moved()
    clock.now = 5.0
    made.viewport.to_end()
    made.has_moved()
    clock.now = 5.2
    made.viewport.top_offset = 0
    made.has_moved()
    parts, seconds = progress.take()
    assert parts == (Range(0, 200),)
    assert seconds == 5.0
    assert progress.share == 200 / len(made.article.document.text)


def test_what_was_shown_too_short_a_time_to_be_read_counts_as_far_as_the_time_goes():
    """Otherwise a short article would be read to 100% a second after it was opened, and yet not be finished."""
    made, clock, progress = reading()
    made.viewport.top_offset = 0
    made.has_moved()
    text = len(made.article.document.text)
    progress.have(Progress((Range(0, text),), text, 0.0))
    least = LEAST_TIME * made.article.seconds
    assert least > MIN_SHOWN_S
    clock.now = least / 2
    progress.settle()
    assert progress.share == pytest.approx(0.5)
    assert not progress.finished
    clock.now = least
    made.viewport.top_offset = 100
    made.has_moved()
    assert progress.share == 1.0
    assert progress.finished


def test_parts_of_other_runs_count():
    made, clock, progress = reading()
    length = len(made.article.document.text)
    progress.have(Progress((Range(0, 100), Range(300, 400)), length, 60.0))
    made.viewport.top_offset = 50
    made.has_moved()
    clock.now = 2.0
    progress.settle()
    assert progress.share == (250 + 100) / length


def test_a_person_who_has_gone_away_spends_no_hours():
    made, clock, progress = reading()
    made.has_moved()
    clock.now = 36_000.0
    assert progress.take()[1] == 180.0


def test_a_text_that_was_edited_keeps_its_share():
    _, _, progress = reading()
    progress.have(Progress((Range(0, 500),), 1000, 60.0))
    assert progress.share == 0.5
