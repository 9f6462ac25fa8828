"""Headers without fences: Pelican's `Title: …` lines, pandoc's `% Title`, `[#]: subject: …` of a translation project.

Owns their recognition, at the very start of a text and up to the first line that is none of theirs. Refuses whatever
could be prose: every key must be one that headers have. Invariant: values are the words as they are written.
"""

from __future__ import annotations

import re
from typing import Final

from reader.frontmatter.keys import is_known
from reader.sanitize import pattern

_ENTRY: Final = pattern(r"([A-Za-z][\w-]{0,60}+):(?:[ \t]++([^\n]*+(?:\n(?: {4}|\t)[ \t]*+[^\s][^\n]*+)*+))?(?:\n|\Z)")
_ALSO: Final = frozenset(("status", "template", "save_as", "authors", "email", "copyright", "version", "category"))
_COMMENT: Final = pattern(r"\[#\]:[ \t]*+([\w-]++):?[ \t]*+([^\n]*+)(?:\n|\Z)")
_PERCENT: Final = pattern(r"%[ \t]++([^\n]*+)(?:\n|\Z)")
_BLANK: Final = pattern(r"[ \t]*(?:\n|\Z)")


def unfenced(head: str) -> tuple[dict[str, str], int] | None:
    """The entries at the start of the first part of a text, and where the body begins; None where there are none."""
    found = _lines(head, _ENTRY) if head[:1].isalpha() else None
    if found:
        entries, end = found
        keys = {key.lower() for key in entries}
        if len(entries) < 2 or "title" not in keys or not all(is_known(key) or key in _ALSO for key in keys):
            return None
        return entries, end
    if head.startswith("[#]:") and (found := _lines(head, _COMMENT)):
        return ({key: value.strip().strip('()"“”') for key, value in found[0].items()}, found[1])
    if head.startswith("% "):
        return _pandoc(head)
    return None


def _lines(head: str, pattern: re.Pattern[str]) -> tuple[dict[str, str], int] | None:
    entries: dict[str, str] = {}
    at = 0
    while found := pattern.match(head, at):
        entries.setdefault(found[1], " ".join((found[2] or "").split()))
        at = found.end()
    # The line behind must be blank: what goes on is a paragraph.
    return (entries, at) if entries and at < len(head) and _BLANK.match(head, at) else None


def _pandoc(head: str) -> tuple[dict[str, str], int] | None:
    """Title, authors and date on a line each."""
    entries: dict[str, str] = {}
    at = 0
    for key in ("title", "author", "date"):
        found = _PERCENT.match(head, at)
        if found is None:
            break
        entries[key] = found[1].strip()
        at = found.end()
    return (entries, at) if at < len(head) and _BLANK.match(head, at) else None
