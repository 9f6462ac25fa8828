"""Formulas as Unicode: the hand-written list of `cases/math.txt`, and what no formula may do."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CASES

from reader.parse.latex import readable


def cases() -> list[object]:
    found: list[object] = []
    display = False
    for text in (CASES / "math.txt").read_text("utf-8").split("\n"):
        if text.startswith("== "):
            display = True
        source, arrow, value = text.partition("  =>  ")
        if arrow and not text.startswith("#"):
            value = value.strip('"').replace("⏎", "\n") if value != "=" else source.strip()
            found.append(pytest.param(source, display, value, id=("display " if display else "") + source))
    return found


def test_there_are_enough_of_them() -> None:
    assert len(cases()) >= 300


@pytest.mark.parametrize(("source", "display", "value"), cases())
def test_a_formula_is_what_a_person_wrote_for_it(source: str, display: bool, value: str) -> None:
    assert readable(source, display=display) == value


@pytest.mark.parametrize(
    "source",
    [
        "{" * 10_000 + "x" + "}" * 10_000,
        r"\frac{" * 1_000 + "1" + "}{2}" * 1_000,
        r"\left(" * 1_000 + "x" + r"\right)" * 1_000,
        r"\begin{matrix}" * 800,
        r"\sqrt" * 2_000 + "x",
        r"\hat" * 2_000 + "x",
        r"\text{" * 2_000 + "}" * 2_000,
        "x^{" * 3_000 + "}" * 3_000,
        "{a" + r"\over{a" * 1_000 + "}" * 1_001,
        r"\bf" * 3_000 + " x",
        r"\over" * 3_000,
    ],
    ids=lambda source: source[:8],
)
def test_what_is_nested_too_deeply_is_shown_as_written(source: str) -> None:
    assert readable(source) == source
    assert readable(source, display=True) == source


def test_what_is_too_long_is_shown_as_written() -> None:
    source = "x+" * 10_000 + "y"
    assert readable(source) == source


def test_reading_costs_steps_in_proportion_to_the_length() -> None:
    """Function calls are counted, since seconds depend on the machine."""
    parts = ["x_1^2+", r"\frac{a}{b}", "|a|", r"\text{a $x$ b}", "x'!", r"a&b\\", "a | b", r"\left(x\right)", r"\hat x"]
    for part in parts:
        few, many = (calls(part * count) for count in (100, 400))
        assert many < 5 * few, part


def calls(source: str) -> int:
    count = 0

    def tick(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        readable.__wrapped__(source, display=True)
    finally:
        sys.setprofile(None)
    return count


@given(
    st.lists(
        st.sampled_from([*"\\{}^_&$'!|()[]a1+-=,%~ \n中", "\\\\"])
        | st.sampled_from(
            [
                r"\frac",
                r"\sqrt",
                r"\left",
                r"\right",
                r"\begin{cases}",
                r"\end{cases}",
                r"\text",
                r"\not",
                r"\hat",
                r"\over",
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_no_source_makes_an_error_or_nothing(source: str) -> None:
    for display in (False, True):
        shown = readable(source, display=display)
        assert bool(shown.strip()) == bool(source.strip())
