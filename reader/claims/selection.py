"""Which sentences are chosen together: the best as a set, in an order of which any beginning is a choice.

Owns the rules of the set: what carries the title comes first; what says the same as a claim before is left out;
sections share; a paragraph gives two; a sentence that hangs on the one before waits for it. Refuses to score.

Invariant: the order depends on the sentences alone, so the claims of a lower density are among those of a higher one.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Final

from reader.claims.features import Sentence
from reader.claims.fitness import dependent
from reader.claims.model import Article
from reader.claims.relations import NAMES
from reader.claims.sentences import Statement

_SERVED: Final = 0.12
"""What a sentence loses when its section has had its fair share of claims."""
_FAIR: Final = 0.10
"""The density at which the shares of the sections are reckoned."""
_HANGING: Final = 0.10
"""What a sentence loses that begins with "this" or "它", until the one before is chosen."""
_PARAGRAPH: Final = 2
"""Claims of a paragraph."""
_LARGE: Final = 20
"""A paragraph of so many sentences, or of several times as many, gives as many claims for each."""
_SAME: Final = 0.6
"""Two sentences say the same that share so much of the shorter one's terms, and have no figures of their own."""
_TELLING: Final = 4
"""Terms a sentence has at least to be compared."""
_FEW: Final = 12
_SHARE: Final = 12
"""A term in more than so few sentences, and in more than one of so many, is no reason to compare two."""
_TITLE: Final = 0.3
"""The sentence that carries the title repeats so much of it at least."""


def order(article: Article, statements: Sequence[Statement], able: Callable[[int], bool], most: int) -> Iterator[int]:
    """Up to `most` numbers of the sentences in the order of choice, of those that are `able`, which is asked late."""
    sentences = article.sentences
    sections = [one.section for one in statements]
    size = Counter(sections)
    fair = {section: max(1.0, _FAIR * times) for section, times in size.items()}
    length = Counter(one.paragraph for one in statements)
    room = {paragraph: _PARAGRAPH * max(1, times // _LARGE) for paragraph, times in length.items()}
    worth = list(article.scores)
    hanging: set[int] = set()
    for number in range(len(statements)):
        if dependent(sentences[number]):
            worth[number] -= _HANGING
            hanging.add(number)
    served: Counter[int] = Counter()
    heap = [(-value, number, 0) for number, value in enumerate(worth)]
    heapq.heapify(heap)
    carrier = title_carrier(article, able)
    if carrier is not None:
        heapq.heappush(heap, (-2.0, carrier, 0))
    done: set[int] = set()
    said = _Said(article)
    while heap and most:
        _, number, known = heapq.heappop(heap)
        section = sections[number]
        if number in done or not room[statements[number].paragraph]:
            continue
        if known != served[section] and number != carrier:
            loss = _SERVED * served[section] / fair[section]
            heapq.heappush(heap, (loss - worth[number], number, served[section]))
            continue
        done.add(number)
        if not able(number) or not said.adds(sentences[number]):
            continue
        served[section] += 1
        room[statements[number].paragraph] -= 1
        most -= 1
        yield number
        after = number + 1
        if after in hanging and after not in done and statements[after].paragraph == statements[number].paragraph:
            worth[after] += _HANGING
            heapq.heappush(heap, (-worth[after], after, -1))


def title_carrier(article: Article, able: Callable[[int], bool]) -> int | None:
    """The best sentence of those that repeat the most of the title; None if none repeats enough of it."""
    shares = article.columns[NAMES.index("title")]
    fits = [
        number
        for number, share in enumerate(shares)
        if share >= _TITLE and able(number) and not dependent(article.sentences[number])
    ]
    if not fits:
        return None
    best = max(shares[number] for number in fits)
    return max(fits, key=lambda number: (shares[number] / best + article.scores[number], -number))


class _Said:
    """What has been said by sentences chosen before."""

    def __init__(self, article: Article) -> None:
        self._counts = article.counts
        self._common = max(_FEW, len(article.sentences) // _SHARE)
        self._chosen: list[Sentence] = []
        self._least: list[float] = []
        """The terms another sentence shares at least that says the same as each of them."""
        self._by_term: dict[str, list[int]] = {}

    def adds(self, sentence: Sentence) -> bool:
        """Whether a sentence is chosen: none of them shares most of its terms with it while all figures of one are the
        other's. It is one of them from now on."""
        size = len(sentence.terms)
        counts, common = self._counts, self._common
        telling = [term for term in sentence.terms if counts[term] <= common] or list(sentence.terms)
        if size < _TELLING:
            return True
        known = self._by_term
        shared = Counter(chain.from_iterable([known[term] for term in telling if term in known]))
        others, own, leasts = size - len(telling), _SAME * size, self._least
        for number, times in shared.items():
            least = leasts[number]
            if times + others >= least or times + others >= own:
                other = self._chosen[number]
                if len(sentence.terms & other.terms) >= min(own, least) and _compatible(sentence, other):
                    return False
        for term in telling:
            known.setdefault(term, []).append(len(self._chosen))
        self._chosen.append(sentence)
        self._least.append(own)
        return True


def _compatible(one: Sentence, other: Sentence) -> bool:
    """Whether the figures of one are among the other's."""
    first, second = set(one.figures), set(other.figures)
    return first <= second or second <= first
