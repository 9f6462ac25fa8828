"""What the store keeps, as values.

Owns the shapes of what is remembered of an article, and what follows from one value alone (the tags of a note's words).
Refuses to know rows and files.
"""

from __future__ import annotations

import os
import time as clock
from typing import Final, Literal, TypeAlias

from reader import sanitize
from reader.document import Range, record
from reader.store.place import Place

MAX_TIME_S: Final = 253_402_300_799.0
"""The last second of the year 9999, the last one `datetime` can show; later times are not believed."""
MAX_OFFSET: Final = (1 << 53) - 1
"""The largest offset that is believed: every program that reads JSON has integers so large."""

UNKNOWN: Final = -1.0
MAX_CONTEXT: Final = 512
"""Characters on each side of a passage that are kept at the most."""

ReadState: TypeAlias = Literal["unread", "reading", "finished"]
READ_STATES: Final[tuple[ReadState, ...]] = ("unread", "reading", "finished")

_TAG: Final = sanitize.pattern(r"(?<![\w#/&])#(\w[\w/-]*)")


@record
class Article:
    """Which article something is remembered of."""

    path: str | None
    """Absolute path or address; None for standard input."""
    digest: str
    """`Source.digest`; empty where it is not known."""
    title: str = ""
    """What the recents show."""


@record
class Selector:
    """A passage of an article, so described that it is found again after the article was edited.

    A TextPositionSelector and a TextQuoteSelector in one (W3C Web Annotation Data Model, 4.2.4 and 4.2.5), offsets in
    code points of `Document.text`.
    """

    start: int
    end: int
    exact: str
    """The passage. Of a note of version 1 of the store that spans over 64 characters only these: shorter than
    `end - start`, until the passage has been found again and is stored in full."""
    prefix: str = ""
    """64 characters before it, as far as there are so many; up to 512 where the article repeats itself."""
    suffix: str = ""
    """As many after it."""
    section: str = ""
    """Title of the section it starts in; empty where it has none or there are no sections."""
    into: int = 0
    """Characters from the start of that section."""
    digest: str = ""
    """Of the file the offsets count in (`Source.digest`)."""
    rival: float = UNKNOWN
    """How much the likeliest other place of that article looks like this one, were this one deleted: the share of the
    passage that stands there, and the share of what stands around it, 0 to 2. Below 0: not known."""
    twin: int = -1
    """How many characters beside the passage are the same at another place of the same text; -1: there is none."""

    @property
    def whole(self) -> bool:
        """Whether `exact` is the whole passage."""
        return len(self.exact) >= self.end - self.start


@record
class Annotation:
    """A highlight, a note, or both: a passage that is lit has a colour, a note has words."""

    id: str
    """A UUID, the same for good: in the store, in exports and when imported again."""
    selector: Selector | None
    """None: a note on the article as a whole."""
    colour: str = ""
    """Name of a colour; empty: the passage is not lit."""
    words: str = ""
    """The person's own, of any number of lines; may be empty."""
    created: float = 0.0
    """Seconds since the epoch."""
    modified: float = 0.0
    removed: float | None = None
    """When it was taken away, which can be undone for `KEEP_REMOVED_S`; None: it is there."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Each `#word` of the words, without the sign, in order; a number alone (`#42`) is none."""
        return tags(self.words)


@record
class Note:
    """Words at a range of the article, as version 1 of the store had them; `Annotation` is what is kept now."""

    id: int
    place: Place
    """Its start."""
    length: int
    """Characters of the range."""
    words: str


@record
class Recent:
    """An article that was opened before."""

    path: str
    title: str
    opened: float
    """Seconds since the epoch."""
    progress: float
    """0 to 1."""


@record
class Progress:
    """How much of an article was really shown, and for how long."""

    shown: tuple[Range, ...] = ()
    """Parts of the text that stood on the screen long enough to be read: sorted, apart from one another."""
    length: int = 0
    """Characters of the text they are parts of."""
    seconds: float = 0.0
    """Time spent with the article on the screen."""

    @property
    def share(self) -> float:
        """The share of the text that was shown, 0 to 1."""
        return min(1.0, sum(len(part) for part in self.shown) / self.length) if self.length else 0.0


@record
class State:
    """Where an article of a library stands with the person."""

    read: ReadState = "unread"
    starred: bool = False
    archived: bool = False
    progress: float = 0.0
    """Share that was really shown, 0 to 1; where nothing is known of that, the share before the place it was left."""
    seconds: float = 0.0
    """Time spent with it."""
    opened: float = 0.0
    """Seconds since the epoch; 0: never."""
    digest: str = ""
    """Of the file when it was last seen, to know it again after it was moved."""


def tags(words: str) -> tuple[str, ...]:
    """Each `#word` of `words` without the sign, once, in order; a number alone is none."""
    found = (tag.rstrip("/-") for tag in _TAG.findall(words))
    return tuple(dict.fromkeys(tag for tag in found if not tag.isdecimal()))


def new_id() -> str:
    """A random UUID (RFC 9562, version 4); the module `uuid` takes longer to import than this to write."""
    number = int.from_bytes(os.urandom(16), "big") & ~(0xF << 76 | 0x3 << 62) | 4 << 76 | 2 << 62
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def annotation(
    selector: Selector | None, *, colour: str = "", words: str = "", time: float | None = None
) -> Annotation:
    """A new one, made now unless `time` says otherwise; the store does not know it before `save_annotation`."""
    now = clock.time() if time is None else time
    return Annotation(new_id(), selector, colour, words, now, now)


def merged(parts: tuple[Range, ...], most: int) -> tuple[Range, ...]:
    """Ranges in any order as sorted ones that do not touch, at most `most`: the narrowest gaps are closed first."""
    joined: list[list[int]] = []
    for part in sorted(parts, key=lambda part: part.start):
        if not len(part):
            continue
        if joined and part.start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], part.end)
        else:
            joined.append([part.start, part.end])
    if len(joined) > most:
        gaps = sorted(range(1, len(joined)), key=lambda at: joined[at][0] - joined[at - 1][1])
        closed = set(gaps[: len(joined) - most])
        kept: list[list[int]] = []
        for at, (start, end) in enumerate(joined):
            if at in closed:
                kept[-1][1] = end
            else:
                kept.append([start, end])
        joined = kept
    return tuple(Range(start, end) for start, end in joined)
