"""Where a formula stands in Markdown, other than between dollars on lines of their own.

Owns the judgment whether what stands between two marks is a formula, since dollars and backslashes are more often
prices, shell variables and escapes; and the rules for `\\( … \\)`, `\\[ … \\]` and a bare `\\begin{align}`, also with
the second backslash that authors write where their site's Markdown takes one away. Refuses what a formula looks like.
Invariant: a rule looks at a bounded part of the source.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from reader.sanitize import pattern

MAX_INLINE: Final = 2000
"""Characters of a formula among words."""
_MAX_LINES: Final = 400
"""Lines of a formula that stands by itself."""

_SIGN: Final = pattern(r"\\[A-Za-z{}|,;!]|[\w)}\]|]\^[\w({\\*+-]|(?<![A-Za-z])[A-Za-z]'?_[\w{\\]|\}_[\w{\\]")
"""What nothing but LaTeX has: a command, a power, an index of a letter."""
_ALIKE: Final = pattern(r"[=<>+≤≥≠∈→×±]|^\s*[A-Za-z]['′]?(?:\([^()]{1,40}\))?\s*$|^\s*-?\d[\d.,]*\s*$")
"""What a formula without LaTeX may be: a letter, f(x), an equation, a number."""
_WORDS: Final = pattern("[“”‘’「」『』《》，。！？；、：…]|://")
"""Marks of prose that stand in no formula."""
_ENDING: Final = pattern(r"(?:th|st|nd|rd|s|D|d)(?![A-Za-z0-9])")
"""What is said right behind a letter: the $i$th of $n$s."""


def has_sign(content: str) -> bool:
    """Whether it has a sign of LaTeX."""
    return _SIGN.search(content) is not None


def is_prose(content: str) -> bool:
    """Whether what stands between two dollars, without any sign of LaTeX, is part of a sentence."""
    return _WORDS.search(content) is not None


def may_touch(content: str, before: str, after: str) -> bool:
    """Whether a formula may stand right beside the letters or digits `before` and `after` it, a part of the source
    each: `$i$th`, `3$\\times$3`."""
    if re.search(r"\\[A-Za-z]", content):
        return True
    letter = len(content) == 1 and content.isalpha() and _ENDING.match(after) is not None
    return not before and not after[:1].isdigit() and (letter or has_sign(content))


_OPENER: Final = pattern(r"(\\\\?)([(\[])")


def brackets(state: StateInline, silent: bool) -> bool:
    """`\\( … \\)` and `\\[ … \\]` among words, where a formula stands between them and not escaped brackets."""
    src, start, end = state.src, state.pos, state.posMax
    found = _OPENER.match(src, start, end)
    if found is None:
        return False
    slashes, bracket = found[1], found[2]
    closer = slashes + (")" if bracket == "(" else "]")
    close = src.find(closer, found.end(), min(end, found.end() + MAX_INLINE))
    while close > 0 and len(slashes) == 1 and src[close - 1] == "\\":
        close = src.find(closer, close + 1, min(end, found.end() + MAX_INLINE))
    if close < 0:
        return False
    content = src[found.end() : close]
    after = close + len(closer)
    touched = start > 0 and src[start - 1].isascii() and src[start - 1].isalnum()
    if (
        not _is_formula(content)
        or (touched and not may_touch(content, src[start - 1], ""))
        or (bracket == "[" and src[after : after + 1] in ("(", "[", ":"))
    ):
        return False
    if not silent:
        state.push("math_inline", "math", 0).content = content.strip()
    state.pos = after
    return True


_NAMED: Final = pattern(r"\$\$[ \t]*+\{#([\w:.-]++)[^{}\n]*+\}[ \t]*+\Z")


def named(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Quarto's `$$ … $$ {#eq-mass}`, on one line or on several without a blank one: the name is for references."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("$$", at) or state.is_code_block(start):
        return False
    # Up to which line an earlier look found none: many openers must not cost a look each.
    looked: int = state.__dict__.get("math_unnamed", -1)
    found, line = None, start
    while found is None and looked < line < min(end, start + _MAX_LINES):
        words = state.src[at + 2 if line == start else state.bMarks[line] : state.eMarks[line]]
        found = _NAMED.search(words)
        if found is None and words.rstrip().endswith("$$"):
            return False
        if found is None and line > start and not words.strip():
            break
        line += 1
    if found is None:
        state.__dict__["math_unnamed"] = max(looked, line)
        return False
    if not silent:
        content = state.getLines(start, line, state.blkIndent, False).strip()
        token = state.push("math_block", "math", 0)
        token.block = True
        token.content = content[2 : content.rindex("$$")].strip()
        token.meta = {"name": found[1]}
        token.map = [start, line]
        state.line = line
    return True


def _is_formula(content: str) -> bool:
    """Whether it is a formula and not a remark in escaped brackets."""
    if "\n\n" in content or not content.strip():
        return False
    return has_sign(content) or (_ALIKE.search(content) is not None and not is_prose(content))


_ENVIRONMENTS: Final = (
    "equation align alignat aligned alignedat flalign gather gathered multline split eqnarray displaymath math matrix "
    "pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array cases dcases CD"
)
_BLOCK: Final = pattern(rf"(\\\\?)(?:\[|begin\{{({'|'.join(_ENVIRONMENTS.split())})(\*?)\}})")


def block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`\\[ … \\]` and `\\begin{align} … \\end{align}` that begin a line and end one, without a blank line between."""
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at : at + 1] != "\\" or state.is_code_block(start):
        return False
    found = _BLOCK.match(state.src, at, state.eMarks[start])
    if found is None or (found[2] and found[1] != "\\"):
        return False
    closer = re.compile(
        rf"\\end\{{{found[2]}{re.escape(found[3])}\}}"
        if found[2]
        else r"(?<!\\)\\\]"
        if found[1] == "\\"
        else r"\\\\\]"
    )
    begin = at if found[2] else found.end()
    # Up to which line an earlier look found no closer: many openers must not cost a look each.
    looked: dict[str, int] = state.__dict__.setdefault("math_looked", {})
    for line in range(max(start, looked.get(closer.pattern, 0)), min(end, start + _MAX_LINES)):
        looked[closer.pattern] = line
        if line > start and (state.isEmpty(line) or state.sCount[line] < state.blkIndent):
            return False
        stop = state.eMarks[line]
        ended = closer.search(state.src, begin if line == start else state.bMarks[line], stop)
        if ended is None:
            continue
        tail = state.src[ended.end() : stop].strip()
        content = state.getLines(start, line + 1, state.blkIndent, False).strip()
        if not found[2]:
            content = content[len(found[0]) : content.rindex(ended[0])]
            if not _is_formula(content):
                return False
        elif tail:
            content = content[: content.rindex(ended[0]) + len(ended[0])]
        if tail and (len(tail) > 1 or tail not in ".,;。，；"):
            return False
        if not silent:
            token = state.push("math_block", "math", 0)
            token.block = True
            token.content = content.strip("\n") + tail
            token.map = [start, line + 1]
            state.line = line + 1
        return True
    return False
