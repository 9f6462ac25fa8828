"""Rows as values: nothing in a store's file is believed before its kind and its bounds have been looked at.

Owns the way out of the file: SQLite takes text for a number and any number for a time, and whoever can write the file
can write escape sequences into it. Refuses to raise: what cannot be read takes its default and is counted.

Invariant: every string that leaves this module is sanitised, every number is finite and within its bounds.
"""

from __future__ import annotations

import math
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reader import sanitize
from reader.document import Range
from reader.store.place import QUOTE, Place
from reader.store.records import (
    MAX_CONTEXT,
    MAX_OFFSET,
    MAX_TIME_S,
    READ_STATES,
    UNKNOWN,
    Annotation,
    Progress,
    Recent,
    Selector,
    State,
)

MAX_LINE: Final = 1000
"""Characters of a title, a tag, a pattern."""
MAX_WORDS: Final = 1 << 20
"""Characters of a note."""
MAX_PASSAGE: Final = 1 << 24
"""Characters of a passage: the longest article's."""
MAX_PARTS: Final = 256
"""Parts of a text that are remembered as shown."""

ANNOTATION_COLUMNS: Final = (
    "uuid, first, last, exact, prefix, suffix, section, into_section, digest, rival, twin, colour, words,"
    " created, modified, removed"
)
STATE_COLUMNS: Final = "path, read, starred, archived, shown, shown_length, seconds, opened, progress, digest"


@dataclass(slots=True)
class Rows:
    """Reads values, and counts those that were not what they should be."""

    faults: int = 0

    def line(self, value: Any, most: int = MAX_LINE) -> str:
        """One line of text."""
        return sanitize.clean_line(self._text(value)[:most])

    def lines(self, value: Any, most: int = MAX_WORDS) -> str:
        """Text of any number of lines."""
        return sanitize.clean(self._text(value)[:most])

    def _text(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        self.faults += 1
        return ""

    def offset(self, value: Any) -> int:
        """A number of characters."""
        if isinstance(value, int) and 0 <= value <= MAX_OFFSET:
            return value
        self.faults += 1
        return 0

    def number(self, value: Any, most: float) -> float:
        """A number from 0 to `most`."""
        if isinstance(value, (int, float)) and 0 <= value <= most:
            return float(value)
        self.faults += 1
        return 0.0

    def time(self, value: Any) -> float:
        """Seconds since the epoch, up to the year 9999."""
        return self.number(value, MAX_TIME_S)

    def path(self, value: Any) -> str | None:
        """A path as the system takes it; None where there is none."""
        if isinstance(value, bytes) and value and b"\0" not in value:
            return os.fsdecode(value)
        self.faults += value is not None
        return None

    def place(self, row: Sequence[Any]) -> Place:
        """From the columns of `schema.COLUMNS`."""
        offset, digest, before, after, section, into, progress, time = row
        return Place(
            self.offset(offset),
            self.line(digest),
            self.lines(before)[-QUOTE:],
            self.lines(after, QUOTE),
            self.line(section),
            self.offset(into),
            self.number(progress, 1.0),
            self.time(time),
        )

    def annotation(self, row: Sequence[Any]) -> Annotation | None:
        """From `ANNOTATION_COLUMNS`; None where there is no telling which it is."""
        uuid, first, last, exact, prefix, suffix, section, into, digest, rival, twin, colour, words, *times = row
        name = self.line(uuid)
        if not name:
            return None
        created, modified, removed = times
        selector = None
        if first is not None or exact:
            start = self.offset(first)
            selector = Selector(
                start,
                max(start, self.offset(last)),
                self.lines(exact, MAX_PASSAGE),
                self.lines(prefix)[-MAX_CONTEXT:],
                self.lines(suffix, MAX_CONTEXT),
                self.line(section),
                self.offset(into),
                self.line(digest),
                rival if isinstance(rival, float) and 0 <= rival <= 2 else UNKNOWN,
                twin if isinstance(twin, int) and 0 <= twin <= 2 * MAX_CONTEXT else -1,
            )
        return Annotation(
            name,
            selector,
            self.line(colour),
            self.lines(words),
            self.time(created),
            self.time(modified),
            None if removed is None else self.time(removed),
        )

    def recent(self, row: Sequence[Any]) -> Recent | None:
        """From path, title, opened and progress."""
        path, title, opened, progress = row
        known = self.path(path)
        return (known and Recent(known, self.line(title), self.time(opened), self.number(progress, 1.0))) or None

    def state(self, row: Sequence[Any]) -> tuple[str, State] | None:
        """From `STATE_COLUMNS`: the path and the state."""
        path, read, starred, archived, shown, shown_length, seconds, opened, progress, digest = row
        known = self.path(path)
        if known is None:
            return None
        time = self.time(opened)
        # What was shown too short a time counts in `progress` alone, which rows of earlier versions have not.
        parts, counted = self.progress((shown, shown_length, seconds)).share, self.number(progress, 1.0)
        share = min(parts or 1.0, counted) if counted else parts
        said = next((state for state in READ_STATES if state == read), "reading" if time else "unread")
        spent = self.number(seconds, MAX_TIME_S)
        return known, State(said, starred is not None, archived is not None, share, spent, time, self.line(digest))

    def progress(self, row: Sequence[Any]) -> Progress:
        """From shown, shown_length and seconds."""
        shown, length, seconds = row
        size = self.offset(length)
        parts: list[Range] = []
        for part in self._text(shown).split(",") if shown != "" else ():
            start, _, end = part.partition("-")
            if not (start.isdecimal() and end.isdecimal() and len(end) < 17):
                self.faults += 1
                continue
            at = parts[-1].end if parts else 0
            if at <= int(start) < int(end) <= size:
                parts.append(Range(int(start), int(end)))
        return Progress(tuple(parts[:MAX_PARTS]), size, self.number(seconds, MAX_TIME_S))


def packed(text: str) -> bytes:
    """A text for the column of that name in `version`: some 0.1 s for 10 MB."""
    return zlib.compress(text.encode("utf-8", "replace"), 1)


def unpacked(value: Any) -> str:
    """The text of `packed`, which is compared and never shown; empty where it is none, or longer than an article is."""
    if not isinstance(value, bytes):
        return ""
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(value, 4 * MAX_PASSAGE)
    except zlib.error:
        return ""
    return found.decode("utf-8", "replace") if unpacking.eof else ""


def storable(text: str, most: int = MAX_WORDS) -> str:
    """Text that SQLite takes: lone surrogates, which no sanitised text holds, are replaced."""
    return text[:most].encode("utf-8", "replace").decode()


def storable_number(value: float, most: float) -> float:
    """A number within 0 and `most`; 0 for what is none."""
    return min(max(value, 0.0), most) if math.isfinite(value) else 0.0


def storable_offset(value: int) -> int:
    """A number of characters that SQLite takes."""
    return min(max(value, 0), MAX_OFFSET)


def place_values(place: Place) -> tuple[object, ...]:
    """For the columns of `schema.COLUMNS`."""
    return (
        storable_offset(place.offset),
        storable(place.digest, MAX_LINE),
        storable(place.before[-QUOTE:]),
        storable(place.after, QUOTE),
        storable(place.section, MAX_LINE),
        storable_offset(place.into),
        storable_number(place.progress, 1.0),
        storable_number(place.time, MAX_TIME_S),
    )


def annotation_values(one: Annotation) -> tuple[object, ...]:
    """For `ANNOTATION_COLUMNS`."""
    selector = one.selector
    return (
        one.id,
        *selector_values(selector),
        storable(one.colour, MAX_LINE),
        storable(one.words),
        storable_number(one.created, MAX_TIME_S),
        storable_number(one.modified, MAX_TIME_S),
        None if one.removed is None else storable_number(one.removed, MAX_TIME_S),
    )


def selector_values(selector: Selector | None) -> tuple[object, ...]:
    """For the columns from first to twin."""
    if selector is None:
        return None, None, "", "", "", "", 0, "", UNKNOWN, -1
    return (
        storable_offset(selector.start),
        storable_offset(max(selector.start, selector.end)),
        storable(selector.exact, MAX_PASSAGE),
        storable(selector.prefix[-MAX_CONTEXT:]),
        storable(selector.suffix, MAX_CONTEXT),
        storable(selector.section, MAX_LINE),
        storable_offset(selector.into),
        storable(selector.digest, MAX_LINE),
        selector.rival if 0 <= selector.rival <= 2 else UNKNOWN,
        selector.twin if 0 <= selector.twin <= 2 * MAX_CONTEXT else -1,
    )


def shown_text(progress: Progress) -> str:
    """For the column of that name."""
    return ",".join(f"{part.start}-{part.end}" for part in progress.shown)
