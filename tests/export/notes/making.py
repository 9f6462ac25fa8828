"""An article of our own words, notes on it, and hostile strings: what the tests of the exports share."""

from __future__ import annotations

from reader.document import Document, Metadata
from reader.export.notes import ArticleNotes, article_notes
from reader.parse import parse
from reader.store import Annotation, Article, annotation, selector_at

SOURCE = """\
Before the harbour was built, boats were drawn up the beach by oxen.

## The pier

The pier took nine years. Each winter took back a part of what each summer had added, and the account books still show
both columns.

- oak from the hills
- iron from the *north*

## The light

`lamp(oil)` burned until four. | Nobody knows who lit it.

| year | keeper |
| --- | --- |
| 1881 | Anna |
| 1902 | Per |
"""
HOSTILE = "x\x1b]52;c;AAAA\x07\u202e<script>alert(1)</script>\x9b0m"
PATH = "/articles/harbour.md"


def harbour(source: str = SOURCE, **entries: str) -> Document:
    """The article, with a title and what else its header says."""
    metadata = Metadata(title="The harbour", author="M. Lind", entries={"title": "The harbour", **entries})
    return parse(source, metadata)


def marked(document: Document, quote: str, *, colour: str = "", words: str = "", time: float = 1e9) -> Annotation:
    """A highlight or note on the passage that reads so."""
    start = document.text.index(quote)
    selector = selector_at(start, start + len(quote), document.text, document.sections, "d1")
    return annotation(selector, colour=colour, words=words, time=time)


def notes(document: Document, *made: Annotation, path: str | None = PATH) -> ArticleNotes:
    """All that an export says."""
    return article_notes(Article(path, "d1", "The harbour"), made, document)
