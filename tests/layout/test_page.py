"""Pages as pictures, and what must hold of every article at every width."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import EVERY, NAMES, OWN, document

from reader.document import Block, Code, Document, Metadata, Range, Span, Table
from reader.language import script
from reader.layout import Layout, Line, Row
from reader.layout.wrap import SPACES, cells, graphemes
from reader.parse import parse, pieces

WIDTHS = (1, 2, 5, *range(20, 121, 7))

FRONT = (Line("by somebody", "byline"),)


def page(body: str, width: int = 24, **more: bool) -> Layout:
    return Layout(parse(dedent(body)), width, **more)


def shown(rows: Iterable[Row]) -> list[str]:
    return [row.text.rstrip() for row in rows]


def picture(body: str, width: int = 24, *, signs: bool = False) -> list[str]:
    """The page's rows, blanks at their ends aside."""
    return shown(page(body, width, signs=signs).walk())


# ------------------------------------------------------------------------------------------- title and headings


def test_the_front_stands_under_the_title():
    titled = parse("Words.", Metadata(title="One day"))
    assert shown(Layout(titled, 24, front=FRONT).walk()) == [
        "One day",
        "━━━━━━━━",
        "by somebody",
        "",
        "Words.",
    ]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# One day\n\nWords.", ""),
        ("## One day\n\nWords.", "One day"),
        ("**One day**\n\nWords of a day, and more.\n", ""),
    ],
    ids=["a heading of level 1", "a heading with the title's words", "a bold line"],
)
def test_the_front_stands_under_what_the_article_is_called(body, title):
    rows = shown(Layout(parse(body, Metadata(title=title)), 40, front=FRONT).walk())
    assert rows[0] == "One day"
    assert rows.index("by somebody") < rows.index(next(row for row in rows if row.startswith("Words")))
    assert "by somebody" in rows[1:3]


def test_the_front_stands_on_top_where_there_is_no_title():
    rows = shown(Layout(parse("## Part\n\nWords."), 24, front=FRONT).walk())
    assert rows == ["by somebody", "", "Part", "────", "", "Words."]


def test_the_front_wraps_and_changes_in_its_place():
    layout = Layout(parse("# T\n\nWords."), 8, front=FRONT)
    layout.measure(0, 0, 100)
    assert shown(layout.walk()) == ["T", "━", "by", "somebody", "", "Words."]
    layout.set_front((Line("x", "byline"),))
    assert shown(layout.walk()) == ["T", "━", "x", "", "Words."]
    assert layout.height == 5


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


# ----------------------------------------------------------------------------------------------------- containers


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


# --------------------------------------------------------------------------------------------------------- tables


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


# ----------------------------------------------------------------------------------------------------------- code


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


# ------------------------------------------------------------------------------------------------------- the rest


def test_display_math():
    assert picture("$$\na^2 + b^2 = c^2\n$$\n") == ["    a² + b² = c²"]
    assert picture("$$\n\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}\n$$\n") == ["    a = b", "    c = d"]


def test_raised_and_lowered():
    assert picture("H<sub>2</sub>O x<sup>2</sup> y<sup>th</sup> q<sup>Q</sup> z<sub>你</sub>", 40) == [
        "H₂O x² yᵗʰ q^(Q) z_(你)"
    ]
    assert picture("x<sup>™</sup> y<sup>a b</sup>", 40) == ["x™ yᵃ ᵇ"]
    assert picture("<sub>Small print of a note.</sub>", 40) == ["Small print of a note."]


def test_keys_and_notes_have_brackets():
    assert picture("Press <kbd>Ctrl</kbd>+<kbd>C</kbd>.") == ["Press [Ctrl]+[C]."]


def test_signs_stand_for_what_only_a_look_would_say():
    assert picture("`a` ~~gone~~") == ["a gone"]
    assert picture("`a` ~~gone~~", signs=True) == ["`a` ~~gone~~"]


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ("这里有一张图。\n\n![猫](cat.png)\n", "🖼 图 1 · 猫"),
        ("這裡有一張圖。\n\n![貓](cat.png)\n", "🖼 圖 1 · 貓"),
        ("これは絵です。\n\n![猫](cat.png)\n", "🖼 図 1 · 猫"),
        ("그림이 하나 있다.\n\n![고양이](cat.png)\n", "🖼 그림 1 · 고양이"),
        ("Here is one.\n\n![](a/cat.png)\n", "🖼 Image 1 · cat.png"),
    ],
)
def test_images_say_their_number_in_the_articles_language(body, label):
    assert [row.replace("\u00a0", " ") for row in picture(body, 40)][-1] == label


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


def test_nothing():
    assert picture("") == []
    assert "".join(row.text for row in Layout(Document(), 80, front=FRONT).walk()) == FRONT[0].text
    empty = Layout(Document(complete=False), 10, front=FRONT)
    assert (empty.height, empty.row_of(3), empty.offset_of(3), empty.measure(3, 1, 1)) == (0, 0, 0, 0)
    assert empty.row(0) == Row()


def test_script():
    assert script("城楼下的雨燕") == "zh"
    assert script("颱風的名字從哪裡來，這個問題") == "zh-Hant"
    assert script("雨の名前") == "ja"
    assert script("글자를 조립하는 글자") == "ko"
    assert script("A few words, 一 of them not") == ""


# ------------------------------------------------------------------------------------------- what must always hold


def text_of(block: Block) -> list[Range]:
    """The parts of a block whose characters appear in order: a table's cells, any other block whole."""
    return [cell for row in block.rows for cell in row] if isinstance(block, Table) else [Range(block.start, block.end)]


def check(layout: Layout) -> None:
    """All that must hold of a page."""
    document, width, text = layout.document, layout.width, layout.document.text
    code = {index for index, block in enumerate(document.blocks) if isinstance(block, Code)}
    altered = [span for block in document.blocks for span in block.spans if span.kind in ("sub", "sup")]
    rows: list[Row] = []
    seen: dict[int, list[Range]] = defaultdict(list)
    for unit in range(len(layout.units)):
        index = layout.units.block(unit)
        laid = layout.rows(unit)
        rows += laid
        for row in laid:
            wide = cells(row.text)
            if row.wide:
                assert index in code
                assert row.wide == wide > width
            else:
                assert wide <= width or sum(cells(part) > 0 for part in graphemes(row.text)) == 1, (row.text, width)
            for piece in row.pieces:
                if piece.range is None:
                    continue
                block = document.blocks[index]
                assert block.start <= piece.range.start < piece.range.end <= block.end
                shows = text[piece.range.start : piece.range.end]
                if not (piece.text == shows or (index in code and shows == "\t" and not piece.text.strip(" "))):
                    assert any(s.start <= piece.range.start and piece.range.end <= s.end for s in altered), piece
                    assert len(piece.text) == len(shows)
                seen[index].append(piece.range)
    assert layout.height == len(rows) == sum(1 for _ in layout.walk())

    for index, block in enumerate(document.blocks):
        left = {cell: [] for cell in text_of(block)}
        for part in seen[index]:
            next(taken for cell, taken in left.items() if cell.start <= part.start < cell.end).append(part)
        for cell, taken in left.items():
            at = cell.start
            for part in taken:
                assert part.start >= at, "in order, and nothing twice"
                assert not text[at : part.start].strip(SPACES + "\n")
                at = part.end
            assert not text[at : cell.end].strip(SPACES + "\n"), f"lost: {text[at : cell.end]!r}"

    for y, row in enumerate(rows):
        for piece in row.pieces:
            if piece.range is not None:
                assert layout.row_of(piece.range.start) == y
                assert layout.row_of(piece.range.end - 1) == y
        if row.range is not None:
            assert layout.offset_of(y) == row.range.start
            assert layout.row(y) == row


@pytest.mark.parametrize("path", EVERY, ids=NAMES)
def test_every_article_at_every_width(path):
    article = document(path)
    front = (Line("somebody and others · 2024-01-01", "byline"),)
    layout = Layout(article, 80, front=front)
    number = EVERY.index(path)
    for width in WIDTHS if path in OWN else (WIDTHS[number % len(WIDTHS)], WIDTHS[(number * 7 + 5) % len(WIDTHS)]):
        layout.resize(width)
        check(layout)


@pytest.mark.parametrize("path", OWN, ids=[path.name for path in OWN])
def test_printed_with_signs_nothing_is_lost_either(path):
    for width in (3, 24, 77):
        check(Layout(document(path), width, signs=True))


@pytest.mark.parametrize("path", OWN, ids=[path.name for path in OWN])
def test_no_row_of_text_begins_or_ends_with_a_forbidden_mark(path):
    article = document(path)
    for width in range(20, 121, 7):
        layout = Layout(article, width)
        for unit in range(len(layout.units)):
            index = layout.units.block(unit)
            if index < 0 or isinstance(article.blocks[index], Code | Table):
                continue
            parts = [row.range for row in layout.rows(unit) if row.range is not None]
            for before, after in pairwise(parts):
                if after.start == before.end:
                    assert article.text[after.start] not in "。，、；：？！」』）》】〉〕”’…·々ー", (width, before)
                    assert article.text[before.end - 1] not in "「『（《【〈〔“‘", (width, before)


BODIES = st.lists(
    st.sampled_from(
        (
            "# Head\n\n",
            "## 标题，有点长的标题\n\n",
            "Words and more words, with *some* **strong `code`** ones and a [link](https://q.example).\n\n",
            "这里是一段中文，有“引号”、有《书名》，还有——破折号。\n\n",
            "한국어 낱말은 가운데에서 나뉘지 않는다.\n\n",
            "- a\n- b\n  1. c\n\n     > d\n- [x] e\n\n",
            "> [!TIP]\n> words\n>\n> - x\n\n",
            "| a | 名字 | ccc |\n|--|:-:|--:|\n| long words in here | 二 | `x` |\n| | **二** | 3 |\n\n",
            "```py\nif x:\n\treturn '山'  # " + "long " * 12 + "\n\n```\n\n",
            "![alt words](a.png) and ![](b.png)\n\n",
            "x<sup>2</sup> y<sub>ab Q</sub> ~~z~~ <kbd>Esc</kbd> note[^1]\n\n[^1]: the note\n\n",
            "term\n: explained\n\n",
            "---\n\n",
            "<details><summary>S</summary>\n\nhidden\n\n</details>\n\n",
            "$$\nx^2\n$$\n\n",
            "e\u0301👨‍👩‍👧🇨🇳 ❤️ \u200b wide\n\n",
        )
    ),
    max_size=8,
).map("".join)


@settings(deadline=None, max_examples=60)
@given(BODIES, st.integers(1, 60), st.booleans())
def test_whatever_stands_beside_whatever(body, width, signs):
    check(Layout(parse(body), width, front=FRONT, signs=signs))


@settings(deadline=None, max_examples=40)
@given(BODIES, st.integers(1, 60))
def test_growing_piece_by_piece_is_laying_out_the_whole(body, width):
    grown: Layout | None = None
    for part in pieces("Words to begin with.\n\n" + body, first=1):
        if grown is None:
            grown = Layout(part, width, front=FRONT)
        else:
            grown.grow(part)
        grown.measure(grown.height - 1, 5, 5)
    assert grown is not None
    whole = Layout(grown.document, width, front=FRONT)
    assert list(grown.walk()) == list(whole.walk())
    check(grown)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(OWN), st.integers(8, 100), st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_measuring_keeps_the_row_under_the_eye(path, width, eyes):
    layout = Layout(document(path), width, front=FRONT)
    for eye in eyes:
        y = round(eye * (layout.height - 1))
        layout.measure(y, 0, 1)
        y = min(y, layout.height - 1)
        before = layout.row(y)
        there = layout.measure(y, 40, 60)
        assert layout.row(there) == before
        again = layout.measure(there, 40, 60)
        assert again == there, "what is measured stays"


@pytest.mark.parametrize("path", OWN, ids=[path.name for path in OWN])
def test_a_resize_keeps_the_offset(path):
    layout = Layout(document(path), 90, front=FRONT)
    for width in (33, 120, 7, 90):
        offset = layout.offset_of(layout.height // 2)
        layout.resize(width)
        row = layout.row(layout.row_of(offset))
        assert row.range is not None
        assert row.range.start <= offset < row.range.end


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


def test_hit_finds_the_character_under_a_cell():
    layout = page("- 山水 ab\n", 20)
    text = layout.document.text
    assert [layout.hit(0, x) for x in range(9)] == [None, None, 0, 0, 1, 1, 2, 3, 4]
    assert text == "山水 ab"
    assert layout.nearest(0, 0) == 0
    assert layout.nearest(0, 19) == 5


def test_hit_in_code_that_is_shifted():
    layout = page("- x\n\n  ```\n  0123456789abcdefghijklmno\n  ```\n", 12)
    y = next(y for y in range(layout.height) if layout.row(y).wide)
    text = layout.document.text
    assert text[layout.hit(y, 4)] == "0"
    assert text[layout.hit(y, 4, 8)] == "8"
    assert layout.hit(y, 1, 8) is None, "the blanks of the list stand still"


def test_rough_offsets_rise_and_lay_nothing_out():
    layout = Layout(document(OWN[0]), 40, front=FRONT)
    rough = [layout.rough_offset(y) for y in range(layout.height)]
    assert rough == sorted(rough)
    assert not layout._rows


def test_spans_that_begin_and_end_together():
    both = Document("ab", blocks=(parse("ab").blocks[0].__class__(0, 2, spans=_spans("strong", "link", "kbd")),))
    row = next(iter(Layout(both, 10).walk()))
    assert [(piece.text, piece.role) for piece in row.pieces] == [
        ("[", "body strong link kbd"),
        ("ab", "body strong link kbd"),
        ("]", "body strong link kbd"),
    ]


def _spans(*kinds):
    return tuple(Span(0, 2, kind) for kind in kinds)
