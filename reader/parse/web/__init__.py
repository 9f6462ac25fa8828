"""A web page becomes a Document: its article alone, and what the page says about it.

Why here: a page is a kind of source text, as Markdown is, and what comes of it is written with the same `Writer` and
the same reading of HTML elements (`reader.parse.html`) as the HTML inside Markdown, so it is a part of `parse`. It
needs nothing of `source`, and `source` (which tells whether a text is a page) nothing of it. Imported late, since
Markdown never needs it.

Owns the way from a page's source to chunks of plain HTML and metadata: `tree` (elements), `about` (title, author, date
…), `article` (which part is the article), `write` (that part, as elements that `reader.parse.html` reads). Refuses to
fetch anything and to run scripts.

Why no library: on the 100 pages of `../shared/web` this choice of an article has a higher F1 than trafilatura,
readability-lxml and resiliparse, keeps the structure they drop, needs no package, and its time is linear.

Invariant: a page that is not empty gives a Document that is not empty: where no article is found, all text is shown.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reader.document import Metadata, Value
from reader.frontmatter import parse_date
from reader.locale import N_, _
from reader.parse.web.about import About, about, headline
from reader.parse.web.article import Choice, choose, whole
from reader.parse.web.tree import TooLarge, parse_tree
from reader.parse.web.write import article_html
from reader.sanitize import clean_line

__all__ = ["Page", "read_page"]

MIN_ARTICLE: Final = 200
"""Weight of prose below which a page may well have no article; see `article.weight`."""
LOCKED: Final = N_("The site says that this article is for subscribers: what is shown may be only its beginning.")
SCRIPTED: Final = N_("There is little or no text in this page until a browser runs its scripts; open it in a browser.")
NO_ARTICLE: Final = N_("No article was found in this page; all of its text is shown.")
TOO_LARGE: Final = N_("The page is too large to look for the article in it; all of its text is shown.")


class Page(NamedTuple):
    """What `read_page` found."""

    metadata: Metadata
    chunks: tuple[str, ...]
    """The article as HTML of known elements, in pieces; no piece ends within an element but `<div>`."""
    start: str
    """Some text from its start, for telling its language."""
    warnings: tuple[str, ...]


def read_page(source: str, address: str = "", *, all_text: bool = False) -> Page:
    """The article of a page, or `all_text` of it. `address` is where it was fetched, for relative links; empty for a
    file.

    Raises nothing.
    """
    try:
        tree = parse_tree(source)
    except TooLarge:
        return Page(Metadata(), (source,), source[:2000], (TOO_LARGE,))
    said = about(tree)
    choice = whole(tree, everything=True) if all_text else choose(tree, said.title)
    base = _base(said, address)
    chunks = article_html(choice, base, said.title, headline(tree, said.title))
    warnings = [LOCKED] if said.locked else []
    if choice.prose < MIN_ARTICLE:
        if said.scripted and not choice.prose:
            warnings.append(SCRIPTED)
        if not any(re.sub("<[^i<>][^<>]*+>", "", chunk).strip() for chunk in chunks):
            chunks = article_html(whole(tree), base, said.title, headline(tree, said.title))
            if not said.scripted and not all_text:
                warnings.append(NO_ARTICLE)
    start = choice.root.text()[:2000] if chunks else ""
    return Page(_metadata(said, address or said.address), tuple(chunks), start, tuple(map(_, warnings)))


def _base(said: About, address: str) -> str:
    from urllib.parse import urljoin

    try:
        base = urljoin(address or said.address, said.base)
    except ValueError:
        return address
    return base if base.startswith(("http://", "https://")) else ""


def _metadata(said: About, address: str) -> Metadata:
    entries: dict[str, Value] = {
        key: clean_line(value)
        for key, value in (
            ("title", said.title),
            ("author", said.author),
            ("date", said.date),
            ("site", said.site),
            ("language", said.language),
            ("url", address if address.startswith(("http://", "https://")) else ""),
            ("description", said.description),
        )
        if value
    }
    return Metadata(clean_line(said.title), parse_date(said.date), clean_line(said.author), entries=entries)


__all__ += ["Choice"]
