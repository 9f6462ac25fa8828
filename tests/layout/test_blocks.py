"""Blocks as pictures: headings, and the containers that blocks stand in."""

from __future__ import annotations

import pytest
from layout_picture import picture


def test_headings():
    assert picture("# One\n\n## Two\n\n### Three\n\n#### Four\n\n##### Five\n\n###### Six\n\ntext\n") == [
        "One",
        "━━━",
        "",
        "Two",
        "───",
        "",
        "▍ Three",
        "",
        "▸ Four",
        "",
        "▸ Five",
        "",
        "▸ Six",
        "",
        "text",
    ]


def test_a_long_heading_hangs_from_its_sign():
    assert picture("### Long words that go on\n", 16) == ["▍ Long words", "  that go on"]
    assert picture("## 山高水长\n", 20) == ["山高水长", "────────"]


def test_more_room_over_a_heading_than_under_it():
    assert picture("a\n\nb\n\n## Two\n\nc") == ["a", "", "b", "", "", "Two", "───", "", "c"]


def test_an_inferred_heading_has_a_sign_where_there_is_no_weight():
    body = "Text of a paragraph, which ends.\n\n**Bold words**\n\nMore text."
    assert picture(body, 40)[2] == "Bold words"
    assert picture(body, 40, signs=True)[2] == "≈ Bold words"


def test_nested_lists():
    assert [row for row in picture("- a\n  - b\n    - c\n      - d\n- e\n") if row] == [
        "• a",
        "  ◦ b",
        "    ▪ c",
        "      ▪ d",
        "• e",
    ]


def test_a_loose_list():
    assert picture("- a\n\n- b that is long enough to wrap\n\n  c\n") == [
        "• a",
        "",
        "• b that is long enough",
        "  to wrap",
        "",
        "  c",
    ]


def test_numbers_stand_under_one_another():
    assert picture("9. nine\n10. ten\n11. eleven with many words\n", 20) == [
        " 9. nine",
        "10. ten",
        "11. eleven with many",
        "    words",
    ]


def test_tasks():
    assert picture("- [x] done\n- [ ] open thing that is long\n", 20) == [
        "☑ done",
        "☐ open thing that is",
        "  long",
    ]


def test_a_quote_in_a_list():
    assert picture("- item\n\n  > quoted words that wrap around\n\n  after\n- next") == [
        "• item",
        "",
        "  ▎ quoted words that",
        "  ▎ wrap around",
        "",
        "  after",
        "",
        "• next",
    ]


def test_a_list_in_a_quote():
    assert picture("> - a\n> - b\n>\n> text\n") == ["▎ • a", "▎ • b", "▎", "▎ text"]


def test_quotes_side_by_side_are_two_and_one_in_the_other_is_inside():
    assert picture("> a\n\n<!-- -->\n\n> b\n") == ["▎ a", "", "▎ b"]
    assert picture("> a\n>\n> > b\n>\n> c\n") == ["▎ a", "▎", "▎ ▎ b", "▎", "▎ c"]


def test_alerts():
    assert picture("> [!WARNING]\n> Mind the gap\n>\n> second\n") == ["▌ ⚠ Warning", "▌ Mind the gap", "▌", "▌ second"]
    assert picture("::: tip Own words\nhello\n:::\n") == ["▌ ✦ Own words", "▌ hello"]
    assert picture("> > [!NOTE]\n> > x\n", 10)[-1].endswith("x")
    assert picture("- [ ] a\n\n  > [!CAUTION]\n  > b\n") == ["☐ a", "", "  ▌ ✖ Caution", "  ▌ b"]


def test_details():
    assert picture("<details><summary>More</summary>\n\nInside *it*.\n\n- x\n\n</details>\n\nafter") == [
        "┆ ▾ More",
        "┆",
        "┆ Inside it.",
        "┆",
        "┆ • x",
        "",
        "after",
    ]


def test_footnotes():
    assert picture("a[^1] b[^x]\n\n[^1]: one note that is long enough\n[^x]: second\n\n    para\n") == [
        "a[1] b[2]",
        "",
        "[1] one note that is",
        "    long enough",
        "",
        "[2] second",
        "",
        "    para",
    ]


def test_definitions():
    assert picture("term\n: explanation that is long enough\n: another\n") == [
        "term",
        "  – explanation that is",
        "    long enough",
        "  – another",
    ]


def test_display_math():
    assert picture("$$\na^2 + b^2 = c^2\n$$\n") == ["    a² + b² = c²"]
    assert picture("$$\n\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}\n$$\n") == ["    a = b", "    c = d"]


def test_rules_and_line_breaks():
    assert picture("a\n\n---\n\nb", 10) == ["a", "", "──────────", "", "b"]
    assert picture("one<br>two  \nthree") == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("width", "rows"),
    [
        (1, ["a", "w", "o", "r", "d"]),
        (5, ["a", "word"]),
        (10, ["a word"]),
        (20, ["▎ ▎ ▎ ▎ ▎ a word"]),
    ],
)
def test_signs_leave_the_text_some_room(width, rows):
    assert picture("> > > > > a word\n", width) == rows


def test_outer_signs_go_first():
    assert picture("> > > > > > - a word\n", 20)[0] == "▎ ▎ ▎ ▎ • a word"
