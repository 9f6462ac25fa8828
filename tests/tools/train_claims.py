"""Make the weights of the key claims anew: train_claims.py FOLDER [--cross-validate] [--ablation] [--out FOLDER]

FOLDER holds `articles.train.jsonl.gz` and `ibm_ce15.train.jsonl.gz`. Needs numpy and scipy, which the reader does not;
one core, about a minute. The features are those the reader computes when it runs (`reader.claims`).

Two linear models are fitted by logistic regression (L-BFGS, ridge penalty), every feature standardised within its
article (see `model.moments`) and the rows of an article weighing more the more important the sentence is that they
mark:

- *article*: all of `articles.train`, and `ibm_ce15` at a low weight. Wording is learned from `lctt`, `rust-blog` and
  `ibm_ce15` alone: the licence of the other articles does not allow tables of their words.
- *argument*: `ibm_ce15`, drawn towards a prior set by hand, since the set is one language and one genre.

Invariant: the same files and the same versions of numpy and scipy give the same bytes. Nothing is random.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final
from zlib import crc32

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent.parent.parent))

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

from reader.claims import model, relations
from reader.claims.features import SHAPES, Sentence, flags, measure
from reader.claims.model import BITS, Linear, Weights, assess, moments, names, tokens

ARTICLES: Final = "articles.train.jsonl.gz"
ARGUMENTS: Final = "ibm_ce15.train.jsonl.gz"
WORDLESS: Final = frozenset({"byteai"})
"""Sources whose words must not be learned."""
QUICK_WEIGHT: Final = 0.6
"""Of an article that was read once quickly, against one read with care."""
IBM_WEIGHT: Final = 0.01
"""Of a sentence of the debates in the article model."""
SEEN: Final = 3
"""A run of words is learned from the articles if it stands in so many sentences."""
TOPICS: Final = 6
"""A run of words is learned from the debates if it stands in so many topics: rarer ones belong to their topic."""
RIDGE: Final = 0.005
"""Of the features of the article model, against the mean loss of a sentence."""
WORD_RIDGE: Final = 2.5e-4
ARGUMENT_RIDGE: Final = 0.004
ARGUMENT_WORD_RIDGE: Final = 3e-5
ROUNDS: Final = 300
ARGUMENT_ROUNDS: Final = 80
"""Where the fit of the argument model stops: later it is closer to the debates, and worse on the articles."""
FOLDS: Final = 5
ALIKE: Final = 0.15
"""Articles that share so large a part of the shorter one's runs of three tokens are kept in one fold."""

PRIOR: Final = {
    "stance": 0.6, "conclude": 0.4, "starts:conclude": 0.5, "must": 0.4, "key": 0.4, "emphasis": 0.2,
    "superlative": 0.1, "compare": 0.2, "contrast": 0.1, "starts:contrast": 0.2, "study": 0.2, "finding": 0.2,
    "argue": 0.3, "source": 0.3, "report": 0.2, "percent": 0.4, "currency": 0.3, "unit": 0.2, "numbers": 0.1,
    "cause": 0.3, "future": 0.3, "able": 0.2, "good": 0.2, "bad": 0.2, "evaluates": 0.3, "all": 0.1, "change": 0.2,
    "we": 0.1, "starts:order": 0.3, "order": 0.1, "negation": 0.1, "size": 1.0, "cue_kinds": 1.0, "to_after": 0.3,
    "short": -0.5, "example": -0.3, "starts:example": -0.8, "technical": -0.4, "thanks": -3.0, "question_mark": -0.6,
    "self": -0.2, "story": -0.4, "starts:story": -0.4, "starts:they": -0.2, "past": -0.2, "define": -0.2,
    "exclamation": -0.2, "ellipsis": -0.2, "starts:past": -0.3, "finality": 0.3, "summary": 0.3, "register": -1.0,
    "credit": -1.0, "company": -0.5, "outline": -0.4, "invite": -0.4,
}  # fmt: skip
"""What a feature should add in an argument if the data said nothing, in log-odds, in any language."""


@dataclass(slots=True)
class Labelled:
    """A document of the sets, measured."""

    name: str
    source: str
    language: str
    title: str
    headings: list[str]
    paragraphs: list[int]
    topic: str
    weight: float
    gold: np.ndarray
    ranks: np.ndarray
    sentences: list[Sentence]
    columns: list[list[float]]
    features: np.ndarray = field(default_factory=lambda: np.zeros(0))
    runs: list[set[Any]] = field(default_factory=list)


def load(path: Path) -> list[Labelled]:
    """The documents of a labelled file, measured."""
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            sentences = [measure(one["t"][:1500]) for one in row["sents"]]
            headings, paragraphs = row.get("sections") or [], [one["p"] for one in row["sents"]]
            found.append(
                Labelled(
                    name=row["doc"],
                    source=row.get("source", "ibm"),
                    language=row["lang"],
                    title=row.get("title") or "",
                    headings=headings,
                    paragraphs=paragraphs,
                    topic=row.get("topic", ""),
                    weight=QUICK_WEIGHT if row.get("quick") else 1.0,
                    gold=np.array([float(one["y"]) for one in row["sents"]]),
                    ranks=np.array([float(one.get("r", 0)) for one in row["sents"]]),
                    sentences=sentences,
                    columns=relations.relate(sentences, row.get("title") or "", headings, paragraphs),
                    runs=[runs(tokens(one.reading.text)) for one in sentences],
                )
            )
    return found


def raw(one: Labelled) -> np.ndarray:
    """One row a sentence, one column for each of `names()`."""
    found = np.zeros((len(one.sentences), len(names())))
    for number, sentence in enumerate(one.sentences):
        found[number, list(sentence.flags)] = 1.0
        found[number, len(flags()) : len(flags()) + len(SHAPES)] = sentence.shape
    found[:, len(flags()) + len(SHAPES) :] = np.array(one.columns).T
    return found


def usual(documents: Sequence[Labelled]) -> tuple[float, ...]:
    """The variance of each flag and shape within an article, over all sentences; 0 for the relations."""
    centred = [own - own.mean(axis=0) for own in map(raw, documents)]
    variance = np.square(np.vstack(centred)).mean(axis=0)
    variance[len(flags()) + len(SHAPES) :] = 0.0
    return tuple(round(float(one), 6) for one in variance)


def standardise(documents: Sequence[Labelled], known: tuple[float, ...]) -> None:
    """Fill in the features; `known` is `usual` of the articles."""
    for one in documents:
        means, scales = moments(one.sentences, one.columns, known)
        one.features = (raw(one) - np.array(means)) * np.array(scales)


def runs(words: list[str]) -> set[Any]:
    """The distinct runs of one and two tokens, as `model.places` finds them: all numbers are one."""
    words = ["0" if word.isdigit() else word for word in words]
    return set(words) | set(zip(["^", *words], words, strict=False))


def place(run: Any) -> int:
    """Where a run stands in a wording table."""
    return model.pair_place(*run) if isinstance(run, tuple) else model.word_place(run)


def vocabulary(documents: Sequence[Labelled]) -> set[Any]:
    """The runs that are seen often enough, and may be learned. A document that is given twice counts once."""
    seen: Counter[Any] = Counter()
    topics: dict[Any, set[str]] = {}
    for one in {(one.source, one.name): one for one in documents}.values():
        if one.source == "ibm":
            for own in one.runs:
                for run in own:
                    topics.setdefault(run, set()).add(one.topic)
        elif one.source not in WORDLESS:
            for own in one.runs:
                seen.update(own)
    return {run for run, times in seen.items() if times >= SEEN} | {
        run for run, where in topics.items() if len(where) >= TOPICS
    }


def wording(documents: Sequence[Labelled], known: set[Any]) -> sparse.csr_matrix:
    """One row a sentence: 1 over the root of the number of its runs at the place of each run that is known."""
    where: dict[Any, int] = {}
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for one in documents:
        for own in one.runs:
            if one.source not in WORDLESS:
                found = set()
                for run in own & known:
                    if run not in where:
                        where[run] = place(run)
                    found.add(where[run])
                columns += sorted(found)
                values += [1 / math.sqrt(max(1, len(own)))] * len(found)
            ends.append(len(columns))
    return sparse.csr_matrix(
        (np.array(values), np.array(columns, dtype=np.int64), np.array(ends)), shape=(len(ends) - 1, 1 << BITS)
    )


def fit(
    documents: Sequence[Labelled],
    weigh: Callable[[Labelled], float],
    ridge: float,
    word_ridge: float,
    prior: np.ndarray | None = None,
    rounds: int = ROUNDS,
    without: Iterable[int] = (),
    words: bool = True,
) -> Linear:
    """Logistic regression on features and wording together. `without`: features that are left out."""
    features = np.vstack([one.features for one in documents])
    features[:, list(without)] = 0.0
    gold = np.concatenate([one.gold for one in documents])
    base = np.concatenate([np.full(len(one.gold), -3.5 if one.source == "ibm" else -1.8) for one in documents])
    weight = np.concatenate(
        [weigh(one) * np.where(one.gold > 0, 1.5 - one.ranks / max(1.0, one.ranks.max()), 1.0) for one in documents]
    )
    main = np.concatenate([np.full(len(one.gold), one.source != "ibm") for one in documents])
    weight /= weight[main].sum() if main.any() else weight.sum()
    table = wording(documents, vocabulary(documents) if words else set())
    used = np.unique(table.indices)
    table = table[:, used].tocsr()
    turned = table.T.tocsr()
    size = features.shape[1]
    start = np.zeros(size) if prior is None else prior

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        own, middle, words = values[:size], values[size], values[size + 1 :]
        likely = 1 / (1 + np.exp(-(features @ own + table @ words + base + middle)))
        error = weight * (likely - gold)
        total = -(weight * (gold * np.log(likely + 1e-12) + (1 - gold) * np.log(1 - likely + 1e-12))).sum()
        total += ridge / 2 * ((own - start) ** 2).sum() + word_ridge / 2 * (words**2).sum()
        slope = np.concatenate(
            [features.T @ error + ridge * (own - start), [error.sum()], turned @ error + word_ridge * words]
        )
        return float(total), slope

    found = minimize(
        loss, np.concatenate([start, np.zeros(1 + len(used))]), jac=True, method="L-BFGS-B", options={"maxiter": rounds}
    ).x
    weights = np.zeros(1 << BITS)
    weights[used] = found[size + 1 :]
    scale = float(np.quantile(np.abs(weights[used]), 0.999)) / 127 if len(used) else 0.0
    packed = np.clip(np.round(weights / (scale or 1.0)), -127, 127).astype(np.int8)
    return Linear(tuple(round(float(one), 4) for one in found[:size]), array("b", packed.tobytes()), scale)


def argument(debates: Sequence[Labelled]) -> Linear:
    """The model of claims in debates."""
    prior = np.array([PRIOR.get(name, 0.0) * PRIOR_DEVIATION for name in names()])
    return fit(debates, lambda one: 1.0, ARGUMENT_RIDGE, ARGUMENT_WORD_RIDGE, prior, ARGUMENT_ROUNDS)


PRIOR_DEVIATION: Final = 0.3
"""The standard deviation of a usual cue within an article: turns the prior's log-odds into those of a deviation."""


def untitled(articles: Sequence[Labelled], variance: tuple[float, ...]) -> list[Labelled]:
    """The articles as they are where the titles of their sections are not known."""
    found = [
        replace(one, columns=relations.relate(one.sentences, one.title, (), one.paragraphs), headings=[])
        for one in articles
    ]
    standardise(found, variance)
    return found


def article(
    articles: Sequence[Labelled],
    debates: Sequence[Labelled],
    variance: tuple[float, ...],
    without: Iterable[int] = (),
    words: bool = True,
) -> Linear:
    """The model of what a careful reader marks. Each article is learned from twice, with the titles of its sections and
    without, each with half the weight: learned from once, too much hangs on the titles, and more is lost without."""
    return fit(
        [*articles, *untitled(articles, variance), *debates],
        lambda one: IBM_WEIGHT if one.source == "ibm" else one.weight / 2,
        RIDGE,
        WORD_RIDGE,
        without=without,
        words=words,
    )


# --- Judging ----------------------------------------------------------------------------------------------------------


def precision(gold: np.ndarray, scores: Sequence[float]) -> tuple[float, float, float]:
    """P@10 % (at least 3), precision at the number of gold sentences, and the share of fifths the 10 % touch."""
    order = sorted(range(len(scores)), key=lambda number: -scores[number])
    most, right = max(3, math.ceil(len(gold) * 0.1)), int(gold.sum())
    fifths = {number * 5 // len(gold) for number in order[:most]}
    return (
        float(gold[order[:most]].sum()) / min(most, len(gold)),
        float(gold[order[:right]].sum()) / right,
        len(fifths) / min(5, most, len(gold)),
    )


def judged(documents: Sequence[Labelled], scores: Sequence[Sequence[float]]) -> str:
    """The figures by source, in a line."""
    groups: dict[str, list[tuple[float, float, float]]] = {}
    for one, own in zip(documents, scores, strict=True):
        if one.gold.any():
            kind = f"{one.source}/{one.language}" if one.source == "lctt" else one.source
            for group in ("all", kind):
                groups.setdefault(group, []).append(precision(one.gold, own))
    return "  ".join(
        f"{group} " + "/".join(f"{np.mean([row[at] for row in rows]):.3f}" for at in range(3))
        for group, rows in sorted(groups.items())
    )


def scored(one: Labelled, known: Weights, headings: bool = True) -> list[float]:
    """As the reader scores it; `headings`: with the titles of the sections."""
    return assess(
        one.sentences,
        title=one.title,
        headings=one.headings if headings else (),
        paragraphs=one.paragraphs,
        known=known,
    ).scores


def folds(documents: Sequence[Labelled]) -> list[int]:
    """A fold for each article; those that share much text are in one."""
    grams = [{gram for own in one.sentences for gram in _threes(tokens(own.reading.text))} for one in documents]
    head = list(range(len(documents)))
    for one in range(len(documents)):
        for other in range(one):
            small = min(len(grams[one]), len(grams[other]))
            if head[other] != head[one] and len(grams[one] & grams[other]) > ALIKE * small:
                old, new = head[one], head[other]
                head = [new if group == old else group for group in head]
    return [crc32(documents[group].name.encode()) % FOLDS for group in head]


def _threes(words: list[str]) -> Iterable[tuple[str, ...]]:
    return zip(words, words[1:], words[2:], strict=False)


def cross_validated(
    articles: Sequence[Labelled],
    groups: Sequence[object],
    debates: Sequence[Labelled],
    second: Linear,
    variance: tuple[float, ...],
    without: Iterable[int] = (),
    words: bool = True,
    headings: bool = True,
) -> str:
    """The figures on each group by the model of the other groups."""
    scores: list[list[float]] = [[] for _ in articles]
    for group in sorted(set(groups), key=str):
        others = [one for one, own in zip(articles, groups, strict=True) if own != group]
        known = Weights(article(others, debates, variance, without, words), second, variance)
        for number, (one, own) in enumerate(zip(articles, groups, strict=True)):
            if own == group:
                scores[number] = scored(one, known, headings)
    return judged(articles, scores)


def families() -> dict[str, list[int]]:
    """The features by what they measure."""
    known = names()
    first, second = len(flags()), len(flags()) + len(SHAPES)
    groups = {
        "cues": [at for at in range(first) if not known[at].startswith("starts:")],
        "cues at the start": [at for at in range(first) if known[at].startswith("starts:")],
        "shapes": list(range(first, second)),
        "relations": list(range(second, len(known))),
    }
    for family, columns in {
        "title": "title title_rank title_best title_first title_cover figure_of_title",
        "headings": "heading heading_best",
        "centrality": "central central_rank repeated",
        "first sentence, neighbours": "to_first to_before to_earlier to_after to_last after_contrast before_size "
        "after_size before_title after_title before_cues after_cues",
        "new terms": "fresh",
        "length": "length_rank size short",
        "paragraph": "opens closes alone paragraph_size",
        "figures": "percent currency unit number numbers date digits",
    }.items():
        groups[family] = [known.index(column) for column in columns.split()]
    return groups


def write(found: Weights, folder: Path) -> None:
    """Write the two files that `model.weights` reads."""
    table = {
        name: {"scale": one.scale, "features": dict(zip(names(), one.features, strict=True))}
        for name, one in (("article", found.article), ("argument", found.argument))
    }
    head = {"made by": "tests/tools/train_claims.py", "data and licences": "WEIGHTS.txt"}
    head["variance"] = {name: one for name, one in zip(names(), found.usual, strict=True) if one}
    (folder / "weights.json").write_text(json.dumps(head | table, indent=1) + "\n", encoding="utf-8")
    (folder / "wording.bin").write_bytes(found.article.wording.tobytes() + found.argument.wording.tobytes())


def main() -> None:
    """Train, and write or judge."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path, help="of the labelled sentences")
    arguments.add_argument("--out", type=Path, help="where the weights go; the package by default")
    arguments.add_argument("--cross-validate", action="store_true", help="print figures by article and by source")
    arguments.add_argument("--ablation", action="store_true", help="print the figures without each family of features")
    given = arguments.parse_args()
    articles, debates = load(given.folder / ARTICLES), load(given.folder / ARGUMENTS)
    variance = usual(articles)
    standardise([*articles, *debates], variance)
    second = argument(debates)
    if given.cross_validate or given.ablation:
        judge(articles, debates, second, variance, given.ablation)
    else:
        out = given.out or Path(__file__).parent.parent.parent / "reader" / "claims"
        write(Weights(article(articles, debates, variance), second, variance), out)


def judge(
    articles: list[Labelled], debates: list[Labelled], second: Linear, variance: tuple[float, ...], ablation: bool
) -> None:
    """Print the tables: P@10 % / RPrec / fifths, by source."""
    groups = folds(articles)
    validated = partial(cross_validated, articles, second=second, variance=variance)

    def show(name: str, figures: str) -> None:
        print(f"{name:34s}", figures, flush=True)

    if ablation:  # without the debates, which take most of the time and change little
        show("all features", validated(groups, []))
        for name, without in families().items():
            show("  without " + name, validated(groups, [], without=without))
        show("  without wording", validated(groups, [], words=False))
        return
    show("by article", validated(groups, debates))
    show("by article, no headings", validated(groups, debates, headings=False))
    show("by source", validated([one.source for one in articles], debates))
    halves = [[one for one in debates if crc32(one.topic.encode()) % 2 == half] for half in (0, 1)]
    scores: list[list[float]] = []
    for half in (0, 1):
        known = Weights(article(articles, halves[half], variance), argument(halves[half]), variance)
        scores += [scored(one, known) for one in halves[1 - half]]
    show("debates, by topic", judged(halves[1] + halves[0], scores))


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":  # sums over sets are the same to the last digit in one order only
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    main()
