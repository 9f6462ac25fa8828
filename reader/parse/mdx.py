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
from markdown_it.token import Token

from reader.sanitize import pattern

_HEAD: Final = 256 * 1024
"""Characters at the start of a source in which is looked for what tells that it is MDX."""
_IMPORT: Final = pattern(r"\s*+import\s[^\n\"']*+[\"'][^\n\"']++[\"'];?[ \t]*(?=\n|\Z)")
_CLOSING: Final = pattern(r"\n[ \t]*+</[A-Z][\w.]*+>[ \t]*(?=\n|\Z)")
_MAX_TAG: Final = 2000
"""Characters of a tag with its attributes, or of a comment among words."""
_BRACED: Final = r"\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\})*+\}"
_TAG: Final = pattern(
    rf"<(?:(?P<close>/)(?P<closed>[A-Z][\w.]*+)\s*+|(?P<name>[A-Z][\w.]*+|img(?=\s))"
    rf"(?P<attributes>(?:\s++(?:[A-Za-z_:@#][\w:.-]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|{_BRACED}))?+|{_BRACED}))*+)"
    rf"\s*+(?P<alone>/?+))>"
)
"""A tag of a component, whose name begins with a capital letter: that tells it from HTML. `img` is one too where an
attribute is JavaScript, as in `<img src={require('./a.png').default} />`."""
_QUOTED: Final = pattern(r"[\"'`]([^\"'`\s]++)[\"'`]")
_ONE_LINE: Final = pattern(r"([^<\n]*+(?:<(?!/[A-Z])[^<\n]*+)*+)</([A-Z][\w.]*+)>[ \t]*+\Z")
"""What stands between a component's tags on one line, and the closing tag that ends the line."""
_ATTRIBUTE: Final = pattern(
    rf"([A-Za-z_:@#][\w:.-]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|\{{\s*+[\"'`]([^\"'`]*+)[\"'`]\s*+\}}|{_BRACED}))?+|{_BRACED}"
)
_NAMED_IMPORT: Final = pattern(r"\nimport[ \t]++(\w++)[ \t]++from[ \t]++[\"']([^\"'\n]++)[\"']")
_NAME: Final = pattern(r"\{\s*+(\w++)(?:\.(?:src|default))?\s*+\}")
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
    if src[at : at + 1] != "<" or not (src[at + 1 : at + 2] == "/" or _begins(src, at)):
        return False
    tags: list[re.Match[str]] = []
    while True:
        found = _TAG.match(src, at, min(len(src), at + _MAX_TAG))
        if found is None or "\n\n" in found[0] or not _is_markup(state, found):
            return False
        if not tags and found["name"] and not found["alone"]:
            inside = _ONE_LINE.match(_rest_of_line(src, found.end()))
            if inside is not None:
                return _one_line(state, found, inside, start, silent)
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
        token.meta = {} if closes else _attributes(found["attributes"], state)
        token.map = [start, last + 1]
    state.line = last + 1
    return True


def _begins(src: str, at: int) -> bool:
    """Whether the tag at a place may be a component's."""
    return src[at + 1 : at + 2].isupper() or src.startswith(("<img ", "<img\n"), at)


def _rest_of_line(src: str, at: int) -> str:
    end = src.find("\n", at)
    return src[at:] if end < 0 else src[at:end]


def _one_line(state: StateBlock, tag: re.Match[str], inside: re.Match[str], line: int, silent: bool) -> bool:
    """`<Aside type="tip">Text</Aside>`: the component with its words as a paragraph."""
    last = line
    while last + 1 < state.lineMax and state.eMarks[last] < tag.end():
        last += 1
    if inside[2] != tag["name"] or not inside[1].strip():
        return False
    if silent:
        return True
    where = [line, last + 1]
    token = state.push("component_open", "", 0)
    token.info, token.map, token.meta = tag["name"], where, _attributes(tag["attributes"], state)
    state.push("paragraph_open", "p", 1).map = where
    content = state.push("inline", "", 0)
    content.content, content.map, content.children = inside[1].strip(), where, []
    state.push("paragraph_close", "p", -1)
    token = state.push("component_close", "", 0)
    token.info, token.map = tag["name"], where
    state.line = last + 1
    return True


def _is_markup(state: StateBlock | StateInline, found: re.Match[str]) -> bool:
    """Whether it is a tag and not a word in angle brackets, as in Map<String>."""
    name = (found["name"] or found["closed"]).lower()
    if name == "img":
        return "{" in found[0]
    return bool(found["close"] or found["alone"] or "=" in found[0]) or name in state.env["survey"].closed_tags


def _attributes(source: str, state: StateBlock | StateInline) -> dict[str, str]:
    named: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(source):
        if found[1]:
            named.setdefault(found[1], found[2] or found[3] or found[4] or _called(found, state.env["survey"].imports))
    return named


def _called(found: re.Match[str], imports: Imports) -> str:
    """The file that JavaScript in a picture's attribute names: `{require("./a.png").default}`, or a name that the
    source imports."""
    if found[1] not in ("src", "sources", "srcset"):
        return ""
    if name := _NAME.search(found[0]):
        return imports[name[1]]
    quoted = _QUOTED.search(found[0])
    return quoted[1] if quoted else ""


class Imports:
    """The files that a source imports under a name; looked for once and only when a name is met."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._files: dict[str, str] | None = None

    def __getitem__(self, name: str) -> str:
        """The file; empty where the name is none of an import."""
        if self._files is None:
            self._files = {found[1]: found[2] for found in _NAMED_IMPORT.finditer(self._source)}
        return self._files.get(name, "")


def inline_component(state: StateInline, silent: bool) -> bool:
    """A component's tag among words that HTML's rule does not take, for its braces or dots; it is not shown."""
    src, start = state.src, state.pos
    found = _TAG.match(src, start, min(state.posMax, start + _MAX_TAG))
    if found is None or not ("{" in found[0] or "." in found[0]) or not _is_markup(state, found):
        return False
    named = _attributes(found["attributes"] or "", state) if found["name"] == "img" and not silent else {}
    if named.get("src"):
        token = state.push("image", "img", 0)
        token.attrs = {"src": named["src"]}
        token.children = [Token("text", "", 0, content=named["alt"])] if named.get("alt") else []
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
