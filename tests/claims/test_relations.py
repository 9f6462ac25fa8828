"""What only the article tells of its sentences."""

from __future__ import annotations

from collections import Counter

import pytest

from reader.claims.features import measure
from reader.claims.relations import NAMES, central, ranked, relate, subject


def test_ranks() -> None:
    assert ranked([3.0, 1.0, 1.0]) == pytest.approx([5 / 6, 1 / 3, 1 / 3])
    assert ranked([]) == []


def test_the_centre_of_an_article_is_what_its_sentences_share() -> None:
    texts = [
        "Bees make honey in summer.",
        "Honey from bees is sweet in summer.",
        "My uncle owns a red car.",
        "Honey keeps.",
    ]
    bags = [measure(text).terms for text in texts]
    found = central(bags, Counter(term for bag in bags for term in bag))
    assert max(range(4), key=found.__getitem__) in (0, 1)
    assert min(range(4), key=found.__getitem__) == 2


def test_the_first_heading_that_says_something_stands_in_for_the_title() -> None:
    assert subject("", ["Opening", "Harbour tolls"]) == subject("Harbour tolls", [])
    assert subject("", []) == frozenset()


def columns(texts: list[str], **known: object) -> dict[str, list[float]]:
    given = {"title": "", "headings": [], "paragraphs": None} | known
    return dict(zip(NAMES, relate([measure(text) for text in texts], **given), strict=True))


def test_the_sentence_that_names_what_the_title_names_stands_out() -> None:
    found = columns(["It rained.", "The ferry toll rises to 12 euros.", "People waited."], title="Ferry toll up to 12")
    assert found["title"][1] == max(found["title"]) > 0
    assert found["title_best"] == [0.0, 1.0, 0.0]
    assert found["figure_of_title"] == [0.0, 1.0, 0.0]


def test_what_is_not_known_is_the_same_for_all() -> None:
    found = columns(["One thing stands here.", "Another thing stands there."])
    for name in ("title", "title_best", "heading", "opens", "closes", "alone", "figure_of_title"):
        assert len(set(found[name])) == 1


def test_the_edges_of_paragraphs() -> None:
    found = columns(["A b.", "C d.", "E f.", "G h."], paragraphs=[0, 0, 0, 1])
    assert found["opens"] == [1.0, 0.0, 0.0, 0.0]
    assert found["closes"] == [0.0, 0.0, 1.0, 0.0]
    assert found["alone"] == [0.0, 0.0, 0.0, 1.0]
