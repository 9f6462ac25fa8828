"""What kind of claim a sentence is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from claims_cases import cases as read_cases
from samples import CASES

from reader.claims.features import measure
from reader.claims.kinds import ORDER, kinds_of


@pytest.mark.parametrize("case", read_cases("claims_kinds.json"), ids=lambda case: str(case["text"])[:24])
def test_kinds(case: dict[str, object]) -> None:
    assert list(kinds_of(measure(str(case["text"])))) == case["kinds"]


def labelled(cases: str) -> Iterator[tuple[str, bool, str]]:
    """Kind, whether the sentence is of it, and the sentence."""
    kind = ""
    for line in (CASES / f"claims_kinds_{cases}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line[1:-1]
        elif line and not line.startswith("#"):
            yield kind, line.startswith("+"), line[2:]


@pytest.mark.parametrize("cases", ["zh", "en", "zh_articles", "en_articles"])
@pytest.mark.parametrize("kind", ORDER)
def test_a_kind_is_right_nine_times_in_ten(cases: str, kind: str) -> None:
    own = [(right, text) for name, right, text in labelled(cases) if name == kind]
    given = [(right, text) for right, text in own if kind in kinds_of(measure(text))]
    assert len(own) == 30
    assert sum(right for right, _ in given) >= 0.9 * len(given), [text for right, text in given if not right]
    missed = [text for right, text in own if right and (right, text) not in given]
    assert len(given) >= 0.8 * sum(right for right, _ in own), missed
