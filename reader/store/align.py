"""Two versions of a passage, compared: what stands in both, in the order of both.

Owns the folding of what editors change without changing a word (width, quotes, dashes, white space), and an alignment
in the time of the lengths: it starts from the pieces that stand once in either version ("patience diff", B. Cohen) and
grows them as far as both agree. Refuses to know articles and places.

Invariant: folding keeps the length, so an offset means the same before and after.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from reader.document import record

_ALIKE: Final[dict[str, str]] = {
    **dict.fromkeys("\n\t\xa0\u3000\u2002\u2003\u2009\u202f", " "),
    **dict.fromkeys("“”„‟«»〝〞〟「」『』", '"'),
    **dict.fromkeys("‘’‚‛‹›`´′", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict(zip("。．、｡､〈〉《》【】〔〕・…", "..,.,<><>[][]·.", strict=True)),
}
MAX_REPLACED: Final = 80
"""Characters at an end of a passage for which others may stand that are taken for the same words, changed."""
_FOREIGN: Final = 3
_GRAM: Final = 5
_GRAM_WIDE: Final = 3
"""Characters of the pieces the alignment starts from; of Han and the like fewer, which say as much."""


def fold(text: str) -> str:
    """`text` without the differences that are none, of the same length.

    One `str.replace` a character that is there takes a tenth of the time of `str.translate`.
    """
    for char, plain in _ALIKE.items():
        if char in text:
            text = text.replace(char, plain)
    return text


@record
class Alignment:
    """Runs of characters that are the same in an old and a new text, in the order of both."""

    runs: tuple[tuple[int, int, int], ...]
    """Start in the old text, start in the new one, length; apart from one another."""

    def covered(self, start: int, end: int) -> int:
        """How many characters of [start, end) of the old text stand in the new one."""
        return sum(max(0, min(end, old + length) - max(start, old)) for old, _, length in self.runs)

    def gathered(self, start: int, end: int) -> Alignment:
        """Without those runs of [start, end) that lie so far from the others that more is new between them than is old
        in them: `_FOREIGN` new characters outweigh one old one (the largest sum of neighbours; J. Kadane)."""
        inside = [run for run in self.runs if run[0] < end and run[0] + run[2] > start]
        best = total = 0.0
        first = kept_first = kept_last = 0
        for index, (old, new, length) in enumerate(inside):
            if index:
                old_before, new_before, length_before = inside[index - 1]
                foreign = (new - new_before - length_before) - (old - old_before - length_before)
                total -= max(0, foreign) / _FOREIGN
            if total <= 0:
                total, first = 0.0, index
            total += length
            if total > best:
                best, kept_first, kept_last = total, first, index
        dropped = {*inside[:kept_first], *inside[kept_last + 1 :]}
        return Alignment(tuple(run for run in self.runs if run not in dropped))

    def start(self, at: int) -> int:
        """Where in the new text what began at `at` in the old one begins.

        What was put in the place of its first words belongs to it; what was put in the place of more does not.
        """
        before, after = self._beside(at)
        if after is None:
            return before[1] + before[2] if before else 0
        old, there, _ = after
        if old <= at:
            return there + at - old
        least = before[1] + before[2] if before else 0
        if old - at > MAX_REPLACED or there - least > 2 * (old - at) + MAX_REPLACED:
            return there
        return least if before and before[0] + before[2] == at else max(least, there - (old - at))

    def end(self, at: int, length: int) -> int:
        """Where what ended at `at` ends in the new text, of `length` characters; as `start`."""
        before, after = self._beside(at - 1)
        if after is not None and after[0] < at:
            return after[1] + at - after[0]
        most = after[1] if after else length
        if before is None:
            return most
        old, there = before[0] + before[2], before[1] + before[2]
        if at - old > MAX_REPLACED or most - there > 2 * (at - old) + MAX_REPLACED:
            return there
        return most if after and after[0] == at else min(most, there + at - old)

    def _beside(self, at: int) -> tuple[tuple[int, int, int] | None, tuple[int, int, int] | None]:
        """The last run that ends at or before `at`, and the one after it."""
        index = bisect_right(self.runs, at, key=lambda run: run[0] + run[2])
        before = self.runs[index - 1] if index else None
        return before, self.runs[index] if index < len(self.runs) else None


def align(old: str, new: str) -> Alignment:
    """What of `old` stands in `new`, both folded."""
    wide = not old.isascii()
    sizes = (_GRAM_WIDE,) * 2 if wide else (_GRAM,) * 2
    return Alignment(tuple(_runs(old, new, 0, 0, sizes)))


def _runs(old: str, new: str, old_at: int, new_at: int, sizes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The runs of two texts, and those of what lies between them: a piece that is common in the whole need not be so
    between two others. `old_at` and `new_at`: where the texts begin."""
    if not sizes:
        return
    size, *smaller = sizes
    second = _once(new, size)
    pairs = [(at, there) for gram, at in _once(old, size).items() if at >= 0 and (there := second.get(gram, -1)) >= 0]
    old_end = new_end = 0
    for at, there in _rising(pairs):
        if at < old_end or there < new_end:
            continue  # within what has been taken
        back = 0
        while at - back > old_end and there - back > new_end and old[at - back - 1] == new[there - back - 1]:
            back += 1
        on, most = size, min(len(old) - at, len(new) - there)
        while on < most and old[at + on] == new[there + on]:
            on += 1
        gaps = old[old_end : at - back], new[new_end : there - back]
        yield from _runs(*gaps, old_at + old_end, new_at + new_end, smaller)
        yield old_at + at - back, new_at + there - back, back + on
        old_end, new_end = at + on, there + on
    if old_end:
        yield from _runs(old[old_end:], new[new_end:], old_at + old_end, new_at + new_end, smaller)


def _once(text: str, size: int) -> dict[str, int]:
    """Where each piece of `size` characters begins, -1 where it does more than once; in order of the text."""
    found: dict[str, int] = {}
    for at in range(len(text) - size + 1):
        gram = text[at : at + size]
        found[gram] = -1 if gram in found else at
    return found


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs`, which rise in the first number, that rises in the second too."""
    tails: list[int] = []
    at_tail: list[int] = []
    before: list[int] = []
    for index, (_, there) in enumerate(pairs):
        rank = bisect_left(tails, there)
        before.append(at_tail[rank - 1] if rank else -1)
        if rank == len(tails):
            tails.append(there)
            at_tail.append(index)
        else:
            tails[rank], at_tail[rank] = there, index
    chain: list[tuple[int, int]] = []
    index = at_tail[-1] if at_tail else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
