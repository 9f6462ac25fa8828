"""Tables as pictures: columns, records, and tables of many rows."""

from __future__ import annotations

from layout_picture import page, picture, shown

from reader.document import Document, Range, Table
from reader.layout import Layout


def test_a_table_as_wide_as_it_likes():
    assert picture("| a | b |\n|--|--|\n| 1 | 22 |\n") == ["a │ b", "──┼───", "1 │ 22"]


def test_columns_stand_left_right_and_in_the_middle():
    assert picture("| left | centre | right |\n|:--|:-:|--:|\n| a | b | c |\n", 40) == [
        "left │ centre │ right",
        "─────┼────────┼──────",
        "a    │   b    │     c",
    ]


def test_wide_characters_in_cells():
    assert picture("| 名字 | 意思 |\n|--|--|\n| 梅花 | 一种花，开在早春的枝头上 |\n") == [
        "名字 │ 意思",
        "─────┼──────────────────",
        "梅花 │ 一种花，开在早春",
        "     │ 的枝头上",
    ]


def test_a_rule_between_rows_where_many_of_them_wrap():
    assert picture("|a|b|\n|-|-|\n|one two three|1|\n|four five six|2|\n", 12) == [
        "a        │ b",
        "─────────┼──",
        "one two  │ 1",
        "three    │",
        "┈┈┈┈┈┈┈┈┈┼┈┈",
        "four     │ 2",
        "five six │",
    ]


def test_columns_share_so_that_few_rows_wrap():
    body = """\
        | Tool | Loans in 3 years | Note |
        |--|--|--|
        | Cordless drill | 1,904 | x |
        | Carpet cleaner | 611 | y |
        """
    assert picture(body, 35) == [
        "Tool           │ Loans in 3  │ Note",
        "               │ years       │",
        "───────────────┼─────────────┼─────",
        "Cordless drill │ 1,904       │ x",
        "Carpet cleaner │ 611         │ y",
    ]


def test_no_word_is_parted_while_the_blanks_beside_the_lines_can_go():
    assert picture("|alpha|beta|gamma|\n|-|-|-|\n|1|2|3|\n", 16) == [
        "alpha│beta│gamma",
        "─────┼────┼─────",
        "1    │2   │3",
    ]


def test_too_many_columns_become_records():
    body = "|a|bb|c|d|e|f|g|h|\n|-|-|-|-|-|-|-|-|\n|1|2|3|4|long words in a cell|6|7|8|\n|1||||||||\n"
    assert picture(body, 12) == [
        "a: 1",
        "bb: 2",
        "c: 3",
        "d: 4",
        "e",
        "  long words",
        "  in a cell",
        "f: 6",
        "g: 7",
        "h: 8",
        "────────",
        "a: 1",
        "────────",
    ]


def test_the_heads_of_records_are_text_once():
    layout = page("|head|beside|\n|-|-|\n|1|2|\n|3|4|\n", 7)
    rows = list(layout.walk())
    assert shown(rows) == ["head: 1", "beside", "  2", "────────"[:7], "head: 3", "beside", "  4", "────────"[:7]]
    text = layout.document.text
    assert [text[p.range.start : p.range.end] for row in rows for p in row.pieces if p.range] == [
        "head",
        "1",
        "beside",
        "2",
        "3",
        "4",
    ]


def test_empty_cells_and_a_table_of_heads_alone():
    assert picture("|a||c|\n|-|-|-|\n||2||\n") == ["a │   │ c", "──┼───┼──", "  │ 2 │"]
    assert picture("|a|b|\n|-|-|\n") == ["a │ b", "──┼──"]


def test_a_ragged_table_loses_no_cell():
    ragged = Document("a\tb\n1\t2\t3\nx", blocks=(_table(((0, 1), (2, 3)), ((4, 5), (6, 7), (8, 9)), ((10, 11),)),))
    assert shown(Layout(ragged, 20).walk()) == ["a │ b │", "──┼───┼──", "1 │ 2 │ 3", "x │   │"]
    assert shown(Layout(ragged, 4).walk()) == ["a: 1", "b: 2", "  3", "────", "a: x", "────"]


def _table(*rows: tuple[tuple[int, int], ...]) -> Table:
    return Table(0, rows[-1][-1][1], rows=tuple(tuple(Range(*cell) for cell in row) for row in rows))


def test_a_huge_table_comes_in_units_and_reads_as_one():
    body = "|n|word|\n|-|-|\n" + "".join(f"|{n}|w{n}|\n" for n in range(200))
    layout = page(body)
    rows = shown(layout.walk())
    assert rows[:3] == ["n   │ word", "────┼─────", "0   │ w0"]
    assert rows[-1] == "199 │ w199"
    assert len(rows) == 202
    assert layout.height == 202, "the rows of a table that does not wrap are known, not guessed"


def test_a_table_in_full():
    long = "words that go on and on for much longer than the page"
    layout = page(f"|a|b|\n|-|-|\n|{long}|x|\n")
    assert shown(layout.table(0))[2] == f"{long} │ x"
