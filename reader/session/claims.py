"""The key claims of the open article: which are chosen, of which kind, shown or not, and which is the current one.

Density and kind are choices over what has been found; nothing is scored again for them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.document import Range
from reader.locale import N_, _, ngettext
from reader.session.article import Article
from reader.session.changes import Topic
from reader.session.marks import Mark, RangeMarks
from reader.session.reading import Reading

if TYPE_CHECKING:
    from reader.claims import Claim, Kind, Piece
    from reader.loading import Findings

SIGNS: dict[Kind, str] = {
    "author": "★",
    "figure": "#",
    "quote": "❞",
    "study": "§",
    "comparison": "≷",
    "cause": "∵",
    "forecast": "↗",
    "conclusion": "∴",
    "statement": "",
}
"""One cell each: the shape says the kind where colour cannot. A plain statement needs none."""
NAMES: dict[Kind, str] = {
    "author": N_("author's own"),
    "figure": N_("figure"),
    "quote": N_("quote or report"),
    "study": N_("study"),
    "comparison": N_("comparison"),
    "cause": N_("cause"),
    "forecast": N_("forecast"),
    "conclusion": N_("conclusion"),
    "statement": N_("statement"),
}
DENSITIES = (5, 10, 20)
"""Percent of the sentences."""


class Claims:
    """What is chosen of the claims that are found."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.shown = reading.settings.claims.shown
        self.density = reading.settings.claims.density
        """Percent of the sentences."""
        self.kind: Kind | None = None
        """The only kind that is listed and stepped through; None: all."""
        self.chosen: tuple[Claim, ...] = ()
        """At the density, of every kind, in reading order."""
        self.listed: Sequence[int] = ()
        """Indices of those of the chosen kind."""
        self.current: int | None = None
        """Index of the current claim."""
        self.signs: dict[int, str] = {}
        """Offset at which a claim that is shown starts to the sign of its kind."""
        self.asking = False
        """Whether a model of the person's own is being asked."""
        self._answer: Piece | None = None
        """What it chose."""
        self._findings: Findings | None = None
        self._marks: Sequence[Mark] = ()
        self._all_signs: dict[int, str] = {}
        self._before_skim = (0, 0)
        """The page's `spot` before the skim."""
        reading.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "article":
            self._findings, self._answer, self.asking, self.current = None, None, False, None
            self._choose()

    # ---- what is found -----------------------------------------------------------------------------------------------

    def found(self, findings: Findings) -> None:
        """Takes what has been found so far."""
        if self._findings is None or findings.warnings != self._findings.warnings:
            self.reading.article.warn(findings.warnings)
        self._findings = findings
        self._choose()
        if findings.complete and self.reading.settings.claims.command and self._answer is None and not self.asking:
            self.asking = True
            self.reading.announce("claims")
            self.reading.background.run(partial(self._ask, self.reading.article), group="ask")

    def _ask(self, article: Article) -> None:
        """Runs in a thread: asks the command of the settings, once an article."""
        from reader.loading import AskError, ask

        command, tell = self.reading.settings.claims.command, self.reading.background.tell
        try:
            wanted = lambda: self.reading.background.running and article is self.reading.article  # noqa: E731
            answer = ask(article.document, command, answers=_Answers(self.reading), wanted=wanted)
        except AskError as problem:
            tell(self._answered, article, None, str(problem))
        else:
            tell(self._answered, article, answer.piece, answer.warning)

    def _answered(self, article: Article, chosen: Piece | None, problem: str) -> None:
        if article is not self.reading.article:
            return
        self.asking, self._answer = False, chosen
        self._choose()
        if problem:
            self.reading.say(problem, warning=True)

    @property
    def complete(self) -> bool:
        """Whether no more will be found."""
        return self._findings is not None and self._findings.complete

    @property
    def ranked(self) -> tuple[Piece, ...]:
        """The sentences the reader's own claims were ranked with."""
        return () if self._findings is None else self._findings.pieces

    @property
    def asked(self) -> bool:
        """Whether a model of the person's own chose them: its claims have no rank among the sentences."""
        return self._answer is not None

    @property
    def _pieces(self) -> tuple[Piece, ...]:
        """What is chosen from."""
        if self._answer is not None:
            return (self._answer,)
        return self._findings.pieces if self._findings is not None else ()

    def _choose(self) -> None:
        """Chooses again at the density."""
        from reader.claims import choose

        here = self.chosen[self.current].range if self.current is not None else None
        found = self._findings
        self.chosen = choose(self._pieces, found.authors, self.density / 100) if found else ()
        self.current = None
        if here is not None:
            at = bisect_left(self.chosen, here.start, key=_start)
            if at < len(self.chosen) and self.chosen[at].range == here:
                self.current = at
        self._filter()
        self._show()

    def _filter(self) -> None:
        kind = self.kind
        self.listed = range(len(self.chosen))
        if kind is not None:
            self.listed = [at for at, claim in enumerate(self.chosen) if kind in claim.kinds]
        found = self._findings
        listed = self.chosen if kind is None else tuple(self.chosen[at] for at in self.listed)
        marked = listed if found is None or not found.authors else _apart(listed)
        signs = {kinds: "".join(SIGNS[kind] for kind in kinds[:2]) for kinds in {claim.kinds for claim in marked}}
        self._marks = RangeMarks(len(marked), lambda index: marked[index].range, "claim")
        self._all_signs = {claim.range.start: signs[claim.kinds] for claim in marked}

    def _show(self) -> None:
        article = self.reading.article
        article.marks.set("claims", self._marks if self.shown else ())
        self.signs = self._all_signs if self.shown else {}
        if self.current is None or not self.shown:
            article.marks.set("claim")
        if article.skimming:
            self._set_skim()
        self.reading.announce("claims")

    # ---- choices -----------------------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Shows the claims on the page, or not."""
        self.shown = not self.shown
        self.reading.remember("claims.shown", self.shown)
        self._show()
        self.reading.say(_("Claims shown") if self.shown else _("Claims hidden"))

    def thicken(self, step: int) -> None:
        """The next higher density (1), or the next lower (-1)."""
        at = DENSITIES.index(self.density) if self.density in DENSITIES else 1
        self.density = DENSITIES[max(0, min(len(DENSITIES) - 1, at + step))]
        self._choose()
        self.reading.remember("claims.density", self.density)
        share = 100 * len(self.chosen) / (sum(piece.count for piece in self._pieces) or 1)
        if share < 0.75 * self.density:  # of a very long article fewer are found, see `reader.claims.choice`
            said = _("{count} claims, {share:.0f}% of the sentences: there are no more")
            self.reading.say(said.format(count=len(self.chosen), share=share))
            return
        count = len(self.chosen)
        said = ngettext("{count} claim, {share}% of the sentences", "{count} claims, {share}% of the sentences", count)
        self.reading.say(said.format(count=count, share=self.density))

    def next_kind(self) -> None:
        """Lists and steps through one kind only; after the last, all."""
        there = [None, *(kind for kind in SIGNS if any(kind in claim.kinds for claim in self.chosen))]
        self.kind = there[(there.index(self.kind) + 1) % len(there)] if self.kind in there else None
        self._filter()
        if self.current is not None and self.kind is not None and self.kind not in self.chosen[self.current].kinds:
            self.current = None
        self._show()
        said = _("Claims: all kinds, {count}") if self.kind is None else _("Claims: only {kind}, {count}")
        kind = "" if self.kind is None else f"{SIGNS[self.kind]} {_(NAMES[self.kind])}"
        self.reading.say(said.format(kind=kind, count=len(self.listed)))

    # ---- the current claim -------------------------------------------------------------------------------------------

    def step(self, step: int) -> None:
        """The next claim (1) or the one before (-1), from the current one if it is on the page, else from the page."""
        listed = self.listed
        if not listed:
            self.reading.say(_("No claims") if self.complete else _("No claims found so far"))
            return
        shown = self.reading.viewport.shown
        if self.current is not None and self.chosen[self.current].range.overlaps(shown):
            at = bisect_right(listed, self.current) if step > 0 else bisect_left(listed, self.current) - 1
        else:
            edge = shown.start if step > 0 else shown.end
            at = bisect_left(listed, edge, key=lambda index: self.chosen[index].range.start)
            at = at if step > 0 else at - 1
        self.show(listed[at % len(listed)])
        if not 0 <= at < len(listed):
            self.reading.say(_("Claims continue at the top") if step > 0 else _("Claims continue at the bottom"))

    def show(self, index: int) -> None:
        """Makes a claim the current one, brings it into view and says what it is."""
        claim = self.chosen[index]
        self.current = index
        article = self.reading.article
        article.light("claim", claim.range)
        article.marks.set("claim", (Mark(claim.range.start, claim.range.end, "claim-current"),))
        self.reading.viewport.reveal(Range(claim.range.start, claim.range.end))
        place = bisect_left(self.listed, index) + 1
        said = _("Claim {number} of {count}: {kinds}   {keys[claim.why]} why")
        self.reading.say(
            said.format(
                number=place, count=len(self.listed), kinds=kinds_in_words(claim, " · "), keys=self.reading.keys
            )
        )
        self.reading.announce("claim")

    def here(self) -> Claim | None:
        """The claim last clicked or stepped to if it is on the page, else the first on the page."""
        shown = self.reading.viewport.shown
        cursor = self.reading.article.cursor
        first = max(0, bisect_left(self.chosen, shown.start, key=_start) - 1)
        last = bisect_left(self.chosen, shown.end, key=_start)
        on_page = [at for at in range(first, last) if self.chosen[at].range.overlaps(shown)]
        under = [at for at in on_page if cursor is not None and cursor in self.chosen[at].range]
        if self.current is not None and (self.current in under or (self.current in on_page and not under)):
            return self.chosen[self.current]
        return next((self.chosen[at] for at in under or on_page), None)

    def explain(self, claim: Claim, then: Callable[[Claim], object]) -> None:
        """Finds why a claim was chosen, in the background; `then` gets it with its reasons, if its article is still
        open."""
        findings = self._findings
        if claim.why or findings is None:
            then(claim)
            return
        self.reading.background.run(
            partial(self._explain, self.reading.article, findings.pieces, claim, then), group="explain", exclusive=True
        )

    def _explain(
        self, article: Article, pieces: tuple[Piece, ...], claim: Claim, then: Callable[[Claim], object]
    ) -> None:
        """Runs in a thread: the sentences around it are ranked again."""
        from reader.claims import explain

        told = replace(claim, why=explain(article.document, pieces, claim))
        self.reading.background.tell(lambda: then(told) if article is self.reading.article else None)

    # ---- the skim ----------------------------------------------------------------------------------------------------

    def skim(self) -> None:
        """Shows headings, images and claims only; again: the whole article, where it was left."""
        article, viewport = self.reading.article, self.reading.viewport
        if article.skimming:
            article.skim(False)
            viewport.back_to(*self._before_skim)
            self.reading.announce("rows")
            return
        self._before_skim = viewport.spot
        self._set_skim()
        article.skim(True)
        viewport.keep()
        self.reading.announce("rows")
        self.reading.say(
            _("Skim: headings, images and claims. {keys[claim.skim]} shows all again, Enter the text here").format(
                keys=self.reading.keys
            )
        )

    def unskim(self) -> None:
        """From the skim to the whole text of the current claim or link, else of the top of the page."""
        article, viewport = self.reading.article, self.reading.viewport
        shown = viewport.shown
        here = viewport.top_offset
        if self.current is not None and self.chosen[self.current].range.overlaps(shown):
            here = self.chosen[self.current].range.start
        elif article.focus is not None and article.targets[article.focus].overlaps(shown):
            here = article.targets[article.focus].start
        article.skim(False)
        self.reading.history.leave(article.stop(*self._before_skim))
        viewport.go(here, above=viewport.rows // 4)
        self.reading.announce("rows")

    def _set_skim(self) -> None:
        self.reading.article.set_skim([self.chosen[at].range for at in self.listed])


class _Answers:
    """The answers of a model, kept in the store."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def load(self, key: str) -> str | None:
        """The text kept under a key."""
        return self._reading.store.wait(lambda store: store.load(key))

    def save(self, key: str, text: str) -> None:
        """Keeps a text under a key."""
        self._reading.store.ask(lambda store: store.save(key, text))


def kinds_in_words(claim: Claim, between: str) -> str:
    """The signs and names of a claim's kinds."""
    return between.join(f"{SIGNS[kind]} {_(NAMES[kind])}".strip() for kind in claim.kinds)


def _start(claim: Claim) -> int:
    return claim.range.start


def _apart(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Those that begin after the end of the one before: what an author marks may overlap."""
    apart: list[Claim] = []
    for claim in claims:
        if not apart or claim.range.start >= apart[-1].range.end:
            apart.append(claim)
    return apart
