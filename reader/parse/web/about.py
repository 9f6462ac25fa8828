"""What a page says about its article: title, author, date, site, language, and whether it is all there.

Owns the places where pages say it, best first: JSON-LD (schema.org `Article` and its kinds), OpenGraph and `<meta>`,
then the page's own elements. Refuses to guess from prose. Invariant: nothing of it raises, however broken the JSON is;
every string is one sanitised line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from reader.document import record
from reader.parse.web.article import same_title, words
from reader.parse.web.tree import Node
from reader.sanitize import clean_line, pattern

_MAX_JSON: Final = 1 << 20
"""Characters of one JSON-LD script that are read."""
_MAX_LINE: Final = 300
"""Characters of a title or a name that are kept."""
_ARTICLES: Final = pattern(r"(?:Article|Posting|Report|Review|Recipe|HowTo|Chapter)$")
_TITLES: Final = (
    "og:title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
)
_AUTHORS: Final = (
    "author", "article:author_name", "citation_author", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "article:author", "og:article:author",
)  # fmt: skip
_DATES: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "citation_publication_date",
    "citation_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish_date", "publish-date", "date", "weibo:article:create_at",
    "og:release_date", "og:published_time", "article:modified_time", "og:updated_time", "last-modified",
)  # fmt: skip
_SITES: Final = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "citation_journal_title",
    "dc.publisher",
)
_BYLINE: Final = pattern(
    r"(?:^|[\s_-])(?:author(?:-?name)?|by-?line(?:-?name)?|post-author|entry-author|p-author|fn|writer|reporter|journalist)(?:$|[\s_-])"
)
_WHEN: Final = pattern(r"(?:^|[\s_-])(?:date|time|published|pub-?(?:date|time)|posted(?:-?on)?)(?:$|[\s_-])")
_DAY: Final = pattern(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?:\s+\d{1,2}:\d\d)?")
_BY: Final = pattern(
    r"(?i)^(?:by|von|por|par|di|作者|文|著者|筆者|글)\s*[:：]?\s+|^(?:作者|文|著者|筆者|责编)\s*[:：/／]\s*"
)
_SEPARATOR: Final = pattern(
    r"(?<!\s)\s++[|\-–—·»«:•／]\s++|(?:(?<!\s)\s++)?[|｜_]\s*+|(?:(?<!\s)\s++)?[-–—]{1,2}\s*+(?=[\u3040-\uffdc])"
)
_LOCKED: Final = pattern(
    r"(?:^|[\s_-])(?:paywall|paid-?content|premium-?content|subscriber-?only|subscription-?required|piano-?(?:paywall|offer)|regwall|article-?locked|locked-?content)(?:$|[\s_-])"
)
_NEEDS_SCRIPT: Final = pattern(r"(?i)java ?script|скрипт|自バ")


@record
class About:
    """What a page says about its article; what it does not say is empty."""

    title: str = ""
    author: str = ""
    """Several are joined with ", "."""
    date: str = ""
    """As it is written there."""
    site: str = ""
    language: str = ""
    """A BCP 47 tag, as `zh-Hans`."""
    address: str = ""
    """The canonical address."""
    description: str = ""
    base: str = ""
    """What relative links start from (`<base href>`)."""
    locked: bool = False
    """Only subscribers are given the whole article."""
    scripted: bool = False
    """The page is put together by scripts."""


def about(page: Node) -> About:
    """What the page says about its article."""
    said = _Said(page)
    title = said.title()
    return About(
        title=title,
        author=said.author(),
        date=said.date(),
        site=said.site(),
        language=said.language(),
        address=_line(said.link("canonical") or said.meta("og:url")),
        description=_line(said.meta("og:description", "description")),
        base=said.base,
        locked=said.locked(),
        scripted=said.scripted(),
    )


def headline(page: Node, title: str) -> Node | None:
    """The heading of the page that is its title; None where there is none."""
    wanted = words(title)
    for node in page.elements():
        if node.tag in ("h1", "h2") and wanted and same_title(words(node.text()), wanted):
            return node
    return None


class _Said:
    def __init__(self, page: Node) -> None:
        self.page = page
        self.base = ""
        self._metas: dict[str, str] = {}
        self._links: dict[str, str] = {}
        self._first: dict[str, Node] = {}
        self._times: list[Node] = []
        self._byline = ""
        self._when = ""
        self._scripts = 0
        self._marked = False
        self._noscript = ""
        objects: list[dict[str, Any]] = []
        for node in page.elements():
            self._look(node, objects)
        self._article = _article(objects)

    def _look(self, node: Node, objects: list[dict[str, Any]]) -> None:
        tag = node.tag
        self._first.setdefault(tag, node)
        if tag == "meta":
            name = (node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv")).lower()
            if name and node.get("content"):
                self._metas.setdefault(name, node.get("content"))
        elif tag == "link":
            self._links.setdefault(node.get("rel").lower(), node.get("href"))
        elif tag == "base":
            self.base = self.base or node.get("href")
        elif tag == "time":
            self._times.append(node)
        elif tag == "script":
            self._scripts += 1
            if "ld+json" in node.get("type"):
                objects.extend(_objects(node.text()))
        elif tag == "noscript":
            self._noscript = self._noscript or node.text()
        names = node.get("class")
        if not self._when and _WHEN.search(f"{names} {node.get('id')}".lower()):
            found = _DAY.search(node.text()[:200])
            self._when = found[0] if found else ""
        if not self._byline and tag not in ("body", "html", "script", "img", "svg"):
            kind = f"{names} {node.get('rel')} {node.get('itemprop')}".lower()
            if _BYLINE.search(kind):
                text = " ".join(node.text().split())
                if 1 < len(text) <= 60:
                    self._byline = text
        if names and not self._marked and tag not in ("body", "html"):
            self._marked = _LOCKED.search(names.lower()) is not None

    def meta(self, *names: str) -> str:
        return next((self._metas[name] for name in names if self._metas.get(name)), "")

    def link(self, rel: str) -> str:
        return self._links.get(rel, "")

    def title(self) -> str:
        whole = _line(self._first["title"].text()) if "title" in self._first else ""
        title = _line(_text(self._article.get("headline"))) or _line(self.meta(*_TITLES)) or whole
        site = words(self._said_site())
        heading = self._first.get("h1")
        shown = _line(heading.text()).rstrip("¶# ") if heading is not None else ""
        if words(shown) and words(shown) != site:
            first = words(_SEPARATOR.split(title)[0])
            if words(shown) == first or same_title(words(shown), words(title)):
                return shown
        parts = _SEPARATOR.split(title)
        while len(parts) > 1 and words(parts[-1]) == site:
            parts.pop()
            title = title[: title.rindex(parts[-1]) + len(parts[-1])]
        return title

    def author(self) -> str:
        names = _names(self._article.get("author")) or _names(self._article.get("creator"))
        if not names:
            said = self.meta(*_AUTHORS)
            names = [said] if said and not said.startswith(("http:", "https:", "@", "/")) else []
        if not names and self._byline:
            names = [self._byline]
        lines = [_BY.sub("", _line(name)) for name in names]
        return ", ".join(dict.fromkeys(name for name in lines if name and not name.startswith("http")))[:_MAX_LINE]

    def date(self) -> str:
        said = (
            _text(self._article.get("datePublished")) or self.meta(*_DATES) or _text(self._article.get("dateModified"))
        )
        if not said:
            first = [node for node in self._times if "pubdate" in node.attrs or "datePublished" in node.get("itemprop")]
            for node in (*first, *self._times):
                if said := node.get("datetime") or node.text().strip():
                    break
        return _line(said or self._when)

    def site(self) -> str:
        """What the page says, or what follows the headline in its `<title>`."""
        said, heading = self._said_site(), self._first.get("h1")
        if said or heading is None or "title" not in self._first:
            return said
        parts = _SEPARATOR.split(_line(self._first["title"].text()))
        return parts[-1].strip() if len(parts) == 2 and words(parts[0]) == words(heading.text()) else ""

    def _said_site(self) -> str:
        publisher = self._article.get("publisher")
        return (
            _line(self.meta("og:site_name"))
            or next(iter(map(_line, _names(publisher))), "")
            or _line(self.meta(*_SITES))
        )

    def language(self) -> str:
        said = self.page.get("lang") or self.page.get("xml:lang") or _text(self._article.get("inLanguage"))
        said = said or self.meta("content-language", "og:locale", "dc.language", "language")
        said = said.replace("_", "-").split(",")[0].strip()
        return said if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", said) else ""

    def locked(self) -> bool:
        free = self._article.get("isAccessibleForFree")
        tier = self.meta("article:content_tier").lower()
        return (
            str(free).lower() == "false"
            or tier == "locked"
            or (self._marked and str(free).lower() != "true" and tier != "free")
        )

    def scripted(self) -> bool:
        return self._scripts > 1 or _NEEDS_SCRIPT.search(self._noscript) is not None


def _line(text: str) -> str:
    return " ".join(clean_line(text).split())[:_MAX_LINE]


def _objects(source: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD script, those of lists and of `@graph` too."""
    try:
        stack: list[Any] = [json.loads(source[:_MAX_JSON].strip().removesuffix(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(1000):
        if not stack:
            return
        found = stack.pop(0)
        if isinstance(found, list):
            stack.extend(found)
        elif isinstance(found, dict):
            yield found
            stack.extend(
                found[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
                if isinstance(found.get(key), (list, dict))
            )


def _article(objects: list[dict[str, Any]]) -> dict[str, Any]:
    for found in objects:
        kinds = found.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and _ARTICLES.search(kind):
                return found
    return {}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value") or value.get("alternateName"))
    return value if isinstance(value, str) else ""


def _names(value: Any) -> list[str]:
    return [name for one in (value if isinstance(value, list) else [value])[:20] if (name := _text(one).strip())]
