"""Abbreviations as Markdown Extra, kramdown, MkDocs and Pandoc have them: `*[HTML]: Hyper Text Markup Language`.

Owns the rule for such a line, which is not shown where it stands; what it says is kept for whoever looks at the word.
Refuses to look for the words. Invariant: a line is taken as a whole or stays as it is.
"""

from __future__ import annotations

from typing import Final

from markdown_it.rules_block import StateBlock

from reader.sanitize import pattern

_LINE: Final = pattern(r"\*\[([^\[\]\n]{1,80}+)\]:[ \t]*+([^\n]*+)\Z")


def abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The line that says what an abbreviation stands for."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("*[", at) or state.is_code_block(start):
        return False
    found = _LINE.match(state.src[at : state.eMarks[start]].rstrip())
    if found is None or not found[1].strip() or not found[2]:
        return False
    if not silent:
        token = state.push("abbreviation", "", 0)
        token.info, token.content, token.map = found[1].strip(), found[2], [start, start + 1]
        state.line = start + 1
    return True
