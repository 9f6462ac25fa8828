"""What the first lines of a file, and its name, say of an article: title and date. Reads at most 8 KiB of a file.

A first answer for a list that must not wait: what the whole article says is found by `describe`.
"""

from __future__ import annotations

import os
import stat
from datetime import date

from reader import sanitize
from reader.sanitize import pattern

_HEAD_BYTES = 8192
_DATES = ("date", "created", "published", "updated", "lastmod")
"""The keys of a date, the one that counts most first."""
_DAY = pattern(r"['\"]?(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


def named_date(path: str) -> date | None:
    """The date in a file's name as Jekyll has it, `2015-01-19-title.md` (jekyllrb.com/docs/posts)."""
    year, _, rest = os.path.basename(path).partition("-")
    month, _, rest = rest.partition("-")
    day, dash, _ = rest.partition("-")
    if not dash or [len(part) for part in (year, month, day)] != [4, 2, 2]:
        return None
    try:
        return date.fromisoformat(f"{year}-{month}-{day}")
    except ValueError:
        return None


def peeked(path: str) -> tuple[str, str]:
    """Title and date at the head of a file; empty where there are none or it cannot be read."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return "", ""  # opening a pipe takes it from whom it is meant for
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as opened:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return "", ""  # it was exchanged in between
            head = opened.read(_HEAD_BYTES)
    except (OSError, ValueError):
        return "", ""
    try:
        text = head.decode("utf-8-sig", "strict" if len(head) < _HEAD_BYTES else "ignore")
    except UnicodeDecodeError:
        return "", ""
    return peek(text)


def peek(text: str) -> tuple[str, str]:
    """Title and date from the first lines of an article, each sanitised, each perhaps empty.

    From the entries of a YAML or TOML header, the title else from a `#` heading that opens the body. A title over
    several lines or with escapes is left to the reader proper.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    at = _written(lines, 0)
    fence = lines[at].strip() if at < len(lines) else ""
    title = ""
    days: dict[str, str] = {}
    if fence in ("---", "+++"):
        at += 1
        while at < len(lines) and lines[at].strip() not in (fence, "..."):
            key, value = _entry(lines[at], ":" if fence == "---" else "=")
            at += 1
            if key == "title":
                title = title or _scalar(value).strip()
            elif key in _DATES and (when := _DAY.match(value)):
                days.setdefault(key, f"{when[1]}-{int(when[2]):02}-{int(when[3]):02}")
        at = _written(lines, at + 1)
    if not title and at < len(lines):
        marks, _, heading = lines[at].partition(" ")
        if 0 < len(marks) < 7 and not marks.strip("#"):
            title = heading.strip("# \t")
    return sanitize.clean_line(title).strip(), next((days[key] for key in _DATES if key in days), "")


def _written(lines: list[str], at: int) -> int:
    """The first line from `at` on that is not blank; past the last where there is none."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _entry(line: str, sign: str) -> tuple[str, str]:
    """Key, in small letters, and value of a header's line."""
    key, _, value = line.partition(sign)
    return key.rstrip().lower(), value.strip()


def _scalar(text: str) -> str:
    """A title as YAML and TOML write it on one line; empty where it goes on below."""
    for mark in "\"'":
        if len(text) > 1 and text[0] == mark and mark in text[1:]:
            return text[1 : text.index(mark, 1)] if mark == '"' else text[1 : text.rindex(mark)].replace("''", "'")
    return "" if text[:1] in ("", *"|>&*{[#") else text.partition(" #")[0].strip()
