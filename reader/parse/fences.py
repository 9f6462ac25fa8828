"""Code fences that are not indented: their lines, the places outside them, and the one that wraps a whole article.

Owns what opens and closes one, as far as a source is looked through for it. Refuses the fences within lists and quotes,
which only parsing finds. Invariant: a source is looked through as far as it is asked about, and once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from heapq import merge
from typing import Final

from reader.sanitize import pattern

_WRAPPED: Final = 10_000
"""Fences looked at to find out whether one wraps the article; among more, the last line is believed."""
_FENCE_LINE: Final = pattern(r"\n {0,3}(`{3,}|~{3,})([^\n]*)")


class Outside:
    """Answers whether a place is outside unindented code fences. They are looked for as far as places are asked for."""

    def __init__(self, body: str) -> None:
        self._rest = fences(body)
        self._length = len(body)
        self._edges: list[int] = []
        """Start and end of each fence found so far, in order: an odd number of them lies before a place inside one."""
        self._reached = -1

    def __call__(self, at: int) -> bool:
        while self._reached <= at:
            fence = next(self._rest, None)
            self._edges += fence or ()
            self._reached = fence[0] if fence else self._length
        return bisect_right(self._edges, at) % 2 == 0


def fence_lines(body: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The lines between two places that open or close a fence, from the line break before each on.

    `str.find` looks for the marks 20 times as fast as a regular expression goes through all lines.
    """
    for line in merge(_lines_of(body, "```", start, end), _lines_of(body, "~~~", start, end)):
        if found := _FENCE_LINE.match(body, line, end):
            yield found


def _lines_of(body: str, mark: str, at: int, end: int) -> Iterator[int]:
    """The line breaks behind which, at most three characters on, a mark stands."""
    while (at := body.find(mark, at, end)) >= 0:
        line = body.rfind("\n", max(0, at - 4), at)
        if line >= 0:
            yield line
        at = body.find("\n", at, end)
        if at < 0:
            return


def fences(body: str) -> Iterator[tuple[int, int]]:
    start, mark = 0, ""
    for found in fence_lines(body, 0, len(body)):
        if not mark:
            if found[1][0] == "~" or "`" not in found[2]:
                start, mark = found.start(), found[1]
        elif found[1].startswith(mark) and not found[2].strip():
            yield start, found.end()
            mark = ""
    if mark:
        yield start, len(body)


def unwrap(body: str) -> tuple[str, int]:
    """The content of a code fence that wraps the whole article, and the lines before it; the body where none does.

    Only one whose info is "md" or "markdown" does: any other is code, or a sample (a fence around a header is taken
    off with the header). Fences inside may be of the same length, as language models write them. A rule and a footer
    shorter than the article may follow; the line that closes the fence becomes a blank one then.
    """
    blank = re.match(r"[ \t\n]*+", body)
    start = body.rfind("\n", 0, blank.end()) + 1 if blank else 0
    opener = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*+(?:markdown|md)[ \t]*+\n", re.IGNORECASE).match(body, start)
    if opener is None:
        return body, 0
    end = len(body.rstrip())
    bare = _bare_fences(body, opener[1], opener.end() - 1, end)
    closer = next((found for found in bare[-1:] if len(bare) % 2 and found.end() == end), None) or next(
        (found for found in bare[::2] if _RULE_NEXT.match(body, found.end())), None
    )
    if closer is None:
        return body, 0
    inner, rest = body[opener.end() : closer.start() + 1], body[closer.end() :]
    if len(rest.strip()) >= len(inner.strip()):
        return body, 0
    return inner + rest if rest.strip() else inner, body.count("\n", 0, opener.end())


def _bare_fences(body: str, mark: str, at: int, end: int) -> list[re.Match[str]]:
    """The lines of fences that may close one of `mark`, and that stand in none that says its language."""
    inside = ""
    bare = []
    for count, found in enumerate(fence_lines(body, at, end)):
        if count > _WRAPPED:
            last = _FENCE_LINE.match(body, body.rfind("\n", at, end), end)
            return [last] if last and last[1].startswith(mark) and not last[2].strip() else []
        run, info = found[1], found[2].strip()
        if inside:
            inside = inside if info or run[0] != inside[0] or len(run) < len(inside) else ""
        elif info or run[0] != mark[0] or len(run) < len(mark):
            inside = run
        else:
            bare.append(found)
    return bare


_RULE_NEXT: Final = pattern(r"\s*\n {0,3}(?:(?:-[ \t]*+){3,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,})(?=\n|\Z)")
"""A thematic break on the next line that is not blank."""
