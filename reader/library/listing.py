"""The articles of a folder, by name, as far as their first lines tell.

Refuses to open an article, and to be held up by a file that cannot be read: it is listed by its name.

Invariant: listing changes nothing, and reads at most 8 KiB of each file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

from reader.document import record
from reader.library.files import Unread, scan
from reader.library.head import named_date, peeked
from reader.locale import _, ngettext
from reader.source import shown_path


@record
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


def works(folder: str, problems: list[Unread] | None = None) -> Iterator[Work]:
    """The articles in a folder and the folders in it, by name, hidden ones left out.

    `problems` gets each place below that cannot be read. Raises OSError, at the call, where the folder
    itself cannot be read.
    """
    os.scandir(folder).close()
    return (_work(found.path) for found in scan(folder, problems))


def _work(path: str) -> Work:
    name = os.path.basename(path)
    title, day = peeked(path)
    named = named_date(name)
    return Work(path, title or shown_path(name), day or (named.isoformat() if named else ""))


def ago(then: float, now: float) -> str:
    """When something was, as people say it; both in seconds since the epoch."""
    was, today = datetime.fromtimestamp(then), datetime.fromtimestamp(now)
    days = (today.date() - was.date()).days
    if days <= 0:
        return _("today {time:%H:%M}").format(time=was)
    if days == 1:
        return _("yesterday {time:%H:%M}").format(time=was)
    return ngettext("{count} day ago", "{count} days ago", days).format(count=days) if days < 30 else f"{was:%Y-%m-%d}"
