"""The weights that ship: what they are made of, and that training makes them again."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from samples import ROOT, SHARED

from reader.claims import model

PACKAGE = ROOT / "reader" / "claims"
TOOL = ROOT / "tests" / "tools" / "train_claims.py"
DATA = SHARED / "claims"


@pytest.fixture(scope="module")
def train() -> ModuleType:
    pytest.importorskip("scipy", reason="training needs numpy and scipy, which the reader does not")
    spec = importlib.util.spec_from_file_location("train_claims", TOOL)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["train_claims"] = made
    spec.loader.exec_module(made)
    return made


def test_the_weights_know_every_feature_and_their_sources() -> None:
    table = json.loads((PACKAGE / "weights.json").read_text(encoding="utf-8"))
    for name in ("article", "argument"):
        assert list(table[name]["features"]) == list(model.names())
    said = (PACKAGE / "WEIGHTS.txt").read_text(encoding="utf-8")
    assert all(name in said for name in ("CC BY-SA 3.0", "Apache License 2.0", "MIT", "lctt", "rust-blog", "byteai"))
    assert (PACKAGE / "wording.bin").stat().st_size == 2 << model.BITS
    assert sum(path.stat().st_size for path in PACKAGE.glob("w*.*")) < 600_000


@pytest.mark.fuzz
def test_training_makes_the_shipped_weights_again(train: ModuleType, tmp_path: Path) -> None:
    if not DATA.exists():
        pytest.skip(f"{DATA} is not here")
    articles, debates = train.load(DATA / train.ARTICLES), train.load(DATA / train.ARGUMENTS)
    train.write(model.Weights(train.article(articles, debates), train.argument(debates)), tmp_path)
    for name in ("weights.json", "wording.bin"):
        assert (tmp_path / name).read_bytes() == (PACKAGE / name).read_bytes()
