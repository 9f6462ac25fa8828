"""The table of figures: what was measured, against what, the ratio, and the bound."""

from __future__ import annotations

import statistics
from collections.abc import Iterable

Seconds = float | None
"""None: it never happened."""


def median(values: Iterable[Seconds]) -> Seconds:
    """Of those that happened; None if most did not."""
    values = list(values)
    known = [value for value in values if value is not None]
    return statistics.median(known) if known and 2 * len(known) > len(values) else None


class Table:
    """Prints rows as they come, and counts those outside their bound."""

    def __init__(self) -> None:
        self.misses = 0

    def head(self, title: str) -> None:
        """Begins a part of the table."""
        print(f"\n{title}\n{'':2}{'work':<58}{'measured':>12}{'against':>12}{'ratio':>8}{'bound':>10}")

    def row(
        self, work: str, value: Seconds, *, against: Seconds = None, bound: float | None = None, unit: str = "ms"
    ) -> None:
        """One line; with `against` the bound is of the ratio, without of the value (in seconds or MiB)."""
        ratio = value / against if value is not None and against else None
        judged = ratio if against else value
        late = bound is not None and (judged is None or judged > bound)
        self.misses += late
        shown_bound = "" if bound is None else f"{bound:g}x" if against else _shown(bound, unit)
        print(
            f"{'! ' if late else '  '}{work:<58}{_shown(value, unit):>12}"
            f"{_shown(against, unit) if against else '':>12}{f'{ratio:.2f}x' if ratio else '':>8}{shown_bound:>10}",
            flush=True,
        )

    def note(self, line: str) -> None:
        """A line that is no figure."""
        print(f"  {line}", flush=True)


def _shown(value: Seconds, unit: str) -> str:
    if value is None:
        return "never"
    return {"ms": f"{value * 1000:.0f} ms", "s": f"{value:.2f} s", "MiB": f"{value:.0f} MiB"}[unit]
