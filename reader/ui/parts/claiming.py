"""The key claims: lit on the page, walked, explained, listed, and skimmed.

Density and kind are choices over what has been found; nothing is scored again for them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from reader.document import Range
from reader.session import Mark
from reader.ui.parts.part import Part

if TYPE_CHECKING:
    from reader.claims import Claim
    from reader.claims.kinds import Kind
    from reader.feed import Findings
    from reader.ui.app import ReaderApp

SIGNS: dict[Kind, str] = {
    "author": "★",
    "figure": "#",
    "quote": "❞",
    "study": "§",
    "comparison": "≷",
    "cause": "∵",
    "forecast": "↗",
    "conclusion": "∴",
    "statement": "•",
}
"""One cell each: the shape says the kind where colour cannot."""
NAMES: dict[Kind, str] = {
    "author": "author's own",
    "figure": "figure",
    "quote": "quote or report",
    "study": "study",
    "comparison": "comparison",
    "cause": "cause",
    "forecast": "forecast",
    "conclusion": "conclusion",
    "statement": "statement",
}
_DENSITIES = (5, 10, 20)
"""Percent of the sentences."""


class Claiming(Part):
    """The claims of the open article."""

    def __init__(self, app: ReaderApp) -> None:
        super().__init__(app)
        self.shown = app.settings.claims.shown
        self.density = app.settings.claims.density
        self.kind: Kind | None = None
        """The only kind that is listed and walked; None: all."""
        self.claims: tuple[Claim, ...] = ()
        """Chosen at the density, of every kind, in reading order."""
        self.current: int | None = None
        self._findings: Findings | None = None

    # ---- what is found -----------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """Another article is opened."""
        self._findings, self.current = None, None
        self._choose()

    def found(self, findings: Findings) -> None:
        """Takes what the worker has found so far."""
        if self._findings is None or findings.warnings != self._findings.warnings:
            self.app.session.warn(findings.warnings)
        self._findings = findings
        self._choose()

    def _choose(self) -> None:
        """Chooses again at the density, and lights what is chosen."""
        from reader.claims.choice import choose

        here = self.claims[self.current].range if self.current is not None else None
        found = self._findings
        self.claims = choose(found.pieces, found.authors, self.density / 100) if found else ()
        starts = [claim.range.start for claim in self.claims]
        self.current = None
        if here is not None and here.start in starts:
            self.current = starts.index(here.start)
        self._light()

    def listed(self) -> list[int]:
        """Indices of the claims of the chosen kind."""
        return [at for at, claim in enumerate(self.claims) if self.kind is None or self.kind in claim.kinds]

    def _light(self) -> None:
        session, article = self.app.session, self.app.article
        marks: list[Mark] = []
        article.signs = {}
        if self.shown:
            for claim in self.claims:
                if not marks or claim.range.start >= marks[-1].end:
                    marks.append(Mark(claim.range.start, claim.range.end, "claim"))
                    article.signs[claim.range.start] = "".join(SIGNS[kind] for kind in claim.kinds[:2])
        session.set_marks("claims", marks)
        session.set_skim([claim.range for claim in self.claims])
        article.set_ticks()
        article.refresh()
        self.app.panes.claimed()
        self.app.place()

    # ---- actions -----------------------------------------------------------------------------------------------------

    def next(self) -> None:
        """The next claim."""
        self._step(1)

    def previous(self) -> None:
        """The claim before."""
        self._step(-1)

    def toggle(self) -> None:
        """Turns the highlight off and on."""
        self.shown = not self.shown
        self._light()
        self.app.say("Claims are lit" if self.shown else "Claims are not lit")

    def more(self) -> None:
        """More claims."""
        self._thicken(1)

    def fewer(self) -> None:
        """Fewer claims."""
        self._thicken(-1)

    def kinds(self) -> None:
        """Walks and lists one kind only, then the next."""
        there = [None, *(kind for kind in SIGNS if any(kind in claim.kinds for claim in self.claims))]
        self.kind = there[(there.index(self.kind) + 1) % len(there)] if self.kind in there else None
        self.current = None
        self.app.panes.claimed()
        said = "all kinds" if self.kind is None else f"only {SIGNS[self.kind]} {NAMES[self.kind]}"
        self.app.say(f"Claims: {said}, {len(self.listed())}")

    def panel(self) -> None:
        """Lists the claims in the sidebar."""
        self.app.panes.claims()

    def skim(self) -> None:
        """Shows headings, images and claims only; again: the whole article, where it was left."""
        article, session = self.app.article, self.app.session
        if session.skimming:
            session.skim(False)
            article.eye = self._left
            article.keep()
            return
        self._left = article.eye
        session.skim(True)
        article.keep()
        self.app.say("Skimming: headings, images and claims. s goes back, Enter goes to the text here")

    def unskim(self) -> None:
        """From the skim to the whole text of what is under the eye."""
        session, article = self.app.session, self.app.article
        here = article.eye if self.current is None else self.claims[self.current].range.start
        session.skim(False)
        session.leave(self._left)
        article.go(here, above=article.size.height // 4)

    _left = 0

    def why(self) -> None:
        """Says why the claim was chosen: the one walked to, else the first on the page."""
        at = self._here()
        if at is None:
            self.app.say("No claim on this page")
            return
        from reader.ui.dialogs import WhyDialog

        claim = self.claims[at]
        kinds = "  ".join(f"{SIGNS[kind]} {NAMES[kind]}" for kind in claim.kinds)
        self.app.push_screen(WhyDialog(self.app.looks, self.app.session.document.slice(claim.range), kinds, claim))

    def _here(self) -> int | None:
        shown = self.app.article.shown
        if self.current is not None and self.claims[self.current].range.overlaps(shown):
            return self.current
        cursor = self.app.session.cursor
        on_page = [at for at, claim in enumerate(self.claims) if claim.range.overlaps(shown)]
        if cursor is not None:
            on_page = [at for at in on_page if cursor in self.claims[at].range] or on_page
        return on_page[0] if on_page else None

    def _thicken(self, step: int) -> None:
        at = _DENSITIES.index(self.density) if self.density in _DENSITIES else 1
        self.density = _DENSITIES[max(0, min(len(_DENSITIES) - 1, at + step))]
        self._choose()
        self.app.say(f"{len(self.claims)} claims, {self.density}% of the sentences")

    def _step(self, step: int) -> None:
        listed = self.listed()
        if not listed:
            complete = self._findings is not None and self._findings.complete
            self.app.say("No claims found" if complete else "No claims found so far")
            return
        shown = self.app.article.shown
        if self.current is not None and self.claims[self.current].range.overlaps(shown):
            at = (bisect_right(listed, self.current) if step > 0 else bisect_left(listed, self.current) - 1) % len(
                listed
            )
        else:
            starts = [self.claims[index].range.start for index in listed]
            at = (bisect_left(starts, shown.start) if step > 0 else bisect_left(starts, shown.end) - 1) % len(listed)
        around = (step > 0 and self.current is not None and listed[at] <= self.current) or (
            step < 0 and self.current is not None and listed[at] >= self.current
        )
        self.show(listed[at])
        if around:
            self.app.say("Round to the first claim" if step > 0 else "Round to the last claim")

    def show(self, index: int) -> None:
        """Brings a claim into view and says what it is."""
        claim = self.claims[index]
        self.current = index
        session = self.app.session
        session.cursor = claim.range.start
        session.set_marks("current", (Mark(claim.range.start, claim.range.end, "claim-current"),))
        self.app.article.reveal(Range(claim.range.start, claim.range.end))
        kinds = " · ".join(f"{SIGNS[kind]} {NAMES[kind]}" for kind in claim.kinds)
        place = bisect_left(self.listed(), index) + 1
        self.app.say(f"Claim {place} of {len(self.listed())}: {kinds}   w why")
        self.app.panes.claimed()
