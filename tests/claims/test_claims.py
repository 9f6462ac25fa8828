"""The package: the score of sentences, on labelled articles of our own."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import CASES

from reader.claims import score
from reader.claims.features import measure
from reader.claims.model import central

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


def articles() -> Iterator[tuple[str, str, list[tuple[str, int, int]]]]:
    """Genre, title, and (sentence, gold, paragraph) of our little labelled articles."""
    title, genre, paragraph, found = "", "", 0, list[tuple[str, int, int]]()
    for line in [*(CASES / "claims_articles.txt").read_text(encoding="utf-8").splitlines(), "= end"]:
        if line.startswith("= "):
            if found:
                yield genre, title, found
            title, found, paragraph = line[2:], [], 0
        elif line.startswith("@ "):
            genre = line[2:]
        elif not line:
            paragraph += 1
        elif not line.startswith("#"):
            found.append((line.removeprefix("* "), int(line.startswith("* ")), paragraph))


def precision(gold: list[int], values: list[float]) -> float:
    """The share of gold among as many of the best as there are gold ones."""
    best = sorted(range(len(gold)), key=lambda number: -values[number])[: sum(gold)]
    return sum(gold[number] for number in best) / sum(gold)


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
        figures["central"].append(precision(gold, central([measure(text) for text in texts])))
    means = {name: sum(values) / len(values) for name, values in figures.items()}
    assert len(genres) >= 9
    assert means["score"] > 1.1 * max(value for name, value in means.items() if name != "score"), means
    for genre in set(genres):
        own = [number for number, name in enumerate(genres) if name == genre]
        for other in ("random", "lead"):
            assert sum(figures["score"][number] for number in own) > sum(figures[other][number] for number in own), (
                genre
            )


def test_nothing_is_read_at_import() -> None:
    code = (
        "import sys, reader.claims; "
        "print([name for name in sys.modules if name.startswith('reader.claims.') or name in ('json', 'textual')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['reader.claims.choice']"
