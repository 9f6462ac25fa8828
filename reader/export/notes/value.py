"""An article's highlights and notes, with all that an export says of the article: made once, written in any format.

Owns what is known of the article (from its front matter where it can be read, else from the store), and the order:
notes on the whole article, those that stand in it by place, those that are lost. Refuses to read files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from reader.document import Document, Value, record
from reader.sanitize import clean_line
from reader.store import Anchored, Annotation, Article, anchored

_ADDRESS_KEYS: Final = ("url", "link", "canonical", "canonical_url", "source", "original", "permalink")
_TAG_KEYS: Final = ("tags", "tag", "keywords", "categories")
MAX_TAGS: Final = 50


@record
class PlacedNote:
    """A highlight or note, and where it is."""

    annotation: Annotation
    place: Anchored | None
    """None: the article could not be read, so nobody knows."""
    section: str = ""
    """Title of the section it stands in, or stood in."""

    @property
    def quote(self) -> str:
        """The passage as it was marked; empty for a note on the whole article."""
        return self.annotation.selector.exact if self.annotation.selector else ""

    @property
    def start(self) -> int:
        """Where its passage begins, or began."""
        if self.place is not None and self.place.range is not None:
            return self.place.range.start
        return self.annotation.selector.start if self.annotation.selector else 0

    @property
    def lost(self) -> bool:
        """Whether its passage is not in the article any more."""
        return self.place is not None and self.place.status == "lost"


@record
class ArticleNotes:
    """What an export says of one article. Every string is sanitised and on one line, but for quotes and words."""

    article: Article
    title: str
    author: str = ""
    date: str = ""
    """ISO 8601; empty where the article says none."""
    url: str = ""
    """Its web address: of the article itself, or as its front matter says."""
    tags: tuple[str, ...] = ()
    notes: tuple[PlacedNote, ...] = ()

    @property
    def source(self) -> str:
        """The address, else the path; empty for what came by standard input."""
        return self.url or clean_line(self.article.path or "")


def article_notes(
    article: Article,
    annotations: Sequence[Annotation],
    document: Document | None,
    versions: Mapping[str, str] | None = None,
) -> ArticleNotes:
    """The notes of one article as `Store.annotations` has them. `document` is the whole of it as it is now, None where
    it cannot be read: then they stand where they stood. `versions` is what `Store.versions` has."""
    name = clean_line(os.path.basename(article.path or "")) or "Untitled"
    address = article.path if article.path and article.path.startswith(("http://", "https://")) else ""
    if document is None:
        placed = [PlacedNote(one, None, one.selector.section if one.selector else "") for one in annotations]
        return ArticleNotes(article, article.title or name, url=clean_line(address), notes=_ordered(placed))
    metadata = document.metadata
    there = [one for one in annotations if one.selector is not None]
    selectors = [one.selector for one in there if one.selector]
    found = anchored(selectors, document.text, document.sections, article.digest, before=versions)
    placed = [PlacedNote(one, None) for one in annotations if one.selector is None]
    for one, place in zip(there, found, strict=True):
        at = document.section_index(place.range.start) if place.range is not None else None
        before = one.selector.section if one.selector else ""
        placed.append(PlacedNote(one, place, before if at is None else document.sections[at].title))
    return ArticleNotes(
        article,
        metadata.title or _opening(document) or article.title or name,
        metadata.author,
        metadata.date.isoformat() if metadata.date else "",
        clean_line(address or _address(document)),
        _tags(document),
        _ordered(placed),
    )


def newer(notes: ArticleNotes, since: float) -> ArticleNotes:
    """Only those that were made or changed after `since`, in seconds since the epoch."""
    return replace(notes, notes=tuple(one for one in notes.notes if one.annotation.modified > since))


def _ordered(placed: Iterable[PlacedNote]) -> tuple[PlacedNote, ...]:
    return tuple(
        sorted(placed, key=lambda one: (bool(one.annotation.selector), one.lost, one.start, one.annotation.created))
    )


def _opening(document: Document) -> str:
    """The heading that the article opens with, of any level; empty where text stands before it."""
    first = next((section for section in document.sections if not section.opening and not section.inferred), None)
    return first.title if first is not None and not document.text[: first.start].strip() else ""


def _address(document: Document) -> str:
    for key, value in document.metadata.entries.items():
        if key.lower() in _ADDRESS_KEYS and isinstance(value, str) and value.startswith(("http://", "https://")):
            return value
    return ""


def _tags(document: Document) -> tuple[str, ...]:
    found: list[str] = []
    for key, value in document.metadata.entries.items():
        if key.lower() in _TAG_KEYS:
            found += _words(value)
    return tuple(dict.fromkeys(tag for tag in map(clean_line, found) if tag))[:MAX_TAGS]


def _words(value: Value) -> list[str]:
    if isinstance(value, str):
        return [word.strip() for word in (value.split(",") if "," in value else value.split())]
    if isinstance(value, tuple):
        return [word for inner in value for word in ([inner] if isinstance(inner, str) else _words(inner))]
    return []
