"""Notes that were read, put to an article by their quote.

Owns which notes are of an article, and the anchoring of those that say nothing of the article's other places. A note
whose passage is not in the article is kept with its quote all the same, as a lost one that can be placed by hand.

Invariant: the same note taken again has the same id, so that it is there once.
"""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from reader.document import Document, record
from reader.export.notes.imported import Imported
from reader.sanitize import pattern
from reader.store import Annotation, Article, Selector, anchored, selector_at, tags

_UUID: Final = pattern(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BLANK: Final = pattern(r"\s+")
_LIGHTING: Final = ("hypothesis", "readwise")
"""Programs in which the passage of a note is a highlight."""
_CONTEXT: Final = 64
_CHUNK: Final = 4096


@record
class Taken:
    """What came of an import for one article."""

    article: Article
    annotations: tuple[Annotation, ...]
    """To be saved (`Store.save_annotations`), those that did not anchor among them."""
    unanchored: tuple[Imported, ...]
    """Whose passage is not in the article, or at more than one place."""


def belonging(several: Iterable[Imported], article: Article, document: Document) -> tuple[Imported, ...]:
    """Those that are of this article: by its digest, path, address or title, or the name of its file."""
    heading = next((one.title for one in document.sections if one.level == 1 and not one.opening), "")
    named = (article.title, document.metadata.title, heading, os.path.basename(article.path or ""))
    titles = {_key(title) for title in named if title}
    addresses = {_address(value) for value in (article.path or "", *_addresses(document)) if "://" in value}
    return tuple(
        one
        for one in several
        if (one.digest and one.digest == article.digest)
        or (one.path and one.path == article.path)
        or (one.url and _address(one.url) in addresses)
        or (one.title and _key(one.title) in titles)
    )


def take(several: Sequence[Imported], article: Article, document: Document, colour: str = "") -> Taken:
    """Puts notes to an article, whether they say they are of it or not (`belonging` asks). `colour` is that of a
    highlight that says none: a passage without words, and each of a program whose notes are on highlights."""
    text, sections = document.text, document.sections
    wanted = _Wanted(text, article.digest)
    selectors = [wanted.selector(one) if one.exact else None for one in several]
    found = iter(anchored([one for one in selectors if one is not None], text, sections, article.digest))
    made: list[Annotation] = []
    unanchored: list[Imported] = []
    for one, selector in zip(several, selectors, strict=True):
        if selector is not None:
            where = next(found).range
            if where is None or not len(where):
                unanchored.append(one)
                end = selector.start + len(one.exact)
                selector = replace(selector, exact=one.exact, end=end, section=one.section, digest="")
            else:
                selector = selector_at(where.start, where.end, text, sections, article.digest)
        words = _with_tags(one.words, one.tags)
        lit = one.colour or (colour if selector is not None and (one.origin in _LIGHTING or not words) else "")
        made.append(Annotation(_id(one), selector, lit, words, one.created, one.modified or one.created))
    return Taken(article, tuple(made), tuple(unanchored))


class _Wanted:
    """What is looked for in one text. Another program's text breaks lines elsewhere, and says nothing of how its other
    places read: an exact text that stands here once needs no witness, one that stands twice needs one."""

    def __init__(self, text: str, digest: str) -> None:
        self.text, self.digest = text, digest
        self._plain: str | None = None
        self._counts: list[int] = []

    def selector(self, one: Imported) -> Selector:
        exact, text = one.exact, self.text
        first = text.find(exact)
        if first < 0 and (loose := self._loosely(exact)) is not None:
            first, exact = loose
        told = one.digest == self.digest or not (one.digest or one.prefix or one.suffix)
        if one.start >= 0 and told and len(exact) > 1 and text.startswith(exact, one.start):
            return self._at(one.start, exact)  # a CSV has nothing but the place to tell equal texts apart
        if first >= 0 and text.find(exact, first + 1) < 0:
            return self._at(first, exact)
        start = max(one.start, 0)
        rival, twin = (0.0, -1) if first < 0 else (1.0, 0)
        prefix, suffix = one.prefix[-_CONTEXT:], one.suffix[:_CONTEXT]
        if first >= 0 and not (prefix or suffix):
            # Nothing says which of its places is meant, and a witness that is nowhere says so.
            prefix = "\0" * _CONTEXT
        return Selector(start, start + len(exact), exact, prefix, suffix, rival=rival, twin=twin)

    def _at(self, start: int, exact: str) -> Selector:
        end = start + len(exact)
        before, after = self.text[max(0, start - _CONTEXT) : start], self.text[end : end + _CONTEXT]
        return Selector(start, end, exact, before, after, digest=self.digest, rival=0.0)

    def _loosely(self, exact: str) -> tuple[int, str] | None:
        """Where the text stands that differs from `exact` in white space alone, if at one place."""
        if self._plain is None:
            parts = ["".join(self.text[at : at + _CHUNK].split()) for at in range(0, len(self.text), _CHUNK)]
            self._plain = "".join(parts)
            self._counts = list(accumulate(map(len, parts), initial=0))
        plain = "".join(exact.split())
        first = self._plain.find(plain) if plain else -1
        if first < 0 or self._plain.find(plain, first + 1) >= 0:
            return None
        start, last = self._offset(first), self._offset(first + len(plain) - 1)
        return start, self.text[start : last + 1]

    def _offset(self, count: int) -> int:
        """Where the character stands that has `count` others before it, white space left out."""
        chunk = bisect_right(self._counts, count) - 1
        left = count - self._counts[chunk]
        at = chunk * _CHUNK
        while self.text[at].isspace() or left:
            left -= not self.text[at].isspace()
            at += 1
        return at


def _with_tags(words: str, more: Iterable[str]) -> str:
    """Words with the tags that are not among them, as `#word`."""
    known = set(tags(words))
    named = (_BLANK.sub("-", tag.strip().lstrip("#")) for tag in more)
    new = " ".join(f"#{tag}" for tag in dict.fromkeys(named) if tag and tag not in known)
    return "\n\n".join(filter(None, (words, new)))


def _id(one: Imported) -> str:
    if _UUID.fullmatch(one.id):
        return one.id
    key = one.id or "\0".join((one.title, one.url, one.exact, one.words, str(one.created)))
    digits = hashlib.blake2b(f"{one.origin}\0{key}".encode("utf-8", "replace"), digest_size=16).hexdigest()
    # RFC 9562, 5.8: a UUID whose bits its maker has chosen
    return f"{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def _addresses(document: Document) -> Iterable[str]:
    return (value for value in document.metadata.entries.values() if isinstance(value, str))


def _address(url: str) -> str:
    """An address without what does not matter: scheme, `www.`, fragment, final slash."""
    return url.partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/").lower() or url


def _key(title: str) -> str:
    return _BLANK.sub(" ", title).strip().casefold()
