"""Blocks of code as pictures."""

from __future__ import annotations

from layout_picture import page, picture

from reader.layout.wrap import cells


def test_code():
    assert picture("```python\nif x:\n\tprint(1)\n\n\ty = 2\n```\n") == [
        "                 python",
        "  if x:",
        "      print(1)",
        "",
        "      y = 2",
        "",
    ]
    assert picture("x\n\n```\nplain\n```\n")[2:] == ["", "  plain", ""]
    assert picture("```python\nx\n```\n", signs=True) == ["    x"]


def test_a_tab_fills_up_to_the_next_stop():
    assert picture("x\n\n```\na\tb\n山\tb\nabcd\te\n```\n")[3:6] == ["  a   b", "  山  b", "  abcd    e"]


def test_empty_code():
    assert picture("```sh\n```\n\nx") == ["                     sh", "", "", "", "x"]


def test_wide_code_is_not_wrapped():
    rows = list(page("- x\n\n  ```\n  a long line of code\n  ```\n", 12).walk())
    wide = next(row for row in rows if row.wide)
    assert wide.text == "    a long line of code"
    assert wide.wide == cells(wide.text)
    assert wide.fixed == 1, "the blanks of the list stand still"
    assert [row.wide for row in rows if row is not wide] == [0] * (len(rows) - 1)


def test_a_language_of_wide_letters():
    assert all(cells(row.text) <= 12 for row in page("```文言文文言文文言文\nx\n```\n", 12).walk())
