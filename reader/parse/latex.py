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
_BRACED: Final = re.compile(r"([\^_])\{([^{}]{2,})\}")
_FRACTION: Final = re.compile(r"\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ATOM: Final = re.compile(r"\\?[A-Za-z]+|[\d.]+|.|[A-Za-z\d]\ue000[⁰-₟²³¹]+|\(.*\)")
_MACRO: Final = re.compile(r"(\\[A-Za-z]+) +(?=[^\s{])")
_TAKES_MORE: Final = re.compile(
    r"\\(?:math|text|hat|bar|vec|tilde|dot|ddot|over|under|wide|sqrt|[dtc]?frac|left|right|[bB]ig|begin|end|operatorname|boldsymbol|bm)"
)
_STOP: Final = "\ue000"
"""Ends a macro's name before a letter that stands where a script was."""
_LONG: Final = 4000
"""Characters; a longer formula is shown as it is written."""


def _script(found: re.Match[str]) -> str:
    letters = _SUPER if found[1] == "^" else _SUB
    content = (found[2] or found[3]).replace(" ", "")
    if content and all(char in letters for char in content):
        return _STOP + "".join(letters[char] for char in content)
    return f"{found[1]}({content})" if len(content) > 1 else found[0]


def _fraction(found: re.Match[str]) -> str:
    return "/".join(part if _ATOM.fullmatch(part) else f"({part})" for part in (found[1].strip(), found[2].strip()))


def _spaced(found: re.Match[str]) -> str:
    """LaTeX swallows the space behind a macro's name; a reader wants it, unless an argument follows."""
    return found[0] if _TAKES_MORE.match(found[1]) else found[1] + r"\ "


@lru_cache(maxsize=1)
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", strict_latex_spaces=True)


@lru_cache(maxsize=2048)
def readable(source: str) -> str:
    """The formula in Unicode; several lines where it has several. The source where it cannot be read."""
    if len(source) > _LONG or source.count("{") > 400:
        return source
    if not re.search(r"[\\^_{}]", source):
        return source.strip()
    prepared = _BRACED.sub(r"\1{(\2)}", _SCRIPT.sub(_script, source))
    prepared = _MACRO.sub(_spaced, prepared)
    if "frac" in prepared:
        for _ in range(4):  # from the inside out
            prepared = _FRACTION.sub(_fraction, prepared)
    try:
        text = str(_converter().latex_to_text(prepared))
    except Exception:  # whatever a broken formula provokes in the library, its source is still readable
        return source
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.replace(_STOP, "").split("\n")]
    return "\n".join(line for line in lines if line) or source
