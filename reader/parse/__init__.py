"""Markdown becomes a Document, a piece at a time.

Owns the one way from an article's body to `reader.document`: `pieces` for a screen that must not wait, `parse` for all
at once. Refuses front matter (it takes what `frontmatter` found), files and everything about looks. `markdown_it` is
imported in this package only. The rooms within: `cut` (where to cut), `grammar` and `rules` (markdown-it and what we
add to it), `inline`, `html` and `blocks` (from tokens and tags to calls), `writer` (text and ranges), `dialect`
(judgments), `script` and `latex`.

Invariant: each Document of `pieces` extends the one before, and the last one is the same for every size of piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from time import perf_counter
from typing import Final

from reader.document import Document, Metadata
from reader.parse.blocks import Builder, Group, groups
from reader.parse.cut import Fragment, Survey, fragments, unwrap
from reader.parse.dialect import PLAIN, Dialect
from reader.parse.grammar import Grammar
from reader.parse.headings import level_of

__all__ = ["PLAIN", "Dialect", "parse", "pieces"]

_NOTHING: Final = Metadata()
_ALL: Final = Dialect()
_FIRST: Final = 16 * 1024
_MOST: Final = 128 * 1024
"""Cost of the first piece and of any, in characters of prose (see `Fragment.cost`): about 4 and 30 ms of work."""
_SECONDS: Final = 0.03
"""A piece that has taken so long, because its markup is dense, ends early."""
_HEAD: Final = 256 * 1024
"""Characters at the start in which is looked for what kind of headings the article has."""
_BLANK: Final = " \t\n"
_PROSE: Final = re.compile(r"(?:(?:[^\W\d_]|[“‘《「『（【]|\d+[^\s\d.)\-:|=~`]|!\[|\*\*[^\s*])[^\n]*\n)+[ \t\n]*")
"""Lines that all begin as no block but a paragraph does, with a letter, an opening quote, a year, an image or in bold:
markdown-it need not be asked. Half of an article's text takes this way."""


def parse(
    body: str,
    metadata: Metadata = _NOTHING,
    *,
    first_line: int = 0,
    dialect: Dialect = _ALL,
    in_vault: bool = False,
) -> Document:
    """The whole Document. `first_line` is the 0-based line of the file at which `body` starts; `in_vault` says that the
    file is in a vault's folder, where `[[A]]` is a link also where nothing else in it tells. Raises nothing."""
    document = Document()
    for document in pieces(body, metadata, first_line=first_line, dialect=dialect, in_vault=in_vault):  # noqa: B007
        pass
    return document


def pieces(
    body: str,
    metadata: Metadata = _NOTHING,
    *,
    first_line: int = 0,
    dialect: Dialect = _ALL,
    in_vault: bool = False,
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
    survey = Survey(body)
    survey.is_note = survey.is_note or in_vault
    grammar = Grammar(dialect, survey, cache(lambda: _last_box(body)))
    builder = Builder(metadata, dialect, grammar, survey, start=body[:2000], headings=_first_headings(body))
    size, cost, started = max(1, first), 0, perf_counter()
    for fragment in fragments(body):
        builder.feed(_groups(body, fragment, grammar, dialect, first_line))
        cost += fragment.cost
        # The clock decides only how much is handed over at once, never what.
        if (cost >= size or perf_counter() - started > _SECONDS) and fragment.end < len(body):
            yield builder.document(fragment.end / len(body), complete=False)
            size, cost, started = min(_MOST, max(size, 4096) * 2), 0, perf_counter()
    builder.feed([], final=True)
    yield builder.document(1.0, complete=True)


def _groups(body: str, fragment: Fragment, grammar: Grammar, dialect: Dialect, first_line: int) -> list[Group]:
    source = body[fragment.start : fragment.end]
    if fragment.safe and _PROSE.fullmatch(source):
        return [Group("paragraph", source.strip(_BLANK), first_line + fragment.line, [])]
    if fragment.indent:
        source = re.sub(f"(?m)^ {{1,{fragment.indent}}}", "", source)
    line = fragment.line - fragment.opener.count("\n")
    tokens = grammar.blocks(fragment.opener + source + fragment.closer, line)
    return groups(tokens, first_line + line, dialect, joined=fragment.joined)


def _first_headings(body: str) -> list[int]:
    """The levels of the first two lines near the start that look like headings."""
    levels: list[int] = []
    at = 0
    while len(levels) < 2 and (at := body.find("\n#", at, _HEAD)) >= 0:
        at += 1
        if level := level_of(body[at : at + 8]):
            levels.append(level)
    return levels


def _last_box(body: str) -> int:
    """The last line of the source that closes a `:::` box; -1 where none does."""
    at = len(body)
    while (at := body.rfind(":::", 0, at)) >= 0:
        at = body.rfind("\n", 0, at) + 1
        end = body.find("\n", at)
        if not body[at : end if end >= 0 else len(body)].strip(": \t"):
            return body.count("\n", 0, at)
    return -1
