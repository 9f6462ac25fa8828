"""HTML as authors use it inside Markdown: each known tag gives its meaning, an unknown one leaves only its text.

Owns the scanner of tags and the flow of raw HTML blocks into paragraphs, headings, lists, tables and figures. Refuses
to be a browser: scripts and styles are left out and reported, nothing is loaded, attributes beyond targets and names
are not read. Invariant: no tag ever reaches the text, and no text outside scripts, styles and comments is dropped;
what only looks like a tag, as `Map<String>`, is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from reader.document import Alert, Definition, Details, Item, Note, Quote, Range, SpanKind
from reader.locale import _
from reader.parse.dialect import alert_kind
from reader.parse.latex import readable
from reader.parse.writer import Writer
from reader.sanitize import clean_line, pattern

_ATTRIBUTE: Final = pattern(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_TAG: Final = pattern(r"<(/?)([A-Za-z][A-Za-z0-9:-]*+)([^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*+)>")
_DROPPED: Final = frozenset(("script", "style", "template", "noscript", "head", "rp"))

_SPANS: Final[dict[str, SpanKind]] = {
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "cite": "emphasis",
    "dfn": "emphasis",
    "var": "emphasis",
    "code": "code",
    "tt": "code",
    "samp": "code",
    "kbd": "kbd",
    "sub": "sub",
    "sup": "sup",
    "mark": "mark",
    "del": "strike",
    "s": "strike",
    "strike": "strike",
    "ins": "insert",
    "u": "insert",
}
_CONTAINERS: Final = ("blockquote", "dd", "details", "dir", "dl", "li", "menu", "ol", "ul")
SAID_LINE: Final = "data-line"
"""The attribute with the line of a page's source that a block is from."""
_LINES: Final = ("caption", "dt", "figcaption", "summary", "h1", "h2", "h3", "h4", "h5", "h6")
_CELLS: Final = ("tbody", "td", "tfoot", "th", "thead", "tr")
_DIVISIONS: Final = (
    *(
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dialog",
        "div",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
    ),
    *("hr", "html", "legend", "main", "nav", "optgroup", "option", "p", "pre", "search", "section", "table", "title"),
)
_BLOCKS: Final = frozenset((*_CONTAINERS, *_LINES, *_CELLS, *_DIVISIONS))
_NESTING: Final = 100
"""Containers around a block, beyond which what HTML opens is not entered any more: each block costs as many steps."""
_EMBEDS: Final = {"iframe": "frame", "video": "video", "audio": "audio", "embed": "embed", "object": "object"}


def tags(content: str) -> Iterator[tuple[str, str, dict[str, str], str]]:
    """Tags and the text between them: `("<", name, attributes, source)`, `("</", name, {}, source)` or
    `("", "", {}, text)`. Comments, declarations and instructions are skipped; what closes nowhere is text."""
    at = 0
    text_from = 0
    # Beyond the last end of each kind nothing of that kind is looked for: a search that fails is as long as the rest.
    last, last_comment, last_data = content.rfind(">"), content.rfind("-->"), content.rfind("]]>")
    while 0 <= (at := content.find("<", at)) < last:
        if content.startswith("<!--", at):
            if at + 2 > last_comment:
                at += 1
                continue
            end, name = content.find("-->", at + 2) + 3, ""
        elif content.startswith("<![CDATA[", at) and at < last_data:
            end = content.find("]]>", at)
            if text_from < at:
                yield "", "", {}, content[text_from:at]
            yield "", "", {}, content[at + 9 : end].replace("&", "&amp;")
            at = text_from = end + 3
            continue
        elif found := _TAG.match(content, at):
            end = found.end()
            name = found[2].lower()
        elif content[at + 1] in "?!":
            end, name = content.find(">", at) + 1, ""
        else:
            at += 1
            continue
        if text_from < at:
            yield "", "", {}, content[text_from:at]
        if name and found:
            yield "<" + found[1], name, attributes(found[3]) if found[3] and not found[1] else {}, content[at:end]
        at = text_from = end
    if text_from < len(content):
        yield "", "", {}, content[text_from:]


def attributes(source: str) -> dict[str, str]:
    """The attributes of a tag; names in lower case, entities decoded, the first of a name."""
    result: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(source):
        value = found[2] or found[3] or found[4] or ""
        result.setdefault(found[1].lower(), unescape(value) if "&" in value else value)
    return result


class Flow:
    """Feeds tags and text to a writer. It outlives a block: `<details>`, Markdown and `</details>` come in turn."""

    def __init__(
        self,
        writer: Writer,
        heading: Callable[..., None],
        warn: Callable[[str], None],
        is_text: Callable[[str, str], bool],
        title_level: Callable[[str], int],
    ) -> None:
        """`is_text` tells of the name and the source of an opening tag whether it is text, `title_level` of a bold
        paragraph its level where it is a title, else 0."""
        self._writer = writer
        self._is_text = is_text
        self._title_level = title_level
        self._heading = heading
        self._warn = warn
        self._skipped = ""
        """The tag whose content is dropped just now."""
        self._line = 0
        self.is_page = False
        """The HTML is what `reader.parse.web` writes of a page: its blocks say their lines."""
        self._begun = False
        self._pre: list[str] | None = None
        self._pre_line = 0
        self._language = ""
        self._role = ""
        self._rows: list[tuple[Range, ...]] | None = None
        self._row: list[Range] = []
        self._cell = -1
        self._verbatim = False
        """Within a `<pre>` in a cell: its lines are kept."""
        self.notes: dict[str, int] = {}
        """Offset of each `<aside role="doc-footnote">`, by its id."""
        self._numbers: dict[str, int] = {}
        self._asides: list[tuple[str, int]] = []
        """Label and first block of each footnote that is open."""

    def reset(self) -> None:
        """Forget the block that is being written: it failed."""
        self._skipped = self._role = ""
        self._begun = self._verbatim = False
        self._pre = self._rows = None
        self._cell = -1

    # Inline tags

    def inline(self, source: str) -> None:
        """A tag within a paragraph of Markdown."""
        for what, name, attrs, tag in tags(source):
            if self._skipped:
                if what == "</" and name == self._skipped:
                    self._skipped = ""
            elif what == "<" and name in _DROPPED:
                self._drop(name)
            elif what and name in _BLOCKS:
                if not self._writer.empty and name not in ("td", "th", "li", "summary"):
                    self._writer.hard_break() if name in ("p", "hr") or what == "<" else self._writer.soft_break()
                elif not self._writer.empty:
                    self._writer.soft_break()
            elif what == "<" and self._is_text(name, tag):
                self._writer.put(tag)
            elif what:
                self._span_tag(what, name, attrs)

    @property
    def dropping(self) -> bool:
        """Whether the text that follows belongs to a script or a style."""
        return bool(self._skipped)

    def end_inline(self) -> None:
        """The paragraph ends, and with it a script that is still open."""
        self._skipped = ""

    def _drop(self, name: str) -> None:
        self._skipped = name
        if name in ("script", "style"):
            self._warn(_("A <{element}> was left out.").format(element=name))

    def _span_tag(self, what: str, name: str, attrs: dict[str, str]) -> None:
        writer = self._writer
        opens = what == "<"
        if opens and ("id" in attrs or (name == "a" and "name" in attrs)):
            writer.anchor(attrs.get("id") or attrs.get("name", ""))
        if name == "br":
            writer.hard_break()
        elif name == "img":
            if opens:
                src = attrs.get("src") or attrs.get("data-src") or attrs.get("data-original", "")
                writer.image(attrs.get("alt") or attrs.get("title", ""), src)
        elif name == "a":
            if not opens:
                writer.close("link", "a")
            elif attrs.get("role") == "doc-noteref":
                label = attrs.get("href", "").removeprefix("#")
                writer.span("note", str(self._number(label)), label)
                self._skipped = "a"
            elif "href" in attrs:
                writer.close("link", "a")
                writer.open("link", attrs["href"], "a")
        elif kind := _SPANS.get(name):
            if opens:
                writer.open(kind, "", name)
            else:
                writer.close(kind, name)
        elif name == "rt":
            writer.put("（" if opens else "）")
        elif name == "math":
            if opens and "alttext" in attrs:
                self._math(attrs["alttext"], display=attrs.get("display") == "block")
        elif name == "q":
            writer.put("“" if opens else "”")
        elif name == "input" and attrs.get("type") == "checkbox":
            writer.put("☑ " if "checked" in attrs else "☐ ")
        elif name in _EMBEDS:
            if opens:
                self._embed(_EMBEDS[name], attrs.get("src") or attrs.get("data", ""), attrs.get("title", ""))
        elif name == "source" and opens and attrs.get("src"):
            self._embed("media", attrs["src"], "")

    def _number(self, label: str) -> int:
        """The number of a footnote; they are counted in the order of their first mention."""
        return self._numbers.setdefault(label, len(self._numbers) + 1)

    def _math(self, source: str, *, display: bool) -> None:
        """A formula, from the LaTeX in its `alttext`; the elements that draw it are left out."""
        if display and self._begun and self._rows is None:
            self._end()
            self._writer.math(readable(source), source, self._line)
        else:
            self._writer.span("math", readable(source).replace("\n", " "))
        self._skipped = "math"

    def _embed(self, kind: str, src: str, title: str) -> None:
        if src:
            if src.startswith("//"):
                src = "https:" + src
            try:
                where = urlsplit(src).netloc
            except ValueError:
                where = ""
            self._writer.space()
            self._writer.span_link(f"▶ {kind}: {title or where or src}", src)
            self._writer.space()

    # Raw blocks

    def block(self, content: str, line: int) -> None:
        """A block of raw HTML that starts at `line`."""
        self._line = line
        for what, name, attrs, source in tags(content):
            if self._skipped:
                if what == "</" and name == self._skipped:
                    self._skipped = ""
            elif not what:
                self._text(source)
            elif self._pre is not None and not (what == "</" and name == "pre"):
                if name == "br":
                    self._pre.append("\n")
                elif name == "code" and what == "<":
                    found = re.search(r"(?:language|lang|highlight)-([\w+#-]+)", attrs.get("class", ""))
                    self._language = found[1] if found else self._language
            elif what == "<" and name in _DROPPED:
                self._drop(name)
            elif name in _BLOCKS:
                self._block_tag(what, name, attrs)
            else:
                if self._rows is not None and self._cell < 0:
                    self._open_cell()
                self._begin()
                if what == "<" and self._is_text(name, source):
                    self._writer.put(source)
                else:
                    self._span_tag(what, name, attrs)
            self._line += source.count("\n")
        self._skipped = ""
        if self._pre is not None:
            self._end_pre()
        self._end_table()
        self._writer.carry()
        self._end()

    def _begin(self) -> None:
        if not self._begun:
            self._writer.begin(self._line, one_line=self._cell >= 0)
            self._begun = True

    def _end(self) -> None:
        if not self._begun or self._rows is not None:
            return
        self._begun = False
        writer = self._writer
        if self._role[:1] == "h" and not writer.empty:
            self._heading(int(self._role[1]), "")
        elif self._role == "summary" or self._role == "term" or self._role == "caption":
            writer.end_paragraph(self._role)  # type: ignore[arg-type]
        elif (level := self._title_level(writer.written)) and writer.take_whole("strong"):
            self._heading(level, "", inferred=True)
        else:
            writer.end_paragraph()

    def _text(self, source: str) -> None:
        if self._pre is not None:
            self._pre.append(unescape(source))
            return
        if not source.strip():
            if self._begun:
                self._writer.space() if "\n" not in source else self._writer.soft_break()
            return
        if self._rows is not None and self._cell < 0:
            self._open_cell()
        self._begin()
        writer = self._writer
        source = unescape(source) if "&" in source else source
        if not source:  # a reference to a character that is none
            return
        if self._verbatim:
            for words in source.strip("\n").split("\n"):
                writer.put(words.expandtabs(4))
                writer.hard_break()
            return
        if source[0].isspace():
            writer.soft_break() if "\n" in source[: len(source) - len(source.lstrip())] else writer.space()
        lines = [" ".join(line.split()) for line in source.strip(" \t\n").split("\n")]
        for number, words in enumerate(lines):
            if number:
                writer.soft_break()
            if words:
                writer.put(words)
        if source[-1].isspace():
            writer.soft_break() if "\n" in source[len(source.rstrip()) :] else writer.space()

    def _block_tag(self, what: str, name: str, attrs: dict[str, str]) -> None:
        writer = self._writer
        opens = what == "<"
        if self.is_page and opens and re.fullmatch("[0-9]{1,9}", attrs.get(SAID_LINE, "")):
            self._line = int(attrs[SAID_LINE])
        if self._rows is not None and name not in (*_CELLS, "table", "caption"):
            self._verbatim = opens if name == "pre" else self._verbatim
            if not writer.empty and self._begun:
                writer.hard_break()
            return
        if name in _CELLS and self._rows is not None:
            self._table_tag(opens, name)
            return
        self._end()
        self._role = ""
        if opens and "id" in attrs:
            writer.anchor(attrs["id"])
        if name == "table":
            if opens and self._rows is None:
                self._begin()
                self._rows, self._row, self._cell = [], [], -1
            else:
                self._end_table()
        elif name == "pre":
            if opens:
                self._pre, self._pre_line, self._language = [], self._line, attrs.get("lang", "")
            elif self._pre is not None:
                self._end_pre()
        elif name == "hr":
            writer.rule(self._line)
        elif opens:
            self._open_block(name, attrs)
        else:
            self._close_block(name)

    def _open_block(self, name: str, attrs: dict[str, str]) -> None:
        writer = self._writer
        if name in _CONTAINERS and len(writer.scopes) >= _NESTING:
            return
        if name == "blockquote":
            writer.enter(Quote(), tag=name)
        elif name == "details":
            writer.enter(Details("open" in attrs), tag=name)
        elif name in ("ul", "ol", "dl", "menu", "dir"):
            scope = writer.enter(None, tight=True, tag=name)
            if name == "ol":
                start = attrs.get("start", "1")
                scope.number = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
        elif name == "li":
            self._leave("li", stop=("ul", "ol", "menu", "dir"))
            lists = next((scope for scope in reversed(writer.scopes) if scope.container is None), None)
            number = None
            if lists is not None and lists.number is not None:
                number = lists.number
                lists.number += 1
            writer.enter(Item(number), tight=True, tag=name)
        elif name == "dt":
            self._leave("dd", stop=("dl",))
            self._role = "term"
        elif name == "dd":
            self._leave("dd", stop=("dl",))
            writer.enter(Definition(), tag=name)
        elif name == "aside" and attrs.get("role") == "doc-footnote":
            label = attrs.get("id", "")
            self._asides.append((label, len(writer.blocks)))
            writer.enter(Note(label, self._number(label)), tag=name)
        elif name == "aside" and attrs.get("role") == "note":
            self._asides.append(("", len(writer.blocks)))
            kind, title = alert_kind(attrs.get("class", ""), "")
            writer.enter(Alert(kind, clean_line(attrs.get("title", title))), tag=name)
        elif name == "summary":
            self._role = "summary"
        elif name in ("figcaption", "caption"):
            self._role = "caption"
        elif name[0] == "h" and name[1:].isdigit():
            self._role = name

    def _close_block(self, name: str) -> None:
        if name in _CONTAINERS:
            self._leave(name, stop=())
        elif name == "aside" and self._asides:
            self._leave(name, stop=())
            label, block = self._asides.pop()
            if label and block < len(self._writer.blocks):
                self.notes.setdefault(label, self._writer.blocks[block].start)

    def _leave(self, name: str, stop: tuple[str, ...]) -> None:
        """Close the innermost container that this tag opened; never one of Markdown's, nor beyond a `stop`."""
        scopes = self._writer.scopes
        for depth in range(len(scopes) - 1, -1, -1):
            tag = scopes[depth].tag
            if not tag or tag in stop:
                return
            if tag == name:
                self._writer.leave(depth)
                return

    def _end_pre(self) -> None:
        text = "".join(self._pre or ())
        self._pre = None
        text = text.removeprefix("\n").rstrip("\n")
        if text.strip():
            self._writer.code(text, self._language, self._pre_line)

    # Tables

    def _table_tag(self, opens: bool, name: str) -> None:
        if name in ("td", "th"):
            self._close_cell()
            if opens:
                self._open_cell()
        else:
            self._close_row()

    def _open_cell(self) -> None:
        if self._row:
            self._writer.put_separator("\t")
        elif self._rows:
            self._writer.put_separator("\n")
        self._cell = self._writer.begin_cell()

    def _close_cell(self) -> None:
        if self._cell >= 0:
            self._row.append(self._writer.end_cell(self._cell))
            self._cell = -1

    def _close_row(self) -> None:
        self._close_cell()
        if self._row and self._rows is not None:
            self._rows.append(tuple(self._row))
            self._row = []

    def _end_table(self) -> None:
        if self._rows is None:
            return
        self._close_row()
        rows, self._rows = self._rows, None
        self._verbatim = False
        self._begun = False
        if any(len(cell) for row in rows for cell in row):
            self._writer.end_table(rows, ())
        elif self._writer.empty:
            self._writer.drop()
        else:
            self._writer.end_paragraph()
