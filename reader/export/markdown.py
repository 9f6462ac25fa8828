"""The article as Markdown with YAML front matter: what `reader.parse` reads back as the same blocks.

Owns the way from blocks, containers and spans to CommonMark with the extensions the reader knows (tables, tasks,
footnotes, definition lists, alerts, `==marks==`, dollar math). What Markdown has no sign for (keyboard, sub and sup,
captions, details) stays HTML. Refuses to wrap lines, and to escape more than what would be read as markup where it
stands. Invariant: the text of the article that is read back is the text of the document.

What does not come back: rows of a table without a header row, the source of inline math (its readable text stands for
it), and where two lists without anything between them meet.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, assert_never

from reader import sanitize
from reader.document import (
    Alert,
    Block,
    Code,
    Container,
    Definition,
    Details,
    Document,
    Heading,
    Item,
    Math,
    Note,
    Paragraph,
    Quote,
    Range,
    Rule,
    Span,
    Table,
    Title,
    Value,
    is_head,
)
from reader.export.html import inline
from reader.sanitize import clean_line, pattern

_PLAIN_SCALAR: Final = pattern(r"[^\W\d_][\w ,./()，。、；？！（）《》“”‘’—-]*")
_WORDS_OF_YAML: Final = frozenset(("yes", "no", "on", "off", "true", "false", "null", "y", "n", "~"))
_DATE: Final = pattern(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")
_ALWAYS: Final = pattern(
    r"\\(?=[!-/:-@\[-`{-~]|$)|[`*\[]|_(?!\w)|(?<!\w)_|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~~+|==+|\$|\^(?=\[)|\{(?=[#:.%{])|"
    r"(?<=\{)\{|(?<![A-Za-z0-9])(?:https?://|ftp://|mailto:|www\.)(?=\S)"
)
"""What is markup wherever it stands."""
_AT_START: Final = pattern(r"(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|\d{1,9}(?=[.)](?:\s|$))|[-=]+\s*$|~{3}|:(?=\s|:)|\|)")
"""What is markup at the start of a line."""
_NAME: Final = pattern(r"[^\s\[\]^\\]{1,60}")
_DELIMITERS: Final = {"strong": "**", "emphasis": "*", "strike": "~~", "mark": "=="}
_TAGS: Final = {
    "strong": "strong", "emphasis": "em", "strike": "s", "mark": "mark", "insert": "ins", "kbd": "kbd", "sub": "sub",
    "sup": "sup",
}  # fmt: skip


def markdown(document: Document) -> Iterator[str]:
    """The lines of the article, without line ends; safe on a terminal."""
    header = front_matter(document)
    yield from header
    if header:
        yield ""
    yield from _Writer(document).blocks(document.blocks, 0)
    if document.abbreviations:
        yield ""
        yield from (f"*[{word}]: {meaning}" for word, meaning in document.abbreviations.items())


def front_matter(document: Document) -> tuple[str, ...]:
    """The lines of a YAML header with all that the metadata says, its fences included; none where it says nothing."""
    metadata = document.metadata
    entries: dict[str, Value] = dict(metadata.entries)
    known = {key.lower() for key in entries}
    when = clean_line(metadata.date.isoformat() if metadata.date else "")
    for key, value in (("title", metadata.title), ("author", metadata.author), ("date", when)):
        if value and key not in known:
            entries[key] = value
    lines = [f"{_key(key)}: {_yaml(value)}" for key, value in entries.items()]
    return ("---", *lines, "---") if lines else ()


def _key(key: str) -> str:
    plain = re.fullmatch(r"[^\W\d][\w-]*", key) and key.lower() not in _WORDS_OF_YAML
    return key if plain else json.dumps(key, ensure_ascii=False)


def _yaml(value: Value) -> str:
    if isinstance(value, str):
        plain = _PLAIN_SCALAR.fullmatch(value) and not value.endswith(" ") and value.lower() not in _WORDS_OF_YAML
        return value if plain or _DATE.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {_quoted(inner)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(map(_quoted, value)) + "]"


def _quoted(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else _yaml(value)


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._names: dict[str, str] = {}
        """What the labels of footnotes are called in the output."""
        self._alts = {image.start: image.alt for image in document.images}
        linked = {link.href[1:] for link in document.links if link.href.startswith("#")}
        self._anchors = {offset: name for name, offset in document.anchors.items() if name in linked}

    def blocks(self, blocks: Sequence[Block], depth: int) -> Iterator[str]:
        """The lines of blocks that share their `depth` outermost containers."""
        at = 0
        before: Block | Container | None = None
        end = -1
        while at < len(blocks):
            block = blocks[at]
            if is_head(block):  # which is in the header
                at += 1
                continue
            stop = at + 1
            here: Block | Container = block
            if len(block.containers) > depth:
                here = block.containers[depth]
                while stop < len(blocks) and blocks[stop].containers[depth : depth + 1] == (here,):
                    stop += 1
                lines: Iterator[str] = self._contained(here, blocks[at:stop], depth)
            else:
                lines = iter(self._leaf(block))
            if before is not None:
                yield from self._between(before, here, tight=self._document.text[end : block.start] == "\n")
            yield from lines
            before, end = here, blocks[stop - 1].end
            at = stop

    def _between(self, before: Block | Container, here: Block | Container, *, tight: bool) -> Iterator[str]:
        """What stands between two blocks or containers."""
        # HTML goes on up to a blank line, and only a list that begins with 1 may interrupt a paragraph.
        html = isinstance(before, Details) or (isinstance(before, Paragraph) and before.role in ("caption", "summary"))
        interrupts = not isinstance(before, Paragraph) or not isinstance(here, Item) or here.number in (None, 1)
        if isinstance(here, Definition) or (tight and isinstance(here, Item) and interrupts and not html):
            if isinstance(before, Item) and isinstance(here, Item) and _parts(before, here):
                yield "<!-- -->"
            return
        yield ""
        if isinstance(before, Item) and isinstance(here, Item) and _parts(before, here):
            yield "<!-- -->"
            yield ""

    def _contained(self, container: Container, blocks: Sequence[Block], depth: int) -> Iterator[str]:
        lines = self.blocks(blocks, depth + 1)
        match container:
            case Quote():
                return _prefixed(lines, "> ", "> ")
            case Alert(kind=kind, title=""):
                return _prefixed(_after(f"[!{kind.upper()}]", lines), "> ", "> ")
            case Alert(kind=kind, title=title):
                return _after(f":::{kind} {title}", lines, ":::")
            case Item(number=number, checked=checked):
                marker = "- " if number is None else f"{number}. "
                bare = checked is None or blocks[0].start == blocks[0].end  # a box before nothing is text
                box = "" if bare else "[x] " if checked else "[ ] "
                return _prefixed(lines, marker + box, " " * len(marker))
            case Note(label=label, number=number):
                return _prefixed(lines, f"[^{self._note(label, number)}]: ", "    ")
            case Definition():
                return _prefixed(lines, ": ", "  ")
            case Details():
                return self._details(blocks, depth)
            case _:
                assert_never(container)

    def _details(self, blocks: Sequence[Block], depth: int) -> Iterator[str]:
        yield "<details>"
        first = blocks[0]
        if isinstance(first, Paragraph) and first.role == "summary":
            yield f"<summary>{inline(self._document, first.spans, first)}</summary>"
            blocks = blocks[1:]
        yield ""
        yield from self.blocks(blocks, depth + 1)
        yield ""
        yield "</details>"

    def _note(self, label: str, number: int) -> str:
        if label not in self._names:
            good = _NAME.fullmatch(label) is not None and label not in self._names.values()
            name = sanitize.clean_line(label) if good else f"note-{number}"
            while name in self._names.values():
                name += "-"
            self._names[label] = name
        return self._names[label]

    # Leaves

    def _leaf(self, block: Block) -> list[str]:
        document = self._document
        match block:
            case Title():
                return []
            case Heading(level=level, inferred=False):
                text = re.sub(r"(^|\s)(#+\s*)$", r"\1\\\2", _one_line(self._text(block.spans, block)))
                return [f"{'#' * level} {text}{self._anchor(block)}".rstrip()]
            case Heading():
                return [f"**{_escaped(document.slice(block), start=False)}**"]
            case Paragraph(role="plain"):
                return document.slice(block).split("\n")
            case Paragraph(role="lines"):
                return _fenced(document.slice(block), "")
            case Paragraph(role="caption"):
                return self._caption(block)
            case Paragraph(role="summary"):
                return [f"<summary>{inline(document, block.spans, block)}</summary>"]
            case Paragraph(role="credit"):  # where a line's end is a break by itself
                return self._text(block.spans, block).split("\n")
            case Paragraph():
                lines = self._text(block.spans, block).rstrip("\n").split("\n")
                return [*(f"{line}\\" for line in lines[:-1]), lines[-1]]
            case Code(language=language):
                return _fenced(document.slice(block), language)
            case Math(source=source):
                return ["$$", *(source or document.slice(block)).split("\n"), "$$"]
            case Table():
                return self._table(block)
            case Rule():
                return ["***"]
            case _:
                assert_never(block)

    def _anchor(self, heading: Heading) -> str:
        near = (self._anchors.get(heading.start - back) for back in (0, 1, 2))  # an anchor may stand before the break
        name = next(filter(None, near), heading.anchor)
        return f" {{#{name}}}" if name != heading.anchor and _NAME.fullmatch(name) and "}" not in name else ""

    def _caption(self, block: Paragraph) -> list[str]:
        """A caption that is its image's description too is an image alone; others are HTML."""
        image = block.spans[0] if len(block.spans) == 1 else None
        if image is not None and image.kind == "image" and (image.start, image.end) == (block.start, block.end):
            return [self._text(block.spans, block).replace("\n", " ")]
        return [f"<figcaption>{inline(self._document, block.spans, block)}</figcaption>"]

    def _table(self, table: Table) -> list[str]:
        columns = max(map(len, table.rows), default=1)
        rows = [[self._cell(table, cell) for cell in row] + [""] * (columns - len(row)) for row in table.rows]
        align = [*table.align, *[""] * columns][:columns]
        rule = [{"left": ":--", "center": ":-:", "right": "--:"}.get(side, "---") for side in align]
        first, *rest = rows or [[""]]
        return [f"| {' | '.join(row)} |" for row in (first, rule, *rest)]

    def _cell(self, table: Table, cell: Range) -> str:
        text = self._text(table.spans, cell, start=False).strip()
        return re.sub(r"(?<!\\)\|", r"\\|", text).replace("\n", "<br>")

    # Inline

    def _text(self, spans: Sequence[Span], where: Range, *, start: bool = True) -> str:
        """The content of a range with its spans as markup; its line breaks are line feeds."""
        return _Inline(self._document, self._alts, self._note).write(spans, where, start=start)


class _Inline:
    def __init__(self, document: Document, alts: Mapping[int, str], note: Callable[[str, int], str]) -> None:
        self._document = document
        self._alts = alts
        self._note = note
        self._parts: list[str] = []
        self._lines = True
        self._kinds: list[str] = []
        """Of the spans that are open."""
        self._in_link = 0
        """Within a link "]" ends it; elsewhere, where no "[" stands unescaped, it is text."""

    def write(self, spans: Sequence[Span], where: Range, *, start: bool) -> str:
        """The content of a range; `start`: it begins a line, and so does what follows a line feed in it."""
        first = bisect_left(spans, where.start, key=lambda span: span.start)
        after = bisect_left(spans, where.end, key=lambda span: span.start)
        self._lines = start
        self._range([span for span in spans[first:after] if span.end <= where.end], where.start, where.end)
        return "".join(self._parts)

    def _range(self, spans: Sequence[Span], start: int, end: int) -> None:
        at = start
        number = 0
        while number < len(spans):
            span = spans[number]
            after = number + 1
            while after < len(spans) and spans[after].start < span.end:
                after += 1
            self._plain(at, span.start)
            self._span(span, spans[number + 1 : after])
            at, number = span.end, after
        self._plain(at, end)

    def _plain(self, start: int, end: int) -> None:
        if start < end:
            begins = self._lines and (not self._parts or self._parts[-1].endswith("\n"))
            text = _escaped(self._document.text[start:end], start=begins, lines=self._lines)
            self._parts.append(text.replace("]", "\\]") if self._in_link else text)

    def _span(self, span: Span, inner: Sequence[Span]) -> None:
        text = self._document.text[span.start : span.end]
        if span.kind == "code":
            self._parts.append(_code(_one_line(text)))
        elif span.kind == "math":
            self._parts.append(f"${_one_line(text)}$")
        elif span.kind == "note":
            self._parts.append(f"[^{self._name(span, text)}]")
        elif span.kind == "image":
            alt = self._alts.get(span.start, text)
            self._parts.append(f"![{_escaped(alt, start=False).replace(']', chr(92) + ']')}]({_target(span.target)})")
        elif span.kind == "link":
            self._link(span, inner, text)
        else:
            self._marked(span, inner, text)

    def _name(self, span: Span, text: str) -> str:
        return self._note(span.target, int(text) if text.isascii() and text.isdigit() else 0)

    def _link(self, span: Span, inner: Sequence[Span], text: str) -> None:
        target = _target(span.target)
        if text == span.target and re.fullmatch(r"(?:https?|mailto):[^\s<>]+", text) and target == text:
            self._parts.append(f"<{text}>")
            return
        if self._parts and self._parts[-1][-1:] in ("!", "^"):
            self._parts[-1] = f"{self._parts[-1][:-1]}\\{self._parts[-1][-1]}"  # else it is an image, or a note
        self._parts.append("[")
        self._in_link += 1
        self._range(inner, span.start, span.end)
        self._in_link -= 1
        self._parts.append(f"]({target})")

    def _marked(self, span: Span, inner: Sequence[Span], text: str) -> None:
        """Strong, emphasis and their like: with signs where they would be read as such, else with tags."""
        document = self._document
        sign = _DELIMITERS.get(span.kind, "")
        before = document.text[span.start - 1 : span.start] if self._parts else ""
        after = document.text[span.end : span.end + 1]
        flat = "".join(self._parts[-1:])
        joined = bool(sign) and (flat.endswith(sign[:1]) or span.kind in self._kinds)
        # where a span begins or ends in this one at its edge, a sign stands there and not the text
        first = "*" if inner and inner[0].start == span.start else text[:1]
        last = "*" if any(one.end == span.end for one in inner) else text[-1:]
        if sign and not joined and text == text.strip() and _flanks(before, first) and _flanks(after, last):
            opener = closer = sign
        else:
            opener, closer = f"<{_TAGS[span.kind]}>", f"</{_TAGS[span.kind]}>"
        self._parts.append(opener)
        self._kinds.append(span.kind)
        self._range(inner, span.start, span.end)
        self._kinds.pop()
        self._parts.append(closer)


def _flanks(outside: str, inside: str) -> bool:
    """Whether a delimiter run between these characters opens or closes on the side of `inside` (CommonMark 6.2)."""
    if inside.isspace():
        return False
    return not _is_punctuation(inside) or not outside or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(char: str) -> bool:
    """Whether a character is punctuation or a symbol (CommonMark 2.1)."""
    return unicodedata.category(char)[0] in "PS"


def _parts(before: Item, here: Item) -> bool:
    """Whether two items that follow one another belong to two lists."""
    if before.number is None or here.number is None:
        return False
    return here.number != before.number + 1


def _escaped(text: str, *, start: bool, lines: bool = True) -> str:
    """Text of which nothing is read as markup; `start`: it begins a line, `lines`: so does what follows a line feed."""
    done = _ALWAYS.sub(_escape, text)
    first, *rest = done.split("\n")
    return "\n".join((_line(first) if start else first, *(map(_line, rest) if lines else rest)))


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    if sign[0] == "\\":
        # `\\(` and `\\[` may begin a formula
        return "&#92;" if found.string[found.end() : found.end() + 1] in ("(", "[") else "\\\\"
    if sign[0] == "&":
        return "&amp;"
    if sign[0] == "{":
        return "&#123;"
    if sign[0].isalpha():
        return sign.replace(":", "&#58;", 1) if ":" in sign else sign.replace(".", "&#46;", 1)
    return "".join("\\" + char for char in sign)


def _line(text: str) -> str:
    """A line of text of which nothing is read as the start of a block."""
    if text and not text.strip():
        return "".join(f"&#{ord(char)};" for char in text)
    if text[:1] in (" ", "\t"):
        text = text.replace("\t", "&#9;", 1) if text[0] == "\t" else "&#32;" + text[1:]
    found = _AT_START.match(text)
    if found is None:
        return text
    return f"{found[0]}\\{text[found.end() :]}" if found[0].isdigit() else "\\" + text


def _fenced(text: str, language: str) -> list[str]:
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return [f"{fence}{language}", *text.split("\n"), fence]


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _code(text: str) -> str:
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    padded = text.startswith("`") or text.endswith("`") or (text[:1] == text[-1:] == " " and text.strip() != "")
    return f"{fence} {text} {fence}" if padded else f"{fence}{text}{fence}"


def _target(target: str) -> str:
    """A link's target, safe to show, for the brackets of a link."""
    shown = sanitize.href(target).partition(" ")[0]
    if not shown or re.search(r"[()<>\\]", shown):
        return f"<{_angled(shown)}>"
    return shown


def _angled(target: str) -> str:
    return target.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")


def _after(first: str, lines: Iterator[str], last: str = "") -> Iterator[str]:
    yield first
    if last:
        yield ""
    yield from lines
    if last:
        yield ""
        yield last


def _prefixed(lines: Iterator[str], first: str, rest: str) -> Iterator[str]:
    """Lines within a container: the first after its marker, the others after its indent."""
    number = 0
    for number, line in enumerate(lines, 1):
        prefix = rest if number > 1 else first
        yield prefix + line if line else prefix.rstrip()
    if not number:
        yield first.rstrip()
