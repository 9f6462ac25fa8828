"""Selecting by keyboard: what each step takes, in Latin and in Han text, and what commands act on afterwards."""

from __future__ import annotations

import sys

import pytest
from session_kit import session

from reader.document import Range
from reader.session.selecting import Step
from reader.session.words import sentences, words

TEXT = """# Birds

The heron stood still. It didn't move, not once! Then it flew.

Nobody saw it go.

- oak
- elm

```
x = 1
```
"""
HAN = "# 鸟\n\n苹果很好吃。今天天气不错，我们去公园吧！テスト用 text 完了。\n"


def selected(steps: list[Step], text: str = TEXT, begin: str = "The heron", cut=None) -> str:
    made = session(text)
    document = made.article.document
    made.article.paragraph = document.block_index(document.text.index(begin))
    made.selecting._cut = cut
    assert made.selecting.begin()
    for step in steps:
        assert made.selecting.step(step)
    where = made.article.selection
    assert where == made.passage().range
    assert made.passage().kind == "selection"
    return document.slice(where)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([], "The"),
        (["word"], "The heron"),
        (["word"] * 5, "The heron stood still. It didn't"),
        (["word", "word", "word back"], "The heron"),
        (["sentence"], "The heron stood still."),
        (["sentence"] * 2, "The heron stood still. It didn't move, not once!"),
        (["sentence", "word"], "The heron stood still. It"),
        (["sentence", "sentence", "sentence back"], "The heron stood still. I"),
        (["paragraph"], "The heron stood still. It didn't move, not once! Then it flew."),
        (["paragraph", "paragraph"], TEXT[9:].partition("\n\n- oak")[0]),
        (["paragraph"] * 3, TEXT[9:].partition("\n\n- oak")[0] + "\n\noak"),
        (["paragraph", "paragraph back"], "The"),
        (["character", "character", "character back"], "The "),
        (["word", "word", "other end", "word"], "heron stood"),
        (["word", "word", "other end", "word", "other end", "word"], "heron stood still"),
        (["word", "other end", "word back"], "Birds\n\nThe heron"),
        (["word", "other end", "sentence"], "heron stood still. I"),
    ],
)
def test_what_steps_take(steps, found):
    assert selected(steps) == found


def test_han_text_goes_by_characters_and_by_words_where_they_are_known(monkeypatch):
    monkeypatch.setitem(sys.modules, "jieba", None)  # it may be installed, and would be loaded meanwhile
    assert selected(["word"], HAN, "苹果") == "苹果"
    assert selected(["word"] * 5, HAN, "苹果") == "苹果很好吃。今"
    known = {"苹果很好吃": ("苹果", "很", "好吃"), "今天天气不错": ("今天", "天气", "不错")}
    cut = lambda text: known.get(text, tuple(text))  # noqa: E731
    assert selected(["word"], HAN, "苹果", cut) == "苹果很"
    assert selected(["word"] * 4, HAN, "苹果", cut) == "苹果很好吃。今天天气"
    assert selected(["sentence", "sentence"], HAN, "苹果") == "苹果很好吃。今天天气不错，我们去公园吧！"


def test_words_of_mixed_text():
    text = "don't stop: テスト用のtext、2026年 état"
    found = [text[one.start : one.end] for one in words(text)]
    assert found == ["don't", "stop", "テスト", "用", "の", "text", "2026", "年", "état"]
    assert [text[one.start - 7 : one.end - 7] for one in words(text, 7)] == found


def test_sentences_end_with_their_signs():
    text = "他说：“好。”然后走了！ Yes?  No…  \n\n* * *"
    assert [text[one.start : one.end] for one in sentences(text)] == ["他说：“好。”", "然后走了！", "Yes?", "No…"]


def test_a_decimal_point_ends_no_sentence_and_the_mark_of_a_footnote_is_none():
    text = (
        "# Sun\n\nIt takes about 365.24219 days.[^1] Dr. Hale says so.[^2]\n\nSo it is.\n\n[^1]: One.\n\n[^2]: Two.\n"
    )
    steps = ("It takes about 365.24219 days.", "1 Dr. Hale says so.", "2\n\nSo it is.")
    for count in (1, 2, 3):
        assert selected(["sentence"] * count, text, "It takes") == "".join(steps[:count])
    assert selected(["sentence"] * 2 + ["other end", "sentence"], text, "It takes") == "Dr. Hale says so."


def test_rows_keep_to_their_cell():
    made = session("# T\n\n" + "abcdefgh ijklmnop qrstuvwx yzabcdef ghijklmn\n\nsecond 段落的文字 here\n")
    made.article.resize(20)
    made.article.paragraph = 1
    assert made.selecting.begin()
    made.selecting.step("word")
    layout, text = made.article.layout, made.article.document.text
    first = layout.row_of(made.article.selection.start)
    ends = []
    for _ in range(4):
        if not made.selecting.step("row down"):
            break
        ends.append(made.article.selection.end)
    assert [layout.row_of(end - 1) for end in ends[:2]] == [first + 1, first + 2]
    assert text[ends[0] - 1] == "f", "under the last letter of the second word"
    assert made.selecting.step("row up")
    assert not all(made.selecting.step("row up") for _ in range(20)), "the beginning is the end"


def test_a_lit_passage_is_taken_whole_and_a_selection_goes_on():
    made = session(TEXT)
    text = made.article.document.text
    start = text.index("It didn't")
    made.article.light("claim", Range(start, start + 26))
    made.selecting.begin()
    assert made.article.document.slice(made.article.selection) == "It didn't move, not once! "
    made.selecting.end()
    made.selecting.begin()
    made.selecting.step("word")
    assert made.article.document.slice(made.article.selection) == "It didn't move, not once! Then"
    made.selecting.end(drop=True)
    assert made.article.selection is None


def test_nothing_to_select():
    assert not session("").selecting.begin()
    made = session("a\n")
    assert made.selecting.begin()
    for step in ("word", "word back", "sentence", "sentence back", "row down", "row up", "paragraph", "character"):
        made.selecting.step(step)
        assert made.article.document.slice(made.article.selection) == "a"
