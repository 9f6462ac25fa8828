"""Headings as people write them: without a blank behind the marks, with a link to nothing.

Owns the rule for `##标题` and the level of a line that begins with marks. Refuses to judge a title by its words; that
is `dialect`'s. Invariant: what CommonMark takes for a heading is one here.
"""

from __future__ import annotations

from typing import Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.heading import heading as _markdown_heading

from reader.parse.html import attributes
from reader.sanitize import pattern

_UNSPACED: Final = pattern(r"(#{2,6})(?=[^\s#!])([^\n]*)")
_EMPTY_LINK: Final = pattern(
    r"(?<![ \t])[ \t]*+(?<![!\\])\[\]\([^()\n]*+\)|(?<![ \t])[ \t]*+<a(?=\s)[^<>\n]*+></a>[ \t]*+$"
)


def heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """An ATX heading; from two marks on, also without a blank behind them."""
    if _markdown_heading(state, start, end, silent):
        return True
    at, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if not state.src.startswith("##", at) or state.is_code_block(start):
        return False
    found = _UNSPACED.match(state.src, at, stop)
    if found is None:
        return False
    if silent:
        return True
    tag = f"h{len(found[1])}"
    state.line = start + 1
    token = state.push("heading_open", tag, 1)
    token.markup = found[1]
    token.map = [start, state.line]
    token = state.push("inline", "", 0)
    token.content = found[2].strip().rstrip("#").rstrip()
    token.map = [start, state.line]
    token.children = []
    state.push("heading_close", tag, -1).markup = found[1]
    return True


def level_of(line: str) -> int:
    """The level of a line that begins with marks of a heading; 0 where it is none."""
    marks = len(line) - len(line.lstrip("#"))
    after = line[marks : marks + 1]
    if not 0 < marks < 7:
        return 0
    return marks if after in ("", " ", "\t", "\n") or (marks > 1 and after != "!") else 0


def without_empty_links(content: str) -> str:
    """A heading without the links to nothing that site generators and editors put into it: `## A[](#a)`."""
    return _EMPTY_LINK.sub("", content) if "](" in content or "</a>" in content else content


_TAG_AT_END: Final = pattern(r"<a(?=\s)([^<>\n]*+)></a>[ \t]*+$")


def named_at_end(content: str) -> str:
    """The name that an `<a id="…"></a>` at its end gives a heading; "" where there is none."""
    found = _TAG_AT_END.search(content, content.rfind("<a")) if "></a>" in content else None
    named = attributes(found[1]) if found else {}
    return named.get("id") or named.get("name", "")
