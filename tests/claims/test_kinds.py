"""What kind of claim a sentence is."""

from __future__ import annotations

import pytest
from claims_cases import cases

from reader.claims.features import measure
from reader.claims.kinds import kinds_of


@pytest.mark.parametrize("case", cases("claims_kinds.json"), ids=lambda case: str(case["text"])[:24])
def test_kinds(case: dict[str, object]) -> None:
    assert list(kinds_of(measure(str(case["text"])))) == case["kinds"]
