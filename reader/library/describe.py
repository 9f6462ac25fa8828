"""What an article says of itself: from a file to its text and to its row in the list.

Owns the meaning of the entries a list needs beyond title, date and author: tags, categories, when it was changed, in
which language. Refuses to judge: what the author did not write is left empty, but for the title and the date, which a
file's name may give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from reader.document import NO_TEXT, Document, Heading, Metadata, Paragraph, Title, Value, is_byline
from reader.frontmatter import CATEGORIES, by_name, flat, labels
from reader.language import script
from reader.library.entry import DATE_FROM_PATH, TITLE_FROM_PATH, Entry, path_date, path_title
from reader.library.files import Found
from reader.library.head import named_date
from reader.library.vault import vault_of
from reader.sanitize import clean_line
from reader.search import kind
from reader.source import Source

_UPDATED: Final = ("updated", "lastmod", "modified", "lastupdated", "lastmodified", "更新时间", "更新時間", "更新日")
_LANGUAGES: Final = ("lang", "language", "locale")
_PATHS: Final = ("path", "permalink", "url", "slug")
_SAMPLE_CHARACTERS: Final = 500
"""By which the language is told."""


def document_of(
    source: Source, dialect: Mapping[str, bool] | None = None, vault: Callable[[str], str | None] = vault_of
) -> Document:
    """The whole article, as `reader.loading.load` ends with; raises nothing by intent. `vault` gives the vault that a
    file is in: who reads many files of a folder need look for it once."""
    from reader.frontmatter import split
    from reader.parse import Dialect, page_pieces, parse, plain_pieces, prose_pieces

    switches = Dialect(**(dialect or {}))
    warnings: tuple[str, ...] = ()
    if source.kind == "html":
        *_, document = page_pieces(source.text, source.url or "", dialect=switches)
    elif source.kind != "markdown":
        make = prose_pieces if source.kind == "prose" else plain_pieces
        metadata = Metadata(date=named_date(source.path or source.url or ""))
        *_, document = make((source.text,), metadata, size=len(source.text))
    else:
        metadata, body, first_line, warnings = split(source.text, loose=switches.loose_headers)
        if metadata.date is None and (when := named_date(source.path or source.url or "")):
            metadata = replace(metadata, date=when)
        in_vault = source.path is not None and vault(source.path) is not None
        document = parse(body, metadata, first_line=first_line, dialect=switches, in_vault=in_vault)
    known = tuple(map(clean_line, (*source.warnings, *warnings)))
    return replace(document, warnings=(*known, *document.warnings)) if known else document


def described(found: Found, source: Source, document: Document) -> Entry:
    """The row of an article that is not in the index yet."""
    from reader.layout import ReadingTime

    metadata = document.metadata
    entries = by_name(metadata.entries)
    title = _opening_title(document)
    # A date from the file's name is looked for again, as it is when the file is moved.
    day = "" if metadata.date == named_date(found.path) else _iso(metadata.date)
    day = day or next(
        filter(None, (path_date(word.rstrip("/")) for key in _PATHS for word in _words(entries, key))), ""
    )
    time = ReadingTime()
    time.count(document.text)
    return Entry(
        *(0, *found, source.digest),
        title or path_title(found.path),
        day or path_date(found.path),
        next(filter(None, (_parsed(word) for key in _UPDATED for word in _words(entries, key))), ""),
        "\n".join(_authors(metadata)),
        "\n".join(labels(metadata.entries)),
        "\n".join(labels(metadata.entries, CATEGORIES)),
        time.minutes(document),
        next(
            (word[:20] for key in _LANGUAGES for word in _words(entries, key)),
            script(document.text[:_SAMPLE_CHARACTERS]),
        ),
        len(document.text),
        kind(document.text),
        (0 if title else TITLE_FROM_PATH) | (0 if day else DATE_FROM_PATH),
        "",
    )


def _opening_title(document: Document) -> str:
    """The title that the article opens with, in its front matter or as its first heading; empty: it has none."""
    for block in document.blocks:
        if is_byline(block):
            continue
        if isinstance(block, Title | Heading):
            return " ".join(document.slice(block).split())
        if block.start < block.end and not (isinstance(block, Paragraph) and block.role == "credit"):
            return ""
    return ""


def _iso(when: date | datetime | None) -> str:
    """Day and time as the author had them, without the offset: a list is ordered by days as people name them."""
    if isinstance(when, datetime):
        return when.strftime("%Y-%m-%dT%H:%M").zfill(16)
    return when.isoformat() if when else ""


def _parsed(written: str) -> str:
    from reader.frontmatter import parse_date

    return _iso(parse_date(written))


def _authors(metadata: Metadata) -> tuple[str, ...]:
    """The names that were joined to the author; one where it cannot be told which entry they are from."""
    for value in metadata.entries.values():
        names = tuple(flat(value))
        if len(names) > 1 and ", ".join(names) == metadata.author:
            return names
    return (metadata.author,) if metadata.author else ()


def _words(entries: Mapping[str, Value], key: str) -> Iterator[str]:
    return (word for word in flat(entries.get(key, NO_TEXT)) if word)
