"""What stands beside the page on a wide terminal: the person's notes, and why claims were chosen.

Owns whether they are wanted, which there are for a part of the text, and the reasons found so far: they are looked for
in a thread once the page rests. Refuses to know rows and widths.

Invariant: an aside stands for a note, or for a claim, that is shown on the page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from reader.document import Range
from reader.locale import _
from reader.session.annotations import Annotations
from reader.session.article import Article
from reader.session.changes import Topic
from reader.session.claims import Claims
from reader.session.reading import Reading, Timer
from reader.session.standing import NOTE_SIGN, Placed

if TYPE_CHECKING:
    from reader.claims import Claim, Piece

Wanted: TypeAlias = Literal["all", "notes", "none"]
_STEPS: Final[dict[Wanted, Wanted]] = {"all": "notes", "notes": "none", "none": "all"}
WIDE_CELLS: Final = 150
"""From this width of the terminal on there are asides."""
_REST_S: Final = 0.5
"""The page has to stand still so long before reasons are looked for."""
_MOST_KEPT: Final = 5000


class Aside(NamedTuple):
    """A text beside the page."""

    offset: int
    """Where in the text what it speaks of begins."""
    sign: str
    text: str
    of: Placed | int
    """The note, or the index of the claim among those chosen."""
    current: bool = False
    """Whether it speaks of the current claim."""


class Asides:
    """Notes and reasons beside the page."""

    def __init__(self, reading: Reading, claims: Claims, annotations: Annotations) -> None:
        self.reading = reading
        self.claims = claims
        self.annotations = annotations
        self.wanted: Wanted = reading.settings.margin
        self.wide = False
        """Whether the terminal has room for any."""
        self.drawn = False
        """Whether the page shows them now; the page says so."""
        self.changed = 0
        """Counts the changes of what stands beside the page."""
        self._why: dict[Range, str] = {}
        """Of claims, as far as it was looked for."""
        self._timer: Timer | None = None
        reading.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "article":
            self._why = {}
        if topic in ("article", "claims", "claim", "places", "rows", "grown"):
            self.changed += 1
        if topic in ("article", "claims", "moved", "rows"):
            self.look()

    def fit(self, total: int) -> None:
        """The terminal has so many cells."""
        self.wide = total >= WIDE_CELLS

    @property
    def shown(self) -> bool:
        """Whether they are wanted and there is room."""
        return self.wide and self.wanted != "none"

    def step(self) -> None:
        """Notes and reasons, then notes alone, then none."""
        self.wanted = _STEPS[self.wanted]
        self.changed += 1
        self.reading.remember("margin", self.wanted)
        self.reading.announce("margin")
        said = {
            "all": _("Notes and reasons in the margin"),
            "notes": _("Notes in the margin"),
            "none": _("Nothing in the margin"),
        }[self.wanted]
        if self.wanted != "none" and not self.wide:
            said = _("{said}, on a terminal of {count} cells or more").format(said=said, count=WIDE_CELLS)
        self.reading.say(said)

    # ---- what there is -----------------------------------------------------------------------------------------------

    def over(self, part: Range) -> list[Aside]:
        """Those for what begins in a part of the text, in reading order."""
        return sorted((*self._notes(part), *self._reasons(part)), key=lambda aside: aside.offset)

    def _notes(self, part: Range) -> Iterator[Aside]:
        placed = self.annotations.placed
        for at in range(bisect_left(placed, part.start, key=lambda one: one.start), len(placed)):
            if (one := placed[at]).start >= part.end:
                return
            if one.one.words and not self._hidden(one.range):
                yield Aside(one.start, NOTE_SIGN, one.one.words, one)

    def _reasons(self, part: Range) -> Iterator[Aside]:
        for at, claim in self._claims(part):
            why = claim.why or self._why.get(claim.range, "")
            if why:
                sign = self.claims.signs.get(claim.range.start, "") or "·"
                yield Aside(claim.range.start, sign, why, at, at == self.claims.current)

    def _claims(self, part: Range) -> Iterator[tuple[int, Claim]]:
        if self.wanted != "all" or not self.claims.shown:
            return
        listed, chosen = self.claims.listed, self.claims.chosen
        for place in range(bisect_left(listed, part.start, key=lambda at: chosen[at].range.start), len(listed)):
            claim = chosen[listed[place]]
            if claim.range.start >= part.end:
                return
            if not self._hidden(claim.range):
                yield listed[place], claim

    def _hidden(self, where: Range) -> bool:
        article = self.reading.article
        return article.hides(where) or (not article.skimming and article.folds.hides(where.start))

    # ---- looking for reasons -----------------------------------------------------------------------------------------

    def look(self) -> None:
        """Looks for the reasons of the claims on the page, once it rests."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.drawn and any(self._missing()):
            self._timer = self.reading.background.later(_REST_S, self._ask)

    def _missing(self) -> Iterator[Claim]:
        shown = self.reading.viewport.shown
        for _at, claim in self._claims(Range(max(0, shown.start - len(shown)), shown.end + len(shown))):
            if not claim.why and claim.range not in self._why:
                yield claim

    def _ask(self) -> None:
        self._timer = None
        missing = tuple(self._missing())
        if missing and self.drawn:
            work = partial(
                self._work, self.reading.article, self.claims.ranked, missing, self.reading.viewport.top_offset
            )
            self.reading.background.run(work, group="asides", exclusive=True)

    def _work(self, article: Article, pieces: tuple[Piece, ...], missing: tuple[Claim, ...], top: int) -> None:
        """Runs in a thread; gives up where the page goes on meanwhile."""
        from reader.claims import explain_all

        reading = self.reading

        def wanted() -> bool:
            return reading.background.running and article is reading.article and reading.viewport.top_offset == top

        told = explain_all(article.document, pieces, missing, wanted)
        if wanted():  # what has no reasons is not asked for again
            reading.background.tell(self._told, article, {**dict.fromkeys((one.range for one in missing), ""), **told})
        else:
            reading.background.tell(self._told, article, told)

    def _told(self, article: Article, told: dict[Range, str]) -> None:
        if article is not self.reading.article:
            return
        if len(self._why) > _MOST_KEPT:
            self._why = {}
        self._why |= told
        if told:
            self.changed += 1
            self.reading.announce("margin")

    # ---- choosing one ------------------------------------------------------------------------------------------------

    def choose(self, aside: Aside) -> Placed | None:
        """Makes what an aside speaks of the passage; the note, if it is one."""
        if isinstance(aside.of, Placed):
            self.reading.article.light("highlight", aside.of.range)
            self.reading.announce("marks")
            return aside.of
        self.claims.show(aside.of)
        return None
