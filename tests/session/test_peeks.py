"""What is shown of a place without going there."""

from __future__ import annotations

from pathlib import Path

import pytest
from session_kit import session

from reader.document import Document, Range
from reader.session import Peek, Session

ARTICLE = """# The harbour

It rained [2]. The bell[^b] rings; see [the pier](#pier) and [nowhere](#gone).

## Pier

The end of the pier.

A gull.

## References

[1] Gull.
[2] Tern.

[^b]: Cast in *1871*.

    Cracked since.
"""
LONG = (
    "# Long\n\n"
    + "Wave after wave comes in. " * 200
    + "\n\n## Pier\n\nShort.\n\n"
    + "\n\n".join("Foam. " * 20 for _ in range(60))
)


def shown(peek: Peek | None) -> list[str]:
    assert peek is not None
    return [peek.document.slice(block) for block in peek.document.blocks]


def made(tmp_path: Path) -> Session:
    (tmp_path / "long.md").write_text(LONG, encoding="utf-8")
    (tmp_path / "one.md").write_text("---\nauthor: Jane Doe\n---\n" + ARTICLE, encoding="utf-8")
    return session(ARTICLE, path=tmp_path / "here.md")


def test_a_note_with_all_its_paragraphs(tmp_path: Path) -> None:
    one = made(tmp_path)
    assert shown(one.peeks.note("b")) == ["Cast in 1871.", "Cracked since."]
    assert one.peeks.note("nobody") is None
    assert "not defined" in one.message.text


def test_a_reference_and_the_way_to_it(tmp_path: Path) -> None:
    one = made(tmp_path)
    (cited,) = one.peeks.references.cited(Range(0, 40))
    peek = one.peeks.said(cited)
    assert shown(peek) == ["[2] Tern."]
    assert one.viewport.top_offset == 0, "to look is not to go"
    peek.go()
    text = one.article.document.text
    assert text[one.viewport.top_offset :].startswith("[2] Tern")
    assert one.history.back


def test_what_an_abbreviation_stands_for(tmp_path: Path) -> None:
    text = "# T\n\nThe HTML, not XHTML or `HTML` or [HTML](x.md).\n\n    HTML\n\n*[HTML]: Hyper Text Markup Language\n"
    one = session(text, path=tmp_path / "here.md")
    (word,) = one.peeks.in_text(Range(0, 80))
    assert one.article.document.text[word.start - 4 : word.end] == "The HTML"
    peek = one.peeks.said(word)
    assert (peek.title, shown(peek), peek.go) == ("HTML", ["Hyper Text Markup Language"], None)
    assert not one.peeks.in_text(Range(0, word.start))


def test_references_are_looked_for_again_when_more_is_loaded(tmp_path: Path) -> None:
    one = made(tmp_path)
    before = one.peeks.references
    assert one.peeks.references is before
    one.article.document = Document()
    assert one.peeks.references is not before


def test_a_place_is_its_section(tmp_path: Path) -> None:
    one = made(tmp_path)
    assert shown(one.peeks.place("pier"))[:3] == ["Pier", "The end of the pier.", "A gull."]
    assert one.peeks.place("gone") is None
    assert "No place named #gone" in one.message.text


def test_the_head_of_another_article_and_a_place_in_it(tmp_path: Path) -> None:
    one = made(tmp_path)
    looks: list[Peek] = []
    one.peeks.article(str(tmp_path / "one.md"), "", looks.append)
    one.peeks.article(str(tmp_path / "long.md"), "pier", looks.append)
    head, place = looks
    assert [line.text for line in head.front] == ["1 min read"]
    assert shown(head)[:3] == ["The harbour", "Jane Doe", "It rained [2]. The bell1 rings; see the pier and nowhere."]
    assert shown(place)[:2] == ["Pier", "Short."]
    assert sum(map(len, shown(place))) < 2000


def test_a_place_far_on_in_another_article_is_read_up_to(tmp_path: Path) -> None:
    one = made(tmp_path)
    waves = "\n\n".join(f"## Day {day}\n\n" + "Wave after wave comes in. " * 40 for day in range(150))
    (tmp_path / "far.md").write_text(f"# Far\n\n{waves}\n\n## Pier\n\nThe last word.\n", encoding="utf-8")
    found: list[Peek] = []
    one.peeks.article(str(tmp_path / "far.md"), "pier", found.append)
    assert shown(found[0]) == ["Pier", "The last word."]


def test_a_long_paragraph_is_cut_at_a_sentence(tmp_path: Path) -> None:
    one = made(tmp_path)
    looks: list[Peek] = []
    one.peeks.article(str(tmp_path / "long.md"), "", looks.append)
    title, first = shown(looks[0])
    assert title == "Long"
    assert 700 < len(first) <= 1500
    assert first.endswith("comes in.")


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    one = made(tmp_path)
    looks: list[Peek] = []
    one.peeks.article(str(tmp_path / "gone.md"), "", looks.append)
    assert not looks
    assert one.message.warning


@pytest.mark.parametrize("moves", [True, False])
def test_a_look_that_comes_late_is_dropped(tmp_path: Path, moves: bool) -> None:
    one = made(tmp_path)
    looks: list[Peek] = []
    run = one.background.run
    waiting = []
    one.background.run = lambda work, **more: waiting.append(work)  # type: ignore[method-assign]
    one.peeks.article(str(tmp_path / "one.md"), "", looks.append)
    if moves:
        one.viewport.top_offset = 9
    one.background.run = run  # type: ignore[method-assign]
    waiting[0]()
    assert bool(looks) is not moves
