"""The source of a web page as a tree of elements and text.

Owns the tokens (WHATWG HTML, section 13.2.5: tags, comments, raw text) and a small part of the tree construction: void
elements, and end tags that are left out. Refuses what only a browser needs: no adoption agency, no scripts, no frames.
Malformed markup gives some tree, never an error; only a page of more than `MAX_ELEMENTS` is refused.

Invariant: the time is linear in the length of the source, and no element is deeper than `MAX_DEPTH`, so the tree can
be walked by recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from reader.sanitize import pattern

MAX_DEPTH: Final = 200
"""Elements within one another; the text of deeper ones belongs to the last element above."""
MAX_ELEMENTS: Final = 1_000_000
"""Of one page: about 300 MB of memory."""

VOID: Final = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"
))  # fmt: skip
RAW: Final = frozenset(("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"))
BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "search",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"
))  # fmt: skip
_ENDS_PARAGRAPH: Final = BLOCKS - frozenset((
    "body", "caption", "dd", "dt", "html", "legend", "li", "option", "tbody", "td", "tfoot", "th", "thead", "tr"
))  # fmt: skip
_CELLS: Final = ("td", "th", "table")
_IMPLIED: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "li": (("li",), ("ul", "ol", "menu", "dir", *_CELLS)),
    **dict.fromkeys(("dt", "dd"), (("dt", "dd"), ("dl", *_CELLS))),
    **dict.fromkeys(("td", "th"), (("td", "th"), ("tr", "table"))),
    "tr": (("tr",), ("table",)),
    **dict.fromkeys(("thead", "tbody", "tfoot"), (("thead", "tbody", "tfoot", "tr"), ("table",))),
    **dict.fromkeys(("rt", "rp"), (("rt", "rp"), ("ruby",))),
    "option": (("option",), ("select",)),
    "a": (("a",), (*_CELLS, "div", "section", "article", "li")),
}
"""By the tag that begins: what of the open elements it ends, and beyond which elements it ends nothing."""

_TAG: Final = pattern(r"<(/?)([A-Za-z][^\s/>]*)")
_NAME: Final = pattern(r"[\s/]*([^\s/>=][^\s/>=]*)?(\s*=\s*)?")
_BARE: Final = pattern(r"[^\s>]*")
_CLOSERS: Final = {name: pattern(f"</{name}(?=[\\s/>])", re.IGNORECASE) for name in RAW}


class TooLarge(ValueError):
    """The page has more than `MAX_ELEMENTS`."""


class Node:
    """An element; its children are elements and strings, entities decoded."""

    __slots__ = ("attrs", "children", "line", "parent", "tag")

    def __init__(self, tag: str, attrs: dict[str, str], parent: Node | None = None, line: int = 0) -> None:
        self.line = line
        """0-based line of the source at which it begins."""
        self.tag = tag
        """In lower case."""
        self.attrs = attrs
        """Names in lower case; the first of a name."""
        self.children: list[Node | str] = []
        self.parent = parent

    def get(self, name: str) -> str:
        """An attribute without blanks around it; empty where there is none."""
        return self.attrs.get(name, "").strip()

    def elements(self) -> Iterator[Node]:
        """All elements within, in the order of the source; the tree may be cut below one that has been given."""
        stack: list[Node | str] = self.children[::-1]
        while stack:
            node = stack.pop()
            if isinstance(node, Node):
                yield node
                stack.extend(reversed(node.children))

    def text(self) -> str:
        """All text within, as it stands there."""
        parts: list[str] = []
        stack: list[Node | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                parts.append(node)
            else:
                stack.extend(reversed(node.children))
        return "".join(parts)

    def remove(self) -> None:
        """Take the element out of its parent."""
        if self.parent is not None:
            self.parent.children = [child for child in self.parent.children if child is not self]
            self.parent = None


def parse_tree(source: str) -> Node:
    """The root element, named "html", of a page. Raises `TooLarge`."""
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._last_quote = {mark: source.rfind(mark) for mark in "\"'"}
        self._unclosed: set[str] = set()
        """What has been looked for to the end of the source in vain: "-->" and names of raw text elements."""
        self._root = Node("html", {})
        self._open = [self._root]
        self._deeper = 0
        """Elements open beyond `MAX_DEPTH`."""
        self._count = 0
        self._line, self._counted = 0, 0
        """The line of the last tag, and the place up to which lines are counted."""

    def run(self) -> Node:
        source = self._source
        at = 0
        while (mark := source.find("<", at)) >= 0:
            if mark > at:
                self._text(source[at:mark])
            at = self._markup(mark)
        if at < len(source):
            self._text(source[at:])
        return self._root

    def _text(self, text: str) -> None:
        self._open[-1].children.append(unescape(text) if "&" in text else text)

    def _markup(self, at: int) -> int:
        """What begins with the "<" at `at`; where it ends."""
        source = self._source
        if found := _TAG.match(source, at):
            name = found[2].lower()
            attrs, end = self._attributes(found.end(), wanted=not found[1])
            if found[1]:
                self._end(name)
            else:
                self._line += source.count("\n", self._counted, at)
                self._counted = at
                self._begin(name, attrs)
                if name in RAW:
                    end = self._raw(name, end)
            return end
        if source.startswith("<!--", at):
            end = source.find("-->", at + 2) if "-->" not in self._unclosed else -1
            if end >= 0:
                return end + 3
            self._unclosed.add("-->")
        if source.startswith("<![CDATA[", at) and "]]>" not in self._unclosed:
            end = source.find("]]>", at)
            if end >= 0:
                self._open[-1].children.append(source[at + 9 : end])
                return end + 3
            self._unclosed.add("]]>")
        if source[at + 1 : at + 2] in ("!", "?", "/"):
            end = source.find(">", at)
            return end + 1 if end >= 0 else len(source)
        self._text("<")
        return at + 1

    def _attributes(self, at: int, *, wanted: bool) -> tuple[dict[str, str], int]:
        source = self._source
        attrs: dict[str, str] = {}
        while found := _NAME.match(source, at):
            at = found.end()
            name, value = found[1], ""
            if name is None and not found[2]:
                return attrs, at + 1  # at ">" or at the end of the source
            if found[2]:
                quote = source[at : at + 1]
                if quote in ('"', "'") and quote and at < self._last_quote[quote]:
                    end = source.index(quote, at + 1)
                    value, at = source[at + 1 : end], end + 1
                elif bare := _BARE.match(source, at):
                    value, at = bare[0], bare.end()
            if wanted and name and name.lower() not in attrs:
                attrs[name.lower()] = unescape(value) if "&" in value else value
        return attrs, at

    def _raw(self, name: str, at: int) -> int:
        """The text of an element in which nothing is markup."""
        closer = _CLOSERS[name].search(self._source, at) if name not in self._unclosed else None
        if closer is None:
            self._unclosed.add(name)
            self._end(name)
            return at
        text = self._source[at : closer.start()]
        self._open[-1].children.append(unescape(text) if name in ("title", "textarea") else text)
        return closer.start()

    def _begin(self, name: str, attrs: dict[str, str]) -> None:
        if name in ("html", "body") and any(node.tag == name for node in self._open[:3]):
            for key, value in attrs.items():
                self._open[0].attrs.setdefault(key, value)
            return
        if not self._deeper:
            if name in _ENDS_PARAGRAPH:
                self._imply(("p",), (*_CELLS, "button", "object", "caption"))
            if implied := _IMPLIED.get(name):
                self._imply(*implied)
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise TooLarge
        parent = self._open[-1]
        if len(self._open) >= MAX_DEPTH and name not in VOID:
            self._deeper += 1
            return
        node = Node(name, attrs, parent, self._line)
        parent.children.append(node)
        if name not in VOID:
            self._open.append(node)

    def _imply(self, ended: tuple[str, ...], beyond: tuple[str, ...]) -> None:
        for at in range(len(self._open) - 1, 0, -1):
            tag = self._open[at].tag
            if tag in ended:
                del self._open[at:]
                return
            if tag in beyond:
                return

    def _end(self, name: str) -> None:
        if self._deeper:
            self._deeper -= name not in VOID
            return
        if name in ("html", "body") or name in VOID:
            return
        block = name in BLOCKS
        inner = name in ("td", "th", "tr", "table", "thead", "tbody", "tfoot")
        for at in range(len(self._open) - 1, 0, -1):
            tag = self._open[at].tag
            if tag == name:
                del self._open[at:]
                return
            if (not block and tag in BLOCKS) or (tag in _CELLS and not inner):
                return  # an inline element does not end a block, nor anything in a cell what is around it
