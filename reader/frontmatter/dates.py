"""Dates as authors write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final

from reader.sanitize import pattern

_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_YEAR_MONTH_DAY: Final = str.maketrans("年月日년월일", "-- -- ")
_NUMERIC: Final = pattern(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)")
_COMPACT: Final = pattern(r"(\d{4})(\d{2})(\d{2})(?=T|\s|$)")
_DAY_FIRST: Final = pattern(r"(?i)(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})")
_MONTH_FIRST: Final = pattern(r"(?i)(?:[a-z]{3,9}\.?,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_TIME: Final = pattern(
    r"(?i)[T\s,]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(am|pm)?\s*"
    r"(Z|UTC|GMT|[+-]\d{1,2}:?\d{2}|[+-]\d{1,2})?"
)


def parse_date(text: str) -> date | datetime | None:
    """The day, or the moment, that the author wrote in one of the usual ways; None for anything else.

    Year first with `-`, `/`, `.` or 年月日, with the month's English name, RFC 2822, ISO 8601; with a time and an
    offset where there are any. Names of time zones other than UTC are passed over. Day and month in numbers with the
    year last are not guessed at.
    """
    text = text.strip()[:100].translate(_YEAR_MONTH_DAY)
    if match := _NUMERIC.match(text) or _COMPACT.match(text):
        year, month, day = map(int, match.groups())
    elif match := _DAY_FIRST.match(text):
        day, month, year = int(match[1]), _month(match[2]), int(match[3])
    elif match := _MONTH_FIRST.match(text):
        month, day, year = _month(match[1]), int(match[2]), int(match[3])
    else:
        return None
    try:
        clock = _TIME.match(text, match.end())
        if clock is None:
            return date(year, month, day)
        hour = int(clock[1])
        if clock[5]:
            hour = hour % 12 + (12 if clock[5].lower() == "pm" else 0)
        micro = int((clock[4] or "0")[:6].ljust(6, "0"))
        return datetime(year, month, day, hour, int(clock[2]), int(clock[3] or 0), micro, _zone(clock[6]))
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTHS else 0


def _zone(written: str | None) -> tzinfo | None:
    if not written:
        return None
    if written[0] not in "+-":
        return UTC
    digits = written[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
    return timezone((-1 if written[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
