"""Lines in whose place a site puts a file, and how what stands for something else is shown: dimmed, as it is written.

Owns the rules for the two ways to write such a line. Refuses to read the file: what an article shows is in the article.

Invariant: a rule looks at one line.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it.rules_block import StateBlock

from reader.sanitize import pattern

_SNIPPET: Final = pattern(
    r"<<<(?:[ \t]++|(?=@))(?=[^\s/.]*+[/.])[^\s<>{}]++(?:\{[^{}\n]*+\})?(?:[ \t]*+\[[^\[\]\n]*+\])?[ \t]*\Z"
)
_INCLUDED: Final = pattern(r"-{1,2}8<-{1,2}(?:[ \t]++[\"'][^\"'\n]++[\"'])?[ \t]*\Z")


def dim(state: StateBlock, written: str, line: int, after: int) -> None:
    """Adds a dimmed block of what is `written` on the lines from `line` on and before `after`."""
    token = state.push("tag", "", 0)
    token.content, token.map = written, [line, after]


def snippet(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`<<< @/file.js{2}` of VitePress."""
    return _line(state, start, silent, "<<<", _SNIPPET)


def included(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`--8<-- "file.md"` of PyMdown."""
    return _line(state, start, silent, "-", _INCLUDED)


def _line(state: StateBlock, start: int, silent: bool, opening: str, wanted: re.Pattern[str]) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(opening, at) or state.is_code_block(start):
        return False
    line = state.src[at : state.eMarks[start]]
    if wanted.match(line) is None:
        return False
    if not silent:
        dim(state, line.strip(), start, start + 1)
        state.line = start + 1
    return True
