"""The score of a sentence: two learned linear models over its features and its wording, mixed by what the text is.

Owns the weights (`weights.json`, `wording.bin`), the two models, the gates between report and argument, and the mix.
Refuses to choose and to name a kind.

The *article* model is learned from articles a careful reader marked: it knows what news, essays on technology and
project blogs assert. The *argument* model is learned from claims in debates: it knows the language of opinion. How much
the second counts depends on how much of the text argues rather than reports (`Gates`).

Invariant: every feature is standardised within the article, so only what sets a sentence apart from the others counts,
and what is the same in all of them (a language, no title) changes nothing. Flags and shapes are so half with the usual
deviation of the labelled articles: by its own alone a cue that stands in one sentence of forty would count six times.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from operator import add, mul
from typing import Final
from zlib import crc32

from reader.claims import relations
from reader.claims.context import Context, favours
from reader.claims.cues import cues
from reader.claims.features import SHAPES, Sentence, flags
from reader.document import record
from reader.sanitize import pattern

BITS: Final = 17
"""Each wording table has 2 ** BITS places of one signed byte."""
_MASK: Final = (1 << BITS) - 1
_PAIR_FACTOR: Final = 5
"""Multiplies the place of the first word of a pair, so that a pair and its reverse stand apart."""
_KNOWN_HASHES: Final = 100_000
"""So many hashes of words are kept."""
_TOKEN: Final = pattern(r"[a-z]+(?:['-][a-z]+)*|\d+|[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
_STRETCHES: Final = 5
"""Into so many stretches a long article is cut, each of which puts its own best forward."""
_SPREAD: Final = 0.45
"""The share of the rank within a sentence's own stretch, in an article of `_LONG` sentences or more."""
_MEDIUM: Final = 40
_LONG: Final = 100


def names() -> tuple[str, ...]:
    """The features' names in the order of the weights: flags, shapes, relations."""
    return flags() + SHAPES + relations.NAMES


@record
class Linear:
    """One model."""

    features: tuple[float, ...]
    """A weight for each of `names()`."""
    wording: array[int]
    """Signed bytes: the weight of a run of one or two words or Han characters stands at its hash."""
    scale: float
    """What a byte of `wording` is worth."""


@record
class Weights:
    """What training made."""

    article: Linear
    argument: Linear
    usual: tuple[float, ...]
    """The usual variance within an article of each of `names()`; 0 for those whose own is taken alone."""

    both: array[int] = field(init=False, repr=False, compare=False)
    """The wording tables of the two, as `paired` makes them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "both", paired(self.article.wording, self.argument.wording))


@cache
def weights() -> Weights:
    """The weights of the package, read once. A feature that they do not know weighs nothing."""
    here = files("reader.claims")
    known = json.loads((here / "weights.json").read_text(encoding="utf-8"))
    tables = (here / "wording.bin").read_bytes()
    found = []
    for number, name in enumerate(("article", "argument")):
        table = array("b", tables[number << BITS : (number + 1) << BITS])
        features = known[name]["features"]
        found.append(
            Linear(tuple(float(features.get(one, 0.0)) for one in names()), table, float(known[name]["scale"]))
        )
    return Weights(found[0], found[1], tuple(float(known["variance"].get(one, 0.0)) for one in names()))


class _Hashes(dict[str, int]):
    """Places of words, each computed once; all numbers have that of "0"."""

    def __missing__(self, word: str) -> int:
        known = "0" if word.isdigit() else word
        found = self[word] = crc32(known.encode("utf-8", "surrogatepass")) & _MASK
        return found


_hashes: Final = _Hashes()


def tokens(folded: str) -> list[str]:
    """The words, numbers and single Han, Kana and Hangul characters of a folded sentence, in order."""
    return _TOKEN.findall(folded.lower())


def word_place(word: str) -> int:
    """Where a token stands in a wording table."""
    return _hashes[word]


def pair_place(before: str, word: str) -> int:
    """Where two tokens that follow one another stand in a wording table."""
    return (_hashes[before] * _PAIR_FACTOR ^ _hashes[word]) & _MASK


def places(words: Sequence[str]) -> set[int]:
    """Where the distinct runs of one and two tokens stand in a wording table; "^" stands before the first.

    What `word_place` and `pair_place` say, for a whole sentence at once.
    """
    single = list(map(_hashes.__getitem__, words))
    found = set(single)
    before = _hashes["^"]
    for one in single:
        found.add((before * _PAIR_FACTOR ^ one) & _MASK)
        before = one
    return found


_HIGH: Final = 24
"""Bits by which the bytes of the second table are raised in `Weights.paired`: sums of the first stay below."""
_LOW_MASK: Final = (1 << _HIGH) - 1
_OFFSET: Final = 128
_UNSIGNED: Final = bytes(byte ^ _OFFSET for byte in range(256))
"""Turns a signed byte into one that is higher by 128."""


def paired(first: array[int], second: array[int]) -> array[int]:
    """Two wording tables in one, so that one walk over a sentence's places gives both sums."""
    both = bytearray(4 << BITS)
    both[0::4] = first.tobytes().translate(_UNSIGNED)
    both[3::4] = second.tobytes().translate(_UNSIGNED)
    found = array("I", both)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def worded(where: set[int], table: array[int]) -> tuple[float, float]:
    """The sums of the bytes of a pair of tables over the root of their number; 0 for no words."""
    if not where:
        return 0.0, 0.0
    count = len(where)
    total = sum(map(table.__getitem__, where))
    root = math.sqrt(count)
    return ((total & _LOW_MASK) - _OFFSET * count) / root, ((total >> _HIGH) - _OFFSET * count) / root


@record
class Gates:
    """What kind of text an article is."""

    report: float
    """0 to 1: how far it reports what happened and who said so."""
    argument: float
    """0 to 1: how far it argues for what the author holds."""
    latin: float
    """0 to 1: how much of it is written in words with spaces between."""


def gates(sentences: Sequence[Sentence]) -> Gates:
    """From the shares of sentences that attribute, quote and count, and of those that say what must be or is held.

    The bounds were set on articles of the training sets and little ones of our own: news and encyclopaedias have no
    argument by them, project blogs and tutorials neither the one nor the other, opinion essays all of it.
    """
    says, holds, argues, selves, tells = _gate_groups()
    count = len(sentences) or 1
    said = held = argued = selfs = told = numbers = quoted = latin = 0.0
    for one in sentences:
        own = one.flags
        said += not says.isdisjoint(own)
        held += not holds.isdisjoint(own)
        argued += argues in own
        selfs += selves in own
        told += not tells.isdisjoint(own)
        numbers += one.shape[_NUMBER]
        quoted += one.shape[_QUOTED]
        latin += one.shape[_LATIN]
    reports = (said + quoted + 0.3 * numbers - held - 0.5 * told) / count
    argument = (held + argued + 0.2 * selfs - said - 0.5 * numbers) / count
    return Gates(
        max(0.0, min(1.0, (reports - 0.05) / 0.2)), max(0.0, min(1.0, (argument - 0.12) / 0.15)), latin / count
    )


_NUMBER: Final = SHAPES.index("number")
_QUOTED: Final = SHAPES.index("quoted")
_LATIN: Final = SHAPES.index("latin")
_STOP: Final = SHAPES.index("no_stop")
_OPENS: Final = relations.NAMES.index("opens")


@cache
def _gate_groups() -> tuple[frozenset[int], frozenset[int], int, int, frozenset[int]]:
    at = cues().groups.index
    return (
        frozenset((at("report"), at("source"), at("finding"))),
        frozenset((at("must"), at("stance"))),
        at("argue"),
        at("self"),
        frozenset((at("technical"), at("invite"), at("you"))),
    )


@dataclass(slots=True)
class Article:
    """A run of sentences that are ranked together: an article, or a piece of a very long one."""

    sentences: Sequence[Sentence]
    columns: list[list[float]]
    """The relations, in the order of `relations.NAMES`."""
    gates: Gates
    pulls: tuple[float, ...]
    """What one unit of each of `names()` adds to the score of a sentence here, in standard deviations."""
    means: tuple[float, ...]
    """The mean of each of `names()`."""
    wording: list[float]
    """What the wording adds to each sentence's score; the mean is 0."""
    leads: list[float]
    """What its place in a report or an essay adds."""
    context: list[float]
    """What its section, list, box or bold face adds."""
    scores: list[float]
    """0 to 1 by rank."""
    _postings: dict[str, list[int]] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    @property
    def counts(self) -> Counter[str]:
        """In how many sentences each term stands."""
        if not self._counts:
            self._counts = Counter(itertools.chain.from_iterable(one.terms for one in self.sentences))
        return self._counts

    @property
    def postings(self) -> dict[str, list[int]]:
        """The sentences that each term stands in."""
        if not self._postings:
            for number, sentence in enumerate(self.sentences):
                for term in sentence.terms:
                    self._postings.setdefault(term, []).append(number)
        return self._postings


def assess(
    sentences: Sequence[Sentence],
    *,
    title: str = "",
    headings: Sequence[str] = (),
    paragraphs: Sequence[int] | None = None,
    contexts: Sequence[Context] | None = None,
    opening: bool = True,
    known: Weights | None = None,
) -> Article:
    """Score measured sentences as one article.

    `headings` are the titles of its sections. `paragraphs` has one number a sentence; None: they are not known.
    `opening`: they begin the article, and are no later piece of it. `known`: other weights than those of the package.
    """
    count = len(sentences)
    if not count:
        return Article((), [[] for _ in relations.NAMES], Gates(0.0, 0.0, 0.0), (), (), [], [], [], [])
    if len(_hashes) > _KNOWN_HASHES:
        _hashes.clear()
    columns = relations.relate(sentences, title, headings, paragraphs)
    known = known or weights()
    gate = gates(sentences)
    means, scales = moments(sentences, columns, known.usual)
    both = known.both
    runs = [worded(places(tokens(sentence.reading.text)), both) for sentence in sentences]
    pulls = [0.0] * len(means)
    wording = [0.0] * count
    totals = [0.0] * count
    rows: list[tuple[float, ...]] = list(zip(*columns, strict=True))
    for number, (model, share) in enumerate(((known.article, 1.0), (known.argument, argument_share(gate)))):
        scaled = [weight * scale for weight, scale in zip(model.features, scales, strict=True)]
        words = [sums[number] * model.scale for sums in runs]
        own = list(map(add, _sums(sentences, rows, scaled), words))
        factor = share / (_deviation(own) or 1.0)
        totals = [total + factor * one for total, one in zip(totals, own, strict=True)]
        middle = sum(words) / (count or 1)
        pulls = [pull + factor * one for pull, one in zip(pulls, scaled, strict=True)]
        wording = [one + factor * (word - middle) for one, word in zip(wording, words, strict=True)]
    leads = _leads(sentences, columns, paragraphs, gate, opening=opening)
    context = favours(contexts) if contexts is not None else [0.0] * count
    totals = [round(sum(parts), 9) for parts in zip(totals, leads, context, strict=True)]
    weight = _SPREAD * (1 - gate.report) * max(0.0, min(1.0, (count - _MEDIUM) / (_LONG - _MEDIUM)))
    scores = spread(relations.ranked(totals), weight)
    return Article(sentences, columns, gate, tuple(pulls), means, wording, leads, context, scores)


def argument_share(gate: Gates) -> float:
    """How much the argument model counts beside the article model: it was learned from English, and from debates."""
    return 0.15 * gate.latin + 0.5 * gate.argument


def _leads(
    sentences: Sequence[Sentence],
    columns: list[list[float]],
    paragraphs: Sequence[int] | None,
    gate: Gates,
    *,
    opening: bool,
) -> list[float]:
    """A report says its news first: what the first real sentences gain, date lines and captions left out.

    An essay has its points at the edges of paragraphs and in the closing one.
    """
    found = [0.0] * len(sentences)
    if opening and gate.report:
        gain = LEAD * gate.report
        for number, sentence in enumerate(sentences):
            if sentence.size >= 8 and not sentence.shape[_STOP]:
                found[number] += gain
                gain *= 0.6
                if gain < 0.01:
                    break
    if gate.argument and paragraphs is not None:
        closing = paragraphs[-1]
        several = paragraphs[0] != closing
        for number, paragraph in enumerate(paragraphs):
            if columns[_OPENS][number]:
                found[number] += EDGE * gate.argument
            if columns[_OPENS + 1][number]:
                found[number] += EDGE / 2 * gate.argument
            if several and paragraph == closing:
                found[number] += EDGE * gate.argument
    return found


LEAD: Final = 0.5
EDGE: Final = 0.5


def moments(
    sentences: Sequence[Sentence], columns: list[list[float]], usual: Sequence[float]
) -> tuple[tuple[float, ...], list[float]]:
    """Of each feature its mean, and the inverse of its standard deviation; 0 where it is the same in all sentences.

    Its variance here counts half where it has a usual one.
    """
    count = len(sentences) or 1
    hits = [0] * len(flags())
    for sentence in sentences:
        for flag in sentence.flags:
            hits[flag] += 1
    means = [hit / count for hit in hits]
    variances = [mean * (1 - mean) for mean in means]
    for column in itertools.chain(zip(*[one.shape for one in sentences], strict=True), columns):
        mean = sum(column) / count
        means.append(mean)
        variances.append(sum(map(mul, column, column)) / count - mean * mean)
    both = zip(variances, usual, strict=True)
    return tuple(means), [
        1 / math.sqrt((own + known) / 2 if known else own) if own > _SAME else 0.0 for own, known in both
    ]


_SAME: Final = 1e-9
"""A lower variance is none, but for rounding."""


def _sums(sentences: Sequence[Sentence], rows: list[tuple[float, ...]], pulls: Sequence[float]) -> list[float]:
    """The weighted sum of the features of each sentence; `rows`: its relations."""
    first, second = len(flags()), len(flags()) + len(SHAPES)
    flagged, shaped, related = pulls[:first], pulls[first:second], pulls[second:]
    return [
        sum([flagged[flag] for flag in sentence.flags])
        + sum(map(mul, sentence.shape, shaped))
        + sum(map(mul, row, related))
        for sentence, row in zip(sentences, rows, strict=True)
    ]


def _deviation(values: Sequence[float]) -> float:
    count = len(values) or 1
    mean = sum(values) / count
    return math.sqrt(max(0.0, sum(map(mul, values, values)) / count - mean * mean))


def spread(scores: list[float], weight: float) -> list[float]:
    """The scores, each mixed with its rank within its own stretch of the article, so that every stretch has its say."""
    if not weight:
        return scores
    count = len(scores)
    cuts = [count * stretch // _STRETCHES for stretch in range(_STRETCHES + 1)]
    own = [rank for start, end in itertools.pairwise(cuts) for rank in relations.ranked(scores[start:end])]
    return [(1 - weight) * score + weight * rank for score, rank in zip(scores, own, strict=True)]
