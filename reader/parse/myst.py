"""What MyST has beside directives and roles: `% comments` and `+++` between the cells of a notebook.

Owns the judgment whether a source is MyST, since a line may begin with `%` or `+++` anywhere else. Refuses to read
either in other sources. Invariant: the source is looked through once, and only when such a line is met.
"""

from __future__ import annotations

from typing import Final

from markdown_it.rules_block import StateBlock

from reader.sanitize import pattern

_HEAD: Final = 256 * 1024
"""Characters at the start of a source in which is looked for what only MyST has."""
_SIGNS: Final = pattern(
    r"\n[ \t]*+(?:`{3,}+|~{3,}+|:{3,}+)[ \t]*+\{(?:note|tip|warning|admonition|seealso|important|caution|figure|image"
    r"|math|code-cell|code-block|exercise|solution|prf:\w++|list-table|toctree|tableofcontents|contents|bibliography|margin"
    r"|dropdown|tab-set|include|literalinclude|index|glossary|eval-rst)\}"
    r"|\n\([\w:.-]++\)=[ \t]*(?=\n)|\{(?:ref|numref|doc|eq|cite(?::\w)?|term|math|py:\w++)\}`[^`\n]"
)
_COMMENT: Final = pattern(r"%(?:[ \t][^\n]*+)?\Z")
_BREAK: Final = pattern(r"\+{3,}+[ \t]*+(?:\{[^\n]*+)?\Z")


class Signs:
    """Whether a source is MyST."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._known: bool | None = None

    def __bool__(self) -> bool:
        if self._known is None:
            self._known = _SIGNS.search(self._source, 0, _HEAD) is not None
        return self._known


def hidden(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A comment, or a break between cells: nothing of it is shown."""
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at : at + 1] not in ("%", "+") or state.is_code_block(start):
        return False
    line = state.src[at : state.eMarks[start]]
    if not (_COMMENT.match(line) or _BREAK.match(line)) or not state.env["survey"].is_myst:
        return False
    if not silent:
        state.line = start + 1
    return True
