"""What is folded away, with no screen: sections with all below them, and boxes as their author meant them."""

from __future__ import annotations

from growth import superlinear
from session_kit import documents, session

from reader.document import Document, Heading, Paragraph, Section, Shown
from reader.session.folding import Folds

TEXT = """# A

Intro.

## One

First lamp.

### Deep

Deep words.

## Two

<details>
<summary>More</summary>

Hidden herons.

</details>

<details open>
<summary>Shown</summary>

Seen at once.

</details>

## Empty
"""


def visible(made) -> list[str]:
    layout = made.article.layout
    layout.measure(0, 0, 10_000)  # heights are estimates until then
    return [layout.row(y).text.strip() for y in range(layout.height) if layout.row(y).text.strip("─━ ")]


def test_boxes_are_closed_unless_their_author_opened_them():
    made = session(TEXT)
    assert "┆ ▸ More" in visible(made)
    assert not any("herons" in row for row in visible(made))
    assert "┆ Seen at once." in visible(made)


def test_a_section_folds_with_those_below_it_and_a_jump_opens_it():
    made = session(TEXT)
    document = made.article.document
    one = next(section for section in document.sections if section.title == "One")
    assert made.article.set_fold(one.start, True)
    shown = visible(made)
    assert "One" in shown
    assert not {"First lamp.", "▍ Deep", "Deep words."} & set(shown)
    assert "Two" in shown
    deep = document.text.index("Deep words")
    assert made.article.section_start(one.start, 1) == next(s.start for s in document.sections if s.title == "Two")
    assert made.article.open_to(deep)
    assert "Deep words." in visible(made)


def test_all_folded_and_all_unfolded_again():
    made = session(TEXT)
    made.article.fold_all(True)
    assert "First lamp." not in visible(made)
    made.article.fold_all(False)
    shown = visible(made)
    assert "First lamp." in shown
    assert any("herons" in row for row in shown)


def test_nothing_below_is_nothing_to_fold():
    made = session(TEXT)
    empty = next(section for section in made.article.document.sections if section.title == "Empty")
    assert not made.article.set_fold(empty.start, True)


def test_what_is_hidden_stays_so_at_another_width_and_as_the_article_grows():
    document = documents(TEXT)[-1]
    made = session(TEXT)
    one = next(section for section in document.sections if section.title == "One")
    made.article.set_fold(one.start, True)
    before = visible(made)
    made.article.resize(30)
    assert visible(made) == before
    made.article.grow(made.article.document)
    assert visible(made) == before


def test_what_is_hidden_starts_after_what_names_it():
    folds = Folds()
    document = documents(TEXT)[-1]
    folds.grow(document)
    folds.set_all(document, True)
    for name in folds.folded:
        assert not folds.hides(name) or any(part.start <= name < part.end for part in folds.hidden)
        inside = folds.stands_for(document, name)
        assert inside is None or inside.start > name
    assert list(folds.hidden) == sorted(folds.hidden, key=lambda part: part.start)
    assert all(one.end < other.start for one, other in zip(folds.hidden, folds.hidden[1:], strict=False))


def test_printed_an_article_hides_nothing(tmp_path):
    from reader.export import rendered

    printed = "\n".join(rendered(documents(TEXT)[-1], "text", origin="", width=60, density=0.1).lines)
    assert "Hidden herons" in printed


def test_all_sections_of_a_level_fold_and_unfold():
    made = session(TEXT)
    made.fold_level(2)
    assert made.message.text == "Sections of level 2 are folded"
    shown = visible(made)
    assert {"A", "One", "Two"} <= set(shown)
    assert not {"First lamp.", "▍ Deep", "┆ ▸ More"} & set(shown)
    made.fold_level(2)
    assert "First lamp." in visible(made)
    made.fold_level(5)
    assert made.message.text == "No section of level 5 folds"


def test_a_level_more_and_a_level_less():
    made = session(TEXT)
    folds = list(made.article.folds.levels(made.article.document))
    assert sorted(folds) == [1, 2, 3]
    made.fold_level(None, True)
    assert "▍ Deep" in visible(made)
    assert "Deep words." not in visible(made)
    made.fold_level(None, True)
    assert "First lamp." not in visible(made)
    made.fold_level(None, True)
    assert "One" not in visible(made)
    made.fold_level(None, True)
    assert made.message.text == "Every section is folded"
    made.fold_level(None, False)
    assert "One" in visible(made)
    assert "First lamp." not in visible(made)
    made.fold_level(None, False)
    made.fold_level(None, False)
    assert "Deep words." in visible(made)
    made.fold_level(None, False)
    assert made.message.text == "No section is folded"


def of_sections(count: int) -> Document:
    """Sections of two levels by turns, each of a heading and a word."""
    text, blocks, sections = "One\n\nword\n\n" * count, [], []
    for at in range(count):
        start = 11 * at
        blocks += [Heading(start, start + 3, level=1 + at % 2), Paragraph(start + 5, start + 9)]
        sections.append(Section(start, start + 11, Shown("One"), 1 + at % 2))
    return Document(Shown(text), blocks=tuple(blocks), sections=tuple(sections))


def test_folding_all_takes_time_in_proportion_to_the_sections():
    made = {}

    def make(count: int) -> str:
        document = of_sections(count)
        made[document.text] = document
        return document.text

    assert not superlinear(lambda text: Folds().set_all(made[text], True), make, 8_000)
