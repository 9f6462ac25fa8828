"""What is folded away, with no screen: sections with all below them, and boxes as their author meant them."""

from __future__ import annotations

from session_kit import documents, session

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
