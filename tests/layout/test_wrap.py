"""Rows as pictures, Unicode's own tests, and what must hold of every text at every width."""

from __future__ import annotations

import json
from itertools import accumulate, islice, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from samples import CASES, SHARED

from reader.layout import wrap as module
from reader.layout.wrap import SPACES, breaks, cells, clip, graphemes, pad, sparse, wrapped

SUITES = SHARED / "suites"
LISTED = json.loads((CASES / "wrap.json").read_text(encoding="utf-8"))

BASE_SHARE = 0.942
"""Share of LineBreakTest.txt (Unicode 17) that our base breaker was measured to pass."""

NO_START = "。，、；：？！」』）》】〉〕”’…·～／ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％"
NO_END = "「『（《【〈〔“‘"
ALSO_NO_START = ".,:;!?)]}%–•‥⋯‧・･〜‰℃℉‼⁇⁈⁉゠〻ゎゝゞヮヵヶヽヾ！？．｡､｝］｣"
"""What no row begins with where another break exists, though a break that is legal may stand before some of it."""


def rows(text: str, width: int, first: int | None = None) -> list[str]:
    return [text[start:end] for start, end in wrapped(text, width, first=first)]


@pytest.mark.parametrize("case", LISTED, ids=[case["why"] for case in LISTED])
def test_picture(case):
    assert rows(case["text"], case["width"], case.get("first")) == case["rows"]


def test_breaks_end_with_the_text():
    assert breaks("你好，世界") == (1, 3, 4, 5)
    assert breaks("foo bar-baz") == (4, 8, 11)
    assert breaks("") == ()


@pytest.mark.parametrize("width", [0, -1])
def test_a_row_has_at_least_one_cell(width):
    with pytest.raises(ValueError, match="at least 1 cell"):
        wrapped("x", width)
    with pytest.raises(ValueError, match="at least 1 cell"):
        wrapped("x", 5, first=width)


def test_clip():
    assert clip("山中无老虎", 10) == "山中无老虎"
    assert clip("山中无老虎", 9) == "山中无老…"
    assert clip("山中无老虎", 8) == "山中无…"
    assert clip("abc", 2, "") == "ab"
    assert clip("abc", 1) == "…"
    assert clip("abc", 0) == ""
    assert clip("abcdef", 2, "...") == ".."
    assert clip("👨‍👩‍👧👨‍👩‍👧", 3) == "👨‍👩‍👧…"


def test_pad():
    assert pad("山", 5) == "山   "
    assert pad("山", 5, "right") == "   山"
    assert pad("山", 5, "center") == " 山  "
    assert pad("山山山", 5) == "山山…"
    assert pad("山山山", 4) == "山… "


def test_lone_surrogates_are_no_error():
    assert rows("bad \udcff name", 6) == ["bad \udcff", "name"]
    assert graphemes("a\udcffe\u0301") == ("a", "\udcff", "e\u0301")


def test_the_first_rows_of_a_long_line_need_not_wait_for_the_last():
    text = "山高水长，" * 200_000
    assert [text[start:end] for start, end in islice(module.rows(text, 11), 3)] == [
        "山高水长，",
        "山高水长，",
        "山高水长，",
    ]


def test_a_long_line_is_cut_alike_in_one_window_and_in_many(monkeypatch):
    text = "He went—slowly—to “the old house” by the sea. 他说“慢慢来”，然后走了——再也没有回来。" * 60
    many = wrapped(text, 37)
    monkeypatch.setattr(module, "_WINDOW_CHARS", 1_000_000)
    assert wrapped(text, 37) == many


# ------------------------------------------------------------------------------------------- Unicode's own tests


def unicode_tests(name: str):
    path = SUITES / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    for line in path.read_text(encoding="utf-8").splitlines():
        marks = line.partition("#")[0].split()
        text, stops = "", []
        for mark in marks:
            if mark == "÷":
                stops.append(len(text))
            elif mark != "×":
                text += chr(int(mark, 16))
        if text:
            yield text, stops


def test_line_break_test(record_property):
    verdicts = [module._uax14_breaks(text) == stops for text, stops in unicode_tests("LineBreakTest.txt")]
    share = sum(verdicts) / len(verdicts)
    record_property("LineBreakTest.txt", f"{sum(verdicts)} of {len(verdicts)} pass ({share:.2%})")
    assert len(verdicts) > 19_000
    assert share >= BASE_SHARE


def test_grapheme_break_test():
    tests = list(unicode_tests("GraphemeBreakTest.txt"))
    assert len(tests) > 700
    wrong = [text for text, stops in tests if [0, *accumulate(map(len, graphemes(text)))] != stops]
    assert wrong == []


def test_simple_characters_are_a_grapheme_each():
    from unicode_segmentation_rs import graphemes as clusters

    codes = [*range(0xD800), *range(0xE000, 0x20000), *range(0x20000, 0x110000, 11)]  # planes 2 and 3 are one class
    simple = [character for character in map(chr, codes) if module._is_simple(module._classes(character))]
    assert len(simple) > 50_000
    assert clusters("".join(simple), True) == simple
    assert clusters("".join(reversed(simple)), True) == simple[::-1]


# --------------------------------------------------------------------------------------------------- invariants

WORDS = (
    "the quick fox well-known --flag C++ C# .NET a/b https://q.example/a/b?c=d don’t “so” (x) [1] 3.5% $5 1,000 … — –"
    " 山 水长流 ，。 “ ” ‘ ’ 「 」 『 』 （ ） 《 》 —— …… · ～ ／ 、；：？！ 々 ー っ ょ カ ひらがな 東京 ％ ＡＢ １２"
    " 한국어 낱말은 가 ❤️ 👨‍👩‍👧 🇨🇳 👍🏽 e\u0301 क्षि ก็ \u200b \u200d \ufe0f \u0301 \u00a0 \u3000"
)
words = st.sampled_from(WORDS.split(" "))
texts = st.lists(words | st.sampled_from([" ", " ", "  ", "\n", "\t"]), max_size=40).map("".join) | st.text(max_size=40)
widths = st.integers(1, 24)


@given(texts, widths, st.none() | widths)
@example("「「「", 2, None)
@example("\n", 1, None)
@example(" \u0301", 1, None)
@example("a\u0301" * 30, 7, 1)
def test_rows_keep_all_and_are_no_wider_than_asked(text, width, first):
    cut = wrapped(text, width, first=first)
    borders = {0, *accumulate(map(len, graphemes(text)))}
    at = 0
    for number, (start, end) in enumerate(cut):
        gap = text[at:start]
        assert gap.strip(SPACES + "\n") == "", "only white space and line feeds are in no row"
        assert at <= start <= end
        row = text[start:end]
        assert "\n" not in row
        assert row == row.rstrip(SPACES)
        room = first if number == 0 and first is not None else width
        assert cell_len(row) <= room or sum(cells(part) > 0 for part in graphemes(row)) == 1
        if number and "\n" not in gap and not gap:
            assert start in borders, "no grapheme is parted"
        at = end
    assert text[at:].strip(SPACES + "\n") == ""
    assert len(cut) >= 1 + text.count("\n")


@given(texts, widths)
@example("the–…", 2)
def test_no_forbidden_start_or_end_where_another_break_exists(text, width):
    for line in text.split("\n"):
        cut = wrapped(line, width)
        borders = list(accumulate(map(len, graphemes(line))))
        for (start, end), (following, _) in pairwise(cut):
            if not forbidden(line, end, following):
                continue
            others = [border for border in borders if start < border < end and cells(line[border])]
            others = [border for border in others if not set(line[border - 1 : border + 1]) & set(SPACES)]
            others = [
                border for border in others if line[border] not in ALSO_NO_START and line[border - 1] not in "([{"
            ]
            assert all(forbidden(line, border, border) for border in others)


def forbidden(line: str, end: int, start: int) -> bool:
    """Whether a row may not end at `end` with the next beginning at `start`."""
    if line[:start].rstrip(" ").endswith(("\u200b", "\t", "\u3000")):  # a break the author asks for
        return False
    if start > end:  # white space between: only what never has any before it
        return line[start] in "。，、！？」』）》】〉〕" or line[end - 1] in "「『（《【〈〔"
    return line[start] in NO_START or line[end - 1] in NO_END or line[end - 1 : start + 1] in ("——", "……")


@given(texts)
def test_no_legal_break_is_a_forbidden_one(text):
    for line in text.split("\n"):
        for stop in breaks(line)[:-1]:
            before = line[:stop].rstrip(SPACES)
            assert not before or not forbidden(line, len(before), stop), (line[:stop], line[stop:])


@given(texts)
def test_cells_agree_with_rich(text):
    assert cells(text) == cell_len(text)


@given(texts, st.integers(0, 30), st.sampled_from(["…", "", "..."]))
def test_clip_fits(text, width, ellipsis):
    clipped = clip(text, width, ellipsis)
    assert cells(clipped) <= width
    assert clipped == text or clipped.endswith(ellipsis) or ellipsis.startswith(clipped)


@given(texts, st.integers(0, 30), st.sampled_from(["left", "right", "center"]))
def test_pad_fills(text, width, align):
    assert cells(pad(text, width, align)) == width


# ----------------------------------------------------------------------------------------------- real articles


def test_chinese_articles_leave_little_slack(record_property):
    folder = SHARED / "articles"
    if not folder.exists():
        pytest.skip(f"{folder} is not here")
    slack = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if sum("\u3040" <= character <= "\u9fff" for character in line) * 2 <= len(line):
                continue
            for width in (40, 80):
                cut = wrapped(line, width)
                for (start, end), (following, _) in pairwise(cut):
                    slack.append(width - cells(line[start:end]))
                    assert not forbidden(line, end, following), line[start:end]
    mean = sum(slack) / len(slack)
    record_property("Chinese and Japanese rows", f"{len(slack)}, slack {mean:.2f} cells on average")
    assert mean < 2


def test_accents_piled_up_are_not_all_drawn():
    assert sparse("plain 文字 👨🏽‍👩🏽‍👧🏽‍👦🏽 é") == "plain 文字 👨🏽‍👩🏽‍👧🏽‍👦🏽 é"
    assert sparse("e" + "\u0301" * 4000 + "x") == "e" + "\u0301" * 15 + "x"
