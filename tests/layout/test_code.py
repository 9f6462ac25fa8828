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
    assert picture("x\n\n```\nplain\n```\n")[1:] == ["", "  plain"], "one line has no rows around it"
    assert picture("```python\nx\n```\n", signs=True) == ["    x"]


def test_a_tab_fills_up_to_the_next_stop():
    assert picture("x\n\n```\na\tb\n山\tb\nabcd\te\n```\n")[3:6] == ["  a   b", "  山  b", "  abcd    e"]


def test_empty_code():
    assert picture("```sh\n```\n\nx") == ["                     sh", "", "x"]


def test_wide_code_is_not_wrapped():
    rows = list(page("- x\n\n  ```\n  a long line of code\n  ```\n", 12).walk())
    wide = next(row for row in rows if row.wide)
    assert wide.text == "    a long line of code"
    assert wide.wide == cells(wide.text)
    assert wide.fixed == 1, "the blanks of the list stand still"
    assert [row.wide for row in rows if row is not wide] == [0] * (len(rows) - 1)


def test_a_language_of_wide_letters():
    assert all(cells(row.text) <= 12 for row in page("```文言文文言文文言文\nx\n```\n", 12).walk())


def test_one_line_has_its_language_beside_it_and_no_rows_around():
    assert picture("```sh\nls -l\n```\n") == ["  ls -l              sh"]
    assert picture("```python\nsorted(everything)\n```\n") == ["  sorted(everything)"], "no room for the language"


def test_numbers_stand_still_and_are_no_text():
    layout = page("```\n" + "\n".join(f"line {n}" for n in range(1, 11)) + "\nx" * 1 + " wide" * 9 + "\n```\n", 20)
    height = layout.height
    layout.set_numbers(True)
    rows = [row.text for row in layout.walk()]
    assert rows[1] == "  1  line 1"
    assert rows[10] == " 10  line 10"
    wide = next(row for row in layout.walk() if row.wide)
    assert wide.fixed == 1
    assert wide.pieces[0].range is None
    assert layout.height == height


def test_the_numbers_of_a_long_block_go_on_from_part_to_part():
    layout = page("```\n" + "\n".join(f"at {n}" for n in range(1, 451)) + "\n```\n", 30)
    layout.set_numbers(True)
    rows = [row.text.split() for row in layout.walk() if "at" in row.text]
    assert rows == [[str(n), "at", str(n)] for n in range(1, 451)]
