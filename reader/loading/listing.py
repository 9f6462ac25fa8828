"""A feed or a sitemap as an article: a list of links to choose from, each with its day and a few words.

Owns how an entry reads. Refuses to fetch what is listed. Invariant: the links of the document are the entries, in
their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from reader.document import Document, Metadata
from reader.locale import N_
from reader.parse import html_pieces
from reader.sanitize import clean_line
from reader.source import Feed, FeedEntry, Source, feed_entries

_CHUNK_ENTRIES: Final = 100
_SUMMARY_CHARACTERS: Final = 280
NOTHING: Final = N_("No articles are listed here.")


def listing(source: Source) -> Iterator[Document]:
    """The document of a source that is a feed, growing."""
    address = source.url or ""
    feed = feed_entries(source.text, address) or Feed("rss", "", ())
    entries = feed.entries
    chunks = [
        f"<ul>{''.join(map(_item, entries[at : at + _CHUNK_ENTRIES]))}</ul>"
        for at in range(0, len(entries), _CHUNK_ENTRIES)
    ]
    title = clean_line(feed.title)
    said = {"title": title, "url": clean_line(address)}
    metadata = Metadata(title, entries={key: value for key, value in said.items() if value})
    warnings = feed.warnings if entries else (*feed.warnings, NOTHING)
    return html_pieces(chunks, metadata, start=" ".join(entry.title for entry in entries[:20]), warnings=warnings)


def _item(entry: FeedEntry) -> str:
    when = entry.date.isoformat()[:10] if entry.date else ""
    words = entry.summary
    if len(words) > _SUMMARY_CHARACTERS:
        words = words[:_SUMMARY_CHARACTERS].rpartition(" ")[0] or words[:_SUMMARY_CHARACTERS]
        words += " …"
    below = " · ".join(filter(None, (when, words)))
    address = escape(entry.address)
    return f'<li><p><a href="{address}">{escape(entry.title)}</a></p>{f"<p>{escape(below)}</p>" if below else ""}</li>'
