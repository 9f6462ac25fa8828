"""The score of a sentence."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from claims_cases import articles
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.claims import score
from reader.claims.features import measure
from reader.claims.model import gates, pair_place, places, spread, tokens, word_place
from reader.claims.relations import central

SENTENCE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", " ", "。", "The tax will rise by 5%.", "研究表明，睡眠有助于记忆。", "그는 갔다.", "a" * 4000, "9" * 3000]
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCE, max_size=30), st.text(max_size=40), st.booleans(), st.integers(1, 5))
def test_score_gives_one_number_a_sentence(sentences: list[str], title: str, known: bool, length: int) -> None:
    paragraphs = [number // length for number in range(len(sentences))] if known else None
    found = score(sentences, title=title, paragraphs=paragraphs)
    assert len(found) == len(sentences)
    assert all(math.isfinite(value) and 0 <= value <= 1 for value in found)
    assert found == score(sentences, title=title, paragraphs=paragraphs)


def test_score_refuses_paragraphs_of_another_length() -> None:
    with pytest.raises(ValueError, match="2 sentences, but 1 paragraph"):
        score(["a", "b"], paragraphs=[0])


def test_sections_and_a_title_change_nothing_where_they_say_nothing() -> None:
    texts = ["The tax will rise by 5% next year.", "He went home.", "It rained on the harbour town."]
    assert score(texts, sections=None) == score(texts, sections=["Opening"]) == score(texts, title="", sections=[])


def test_the_places_of_a_sentence_are_those_of_its_runs() -> None:
    words = tokens("AI改变了23 things")
    assert words == ["ai", "改", "变", "了", "23", "things"]
    assert word_place("23") == word_place("7") == word_place("0")
    runs = [word_place(word) for word in words]
    runs += [pair_place(one, other) for one, other in zip(["^", *words], words, strict=False)]
    assert places(words) == set(runs)


def test_an_even_score_in_every_stretch() -> None:
    assert spread([0.1, 0.9, 0.2, 0.8, 0.5], 1.0) == [0.5] * 5


def test_the_gates_tell_reports_from_essays() -> None:
    found: dict[bool, list[float]] = {True: [], False: []}
    for genre, _, rows in articles():
        gate = gates([measure(row[0]) for row in rows])
        found["essay" in genre].append(gate.argument - gate.report)
    assert min(found[True]) >= 0
    assert sum(found[True]) / len(found[True]) > 0.5
    assert sum(found[False]) < 0


def precision(gold: list[int], values: list[float]) -> float:
    """The share of gold among as many of the best as there are gold ones."""
    best = sorted(range(len(gold)), key=lambda number: -values[number])[: sum(gold)]
    return sum(gold[number] for number in best) / sum(gold)


def textrank(texts: list[str]) -> list[float]:
    bags = [measure(text).terms for text in texts]
    return central(bags, Counter(term for bag in bags for term in bag), rounds=5)


def test_the_score_beats_order_length_and_centrality() -> None:
    figures: dict[str, list[float]] = {name: [] for name in ("score", "random", "lead", "longest", "central")}
    genres: list[str] = []
    for genre, title, rows in articles():
        texts, gold, paragraphs = [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
        genres.append(genre)
        figures["score"].append(precision(gold, score(texts, title=title, paragraphs=paragraphs)))
        figures["random"].append(sum(gold) / len(gold))
        figures["lead"].append(precision(gold, [-float(number) for number in range(len(texts))]))
        figures["longest"].append(precision(gold, [float(len(text)) for text in texts]))
        figures["central"].append(precision(gold, textrank(texts)))
    means = {name: sum(values) / len(values) for name, values in figures.items()}
    assert len(genres) >= 9
    assert means["score"] > 1.1 * max(value for name, value in means.items() if name != "score"), means
    for genre in set(genres):
        own = [number for number, name in enumerate(genres) if name == genre]
        for other in ("random", "lead"):
            assert sum(figures["score"][number] for number in own) > sum(figures[other][number] for number in own), (
                genre
            )
