"""What there is to read: the articles of a folder, and those read lately.

Owns the look into a folder and into the first lines of its files, just enough for a title and a date. Refuses to open
an article, to follow links to other folders, and to be held up by a file that cannot be read: it is listed by its name.

Invariant: listing changes nothing, and reads at most 8 KiB of each file.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from reader import sanitize
from reader.source import shown_path

ARTICLES = (".md", ".markdown", ".mdown", ".mkd", ".txt")
"""How the names of articles end."""
_HEAD = 8192
_MOST = 10_000
"""Files of a folder that are listed."""
_NEVER = frozenset(("node_modules", "__pycache__", "site-packages", "_site"))


@dataclass(frozen=True, slots=True)
class Work:
    """One article that could be opened."""

    path: str
    """As `os` takes it, or an address."""
    title: str
    """Sanitised, on one line."""
    date: str = ""
    """ISO 8601, as far as it is known: "2015-01-19"; empty: none."""
    progress: float | None = None
    """How far it was read, 0 to 1; None: never opened."""
    opened: float = 0.0
    """Seconds since the epoch; 0: never."""
    gone: bool = False
    """The file is not there any more."""


def is_article(path: str) -> bool:
    """Whether a file's name says that it is an article."""
    return path.lower().endswith(ARTICLES)


def works(folder: str) -> Iterator[Work]:
    """The articles in a folder and the folders in it, by name, hidden ones left out; at most 10,000.

    Raises OSError where the folder itself cannot be read.
    """
    os.scandir(folder).close()
    count = 0
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] != "." and name not in _NEVER)
        for name in sorted(files):
            if is_article(name) and name[0] != ".":
                path = os.path.join(place, name)
                title, day = _peeked(path)
                named = named_date(name)
                yield Work(path, title or shown_path(name), day or (named.isoformat() if named else ""))
                count += 1
                if count == _MOST:
                    return


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


def ago(then: float, now: float) -> str:
    """When something was, as people say it; both in seconds since the epoch."""
    was, today = datetime.fromtimestamp(then), datetime.fromtimestamp(now)
    days = (today.date() - was.date()).days
    if days <= 0:
        return f"today {was:%H:%M}"
    if days == 1:
        return f"yesterday {was:%H:%M}"
    return f"{days} days ago" if days < 30 else f"{was:%Y-%m-%d}"


def _peeked(path: str) -> tuple[str, str]:
    """Title and date at the head of a file; empty where there are none or it cannot be read."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as opened:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return "", ""
            head = opened.read(_HEAD)
    except (OSError, ValueError):
        return "", ""
    try:
        text = head.decode("utf-8-sig", "strict" if len(head) < _HEAD else "ignore")
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
