"""Makes the weights again: `python -m reader.claims.train FILE.jsonl.gz [OUT]`, with the standard library alone.

Owns the training of the two learned parts, and the honest guesses from which it starts. Refuses any other data than the
file given; the weights that ship are made from IBM Debater CE-EMNLP-2015, whose name and licence it writes beside them.

Invariant: the same file gives the same bytes. Nothing is random: the order of the sentences is that of a hash.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from reader.claims.features import measure, names, relate
from reader.claims.model import BITS, Weights, runs

DATA: Final = "IBM Debater CE-EMNLP-2015 (claims and evidence in Wikipedia articles), training part"
LICENCE: Final = "CC BY-SA 3.0"

PRIOR: Final = {
    "stance": 0.6, "conclude": 0.4, "starts:conclude": 0.5, "must": 0.4, "key": 0.4, "emphasis": 0.2,
    "superlative": 0.1, "compare": 0.2, "contrast": 0.1, "starts:contrast": 0.2, "study": 0.2, "finding": 0.2,
    "study+finding": 0.4, "argue": 0.3, "expert+argue": 0.3, "source": 0.3, "report": 0.2, "percent": 0.4,
    "currency": 0.3, "unit": 0.2, "numbers": 0.1, "cause": 0.3, "future": 0.3, "able": 0.2, "good": 0.2, "bad": 0.2,
    "evaluates": 0.3, "all": 0.1, "change": 0.2, "verdict": 0.4, "we": 0.1, "starts:order": 0.3, "order": 0.1,
    "negation": 0.1, "says_that": 0.3, "length": 0.5, "cue_kinds": 1.0, "tie_after": 0.3, "short": -0.5,
    "example": -0.3, "starts:example": -0.8, "technical": -0.4, "thanks": -3.0, "question_mark": -0.6, "self": -0.2,
    "story": -0.4, "starts:story": -0.4, "starts:they": -0.2, "past": -0.2, "past_words": -0.1, "define": -0.2,
    "exclamation": -0.2, "ellipsis": -0.2, "quote_whole": -0.2, "starts:past": -0.3,
}  # fmt: skip
"""What a feature should weigh if the data said nothing (in log-odds), in any language and genre: the data is one
language and one genre, and the fewer sentences it has for a feature, the more this holds."""

GENRE: Final = frozenset({
    "names", "past", "past_words", "number", "year", "date", "story", "starts:story", "report", "policy",
    "policy+good", "policy+bad", "argue+policy", "must+policy", "report+past", "story+past", "event", "define",
    "bracket", "people", "technical", "numbers", "unit", "currency", "percent", "clauses", "some", "also",
    "semicolon", "exclamation", "fresh", "order", "starts:order", "conclude", "starts:conclude", "contrast",
    "starts:contrast", "we", "starts:we", "self", "you", "stance", "starts:condition", "starts:future", "emphasis",
    "key", "must", "verdict", "question", "question_mark",
})  # fmt: skip
"""Features that tell the genre of the training set as much as a claim, held to the prior four times as firmly. An
encyclopaedia has many names, dates and numbers, and no author who argues in the first person."""


FIRMNESS: Final = 1500.0
"""How firmly the prior is held: as if by so many sentences' worth of evidence for a feature of standard deviation 1."""
GENRE_FIRMNESS: Final = 4.0
TOPICS: Final = 6
"""A run of words must occur in so many topics to be learned: rarer ones belong to their topic."""
PASSES: Final = 8
RIDGE: Final = 1.0
"""Of the wording, in the usual 1/2 w^2, over the whole set."""


@dataclass(slots=True)
class Example:
    """A sentence of the training set."""

    inputs: list[tuple[int, float]]
    """Numbers and values of the features that are not 0."""
    runs: list[tuple[str, int]]
    """Its runs of words, and their places in the table."""
    gold: int
    topic: str


def load(path: Path) -> list[dict[str, Any]]:
    """The documents of a labelled file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def examples(documents: Sequence[dict[str, Any]]) -> list[Example]:
    """Every sentence measured, in the order of training: that of a hash, so that neighbours are apart."""
    found: list[tuple[int, Example]] = []
    for document in documents:
        sentences = [measure(row["t"]) for row in document["sents"]]
        relate(sentences)
        for number, (row, sentence) in enumerate(zip(document["sents"], sentences, strict=True)):
            inputs = [(place, value) for place, value in enumerate(sentence.values) if value]
            key = crc32(f"{document['doc']} {number}".encode())
            found.append((key, Example(inputs, runs(sentence), int(row["y"]), document["topic"])))
    found.sort(key=lambda item: item[0])
    return [example for _, example in found]


def chance(logit: float) -> float:
    """The logistic function, kept from overflowing."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def fit_features(sample: Sequence[Example], rounds: int = 5) -> list[float]:
    """Logistic regression by Newton's method, drawn towards the prior instead of towards 0."""
    known = names()
    size = len(known)
    means, squares = [0.0] * size, [0.0] * size
    for example in sample:
        for place, value in example.inputs:
            means[place] += value
            squares[place] += value * value
    count = max(1, len(sample))
    prior = [PRIOR.get(name, 0.0) for name in known] + [-3.5]
    firm = [
        FIRMNESS * max(1e-4, square / count - (mean / count) ** 2) * (GENRE_FIRMNESS if name in GENRE else 1.0)
        for name, mean, square in zip(known, means, squares, strict=True)
    ] + [1e-6]
    found = list(prior)
    for _ in range(rounds):
        slope = [-hold * (weight - start) for hold, weight, start in zip(firm, found, prior, strict=True)]
        curve = [[0.0] * (row + 1) for row in range(size + 1)]
        for example in sample:
            inputs = [*example.inputs, (size, 1.0)]
            likely = chance(sum([found[place] * value for place, value in inputs]))
            error, bend = example.gold - likely, likely * (1 - likely)
            for number, (place, value) in enumerate(inputs):
                slope[place] += error * value
                row, scaled = curve[place], bend * value
                for other, weight in inputs[: number + 1]:
                    row[other] += scaled * weight
        for place, hold in enumerate(firm):
            curve[place][place] += hold
        for place, move in enumerate(solve(curve, slope)):
            found[place] += move
    return found[:size]


def solve(lower: list[list[float]], right: list[float]) -> list[float]:
    """Solve a symmetric positive system by Cholesky's method; of the matrix only the lower triangle is given."""
    size = len(right)
    root: list[list[float]] = []
    for row in range(size):
        made: list[float] = []
        for column in range(row + 1):
            other = made if row == column else root[column]
            rest = lower[row][column] - sum([a * b for a, b in zip(made, other, strict=False)])
            made.append(math.sqrt(rest) if row == column else rest / other[column])
        root.append(made)
    middle: list[float] = []
    for row in range(size):
        rest = right[row] - sum([a * b for a, b in zip(root[row], middle, strict=False)])
        middle.append(rest / root[row][row])
    found = [0.0] * size
    for row in reversed(range(size)):
        rest = middle[row] - sum([root[below][row] * found[below] for below in range(row + 1, size)])
        found[row] = rest / root[row][row]
    return found


def fit_wording(sample: Sequence[Example]) -> bytes:
    """Logistic regression on hashed runs of words by stochastic descent with steps of their own for every place."""
    topics: dict[str, set[str]] = {}
    for example in sample:
        for run, _ in example.runs:
            topics.setdefault(run, set()).add(example.topic)
    common = {run for run, seen in topics.items() if len(seen) >= TOPICS}
    rows: list[tuple[list[int], float, int]] = []
    for example in sample:
        places = [place for run, place in example.runs if run in common]
        rows.append((places, 1 / math.sqrt(max(1, len(example.runs))), example.gold))
    found = [0.0] * (1 << BITS)
    total = [1e-3] * (1 << BITS)
    base = -3.5
    decay = RIDGE / max(1, len(rows))
    for _ in range(PASSES):
        for places, scale, gold in rows:
            error = gold - chance(base + scale * sum([found[place] for place in places]))
            base += 0.005 * error
            push = error * scale
            for place in places:
                slope = push - decay * found[place]
                total[place] += slope * slope
                found[place] += 0.2 * slope / math.sqrt(total[place])
    top = max(max(found), -min(found)) or 1.0
    return bytes(round(127 * weight / top) & 255 for weight in found)


def train(documents: Sequence[dict[str, Any]]) -> Weights:
    """Both learned parts from labelled documents."""
    sample = examples(documents)
    return Weights(tuple(round(weight, 3) for weight in fit_features(sample)), fit_wording(sample))


def write(found: Weights, folder: Path) -> None:
    """Write the two files that `model.weights` reads."""
    table = {
        "data": DATA,
        "licence": LICENCE,
        "made by": "python -m reader.claims.train",
        "features": dict(zip(names(), found.features, strict=True)),
    }
    (folder / "weights.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    (folder / "wording.bin").write_bytes(found.wording)


def main() -> None:
    """Train on the file named and write the weights beside this module, or to the folder named."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path, help="ibm_ce15.train.jsonl.gz")
    arguments.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parent)
    chosen = arguments.parse_args()
    write(train(load(chosen.file)), chosen.folder)


if __name__ == "__main__":
    main()
