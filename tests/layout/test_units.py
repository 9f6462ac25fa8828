"""Units: where blocks are cut, and how near to the truth their heights are estimated."""

from __future__ import annotations

import pytest

from reader.layout import Layout
from reader.parse import parse


@pytest.mark.parametrize("signs", [False, True])
@pytest.mark.parametrize("lines", [1, 3, 199, 200, 201, 600])
def test_the_height_of_code_is_known_before_it_is_laid_out(lines, signs):
    layout = Layout(parse("```py\n" + "x = 1\n" * lines + "```\n"), 40, signs=signs)
    assert layout.height == len(list(layout.walk()))
