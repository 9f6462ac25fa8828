"""Kinds of claims."""

from __future__ import annotations

import json

import pytest
from samples import CASES

from reader.claims.features import measure
from reader.claims.kinds import kinds_of


def cases(name: str) -> list[dict[str, object]]:
    return json.loads((CASES / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", cases("claims_kinds.json"), ids=lambda case: str(case["text"])[:24])
def test_kinds(case: dict[str, object]) -> None:
    assert list(kinds_of(measure(str(case["text"])))) == case["kinds"]
