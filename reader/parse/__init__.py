"""Markdown becomes a Document, a piece at a time.

Owns the one way from an article's body to `reader.document`: `pieces` for a screen that must not wait, `parse` for all
at once. Refuses front matter (it takes what `frontmatter` found), files and everything about looks. `markdown_it` is
imported in this package only. The rooms within: `cut` (where to cut), `fences` and `survey` (what is known of the whole
before), `grammar` and `rules` (markdown-it and what we add to it), `groups`, `inline`, `html` and `blocks` (from tokens
and tags to calls), `sections` and `writer` (text and ranges), `dialect` (judgments), `attributes`, `script` and
`latex`; `growing` for Markdown that is still being written, `plain` and `prose` for texts without markup.

Invariant: each Document of `pieces` extends the one before, and the last one is the same for every size of piece.
Whatever goes wrong in a part of the source, that part is plain text with a warning, and nothing else is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from time import perf_counter
from typing import Final

from reader.document import Document, Metadata
from reader.language import OPENING_CHARACTERS
from reader.parse.blocks import Builder
from reader.parse.cut import fragments
from reader.parse.dialect import PLAIN, Dialect
from reader.parse.fences import unwrap
from reader.parse.fragment import first_headings, groups_of, last_box
from reader.parse.grammar import Grammar
from reader.parse.survey import Survey
from reader.parse.wiki import plain_names, without_comments
from reader.sanitize import clean_line

__all__ = [
    "PLAIN",
    "Dialect",
    "growing_pieces",
    "html_pieces",
    "page_pieces",
    "parse",
    "pieces",
    "plain_pieces",
    "prose_pieces",
]

_NOTHING: Final = Metadata()
_ALL: Final = Dialect()
_FIRST: Final = 16 * 1024
_MOST: Final = 128 * 1024
"""Cost of the first piece and of any, in characters of prose (see `Fragment.cost`): about 4 and 30 ms of work."""
_SECONDS: Final = 0.03
"""A piece that has taken so long, because its markup is dense, ends early."""
_INTERVAL_S: Final = 0.25
"""Between two Documents of one part of an article that is still being written; its end is always shown."""
_SHARE: Final = 30
"""Times as long as a Document took to make, at the least, goes into the next piece: each is made of all that there is
so far, and 500 Documents of 700,000 headings would take longer than parsing them."""


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
    body = body.replace("\0", "\ufffd")
    if not body.startswith("\n"):  # the empty line behind front matter does as well, and need not be copied
        body = "\n" + body
        first_line -= 1
    survey = Survey(body)
    survey.is_note = survey.is_note or in_vault
    if dialect.wiki:
        if survey.is_note and "%%" in body:
            body = without_comments(body, survey.outside)
        if metadata.entries:
            metadata = plain_names(metadata, everywhere=survey.is_note)
    grammar = Grammar(dialect, survey, cache(lambda: last_box(body)))
    builder = Builder(metadata, dialect, grammar, survey, start=body[:2000], headings=first_headings(body))
    pace = _Pace(first)
    for fragment in fragments(body):
        grammar.renew()
        builder.feed(groups_of(body, fragment, grammar, dialect, first_line))
        # The clock decides when, never what: by the beginning of the text its language is told.
        begun = builder.begun and builder.written >= OPENING_CHARACTERS
        if pace.due(fragment.cost, begun=begun) and fragment.end < len(body):
            yield pace.made(partial(builder.document, fragment.end / len(body), complete=False))
    builder.feed([], final=True)
    yield builder.document(1.0, complete=True)


class _Pace:
    """How much is handed over at once: the clock decides only that, never what."""

    def __init__(self, first: int) -> None:
        self._size = max(1, first)
        self._cost = 0
        self._started = perf_counter()
        self._pause = 0.0
        """Seconds at the least until the next Document, for what the last one took to make."""

    def due(self, cost: int, *, begun: bool) -> bool:
        """Whether a Document is due, now that more of this cost is written; `begun`: there is enough to be shown."""
        self._cost += cost
        spent = perf_counter() - self._started
        return (self._cost >= self._size or (begun and spent > _SECONDS)) and spent >= self._pause

    def made(self, make: Callable[[], Document]) -> Document:
        """What `make` gives; the next one is due after more than this one."""
        now = perf_counter()
        document = make()
        self._pause = _SHARE * (perf_counter() - now)
        self._size, self._cost, self._started = min(_MOST, max(self._size, 4096) * 2), 0, perf_counter()
        return document


def page_pieces(source: str, address: str = "", *, dialect: Dialect = _ALL) -> Iterator[Document]:
    """As `pieces`, of a web page: its article alone. `address` is where the page was fetched, empty for a file."""
    from reader.parse.web import read_page

    page = read_page(source, address, all_text=not dialect.article)
    return html_pieces(page.chunks, page.metadata, start=page.start, warnings=page.warnings, dialect=dialect)


def html_pieces(
    chunks: Sequence[str],
    metadata: Metadata,
    *,
    start: str = "",
    warnings: Sequence[str] = (),
    dialect: Dialect = _ALL,
) -> Iterator[Document]:
    """As `pieces`, of HTML in chunks that end within no element but `<div>`, all of which is the article. `start` is
    some text of it, for telling its language."""
    survey = Survey("")
    grammar = Grammar(dialect, survey, lambda: -1)
    builder = Builder(metadata, dialect, grammar, survey, start=start, headings=[])
    said = tuple(map(clean_line, warnings))
    for number, chunk in enumerate(chunks, 1):
        builder.feed_html(chunk)
        if number < len(chunks):
            document = builder.document(number / len(chunks), complete=False)
            yield replace(document, warnings=(*said, *document.warnings))
    builder.feed([], final=True)
    document = builder.document(1.0, complete=True)
    yield replace(document, warnings=(*said, *document.warnings))


def growing_pieces(
    body: str,
    arriving: Iterable[str],
    metadata: Metadata = _NOTHING,
    *,
    first_line: int = 0,
    dialect: Dialect = _ALL,
) -> Iterator[Document]:
    """As `pieces`, of a body that is still being written: `body` has come, the rest is `arriving` in parts, of which an
    empty one says that nothing comes for a while. Where nothing has been shown at the end, these are its `pieces`."""
    from reader.parse.growing import Growing

    growing = Growing(metadata, first_line, dialect)
    pace = _Pace(_FIRST)
    blocks, shown = 0, 0.0
    for part in chain((body,), arriving):
        for cost in growing.take(part) if part else growing.flush():
            if pace.due(cost, begun=growing.begun) and perf_counter() - shown > _INTERVAL_S:
                document = pace.made(growing.document)
                if len(document.blocks) > blocks:
                    yield document
                    blocks, shown = len(document.blocks), perf_counter()
        document = growing.document()
        if len(document.blocks) > blocks:
            yield document
            blocks, shown = len(document.blocks), perf_counter()
    if growing.begun:
        yield growing.end()
    else:
        yield from pieces(growing.body, metadata, first_line=first_line, dialect=dialect)


def plain_pieces(arriving: Iterable[str], metadata: Metadata = _NOTHING, *, size: int = 0) -> Iterator[Document]:
    """As `pieces`, of plain text that is shown line by line and comes in parts; `size` is that of all of it in
    characters, 0 where nobody knows, and then a Document follows each part."""
    from reader.parse.plain import lines

    return lines(arriving, metadata, size=size)


def prose_pieces(arriving: Iterable[str], metadata: Metadata = _NOTHING, *, size: int = 0) -> Iterator[Document]:
    """As `plain_pieces`, of prose without markup: lines, or what was wrapped of them, are paragraphs."""
    from reader.parse.prose import prose

    return prose(arriving, metadata, size=size)
