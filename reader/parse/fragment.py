"""One fragment of a source becomes groups of tokens; and what is asked of a source before its first one.

Owns the short way around markdown-it for plain paragraphs, and the last resort where parsing fails. Refuses to cut.
"""

from __future__ import annotations

import re
from typing import Final

from reader.parse.cut import Fragment
from reader.parse.dialect import Dialect
from reader.parse.grammar import Grammar
from reader.parse.groups import Group, groups
from reader.parse.headings import level_of
from reader.sanitize import pattern

_HEAD: Final = 256 * 1024
"""Characters at the start in which is looked for what kind of headings the article has."""
_BLANK: Final = " \t\n"
_PROSE: Final = pattern(r"(?:(?:[^\W\d_]|[“‘《「『（【]|\d+[^\s\d.)\-:|=~`]|!\[|\*\*[^\s*])[^\n]*\n)+[ \t\n]*")
"""Lines that all begin as no block but a paragraph does, with a letter, an opening quote, a year, an image or in bold:
markdown-it need not be asked. Half of an article's text takes this way."""


def groups_of(body: str, fragment: Fragment, grammar: Grammar, dialect: Dialect, first_line: int) -> list[Group]:
    """The top-level blocks of a fragment of `body`, whose first line is `first_line` of the file. What fails, or costs
    too much, is one block of plain text."""
    source = body[fragment.start : fragment.end]
    if fragment.safe and _PROSE.fullmatch(source):
        return [Group("paragraph", source.strip(_BLANK), first_line + fragment.line, [])]
    if fragment.indent:
        source = re.sub(f"(?m)^ {{1,{fragment.indent}}}", "", source)
    line = fragment.line - fragment.opener.count("\n")
    whole = fragment.opener + source + fragment.closer
    try:
        return groups(grammar.blocks(whole, line), whole, first_line + line, dialect, joined=fragment.joined)
    except Exception:  # a rule that fails, or that costs too much
        return [Group("plain", source.strip("\n"), first_line + fragment.line, [])]


def first_headings(body: str) -> list[int]:
    """The levels of the first two lines near the start that look like headings."""
    levels: list[int] = []
    at = 0
    while len(levels) < 2 and (at := body.find("\n#", at, _HEAD)) >= 0:
        at += 1
        if level := level_of(body[at : at + 8]):
            levels.append(level)
    return levels


def last_box(body: str) -> int:
    """The last line of the source that closes a `:::` box; -1 where none does."""
    at = len(body)
    while (at := body.rfind(":::", 0, at)) >= 0:
        at = body.rfind("\n", 0, at) + 1
        end = body.find("\n", at)
        if not body[at : end if end >= 0 else len(body)].strip(": \t"):
            return body.count("\n", 0, at)
    return -1
