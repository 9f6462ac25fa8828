"""Which sentences can be no claim."""

from __future__ import annotations

from itertools import chain

import pytest
from samples import CASES

from reader.claims.features import measure
from reader.claims.fitness import dependent, fit
from reader.claims.patterns import sections

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


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a regular expression, those within brackets taken together."""
    found, depth, escaped, in_set = [""], 0, False, False
    for sign in pattern:
        if not escaped:
            in_set = sign == "[" or (in_set and sign != "]")
            depth += ((sign == "(") - (sign == ")")) if not in_set else 0
        if sign == "|" and not (depth or escaped or in_set):
            found.append("")
        else:
            found[-1] += sign
        escaped = sign == "\\" and not escaped
    return found


def test_a_line_of_patterns_is_for_one_script() -> None:
    """Those with a letter of Chinese are not tried on plain English: each of their alternatives must need one."""
    assert alternatives(r"a(?:b|c)|[|]d|\|") == ["a(?:b|c)", "[|]d", r"\|"]
    for line in chain.from_iterable(lines for *_, lines in sections("unfit.txt")):
        scripts = {any("\u3040" <= sign <= "\ud7af" for sign in one) for one in alternatives(line)}
        assert len(scripts) == 1, line
