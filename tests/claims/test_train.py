"""The weights that ship: what they are made of, and that training makes them again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from samples import SHARED

from reader.claims import train
from reader.claims.features import names
from reader.claims.model import BITS

PACKAGE = Path(train.__file__).parent


DATA = SHARED / "claims" / "ibm_ce15.train.jsonl.gz"


def documents() -> list[dict[str, object]]:
    """A training set of our own, big enough to learn that researchers claim and uncles do not."""
    return [
        {
            "doc": f"d{number}",
            "topic": f"t{number}",
            "sents": [
                {"t": f"Researchers found that honey may cause harm in {word}.", "y": 1},
                {"t": f"My uncle went to {word} with his car.", "y": 0},
                {"t": f"The {word} was painted in 1990.", "y": 0},
            ],
        }
        for number, word in enumerate(("spring", "summer", "autumn", "winter", "rain", "snow", "wind", "fog") * 4)
    ]


def test_training_is_deterministic_and_learns() -> None:
    found = train.train(documents())
    assert found == train.train(documents())
    assert len(found.features) == len(names())
    assert len(found.wording) == 1 << BITS
    weight = dict(zip(names(), found.features, strict=True))
    assert weight["study+finding"] > 0 > weight["past"]
    assert any(found.wording)


def test_solve() -> None:
    assert train.solve([[4.0], [2.0, 3.0]], [10.0, 8.0]) == pytest.approx([1.75, 1.5])


def test_the_weights_know_every_feature_and_their_source() -> None:
    table = json.loads((PACKAGE / "weights.json").read_text(encoding="utf-8"))
    assert list(table["features"]) == list(names())
    assert "IBM Debater CE-EMNLP-2015" in table["data"]
    assert table["licence"] == "CC BY-SA 3.0"
    assert "CC BY-SA 3.0" in (PACKAGE / "WEIGHTS.txt").read_text(encoding="utf-8")
    assert (PACKAGE / "wording.bin").stat().st_size == 1 << BITS
    assert sum(path.stat().st_size for path in PACKAGE.glob("w*.*")) < 150_000


@pytest.mark.fuzz
def test_training_makes_the_shipped_weights_again(tmp_path: Path) -> None:
    if not DATA.exists():
        pytest.skip(f"{DATA} is not here")
    train.write(train.train(train.load(DATA)), tmp_path)
    for name in ("weights.json", "wording.bin"):
        assert (tmp_path / name).read_bytes() == (PACKAGE / name).read_bytes()
