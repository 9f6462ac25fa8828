"""The pen that writes a Document: text with a running offset, and every block, span, link and image as ranges into it.

Owns separators, the joining of soft breaks, the nesting of spans and of containers, and the rule that all text passes
`sanitize` on its way in. Refuses to know what it is written from: Markdown tokens and HTML tags both come down to these
calls. Invariant: what has been written never changes, so a Document made now is a beginning of every later one.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias
from urllib.parse import unquote

from reader.document import (
    Align,
    Block,
    Code,
    Container,
    Heading,
    Image,
    Link,
    Math,
    Paragraph,
    ParagraphRole,
    Range,
    Rule,
    Span,
    SpanKind,
    Table,
    Title,
)
from reader.parse.dialect import Dialect
from reader.parse.script import joint
from reader.sanitize import clean, clean_line, pattern, stripped

DEPTH: Final = 32
"""Containers shown around a block; deeper ones keep their text and lose their bars."""
_SOFT: Final = "soft"
_TARGET: Final = 4096
"""Characters; a longer target is no file's name."""
_SPAN_DEPTH: Final = 32
"""Spans shown within one another."""
_OPEN_DEPTH: Final = 200
"""Spans open at once: more are not opened by HTML tags, and among so many the one that a tag closes is looked for."""
_IMAGE_FILE: Final = pattern(r"[^?#]*\.(?:png|jpe?g|gif|webp|svg|avif|bmp)(?:[?#!@].*)?", re.IGNORECASE | re.DOTALL)


class _Scope:
    """A container in which blocks are written, or a list, which has none of its own."""

    __slots__ = ("container", "number", "tag", "tight")

    def __init__(self, container: Container | None, tight: bool, tag: str) -> None:
        self.container = container
        self.tight = tight
        self.tag = tag
        """The HTML tag that opened it; empty for Markdown."""
        self.number: int | None = None
        """Of the next item of an ordered list."""


Written: TypeAlias = tuple[int, int, int, int, int, list[_Scope], list[_Scope]]
"""How far a Document is written, for it to be taken back to: its length, blocks, links, images and anchors, and the
containers it is in and was in. A plain tuple, since there is one for each block."""


class _Open:
    """A span that is not closed yet. It starts at the first character written in it."""

    __slots__ = ("doomed", "images", "index", "kind", "part", "start", "tag", "target")

    def __init__(self, kind: SpanKind, target: str, tag: str, images: int) -> None:
        self.kind = kind
        self.target = target
        self.tag = tag
        self.images = images
        self.start = -1
        self.index = -1
        self.part = 0
        self.doomed = False


def file_name(src: str) -> str:
    """The readable name of the file a target ends in; "image" where there is none."""
    if src.startswith("data:"):
        return "image"
    path = re.split("[?#]", src, maxsplit=1)[0].rstrip("/")
    name = clean_line(unquote(path[path.rfind("/") + 1 :])).strip()
    return name or "image"


class Writer:
    """Writes blocks in reading order. Between `begin` and an `end_*` call stands the content of one block."""

    def __init__(self, dialect: Dialect) -> None:
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.anchors: dict[str, int] = {}
        self._named: list[str] = []
        """Names of the block that is written next."""
        self.scopes: list[_Scope] = []
        self.offset = 0
        self._dialect = dialect
        self._text = ""
        self._parts: list[str] = []
        self._containers: tuple[Container, ...] | None = ()
        self._last_scopes: list[_Scope] = []
        self._start = -1
        self._line = 0
        self._one_line = False
        self._in_cell = False
        self._break = ""
        """What is to stand before the next character: nothing, a soft break, a space or line breaks."""
        self._last = ""
        self._spans: list[Span | None] = []
        self._open: list[_Open] = []
        self._carried: list[tuple[SpanKind, str]] = []

    @property
    def text(self) -> str:
        """All that is written so far."""
        if self._parts:
            self._text += "".join(self._parts)
            self._parts.clear()
        return self._text

    def text_from(self, start: int) -> str:
        """What has been written from an offset on."""
        length = self.offset
        at = len(self._parts)
        while at and length > start:
            at -= 1
            length -= len(self._parts[at])
        return "".join(self._parts[at:]) if length == start else self.text[start:]

    def state(self) -> Written:
        """How far it is written now, between two blocks."""
        counts = len(self.blocks), len(self.links), len(self.images), len(self.anchors)
        return (self.offset, *counts, self.scopes[:], self._last_scopes)

    def take_back(self, written: Written) -> None:
        """Forget what has been written since, a block that is begun included."""
        offset, blocks, links, images, anchors, scopes, self._last_scopes = written
        while self._parts and self.offset > offset:
            self.offset -= len(self._parts.pop())
        if self.offset > offset:
            self._text = self._text[:offset]
            self.offset = offset
        del self.blocks[blocks:], self.links[links:], self.images[images:]
        while len(self.anchors) > anchors:
            self.anchors.popitem()
        self.scopes[:] = scopes
        self._containers = None
        self._carried = []
        self._in_cell = False
        self._named.clear()
        self.drop()

    # Containers

    def enter(self, container: Container | None, *, tight: bool = False, tag: str = "") -> _Scope:
        """Write the next blocks within a container; None for a list, whose items are the containers."""
        scope = _Scope(container, tight, tag)
        self.scopes.append(scope)
        self._containers = None
        return scope

    def leave(self, depth: int) -> None:
        """Close all containers but the `depth` outermost ones."""
        if len(self.scopes) > depth:
            del self.scopes[depth:]
            self._containers = None

    def containers(self) -> tuple[Container, ...]:
        """The containers the next block stands in, outermost first."""
        if self._containers is None:
            inside = [scope.container for scope in self.scopes if scope.container is not None]
            self._containers = tuple(inside[:DEPTH])
        return self._containers

    # Blocks

    def begin(self, line: int, *, one_line: bool = False) -> None:
        """Begin a block. Nothing is written before its first character, so an empty block can be dropped."""
        self._line = line
        self._start = -1
        self._one_line = one_line
        self._break = ""
        self._last = ""
        if self._carried:
            self._open = [_Open(kind, "", tag, 0) for kind, tag in self._carried]

    def carry(self) -> None:
        """Let what HTML tags opened go on in the blocks that follow, up to a heading: `<del>`, Markdown, `</del>`."""
        kept = [opened for opened in self._open if opened.tag and opened.kind != "link"][:_SPAN_DEPTH]
        self._carried = [(opened.kind, opened.tag) for opened in kept]

    def _separate(self) -> None:
        if self.blocks:
            tight = False
            for before, now in zip(self._last_scopes, self.scopes, strict=False):
                if before is not now:
                    break
                tight = now.tight
            separator = "\n" if tight else "\n\n"
            self._parts.append(separator)
            self.offset += len(separator)
        self._start = self.offset
        if self._named:
            self.end_named()

    @property
    def empty(self) -> bool:
        """Whether nothing is written of the block begun."""
        return self._start < 0

    def _finish(self) -> tuple[Span, ...]:
        while self._open:
            self._pop()
        if self._start < 0:
            self._separate()
        self._last_scopes = self.scopes[:]
        if not self._spans:
            return ()
        spans = tuple(span for span in self._spans if span is not None)
        self._spans.clear()
        return spans

    def take_whole(self, kind: SpanKind) -> bool:
        """Whether a span of this kind has all that is written of the block; if so it is taken out."""
        for at, span in enumerate(self._spans):
            if span and span.kind == kind and (span.start, span.end) == (self._start, self.offset):
                del self._spans[at]
                return not self._open
        return False

    @property
    def written(self) -> str:
        """What is written of the block begun."""
        return "" if self._start < 0 else self.text_from(self._start)

    def drop(self) -> None:
        """Forget an empty block."""
        self._open.clear()
        self._spans.clear()

    def end_paragraph(self, role: ParagraphRole = "body") -> None:
        """End a paragraph; one without text is dropped."""
        while self._open:
            self._pop()
        if self._start < 0:
            self.drop()
            return
        spans = self._finish()
        self.blocks.append(Paragraph(self._start, self.offset, self.containers(), spans, self._line, role))

    def end_empty(self) -> None:
        """End a paragraph that is wanted though it may be empty, as that of an empty item."""
        spans = self._finish()
        self.blocks.append(Paragraph(self._start, self.offset, self.containers(), spans, self._line))

    def content(self) -> str:
        """The text of the block, once its spans are closed."""
        while self._open:
            self._pop()
        return self.text_from(self._start if self._start >= 0 else self.offset)

    def end_heading(self, level: int, anchor: str, *, inferred: bool = False) -> Heading:
        """End a heading."""
        self._carried.clear()
        spans = self._finish()
        heading = Heading(self._start, self.offset, self.containers(), spans, self._line, level, inferred, anchor)
        self.blocks.append(heading)
        return heading

    def end_table(self, rows: list[tuple[Range, ...]], align: tuple[Align, ...]) -> None:
        """End a table whose cells have been written."""
        spans = self._finish()
        self.blocks.append(Table(self._start, self.offset, self.containers(), spans, self._line, tuple(rows), align))

    def title(self, text: str) -> None:
        """Write the article's title."""
        self.begin(0, one_line=True)
        self.put(text)
        spans = self._finish()
        self.blocks.append(Title(self._start, self.offset, self.containers(), spans, 0))

    def plain(self, text: str, line: int, role: ParagraphRole = "body") -> None:
        """Write a paragraph without any markup, its line breaks kept."""
        text = clean(text)
        if text:
            self._line = line
            self._separate()
            self._parts.append(text)
            self.offset += len(text)
            self._last_scopes = self.scopes[:]
            self.blocks.append(Paragraph(self._start, self.offset, self.containers(), (), line, role))

    def code(self, text: str, language: str, line: int) -> None:
        """Write preformatted text."""
        self._separate()
        text = clean(text)
        self._parts.append(text)
        self.offset += len(text)
        self._last_scopes = self.scopes[:]
        language = clean_line(language)
        self.blocks.append(Code(self._start, self.offset, self.containers(), (), line, language))

    def math(self, text: str, source: str, line: int) -> None:
        """Write display math: readable text and the LaTeX it stands for."""
        self._separate()
        text = clean(text)
        self._parts.append(text)
        self.offset += len(text)
        self._last_scopes = self.scopes[:]
        self.blocks.append(Math(self._start, self.offset, self.containers(), (), line, clean(source)))

    def rule(self, line: int) -> None:
        """Write a thematic break."""
        self._separate()
        self._last_scopes = self.scopes[:]
        self.blocks.append(Rule(self.offset, self.offset, self.containers(), (), line))

    # Content of a block

    def put(self, text: str) -> None:
        """Write text."""
        text = clean_line(text) if self._one_line else clean(text)
        if not text:
            return
        if "\t" in text:
            text = text.replace("\t", " ")
        if self._start < 0:
            self._break = ""
            self._separate()
        elif self._break:
            self._resolve_break(text)
        if self._open and self._open[-1].start < 0:
            first = len(self._open) - 1
            while first and self._open[first - 1].start < 0:
                first -= 1
            for depth in range(first, len(self._open)):
                opened = self._open[depth]
                opened.start = self.offset
                opened.part = len(self._parts)
                if depth < _SPAN_DEPTH:
                    opened.index = len(self._spans)
                    self._spans.append(None)
        self._parts.append(text)
        self.offset += len(text)
        self._last = text[-1]

    def put_separator(self, text: str) -> None:
        """Write what stands between the cells of a table."""
        self._break = ""
        if self._start < 0:
            self._separate()
        self._parts.append(text)
        self.offset += len(text)
        self._last = ""

    def _resolve_break(self, text: str) -> None:
        mark, self._break = self._break, ""
        if mark in (_SOFT, " "):
            if not self._last or self._last in " \n" or text[0] == " ":
                return
            mark = joint(self._last, text[0]) if mark == _SOFT and self._dialect.cjk_breaks else " "
        self._parts.append(mark)
        self.offset += len(mark)

    def soft_break(self) -> None:
        """End a source line: a space or nothing, as the characters on both sides tell."""
        self._break = self._break if self._break.startswith("\n") else _SOFT

    def space(self) -> None:
        """Write a space, unless the block or the line ends here."""
        self._break = self._break or " "

    def hard_break(self) -> None:
        """End a line for good."""
        if self._one_line and not self._in_cell:
            self.soft_break()
        else:
            self._break = "\n\n" if self._break.startswith("\n") else "\n"

    def begin_cell(self) -> int:
        """Begin a cell of a table; where it starts."""
        self._in_cell = True
        self._break = ""
        self._last = ""
        if self._start < 0:
            self._separate()
        return self.offset

    def end_cell(self, start: int) -> Range:
        """End the cell that starts at `start`."""
        while self._open:
            self._pop()
        self._in_cell = False
        self._break = ""
        return Range(start, self.offset)

    def open(self, kind: SpanKind, target: str = "", tag: str = "") -> None:
        """Begin a span; `tag` is the HTML tag it comes from."""
        if tag and len(self._open) >= _OPEN_DEPTH:
            return
        self._open.append(_Open(kind, target, tag, len(self.images)))

    def close(self, kind: SpanKind = "link", tag: str = "") -> None:
        """End the innermost span of this kind, or that an HTML `tag` began, and what is still open in it."""
        opened = self._open
        if tag:
            self._carried = [carried for carried in self._carried if carried[1] != tag]
            for at in range(len(opened) - 1, max(-1, len(opened) - 1 - _OPEN_DEPTH), -1):
                if opened[at].tag == tag and not opened[at].doomed:
                    if any(not inner.tag for inner in opened[at + 1 :]):
                        # Spans nest: it ends together with the Markdown that begins in it and ends after it.
                        opened[at].doomed = True
                        return
                    while len(opened) > at:
                        self._pop()
                    return
            return
        for at in range(len(opened) - 1, -1, -1):
            if opened[at].kind == kind and not opened[at].tag:
                while len(opened) > at:
                    self._pop()
                break
        while opened and opened[-1].doomed:
            self._pop()

    def _pop(self) -> None:
        opened = self._open[-1]
        if opened.start < 0 and opened.kind == "link" and self._dialect.empty_links and opened.target[:1] not in "#":
            self.put(opened.target)
        self._open.pop()
        if opened.start < 0:
            if opened.kind == "link" and not self._dialect.empty_links:
                if self._start < 0:
                    self._separate()
                self.links.append(Link(self.offset, self.offset, opened.target))
            return
        start, end = opened.start, self.offset
        kind = opened.kind
        if kind == "link":
            target = opened.target
            is_image = self._dialect.image_links and len(self.images) == opened.images and len(target) <= _TARGET
            if is_image and _IMAGE_FILE.fullmatch(target):
                kind = "image"
                alt = clean_line("".join(self._parts[opened.part :]))
                self.images.append(Image(start, end, alt, opened.target, len(self.images) + 1))
            else:
                self.links.append(Link(start, end, opened.target))
        if opened.index >= 0:
            self._spans[opened.index] = Span(start, end, kind, opened.target)

    def image(self, alt: str, src: str) -> None:
        """Write an image: its alt text, or the name of the file."""
        said = stripped(clean_line(alt))
        text = said or file_name(src)
        self.open("image", src)
        self.put(text)
        opened = self._open.pop()
        start = opened.start
        if opened.index >= 0:
            self._spans[opened.index] = Span(start, self.offset, "image", src)
        self.images.append(Image(start, self.offset, said, src, len(self.images) + 1))

    def span(self, kind: SpanKind, text: str, target: str = "") -> None:
        """Write text that is a span of its own."""
        self.open(kind, target)
        self.put(text)
        self._pop()

    def span_link(self, text: str, href: str) -> None:
        """Write a link."""
        self.open("link", href)
        self.put(text)
        self._pop()

    def anchor(self, name: str) -> None:
        """Let `#name` lead to what is written next."""
        name = clean_line(name)
        writing = self._start >= 0 and (not self.blocks or self.blocks[-1].start != self._start)
        if writing or not self.blocks:
            self.anchors.setdefault(name, self.offset)
        else:
            self._named.append(name)

    def end_named(self) -> None:
        """Nothing more is written: what was to lead to it leads to the end."""
        for name in self._named:
            self.anchors.setdefault(name, self.offset)
        self._named.clear()
