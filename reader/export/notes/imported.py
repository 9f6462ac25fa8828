"""A note of another program, or of this one, as it was read: the value every format is read into.

Owns the reading of single values without trust: what is not of the right kind is as if it were not there, and every
string is sanitised. Refuses to know formats and articles.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from reader.document import record
from reader.sanitize import clean, clean_line

_MAX_TEXT: Final = 1 << 20
_MAX_LINE: Final = 2000
_MAX_TIME_S: Final = 253_402_300_799.0
MAX_OFFSET: Final = 1 << 53


@record
class Imported:
    """One highlight or note as another program wrote it."""

    id: str = ""
    """As that program names it; empty where it does not."""
    origin: str = ""
    """Which program."""
    url: str = ""
    path: str = ""
    digest: str = ""
    title: str = ""
    """Of the article, as far as the file says; so are the three before."""
    section: str = ""
    """Title of the section that the passage stood in."""
    exact: str = ""
    """Empty: a note on the whole article."""
    prefix: str = ""
    suffix: str = ""
    start: int = -1
    end: int = -1
    """In the text of that program; -1: not said."""
    colour: str = ""
    words: str = ""
    tags: tuple[str, ...] = ()
    created: float = 0.0
    """Seconds since the epoch; 0: not said."""
    modified: float = 0.0


def as_text(value: Any, *, lines: bool = False) -> str:
    """A string, sanitised; empty for anything else. `lines`: of any number of lines."""
    if not isinstance(value, str):
        return ""
    return clean(value[:_MAX_TEXT]) if lines else clean_line(value[:_MAX_LINE])


def as_offset(value: Any) -> int:
    """A number of characters; -1 for anything else."""
    return value if type(value) is int and 0 <= value < MAX_OFFSET else -1


def as_time(value: Any) -> float:
    """Seconds since the epoch of an ISO 8601 time, in UTC where it says no zone; 0 for anything else."""
    if not isinstance(value, str):
        return 0.0
    try:
        found = datetime.fromisoformat(value.strip()[:40])
        seconds = (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0
    return min(max(0.0, seconds), _MAX_TIME_S)


def as_objects(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list; empty for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
