"""Matches in a text as a person can read and write them: in brackets."""

from __future__ import annotations

from reader.search import Query, search


def lit(text: str, query: Query) -> str:
    """The text with its matches in brackets."""
    parts, reached = [], 0
    for match in search(text, query):
        parts += [text[reached : match.start], "⟦", text[match.start : match.end], "⟧"]
        reached = match.end
    return "".join(parts) + text[reached:]
