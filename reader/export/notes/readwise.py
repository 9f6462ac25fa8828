"""Notes as the CSV that Readwise imports and exports.

Owns its columns. A cell that a spreadsheet would take for a formula has an apostrophe before it (OWASP, "CSV
injection"), which reading takes off again. Refuses what has no column of highlights.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from reader.export.notes.imported import Imported, as_text, as_time
from reader.export.notes.value import ArticleNotes
from reader.locale import _

COLUMNS: Final = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_READ_AS: Final = {
    "highlight": "highlight",
    "title": "title",
    "book title": "title",
    "url": "url",
    "source url": "url",
    "note": "note",
    "location": "location",
    "date": "date",
    "highlighted at": "date",
    "color": "colour",
    "tags": "tags",
}
"""Columns of what Readwise takes in, and of what it gives out."""
MAX_CELL: Final = 1 << 22


def as_csv(several: Iterable[ArticleNotes]) -> str:
    """A row a note, a header first; lines end as RFC 4180 says. Location is the offset; Date is UTC."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for notes in several:
        for one in notes.notes:
            made = one.annotation
            when = datetime.fromtimestamp(made.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
            cells = (one.quote, notes.title, notes.author, notes.url, made.words)
            writer.writerow([*map(_cell, cells), one.start if one.quote else "", when])
    return out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _offset(cell: str) -> int:
    """What this program writes as Location; where another counts pages, the text does not stand there."""
    return int(cell) if len(cell) < 16 and cell.isascii() and cell.isdecimal() else -1


def read_readwise(text: str) -> tuple[Imported, ...]:
    """The rows that have a highlight or a note. Raises ValueError where it is no such file."""
    before = csv.field_size_limit(MAX_CELL)
    try:
        table = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise ValueError(_("it is no CSV: {problem}").format(problem=error)) from None
    finally:
        csv.field_size_limit(before)
    names = [_READ_AS.get(name.strip().lower(), "") for name in (table[0] if table else ())]
    if "highlight" not in names:
        raise ValueError(_("it is neither JSON nor a CSV with a column named Highlight"))
    found: list[Imported] = []
    for row in table[1:]:
        cells = {name: _plain(cell) for name, cell in zip(names, row, strict=False) if name}
        highlight = as_text(cells.get("highlight"), lines=True).strip()
        words = as_text(cells.get("note"), lines=True).strip()
        if highlight or words:
            created = as_time(cells.get("date"))
            found.append(
                Imported(
                    origin="readwise",
                    url=as_text(cells.get("url")),
                    title=as_text(cells.get("title")),
                    exact=highlight,
                    start=_offset(cells.get("location", "")),
                    colour=as_text(cells.get("colour")),
                    words=words,
                    tags=tuple(tag for part in as_text(cells.get("tags")).split(",") if (tag := part.strip())),
                    created=created,
                    modified=created,
                )
            )
    return tuple(found)
