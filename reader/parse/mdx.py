"""MDX, as Docusaurus, Astro and Starlight have it: Markdown with components, comments in braces and imports.

Owns where a component's tag stands and what its attributes say, which paragraphs are JavaScript, and the comments that
are anchors of headings. Refuses to run anything: expressions in braces that are no comment stay as they are written.
Invariant: an attribute is never shown, and what stands inside a component is Markdown like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from reader.sanitize import pattern

_HEAD: Final = 256 * 1024
"""Characters at the start of a source in which is looked for what tells that it is MDX."""
_IMPORT: Final = pattern(r"\s*+import\s[^\n\"']*+[\"'][^\n\"']++[\"'];?[ \t]*(?=\n|\Z)")
_CLOSING: Final = pattern(r"\n[ \t]*+</[A-Z][\w.]*+>[ \t]*(?=\n|\Z)")
_MAX_TAG: Final = 2000
"""Characters of a tag with its attributes, or of a comment among words."""
_BRACED: Final = r"\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\})*+\}"
_TAG: Final = pattern(
    rf"<(?:(?P<close>/)(?P<closed>[A-Z][\w.]*+)\s*+|(?P<name>[A-Z][\w.]*+)"
    rf"(?P<attributes>(?:\s++(?:[A-Za-z_:][\w:.-]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|{_BRACED}))?+|{_BRACED}))*+)"
    rf"\s*+(?P<alone>/?+))>"
)
"""A tag of a component, whose name begins with a capital letter: that tells it from HTML."""
_ATTRIBUTE: Final = pattern(
    rf"([A-Za-z_:][\w:.-]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|\{{\s*+[\"'`]([^\"'`]*+)[\"'`]\s*+\}}|{_BRACED}))?+|{_BRACED}"
)
_MODULE: Final = pattern(
    r"(?:import\s(?:[^\"';]*+(?<=\sfrom\s))?(?:\"[^\"\n]++\"|'[^'\n]++')[ \t]*+;?+\s*+"
    r"|export\s++(?:\*|\{[^{}]*+\}|default|const|let|var|function|async)[^\n]*+"
    r"(?:\n(?:[ \t]++|[}\])])[^\n]*+)*+\s*+)++\Z"
)
_ANCHOR: Final = pattern(r"\{/\*\s*+([\w-]++)\s*+\*/\}[ \t]*+\Z")


def is_module_code(content: str) -> bool:
    """Whether a paragraph is nothing but `import` and `export` statements."""
    return content.startswith(("import ", "export ")) and _MODULE.match(content) is not None


def is_mdx(body: str, outside: Callable[[int], bool]) -> bool:
    """Whether a source begins with imports, or closes a component near its start: then no code is told by its
    indentation. `outside` tells of a place whether it is in no fence."""
    closing = _CLOSING.search(body, 0, _HEAD)
    return _IMPORT.match(body) is not None or (closing is not None and outside(closing.start()))


def anchor_of(content: str) -> tuple[str, str]:
    """A heading without the comment that names it, and that name; "" where it has none."""
    at = content.rfind("{/*")
    found = _ANCHOR.match(content, at) if at >= 0 else None
    return (content[: found.start()].rstrip(" \t"), found[1]) if found else (content, "")


def component(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The tags of components on a line of their own, or over several lines where one has many attributes."""
    at = state.bMarks[start] + state.tShift[start]
    src = state.src
    if src[at : at + 1] != "<" or not (src[at + 1 : at + 2] == "/" or src[at + 1 : at + 2].isupper()):
        return False
    tags = []
    while True:
        found = _TAG.match(src, at, min(len(src), at + _MAX_TAG))
        if found is None or "\n\n" in found[0] or not _is_markup(state, found):
            return False
        tags.append(found)
        at = found.end()
        while src[at : at + 1] in (" ", "\t"):
            at += 1
        if at >= len(src) or src[at] == "\n":
            break
        if src[at] != "<":
            return False
    last = start
    while last < end and state.eMarks[last] < at:
        last += 1
    if last >= end:
        return False
    if silent:
        return True
    for found in tags:
        closes = found["close"] is not None
        kind = "component_close" if closes else "component" if found["alone"] else "component_open"
        token = state.push(kind, "", 0)
        token.info = found["closed"] if closes else found["name"]
        token.meta = {} if closes else _attributes(found["attributes"])
        token.map = [start, last + 1]
    state.line = last + 1
    return True


def _is_markup(state: StateBlock | StateInline, found: re.Match[str]) -> bool:
    """Whether it is a tag and not a word in angle brackets, as in Map<String>."""
    name = (found["name"] or found["closed"]).lower()
    return bool(found["close"] or found["alone"] or "=" in found[0]) or name in state.env["survey"].closed_tags


def _attributes(source: str) -> dict[str, str]:
    named: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(source):
        if found[1]:
            named.setdefault(found[1], found[2] or found[3] or found[4] or "")
    return named


def inline_component(state: StateInline, silent: bool) -> bool:
    """A component's tag among words that HTML's rule does not take, for its braces or dots; it is not shown."""
    src, start = state.src, state.pos
    found = _TAG.match(src, start, min(state.posMax, start + _MAX_TAG))
    if found is None or not ("{" in found[0] or "." in found[0]) or not _is_markup(state, found):
        return False
    state.pos = found.end()
    return True


def comment(state: StateInline, silent: bool) -> bool:
    """`{/* a comment */}` is not shown."""
    if not state.src.startswith("{/*", state.pos):
        return False
    close = state.src.find("*/}", state.pos + 3, min(state.posMax, state.pos + _MAX_TAG))
    if close < 0:
        return False
    state.pos = close + 3
    return True
