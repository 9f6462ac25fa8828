"""Units: where blocks are cut, and how near to the truth their heights are estimated."""

from __future__ import annotations

import pytest
from invariants import check_layout as check
from layout_picture import page, picture

from reader.layout import Layout
from reader.parse import parse


@pytest.mark.parametrize("signs", [False, True])
@pytest.mark.parametrize("lines", [1, 3, 199, 200, 201, 600])
def test_the_height_of_code_is_known_before_it_is_laid_out(lines, signs):
    layout = Layout(parse("```py\n" + "x = 1\n" * lines + "```\n"), 40, signs=signs)
    assert layout.height == len(list(layout.walk()))


def test_long_paragraphs_come_in_units_and_lose_nothing():
    sentence = "这是一个不长也不短的句子，里面有逗号。"
    for body in (
        sentence * 900,
        "word " * 4000,
        "x" * 9001,
        "line  \n" * 2000,
        "e\u0301" * 6000,
        "# " + "head " * 2000,
    ):
        layout = page(body, 40)
        assert len(layout.units) > 2
        check(layout)


def test_a_unit_ends_where_a_line_does_without_an_empty_row():
    assert "" not in picture("line of words  \n" * 600)
