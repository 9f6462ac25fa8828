"""What the first lines of a file, and its name, say of an article: title and date. Reads at most 8 KiB of a file."""

from __future__ import annotations

import os
import re
import stat
from datetime import date

from reader import sanitize

_HEAD_BYTES = 8192


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
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as opened:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return "", ""
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

    From `title:` and `date:` of a YAML or TOML header, else the first `#` heading. A title over several lines or with
    escapes is left to the reader proper.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    at = next((number for number, line in enumerate(lines) if line.strip()), 0)
    fence = lines[at].strip()
    title = day = ""
    if fence in ("---", "+++"):
        at += 1
        while at < len(lines) and lines[at].strip() not in (fence, "..."):
            line = lines[at]
            at += 1
            found = re.match(r"(title|date)\s*[:=]\s*(.+)", line, re.IGNORECASE)
            if found and found[1].lower() == "title":
                title = title or _scalar(found[2])
            elif found:
                when = re.match(r"['\"]?(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", found[2])
                day = day or (f"{when[1]}-{int(when[2]):02}-{int(when[3]):02}" if when else "")
    if not title:
        heading = next((line for line in lines[at:] if re.match(r"#{1,6}\s+\S", line)), "")
        title = heading.strip("# \t")
    return sanitize.clean_line(title).strip(), day


def _scalar(text: str) -> str:
    text = text.strip()
    for mark in "\"'":
        if len(text) > 1 and text[0] == mark and mark in text[1:]:
            return text[1 : text.index(mark, 1)] if mark == '"' else text[1 : text.rindex(mark)].replace("''", "'")
    return "" if text[0] in "|>&*{[" else text.partition(" #")[0].strip()
