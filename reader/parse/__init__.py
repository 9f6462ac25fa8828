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
from functools import cache
from typing import Final

from reader.document import Document, Metadata
from reader.parse.blocks import Builder, Group, groups
from reader.parse.cut import Fragment, fragments, survey, unwrap
from reader.parse.dialect import PLAIN, Dialect
from reader.parse.grammar import Grammar

__all__ = ["PLAIN", "Dialect", "parse", "pieces"]

_NOTHING: Final = Metadata()
_ALL: Final = Dialect()
_FIRST: Final = 24 * 1024
_MOST: Final = 128 * 1024
"""Cost of the first piece and of any, in characters of prose (see `Fragment.cost`): about 5 and 30 ms of work."""
_BLANK: Final = " \t\n"
_PROSE: Final = re.compile(r"(?:(?:[^\W\d_]|[“‘《「『（【])[^\n]*\n)+[ \t\n]*")
"""Lines that all begin with a letter or an opening quote: a paragraph, whatever rule is asked."""
_HEADING: Final = re.compile(r"\n(#{1,6})[ \t]")


def parse(
    body: str,
    metadata: Metadata = _NOTHING,
    *,
    first_line: int = 0,
    dialect: Dialect = _ALL,
) -> Document:
    """The whole Document. `first_line` is the 0-based line of the file at which `body` starts. Raises nothing."""
    document = Document()
    for document in pieces(body, metadata, first_line=first_line, dialect=dialect):  # noqa: B007
        pass
    return document


def pieces(
    body: str,
    metadata: Metadata = _NOTHING,
    *,
    first_line: int = 0,
    dialect: Dialect = _ALL,
    first: int = _FIRST,
) -> Iterator[Document]:
    """Growing Documents, each an extension of the one before; the last one is complete.

    `first` is the size of the first piece, about, in characters of prose; later ones grow, up to some 30 ms of work.
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
    grammar = Grammar(dialect, found.references, found.labels, cache(lambda: _last_box(body)))
    builder = Builder(metadata, dialect, grammar, found, start=body[:2000], headings=_first_headings(body))
    size = max(1, first)
    taken: list[Fragment] = []
    cost = 0
    for fragment in fragments(body):
        if taken and cost + fragment.cost > size:
            builder.feed(_groups(body, taken, grammar, dialect, first_line))
            yield builder.document(fragment.start / len(body), complete=False)
            taken, cost = [], 0
            size = min(_MOST, max(size, 4096) * 2)
        taken.append(fragment)
        cost += fragment.cost
    builder.feed(_groups(body, taken, grammar, dialect, first_line), final=True)
    yield builder.document(1.0, complete=True)


def _groups(body: str, taken: list[Fragment], grammar: Grammar, dialect: Dialect, first_line: int) -> list[Group]:
    """The groups of some fragments that follow one another. All definitions in them are read before any inline."""
    result: list[Group] = []
    at = 0
    while at < len(taken):
        first = taken[at]
        line = first_line + first.line
        at += 1
        if first.safe:
            source = body[first.start : first.end]
            if _PROSE.fullmatch(source):
                result.append(Group("paragraph", source.strip(_BLANK), line, []))
                continue
            end = first.end
            while at < len(taken) and taken[at].safe and not _PROSE.fullmatch(body, taken[at].start, taken[at].end):
                end = taken[at].end
                at += 1
            source = body[first.start : end]
        else:
            line -= first.opener.count("\n")
            source = first.opener + body[first.start : first.end]
        tokens = grammar.blocks(source, first.line - first.opener.count("\n"))
        result += groups(tokens, line, dialect, joined=first.joined)
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
