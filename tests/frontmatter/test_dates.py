"""Dates as authors write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.frontmatter import parse_date


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2024-06-01", date(2024, 6, 1)),
        ("2024-6-1", date(2024, 6, 1)),
        ("2024.06.01", date(2024, 6, 1)),
        ("2024. 6. 1.", date(2024, 6, 1)),
        ("2024年6月1日", date(2024, 6, 1)),
        ("2024年6月1日 8:05", datetime(2024, 6, 1, 8, 5)),
        ("2024-06-01T12:30:45.250Z", datetime(2024, 6, 1, 12, 30, 45, 250_000, UTC)),
        ("2024-06-01 12:30:45 +0530", datetime(2024, 6, 1, 12, 30, 45, 0, timezone(timedelta(hours=5, minutes=30)))),
        ("2024-06-01T12:30-08", datetime(2024, 6, 1, 12, 30, 0, 0, timezone(timedelta(hours=-8)))),
        ("2024-06-01 12:30:00 CST", datetime(2024, 6, 1, 12, 30)),
        ("1 June 2024", date(2024, 6, 1)),
        ("Saturday, 1-Jun-2024", date(2024, 6, 1)),
        ("Sept. 9, 2024", date(2024, 9, 9)),
        ("June 1, 2024 12:00 am", datetime(2024, 6, 1, 0, 0)),
        ("2024-02-30", None),
        ("2024-06-01 25:00", None),
        ("2024-06-01 10:00 +99:99", None),
        ("2024", None),
        ("06/01/2024", None),
        ("Juno 41, 2024", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(text: str, when: date | datetime | None) -> None:
    assert parse_date(text) == when


@given(st.text(max_size=40) | st.from_regex(r"\d{4}.\d\d?.\d\d?.{0,20}"))
def test_any_date_is_read_or_not(text: str) -> None:
    assert parse_date(text) is None or parse_date(text) == parse_date(text + " ")
