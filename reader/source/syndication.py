"""Feeds and sitemaps: the articles a site lists, from RSS 0.9x to 2.0, RSS 1.0, Atom and sitemaps.org.

Owns the way from the bytes of such a file to entries. Refuses what makes XML dangerous: a file that declares an entity
is read up to that place and no further, nothing outside the file is asked for, and titles, texts and the number of
entries have bounds. Invariant: `feed_entries` raises nothing but `SourceError` for bytes that are no text; a file that
is broken gives the entries before the break, and a warning.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from html import unescape
from html.entities import html5
from typing import Final, Literal, NamedTuple, TypeAlias
from urllib.parse import urljoin
from xml.parsers import expat

from reader.frontmatter import parse_date
from reader.locale import _
from reader.sanitize import clean_line, pattern
from reader.source.decode import decode

MAX_ENTRIES: Final = 5_000
MAX_TEXT: Final = 2_000
"""Characters of a title, an address or a summary."""

FeedKind: TypeAlias = Literal["rss", "atom", "sitemap", "sitemaps"]
"""sitemaps: the entries are sitemaps themselves."""

_ROOTS: Final[dict[str, FeedKind]] = {
    "rss": "rss",
    "RDF": "rss",
    "feed": "atom",
    "urlset": "sitemap",
    "sitemapindex": "sitemaps",
}
_ENTRIES: Final = frozenset(("item", "entry", "url", "sitemap"))
_FIELDS: Final = {
    "title": "title",
    "link": "link",
    "loc": "link",
    "guid": "guid",
    "id": "guid",
    "pubDate": "date",
    "date": "date",
    "published": "date",
    "issued": "date",
    "publication_date": "date",
    "lastmod": "updated",
    "updated": "updated",
    "modified": "updated",
    "description": "summary",
    "summary": "summary",
    "subtitle": "summary",
}
_NAMED: Final = pattern(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_DECLARATION: Final = pattern(r"\A<\?xml[^<>]{0,400}\?>")
_XML: Final = frozenset(("amp", "lt", "gt", "quot", "apos"))
_TAG: Final = pattern(r"<[^<>]{0,2000}>")


class FeedEntry(NamedTuple):
    """One article of a list."""

    title: str
    """One sanitised line; the end of the address where there is none."""
    address: str
    """Absolute, http or https; not sanitised."""
    date: date | datetime | None = None
    summary: str = ""
    """One sanitised line without markup."""


class Feed(NamedTuple):
    """What a feed or a sitemap lists, in its order."""

    kind: FeedKind
    title: str
    entries: tuple[FeedEntry, ...]
    warnings: tuple[str, ...] = ()


def feed_entries(data: bytes | str, address: str = "") -> Feed | None:
    """The entries of a feed or a sitemap; None where the text or the bytes are something else.

    `address` is where it was fetched, for relative links. Raises `SourceError` for what is no text.
    """
    if isinstance(data, bytes):
        if not re.match(rb"\s*+(?:\xef\xbb\xbf\s*+)?<|\xff\xfe|\xfe\xff", data):
            return None
        text, _name = decode(data, "feed", None, [])
    else:
        text = data
    reader = _Reader(address)
    problem = ""
    try:
        # It is text already, whatever its declaration says of bytes.
        reader.parse(_NAMED.sub(_numeric, _DECLARATION.sub("", text.lstrip(), count=1)))
    except _Enough as enough:
        problem = str(enough)
    except (expat.ExpatError, ValueError) as error:
        problem = _("The feed is broken ({problem}); what stands before that is shown.").format(problem=error)
    if reader.kind is None:
        return None
    title = _line(reader.fields.get("title", ""))
    return Feed(reader.kind, title, tuple(reader.entries), (clean_line(problem),) if problem else ())


class _Enough(Exception):
    """Reading ends here; the message is a warning."""


class _Reader:
    def __init__(self, address: str) -> None:
        self.kind: FeedKind | None = None
        self.entries: list[FeedEntry] = []
        self.fields: dict[str, str] = {}
        """Of the feed itself."""
        self._address = address
        self._path: list[str] = []
        self._entry: dict[str, str] | None = None
        self._entry_depth = 0
        self._text: list[str] = []
        self._size = 0

    def parse(self, text: str) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._put
        parser.EntityDeclHandler = self._declared
        parser.Parse(text, True)

    def _declared(self, *_about: object) -> None:
        raise _Enough(_("The feed declares entities, which is not read any further."))

    def _begin(self, name: str, attrs: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if not self._path:
            self.kind = _ROOTS.get(local)
            if self.kind is None:
                raise _Enough("")
        self._path.append(local)
        if len(self._path) > 100:
            raise _Enough(_("The feed is nested too deeply; what stands before that is shown."))
        if self._entry is None and local in _ENTRIES:
            self._entry, self._entry_depth = {}, len(self._path)
        self._text, self._size = [], 0
        fields = self.fields if self._entry is None else self._entry
        if local == "link" and "href" in attrs and attrs.get("rel", "alternate") == "alternate":
            fields.setdefault("link", attrs["href"][:MAX_TEXT])
        if local == "guid" and attrs.get("isPermaLink", "true") == "false":
            fields["guid"] = ""

    def _put(self, text: str) -> None:
        if self._size < MAX_TEXT:
            self._text.append(text[:MAX_TEXT])
            self._size += len(text)

    def _end(self, name: str) -> None:
        local = self._path.pop()
        text = "".join(self._text).strip()[:MAX_TEXT]
        self._text, self._size = [], 0
        field = _FIELDS.get(local)
        if self._entry is not None and len(self._path) + 1 == self._entry_depth:
            self._finish(self._entry)
            self._entry = None
        elif field and text:
            depth = len(self._path) - self._entry_depth if self._entry is not None else len(self._path) - 1
            near = depth <= 1 or (self._path and self._path[-1] in ("news", "channel"))
            if near and not (name.startswith(("media:", "itunes:")) and field != "date"):
                (self.fields if self._entry is None else self._entry).setdefault(field, text)

    def _finish(self, said: dict[str, str]) -> None:
        link = said.get("link") or said.get("guid", "")
        if not link:
            return
        try:
            address = urljoin(self._address, "".join(link.split()))
        except ValueError:
            return
        if not address.lower().startswith(("http://", "https://")):
            return
        title = _line(said.get("title", "")) or _line(address.rstrip("/").rpartition("/")[2]) or clean_line(address)
        when = parse_date(said.get("date", "")) or parse_date(said.get("updated", ""))
        self.entries.append(FeedEntry(title, address, when, _line(said.get("summary", ""))))
        if len(self.entries) >= MAX_ENTRIES:
            more = _("The feed lists more than {count:,} articles; the first are shown.")
            raise _Enough(more.format(count=MAX_ENTRIES))


def _line(text: str) -> str:
    """One line of a text that may be HTML, once or twice escaped."""
    return " ".join(clean_line(unescape(_TAG.sub(" ", unescape(text)))).split())


def _numeric(found: re.Match[str]) -> str:
    """A named character of HTML, which XML does not know, by its number."""
    if found[1] in _XML or f"{found[1]};" not in html5:
        return found[0]
    return "".join(f"&#{ord(char)};" for char in html5[f"{found[1]};"])
