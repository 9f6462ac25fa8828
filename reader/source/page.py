"""Whether a text is a web page or a feed, and the encoding a page says it is in."""

from __future__ import annotations

import re
from typing import Final

from reader.sanitize import pattern
from reader.source.codec import text_codec

_PAGES: Final = (".html", ".htm", ".xhtml", ".shtml", ".xht")
TEXTS: Final = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd", ".txt", ".text")
_START: Final = pattern(
    r"(?i)(?:\s|<\?xml[^>]{0,200}>|<!--(?:(?!-->).){0,2000}-->)*<(?:!doctype\s+html|html|head|body)[\s>]", re.DOTALL
)
_FEED: Final = pattern(
    r"(?:\s++|<\?xml[^>]{0,400}>|<!DOCTYPE[^>\[]{0,300}>|<!--(?:(?!-->).){0,2000}-->){0,30}<(?:rss|feed|rdf:RDF|RDF|urlset|sitemapindex)[\s>]",
    re.DOTALL,
)
_CHARSET: Final = pattern(rb"(?i)<meta[^>]{0,200}?charset\s*+=\s*+[\"']?+\s*+([a-z0-9_:.-]{2,40})")
_XML: Final = pattern(rb"(?i)<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-z0-9_:.-]{2,40})")
_HEAD_BYTES: Final = 4096
"""In which a page names its encoding; WHATWG asks for the first 1,024, and pages are late."""

_SUPERSETS: Final = {
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii"), "cp1252"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    "big5": "big5hkscs",
}
"""What pages call these encodings is their supersets (WHATWG Encoding, section 4.2)."""


def is_html(text: str, name: str) -> bool:
    """Whether a text is a web page: by the extension of its file or address, else by how it begins.

    A text that is named as Markdown or plain text is none, whatever it begins with. `name` is empty for a pipe.
    """
    name = name.lower()
    if "://" in name[:12]:
        name = name.partition("#")[0].partition("?")[0]
    if name.endswith(TEXTS):
        return False
    start = text[:8192]
    if name.endswith(_PAGES):
        return "<" in start
    return _START.match(start) is not None


def is_feed(text: str) -> bool:
    """Whether a text begins as RSS, Atom or a sitemap does."""
    return _FEED.match(text[:8192]) is not None


def declared_charset(data: bytes) -> str | None:
    """The codec a page names in its `<meta charset>`; None where it names none that is read."""
    head = data[:_HEAD_BYTES]
    found = _CHARSET.search(head) or (_XML.match(head) if head.startswith(b"<?xml") else None)
    if found is None:
        return None
    name = found[1].decode("ascii").lower()
    known = text_codec(_SUPERSETS.get(name, name))
    return None if known == "utf-8" else known
