"""How much of the open article has been read: what stood on the screen long enough, not the last row touched.

Owns the parts that were shown in this run and the time spent. A jump to the end marks nothing as read: only what stays
on the screen for `MIN_SHOWN_S` counts.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import NamedTuple

from reader.document import Range
from reader.session.changes import Topic
from reader.session.pace import Pace
from reader.session.reading import Reading
from reader.store import Progress

MIN_SHOWN_S = 1.0
"""A part that stood on the screen for so long counts as read."""
FINISHED_SHARE = 0.8
"""An article whose end was shown, and so much of it, is finished."""
LEAST_TIME = 0.1
"""So much of the time its reading is said to take must have been spent with it: who only leafed through has not."""
MAX_COUNTED_S = 180.0
"""Of a screen that does not move so much time counts at most: the person has gone away."""


class TimeLeft(NamedTuple):
    """Minutes, at least 1."""

    section: int
    article: int


class ReadingProgress:
    """What was shown of the open article."""

    def __init__(self, reading: Reading, pace: Pace, clock: Callable[[], float] = time.monotonic) -> None:
        self.reading = reading
        self.pace = pace
        self._clock = clock
        self._before = Progress()
        self._parts: list[Range] = []
        """New since they were taken the last time."""
        self._seconds = 0.0
        self._shown: Range | None = None
        self._since = clock()
        reading.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "article":
            self._before, self._parts, self._seconds, self._shown = Progress(), [], 0.0, None
        elif topic == "moved" and self.reading.viewport.shown != self._shown:
            self.settle()
            self._shown = self.reading.viewport.shown

    def have(self, before: Progress) -> None:
        """Takes what is remembered of the runs before."""
        self._before = before

    def settle(self) -> None:
        """Counts what is on the screen up to now."""
        now = self._clock()
        spent = now - self._since
        self._since = now
        if self._shown is not None and spent >= MIN_SHOWN_S:
            article = self.reading.article
            end = min(self._shown.end, len(article.document.text))
            before = sum(map(len, self._parts))
            self._parts = _merged([*self._parts, Range(self._shown.start, max(self._shown.start, end))])
            self.pace.saw(article.minutes(sum(map(len, self._parts)) - before) or 0.0, spent / 60)
            self._seconds += min(spent, MAX_COUNTED_S)

    @property
    def share(self) -> float:
        """The share of the text that was read, 0 to 1: that was ever shown, and no more than could be read in the time
        spent, so that it is not whole before the article may be finished."""
        least = LEAST_TIME * self.reading.article.seconds
        spent = self._before.seconds + self._seconds
        return min(self._share_shown, spent / least) if least else self._share_shown

    @property
    def _share_shown(self) -> float:
        document = self.reading.article.document
        known = len(document.text) / max(document.progress, 0.001)
        same = self._before.length == len(document.text) or not document.complete
        parts = _merged([*(self._before.shown if same else ()), *self._parts])
        read = sum(map(len, parts)) / known if known else 0.0
        return min(1.0, read if same else max(read, self._before.share))

    @property
    def finished(self) -> bool:
        """Whether the end was shown, most of what is before it too, and in no less time than it takes to read."""
        article = self.reading.article
        parts = _merged([*self._before.shown, *self._parts])
        if not article.document.complete or not parts or parts[-1].end < len(article.document.text.rstrip()):
            return False
        seconds = self._before.seconds + self._seconds
        return self.share >= FINISHED_SHARE and seconds >= LEAST_TIME * article.seconds

    @property
    def left(self) -> TimeLeft | None:
        """What is left from the top of the page on, at this person's pace; None where there is nothing to read."""
        article = self.reading.article
        document, top = article.document, self.reading.viewport.shown.start
        index = document.section_index(top)
        known = len(document.text)
        end = known if index is None else document.sections[index].end
        section = article.minutes(max(0, min(end, known) - top))
        whole = article.minutes(round(known / max(document.progress, 0.001)) - top)
        if section is None or whole is None:
            return None
        return TimeLeft(*(max(1, math.ceil(minutes * self.pace.factor)) for minutes in (section, whole)))

    def take(self) -> tuple[tuple[Range, ...], float]:
        """The parts and the seconds that are new since this was asked the last time."""
        self.settle()
        taken = tuple(self._parts), self._seconds
        self._before = Progress(
            tuple(_merged([*self._before.shown, *self._parts])),
            len(self.reading.article.document.text),
            self._before.seconds + self._seconds,
        )
        self._parts, self._seconds = [], 0.0
        return taken


def _merged(parts: list[Range]) -> list[Range]:
    """Sorted, apart from one another."""
    merged: list[Range] = []
    for part in sorted(parts, key=lambda part: part.start):
        if merged and part.start <= merged[-1].end:
            merged[-1] = Range(merged[-1].start, max(merged[-1].end, part.end))
        elif len(part):
            merged.append(part)
    return merged
