"""What is open and where the reader is in it: the state of the app with no widget in it.

Owns the document and its layout, the front (byline and card), the marks that lie over the text, the places to go to
(sections, links, matches, claims) and the way back. Refuses to draw, to ask for an app or to touch a file.

Invariant: every place is an offset into `document.text`; a session can be resized, grown or restyled and stays there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, cast

from reader.document import Document, Image, Link, Range
from reader.layout import Layout, Line, ReadingTime, Skim, byline, card, parts

if TYPE_CHECKING:
    from reader.loading import Findings
    from reader.store import Place

Target: TypeAlias = Link | Image
"""What Enter can open."""

Layer: TypeAlias = Literal["syntax", "claims", "claim", "matches", "current", "focus", "selection"]
"""Marks from the lowest to the uppermost; "claim" is the one walked to, "current" the match."""
LAYERS: tuple[Layer, ...] = ("syntax", "claims", "claim", "matches", "current", "focus", "selection")


class Mark(NamedTuple):
    """A highlighted range and the role that lights it."""

    start: int
    end: int
    role: str


class Stop(NamedTuple):
    """A place the reader jumped from, in whichever article."""

    target: str
    """What opens the article again: a path or an address; empty for standard input."""
    place: Place
    above: int = 0
    """Rows of the page over it."""

    def same(self, other: Stop) -> bool:
        """Whether the two are one place."""
        return (self.target, self.place.offset) == (other.target, other.place.offset)


@dataclass(slots=True)
class History:
    """The exact places the reader jumped from, as in a browser: it goes along from article to article."""

    back: list[Stop] = field(default_factory=list)
    forward: list[Stop] = field(default_factory=list)

    def leave(self, stop: Stop) -> None:
        """Notes a place about to be left by a jump."""
        if not self.back or not self.back[-1].same(stop):
            self.back.append(stop)
            del self.back[:-200]
        self.forward.clear()

    def step(self, here: Stop, *, backward: bool) -> Stop | None:
        """The place before (or after) in the way walked; None where it ends."""
        taken, given = (self.back, self.forward) if backward else (self.forward, self.back)
        while taken:
            there = taken.pop()
            if not there.same(here):
                given.append(here)
                return there
        return None


class Session:
    """One open article at one width."""

    def __init__(
        self, document: Document, *, name: str = "", width: int = 80, target: str = "", digest: str = ""
    ) -> None:
        """`name` stands for the title where the article has none; `target` opens it again, `digest` is of its bytes."""
        self.name = name
        self.target = target
        self.digest = digest
        self.card = False
        self.history = History()
        self.findings: Findings | None = None
        """The claims, as far as they are found."""
        self.focus: int | None = None
        self.cursor: int | None = None
        """The offset last clicked or found."""
        self._marks: dict[Layer, Sequence[Mark]] = dict.fromkeys(LAYERS, ())
        self._syntax: dict[int, Sequence[Mark]] = {}
        self._notes: tuple[str, ...] = ()
        self._time = ReadingTime()
        self._targets: tuple[Target, ...] = ()
        self.document = document
        self._time.count(document.text)
        self._page = Layout(document, width, front=self.front(width))
        self._skim: Skim | None = None
        self._skimmed: Sequence[Range] = ()

    # ---- the document ----------------------------------------------------------------------------------------------

    def grow(self, document: Document) -> None:
        """Takes the document as far as it is parsed now."""
        self.document = document
        self._page.grow(document)
        self._targets = ()
        self._time.count(document.text)
        if document.complete:
            self._page.set_front(self.front(self._page.width))

    def resize(self, width: int) -> None:
        """A new width of the page, in cells."""
        if width != self._page.width:
            self._page.resize(width)
            self._page.set_front(self.front(width))
            self._make_skim()

    def warn(self, warnings: Sequence[str]) -> None:
        """Adds notes on the file that came up while reading it."""
        new = tuple(warning for warning in warnings if warning not in self._notes)
        if new:
            self._notes += new
            self._page.set_front(self.front(self._page.width))

    # ---- the way back ------------------------------------------------------------------------------------------------

    def stop(self, offset: int, above: int = 0) -> Stop:
        """The place at `offset`, `above` rows under the top of the page, to come back to."""
        from reader.store import place_at

        return Stop(self.target, place_at(offset, self.document.text, self.document.sections, self.digest), above)

    def leave(self, offset: int, above: int = 0) -> None:
        """Notes a place about to be left by a jump."""
        self.history.leave(self.stop(offset, above))

    # ---- the page and the skim ---------------------------------------------------------------------------------------

    @property
    def layout(self) -> Layout:
        """What is on the screen: the page, or the skim."""
        return self._page if self._skim is None else self._skim

    @property
    def skimming(self) -> bool:
        """Whether only headings, images and claims are shown."""
        return self._skim is not None

    def hides(self, where: Range) -> bool:
        """Whether the skim leaves a range out."""
        return self._skim is not None and not self._skim.shows(where)

    def skim(self, on: bool) -> None:
        """Goes over to the skim, or back to the page."""
        self._skim = Skim(self.document, self._page.width, parts(self.document, self._skimmed)) if on else None

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

    # ---- the front ---------------------------------------------------------------------------------------------------

    def front(self, width: int) -> tuple[Line, ...]:
        """What stands under the title: the byline, and the card of all other front matter where it is unfolded."""
        return (
            *byline(self.document, self._time.minutes(self.document), width),
            *card(self.document, self.card, self._notes),
        )

    def fold_card(self) -> None:
        """Unfolds the card, or folds it."""
        self.card = not self.card
        self._page.set_front(self.front(self._page.width))

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
        """Lights the link or image with this index, or none."""
        self.focus = index
        target = None if index is None else self.targets[index]
        self.set_marks("focus", () if target is None else (Mark(target.start, target.end, "focus"),))

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

    # ---- marks -----------------------------------------------------------------------------------------------------

    def set_marks(self, layer: Layer, marks: Sequence[Mark]) -> None:
        """Replaces a layer; its marks are sorted by start and do not overlap one another."""
        self._marks[layer] = marks

    def begin_syntax(self, block: int) -> bool:
        """Whether the colours of a block of code are still to be made; asked once for each."""
        if block in self._syntax:
            return False
        self._syntax[block] = ()
        return True

    def set_syntax(self, block: int, marks: Sequence[Mark]) -> None:
        """The colours of a block of code."""
        self._syntax[block] = marks
        self.set_marks("syntax", [mark for index in sorted(self._syntax) for mark in self._syntax[index]])

    def marks(self, start: int, end: int) -> Iterator[Mark]:
        """The marks over [start, end), the lowest layer first."""
        for layer in LAYERS:
            marks = self._marks[layer]
            if not marks:
                continue
            index = max(0, bisect_right(marks, start, key=_start) - 1)
            while index < len(marks) and marks[index].start < end:
                mark = marks[index]
                if mark.end > start:
                    yield mark
                index += 1

    def roles(self, start: int, end: int) -> Iterator[str]:
        """Which of "claim" and "match" start in [start, end), the uppermost last."""
        for layer, role in (("claims", "claim"), ("matches", "match")):
            marks = self._marks[cast("Layer", layer)]
            if marks and (index := bisect_left(marks, start, key=_start)) < len(marks) and marks[index].start < end:
                yield role

    def select(self, selection: Range | None) -> None:
        """Lights the selection, or none."""
        marks = () if selection is None else (Mark(selection.start, selection.end, "selection"),)
        self.set_marks("selection", marks)

    @property
    def selection(self) -> Range | None:
        """What is selected."""
        marks = self._marks["selection"]
        return Range(marks[0].start, marks[0].end) if marks else None


def _start(where: Range | Mark) -> int:
    return where.start


def address_of(target: Target) -> str:
    """Where a link or an image leads, as the author wrote it."""
    return target.href if isinstance(target, Link) else target.src
