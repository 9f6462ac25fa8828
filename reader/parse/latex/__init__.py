"""LaTeX math as readable Unicode, or as it was written.

Owns what a formula looks like in plain text: `symbols` has the signs, `formula` reads the source, `parts` makes atoms
of commands and their arguments, `atoms` writes a row of them on one line, `rows` what print sets on several. Libraries
that were tried before this was written are pylatexenc, unicodeit and flatlatex: each changes the meaning of common
formulas (`\\frac{a}{b}c` becomes a/bc) or leaves them half converted. Refuses guesses: where a command, a brace or
anything else is not understood, the source is what is shown. Invariant: the result is never empty and never
an error.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from reader.sanitize import pattern

_MAX_LENGTH: Final = 16_000
"""Characters; a longer formula is shown as it is written."""
_COMMENT: Final = pattern(r"(?<!\\)%[^\n]*+\n?")
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
"""What authors write for the sake of HTML."""


@lru_cache(maxsize=512)
def readable(source: str, *, display: bool = False) -> str:
    """The formula in Unicode. On one line; with `display`, for one that stands by itself, on several where it has
    several: matrices, cases, equations. The source, trimmed, where it cannot be read."""
    written = source.strip()
    if len(written) > _MAX_LENGTH:
        return written
    from reader.parse.latex.formula import formula
    from reader.parse.latex.parts import Unknown
    from reader.parse.latex.rows import on_lines, on_one_line

    cleaned = written + " "  # what a backslash at the end stands before
    if "%" in cleaned and "\n" in cleaned:
        cleaned = _COMMENT.sub(lambda found: "\n" if found[0][-1] == "\n" else found[0], cleaned)
    if "&" in cleaned:
        for entity, char in _ENTITIES:
            cleaned = cleaned.replace(entity, char)
    try:
        lines = formula(cleaned)
        shown = on_lines(lines) if display else on_one_line(lines)
        return shown if shown.strip() else written
    except (Unknown, RecursionError):  # the caller's own stack may be deep already
        return written
