"""Which sentences can be no claim."""

from __future__ import annotations

import pytest
from samples import CASES

from reader.claims.features import measure
from reader.claims.fitness import dependent, fit

LINES = [
    line
    for line in (CASES / "claims_unfit.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("line", LINES)
def test_calls_code_credits_and_boilerplate_are_no_claims(line: str) -> None:
    assert fit(measure(line[2:])) == line.startswith("+")


@pytest.mark.parametrize(
    ("text", "hangs"),
    [
        ("这是它最大的优点。", True),
        ("它只在夜里开放。", True),
        ("This is its greatest virtue.", True),
        ("The second job is the valuable one.", True),
        ("这家公司今年扭亏为盈。", False),
        ("This year the bridge was closed.", False),
        ("The bridge was closed.", False),
    ],
)
def test_a_sentence_that_hangs_on_the_one_before(text: str, hangs: bool) -> None:
    assert dependent(measure(text)) == hangs
