"""Passages found again in an article that was edited: each is exact, moved or lost.

Owns the rules by which a place is taken for the passage that was meant: by its position, then by the exact text nearest
to the old place and section, then by what was reworded of it. What is asked of a place is its *likeness*: the share of
the passage that stands there, and the share of what stood around it, 0 to 2. Refuses to guess: a place that looks no
more like the passage than another place of the article did when it was marked is not it, so a passage that is gone is
lost, though the same words stand elsewhere.

Invariant: the time is linear in the text and in the number of passages. A range that is returned lies in the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal, TypeAlias

from reader import sanitize
from reader.document import Range, Section, record
from reader.store.align import align, fold
from reader.store.place import QUOTE, Place
from reader.store.records import MAX_CONTEXT, Selector
from reader.store.seeds import candidates
from reader.store.versions import NOWHERE, Carried, Versions, same_words

Status: TypeAlias = Literal["exact", "moved", "lost", "pending"]
"""exact: it stands where it stood, as it was. moved: elsewhere, or in other words. lost: it is not in the text.
pending: the text is not whole yet, and it may come."""

_NEAR: Final = 2000
"""Characters around the place where a passage is expected in which its text is looked for first."""
_MOST_NEAR: Final = 64
"""Times the text of a passage is looked at there."""
_MAX_SCANNED: Final = 1 << 25
"""Characters that are looked through for passages too short for `candidates`: some 30 ms."""
_MOST_WINDOWS: Final = 4
"""Places of the whole text at which a passage is looked for."""
_LONGEST: Final = 4096
"""Characters of a passage that is compared as a whole; of a longer one both ends are."""
_RIVALS_NEAR: Final = 1 << 17
"""Characters on each side in which another place like the passage is looked for: what repeats does so nearby, and a key
waits for the answer."""
_PARTS_NEAR: Final = 1 << 14
"""The same for another part of the old text that was reworded, which is looked for with each passage."""
_MOST_TWINS: Final = 500
_MOST_RIVALS: Final = 24
"""Times the text of a passage is looked for there, and the nearest of these that are compared."""
_ALIKE: Final = 1.25
"""Likeness of a rival from which on more of what stands around the passage is kept."""

_REFRESHED: Final = 0.8
"""Share of a passage that reads as it did, from which on it is stored anew."""
_CLEAR: Final = 0.1
"""By how much likeness a place must exceed that of the rival."""
_LIKE: Final = 1.1
"""Likeness that is enough where there is no rival."""
_ADJACENT: Final = 6
"""Characters right beside an exact text that make it sure, where the article has it once."""
_LEAST_SAME: Final = 0.4
"""Share of a passage that must be left of it whatever stands around it."""
_LEAST_OF_FEW: Final = 0.5
"""The same of a passage that says little: half its words may stand in another sentence on the same thing."""
_BY_ITSELF: Final = 0.75
"""The same where next to nothing is left of what stood around it, of a passage that says much."""
_TAKEN: Final = 0.5
"""Share of a place that is known to be another part of the article, from which on it is not the passage's."""
_TELLING: Final = 16
_TELLING_REWORDED: Final = 60
"""How much a passage must say (`_weight`) to be known by itself: as it was, and reworded."""

_LETTER: Final = sanitize.pattern(r"[^\W_]")
_WIDE: Final = sanitize.pattern(
    "[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff]"
)


@record
class Anchored:
    """Where a passage is."""

    range: Range | None
    """None unless it is exact or moved."""
    status: Status
    same: float = 1.0
    """Share of the passage that reads as it did, 0 to 1."""


def selector_at(
    start: int, end: int, text: str, sections: Sequence[Section] = (), digest: str = "", *, compared: bool = True
) -> Selector:
    """The selector of the passage [start, end), clamped into `text`. Takes some milliseconds unless `compared` is
    False: then it is not known how much it is like other places, and `refreshed` finds out.

    Of a passage that is much like another place of the article, more is kept of what stands around it, up to
    `MAX_CONTEXT` characters on each side.
    """
    start = max(0, min(start, len(text)))
    end = max(start, min(end, len(text)))
    anchoring = _Anchoring(text, sections, digest)
    context = QUOTE
    if not compared:
        return anchoring.described(start, end, context)
    while True:
        made = anchoring.compared_with_others(anchoring.described(start, end, context))
        if (made.rival < _ALIKE and made.twin < context) or context >= MAX_CONTEXT:
            return made
        context = min(MAX_CONTEXT, 3 * context)


def anchored(
    selectors: Sequence[Selector],
    text: str,
    sections: Sequence[Section] = (),
    digest: str = "",
    *,
    before: Mapping[str, str] | None = None,
    complete: bool = True,
) -> tuple[Anchored, ...]:
    """Where each of `selectors` is in `text`, in their order.

    `digest` is the file's; `before` the texts that selectors count in, as far as they are known, by the digests of
    their files. While the text still grows (`complete` false) those that stand where they stood are exact and the
    others pending. 200 passages in 10 MB take some 0.3 s at the most, whatever was edited.
    """
    if not (complete and before):
        return _Anchoring(text, sections, digest).all(selectors, complete)
    versions = {
        known: Versions(before[known], text)
        for known in {one.digest for one in selectors}
        if known != digest and known in before
    }
    found: dict[int, Anchored] = {}
    rest: list[int] = []
    doubtful: dict[int, Range] = {}
    """Places at which a passage may be by chance."""
    for index, selector in enumerate(selectors):
        known = versions.get(selector.digest)
        carried = known.place(selector.start, selector.end) if known and _counts_in(selector, known) else None
        place = None if carried is None or known is None else _taken(selector, carried, known.old, text)
        if carried is not None and place is None:
            doubtful[index] = Range(carried.start, carried.end)
        if place is None:
            rest.append(index)
        else:
            found[index] = place
    others = _Anchoring(text, sections, digest).all([selectors[index] for index in rest], complete)
    for index, place in zip(rest, others, strict=True):
        selector, known = selectors[index], versions.get(selectors[index].digest)
        where = place.range
        chance = where is not None and index in doubtful and doubtful[index].overlaps(where)
        other = known is not None and where is not None and _is_other(selector, known, text, where)
        found[index] = Anchored(None, "lost", 0.0) if chance or other else place
    for index, place in found.items():
        selector, known = selectors[index], versions.get(selectors[index].digest)
        if known is None or place.range is None or place.same < 1.0 or not _counts_in(selector, known):
            continue
        if known.undecided(selector.start, selector.end, place.range.start):
            found[index] = Anchored(None, "lost", 0.0)
    return tuple(found[index] for index in range(len(selectors)))


def _is_other(selector: Selector, versions: Versions, text: str, where: Range) -> bool:
    """Whether a place that looks like a passage is another part of the article, or has none of its words."""
    if not _counts_in(selector, versions):
        return False
    least = _LEAST_SAME if _weight(selector.exact) >= _TELLING_REWORDED else _LEAST_OF_FEW
    if len(selector.exact) <= _LONGEST and same_words(selector.exact, text[where.start : where.end]) < least:
        return True
    if versions.foreign(where.start, where.end, selector.start, selector.end) > _TAKEN:
        return True
    return is_more_of_another(selector, versions.old, text[where.start : where.end])


def is_more_of_another(selector: Selector, old: str, found: str) -> bool:
    """Whether more of what was found stands together elsewhere in the old text than in the passage: one that repeats
    another part, as a list at the end does, is not that part when it has been deleted."""
    if len(found) > _LONGEST or found == selector.exact:
        return False
    words = fold(found)
    own = align(words, fold(selector.exact)).covered(0, len(words))
    if own >= len(words) * (1 - _CLEAR):
        return False
    low, high = max(0, selector.start - _PARTS_NEAR), selector.end + _PARTS_NEAR
    others = old[low : selector.start] + old[selector.end : high]
    for offset in candidates([words], others, 1)[0]:
        window = fold(others[max(0, offset - QUOTE) : offset + len(words) * 5 // 4 + QUOTE])
        if align(words, window).covered(0, len(words)) > own + len(words) * _CLEAR:
            return True
    return False


def _counts_in(selector: Selector, versions: Versions) -> bool:
    """Whether the offsets of a selector are of the old text."""
    return bool(selector.exact) and versions.old.startswith(selector.exact, selector.start)


def _taken(selector: Selector, carried: Carried, old: str, text: str) -> Anchored | None:
    """A place that the two versions of an article tell; None where too little of the passage stands there, or more of
    another part of the old text."""
    if carried is NOWHERE:
        return Anchored(None, "lost", 0.0)
    length, was = carried.end - carried.start, selector.end - selector.start
    if carried.same < _LEAST_SAME or not was * 0.4 - 10 <= length <= was * 2.5 + 40:
        return None
    if carried.same < 1.0 and is_more_of_another(selector, old, text[carried.start : carried.end]):
        return None
    stands = carried.start == selector.start and length == was and text.startswith(selector.exact, selector.start)
    return Anchored(Range(carried.start, carried.end), "exact" if stands else "moved", carried.same)


def refreshed(
    selectors: Sequence[Selector],
    found: Sequence[Anchored],
    text: str,
    sections: Sequence[Section] = (),
    digest: str = "",
) -> tuple[Selector | None, ...]:
    """What to store of passages that `anchored` has found in an edited article; None: as it is.

    Their new place, so that the next edit is measured from this one; and their text in full, or as it was reworded. One
    that reads much otherwise keeps what it was made from.
    """
    return tuple(
        None
        if place.range is None
        or place.same < _REFRESHED
        or (place.status == "exact" and selector.whole and selector.digest == digest and selector.rival >= 0)
        else _again(selector, place.range, text, sections, digest)
        for selector, place in zip(selectors, found, strict=True)
    )


def locate_all(
    places: Sequence[Place], text: str, sections: Sequence[Section] = (), digest: str = ""
) -> tuple[int, ...]:
    """The offset of each place in `text`, as `locate` finds one, in one walk for all of them."""
    anchoring = _Anchoring(text, sections, digest)
    points = [
        Selector(place.offset, place.offset, "", place.before, place.after, place.section, place.into, place.digest)
        for place in places
    ]
    found = anchoring.all(points, complete=True)
    return tuple(anchoring.point(point, place) for point, place in zip(points, found, strict=True))


def _again(selector: Selector, where: Range, text: str, sections: Sequence[Section], digest: str) -> Selector:
    """The rival stays what it was, where it is known: an edit makes few passages alike, and it takes time to find."""
    if selector.rival < 0:
        return selector_at(where.start, where.end, text, sections, digest)
    context = max(QUOTE, len(selector.prefix), len(selector.suffix))
    made = _Anchoring(text, sections, digest).described(where.start, where.end, context)
    return replace(made, rival=selector.rival, twin=selector.twin)


@record
class _Candidate:
    """A place at which a passage may be."""

    start: int
    end: int
    same: float
    """Share of the passage that stands there."""
    around: float
    """Share of what stood around it that does."""

    @property
    def likeness(self) -> float:
        return self.same + self.around


class _Anchoring:
    """One text in which passages are looked for."""

    def __init__(self, text: str, sections: Sequence[Section] = (), digest: str = "") -> None:
        self.text, self.sections, self.digest = text, sections, digest
        self._scan_left = _MAX_SCANNED

    def all(self, selectors: Sequence[Selector], complete: bool) -> tuple[Anchored, ...]:
        """In the order of the text, since what moves one passage moves its neighbours."""
        found: dict[int, Anchored] = {}
        missing: list[int] = []
        shifts: list[int] = []
        shift = 0
        for index in sorted(range(len(selectors)), key=lambda index: selectors[index].start):
            selector = selectors[index]
            start = self._standing(selector, selector.start)
            if start is None and complete:
                start = self._standing(selector, selector.start + shift)
                start = self._near(selector, selector.start + shift) if start is None else start
            if start is not None:
                shift = start - selector.start
                found[index] = self._whole(selector, start)
            elif complete:
                missing.append(index)
                shifts.append(shift)
            else:
                found[index] = Anchored(None, "pending")
        found |= zip(missing, self._search([selectors[index] for index in missing], shifts), strict=True)
        return tuple(found[index] for index in range(len(selectors)))

    def point(self, selector: Selector, place: Anchored) -> int:
        """The offset of a place: where it was found, else in its section, else where it was."""
        if place.range is not None:
            return place.range.start
        named = [one for one in self.sections if selector.section and one.title == selector.section]
        if not named:
            return min(selector.start, len(self.text))
        nearest = min(named, key=lambda one: abs(one.start + selector.into - selector.start))
        return min(nearest.start + selector.into, max(nearest.start, nearest.end - 1), len(self.text))

    def described(self, start: int, end: int, context: int) -> Selector:
        """The passage [start, end) with `context` characters on each side; not compared with others."""
        section = _section_of(start, self.sections)
        return Selector(
            *(start, end, self.text[start:end], self.text[max(0, start - context) : start]),
            *(self.text[end : end + context], section.title if section else ""),
            *(start - section.start if section else 0, self.digest),
        )

    def compared_with_others(self, selector: Selector) -> Selector:
        """The same with its rival and its twin: what would be found if the passage, or its lines, were deleted."""
        low = max(0, selector.start - _RIVALS_NEAR)
        area = self.text[low : selector.end + _RIVALS_NEAR]
        start, end = selector.start - low, selector.end - low
        line = area.rfind("\n", 0, start) + 1
        after = len(area) if (at := area.find("\n", end)) < 0 else at
        while after < len(area) and area[after] == "\n":
            after += 1
        holes = {(start, end), (line, after)}
        found = [_Anchoring(area[:first] + area[last:])._others(selector, first) for first, last in holes]
        rival, twin = max(rival for rival, _ in found), max(twin for _, twin in found)
        return replace(selector, rival=round(min(2.0, rival), 3), twin=twin)

    def _others(self, selector: Selector, expected: int) -> tuple[float, int]:
        """The rival and the twin of a passage that is not in this text; it was at `expected`."""
        exact = selector.exact
        twins = list(_occurrences(self.text, exact, 0, len(self.text), _MOST_TWINS)) if exact else []
        near = sorted(twins, key=lambda at: abs(at - expected))[:_MOST_RIVALS]
        likeness = [1.0 + self._beside(selector, at, at + len(exact)) for at in near]
        for needle in _needles(selector):
            windows = [expected - len(selector.prefix)]
            windows += candidates([fold(_whole_needle(needle))], self.text, _MOST_WINDOWS)[0]
            for one in (one for offset in windows for one in self._compared(needle, offset)):
                likeness += [one.likeness] if one.same >= _LEAST_SAME else []
        return max(likeness, default=0.0), max((sum(self._adjacent(selector, at)) for at in twins), default=-1)

    # ---- the text as it was ----------------------------------------------------------------------------------------

    def _standing(self, selector: Selector, at: int) -> int | None:
        """`at` where the very passage stands there."""
        if not 0 <= at <= len(self.text) or not self.text.startswith(selector.exact, at):
            return None
        if selector.digest == self.digest and at == selector.start and selector.exact:
            return at
        return at if self._sure(selector, at) else None

    def _near(self, selector: Selector, at: int) -> int | None:
        """Where the very passage stands around `at`."""
        if not selector.exact:
            return None
        places = _occurrences(self.text, selector.exact, max(0, at - _NEAR), at + len(selector.exact) + _NEAR)
        return self._surest(selector, places, at)

    def _surest(self, selector: Selector, places: Iterator[int], expected: int) -> int | None:
        """The place of its exact text that is the passage's: by what stands beside it, its section, its distance."""
        sure = {there: sum(self._adjacent(selector, there)) for there in places if self._sure(selector, there)}
        return max(sure, key=lambda there: (sure[there], *self._rank(selector, there, expected))) if sure else None

    def _rank(self, selector: Selector, start: int, expected: int) -> tuple[bool, int]:
        section = _section_of(start, self.sections)
        return bool(section and section.title == selector.section), -abs(start - expected)

    def _adjacent(self, selector: Selector, at: int) -> tuple[int, int]:
        """How many of the characters beside the passage stand right before and after `at`, where its exact text is."""
        end = at + len(selector.exact)
        prefix, suffix = selector.prefix, selector.suffix
        before, after = self.text[max(0, at - len(prefix)) : at], self.text[end : end + len(suffix)]
        return (
            len(prefix) if before == prefix else _common(fold(before)[::-1], fold(prefix)[::-1]),
            len(suffix) if after == suffix else _common(fold(after), fold(suffix)),
        )

    def _sure(self, selector: Selector, at: int) -> bool:
        """Whether the exact text at `at` is the passage's, by what stands right before and after it."""
        adjacent = sum(self._adjacent(selector, at))
        if adjacent == len(selector.prefix) + len(selector.suffix):
            return True
        if selector.twin < 0 and selector.rival >= 0:
            return adjacent >= (_ADJACENT if _weight(selector.exact) >= _TELLING else 2 * _ADJACENT)
        return adjacent >= max(selector.twin, _ADJACENT) + _ADJACENT

    # ---- the text as it was edited ---------------------------------------------------------------------------------

    def _search(self, selectors: Sequence[Selector], shifts: Sequence[int]) -> Iterator[Anchored]:
        """Where each passage is that does not stand where its neighbours do."""
        needles = [fold(_whole_needle(needle)) for selector in selectors for needle in _needles(selector)]
        places = iter(candidates(needles, self.text, _MOST_WINDOWS))
        for selector, shift in zip(selectors, shifts, strict=True):
            yield self._joined(selector, [self._likeliest(one, next(places), shift) for one in _needles(selector)])

    def _joined(self, selector: Selector, parts: Sequence[_Candidate | None]) -> Anchored:
        """A passage of its two ends, where it is long."""
        first, last = parts[0], parts[-1]
        if first is None or last is None:
            return Anchored(None, "lost", 0.0)
        if len(parts) == 1:
            rest = max(0, selector.end - selector.start - len(selector.exact))
            return Anchored(Range(first.start, min(first.end + rest, len(self.text))), "moved", first.same)
        length, before = last.end - first.start, selector.end - selector.start
        if not before / 2 <= length <= before * 2:
            return Anchored(None, "lost", 0.0)
        return Anchored(Range(first.start, last.end), "moved", min(first.same, last.same))

    def _likeliest(self, selector: Selector, offsets: Sequence[int], shift: int) -> _Candidate | None:
        """The place that is taken for the passage's, among `offsets` and the one its neighbours speak for."""
        expected = selector.start + shift
        exact, length = selector.exact, len(selector.exact)
        windows = [expected - len(selector.prefix), *offsets]
        places = {
            at
            for low in windows
            for at in _occurrences(self.text, exact, max(0, low - QUOTE), low + 3 * QUOTE + 2 * length)
            if exact
        }
        start = self._surest(selector, iter(places), expected)
        if start is not None:
            return _Candidate(start, start + length, 1.0, 1.0)
        if not places and selector.twin < 0 <= selector.rival and self._scan_left > 0:
            self._scan_left -= len(self.text)
            places = set(_occurrences(self.text, exact, 0, len(self.text), 2)) if exact else places
        if len(places) == 1 and selector.twin < 0 <= selector.rival:
            (start,) = places
            only = _Candidate(start, start + length, 1.0, self._beside(selector, start, start + length))
            if self._likely(selector, only):
                return only
        found = (one for low in windows for one in self._compared(selector, low))
        return max(
            (one for one in found if self._likely(selector, one)),
            key=lambda one: (round(one.likeness, 1), *self._rank(selector, one.start, expected)),
            default=None,
        )

    def _compared(self, selector: Selector, offset: int) -> Iterator[_Candidate]:
        """What is left of a passage whose prefix may begin at `offset`: along with what stood around it, in its order;
        and by itself, wherever it has been moved among that."""
        prefix, exact, suffix = map(fold, (selector.prefix, selector.exact, selector.suffix))
        first, last = len(prefix), len(prefix) + len(exact)
        length = last + len(suffix)
        margin = QUOTE + length // 4
        low = max(0, offset - margin)
        window = fold(self.text[low : max(0, offset + length + margin)])
        whole = align(prefix + exact + suffix, window).gathered(first, last)
        if whole.runs:
            start, end = low + whole.start(first), low + whole.end(last, len(window))
            around = self._share(selector, start, end, whole.covered(0, first), whole.covered(last, length))
            yield from self._candidate(selector, start, end, whole.covered(first, last), around)
        if _weight(exact) < _TELLING_REWORDED:
            return  # of so few words some stand anywhere
        alone = align(exact, window).gathered(0, len(exact))
        if alone.runs:
            start, end = low + alone.start(0), low + alone.end(len(exact), len(window))
            beside = self._beside(selector, start, end)
            yield from self._candidate(selector, start, end, alone.covered(0, len(exact)), beside)

    def _beside(self, selector: Selector, start: int, end: int) -> float:
        """Share of what stood around the passage that stands, not far, before `start` and after `end`."""
        prefix, suffix = fold(selector.prefix), fold(selector.suffix)
        before = align(prefix, fold(self.text[max(0, start - 2 * len(prefix)) : start])).covered(0, len(prefix))
        after = align(suffix, fold(self.text[end : end + 2 * len(suffix)])).covered(0, len(suffix))
        return self._share(selector, start, end, before, after)

    def _share(self, selector: Selector, start: int, end: int, before: int, after: int) -> float:
        """The share of what stood on both sides of which `before` and `after` characters stand there; where nothing
        stood, at an end of the article, it is that end."""
        prefix, suffix = len(selector.prefix), len(selector.suffix)
        return (
            (before / prefix if prefix else float(start == 0))
            + (after / suffix if suffix else float(end == len(self.text)))
        ) / 2

    def _candidate(self, selector: Selector, start: int, end: int, same: int, around: float) -> Iterator[_Candidate]:
        """The place [start, end), without white space at its ends; `same` in characters, `around` the share."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        length = len(selector.exact)
        if start < end or not length:
            yield _Candidate(start, end if length else start, same / length if length else 1.0, around)

    def _likely(self, selector: Selector, one: _Candidate) -> bool:
        """Whether what is left of a passage is enough to take it for the one that was meant."""
        length, before = one.end - one.start, len(selector.exact)
        if not before * 0.4 - 10 <= length <= before * 2.5 + 40:
            return False
        rival = selector.rival if selector.rival >= 0 else 1.0
        if one.same < _LEAST_SAME or one.likeness < rival + _CLEAR:
            return False
        if one.around >= 0.25:
            return one.likeness >= _LIKE
        weight = _weight(selector.exact) * one.same
        if one.same == 1.0:
            return weight >= _TELLING
        return one.same >= _BY_ITSELF and weight >= _TELLING_REWORDED

    def _whole(self, selector: Selector, start: int) -> Anchored:
        """A passage that stands at `start` as it was."""
        end = start + (len(selector.exact) if selector.whole else selector.end - selector.start)
        return Anchored(Range(start, min(end, len(self.text))), "exact" if start == selector.start else "moved")


def _weight(text: str) -> int:
    """How much a text says: its letters and digits, one of Han and the like for three."""
    text = text[:400]
    return len(_LETTER.findall(text)) + 2 * len(_WIDE.findall(text))


def _needles(selector: Selector) -> tuple[Selector, ...]:
    """The passage, or both ends of a long one, as passages of their own."""
    if len(selector.exact) <= _LONGEST:
        return (selector,)
    half = _LONGEST // 2
    exact = selector.exact
    return (
        replace(selector, end=selector.start + half, exact=exact[:half], suffix=exact[half : half + QUOTE]),
        replace(selector, start=selector.end - half, exact=exact[-half:], prefix=exact[-half - QUOTE : -half]),
    )


def _whole_needle(selector: Selector) -> str:
    return selector.prefix + selector.exact + selector.suffix


def _occurrences(text: str, words: str, low: int, high: int, most: int = _MOST_NEAR) -> Iterator[int]:
    """Where `words` stand in [low, high) of a text, up to `most` times."""
    at = text.find(words, low, high)
    while at >= 0 and most:
        yield at
        at = text.find(words, at + 1, high)
        most -= 1


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))


def _section_of(offset: int, sections: Sequence[Section]) -> Section | None:
    at = bisect_right(sections, offset, key=lambda section: section.start) - 1
    return sections[at] if at >= 0 else None
