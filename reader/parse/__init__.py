"""Markdown becomes a Document, a piece at a time.

Owns the one way from an article's body to `reader.document`: `pieces` for a screen that must not wait, `parse` for all
at once. Refuses front matter (it takes what `frontmatter` found), files and everything about looks. `markdown_it` is
imported in this package only. The rooms within: `cut` (where to cut), `grammar` (markdown-it and our rules), `inline`,
`html` and `blocks` (from tokens and tags to calls), `writer` (text and ranges), `dialect` (judgments), `script` and
`latex`.

Invariant: each Document of `pieces` extends the one before, and the last one is the same for every size of piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reader.document import Document, Metadata
from reader.parse.blocks import Builder, Group, groups
from reader.parse.cut import Fragment, fragments, survey, unwrap
from reader.parse.dialect import PLAIN, Dialect
from reader.parse.grammar import Grammar

__all__ = ["PLAIN", "Dialect", "parse", "pieces"]

_FIRST: Final = 16 * 1024
_MOST: Final = 96 * 1024
"""Characters of the first piece, and of any: about 5 and 30 ms of work."""
_HEADING: Final = re.compile(r"\n(#{1,6})[ \t]")


def parse(
    body: str,
    metadata: Metadata = Metadata(),
    *,
    first_line: int = 0,
    dialect: Dialect = Dialect(),  # noqa: B008
) -> Document:
    """The whole Document. `first_line` is the 0-based line of the file at which `body` starts. Raises nothing."""
    document = Document()
    for document in pieces(body, metadata, first_line=first_line, dialect=dialect):  # noqa: B007
        pass
    return document


def pieces(
    body: str,
    metadata: Metadata = Metadata(),  # noqa: B008
    *,
    first_line: int = 0,
    dialect: Dialect = Dialect(),  # noqa: B008
    first: int = _FIRST,
) -> Iterator[Document]:
    """Growing Documents, each an extension of the one before; the last one is complete.

    `first` is the size of the first piece in characters; later ones grow. A piece takes some 30 ms at most.
    """
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    if dialect.unwrapped:
        body, skipped = unwrap(body)
        first_line += skipped
    # With a line break before it, each line has one: what looks for the start of lines need not treat the first apart.
    body = "\n" + body.replace("\0", "\ufffd")
    first_line -= 1
    found = survey(body, footnotes=dialect.footnotes)
    grammar = Grammar(dialect, body, found.references, found.labels)
    builder = Builder(metadata, dialect, grammar, found, start=body[:2000], headings=_first_headings(body))
    last_box = _last_box(body) + first_line if dialect.boxes and ":::" in body else -1
    size = max(1, first)
    taken: list[Fragment] = []
    total = len(body)
    start = 0
    for fragment in fragments(body):
        if taken and fragment.start - start >= size:
            builder.feed(_groups(body, taken, grammar, dialect, first_line, last_box))
            yield builder.document(fragment.start / total, complete=False)
            start = fragment.start
            taken = []
            size = min(_MOST, max(size, 4096) * 2)
        taken.append(fragment)
    builder.feed(_groups(body, taken, grammar, dialect, first_line, last_box), final=True)
    yield builder.document(1.0, complete=True)


def _groups(
    body: str, taken: list[Fragment], grammar: Grammar, dialect: Dialect, first_line: int, last_box: int
) -> list[Group]:
    """The groups of some fragments that follow one another. All definitions in them are read before any inline."""
    result: list[Group] = []
    at = 0
    while at < len(taken):
        first = taken[at]
        end = at + 1
        while end < len(taken) and taken[end - 1].safe and taken[end].safe:
            end += 1
        line = first_line + first.line - first.opener.count("\n")
        source = first.opener + body[first.start : taken[end - 1].end]
        result += groups(grammar.blocks(source, last_box=last_box - line), line, dialect, joined=first.joined)
        at = end
    return result


def _first_headings(body: str) -> list[int]:
    """The levels of the first two lines that look like headings."""
    return [len(found[1]) for found, _ in zip(_HEADING.finditer(body), range(2), strict=False)]


def _last_box(body: str) -> int:
    """The last line of the source that closes a `:::` box; -1 where none does."""
    at = len(body)
    while (at := body.rfind("\n:::", 0, at)) >= 0:
        end = body.find("\n", at + 1)
        if not body[at : end if end >= 0 else len(body)].strip("\n: \t"):
            return body.count("\n", 0, at + 1)
    return -1
