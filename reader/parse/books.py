"""Books and papers: MyST's directives and roles, Quarto's and pandoc's divs and spans, MkDocs' admonitions and tabs.

Owns where such a construct begins and ends and which box, formula, picture or code it is. Refuses to resolve
references: a role is its text, with a link where it names a target of its own. Invariant: what stands in a construct
that has Markdown in it is read as Markdown, and nothing of it is dropped but options.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from reader.parse.files import dim
from reader.sanitize import pattern

_ALERTS: Final = frozenset(
    """
    note tip hint info important warning caution danger attention error seealso admonition exercise solution theorem
    proof definition example lemma remark corollary proposition todo question abstract summary success failure bug quote
    """.split()  # noqa: SIM905
)
_ADMONITION: Final = pattern(
    r"(?:(?P<mark>!!!|\?\?\?\+?)[ \t]++(?P<kind>[\w-]++)(?:[ \t]++(?:inline|end|[\w-]++))*+"
    r"|(?P<folded>\?\?\?\+?)(?=[ \t]++\")|===[!+]?)"
    r"(?:[ \t]++\"(?P<title>[^\"\n]*+)\")?[ \t]*\Z"
)


def admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`!!! note "T"`, `??? tip` and `=== "Tab"` of MkDocs, with the indented lines below."""
    at, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if not state.src.startswith(("!!!", "???", "==="), at) or state.is_code_block(start):
        return False
    found = _ADMONITION.match(state.src[at:stop])
    if found is None or (found["mark"] is None and found["title"] is None):
        return False
    tab = found["mark"] is None and found["folded"] is None
    indent = state.sCount[start] + 4
    last = start + 1
    while last < end and (state.isEmpty(last) or state.sCount[last] >= indent):
        last += 1
    if tab and all(state.isEmpty(line) for line in range(start + 1, last)):
        return False
    if silent:
        return True
    token = state.push("box_open", "", 0)
    token.info = "tab" if tab else found["kind"] or "details"
    if (mark := found["mark"] or found["folded"]) and mark[0] == "?":
        token.meta = {"open": mark[-1] == "+"}
    token.content = found["title"] or ""
    token.map = [start, start + 1]
    _inside(state, start + 1, last, indent)
    state.push("box_close", "", 0).map = [last, last]
    state.line = last
    return True


def _line(state: StateBlock, line: int) -> str:
    """A line without its indentation."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _inside(state: StateBlock, start: int, end: int, indent: int) -> None:
    """Read the lines of a construct as Markdown of their own."""
    kept = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent, state.lineMax, state.parentType = indent, end, "root"
    state.level += 1
    state.md.block.tokenize(state, start, end)
    state.level -= 1
    state.blkIndent, state.lineMax, state.parentType = kept


_DIRECTIVE: Final = pattern(
    r"(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*+\{(?P<name>[a-z][\w:.-]*+)\}[ \t]*+(?P<words>[^\n]*+)\Z"
)
_GROUPS: Final = frozenset(("tab-set", "grid", "card-carousel", "container", "div"))
"""Directives whose content is shown, and they are not."""
_BOXES: Final = frozenset(("dropdown", "tab-item", "card", "grid-item", "grid-item-card", "epigraph", "pull-quote"))
_BESIDE: Final = frozenset(("margin", "sidebar", "aside", "topic"))
_SILENT: Final = frozenset(("tableofcontents", "contents", "bibliography", "index", "currentmodule", "highlight"))
"""Directives that only a program can fill in."""
_PAIRED: Final = frozenset(("solution", "proof"))
"""Directives whose words, without a blank, are the label of what they belong to."""
_OPTION: Final = pattern(r"[ \t]*:[\w-]++:(?:[ \t][^\n]*+)?\Z")


def directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """MyST's ```` ```{note} ````: boxes, formulas, figures and code; any other stays the code block it looks like."""
    at, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if state.src[at : at + 1] not in ("`", "~", ":") or state.is_code_block(start):
        return False
    found = _DIRECTIVE.match(state.src[at:stop])
    if found is None:
        return False
    name, words, fence = found["name"], found["words"].strip(), found["fence"]
    last = start + 1
    unclosed: set[tuple[str, int]] = state.__dict__.setdefault("unclosed", set())
    while last < end and (fence, end) not in unclosed:
        text = _line(state, last).rstrip()
        if len(text) >= len(fence) and text == fence[0] * len(text) and state.sCount[last] - state.blkIndent < 4:
            break
        last += 1
    if last == end:
        unclosed.add((fence, end))
    kind = name.removeprefix("prf:")
    boxed = kind in _ALERTS or name in _BOXES or name in _BESIDE or name in _GROUPS
    boxed = boxed or name in _VERSIONS
    if last == end or (fence, end) in unclosed or not (boxed or name in _SILENT or name in _READ or name in _FILES):
        return False
    if silent:
        return True
    options, first = _options(state, start + 1, last)
    if name in ("figure", "image"):
        token = state.push("component", "", 0)
        token.info = "image"
        token.meta = {"src": words, "alt": options.get("alt", "")}
        token.map = [start, first]
        _inside(state, first, last, state.sCount[start])
    elif name == "toctree":
        if "hidden" not in options:
            _contents(state, first, last)
    elif name == "list-table":
        _list_table(state, words, start, first, last)
    elif name in _SILENT:
        pass
    elif name in _FILES:
        dim(state, f"{{{name}}} {words}", start, last + 1)
    elif boxed:
        token = state.push("box_open", "", 0)
        token.info = _box_of(kind)
        if name in _VERSIONS:
            words = f"{_VERSIONS[name]} {words}".strip()
        token.content = "" if name in _GROUPS or (kind in _PAIRED and " " not in words) else words
        if name == "dropdown" or "dropdown" in options.get("class", "").split():
            token.meta = {"open": "open" in options}
        token.map = [start, first]
        _inside(state, first, last, state.sCount[start])
        state.push("box_close", "", 0).map = [last, last]
    else:
        token = state.push("math_block" if name == "math" else "fence", "code", 0)
        token.content = state.getLines(first, last, state.sCount[start], True)
        token.info = (options.get("label", "") if name == "math" else words).strip()
        token.map = [start, last + 1]
    state.line = last + 1
    return True


def _options(state: StateBlock, line: int, end: int) -> tuple[dict[str, str], int]:
    """What a directive's first lines set, `:key: value` or, between two `---`, `key: value`; the line behind them."""
    options: dict[str, str] = {}
    if line < end and _line(state, line).rstrip() == "---":
        closer = next((other for other in range(line + 1, end) if _line(state, other).rstrip() == "---"), line)
        for other in range(line + 1, closer):
            key, _, value = _line(state, other).partition(":")
            options[key.strip()] = value.strip()
        return options, closer + 1 if closer > line else line
    while line < end and _OPTION.match(_line(state, line)):
        key, _, value = _line(state, line).strip()[1:].partition(":")
        options[key] = value.strip()
        line += 1
    return options, line


_READ: Final = frozenset(("math", "figure", "image", "code-block", "code", "code-cell", "toctree", "list-table"))


def _box_of(name: str) -> str:
    """The kind of box that a directive opens."""
    if name in _GROUPS:
        return "div"
    if name in ("epigraph", "pull-quote"):
        return "quote"
    return "tab" if name in ("tab-item", "card", "grid-item", "grid-item-card") else _KINDS.get(name, name)


_VERSIONS: Final = {
    "versionadded": "New in version",
    "versionchanged": "Changed in version",
    "versionremoved": "Removed in version",
    "deprecated": "Deprecated since version",
}
"""Directives that say of a version what Sphinx writes for them."""
_FILES: Final = frozenset(("include", "literalinclude"))
"""Directives in whose place a site puts a file."""
_KINDS: Final = {
    "dropdown": "details",
    **dict.fromkeys(_VERSIONS, "note"),
    "deprecated": "warning",
    **dict.fromkeys(_BESIDE, "aside"),
}


def _contents(state: StateBlock, start: int, end: int) -> None:
    """The entries of a `{toctree}`, `name` or `Title <name>`, as a list of links."""
    state.push("bullet_list_open", "ul", 1).map = [start, end]
    for line in range(start, end):
        entry = _line(state, line).strip()
        if entry:
            named = _NAMED.match(entry)
            text, target = (named[1].strip(), named[2].strip()) if named else (entry, entry)
            state.push("list_item_open", "li", 1).map = [line, line + 1]
            _paragraph(state, f"[{text}](<{target}>)", line)
            state.push("list_item_close", "li", -1)
    state.push("bullet_list_close", "ul", -1)


def _paragraph(state: StateBlock, content: str, line: int) -> None:
    token = state.push("paragraph_open", "p", 1)
    token.map, token.hidden = [line, line + 1], True
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content, [line, line + 1], []
    state.push("paragraph_close", "p", -1)


_CELL: Final = pattern(r"(\*[ \t]++)?-(?:[ \t]++|\Z)")


def _list_table(state: StateBlock, title: str, start: int, first: int, end: int) -> None:
    """The rows `* - a` and cells `  - b` of a `{list-table}` as a table, its title below it."""
    rows: list[list[str]] = []
    for line in range(first, end):
        text = _line(state, line).rstrip()
        found = _CELL.match(text)
        if found and (found[1] or rows):
            if found[1]:
                rows.append([])
            rows[-1].append(text[found.end() :])
        elif rows and text:
            rows[-1][-1] = f"{rows[-1][-1]} {text}".strip()
    if rows:
        columns = max(len(row) for row in rows)
        token = state.push("table", "table", 0)
        token.map = [start, end]
        token.meta = {"rows": [row + [""] * (columns - len(row)) for row in rows], "align": [""] * columns}
        token.content = " ".join(rows[0])
    if title:
        _paragraph(state, f"Table: {title}" if rows else title, start)
        state.tokens[-3].hidden = False


_DIV: Final = pattern(r":{3,}[ \t]*(?:\{(?P<attributes>[^{}\n]*+)\}|(?P<word>[\w-]++))[ \t]*:*\Z")
_HEADED: Final = pattern(r"#{1,6}[ \t]++([^\n{]++)")
"""A heading at the start of a callout, which is its title."""
_CALLOUT: Final = pattern(r"\.callout-(\w++)")
_FOLDS: Final = pattern(r"\bcollapse=[\"']?(true|false)", re.IGNORECASE)
_TITLE: Final = pattern(r"title=(?:\"([^\"]*+)\"|'([^']*+)')")


def div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Quarto's and pandoc's `::: {.callout-tip title="T"}`; any other div holds its content and is not seen."""
    at, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if not state.src.startswith(":::", at) or state.is_code_block(start):
        return False
    found = _DIV.match(state.src[at:stop])
    if found is None or found["attributes"] is None or state.env["line"] + start >= state.env["last_box"]():
        return False
    if silent:
        return True
    kind = _CALLOUT.search(found["attributes"])
    title = _TITLE.search(found["attributes"])
    token = state.push("box_open", "", 0)
    token.info = kind[1] if kind else "div"
    token.content = (title[1] or title[2] or "") if title else ""
    if kind and (folds := _FOLDS.search(found["attributes"])):
        token.meta = {"open": folds[1].lower() == "false"}
    state.line = start + 1
    if kind and not token.content:
        first = start + 1
        while first < end and state.isEmpty(first):
            first += 1
        if first < end and (headed := _HEADED.match(_line(state, first))):
            token.content, state.line = headed[1].strip(), first + 1
    token.map = [start, state.line]
    return True


_ROLE: Final = pattern(r"\{([a-z][\w:.-]*+)\}`([^`\n]++)`")
_NAMED: Final = pattern(r"([^<>]++)<([^<>]++)>\Z")


def role(state: StateInline, silent: bool) -> bool:
    """MyST's {ref}`text <target>`, {math}`x`, {eq}`label` and {cite}`key`."""
    found = _ROLE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        name, content = found[1], found[2].strip()
        named = _NAMED.match(content)
        if name == "math":
            state.push("math_inline", "math", 0).content = content
        elif name in ("ref", "doc", "numref", "term", "download") and (named or name in ("ref", "doc")):
            target = named[2] if named else content
            token = state.push("link_open", "a", 1)
            token.attrs = {"href": target if name == "doc" or "/" in target else f"#{target}"}
            state.push("text", "", 0).content = (named[1] if named else content).strip()
            state.push("link_close", "a", -1)
        else:
            shown = f"({content})" if name == "eq" else f"[{content}]" if name.startswith("cite") else content
            state.push("text", "", 0).content = named[1].strip() if named else shown
    state.pos = found.end()
    return True


_SCRIPT: Final = pattern(r"([~^])([A-Za-z0-9+-]{1,12}+)\1(?![~^])")


def script(state: StateInline, silent: bool) -> bool:
    """Pandoc's `H~2~O` and `x^2^`, right behind a letter; `5~10` is a range."""
    start = state.pos
    found = _SCRIPT.match(state.src, start, state.posMax) if start else None
    if found is None:
        return False
    before = state.src[start - 1]
    if not (before.isascii() and (before.isalpha() or before in ")]" or (before.isdigit() and found[1] == "^"))):
        return False
    if not silent:
        kind = "sub" if found[1] == "~" else "sup"
        state.push("html_inline", "", 0).content = f"<{kind}>"
        state.push("text", "", 0).content = found[2]
        state.push("html_inline", "", 0).content = f"</{kind}>"
    state.pos = found.end()
    return True


_SPAN: Final = pattern(r"\[([^\[\]\n]++)\]\{[ \t]*+[.#][^{}\n]*+\}")


def span(state: StateInline, silent: bool) -> bool:
    """Pandoc's `[a]{.b}` is its text."""
    found = _SPAN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("text", "", 0).content = found[1]
    state.pos = found.end()
    return True


_LABEL: Final = pattern(r"\(([\w:.-]++)\)=[ \t]*\Z")


def label(content: str) -> str:
    """The name a paragraph `(name)=` gives to what follows; "" for another."""
    found = _LABEL.match(content)
    return found[1] if found else ""


def line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Pandoc's lines after a `|`, as of a poem or an address: a paragraph whose lines and indents stay. Lines with
    another `|` in them are rows of a table, and one line alone is none."""
    lines: list[str] = []
    last, bars = start, 0
    while last < end and not state.isEmpty(last):
        line = _line(state, last)
        if found := _BAR_LINE.match(line):
            indent = len(found[1]) - len(found[1].lstrip())
            lines.append("\u00a0" * indent + found[1].strip())
            bars += 1
        elif lines and state.sCount[last] > state.blkIndent and "|" not in line:
            lines[-1] += f" {line.strip()}"
        else:
            break
        last += 1
    if bars < 2 or (last < end and not state.isEmpty(last)):
        return False
    if silent:
        return True
    at = start
    for stanza in "\n".join(lines).split("\n\n"):
        if stanza.strip("\n"):
            token = state.push("line_block", "p", 0)
            token.map, token.content = [at, last], stanza.strip("\n")
        at = min(last - 1, at + stanza.count("\n") + 2)
    state.line = last
    return True


def table_caption(content: str) -> str:
    """What pandoc's paragraph `Table: …` or `: …`, which stands right after a table, says of it; "" for another."""
    found = _CAPTION.match(content)
    return content[found.end() :] if found else ""


_BAR_LINE: Final = pattern(r"\|(?=[ ]|\Z)[ ]?([^|\n]*+)\Z")
_CAPTION: Final = pattern(r"(?:[Tt]able)?:[ \t]++(?=\S)")


def grid_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Pandoc's table between lines of `+---+`; one whose cells span others stays as it is written, as code."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("+-", at) or state.is_code_block(start):
        return False
    border = state.src[at : state.eMarks[start]].rstrip()
    if set(border) - set("+-=:") or border[-1] != "+":
        return False
    last = start + 1
    while last < end and _line(state, last).startswith(("|", "+")):
        last += 1
    if last < start + 3:
        return False
    if silent:
        return True
    lines = [
        state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip() for line in range(start, last)
    ]
    rows = _rows(lines, [place for place, char in enumerate(border) if char == "+"])
    token = state.push("table" if rows else "fence", "table", 0)
    token.map = [start, last]
    if rows:
        token.meta = {"rows": rows, "align": [""] * len(rows[0])}
        token.content = " ".join(rows[0])
    else:
        token.content = "\n".join(lines) + "\n"
    state.line = last
    return True


def _rows(lines: list[str], edges: list[int]) -> list[list[str]]:
    """The cells of a grid; none where a line does not fit the columns of the first."""
    rows: list[list[str]] = []
    cells = [""] * (len(edges) - 1)
    for line in lines[1:]:
        if line.startswith("+"):
            if set(line) - set("+-=:"):
                return []
            rows.append([cell.strip() for cell in cells])
            cells = [""] * len(cells)
        elif any(line[edge : edge + 1] != "|" for edge in edges):
            return []
        else:
            cells = [
                f"{cell} {line[one + 1 : two].strip()}" for cell, one, two in zip(cells, edges, edges[1:], strict=False)
            ]
    return rows
