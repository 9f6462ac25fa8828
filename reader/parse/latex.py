"""LaTeX math as readable Unicode.

Owns the choice of what a formula looks like in plain text; pylatexenc, imported only when there is math, does the
macros. Refuses layout: a fraction becomes `a/b`, a matrix stays in brackets. Invariant: a formula that cannot be read
comes back as it was written, never empty and never as an error.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

_SUPER: Final = dict(
    zip("0123456789+-=()niabcdefghjklmoprstuvwxyzT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ", strict=True)
)
_SUB: Final = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_SCRIPT: Final = re.compile(r"([\^_])(?:\{([^{}\\^_]{1,12})\}|([0-9A-Za-z+\-]))")
_LONG: Final = 4000
"""Characters; a longer formula is shown as it is written."""


def _script(found: re.Match[str]) -> str:
    letters = _SUPER if found[1] == "^" else _SUB
    content = (found[2] or found[3]).replace(" ", "")
    if content and all(char in letters for char in content):
        return "".join(letters[char] for char in content)
    return f"{found[1]}({content})" if len(content) > 1 else found[0]


@lru_cache(maxsize=1)
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", keep_comments=False, strict_latex_spaces=False)


@lru_cache(maxsize=2048)
def readable(source: str) -> str:
    """The formula in Unicode; several lines where it has several. The source where it cannot be read."""
    if len(source) > _LONG or source.count("{") > 400:
        return source
    if not re.search(r"[\\^_{}]", source):
        return source.strip()
    prepared = _SCRIPT.sub(_script, source)
    try:
        text = str(_converter().latex_to_text(prepared))
    except Exception:  # whatever a broken formula provokes in the library, its source is still readable
        return source
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line) or source
