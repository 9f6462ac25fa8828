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

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, TypeVar, dataclass_transform

SpanKind: TypeAlias = Literal[
    "strong", "emphasis", "code", "strike", "mark", "insert", "kbd", "sub", "sup", "math", "link", "image", "note"
]
"""What a span says of its text. "note" is a footnote reference: its text is the number shown, its target the label."""

ParagraphRole: TypeAlias = Literal["body", "credit", "footer", "caption", "term", "summary", "plain"]
"""credit: a line of authors or editors; footer: promotion after the last rule, or a template tag alone; caption: of a
figure or a table; term: of a definition list; summary: of a `<details>`; plain: source shown as it is because parsing
it cost too much."""

AlertKind: TypeAlias = Literal["note", "tip", "important", "warning", "caution"]
Align: TypeAlias = Literal["", "left", "center", "right"]
Value: TypeAlias = "str | tuple[Value, ...] | Mapping[str, Value]"
"""A front matter value: scalars are kept as the strings the author wrote."""


_Kind = TypeVar("_Kind")


@dataclass_transform(frozen_default=True)
def _made(kind: type[_Kind]) -> type[_Kind]:
    """A frozen, slotted dataclass; what `_Value` has is not generated again."""
    return dataclass(frozen=True, slots=True, eq=False, repr=False)(kind)


@_made
class _Value:
    """Equality, hash and repr, written once.

    Generated for each of the classes below, as `dataclass` does it, they were a tenth of the time to the first screen.
    """

    def _values(self) -> tuple[Any, ...]:
        names: tuple[str, ...] = type(self).__match_args__
        return tuple(getattr(self, name) for name in names)

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        assert isinstance(other, _Value)
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._values()!r}"


@_made
class Range(_Value):
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


@_made
class Span(Range):
    """Inline meaning over part of a block. Spans of a block are sorted by start, longer first, and nest properly."""

    kind: SpanKind
    target: str = ""
    """href of a link, src of an image, label of a footnote; empty for the other kinds. Never sanitised: it is what
    the author wrote, made visible by `sanitize` where it is shown."""


@_made
class Quote:
    """A block quote."""


@_made
class Alert:
    """A GitHub alert (`> [!NOTE]`) or a `:::note` box."""

    kind: AlertKind
    title: str = ""
    """The author's own title; empty: the kind's name is shown."""


@_made
class Item:
    """One item of a list. Its marker is drawn before the first block that has this very item as container."""

    number: int | None = None
    """The number of an ordered item; None: a bullet."""
    checked: bool | None = None
    """The box of a task item; None: no task."""


@_made
class Note:
    """A footnote's definition, which stands where the author put it."""

    label: str
    number: int
    """Counted from 1 in the order of the first reference; unreferenced notes follow."""


@_made
class Definition:
    """The explanation under a term of a definition list."""


@_made
class Details:
    """The content of a `<details>`, its summary included."""


Container: TypeAlias = Quote | Alert | Item | Note | Definition | Details
"""Containers are compared by identity: two neighbouring quotes are two."""


@_made
class _Leaf(Range):
    containers: tuple[Container, ...] = ()
    """Outermost first."""
    spans: tuple[Span, ...] = ()
    line: int = 0
    """0-based line of the source file at which the block starts."""


@_made
class Title(_Leaf):
    """The front matter's title, the first block where there is one and the body does not open with the same words."""


@_made
class Heading(_Leaf):
    """A heading, and so the start of a section."""

    level: int = 1
    """1 to 6."""
    inferred: bool = False
    """No `#` and no underline: a bold line or a short line alone that acts as a heading."""
    anchor: str = ""
    """What `#anchor` links name: the author's `{#id}` or the GitHub slug, unique in the article."""


@_made
class Paragraph(_Leaf):
    """Running text; `"\\n"` inside it is a hard line break."""

    role: ParagraphRole = "body"


@_made
class Code(_Leaf):
    """Preformatted text, tabs kept, without the final line break."""

    language: str = ""
    """First word of the info string, lower case."""


@_made
class Math(_Leaf):
    """Display math; its text is the readable Unicode, perhaps of several lines."""

    source: str = ""
    """The LaTeX as written."""


@_made
class Table(_Leaf):
    """A table; the first row is the header."""

    rows: tuple[tuple[Range, ...], ...] = ()
    """One range a cell; rows may differ in length."""
    align: tuple[Align, ...] = ()


@_made
class Rule(_Leaf):
    """A thematic break; its range is empty."""


Block: TypeAlias = Title | Heading | Paragraph | Code | Math | Table | Rule


@_made
class Section(Range):
    """A heading and all up to the next one: sections follow one another and do not nest; `level` makes the tree."""

    title: str
    level: int
    """1 to 6."""
    inferred: bool = False
    """Made from a line that is no heading by its markup."""
    opening: bool = False
    """The text before the first heading."""


@_made
class Link(Range):
    """A link; its text is the range's."""

    href: str


@_made
class Image(Range):
    """An image; the range's text is the alt text, or the file name where there is none."""

    alt: str
    src: str
    number: int
    """Counted from 1 in reading order."""


@_made
class Credit(_Value):
    """A line like 作者：小岩 or "By Jane Doe"."""

    label: str
    """作者, 编辑, By … as written, without the colon."""
    names: str


@_made
class Metadata(_Value):
    """The front matter, and what the body's credit lines add to it. Every string is sanitised."""

    title: str = ""
    date: date | datetime | None = None
    author: str = ""
    """Several authors are joined with ", "."""
    credits: tuple[Credit, ...] = ()
    """From the body's credit lines, in order."""
    entries: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    """Everything the front matter said, title, date and author included, in the author's order."""


@_made
class Document(_Value):
    """One parsed article, or the part of it that is parsed so far."""

    text: str = ""
    metadata: Metadata = Metadata()
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    notes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Offset of each footnote's definition, by label."""
    anchors: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Offset of each anchor a `#link` may name: headings and `<a id>`."""
    warnings: tuple[str, ...] = ()
    complete: bool = True
    """False while the rest of the source is still being parsed."""
    progress: float = 1.0
    """Share of the source parsed, 0 to 1."""

    def slice(self, where: Range) -> str:
        """The text of a range."""
        return self.text[where.start : where.end]

    def block_index(self, offset: int) -> int:
        """Index of the block at `offset`, or of the one before it where `offset` is between blocks; 0 at the least."""
        return max(0, bisect_right(self.blocks, offset, key=lambda block: block.start) - 1)

    def section_index(self, offset: int) -> int | None:
        """Index of the section `offset` is in; the first for what stands before it, None where there are none."""
        if not self.sections:
            return None
        return max(0, bisect_right(self.sections, offset, key=lambda section: section.start) - 1)
