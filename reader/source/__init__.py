"""From what a person names (a path, `-` or a web address) to text: the only room that opens articles.

Owns reading, its limits, and decoding: `names` (what an argument means), `files` (a file or standard input), `web` (an
address), `decode` and `charset` (bytes to text), `kind` and `page` (what kind of text it is); and, imported at their
first use, `pages` (the page of an address), `pipe` (a pipe as it comes), `cache` (pages kept), `images` (those of
articles, as bytes), `syndication` (feeds and sitemaps) and `repository` (the Markdown behind a page of a code host).

Refuses what is no article (a folder, a device, a program, a picture) with one `SourceError` that says what, where and
what to do; nothing else is raised for whatever a path or its bytes may be.

Invariant: the same bytes give the same text and digest wherever they come from.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from reader.source.kind import Kind
from reader.source.names import Target, descriptor, is_web, parse_size, parse_target, parse_targets, shown_path
from reader.source.reading import DEFAULT_LIMIT, read
from reader.source.value import Source, SourceError

if TYPE_CHECKING:
    from reader.source.cache import Fetched as Fetched
    from reader.source.cache import Kept as Kept
    from reader.source.cache import keep_page as keep_page
    from reader.source.cache import kept_page as kept_page
    from reader.source.cache import open_page as open_page
    from reader.source.cache import prune_pages as prune_pages
    from reader.source.images import data_bytes as data_bytes
    from reader.source.images import fetched_image as fetched_image
    from reader.source.images import file_bytes as file_bytes
    from reader.source.images import image_file as image_file
    from reader.source.images import is_kept as is_kept
    from reader.source.images import kept_image as kept_image
    from reader.source.pages import fetched_bytes as fetched_bytes
    from reader.source.pipe import Pipe as Pipe
    from reader.source.repository import markdown_addresses as markdown_addresses
    from reader.source.syndication import Feed as Feed
    from reader.source.syndication import FeedEntry as FeedEntry
    from reader.source.syndication import feed_entries as feed_entries
else:
    _LATE = {
        **dict.fromkeys(("Fetched", "Kept", "keep_page", "kept_page", "open_page", "prune_pages"), "cache"),
        **dict.fromkeys(("Feed", "FeedEntry", "feed_entries"), "syndication"),
        "fetched_bytes": "pages",
        **dict.fromkeys(("data_bytes", "fetched_image", "file_bytes", "image_file", "is_kept", "kept_image"), "images"),
        "markdown_addresses": "repository",
        "Pipe": "pipe",
    }

    def __getattr__(name):
        """The names that few articles need, at their first use."""
        if name in _LATE:
            return getattr(import_module(f"reader.source.{_LATE[name]}"), name)
        raise AttributeError(name)


__all__ = [
    "DEFAULT_LIMIT",
    "Feed",
    "FeedEntry",
    "Fetched",
    "Kept",
    "Kind",
    "Pipe",
    "Source",
    "SourceError",
    "Target",
    "data_bytes",
    "descriptor",
    "feed_entries",
    "fetched_bytes",
    "fetched_image",
    "file_bytes",
    "image_file",
    "is_kept",
    "is_web",
    "keep_page",
    "kept_image",
    "kept_page",
    "markdown_addresses",
    "open_page",
    "parse_size",
    "parse_target",
    "parse_targets",
    "prune_pages",
    "read",
    "shown_path",
]
