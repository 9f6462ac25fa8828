"""Running text as pictures: the ornaments of spans."""

from __future__ import annotations

import pytest
from layout_picture import picture

from reader.document import Document, Span
from reader.layout import Layout
from reader.parse import parse


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
