"""Where the passages of one version of an article are in another, told by the whole of both.

Owns the comparison of two texts: lines that stand once in both are the same, and so are the lines that follow or
precede them in both (P. Heckel, CACM 21, 1978, doi:10.1145/359460.359467); what lies between them is compared letter by
letter, once from its beginning and once from its end. A piece of the new text is one piece of the old one at most, so a
text that is repeated is not taken for another of its places. Refuses to guess: what both directions do not put at the
same place is not placed.

Invariant: the time is linear in both texts, and in the number of passages.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from reader import sanitize
from reader.document import record
from reader.store.align import Alignment, align, fold

Run: TypeAlias = tuple[int, int, int]
"""Start in the old text, start in the new one, length."""

_MAX_GAP: Final = 1 << 14
"""Characters between lines that are the same which are compared letter by letter."""
_CONTEXT: Final = 400
"""Characters on each side of a passage whose places are asked for with it."""
_TELLING: Final = 8
"""How many letters and digits a line must have to be known by itself; of any characters twice as many."""
_LONG_LINE: Final = 64
"""Characters of a line that stands nowhere else."""
_SAID: Final = 16
"""Letters of a passage that are enough to know it among lines that were changed."""
_SAME_LINE: Final = 0.3
"""Share of those lines that must be left for a shorter one."""
_SWAPPED: Final = 12
"""Characters of a passage that are known out of their order."""
_REPEATS_NEAR: Final = 1 << 16
"""Characters on each side in which it must not stand again."""
_AROUND: Final = 120
"""Characters on each side that are looked at to tell a passage from another place of the same words."""
_TOLD_BY: Final = 24
"""By how many characters more one of two places must be told by what stands beside it."""
_MOST_OTHERS: Final = 12
"""Of such places, on each side of it, that are looked at."""
_MOST_PIECES: Final = 8
"""Pieces of a text that are compared out of their order."""
_MOST_OF: Final = 0.6
"""Share of a word from which on it is that word."""
_WORD: Final = sanitize.pattern(r"[^\W_\u2e80-\u9fff]+|[\u2e80-\u9fff]")
_LETTER: Final = sanitize.pattern(r"[^\W_]")


@record
class Carried:
    """A place in the new text."""

    start: int
    end: int
    same: float
    """The share of the passage's letters that stand there, 0 to 1; 0 where they may be there by chance."""


NOWHERE: Final = Carried(0, 0, 0.0)


class _Lines:
    """A text as lines that are not empty."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.keys: list[str] = []
        """Without the differences that are none, and without spaces."""
        at = 0
        for line in text.split("\n"):
            end = at + len(line)
            if line and not line.isspace():
                self.starts.append(at)
                self.ends.append(end)
                self.keys.append(self.folded[at:end].replace(" ", ""))
            at = end + 1

    def once(self) -> dict[str, int]:
        """The lines that stand once, by their keys."""
        found: dict[str, int] = {}
        for at, key in enumerate(self.keys):
            found[key] = -1 if key in found else at
        return {key: at for key, at in found.items() if at >= 0}

    def between(self, start: int, end: int) -> range:
        """The lines of which something stands in [start, end)."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def near(self, start: int, end: int) -> str:
        """The folded text around [start, end)."""
        return self.folded[max(0, start - _REPEATS_NEAR) : end + _REPEATS_NEAR]

    def end_before(self, line: int) -> int:
        """Where the line before one ends."""
        return self.ends[line - 1] if line else 0

    def start_of(self, line: int) -> int:
        """Where a line starts; the end of the text for the one after the last."""
        return self.starts[line] if line < len(self.starts) else len(self.text)


class Versions:
    """An old text and a new one."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = _Lines(old), _Lines(new)
        self._there = _matched(self._old, self._new)
        """The line of the new text that each line of the old one is; -1 where it is none."""
        self._back = [-1] * len(self._new.keys)
        for at, there in enumerate(self._there):
            if there >= 0:
                self._back[there] = at
        self._gaps, self._gaps_back = _Gaps(self._there), _Gaps(self._back)
        self._compared: dict[tuple[int, int, int, bool], tuple[Run, ...]] = {}

    @property
    def old(self) -> str:
        """The old text."""
        return self._old.text

    def place(self, start: int, end: int) -> Carried | None:
        """Where [start, end) of the old text is in the new one; None where that is not told. The empty place where one
        direction puts it elsewhere than the other: of texts that are the same there is no telling which was deleted."""
        one, other = (self._place(start, end, backward) for backward in (False, True))
        if one is None and other is None:
            return None
        if one is None or other is None:
            return NOWHERE
        both = min(one.end, other.end) - max(one.start, other.start)
        shorter = min(one, other, key=lambda place: place.end - place.start)
        agreed = 2 * both >= shorter.end - shorter.start
        return shorter if agreed and not self._another(start, end, shorter) else NOWHERE

    def foreign(self, start: int, end: int, first: int, last: int) -> float:
        """The share of the letters of [start, end) of the new text that stand in the old one outside its [first, last),
        0 to 1."""
        there = bytearray(end - start)
        lines = self._new.between(start, end)
        at = lines.start
        while at < lines.stop:
            if self._back[at] >= 0:
                runs = self._line(self._back[at], at)
                at += 1
            else:
                low, at = self._gaps_back.around(at)
                runs = self._origins(low, at)
            others = [(to, old, length) for old, to, length in runs if old + length <= first or old >= last]
            _mark(there, others, start, end)
        return _share(self._new.text, start, end, there)

    def undecided(self, start: int, end: int, at: int) -> bool:
        """Whether there is no telling if the words at `at` of the new text are the passage's: what stands before them
        stood there before, and what stands after them stood behind the same words elsewhere, or the other way round;
        and the new text has these words less often. What was deleted may have begun before the passage or after it."""
        old, new = self._old.folded, self._new.folded
        words = old[start:end]
        if not new.startswith(words, at):
            return False
        before, after = _beside(old, start, new, at, len(words))
        if min(before, after) >= _AROUND - _TOLD_BY:
            return False
        for other in (
            *_before(old, words, max(0, start - _REPEATS_NEAR), start),
            *_after(old, words, end, end + _REPEATS_NEAR),
        ):
            left, right = _beside(old, other, new, at, len(words))
            if max(min(before - left, right - after), min(left - before, after - right)) >= _TOLD_BY:
                return self._new.near(at, at + len(words)).count(words) < self._old.near(start, end).count(words)
        return False

    # ---- a passage ---------------------------------------------------------------------------------------------------

    def _place(self, start: int, end: int, backward: bool) -> Carried | None:
        best: Carried | None = None
        for after in (True, False):
            placed = self._placed(list(self._runs(start - _CONTEXT, end + _CONTEXT, after, backward)), start, end)
            if placed is not None and (best is None or placed.same > best.same):
                best = placed
        return best

    def _placed(self, runs: Sequence[Run], start: int, end: int) -> Carried | None:
        """The place that `runs`, in the order of the old text, give a passage."""
        over = [min(end, old + length) - max(start, old) for old, _, length in runs]
        seed = max(range(len(runs)), key=over.__getitem__, default=-1)
        if seed < 0 or over[seed] <= 0:
            return None
        chain = _chain(runs, seed)
        kept = Alignment(tuple(_split(chain, start, end))).gathered(start, end)
        there = bytearray(end - start)
        _mark(there, kept.runs, start, end)
        low, high = self._lines_left(there, start, end)
        first, last = kept.start(low), kept.end(high, len(self._new.text))
        for old, new, length in sorted(set(runs).difference(chain)):
            # Sentences that have changed places with one another are still the passage.
            inside = min(end, old + length) - max(start, old)
            begins = new + max(0, start - old)
            low, high = min(first, begins), max(last, begins + inside)
            if inside >= _SWAPPED and high - low <= end - start + 2 * _SWAPPED:
                first, last = low, high
                _mark(there, [(old, new, length)], start, end)
        text = self._new.text
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first >= last:
            return None
        same = _share(self.old, start, end, there)
        return Carried(first, last, same if self._known(chain, start, end) else 0.0)

    def _known(self, runs: Sequence[Run], start: int, end: int) -> bool:
        """Whether what is left of a passage is told by lines that are the same, by what it says itself, or by what is
        left of the lines it stands in."""
        if self._stands_beside(runs, start, end):
            return False
        lines = self._old.between(start, end)
        if any(self._there[at] >= 0 for at in lines):
            return any(self._sure(at) for at in lines)
        parts = [self.old[old : old + length] for old, _, length in runs if old < end and old + length > start]
        if not lines or sum(len(_LETTER.findall(part)) for part in parts) >= _SAID:
            return True
        first, last = self._old.starts[lines[0]], self._old.ends[lines[-1]]
        there = bytearray(last - first)
        _mark(there, runs, first, last)
        share = _share(self.old, first, last, there)
        if share < 1.0:
            return share >= _SAME_LINE and sum(map(str.isalnum, self.old[first:last])) * share >= _TELLING
        # All of a short line may stand within a sentence by chance, but not with the line feed beside it.
        return any(old < first <= old + length or old < last < old + length for old, _, length in runs)

    def _stands_beside(self, runs: Sequence[Run], start: int, end: int) -> bool:
        """Whether the very text of a passage stands too in what was deleted right before or after it: there is no
        telling which of the two is left."""
        inside = [at for at, (old, _, length) in enumerate(runs) if old < end and old + length > start]
        if not inside:
            return False
        before = runs[inside[0] - 1][0] + runs[inside[0] - 1][2] if inside[0] else max(0, start - _CONTEXT)
        after = runs[inside[-1] + 1][0] if inside[-1] + 1 < len(runs) else end + _CONTEXT
        text, words = self._old.folded, self._old.folded[start:end]
        return words in text[before : runs[inside[0]][0]] or words in text[sum(runs[inside[-1]][::2]) : after]

    def _another(self, start: int, end: int, found: Carried) -> bool:
        """Whether the words of a passage in lines that were changed stand several times in both texts, and nothing that
        is left right beside them tells it from another of the old text: a line of code that was moved leaves its place
        to the next one that reads the same."""
        old, new = self._old.folded, self._new.folded
        words = old[start:end]
        if any(self._there[at] >= 0 for at in self._old.between(start, end)) or new[found.start : found.end] != words:
            return False
        if _once(words, (self._new.near(found.start, found.end),)):
            return False
        left = _beside(old, start, new, found.start, end - start)
        others = (
            *_before(old, words, max(0, start - _REPEATS_NEAR), start),
            *_after(old, words, end, end + _REPEATS_NEAR),
        )
        shared = (_beside(old, start, old, at, end - start) for at in others)
        return any(left[0] <= before and left[1] <= after for before, after in shared)

    def _sure(self, at: int) -> bool:
        """Whether a line that stands in both is the same: a short one may be a sentence of another paragraph."""
        to = self._there[at]
        if to < 0:
            return False
        beside = ((at + step, to + step) for step in (-1, 1))
        if any(0 <= one < len(self._there) and self._there[one] == other >= 0 for one, other in beside):
            return True
        old, new = self._old, self._new
        key = old.folded[old.starts[at] : old.ends[at]]
        near = old.near(old.starts[at], old.ends[at]), new.near(new.starts[to], new.ends[to])
        return len(key) >= _LONG_LINE or _once(key, near)

    def _lines_left(self, there: bytearray, start: int, end: int) -> tuple[int, int]:
        """[start, end) without the lines at its ends of which nothing stands in the new text: what was written in their
        place is not the passage."""
        old = self._old
        parts = [(max(start, old.starts[at]), min(end, old.ends[at])) for at in old.between(start, end)]
        left = [(low, high) for low, high in parts if 1 in there[low - start : high - start]]
        return (left[0][0], left[-1][1]) if left else (start, end)

    # ---- what of the old text stands in the new one ------------------------------------------------------------------

    def _runs(self, start: int, end: int, after: bool, backward: bool) -> Iterator[Run]:
        """Those around [start, end), in the order of the old text."""
        lines = self._old.between(start, end)
        at = lines.start
        while at < lines.stop:
            if self._there[at] >= 0:
                yield from self._line(at, self._there[at])
                at += 1
                continue
            low, at = self._gaps.around(at)
            runs = self._gap(low, at, after, backward)
            yield from (run for run in runs if run[0] < end and run[0] + run[2] > start)

    def _line(self, at: int, to: int) -> list[Run]:
        """A line that stands in both, but for its spaces."""
        start, there = self._old.starts[at], self._new.starts[to]
        one, other = self._old.folded[start : self._old.ends[at]], self._new.folded[there : self._new.ends[to]]
        if one == other:
            return [(start, there, len(one))]
        return [(start + a, there + b, length) for a, b, length in align(one, other).runs]

    def _gap(self, low: int, high: int, after: bool, backward: bool) -> list[Run]:
        """The lines [low, high) of the old text, which stand nowhere as they were, against what stands in the new one
        after the line before them, or before the line after them."""
        old, new = self._old, self._new
        if after:
            first = self._there[low - 1] + 1 if low else 0
            last = self._gaps_back.around(first)[1] if first < len(self._back) else first
        else:
            last = self._there[high] if high < len(self._there) else len(self._back)
            first = self._gaps_back.around(last - 1)[0] if last and self._back[last - 1] < 0 else last
        start, end = old.end_before(low), old.start_of(high)
        there, to = new.end_before(first), new.start_of(last)
        if end - start > _MAX_GAP or to - there > _MAX_GAP:
            return []
        key = (start, there, to, backward)
        if key not in self._compared:
            near = old.near(start, end), new.near(there, to)
            self._compared[key] = _compared(old.folded[start:end], new.folded[there:to], near, backward)
        return [(start + a, there + b, length) for a, b, length in self._compared[key]]

    def _origins(self, low: int, high: int) -> list[Run]:
        """What of the lines [low, high) of the new text, which stand nowhere in the old one as they are, stands there
        between the lines that are around them."""
        first = self._back[low - 1] + 1 if low else 0
        if first < len(self._there) and self._there[first] < 0:
            return self._gap(*self._gaps.around(first), True, False)
        last = self._back[high] if high < len(self._back) else len(self._there)
        if last and self._there[last - 1] < 0:
            return self._gap(*self._gaps.around(last - 1), False, False)
        return []


# ---- lines -----------------------------------------------------------------------------------------------------------


def _matched(one: _Lines, other: _Lines) -> list[int]:
    """Which line of the other text each line of the one is, -1 for none: what follows and what precedes speak for the
    same one, or one of them for none."""
    there = other.once()
    sure = [-1] * len(one.keys)
    for key, at in one.once().items():
        to = there.get(key, -1)
        if to >= 0 and (len(key) >= 2 * _TELLING or len(_LETTER.findall(key)) >= _TELLING):
            sure[at] = to
    down, up = (_extended(one.keys, other.keys, sure, step) for step in (1, -1))
    from_down = {to: at for at, to in enumerate(down) if to >= 0}
    from_up = {to: at for at, to in enumerate(up) if to >= 0}
    both = [-1] * len(sure)
    for at, (first, second) in enumerate(zip(down, up, strict=True)):
        to = max(first, second)
        agreed = first == second or min(first, second) < 0
        if to >= 0 and agreed and from_down.get(to, at) == at and from_up.get(to, at) == at:
            both[at] = to
    return both


def _extended(old: Sequence[str], new: Sequence[str], sure: Sequence[int], step: int) -> list[int]:
    """`sure` with the lines that follow (`step` 1) or precede (-1) a matched line in both texts, as long as they are
    the same."""
    found = list(sure)
    taken = {to for to in sure if to >= 0}
    for at in range(len(old)) if step > 0 else range(len(old) - 1, -1, -1):
        to = found[at] + step
        if found[at] < 0 or not (0 <= at + step < len(old) and 0 <= to < len(new)):
            continue
        if found[at + step] < 0 and to not in taken and old[at + step] == new[to]:
            found[at + step] = to
            taken.add(to)
    return found


class _Gaps:
    """The lines that are not matched, between those that are."""

    def __init__(self, matches: Sequence[int]) -> None:
        self._matched = [at for at, to in enumerate(matches) if to >= 0]
        self._lines = len(matches)

    def around(self, at: int) -> tuple[int, int]:
        """The first of them around a line, and the one after the last; nothing where that line is matched."""
        index = bisect_left(self._matched, at)
        after = self._matched[index] if index < len(self._matched) else self._lines
        before = self._matched[index - 1] + 1 if index else 0
        return (at, at) if after == at else (before, after)


# ---- letters ---------------------------------------------------------------------------------------------------------


def _chain(runs: Sequence[Run], seed: int) -> list[Run]:
    """The runs around one that follow one another in both texts."""
    before, after = runs[seed], runs[seed]
    first: list[Run] = []
    for run in reversed(runs[:seed]):
        if run[0] + run[2] <= before[0] and run[1] + run[2] <= before[1]:
            first.append(run)
            before = run
    last: list[Run] = []
    for run in runs[seed + 1 :]:
        if run[0] >= after[0] + after[2] and run[1] >= after[1] + after[2]:
            last.append(run)
            after = run
    return [*reversed(first), runs[seed], *last]


def _split(runs: Iterable[Run], start: int, end: int) -> Iterator[Run]:
    """The runs, cut where they reach over an end of the passage [start, end)."""
    for old, new, length in runs:
        cuts = [old, *(at for at in (start, end) if old < at < old + length), old + length]
        yield from ((low, new + low - old, high - low) for low, high in pairwise(cuts))


def _compared(old: str, new: str, near: tuple[str, str], backward: bool) -> tuple[Run, ...]:
    """The runs of two folded texts, in the order of the old one; `backward`: as they are where both are read from their
    end. Those that have changed places are among them where they stand once in each of `near`, the texts around."""
    runs = align(old[::-1], new[::-1]).runs if backward else align(old, new).runs
    if backward:
        runs = tuple((len(old) - a - length, len(new) - b - length, length) for a, b, length in reversed(runs))
    left = _pieces([(b, length) for _, b, length in runs], len(new))
    swapped: list[Run] = []
    for low, high in _pieces([(a, length) for a, _, length in runs], len(old)):
        for start, end in left:
            found = ((low + a, start + b, length) for a, b, length in align(old[low:high], new[start:end]).runs)
            swapped += (one for one in found if one[2] >= _SWAPPED and _once(old[one[0] : one[0] + one[2]], near))
    return tuple(sorted([*runs, *swapped]))


def _before(text: str, words: str, low: int, high: int) -> Iterator[int]:
    """Where `words` stand in [low, high), the nearest to its end first."""
    for _ in range(_MOST_OTHERS):
        at = text.rfind(words, low, high)
        if at < 0:
            return
        yield at
        high = at + len(words) - 1


def _after(text: str, words: str, low: int, high: int) -> Iterator[int]:
    """Where `words` stand in [low, high), in order."""
    for _ in range(_MOST_OTHERS):
        at = text.find(words, low, high)
        if at < 0:
            return
        yield at
        low = at + 1


def _beside(old: str, at: int, new: str, to: int, length: int) -> tuple[int, int]:
    """How many characters right before and right after `length` ones at `at` are those at `to`."""
    before = _same(old[max(0, at - _AROUND) : at][::-1], new[max(0, to - _AROUND) : to][::-1])
    return before, _same(old[at + length : at + length + _AROUND], new[to + length : to + length + _AROUND])


def _same(one: str, other: str) -> int:
    """How many characters both begin with."""
    differ = (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right)
    return next(differ, min(len(one), len(other)))


def _once(words: str, texts: Iterable[str]) -> bool:
    return all(text.find(words, text.find(words) + 1) < 0 for text in texts)


def _pieces(taken: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The longest pieces that `taken`, as starts and lengths, leaves of a text."""
    starts = [0, *(at + size for at, size in taken)]
    pieces = zip(starts, [*(at for at, _ in taken), length], strict=True)
    longest = sorted(pieces, key=lambda piece: piece[0] - piece[1])[:_MOST_PIECES]
    return sorted(piece for piece in longest if piece[1] - piece[0] >= _SWAPPED)


def same_words(old: str, new: str) -> float:
    """The share of the letters of `old` that stand in `new`, in words of which most does, 0 to 1."""
    there = bytearray(len(old))
    _mark(there, align(fold(old), fold(new)).runs, 0, len(old))
    return _share(old, 0, len(old), there)


def _mark(there: bytearray, runs: Iterable[Run], start: int, end: int) -> None:
    """Sets 1 for each character of [start, end) that is in `runs`."""
    for old, _, length in runs:
        low, high = max(start, old), min(end, old + length)
        if low < high:
            there[low - start : high - start] = b"\1" * (high - low)


def _share(text: str, start: int, end: int, there: bytearray) -> float:
    """The share of the letters of [start, end) that is there, in words of which most is; of its characters where it has
    no letters."""
    words = [(match.start() - start, match.end() - start) for match in _WORD.finditer(text, start, end)]
    every = found = 0
    for low, high in words or [(0, end - start)]:
        covered = there.count(1, low, high)
        every += high - low
        found += covered if covered >= _MOST_OF * (high - low) else 0
    return found / max(1, every)
