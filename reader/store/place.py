"""A place in an article that survives the article being edited.

Owns what is remembered of a place and how it is found again. An offset alone is right only in the very same text; so
the words around it, the section and how far into it are kept beside it, each a little less exact than the one before.
Refuses to know files, stores and rows.

Invariant: `locate` returns an offset inside the text (its end included), whatever became of the article.
"""

from __future__ import annotations

import time as clock
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from reader.document import Section, record

QUOTE: Final = 64
"""Characters kept on each side of a place."""

_PIECE: Final = 12
_STEP: Final = 6
_TOGETHER: Final = 2 * QUOTE
_MEANINGFUL: Final = 6


@record
class Place:
    """Where somebody was, with enough around it to find it in another version of the text."""

    offset: int
    digest: str = ""
    """Of the file the offset counts in (`Source.digest`)."""
    before: str = ""
    """Up to 64 characters before the offset."""
    after: str = ""
    """Up to 64 characters from the offset on."""
    section: str = ""
    """Title of the section; empty where it has none or there are no sections."""
    into: int = 0
    """Characters from the start of the section."""
    progress: float = 0.0
    """Share of the article before the place, 0 to 1."""
    time: float = 0.0
    """Seconds since the epoch."""


def place_at(
    offset: int,
    text: str,
    sections: Sequence[Section] = (),
    digest: str = "",
    *,
    progress: float | None = None,
    time: float | None = None,
) -> Place:
    """The place at `offset`, clamped into `text`. Progress is its share of the text and time is now unless given."""
    offset = max(0, min(offset, len(text)))
    section = _section_of(offset, sections)
    return Place(
        offset,
        digest,
        text[max(0, offset - QUOTE) : offset],
        text[offset : offset + QUOTE],
        section.title if section else "",
        offset - section.start if section else 0,
        (offset / len(text) if text else 0.0) if progress is None else progress,
        clock.time() if time is None else time,
    )


def locate(place: Place, text: str, sections: Sequence[Section] = (), digest: str = "") -> int:
    """The offset of `place` in `text`, which may have been edited since.

    In order: the offset itself where the digest is the same (of a text still growing its end so far); the quote where
    it stands nearest to the old offset; where parts of the quote agree on; as far into the section of that title; the
    old offset or the end. Up to 0.1 s for 10 MB that was edited right there, else at most some milliseconds.
    """
    if digest and digest == place.digest and (place.offset >= len(text) or text.startswith(place.after, place.offset)):
        return min(place.offset, len(text))
    quote = place.before + place.after
    if len(quote.strip()) >= _MEANINGFUL:
        found = _nearest(text, quote, place.offset - len(place.before))
        if found >= 0:
            return found + len(place.before)
        agreed = _agreed(text, quote, len(place.before), place.offset)
        if agreed is not None:
            return agreed
    named = [section for section in sections if place.section and section.title == place.section]
    if named:
        nearest = min(named, key=lambda section: abs(section.start + place.into - place.offset))
        return min(nearest.start + place.into, max(nearest.start, nearest.end - 1), len(text))
    return min(place.offset, len(text))


def _section_of(offset: int, sections: Sequence[Section]) -> Section | None:
    at = bisect_right(sections, offset, key=lambda section: section.start) - 1
    return sections[at] if at >= 0 else None


def _nearest(text: str, words: str, near: int) -> int:
    """Where `words` start nearest to the offset `near`; -1 where they are not."""
    near = max(0, min(near, len(text)))
    left = text.rfind(words, 0, near + len(words))
    if left == near:
        return left
    # What stands further away on the right than the one on the left is of no interest.
    right = text.find(words, near, len(text) if left < 0 else min(len(text), 2 * near - left + len(words)))
    return right if right >= 0 and (left < 0 or right - near < near - left) else left


def _agreed(text: str, quote: str, at: int, near: int) -> int | None:
    """The offset the surviving pieces of `quote` speak for, whose own place was at `at`; None where too few do."""
    votes: list[tuple[int, int]] = []
    for start in range(0, max(1, len(quote) - _PIECE + 1), _STEP):
        piece = quote[start : start + _PIECE]
        if len(piece.strip()) < _MEANINGFUL:
            continue
        found = _nearest(text, piece, near + start - at)
        if found >= 0:
            # Of two pieces, the one nearer to the place knows better where it is.
            votes.append((found + at - start, abs(start + len(piece) // 2 - at)))
    if not votes:
        return None
    votes.sort()
    offsets = [offset for offset, _ in votes]

    def neighbours(offset: int) -> tuple[int, int]:
        return bisect_left(offsets, offset - _TOGETHER), bisect_right(offsets, offset + _TOGETHER)

    def support(offset: int) -> tuple[int, int]:
        first, last = neighbours(offset)
        return last - first, -abs(offset - near)

    best = max(offsets, key=support)
    first, last = neighbours(best)
    # One piece alone may be a turn of phrase that stands in many articles.
    if last - first < 2:
        return None
    return max(0, min(min(votes[first:last], key=lambda vote: vote[1])[0], len(text)))
