"""Quarto's cross references: `@eq-mass`, `@fig-plan`, `@sec-end` lead to what has that name.

Owns which names a source gives, and the rule for references. Refuses other `@words`, which are citations and people.
Invariant: the source is looked through once, and only when a reference is met.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markdown_it.rules_inline import StateInline

from reader.parse.gathered import Gathered
from reader.sanitize import pattern

_NAMES: Final = pattern(
    r"(?:[{ ]#|\blabel: )"
    r"((?:eq|fig|tbl|sec|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau)-[\w-]++)"
)
_REFERENCE: Final = pattern(r"@([a-z]{3}-[\w-]++|eq-[\w-]++)")


class Targets(Gathered):
    """The names that formulas, figures, tables and sections of a source have for its own references."""

    def _gather(self, source: str) -> Iterable[str]:
        return (found[1] for found in _NAMES.finditer(source))


def reference(state: StateInline, silent: bool) -> bool:
    """`@eq-mass` is a link to what has this name."""
    start = state.pos
    if start and (state.src[start - 1].isalnum() or state.src[start - 1] in "._-"):
        return False
    found = _REFERENCE.match(state.src, start, state.posMax)
    if found is None or found[1] not in state.env["survey"].targets:
        return False
    if not silent:
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": f"#{found[1]}"}
        state.push("text", "", 0).content = found[0]
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True
