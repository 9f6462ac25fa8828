"""What of an article is folded away: sections, and the boxes their author meant to be opened (`<details>`).

Owns what each fold hides. A fold is named by the offset of the heading or summary that stays. Refuses to lay out.

Invariant: what is hidden starts after the block that names it, so a fold can always be opened where it stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reader.document import Block, Details, Document, Heading, Paragraph, Range


class Folds:
    """The folds of one article, which may still grow."""

    def __init__(self) -> None:
        self.folded: set[int] = set()
        """Offsets of the headings and summaries below which text is hidden."""
        self.hidden: tuple[Range, ...] = ()
        """What is hidden: sorted, apart from one another."""
        self._ends: Sequence[int] = ()
        self._ends_of: Document | None = None
        """The document that `_ends` is of."""
        self._known = 0
        """Blocks whose boxes have been seen."""
        self._boxes: dict[int, Range] = {}
        """Of each box with a summary what the summary stands for."""

    def grow(self, document: Document) -> bool:
        """Takes more of the document: boxes that are not marked as open are closed. Whether anything is hidden now."""
        blocks = document.blocks
        for index in range(self._known, len(blocks)):
            block = blocks[index]
            if _is_summary(block):
                box = next(one for one in reversed(block.containers) if isinstance(one, Details))
                self._boxes[block.start] = Range(block.end, block.end)
                if not box.open:
                    self.folded.add(block.start)
            for start, inside in self._boxes.items() if block.containers else ():
                summary = blocks[document.block_index(start)]
                box = next(one for one in reversed(summary.containers) if isinstance(one, Details))
                if any(one is box for one in block.containers):
                    self._boxes[start] = Range(inside.start, max(inside.end, block.end))
        self._known = len(blocks)
        self._hide(document)
        return bool(self.hidden)

    def stands_for(self, document: Document, offset: int) -> Range | None:
        """What the heading or summary at an offset would hide; None where it is neither, or has nothing below it."""
        if offset in self._boxes:
            found = self._boxes[offset]
            return found if len(found) else None
        sections, at = document.sections, document.section_index(offset)
        if at is None or sections[at].start != offset or sections[at].opening:
            return None
        block = document.blocks[document.block_index(offset)]
        if not isinstance(block, Heading):
            return None
        end = self._section_ends(document)[at]
        return Range(block.end, end) if document.text[block.end : end].strip() else None

    def _section_ends(self, document: Document) -> Sequence[int]:
        """Where each section ends with those below it; found once for a document."""
        if self._ends_of is not document:
            ends = [len(document.text)] * len(document.sections)
            open_now: list[int] = []
            for at, section in enumerate(document.sections):
                while open_now and document.sections[open_now[-1]].level >= section.level:
                    ends[open_now.pop()] = section.start
                open_now.append(at)
            self._ends, self._ends_of = ends, document
        return self._ends

    def at(self, document: Document, offset: int) -> int | None:
        """The name of the fold an offset is in or on: of the box, else of the section; None where there is none."""
        boxes = [start for start, inside in self._boxes.items() if start <= offset < inside.end]
        if boxes:
            return max(boxes)
        index = document.section_index(offset)
        if index is None:
            return None
        start = document.sections[index].start
        return start if self.stands_for(document, start) is not None else None

    def set(self, document: Document, offset: int, folded: bool) -> bool:
        """Folds what the heading or summary at an offset stands for, or unfolds it; whether that changes anything."""
        if self.stands_for(document, offset) is None or (offset in self.folded) is folded:
            return False
        (self.folded.add if folded else self.folded.discard)(offset)
        self._hide(document)
        return True

    def set_all(self, document: Document, folded: bool) -> None:
        """Folds every section, or unfolds all there is; boxes are only unfolded."""
        if not folded:
            self.folded.clear()
        else:
            starts = (section.start for section in document.sections)
            self.folded.update(start for start in starts if self.stands_for(document, start) is not None)
        self._hide(document)

    def levels(self, document: Document) -> dict[int, list[int]]:
        """The offsets of the headings that fold, by their level."""
        found: dict[int, list[int]] = {}
        for section in document.sections:
            if self.stands_for(document, section.start) is not None:
                found.setdefault(section.level, []).append(section.start)
        return found

    def set_level(self, document: Document, level: int, folded: bool | None = None) -> bool | None:
        """Folds every section of a level, or unfolds them; None: what is left to do of the two. Whether they are folded
        now; None: there are none."""
        starts = self.levels(document).get(level)
        if not starts:
            return None
        folded = not self.folded.issuperset(starts) if folded is None else folded
        (self.folded.update if folded else self.folded.difference_update)(starts)
        self._hide(document)
        return folded

    def next_level(self, document: Document, folded: bool) -> int | None:
        """The deepest level that is not all folded, or the highest that is in part; None where there is none."""
        levels = self.levels(document)
        if folded:
            return next((one for one in sorted(levels, reverse=True) if not self.folded.issuperset(levels[one])), None)
        return next((one for one in sorted(levels) if not self.folded.isdisjoint(levels[one])), None)

    def hides(self, offset: int) -> bool:
        """Whether an offset is hidden."""
        at = bisect_right(self.hidden, offset, key=lambda one: one.start) - 1
        return at >= 0 and offset < self.hidden[at].end

    def open_to(self, document: Document, offset: int) -> bool:
        """Unfolds all that hides an offset; whether there was anything."""
        if not self.hides(offset):
            return False
        for name in list(self.folded):
            inside = self.stands_for(document, name)
            if inside is not None and inside.start <= offset < inside.end:
                self.folded.discard(name)
        self._hide(document)
        return True

    def _hide(self, document: Document) -> None:
        self.hidden = tuple(_merged(sorted(self._ranges(document), key=lambda one: one.start)))

    def _ranges(self, document: Document) -> Iterator[Range]:
        for name in self.folded:
            inside = self.stands_for(document, name)
            if inside is not None:
                yield inside


def _is_summary(block: Block) -> bool:
    return (
        isinstance(block, Paragraph)
        and block.role == "summary"
        and any(isinstance(container, Details) for container in block.containers)
    )


def _merged(parts: list[Range]) -> Iterator[Range]:
    last: Range | None = None
    for part in parts:
        if last is not None and part.start <= last.end:
            last = Range(last.start, max(last.end, part.end))
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last
