"""What only the article tells of its sentences: title, headings, neighbours, repetition, paragraph edges.

Owns these measurements, a column each. Refuses absolute position: a model that knows it learns the genre of its
training set.

Invariant: a column has one number a sentence; one that cannot be known (no title, no paragraphs) is 0 throughout.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from operator import add
from typing import Final

from reader.claims.cues import read
from reader.claims.features import SHAPES, Sentence, flags, measure, terms

NAMES: Final = (
    "title", "title_rank", "title_best", "title_first", "title_cover", "heading", "heading_best", "central",
    "central_rank", "repeated", "to_first", "to_before", "to_earlier", "to_after", "fresh", "length_rank",
    "before_size", "after_size", "before_title", "after_title", "before_cues", "after_cues", "opens", "closes",
    "alone", "paragraph_size", "figure_of_title", "to_last", "after_contrast",
)  # fmt: skip
"""The columns, in this order."""
_PROPER: Final = 8.0
"""Words the first sentence has that says something: what is shorter is a date line, a caption or an exclamation."""
_NO_HEADINGS: Final = frozenset({"开篇", "Opening"})
"""What the text before the first heading is called, which says nothing of the article."""


def subject(title: str, headings: Sequence[str]) -> frozenset[str]:
    """The terms of the title, or of the first heading where there is no title."""
    named = title or next((heading for heading in headings if heading not in _NO_HEADINGS), "")
    return frozenset(terms(read(named)))


def relate(
    sentences: Sequence[Sentence], title: str, headings: Sequence[str], paragraphs: Sequence[int] | None
) -> list[list[float]]:
    """The columns of `NAMES` for the sentences of an article, in reading order."""
    count = len(sentences)
    if not count:
        return [[] for _ in NAMES]
    bags = [sentence.terms for sentence in sentences]
    sizes = [sentence.size for sentence in sentences]
    counts = Counter(chain.from_iterable(bags))
    wanted = subject(title, headings)
    shares, covers = titled(bags, wanted, counts)
    best = max(shares)
    seen: set[str] = set()
    new_of_title: list[float] = []
    fresh: list[float] = []
    for bag in bags:
        new = bag - seen
        new_of_title.append(min(1.0, len(new & wanted) / 3))
        fresh.append(len(new) / (len(bag) or 1))
        seen |= new
    every, cover = headed(bags, [heading for heading in headings if heading not in _NO_HEADINGS])
    roots = [math.sqrt(len(bag)) or 1.0 for bag in bags]
    opening = _first_proper(sentences)
    ranks = central(bags, counts)
    log = {times: math.log(times) for times in set(counts.values())}
    logs = {term: log[times] for term, times in counts.items()}
    repeated = [sum(map(logs.__getitem__, bag)) for bag in bags]
    before = _back(bags, roots, 1)
    earlier = list(map(add, _back(bags, roots, 2), _back(bags, roots, 3)))
    numbers = frozenset(measure(title).figures)
    figure = [float(not numbers.isdisjoint(one.figures)) for one in sentences] if numbers else None
    cue_share = [one.shape[_CUE_KINDS] for one in sentences]
    lengths = [min(1.0, size / 40) for size in sizes]
    opens, closes, alone, room = edges(paragraphs, count)
    contrast = flags().index("starts:contrast")
    return [
        shares,
        ranked(shares) if best else [0.0] * count,
        [float(share == best > 0) for share in shares],
        new_of_title,
        covers,
        [shared / root for shared, root in zip(every, roots, strict=True)],
        cover,
        ranks,
        ranked(ranks),
        repeated,
        _alike(bags, roots, opening, 1.0),
        before,
        earlier,
        [*before[1:], 0.0],
        fresh,
        ranked(sizes),
        [0.0, *lengths[:-1]],
        [*lengths[1:], 0.0],
        [0.0, *shares[:-1]],
        [*shares[1:], 0.0],
        [0.0, *cue_share[:-1]],
        [*cue_share[1:], 0.0],
        opens,
        closes,
        alone,
        room,
        figure or [0.0] * count,
        _alike(bags, roots, count - 1, 0.0),
        [0.0, *[float(contrast in one.flags) for one in sentences[:-1]]],
    ]


_CUE_KINDS: Final = SHAPES.index("cue_kinds")


def _back(bags: Sequence[frozenset[str]], roots: Sequence[float], steps: int) -> list[float]:
    """The terms each sentence shares with the one so many before, over the geometric mean of their numbers of terms."""
    pairs = zip(bags, bags[steps:], roots, roots[steps:], strict=False)
    found = [len(one & other) / (root * second) for one, other, root, second in pairs]
    return [*[0.0] * min(steps, len(bags)), *found]


def _alike(bags: Sequence[frozenset[str]], roots: Sequence[float], one: int, itself: float) -> list[float]:
    """The terms each sentence shares with sentence `one`, over the geometric mean of their numbers of terms."""
    bag, root = bags[one], roots[one]
    found = [len(bag & other) / (root * own) for other, own in zip(bags, roots, strict=True)]
    found[one] = itself
    return found


def headed(bags: Sequence[frozenset[str]], headings: Sequence[str]) -> tuple[list[int], list[float]]:
    """How many terms of headings each sentence has, and the largest share of the terms of one."""
    named = [frozenset(terms(read(heading))) for heading in headings]
    where: dict[str, list[int]] = {}
    for number, one in enumerate(named):
        for term in one:
            where.setdefault(term, []).append(number)
    every = frozenset(where)
    counts, covers = [], []
    for bag in bags:
        common = bag & every
        counts.append(len(common))
        shared = Counter(chain.from_iterable([where[term] for term in common]))
        covers.append(max([times / len(named[number]) for number, times in shared.items()], default=0.0))
    return counts, covers


def _first_proper(sentences: Sequence[Sentence]) -> int:
    """The first sentence that says something: of some length, and with a full stop."""
    stop = SHAPES.index("no_stop")
    for at, sentence in enumerate(sentences[:12]):
        if sentence.size >= _PROPER and not sentence.shape[stop]:
            return at
    return 0


def titled(
    bags: Sequence[frozenset[str]], wanted: frozenset[str], counts: Counter[str]
) -> tuple[list[float], list[float]]:
    """The share of the title each sentence repeats, rarer terms weighing more, and what share of it that is."""
    worth = {term: math.log(1 + len(bags) / counts[term]) for term in wanted if term in counts}
    whole = sum(worth.values()) or 1.0
    known = frozenset(worth)
    shared = [bag & known for bag in bags]
    return (
        [sum([worth[term] for term in common]) / whole if common else 0.0 for common in shared],
        [len(common) / math.sqrt(len(bag)) if common else 0.0 for common, bag in zip(shared, bags, strict=True)],
    )


def edges(paragraphs: Sequence[int] | None, count: int) -> tuple[list[float], list[float], list[float], list[float]]:
    """Whether each sentence opens or closes a paragraph of several or is one alone; and how long its paragraph is."""
    if paragraphs is None:
        nothing = [0.0] * count
        return nothing, nothing, nothing, nothing
    size = Counter(paragraphs)
    opens, closes, alone = [], [], []
    for at, paragraph in enumerate(paragraphs):
        several = size[paragraph] > 1
        opens.append(float(several and (at == 0 or paragraphs[at - 1] != paragraph)))
        closes.append(float(several and (at + 1 == count or paragraphs[at + 1] != paragraph)))
        alone.append(float(not several))
    return opens, closes, alone, [min(1.0, size[paragraph] / 10) for paragraph in paragraphs]


def central(
    bags: Sequence[frozenset[str]], counts: Counter[str], rounds: int = 3, damping: float = 0.85
) -> list[float]:
    """TextRank (Mihalcea and Tarau 2004): how much a sentence shares with sentences that share much themselves.

    Two sentences are tied by the terms they share, rarer ones more, longer sentences a little less. The ties are never
    written down: a step goes from the sentences to their terms and back, so the time grows with the text, not with its
    square.
    """
    total = len(bags)
    numbers = {term: number for number, term in enumerate(term for term, times in counts.items() if times > 1)}
    worths = [math.log(1 + total / counts[term]) for term in numbers]
    held = [[numbers[term] for term in bag if term in numbers] for bag in bags]
    roots = [max(1, len(bag)) ** -0.25 for bag in bags]
    itself = [sum([worths[term] for term in own]) * root * root for root, own in zip(roots, held, strict=True)]

    def step(values: list[float]) -> list[float]:
        pooled = [0.0] * len(worths)
        for value, root, own in zip(values, roots, held, strict=True):
            share = value * root
            for term in own:
                pooled[term] += share
        pooled = [pool * worth for pool, worth in zip(pooled, worths, strict=True)]
        return [
            sum([pooled[term] for term in own]) * root - lost * value
            for own, root, lost, value in zip(held, roots, itself, values, strict=True)
        ]

    ties = [max(tie, 1e-9) for tie in step([1.0] * total)]
    ranks = [1.0] * total
    for _ in range(rounds):
        moved = step([rank / tie for rank, tie in zip(ranks, ties, strict=True)])
        ranks = [1 - damping + damping * move for move in moved]
    return [round(rank, 9) for rank in ranks]  # sums over sets differ in their last digits from run to run


def ranked(values: Sequence[float]) -> list[float]:
    """Each value's rank among all, from 0 to 1; equals share their middle rank."""
    count = len(values)
    order = sorted(range(count), key=values.__getitem__)
    found = [0.0] * count
    first = 0
    while first < count:
        last = first
        while last + 1 < count and values[order[last + 1]] == values[order[first]]:
            last += 1
        share = ((first + last) / 2 + 0.5) / count
        for at in order[first : last + 1]:
            found[at] = share
        first = last + 1
    return found
