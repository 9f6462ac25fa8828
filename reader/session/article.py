"""One open article at one width: its document, its rows, its front matter and the marks over its text.

Owns the document and its layout, the front (byline and card), the skim, and the places to go to (sections, links).
Refuses to draw, to know a screen or to touch a file.

Invariant: every place is an offset into `document.text`; an article can be resized, grown or restyled and stays there.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from reader.document import Document, Image, Link, Range
from reader.layout import Layout, Line, Picture, ReadingTime, Skim, card, front, is_listing, parts
from reader.loading import Findings
from reader.locale import N_
from reader.session.folding import Folds
from reader.session.history import Stop
from reader.session.marks import Layers, Mark
from reader.source import Source
from reader.store import place_at

Lit: TypeAlias = Literal["claim", "match", "link", "highlight"]
Target: TypeAlias = Link | Image
"""What Enter can open."""

TOP_ROWS = 1
"""Blank rows above an article."""
NO_SOURCE = Source("", "", None, None, "", "")
"""Of a session that has no article yet."""


PassageKind: TypeAlias = Literal["selection", "claim", "match", "link", "highlight", "paragraph"]
PASSAGES: dict[PassageKind, str] = {
    "selection": N_("the selection"),
    "claim": N_("the claim"),
    "match": N_("the match"),
    "link": N_("the link"),
    "highlight": N_("the highlight"),
    "paragraph": N_("the paragraph"),
}
"""The kinds of a passage in words."""


class Passage(NamedTuple):
    """What a command acts on."""

    kind: PassageKind
    range: Range


class Article:
    """An open article."""

    def __init__(self, document: Document, source: Source = NO_SOURCE, *, width: int = 80) -> None:
        """`source` is without its text; `width` is in cells."""
        self.source = source
        self.name = os.path.basename(source.origin)
        """Stands for the title where the article has none."""
        self.target = source.path or source.url or ""
        """What opens it again; empty for standard input."""
        self.digest = source.digest
        self.numbered = False
        """Whether lines of code show their numbers."""
        self.unfolded = False
        """Whether all of the front matter is shown."""
        self.findings: Findings | None = None
        """The claims, as far as they are found."""
        self.focus: int | None = None
        """Index of the focused link or image."""
        self.cursor: int | None = None
        """The offset last clicked or found."""
        self._lit: tuple[Lit, Range] | None = None
        """The claim, match, link or highlight that was stepped to last."""
        self.paragraph = 0
        """Index of the current paragraph: the block that commands act on where nothing else is."""
        self.marks = Layers()
        self._notes: tuple[str, ...] = ()
        self._time = ReadingTime()
        self._targets: tuple[Target, ...] = ()
        self.document = document
        self._time.count(document.text)
        self._page = Layout(document, width, front=self.front(), top=TOP_ROWS)
        self.folds = Folds()
        """What is folded away."""
        self._fold(self.folds.grow(document))
        self._skim: Skim | None = None
        self._skimmed: Sequence[Range] = ()

    # ---- the document ----------------------------------------------------------------------------------------------

    def grow(self, document: Document) -> None:
        """Takes the document as far as it is parsed now."""
        self.document = document
        self._page.grow(document)
        self._fold(self.folds.grow(document))
        self._targets = ()
        self._time.count(document.text)
        if document.complete:
            self._page.set_front(self.front())

    def resize(self, width: int) -> None:
        """A new width of the page, in cells."""
        if width != self._page.width:
            self._page.resize(width)
            self._page.set_front(self.front())
            self._make_skim()

    def warn(self, warnings: Sequence[str]) -> None:
        """Adds notes on the file that came up while reading it."""
        new = tuple(warning for warning in warnings if warning not in self._notes)
        if new:
            self._notes += new
            self._page.set_front(self.front())

    def preview(self, offset: int, picture: Picture | None) -> None:
        """Shows a picture of the image at an offset in the text, or none. The skim has none."""
        self._page.set_picture(offset, picture)

    def stop(self, offset: int, above: int = 0) -> Stop:
        """The place at `offset`, `above` rows under the top of the page, to come back to."""
        return Stop(self.target, place_at(offset, self.document.text, self.document.sections, self.digest), above)

    # ---- the page and the skim ---------------------------------------------------------------------------------------

    @property
    def layout(self) -> Layout:
        """What is on the screen: the page, or the skim."""
        return self._page if self._skim is None else self._skim

    @property
    def skimming(self) -> bool:
        """Whether only headings, images and claims are shown."""
        return self._skim is not None

    def _fold(self, changed: bool) -> bool:
        if changed:
            self._page.set_hidden(self.folds.hidden, self.folds.folded)
        return changed

    def set_fold(self, offset: int, folded: bool) -> bool:
        """Folds the section or box whose heading or summary is at an offset, or unfolds it."""
        return self._fold(self.folds.set(self.document, offset, folded))

    def fold_all(self, folded: bool) -> None:
        """Folds every section, or unfolds everything."""
        self.folds.set_all(self.document, folded)
        self._fold(True)

    def fold_level(self, level: int, folded: bool | None = None) -> bool | None:
        """Folds every section of a level, or unfolds them; None: what is left to do. Whether they are folded now; None
        where there are none."""
        now = self.folds.set_level(self.document, level, folded)
        if now is not None:
            self._fold(True)
        return now

    def open_to(self, offset: int) -> bool:
        """Unfolds all that hides an offset; whether there was anything."""
        return self._fold(self.folds.open_to(self.document, offset))

    def number_lines(self, numbered: bool) -> None:
        """Shows the numbers of lines of code, or not."""
        self.numbered = numbered
        self.layout.set_numbers(numbered)
        self._page.set_numbers(numbered)

    def hides(self, where: Range) -> bool:
        """Whether the skim leaves a range out."""
        return self._skim is not None and not self._skim.shows(where)

    def skim(self, on: bool) -> None:
        """Goes over to the skim, or back to the page."""
        self._skim = (
            Skim(self.document, self._page.width, parts(self.document, self._skimmed), top=TOP_ROWS) if on else None
        )

    def set_skim(self, claims: Sequence[Range]) -> None:
        """The claims a skim shows."""
        self._skimmed = claims
        self._make_skim()

    def _make_skim(self) -> None:
        if self._skim is not None:
            self.skim(True)

    @property
    def title(self) -> str:
        """The front matter's title, else the first heading of level 1 the article opens with, else its name."""
        if self.document.metadata.title:
            return self.document.metadata.title
        first = next((section for section in self.document.sections if not section.opening), None)
        return first.title if first and first.level == 1 and not first.inferred else self.name

    @property
    def seconds(self) -> float:
        """What reading it takes, in seconds."""
        return 60 * self._time.exact(self.document)

    # ---- the front ---------------------------------------------------------------------------------------------------

    def front(self) -> tuple[Line, ...]:
        """What stands under the title beside its byline: the reading time, and the card of all other front matter where
        it is unfolded."""
        return (
            *front(self.document, self._time.minutes(self.document)),
            *card(self.document, self.unfolded, self._notes),
        )

    def minutes(self, characters: int) -> float | None:
        """Minutes that readers in general take for so many characters of this article; None where it is no reading."""
        counted = len(self.document.text)
        if not counted or is_listing(self.document):
            return None
        return self._time.counted_minutes * characters / counted

    def fold_card(self) -> None:
        """Unfolds the card, or folds it."""
        self.unfolded = not self.unfolded
        self._page.set_front(self.front())

    # ---- places ----------------------------------------------------------------------------------------------------

    @property
    def targets(self) -> tuple[Target, ...]:
        """Links and images in reading order."""
        if not self._targets and (self.document.links or self.document.images):
            both: list[Target] = [*self.document.links, *self.document.images]
            self._targets = tuple(sorted(both, key=lambda target: (target.start, -target.end)))
        return self._targets

    def section_start(self, offset: int, step: int) -> int | None:
        """Where the section `step` after that of `offset` starts; -1 is first the start of the section itself."""
        sections = self.document.sections
        here = self.document.section_index(offset)
        if here is None:
            return None
        if step < 0 and offset > sections[here].start:
            step += 1
        there = here + step
        while 0 <= there < len(sections) and self.folds.hides(sections[there].start):
            there += 1 if step > 0 else -1
        return sections[there].start if 0 <= there < len(sections) else None

    def near_target(self, top: int, end: int, step: int) -> int | None:
        """Index of the next (or previous) link or image: from the focused one where it is on the page [top, end),
        else the first (or last) on the page, else the nearest beyond it. None where there is none left."""
        targets = self.targets
        if self.focus is not None and self.focus < len(targets) and top <= targets[self.focus].start < end:
            there = self.focus + step
        elif step > 0:
            there = bisect_left(targets, top, key=_start)
        else:
            there = bisect_left(targets, end, key=_start) - 1
        return there if 0 <= there < len(targets) else None

    def set_focus(self, index: int | None) -> None:
        """Focuses the link or image with this index, or none."""
        self.focus = index
        target = None if index is None else self.targets[index]
        if target is not None:
            self.light("link", target)
        self.marks.set("focus", () if target is None else (Mark(target.start, target.end, "focus"),))

    def target_at(self, offset: int) -> int | None:
        """Index of the innermost link or image over `offset`."""
        targets = self.targets
        last = bisect_right(targets, offset, key=_start)
        for index in range(last - 1, max(-1, last - 20), -1):
            if offset in targets[index]:
                return index
        return None

    def note_at(self, offset: int) -> str | None:
        """Label of the footnote reference over `offset`."""
        if not self.document.blocks:
            return None
        spans = self.document.blocks[self.document.block_index(offset)].spans
        last = bisect_right(spans, offset, key=_start)  # a reference holds no other span, so it is among the last
        near = spans[max(0, last - 20) : last]
        return next((span.target for span in near if span.kind == "note" and offset in span), None)

    # ---- the selection -----------------------------------------------------------------------------------------------

    def light(self, kind: Lit, where: Range) -> None:
        """A claim, match, link or highlight has been stepped to; what was selected is not the passage any more."""
        self.select(None)
        self.cursor = where.start
        self._lit = (kind, Range(where.start, where.end))
        self.paragraph = self.document.block_index(where.start)

    @property
    def holds(self) -> bool:
        """Whether there is anything to drop."""
        return self._lit is not None or any(self.marks[layer] for layer in ("claim", "current", "focus", "selection"))

    def drop(self) -> None:
        """Drops the selection, the focus, and the current claim and match."""
        self.select(None)
        self.set_focus(None)
        self._lit = None
        self.marks.set("claim")
        self.marks.set("current")

    def follow_page(self, shown: Range, top: int) -> bool:
        """Keeps the current paragraph on the page `shown`, whose top offset is `top`; whether it is another one now."""
        before, blocks = self.paragraph, self.document.blocks
        if not blocks:
            return False
        if not (before < len(blocks) and blocks[before].start < shown.end and blocks[before].end > shown.start):
            self.paragraph = self.document.block_index(max(top, shown.start))
        return self.paragraph != before

    def step_paragraph(self, step: int) -> Range | None:
        """The paragraph after the current one (1) or before it (-1) becomes the current one; None where there is none.
        Blocks without text, such as rules, are passed over."""
        blocks, at = self.document.blocks, self.paragraph + step
        while 0 <= at < len(blocks):
            if blocks[at].end > blocks[at].start and not self.folds.hides(blocks[at].start):
                self.paragraph = at
                self.cursor = blocks[at].start
                return Range(blocks[at].start, blocks[at].end)
            at += step
        return None

    def passage(self, shown: Range) -> Passage | None:
        """What a command acts on: the selection, else the claim, match, link or highlight stepped to last if it is on
        the page `shown`, else the current paragraph. None where there is no text."""
        if self.selection is not None:
            return Passage("selection", self.selection)
        if self._lit is not None and self._lit[1].overlaps(shown):
            return Passage(*self._lit)
        if not self.document.blocks:
            return None
        block = self.document.blocks[min(self.paragraph, len(self.document.blocks) - 1)]
        return Passage("paragraph", Range(block.start, block.end))

    def select(self, selection: Range | None) -> None:
        """Selects a range, or nothing."""
        marks = () if selection is None else (Mark(selection.start, selection.end, "selection"),)
        self.marks.set("selection", marks)

    @property
    def selection(self) -> Range | None:
        """What is selected."""
        marks = self.marks["selection"]
        return Range(marks[0].start, marks[0].end) if marks else None


def _start(where: Range) -> int:
    return where.start
