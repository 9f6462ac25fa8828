"""The key claims: lit on the page, walked, explained, listed, and skimmed.

Density and kind are choices over what has been found; nothing is scored again for them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.document import Range
from reader.session import Mark
from reader.ui.parts.part import Part

if TYPE_CHECKING:
    from reader.claims import Claim, Kind
    from reader.loading import Findings
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


class ClaimMarks(Sequence[Mark]):
    """Claims that do not overlap as marks, made when they are drawn: there may be ten thousand."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims

    def __len__(self) -> int:
        return len(self._claims)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        where = self._claims[index].range
        return Mark(where.start, where.end, "claim")


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
        self._marks: Sequence[Mark] = ()
        self._signs: dict[int, str] = {}
        self._listed: Sequence[int] = ()
        self._left = (0, 0)
        """The article's `spot` before the skim."""

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
        from reader.claims import choose

        here = self.claims[self.current].range if self.current is not None else None
        found = self._findings
        self.claims = choose(found.pieces, found.authors, self.density / 100) if found else ()
        lit = self.claims if found is None or not found.authors else _apart(self.claims)
        signs = {kinds: "".join(SIGNS[kind] for kind in kinds[:2]) for kinds in {claim.kinds for claim in lit}}
        self._marks = ClaimMarks(lit)
        self._signs = {claim.range.start: signs[claim.kinds] for claim in lit}
        self.current = None
        if here is not None:
            at = bisect_left(self.claims, here.start, key=_start)
            if at < len(self.claims) and self.claims[at].range == here:
                self.current = at
        self._sift()
        self._light()

    def _sift(self) -> None:
        kind = self.kind
        self._listed = range(len(self.claims))
        if kind is not None:
            self._listed = [at for at, claim in enumerate(self.claims) if kind in claim.kinds]

    def listed(self) -> Sequence[int]:
        """Indices of the claims of the chosen kind."""
        return self._listed

    def _light(self) -> None:
        session, article = self.app.session, self.app.article
        session.set_marks("claims", self._marks if self.shown else ())
        article.signs = self._signs if self.shown else {}
        if self.current is None or not self.shown:
            session.set_marks("claim", ())
        if session.skimming:
            self._show_skim()
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
        self._sift()
        if self.current is not None and self.kind is not None and self.kind not in self.claims[self.current].kinds:
            self.current = None
            self.app.session.set_marks("claim", ())
            self.app.article.refresh()
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
            article.back_to(*self._left)
            article.set_ticks()
            return
        self._left = article.spot
        self._show_skim()
        session.skim(True)
        article.keep()
        article.set_ticks()
        self.app.say("Skimming: headings, images and claims. s goes back, Enter goes to the text here")

    def unskim(self) -> None:
        """From the skim to the whole text of what is under the eye."""
        session, article = self.app.session, self.app.article
        shown = article.shown
        here = article.eye
        if self.current is not None and self.claims[self.current].range.overlaps(shown):
            here = self.claims[self.current].range.start
        elif session.focus is not None and session.targets[session.focus].overlaps(shown):
            here = session.targets[session.focus].start
        session.skim(False)
        session.leave(*self._left)
        article.go(here, above=article.size.height // 4)
        article.set_ticks()

    def _show_skim(self) -> None:
        self.app.session.set_skim([claim.range for claim in self.claims])

    def why(self) -> None:
        """Says why the claim was chosen: the one last clicked or walked to, else the first on the page."""
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
        cursor = self.app.session.cursor
        first = max(0, bisect_left(self.claims, shown.start, key=_start) - 1)
        last = bisect_left(self.claims, shown.end, key=_start)
        on_page = [at for at in range(first, last) if self.claims[at].range.overlaps(shown)]
        under = [at for at in on_page if cursor is not None and cursor in self.claims[at].range]
        if self.current in under or (self.current in on_page and not under):
            return self.current
        return next(iter(under or on_page), None)

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
            at = bisect_right(listed, self.current) if step > 0 else bisect_left(listed, self.current) - 1
        else:
            edge = shown.start if step > 0 else shown.end
            at = bisect_left(listed, edge, key=lambda index: self.claims[index].range.start)
            at = at if step > 0 else at - 1
        self.show(listed[at % len(listed)])
        if not 0 <= at < len(listed):
            self.app.say(
                "From the end on to the first claim" if step > 0 else "From the beginning back to the last claim"
            )

    def show(self, index: int) -> None:
        """Brings a claim into view and says what it is."""
        claim = self.claims[index]
        self.current = index
        session = self.app.session
        session.cursor = claim.range.start
        session.set_marks("claim", (Mark(claim.range.start, claim.range.end, "claim-current"),))
        self.app.article.reveal(Range(claim.range.start, claim.range.end))
        kinds = " · ".join(f"{SIGNS[kind]} {NAMES[kind]}" for kind in claim.kinds)
        place = bisect_left(self.listed(), index) + 1
        self.app.say(f"Claim {place} of {len(self.listed())}: {kinds}   w why")
        self.app.panes.walked()


def _start(claim: Claim) -> int:
    return claim.range.start


def _apart(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Those that begin after the end of the one before: what an author marks may overlap."""
    apart: list[Claim] = []
    for claim in claims:
        if not apart or claim.range.start >= apart[-1].range.end:
            apart.append(claim)
    return apart
