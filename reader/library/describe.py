"""What an article says of itself: from a file to its text and to its row in the list.

Owns the meaning of the entries a list needs beyond title, date and author: tags, categories, when it was changed, in
which language. Refuses to judge: what the author did not write is left empty, but for the title and the date, which a
file's name may give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from reader.document import NO_TEXT, Document, Heading, Metadata, Paragraph, Title, Value
from reader.language import script
from reader.library.entry import DATE_FROM_PATH, TITLE_FROM_PATH, Entry, path_date, path_title
from reader.library.files import Found
from reader.library.head import named_date
from reader.library.vault import vault_of
from reader.sanitize import clean_line
from reader.search import kind
from reader.source import Source

_TAGS: Final = ("tags", "tag", "keywords", "标签", "標籤", "タグ", "태그")
_CATEGORIES: Final = ("categories", "category", "分类", "分類", "カテゴリ", "분류")
_UPDATED: Final = ("updated", "lastmod", "modified", "lastupdated", "lastmodified", "更新时间", "更新時間", "更新日")
_LANGUAGES: Final = ("lang", "language", "locale")
_PATHS: Final = ("path", "permalink", "url", "slug")
_NAME_KEYS: Final = ("name", "title", "slug", "label")
_SIGNS: Final = re.compile("[,，、;；]")
_MAX_NAMES: Final = 50
_MAX_CHARACTERS: Final = 100
"""Of one name; more is no tag but a text."""
_SAMPLE_CHARACTERS: Final = 500
"""By which the language is told."""


def document_of(source: Source, dialect: Mapping[str, bool] | None = None) -> Document:
    """The whole article, as `reader.loading.load` ends with; raises nothing by intent."""
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
        in_vault = source.path is not None and vault_of(source.path) is not None
        document = parse(body, metadata, first_line=first_line, dialect=switches, in_vault=in_vault)
    known = tuple(map(clean_line, (*source.warnings, *warnings)))
    return replace(document, warnings=(*known, *document.warnings)) if known else document


def described(found: Found, source: Source, document: Document) -> Entry:
    """The row of an article that is not in the index yet."""
    from reader.layout import ReadingTime

    metadata = document.metadata
    entries = {key.lower().replace("_", "").replace("-", ""): value for key, value in metadata.entries.items()}
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
        "\n".join(_labels(entries, _TAGS)),
        "\n".join(_labels(entries, _CATEGORIES)),
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
        names = tuple(_flat(value))
        if len(names) > 1 and ", ".join(names) == metadata.author:
            return names
    return (metadata.author,) if metadata.author else ()


def _labels(entries: Mapping[str, Value], keys: tuple[str, ...]) -> tuple[str, ...]:
    """The tags or categories of an article: in order, each once."""
    names: dict[str, None] = {}
    for key in keys:
        value = entries.get(key, NO_TEXT)
        for name in _listed(value, several=key.endswith("s")) if isinstance(value, str) else _flat(value):
            name = name.strip().removeprefix("#").strip()
            if name and len(name) <= _MAX_CHARACTERS and len(names) < _MAX_NAMES:
                names.setdefault(name)
    return tuple(names)


def _listed(text: str, *, several: bool) -> list[str]:
    """The names in one line: parted by commas, or by blanks where the key says that they are several, as Jekyll has it
    (jekyllrb.com/docs/posts, "Tags and Categories")."""
    parts = _SIGNS.split(text)
    if len(parts) > 1:
        return parts
    return text.split() if several and text.isascii() else [text]


def _words(entries: Mapping[str, Value], key: str) -> Iterator[str]:
    return (word for word in _flat(entries.get(key, NO_TEXT)) if word)


def _flat(value: Value) -> Iterator[str]:
    """The texts of a value however nested; of a mapping its name."""
    if isinstance(value, str):
        if value:
            yield " ".join(value.split())
    elif isinstance(value, Mapping):
        keys = {key.lower(): key for key in value}
        named = next((keys[name] for name in _NAME_KEYS if name in keys), None)
        # {"Rust": null} is how some write a list
        yield from _flat(value[named]) if named else map(str, value)
    else:
        for inner in value:
            yield from _flat(inner)
