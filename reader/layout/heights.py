"""How many rows stand above a unit, and which unit a row is in, while heights are still being corrected.

Owns sums over buckets: a change costs one bucket, a look-up the number of buckets, and a hundred thousand units are no
matter. Invariant: `total` is the sum of all heights.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence


class Heights:
    """The rows each unit takes."""

    SIZE = 512

    def __init__(self) -> None:
        self._each: array[int] = array("l")
        self._sums: list[int] = []
        self.total = 0

    def __getitem__(self, index: int) -> int:
        return self._each[index]

    def fill(self, heights: Sequence[int]) -> None:
        """All heights anew."""
        self._each = array("l", heights)
        self._sums = [sum(self._each[i : i + self.SIZE]) for i in range(0, len(self._each), self.SIZE)]
        self.total = sum(self._sums)

    def extend(self, heights: Sequence[int]) -> None:
        """More units at the end."""
        keep = len(self._each) // self.SIZE
        self._each.extend(heights)
        del self._sums[keep:]
        self._sums += [sum(self._each[i : i + self.SIZE]) for i in range(keep * self.SIZE, len(self._each), self.SIZE)]
        self.total = sum(self._sums)

    def set(self, index: int, height: int) -> None:
        """Corrects one."""
        change = height - self._each[index]
        if change:
            self._each[index] = height
            self._sums[index // self.SIZE] += change
            self.total += change

    def top(self, index: int) -> int:
        """Rows above unit `index`."""
        bucket = index // self.SIZE
        return sum(self._sums[:bucket]) + sum(self._each[bucket * self.SIZE : index])

    def find(self, y: int) -> tuple[int, int]:
        """The unit that holds row `y`, and the row's place in it."""
        bucket = 0
        while bucket + 1 < len(self._sums) and y >= self._sums[bucket]:
            y -= self._sums[bucket]
            bucket += 1
        for index in range(bucket * self.SIZE, len(self._each)):
            if y < self._each[index]:
                break
            y -= self._each[index]
        return index, y
