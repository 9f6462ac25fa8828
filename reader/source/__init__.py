"""From what a person names (a path, `-` or a web address) to text: the only room that opens articles.

Owns reading, its limits, and decoding: `files` (a file or standard input), `web` (an address), `decode` and `charset`
(bytes to text), `page` (whether a text is a web page). Refuses what is no article (a folder, a device, a program, a
picture) with one `SourceError` that says what, where and what to do; nothing else is raised for whatever a path or its
bytes may be.

Invariant: the same bytes give the same text and digest wherever they come from.
"""

from reader.source.names import parse_size, shown_path
from reader.source.page import is_html
from reader.source.reading import DEFAULT_LIMIT, read
from reader.source.value import Source, SourceError

__all__ = ["DEFAULT_LIMIT", "Source", "SourceError", "is_html", "parse_size", "read", "shown_path"]
