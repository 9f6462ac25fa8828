"""Why a sentence was chosen: the largest true contributions to its score, in words.

Owns the words. Refuses to invent: each reason is a part of the sum that made the score, and is named only if it raised
it.

Invariant: what is in round brackets stands in the sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from reader.claims.cues import cues
from reader.claims.features import CURRENCY, PERCENT, UNIT, numbers
from reader.claims.kinds import figure
from reader.claims.model import Article, Weights, runs, weights

REASONS: Final = 3
"""So many at most."""
_LEAST: Final = 0.2
"""A reason counts for so large a share of the first, at least."""

_FAMILIES: Final[dict[str, str]] = {
    "report": "attributed", "argue": "attributed", "source": "attributed", "expert": "attributed",
    "says_that": "attributed", "quoted": "quoted", "study": "study", "finding": "study", "percent": "figure",
    "currency": "figure", "unit": "figure", "numbers": "figure", "number": "figure", "date": "dated", "year": "dated",
    "compare": "comparison", "superlative": "superlative", "able": "says what can be", "must": "says what must be",
    "future": "looks ahead", "boost": "emphatic", "negation": "denies", "cause": "cause and effect",
    "link": "cause and effect", "conclude": "concludes", "verdict": "concludes", "contrast": "contrast",
    "good": "judges", "bad": "judges", "evaluates": "judges", "key": "calls it important", "change": "change",
    "stance": "takes a stand", "we": "takes a stand", "people": "about people at large",
    "policy": "about public matters", "all": "general", "some": "general", "emphasis": "emphatic",
    "purpose": "purpose", "condition": "condition", "order": "a point in a list", "hedge": "weighs its words",
    "cue_kinds": "many signs of a claim", "length": "says much", "tie_after": "taken up by the next sentence",
    "tie_before": "takes up the sentence before", "fresh": "says something new",
}  # fmt: skip
"""Under which word a feature is told; pairs and starts go under the word of their first cue. Those not here are not
told: they matter, but nobody would understand them."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the reasons of all sentences of an article are measured against."""

    values: tuple[float, ...]
    """The mean of each feature."""
    postings: dict[str, tuple[int, ...]]
    """The sentences that each term stands in."""


def means(article: Article) -> Means:
    """The means of an article."""
    count = max(1, len(article.sentences))
    columns = zip(*(sentence.values for sentence in article.sentences), strict=True)
    postings: dict[str, list[int]] = {}
    for number, sentence in enumerate(article.sentences):
        for term in set(sentence.terms):
            postings.setdefault(term, []).append(number)
    return Means(
        tuple(sum(column) / count for column in columns),
        {term: tuple(where) for term, where in postings.items()},
    )


def contributions(article: Article, number: int, average: Means) -> list[tuple[float, str]]:
    """What raised the score of sentence `number`, the most first: how much of the sum, and which reason it was.

    What the cues add is shared out among the families of features that pulled it up, in proportion.
    """
    from reader.claims.features import names

    parts = article.parts
    found = [(parts[name][number], name) for name in ("wording", "central", "title", "opens", "lead")]
    whole = parts["cues"][number]
    if whole > 0:
        pulls: dict[str, float] = {}
        sentence = article.sentences[number]
        known = weights().features
        for name, value, mean, weight in zip(names(), sentence.values, average.values, known, strict=True):
            pull = weight * (value - mean)
            if value and pull > 0:
                family = _FAMILIES.get(name.removeprefix("starts:").split("+")[0])
                pulls[family or ""] = pulls.get(family or "", 0.0) + pull
        total = sum(pulls.values()) or 1.0
        found += [(whole * pull / total, family) for family, pull in pulls.items() if family]
    return sorted((one for one in found if one[0] > 0), key=lambda one: (-one[0], one[1]))


def why(article: Article, number: int, average: Means, text: str) -> str:
    """The two or three largest reasons of sentence `number`, whose text is `text`, joined with " · "."""
    told: list[str] = []
    first = 0.0
    for amount, reason in contributions(article, number, average):
        if told and amount < first * _LEAST:
            break
        said = _say(article, number, reason, average, text)
        if said:
            told.append(said)
            first = first or amount
        if len(told) == REASONS:
            break
    return " · ".join(told) or "the strongest sentence of its part of the article"


def _say(article: Article, number: int, reason: str, average: Means, text: str) -> str:
    """One reason in words, "" if it cannot be shown in the sentence."""
    sentence = article.sentences[number]
    match reason:
        case "wording":
            run = _telling(article, number, weights())
            return f"worded as claims are ({run})" if run else "worded as claims are"
        case "central":
            count = _recurs(article, number, average)
            return f"its words recur in {count} {'sentence' if count == 1 else 'sentences'}" if count else ""
        case "title":
            shared = _shared(sentence.terms, article.title_terms)
            return f"shares {shared} {'word' if shared == 1 else 'words'} with the title" if shared else ""
        case "opens":
            return "opens its paragraph" if article.raw["opens"][number] == 1.0 else "closes its paragraph"
        case "lead":
            return "opens the report" if number == 0 else "near the opening of the report"
        case "figure":
            found = _figure(sentence.reading.text, text)
            return f"figure ({found})" if found else ""
        case "quoted":
            return "quotes"
        case family:
            shown = _surface(article, number, family, text)
            plain = family in ("many signs of a claim", "says much", "says something new") or "sentence" in family
            return f"{family} ({shown})" if shown else family if plain else ""


def _figure(folded: str, text: str) -> str:
    """The figure as the author wrote it; any number where there is none by the rules of kinds."""
    if figure(folded):
        for pattern in (PERCENT, CURRENCY, UNIT):
            match = pattern.search(folded)
            if match:
                return text[match.start() : match.end()].strip()
    found = numbers(folded)
    return text[found[0][0] : found[min(1, len(found) - 1)][1]] if found else ""


def _surface(article: Article, number: int, family: str, text: str) -> str:
    """The cue words of a family as they stand in the sentence, two at most."""
    spans: list[tuple[int, int]] = []
    for group, places in article.sentences[number].reading.hits.items():
        if _FAMILIES.get(cues().groups[group]) == family:
            spans += places
    shown: list[str] = []
    for start, end in sorted(set(spans)):
        word = text[start:end].strip()
        if word and word not in shown:
            shown.append(word)
    return ", ".join(shown[:2])


def _telling(article: Article, number: int, known: Weights) -> str:
    """The two words, or the one longer word, that speak most for a claim; "" if none does."""
    best, telling = 0, ""
    for run, place in runs(article.sentences[number]):
        value = known.wording[place]
        plain = "<>" not in run and "^" not in run and (" " in run or len(run) > 4)
        if plain and best < value < 128:
            best, telling = value, run
    return telling


def _recurs(article: Article, number: int, average: Means) -> int:
    """In how many other sentences at least two of the sentence's terms stand."""
    seen: Counter[int] = Counter()
    for term in set(article.sentences[number].terms):
        seen.update(average.postings[term])
    return sum(1 for other, count in seen.items() if count >= 2 and other != number)


def _shared(terms: Sequence[str], title: frozenset[str]) -> int:
    """How many words a sentence shares with the title; pairs of Han that overlap are one word of three or more."""
    found = [term for term in dict.fromkeys(terms) if term in title]
    joined = 0
    for one, other in pairwise(found):
        joined += len(one) == len(other) == 2 and one[1] == other[0] and one[0] >= "\u2e80"
    return len(found) - joined
