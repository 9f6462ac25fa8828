"""How fast this person reads, against the figures for readers in general, learned from what stood on the screen.

Owns what counts as reading: a screen that was turned far sooner or later than anybody reads it counts for nothing.
Refuses to know an article: it gets minutes.

Invariant: `factor` is 1 until `LEAST_MINUTES` of reading were seen, and always within `SLOWEST` and `FASTEST`.
"""

from __future__ import annotations

NAME = "reading.pace"
"""Name of what the store keeps (`Store.preferences`)."""
LEAST_MINUTES = 3.0
"""Of reading, at the general pace, before the person's own counts."""
_KEPT_MINUTES = 90.0
"""Of reading, at the general pace, that are remembered: a person who reads faster now is seen to soon."""
FASTEST, SLOWEST = 0.25, 4.0
"""Bounds of the time taken over the time expected: beyond them it was not read."""


class Pace:
    """The time a person takes, over the time expected of readers in general."""

    def __init__(self, kept: str = "") -> None:
        """`kept` is what `written` returned in an earlier run; what is none counts as nothing."""
        self._expected = self._taken = 0.0
        try:
            expected, taken = map(float, kept.split())
        except ValueError:
            return
        if 0 < expected < 1e6 and FASTEST <= taken / expected <= SLOWEST:
            self._expected, self._taken = expected, taken

    @property
    def factor(self) -> float:
        """Minutes this person takes for a minute of the general reader."""
        return self._taken / self._expected if self._expected >= LEAST_MINUTES else 1.0

    def saw(self, expected: float, taken: float) -> None:
        """A part of a text was on the screen: minutes expected for it, and minutes it took."""
        if expected > 0 and FASTEST <= taken / expected <= SLOWEST:
            shrink = min(1.0, _KEPT_MINUTES / (self._expected + expected))
            self._expected = (self._expected + expected) * shrink
            self._taken = (self._taken + taken) * shrink

    def written(self) -> str:
        """What to keep for the next run."""
        return f"{self._expected:.3f} {self._taken:.3f}"
