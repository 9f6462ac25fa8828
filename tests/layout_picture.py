"""A page as lines of text: what the tests of the layout compare with."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import dedent

from reader.layout import Layout, Line, Row
from reader.parse import parse

FRONT = (Line("by somebody", "byline"),)


def page(body: str, width: int = 24, *, signs: bool = False) -> Layout:
    """The layout of an article in Markdown."""
    return Layout(parse(dedent(body)), width, signs=signs)


def shown(rows: Iterable[Row]) -> list[str]:
    """Rows as text, blanks at their ends aside."""
    return [row.text.rstrip() for row in rows]


def picture(body: str, width: int = 24, *, signs: bool = False) -> list[str]:
    """The rows of a page."""
    return shown(page(body, width, signs=signs).walk())
