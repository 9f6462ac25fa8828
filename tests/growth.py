"""Whether the work on a text grows faster than the text, measured in this process and confirmed before it is believed.

Refuses to say how long anything takes: only the ratio between two sizes counts, and only from a time on in which chance
has no part.
"""

from __future__ import annotations

import time
from collections.abc import Callable

_FACTOR = 8
_ALLOWED = 2.5
"""Times the factor that the larger size may take longer: three times less than what a square would."""
_AGAIN = 4
"""Times as much again: what is nested grows faster only until it is as deep as anything is parsed."""
_NOTICEABLE_S = 0.15
_clock = time.thread_time if time.get_clock_info("thread_time").resolution < 0.0001 else time.perf_counter
"""Other work on the machine does not count."""


def superlinear(work: Callable[[str], object], make: Callable[[int], str], size: int = 2_000) -> str:
    """The figures of a growth that is more than linear, between a size and eight times as much; empty where it is not.
    `make` gives a text of about so many characters."""
    small, large = make(size), make(_FACTOR * size)
    figures = []
    for _ in range(3):
        least = min(timed(lambda: work(small)) for _ in range(2))
        most = timed(lambda: work(large))
        if most < _NOTICEABLE_S or most < _ALLOWED * _FACTOR * least:
            return ""
        figures.append(f"{least * 1000:.0f} to {most * 1000:.0f} ms")
        if most > 5:
            return ", ".join(figures)
    larger = make(_AGAIN * _FACTOR * size)
    still = timed(lambda: work(larger))
    return "" if still < 2 * _AGAIN * most else ", ".join((*figures, f"then {still * 1000:.0f} ms"))


def timed(work: Callable[[], object]) -> float:
    """Seconds of computing that some work takes."""
    started = _clock()
    work()
    return _clock() - started
