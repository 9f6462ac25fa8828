"""The parts of the score: ranks, centrality, and what tells a report."""

from __future__ import annotations

import pytest

from reader.claims.features import measure
from reader.claims.model import central, newslike, ranked, spread


def test_ranks() -> None:
    assert ranked([3.0, 1.0, None, 1.0]) == pytest.approx([5 / 6, 1 / 3, 0.5, 1 / 3])
    assert ranked([]) == []
    assert spread([0.1, 0.9, 0.2, 0.8, 0.5], 1.0) == [0.5] * 5


def test_the_centre_of_an_article_is_what_its_sentences_share() -> None:
    texts = [
        "Bees make honey in summer.",
        "Honey from bees is sweet in summer.",
        "My uncle owns a red car.",
        "Honey keeps.",
    ]
    found = central([measure(text) for text in texts])
    assert max(range(4), key=found.__getitem__) in (0, 1)
    assert min(range(4), key=found.__getitem__) == 2


def test_only_a_headline_makes_a_report() -> None:
    assert newslike([0.8, 0.1], frozenset("abcd")) == 1.0
    assert newslike([0.8, 0.1], frozenset("abc")) == 0.0
    assert newslike([0.1, 0.1, 0.9], frozenset("abcdef")) == 0.0
