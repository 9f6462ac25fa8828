"""From scores to claims: which sentences, of what kind, and why, while the article still grows.

Owns `Claim` and the choosing. Refuses to score and to know about screens and threads: `Finder.feed` is a generator that
whoever drives it may drive from anywhere, and lets go of after each step.

Invariant: the claims of a complete Document are the same however it grew, and those of a lower density are among those
of a higher one.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Final

from reader.document import Block, Document, Heading, Range, Title, is_byline, record
from reader.locale import _

if TYPE_CHECKING:
    from reader.claims.context import Context
    from reader.claims.features import Sentence
    from reader.claims.kinds import Kind
    from reader.claims.model import Article
    from reader.claims.sentences import Statement

DENSITIES: Final = (0.05, 0.10, 0.20)
"""Shares of the sentences a reader may choose from."""
MOST: Final = DENSITIES[-1]
"""No more of the sentences can be claims."""
_FEWEST: Final = 3
"""A short article has so many claims, if that is no more than a third of its sentences."""
_PIECE: Final = 250
"""From so many sentences on twice over, an article is ranked in pieces of so many: 0.06 s of work each."""
_WHOLE: Final = 4
"""So many pieces at the beginning of an article have every sentence measured."""
_GROUP: Final = 6
"""After them so many pieces are one, of which only the best by a quick look are measured: as many as one has."""
MOST_LATER: Final = 0.10
"""So many of the sentences of these can be claims: of a book, nobody asked for a fifth, and each costs as much."""
_STEP: Final = 24
"""Sentences measured between two yields: about 5 ms."""
_MARKS: Final = 10_000
"""So many claims of the author's are taken: no author marks more, and each is looked at whenever there are new ones."""
_LONGEST: Final = 1500
"""Characters of a sentence that are read."""


@record
class Claim:
    """A sentence a reader should not miss."""

    range: Range
    """Where it stands; of an author's claim exactly what the author marked or listed."""
    kinds: tuple[Kind, ...]
    """The first one names it, "author" before all; never empty."""
    score: float
    """0 to 1: the share of the article's sentences it stands above; 1 for an author's claim."""
    why: str = ""
    """The two or three largest contributions to the score, in words; empty where nobody has asked: see `explain`."""

    @property
    def kind(self) -> Kind:
        """The kind that names it."""
        return self.kinds[0]

    @property
    def author(self) -> bool:
        """Whether the author decided that it is one."""
        return self.kinds[0] == "author"


@record
class Piece:
    """Sentences that were ranked together, chosen from."""

    count: int
    """Of all its sentences."""
    claims: tuple[Claim, ...]
    """The best of them, in the order in which they are chosen: a density takes the first few."""
    where: Range | None = None
    """From the first of its sentences to the last; None where they were not ranked here."""


def quota(count: int, density: float) -> int:
    """How many of `count` sentences are claims at a density."""
    share = math.ceil(count * max(0.0, min(MOST, density)) - 1e-9)
    return max(share, min(_FEWEST, (count + 2) // 3)) if density > 0 else 0


def choose(pieces: Sequence[Piece], authors: Sequence[Claim] = (), density: float = 0.10) -> tuple[Claim, ...]:
    """The claims at a density (share of the sentences, at most `MOST`), in reading order; quick enough for a key.

    The author's claims are all there, and a sentence that one of them stands in is not chosen again.
    """
    own = sorted(authors, key=lambda claim: (claim.range.start, claim.range.end))
    over = overlapping(own)
    found = list(own)
    for piece in pieces:
        taken = sorted(piece.claims[: quota(piece.count, density)], key=lambda claim: claim.range.start)
        if own:
            taken = [claim for claim in taken if not over(claim.range.start, claim.range.end)]
        found += taken
    return tuple(sorted(found, key=lambda claim: (claim.range.start, claim.range.end)) if own else found)


def overlapping(claims: Sequence[Claim]) -> Callable[[int, int], list[Claim]]:
    """Tells which of claims in reading order, which may nest, share a character with [start, end)."""
    starts = [claim.range.start for claim in claims]
    reached = list(accumulate((claim.range.end for claim in claims), max))

    def over(start: int, end: int) -> list[Claim]:
        near = claims[bisect_right(reached, start) : bisect_left(starts, end)]
        return [claim for claim in near if start < claim.range.end]

    return over


def find(document: Document, *, density: float = 0.10) -> tuple[Claim, ...]:
    """The claims of a Document in reading order, the same each time. `density` is the share of its sentences, 0 to 0.2.

    Raises nothing; an article with no sentences has no claims but its author's.
    """
    finder = Finder(density, reasons=True)
    for _piece in finder.feed(document):
        pass
    return finder.claims


class Finder:
    """Finds the claims of an article that grows.

    Give each Document to `feed` as it comes and go through what it yields: a step of some milliseconds each time, so
    that a worker can sleep, stop or report in between. `claims` is what is found so far; `density` may change at any
    time and costs no new scoring. One thread feeds; any may read `claims`.
    """

    def __init__(self, density: float = 0.10, *, reasons: bool = False) -> None:
        self.density = density
        """Share of the sentences that are claims, 0 to 0.2."""
        self.reasons = reasons
        """Whether each claim is given its reasons at once, which costs a fifth more."""
        self.warnings: tuple[str, ...] = ()
        """One for each of the author's claims that is not in the complete text, and one if they are too many."""
        self._pieces: list[Piece] = []
        self._open: Piece | None = None
        self._waiting: list[Statement] = []
        self._blocks = 0
        self._authors: list[Claim] = []
        self._known: set[Range] = set()
        self._marks = 0
        self._crowded = False
        """Whether there are more marks than are taken."""
        self._missing: tuple[str, ...] | None = None
        self._searched = 0

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What is ranked so far; all but the last stay as they are."""
        return (*self._pieces, self._open) if self._open else tuple(self._pieces)

    @property
    def authors(self) -> tuple[Claim, ...]:
        """The author's claims found so far."""
        return tuple(self._authors)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims found so far at the present density, in reading order."""
        return choose(self.pieces, self._authors, self.density)

    def feed(self, document: Document) -> Iterator[tuple[Claim, ...] | None]:
        """Go on with a Document that extends the one before: None after a step, all claims now and then and at the end.

        The first claims are there with the first Document, however short; they may give way to better ones until the
        sentences around them are known, some hundreds later. To gather them all costs more the more there are, so they
        are yielded when there are twice as many pieces; `pieces` has them at any time.
        """
        from reader.claims import sentences

        yield from self._find_authors(document)
        while self._blocks < len(document.blocks):
            self._waiting += sentences.of_block(document, self._blocks)
            self._blocks += 1
            while len(self._waiting) >= 2 * (size := _PIECE if len(self._pieces) < _WHOLE else _PIECE * _GROUP):
                piece = yield from self._score(document, self._waiting[:size], last=False)
                self._waiting = self._waiting[size:]
                self._open = None
                self._pieces.append(piece)
                yield self.claims if len(self._pieces).bit_count() == 1 else None
        if self._waiting and (document.complete or not self._pieces):
            self._open = yield from self._score(document, self._waiting, last=document.complete)
        yield self.claims

    def _score(self, document: Document, statements: list[Statement], *, last: bool) -> Generator[None, None, Piece]:
        """Score sentences as one article and put the best in the order of choice, yielding every few milliseconds.

        `last`: they are the last of the article.
        """
        from reader.claims.kinds import kinds_of
        from reader.claims.selection import order

        count = len(statements)
        ranked = yield from _ranked(document, statements, opening=not self._pieces, last=last)
        claims: list[Claim] = []
        for number in order(ranked.article, ranked.statements, ranked.able, quota(count, _most(count))):
            one = ranked.statements[number]
            kinds = kinds_of(ranked.article.sentences[number])
            reasons = ranked.why(number, kinds) if self.reasons else ""
            claims.append(Claim(Range(one.start, one.end), kinds, round(ranked.article.scores[number], 3), reasons))
            if len(claims) % _STEP == 0:
                yield None
        return Piece(count, tuple(claims), Range(statements[0].start, statements[-1].end))

    def _find_authors(self, document: Document) -> Iterator[None]:
        """What the front matter lists, in the new text, and the marks of the new blocks."""
        from reader.claims import author

        if self._missing is None:
            self._missing = author.listed(document.metadata)
        found: list[Range] = []
        still: list[str] = []
        for claim in self._missing:
            where = author.find(claim, document.text, max(0, self._searched - 2 * len(claim) - 100))
            if where:
                found.append(where)
            else:
                still.append(claim)
            yield None
        self._missing = tuple(still)
        self._searched = len(document.text)
        marks = author.marked(document, self._blocks)
        taken = list(islice(marks, _MARKS - self._marks))
        self._marks += len(taken)
        self._crowded = self._crowded or next(marks, None) is not None
        for where in (*found, *taken):
            if where not in self._known:
                self._known.add(where)
                self._authors.append(_authored(document, where))
            yield None
        warnings = []
        if self._crowded:
            said = _("more than {count:,} places are marked as claims: those after are plain text")
            warnings.append(said.format(count=_MARKS))
        if document.complete:
            said = _("not found in the article: the author's claim “{claim}”")
            warnings += (said.format(claim=claim) for claim in still)
        self.warnings = tuple(warnings)


def _authored(document: Document, where: Range) -> Claim:
    """The claim the author made of a range."""
    from reader.claims.features import measure
    from reader.claims.kinds import kinds_of

    others = kinds_of(measure(document.slice(where)[:_LONGEST]))
    return Claim(where, ("author", *(kind for kind in others if kind != "statement")), 1.0, _("the author marked it"))


def title(document: Document) -> str:
    """The title by the front matter, else by the heading the article opens with."""
    first = next((b for b in document.blocks[:2] if not is_byline(b)), None)
    return document.metadata.title or (document.slice(first) if isinstance(first, Title | Heading) else "")


@record
class _Ranked:
    """Sentences that were scored together, with what was known of each."""

    document: Document
    statements: Sequence[Statement]
    contexts: Sequence[Context]
    article: Article

    def able(self, number: int) -> bool:
        """Whether a sentence can be a claim at all."""
        from reader.claims.fitness import fit

        one = self.statements[number]
        words = _in_words(self.document.blocks[one.paragraph], one)
        return not self.contexts[number].aside and words and fit(self.article.sentences[number])

    def why(self, number: int, kinds: Sequence[Kind]) -> str:
        """The reasons for a sentence of these kinds."""
        from reader.claims.why import why

        return why(self.article, number, self.contexts[number], _read(self.document, self.statements[number]), kinds)


def _ranked(
    document: Document, statements: list[Statement], *, opening: bool, last: bool
) -> Generator[None, None, _Ranked]:
    """Scores sentences as one article, of very many only the best by a quick look; yields every few milliseconds.

    `opening` and `last`: the sentences are the first and the last of the article.
    """
    from reader.claims.context import contexts
    from reader.claims.features import measure
    from reader.claims.model import assess
    from reader.claims.relations import subject
    from reader.claims.shortlist import shortlist

    count = len(statements)
    whole = document.text
    texts = [whole[one.start : one.end][:_LONGEST] for one in statements]
    if count >= 2 * _PIECE:
        wanted = [term for term in subject(title(document), ()) if len(term) > 1]
        kept = shortlist(statements, texts, wanted, max(_PIECE, count // _GROUP))
        statements, texts = [statements[number] for number in kept], [texts[number] for number in kept]
        yield None
    measured: list[Sentence] = []
    for number, text in enumerate(texts):
        measured.append(measure(text))
        if number % _STEP == _STEP - 1:
            yield None
    where = contexts(document, statements, measured, last=last)
    article = assess(
        measured,
        title=title(document),
        headings=list(dict.fromkeys(one.heading for one in where if one.heading)),
        paragraphs=[one.paragraph for one in statements],
        contexts=where,
        opening=opening,
    )
    yield None
    return _Ranked(document, statements, where, article)


def _most(count: int) -> float:
    """The share of so many sentences, ranked together, that can be claims."""
    return MOST if count < 2 * _PIECE else MOST_LATER


def _read(document: Document, one: Range) -> str:
    """As much of a sentence as is read."""
    return document.text[one.start : min(one.end, one.start + _LONGEST)]


def explain(document: Document, pieces: Sequence[Piece], claim: Claim) -> str:
    """Why a claim was chosen, as `explain_all` tells it; empty where it is in none of the pieces."""
    return explain_all(document, pieces, (claim,)).get(claim.range, "")


def explain_all(
    document: Document, pieces: Sequence[Piece], claims: Sequence[Claim], wanted: Callable[[], bool] = lambda: True
) -> dict[Range, str]:
    """Why claims were chosen, by their ranges: their own reasons, or those of the sentences they were ranked with,
    which are ranked again (about 0.1 s for each piece that holds some of them). Those that are in no piece are left
    out, and all that are left when `wanted` is false, which is asked every few milliseconds."""
    from reader.claims import sentences

    told = {claim.range: claim.why for claim in claims if claim.why}
    for number, piece in enumerate(pieces):
        where = piece.where or Range(0, 0)
        near = [one for one in claims if not one.why and where.start <= one.range.start < where.end]
        asked = [claim for claim in near if claim in piece.claims]
        if not asked:
            continue
        statements: list[Statement] = []
        block = document.block_index(where.start)
        while block < len(document.blocks) and document.blocks[block].start < where.end:
            found = sentences.of_block(document, block)
            statements += [one for one in found if where.start <= one.start < where.end]
            block += 1
        last = document.complete and number == len(pieces) - 1
        ranking = _ranked(document, statements, opening=not number, last=last)
        while True:
            if not wanted():
                return told
            try:
                next(ranking)
            except StopIteration as done:
                ranked: _Ranked = done.value
                break
        places = {one.start: at for at, one in enumerate(ranked.statements)}
        told |= {claim.range: ranked.why(places[claim.range.start], claim.kinds) for claim in asked}
    return told


def _in_words(block: Block, where: Range) -> bool:
    """Whether a sentence is mostly running text and neither code nor a link."""
    other = sum(
        min(span.end, where.end) - max(span.start, where.start)
        for span in block.spans
        if span.kind in ("code", "link", "math", "kbd") and span.overlaps(where)
    )
    return other <= 0.6 * len(where)
