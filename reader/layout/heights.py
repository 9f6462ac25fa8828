"""How many rows stand above a unit, and which unit a row is in, while heights are still being corrected.

Owns sums over buckets of units: a change costs one bucket, a look-up the number of buckets, and one near the last
look-up the units between, since a screen asks for each of its rows several times. Invariant: `total` is the sum of all
heights.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

BUCKET_UNITS = 512
"""Units whose heights are summed up together: about the square root of the units of the largest articles."""
_NEAR_UNITS = 64
"""As many units are gone through from the last look-up before the buckets are."""


class Heights:
    """The rows each unit takes."""

    def __init__(self) -> None:
        self._each: array[int] = array("l")
        self._sums: list[int] = []
        self._near = 0
        self._near_top = 0
        """The unit looked up last, and the rows above it."""
        self.total = 0

    def __len__(self) -> int:
        return len(self._each)

    def __getitem__(self, index: int) -> int:
        return self._each[index]

    def fill(self, heights: Sequence[int]) -> None:
        """All heights anew."""
        self._each = array("l")
        self._sums = []
        self._near = self._near_top = 0
        self.extend(heights)

    def extend(self, heights: Sequence[int]) -> None:
        """More units at the end."""
        keep = len(self._each) // BUCKET_UNITS
        self._each.extend(heights)
        del self._sums[keep:]
        first = keep * BUCKET_UNITS
        self._sums += [sum(self._each[i : i + BUCKET_UNITS]) for i in range(first, len(self._each), BUCKET_UNITS)]
        self.total = sum(self._sums)

    def set(self, index: int, height: int) -> None:
        """Corrects one."""
        change = height - self._each[index]
        if change:
            self._each[index] = height
            self._sums[index // BUCKET_UNITS] += change
            self.total += change
            if index < self._near:
                self._near_top += change

    def top(self, index: int) -> int:
        """Rows above unit `index`."""
        bucket = index // BUCKET_UNITS
        return sum(self._sums[:bucket]) + sum(self._each[bucket * BUCKET_UNITS : index])

    def find(self, y: int) -> tuple[int, int]:
        """The unit that holds row `y` (that of the last row, if there are fewer), and the row's number in it."""
        each, index, top = self._each, self._near, self._near_top
        least, most = max(0, index - _NEAR_UNITS), min(len(each), index + _NEAR_UNITS)
        while y < top and index > least:
            index -= 1
            top -= each[index]
        while index < most and y >= top + each[index]:
            top += each[index]
            index += 1
        if y < top or index == most:
            index, top = self._found(y)
        self._near, self._near_top = index, top
        return index, y - top

    def _found(self, y: int) -> tuple[int, int]:
        """The unit that holds row `y`, or the last one, and the rows above it."""
        bucket = top = 0
        while bucket + 1 < len(self._sums) and y >= top + self._sums[bucket]:
            top += self._sums[bucket]
            bucket += 1
        index = bucket * BUCKET_UNITS
        while index + 1 < len(self._each) and y >= top + self._each[index]:
            top += self._each[index]
            index += 1
        return index, top
