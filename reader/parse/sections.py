"""Sections, made of headings as they are written.

Owns where each begins and ends, the one of the text before the first heading, the anchors that headings get, and the
level of a heading that no markup says is one. Refuses headings within quotes and the like, which begin none.
Invariant: sections follow one another without a gap, and no two headings have one anchor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reader.document import Block, Details, Heading, Section, is_head
from reader.parse import dialect as judge
from reader.parse.writer import Writer
from reader.sanitize import clean_line, pattern

_SLUG: Final = pattern(r"[^\w\- ]+")


class Sections:
    """The sections of what a writer has written."""

    def __init__(self, writer: Writer, start: str, headings: Sequence[int]) -> None:
        """`start` is how the article begins, `headings` the levels of its first two headings."""
        self._writer = writer
        self.made: list[Section] = []
        """Those so far. The last one may go on, and whoever takes back what is written takes back what it made."""
        self._slugs: dict[str, int] = {}
        self._opening_title = judge.opening_title(start)
        self._base = headings[0] if headings else 2
        self._level = 0
        self.headed: Final = len(headings) > 1
        """Whether the article has headings of its own."""

    @property
    def inferred_level(self) -> int:
        """The level of a heading that no markup says is one."""
        return min(6, self._level + 1) if self._level else self._base

    def end_heading(self, level: int, anchor: str, *, inferred: bool = False) -> Heading:
        """End the heading that is being written; with it a section begins, unless it stands in a quote or the like."""
        writer = self._writer
        where = len(writer.blocks)
        title = clean_line(writer.content().strip())
        heading = writer.end_heading(level, self._anchor(clean_line(anchor) or _slug(title)), inferred=inferred)
        writer.anchors.setdefault(heading.anchor, heading.start)
        if any(not isinstance(container, Details) for container in heading.containers):
            return heading
        if not self.made and where and self._has_text(writer.blocks[:where]):
            self.made.append(Section(0, heading.start, self._opening_title, self._base, opening=True))
        if self.made:
            last = self.made[-1]
            self.made[-1] = Section(last.start, heading.start, last.title, last.level, last.inferred, last.opening)
        self.made.append(Section(heading.start, heading.end, title, level, inferred))
        if not inferred:
            self._level = level
        return heading

    def all(self, length: int) -> tuple[Section, ...]:
        """Those of a text of this length."""
        if self.made:
            return (*self.made[:-1], replace(self.made[-1], end=length))
        if self._has_text(self._writer.blocks):
            return (Section(0, length, self._opening_title, self._base, opening=True),)
        return ()

    def _has_text(self, blocks: Sequence[Block]) -> bool:
        """Whether there is any beside the title and the byline."""
        head = sum(map(is_head, blocks[:2]))
        return any(block.start < block.end for block in blocks[head:])

    def _anchor(self, slug: str) -> str:
        count = self._slugs.get(slug)
        self._slugs[slug] = 0 if count is None else count + 1
        if count is None:
            return slug
        name = f"{slug}-{count + 1}"
        while name in self._slugs:
            self._slugs[slug] += 1
            name = f"{slug}-{self._slugs[slug]}"
        self._slugs[name] = 0
        return name


def _slug(title: str) -> str:
    """The anchor GitHub gives a heading: lower case, punctuation out, hyphens for spaces."""
    return _SLUG.sub("", title.lower()).strip().replace(" ", "-") or "section"
