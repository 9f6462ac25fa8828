"""The score of a sentence: what the learned weights, the article itself and its title say of it, mixed.

Owns the weights (`weights.json`, `wording.bin`), the parts of the score and their mixing. Refuses to choose, to name a
kind, and to know where in the article a sentence stands, but for the edges of a paragraph and the opening of a report
that begins by saying what its headline says.

Invariant: each part is ranked within the article before it is mixed, so no part can drown the others and a language in
which one is silent loses nothing but that part.
"""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final
from zlib import crc32

from reader.claims.cues import read
from reader.claims.features import Sentence, names, relate, terms

BITS: Final = 17
"""The wording table has 2 ** BITS places of one signed byte."""
ORDERS: Final = 2
"""Runs of up to so many words are looked up in it."""
PARTS: Final = ("cues", "wording", "central", "title", "opens")
STRETCHES: Final = 5
"""Into so many stretches an article is cut, each of which puts its own best forward."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What training made."""

    features: tuple[float, ...]
    """One a feature, in the order of `features.names()`."""
    wording: bytes
    """One signed byte a place; the hash of a run of words is its place."""


@cache
def weights() -> Weights:
    """The weights of the package, read once. A feature that they do not know weighs nothing."""
    here = files("reader.claims")
    known = json.loads((here / "weights.json").read_text(encoding="utf-8"))["features"]
    return Weights(tuple(float(known.get(name, 0.0)) for name in names()), (here / "wording.bin").read_bytes())


def runs(sentence: Sentence) -> list[tuple[str, int]]:
    """The runs of one and of two words of a sentence, each with its place in the table.

    Only words written with spaces between count: Chinese and Japanese have none, and training knows none of theirs. A
    proper name within the sentence is "<>", whatever its length; "^" stands before the first word.
    """
    found: list[tuple[str, int]] = []
    mask = (1 << BITS) - 1
    before, hashed = "^", crc32(b"^")
    for number, (word, capital) in enumerate(zip(sentence.reading.words, sentence.reading.capital, strict=True)):
        if capital and number and word != "i":
            if before == "<>":
                continue
            word = "<>"
        coded = word.encode()
        found.append((f"{before} {word}", crc32(b" " + coded, hashed) & mask))
        before, hashed = word, crc32(coded)
        found.append((word, hashed & mask))
    return found


def wording(sentence: Sentence, table: bytes) -> float | None:
    """How far the wording is that of claims: the table's values added up, over the root of their number.

    None where less than half of the sentence, or fewer than three words, are written with spaces between.
    """
    if len(sentence.reading.words) < max(3.0, sentence.size / 2):
        return None
    found = runs(sentence)
    total = 0
    for _, place in found:
        value = table[place]
        total += value - 256 if value > 127 else value
    return total / math.sqrt(len(found))


def central(sentences: Sequence[Sentence], rounds: int = 5, damping: float = 0.85) -> list[float]:
    """TextRank (Mihalcea and Tarau 2004): how much a sentence shares with sentences that share much themselves.

    Two sentences are tied by the terms they share, rarer ones more, longer sentences a little less. The ties are never
    written down: a step goes from the sentences to their terms and back, so the time grows with the text, not with its
    square.
    """
    bags = [frozenset(sentence.terms) for sentence in sentences]
    counts = Counter(term for bag in bags for term in bag)
    total = len(bags)
    worth = {term: math.log(1 + total / count) for term, count in counts.items() if count > 1}
    numbers = {term: number for number, term in enumerate(worth)}
    held = [sorted(numbers[term] for term in bag if term in numbers) for bag in bags]
    worths = list(worth.values())
    scale = [max(1, len(bag)) ** -0.5 for bag in bags]
    itself = [sum([worths[term] for term in own]) * scale[one] for one, own in enumerate(held)]

    def step(values: list[float]) -> list[float]:
        pooled = [0.0] * len(worths)
        for one, own in enumerate(held):
            share = values[one] * math.sqrt(scale[one])
            for term in own:
                pooled[term] += share
        pooled = [pool * worth for pool, worth in zip(pooled, worths, strict=True)]
        return [
            sum([pooled[term] for term in own]) * math.sqrt(scale[one]) - itself[one] * values[one]
            for one, own in enumerate(held)
        ]

    ties = [max(tie, 1e-9) for tie in step([1.0] * total)]
    ranks = [1.0] * total
    for _ in range(rounds):
        moved = step([rank / tie for rank, tie in zip(ranks, ties, strict=True)])
        ranks = [1 - damping + damping * move for move in moved]
    return ranks


def ranked(values: Sequence[float | None]) -> list[float]:
    """Each value's rank among all, from 0 to 1; equals share their middle rank, and what has no value stands at 0.5."""
    known = sorted((value, number) for number, value in enumerate(values) if value is not None)
    found = [0.5] * len(values)
    first = 0
    while first < len(known):
        last = first
        while last + 1 < len(known) and known[last + 1][0] == known[first][0]:
            last += 1
        for _, number in known[first : last + 1]:
            found[number] = ((first + last) / 2 + 0.5) / len(known)
        first = last + 1
    return found


@dataclass(slots=True)
class Article:
    """A run of sentences that are ranked together: an article, or a piece of a very long one."""

    sentences: list[Sentence]
    title_terms: frozenset[str]
    raw: dict[str, list[float | None]]
    """Each part before ranking."""
    parts: dict[str, list[float]]
    """What each part adds to the score of each sentence; the mean over the article is near 0."""
    scores: list[float]
    """The sum, 0 to 1 by rank."""


def weigh(sentence: Sentence, known: Weights) -> float:
    """The learned weight of the features of a sentence."""
    return sum([value * weight for value, weight in zip(sentence.values, known.features, strict=True) if value])


def assess(
    sentences: list[Sentence], *, title: str = "", paragraphs: Sequence[int] | None = None, opening: bool = True
) -> Article:
    """Score measured sentences as one article.

    `paragraphs` has one number a sentence; None: they are not known. `opening`: they begin the article, and are
    no later piece of it.
    """
    relate(sentences)
    known = weights()
    title_terms = frozenset(terms(read(title)))
    raw: dict[str, list[float | None]] = {
        "cues": [weigh(sentence, known) for sentence in sentences],
        "wording": [wording(sentence, known.wording) for sentence in sentences],
        "central": list(central(sentences)),
        "title": list(titled(sentences, title_terms)),
        "opens": opens(paragraphs, len(sentences)),
    }
    return mix(sentences, title_terms, raw, opening=opening)


def titled(sentences: Sequence[Sentence], title_terms: frozenset[str]) -> list[float]:
    """The share of the title that a sentence repeats, each term weighing by how rare it is in the article."""
    counts = Counter(term for sentence in sentences for term in set(sentence.terms) & title_terms)
    worth = {term: math.log(1 + len(sentences) / count) for term, count in counts.items()}
    whole = sum(worth.values()) or 1.0
    return [sum(worth[term] for term in set(sentence.terms) & title_terms) / whole for sentence in sentences]


def opens(paragraphs: Sequence[int] | None, count: int) -> list[float | None]:
    """1 for the first sentence of a paragraph of several, 0.5 for its last, 0 within; None where nothing is known."""
    if paragraphs is None:
        return [None] * count
    found: list[float | None] = []
    for number, paragraph in enumerate(paragraphs):
        first = number == 0 or paragraphs[number - 1] != paragraph
        last = number + 1 == count or paragraphs[number + 1] != paragraph
        found.append(None if first and last else 1.0 if first else 0.5 if last else 0.0)
    return found


SHARES: Final = {"cues": 0.36, "wording": 0.28, "central": 0.16, "title": 0.16, "opens": 0.10, "lead": 0.25}
"""How much each part may move the score. The learned parts carry argument, the article's own carry news."""
REPORT_CENTRAL: Final = 0.14
"""By so much centrality gains in an article built like a report."""
SPREAD: Final = 0.45
"""The share of the rank within a sentence's own stretch. Measured on unseen topics, 0.45 touches 86% of the fifths of
articles of 40 to 110 sentences and 93% of all, where none touches 74 and 86%; it costs one found claim in twenty."""


def newslike(shared: Sequence[float | None], title_terms: frozenset[str]) -> float:
    """How far the article is built like a report, 0 to 1: one of its first two sentences says what its headline says.

    `shared` is the share of the title in each sentence. A title of fewer than four terms names a subject and is no
    headline.
    """
    if len(title_terms) < 4 or not shared:
        return 0.0
    lead = max(value or 0.0 for value in shared[:2])
    return max(0.0, min(1.0, (lead - 0.2) / 0.4))


def mix(
    sentences: list[Sentence],
    title_terms: frozenset[str],
    raw: dict[str, list[float | None]],
    *,
    opening: bool = True,
) -> Article:
    """Rank each part and add them up."""
    count = len(sentences)
    report = newslike(raw["title"], title_terms) if opening else 0.0
    share = dict(SHARES)
    share["title"] *= min(1.0, len(title_terms) / 4) * (1 + report)
    share["central"] += REPORT_CENTRAL * report
    parts = {name: [share[name] * (rank - 0.5) for rank in ranked(raw[name])] for name in PARTS}
    parts["lead"] = [share["lead"] * report * 0.5**number if number < 4 else 0.0 for number in range(count)]
    totals = [sum([part[number] for part in parts.values()]) for number in range(count)]
    return Article(sentences, title_terms, raw, parts, spread(ranked(totals), SPREAD * (1 - report)))


def spread(scores: list[float], weight: float) -> list[float]:
    """The scores, each mixed with its rank within its own stretch of the article, so that every stretch has its say."""
    count = len(scores)
    cuts = [count * stretch // STRETCHES for stretch in range(STRETCHES + 1)]
    own = [rank for start, end in itertools.pairwise(cuts) for rank in ranked(scores[start:end])]
    return [(1 - weight) * score + weight * rank for score, rank in zip(scores, own, strict=True)]
