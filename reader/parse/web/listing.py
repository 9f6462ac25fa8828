"""Listings of programs in a page: their text without line numbers, and their language.

Owns the ways in which highlighters mark code (a table with a gutter, a list of lines, a block a line, classes and
attributes that name the language). Refuses to guess a language from the code.
"""

from __future__ import annotations

import re
from typing import Final

from reader.parse.web.tree import BLOCKS, Node
from reader.sanitize import pattern

_LANGUAGE: Final = pattern(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight-text|highlight|brush:|sourceCode)[-\s]?\s*([\w+#.-]+)"
)
_NO_LANGUAGE: Final = frozenset((
    "code", "hljs", "highlight", "none", "text", "plain", "plaintext", "linenums", "line-numbers", "wrap",
    "sourcecode", "sourceCode", "prettyprint"
))  # fmt: skip
_FRAMES: Final = ("highlight", "hljs", "code", "src", "prettyprint")
"""First classes of a listing of which another one is the language."""
_GUTTER: Final = pattern(
    r"(?:^|\s)(?:gutter|lineno|linenos|line-?numbers?|linenodiv|line-numbers-rows|hljs-ln-numbers|rouge-gutter|blob-num|lnt)(?:$|\s)"
)


def is_gutter(node: Node) -> bool:
    """Whether an element holds the numbers of lines."""
    return _GUTTER.search(node.get("class")) is not None and not node.text().strip("\n \t0123456789")


def code_cell(cells: list[list[Node]]) -> Node | None:
    """The cell with the code of a table that sets line numbers beside it."""
    if len(cells) == 1 and len(cells[0]) == 2:
        numbers, code = cells[0]
        if any(inner.tag == "pre" for inner in code.elements()) and not numbers.text().strip("\n \t0123456789"):
            return code
    if cells and all(len(row) == 2 and "blob-num" in row[0].get("class") for row in cells):
        return cells[0][0].parent.parent if cells[0][0].parent else None
    return None


def is_listing(node: Node) -> bool:
    """Whether a figure or a division is a frame around one listing, with its line numbers in a table or a list."""
    names = node.get("class").split()
    if not any(name in ("highlight", "syntaxhighlighter", "codehilite", "highlighttable") for name in names):
        return False
    return any(inner.tag in ("pre", "table") for inner in node.elements()) and not any(
        inner.tag in ("p", "h2", "h3", "img") for inner in node.elements()
    )


def code_text(node: Node) -> str:
    """Preformatted text: what stands in blocks of its own or before a `<br>` is a line; line numbers are left out."""
    parts: list[str] = []

    def write(inner: Node) -> None:
        for child in inner.children:
            if isinstance(child, str):
                parts.append(child)
            elif _GUTTER.search(child.get("class")) or child.tag in ("button", "script", "style", "figcaption"):
                continue
            elif child.tag == "br":
                parts.append("\n")
            else:
                own_line = child.tag in BLOCKS and child.tag not in ("table", "tbody", "tr", "td", "pre")
                own_line = own_line or child.tag == "tr"
                if own_line and parts and not parts[-1].endswith("\n"):
                    parts.append("\n")
                write(child)
                if own_line and parts and not parts[-1].endswith("\n"):
                    parts.append("\n")

    if _code_table(node):
        node = _code_table(node) or node
    write(node)
    return "".join(parts).replace("\r", "")


def _code_table(node: Node) -> Node | None:
    for inner in node.elements():
        if inner.tag == "table":
            rows = [row for row in inner.elements() if row.tag == "tr"]
            return code_cell(
                [[cell for cell in row.children if isinstance(cell, Node) and cell.tag in ("td", "th")] for row in rows]
            )
    return None


def language_of(node: Node) -> str:
    """The language of a listing, from the classes and attributes of it, its `<code>`, or the frame around it."""
    around: list[Node] = []
    at: Node | None = node
    for _ in range(3):
        if at is not None:
            around.append(at)
            at = at.parent
    inner = [one for one in node.elements() if one.tag in ("code", "pre", "table", "div")][:6]
    for one in (*inner, *around):
        if named := _named(one):
            return named
    for one in (*inner, node):
        first, *others = one.get("class").split() or [""]
        if first in _FRAMES:
            other = next((name.removeprefix("src-") for name in others if name.lower() not in _NO_LANGUAGE), "")
            if re.fullmatch(r"[A-Za-z][\w+#-]{0,15}", other):
                return other.lower()
    return ""


def _named(node: Node) -> str:
    """The language that an attribute or a class of an element names as one."""
    names = ("data-lang", "data-language", "lang") if node.tag in ("pre", "code") else ("data-lang", "data-language")
    for name in names:
        if re.fullmatch(r"[\w+#.-]{1,20}", value := node.get(name)):
            return value.lower()
    found = _LANGUAGE.search(node.get("class"))
    return found[1].lower() if found and found[1] not in _NO_LANGUAGE else ""
