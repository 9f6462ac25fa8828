"""The article as one parsed value: text, and everything else as ranges into it.

Owns the words the whole program uses (range, block, span, section, link, image) and the one coordinate system: an
*offset* counts Unicode code points of `Document.text`, the article's plain text with no markup. Refuses to know about
Markdown, rows, cells or files, and imports the standard library only.

Invariant: a `Document` is immutable. One that has grown (`complete` turning true at the end) extends the text, the
blocks, the links and the images of the one before; no range that has been handed out ever moves. Only the end of a
section that is still open grows with the text.

How blocks become text: blocks stand in reading order and are *leaves* (lists, quotes and the like are not blocks but
the `containers` of a leaf, outermost first). Between two blocks stand two line feeds, or one inside a tight list; a
hard line break is a line feed within a block. Between table cells stands a tab, between table rows a line feed.
Bullets, numbers, rules and bars are ornaments and no part of the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, NewType, TypeAlias, TypeVar, dataclass_transform

Shown = NewType("Shown", str)
"""Text that may be shown: only `sanitize` makes it, so that mypy refuses what has come around the one choke point."""
NO_TEXT = Shown("")

SpanKind: TypeAlias = Literal[
    "strong", "emphasis", "code", "strike", "mark", "insert", "kbd", "sub", "sup", "math", "link", "image", "note",
    "sgr",
]  # fmt: skip
"""What a span says of its text. "note" is a footnote reference: its text is the number shown, its target the label.
"sgr" is a colour of plain text: its target are the parameters of SGR (ECMA-48, 8.3.117) that set it, as "31" or
"2;38;5;208;44": of 2 (dim), 7 (reversed), a foreground and a background, in this order, and nothing else."""

ParagraphRole: TypeAlias = Literal["body", "byline", "credit", "footer", "caption", "term", "summary", "plain", "lines"]
"""byline: what the header says (author, date, tags), a line each; credit: a line of authors or editors in the body;
footer: promotion after the last rule, or a template tag alone; caption: of a figure or a table; term: of a definition
list; summary: of a `<details>`; plain: source shown as it is because parsing it cost too much; lines: of a log, a
listing or a manual page, each as it stands, with its blanks and its empty lines.
"""

AlertKind: TypeAlias = Literal["note", "tip", "important", "warning", "caution"]
Align: TypeAlias = Literal["", "left", "center", "right"]
Value: TypeAlias = "Shown | tuple[Value, ...] | Mapping[str, Value]"
"""A front matter value: scalars are kept as the strings the author wrote."""


_Kind = TypeVar("_Kind")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[_Kind]) -> type[_Kind]:
    """A slotted dataclass that is compared, hashed and shown by its fields, and whose fields are set once: mypy refuses
    any other assignment.

    What `dataclass(frozen=True, slots=True)` generates for each class is written here once, and nothing refuses an
    assignment as the program runs: generating it took a tenth of the time to the first screen, in each of the two
    processes, and a frozen class takes three times as long to construct.
    """
    made = _part(kind)
    for name, method in (("__eq__", _equal), ("__hash__", _hash), ("__repr__", _repr)):
        if name not in kind.__dict__:
            setattr(made, name, method)
    return made


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def _part(kind: type[_Kind]) -> type[_Kind]:
    """As `record`, but equal to itself alone: one item of a list is not another one with the same number."""
    return dataclass(slots=True, eq=False, repr=False)(kind)


@cache
def _compared(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.compare)


def _values(value: Any) -> tuple[Any, ...]:
    return tuple(getattr(value, name) for name in _compared(value.__class__))


def _equal(value: object, other: object) -> bool:
    return _values(value) == _values(other) if other.__class__ is value.__class__ else NotImplemented


def _hash(value: object) -> int:
    return hash(_values(value))


def _repr(value: Any) -> str:
    return f"{type(value).__name__}({', '.join(f'{one.name}={getattr(value, one.name)!r}' for one in fields(value))})"


@record
class Range:
    """A half-open pair of offsets into `Document.text`; empty when start == end."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def overlaps(self, other: Range) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@record
class Span(Range):
    """Inline meaning over part of a block. Spans of a block are sorted by start, longer first, and nest properly."""

    kind: SpanKind
    target: str = ""
    """href of a link, src of an image, label of a footnote, parameters of a colour; empty for the other kinds. What the
    author wrote is never sanitised here: `sanitize` makes it visible where it is shown."""


@_part
class Quote:
    """A block quote."""


@_part
class Alert:
    """A GitHub alert (`> [!NOTE]`) or a `:::note` box."""

    kind: AlertKind
    title: Shown = Shown("")
    """The author's own title; empty: the kind's name is shown."""


@_part
class Item:
    """One item of a list. Its marker is drawn before the first block that has this very item as container."""

    number: int | None = None
    """The number of an ordered item; None: a bullet."""
    checked: bool | None = None
    """The box of a task item; None: no task."""


@_part
class Note:
    """A footnote's definition, which stands where the author put it."""

    label: str
    number: int
    """Counted from 1 in the order of the first reference; unreferenced notes follow."""


@_part
class Definition:
    """The explanation under a term of a definition list."""


@_part
class Details:
    """The content of a `<details>`, its summary included."""

    open: bool = False
    """The author shows it without being asked."""


Container: TypeAlias = Quote | Alert | Item | Note | Definition | Details
"""Containers are compared by identity: two neighbouring quotes are two."""


@record
class _Leaf(Range):
    containers: tuple[Container, ...] = ()
    """Outermost first."""
    spans: tuple[Span, ...] = ()
    line: int = 0
    """0-based line of the source file at which the block starts."""


@record
class Title(_Leaf):
    """The front matter's title, the first block where there is one and the body does not open with the same words.
    Under it, or under a heading that stands for it, is the byline."""


@record
class Heading(_Leaf):
    """A heading, and so the start of a section."""

    level: int = 1
    """1 to 6."""
    inferred: bool = False
    """No `#` and no underline: a bold line or a short line alone that acts as a heading."""
    anchor: str = ""
    """What `#anchor` links name: the author's `{#id}` or the GitHub slug, unique in the article."""


@record
class Paragraph(_Leaf):
    """Running text; `"\\n"` inside it is a hard line break."""

    role: ParagraphRole = "body"


@record
class Code(_Leaf):
    """Preformatted text, tabs kept, without the final line break."""

    language: Shown = Shown("")
    """First word of the info string, lower case."""


@record
class Math(_Leaf):
    """Display math; its text is the readable Unicode, perhaps of several lines."""

    source: Shown = Shown("")
    """The LaTeX as written."""


@record
class Table(_Leaf):
    """A table; the first row is the header."""

    rows: tuple[tuple[Range, ...], ...] = ()
    """One range a cell; rows may differ in length."""
    align: tuple[Align, ...] = ()


@record
class Rule(_Leaf):
    """A thematic break; its range is empty."""


Block: TypeAlias = Title | Heading | Paragraph | Code | Math | Table | Rule


@record
class Section(Range):
    """A heading and all up to the next one: sections follow one another and do not nest; `level` makes the tree."""

    title: Shown
    level: int
    """1 to 6."""
    inferred: bool = False
    """Made from a line that is no heading by its markup."""
    opening: bool = False
    """The text before the first heading."""


@record
class Link(Range):
    """A link; its text is the range's."""

    href: str


@record
class Image(Range):
    """An image; the range's text is the alt text, or the file name where there is none."""

    alt: Shown
    src: str
    number: int
    """Counted from 1 in reading order."""


@record
class Credit:
    """A line like 作者：小岩 or "By Jane Doe"."""

    label: Shown
    """作者, 编辑, By … as written, without the colon."""
    names: Shown


TAG_KEYS = ("tags", "tag", "keywords", "标签", "標籤", "タグ", "태그")
"""Keys of the entries of a front matter that name tags, in small letters; the byline shows them."""


@record
class Metadata:
    """The front matter, and what the body's credit lines add to it. Every string is sanitised."""

    title: Shown = Shown("")
    date: date | datetime | None = None
    author: Shown = Shown("")
    """Several authors are joined with ", "."""
    credits: tuple[Credit, ...] = ()
    """From the body's credit lines, in order."""
    entries: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    """Everything the front matter said, title, date and author included, in the author's order."""


@record
class Document:
    """One parsed article, or the part of it that is parsed so far."""

    text: Shown = Shown("")
    metadata: Metadata = Metadata()
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    notes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Offset of each footnote's definition, by label."""
    anchors: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Offset of each anchor a `#link` may name: headings and `<a id>`."""
    abbreviations: Mapping[str, Shown] = field(default_factory=lambda: MappingProxyType({}))
    """What abbreviations stand for, where the author says it beside the text: `*[HTML]: Hyper Text …`."""
    warnings: tuple[Shown, ...] = ()
    complete: bool = True
    """False while the rest of the source is still being parsed."""
    progress: float = 1.0
    """Share of the source parsed, 0 to 1."""

    def slice(self, where: Range) -> Shown:
        """The text of a range."""
        return Shown(self.text[where.start : where.end])

    def block_index(self, offset: int) -> int:
        """Index of the block at `offset`, or of the one before it where `offset` is between blocks; 0 at the least."""
        return max(0, bisect_right(self.blocks, offset, key=lambda block: block.start) - 1)

    def line_at(self, offset: int) -> int:
        """0-based line of the source file at which stands what is at `offset`: of its block, or where a block's lines
        are those of the file, of the very line. 0 where there are no blocks."""
        if not self.blocks:
            return 0
        block = self.blocks[self.block_index(offset)]
        return block.line + (self.text.count("\n", block.start, min(offset, block.end)) if _keeps_lines(block) else 0)

    def offset_at(self, line: int) -> int | None:
        """Where the text of a 0-based line of the source file starts, or that of the block it stands in; None where it
        is not parsed yet, or there are no blocks. A line behind the last is the last."""
        after = bisect_right(self.blocks, line, key=lambda block: block.line)
        if not self.blocks or (after == len(self.blocks) and not self.complete):
            return None
        # Of several that begin on one line (title and byline, a paragraph and the notes in it), the first.
        block = self.blocks[bisect_left(self.blocks, self.blocks[max(0, after - 1)].line, key=lambda block: block.line)]
        start = block.start
        if _keeps_lines(block):
            for _ in range(line - block.line):
                found = self.text.find("\n", start, block.end)
                if found < 0:
                    break
                start = found + 1
        return start

    def section_index(self, offset: int) -> int | None:
        """Index of the section `offset` is in; the first for what stands before it, None where there are none."""
        if not self.sections:
            return None
        return max(0, bisect_right(self.sections, offset, key=lambda section: section.start) - 1)


def is_byline(block: Block) -> bool:
    """Whether a block is what the header says under the title."""
    return isinstance(block, Paragraph) and block.role == "byline"


def is_head(block: Block) -> bool:
    """Whether a block says what the header says, and nothing of the body: the title, the byline."""
    return isinstance(block, Title) or is_byline(block)


def _keeps_lines(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role in ("lines", "plain")
