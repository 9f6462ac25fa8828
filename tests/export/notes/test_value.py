"""What an export says of an article, whether it can be read or not."""

from __future__ import annotations

from reader.export.notes import article_notes, as_markdown, newer, write_notes
from reader.loading import load
from reader.source import read
from reader.store import Article, annotation
from tests.export.notes.making import PATH, harbour, marked, notes


def test_notes_stand_in_the_order_of_the_article_those_on_the_whole_first_and_the_lost_last():
    document = harbour()
    light, pier = marked(document, "burned until four"), marked(document, "took nine years", colour="green")
    whole = annotation(None, words="read again", time=2e9)
    gone = marked(harbour("A sentence about whales and nothing else at all.\n"), "about whales and nothing else")
    found = notes(document, light, gone, pier, whole)
    assert [one.annotation for one in found.notes] == [whole, pier, light, gone]
    assert [one.section for one in found.notes] == ["", "The pier", "The light", "Opening"]
    assert [one.lost for one in found.notes] == [False, False, False, True]
    assert found.notes[-1].quote == "about whales and nothing else"


def test_what_the_front_matter_says_of_the_article():
    document = harbour(url="https://example.org/harbour", tags="sea, boats", keywords="oxen")
    found = notes(document)
    assert (found.title, found.author, found.url, found.tags) == (
        *("The harbour", "M. Lind", "https://example.org/harbour"),
        ("sea", "boats", "oxen"),
    )
    assert found.source == "https://example.org/harbour"
    assert notes(harbour()).source == PATH
    assert notes(harbour(), path="https://e.org/a\x1b").url == "https://e.org/a␛"


def test_an_article_that_cannot_be_read_is_exported_from_what_is_stored():
    document = harbour()
    made = [marked(document, "took nine years"), annotation(None, words="x")]
    found = article_notes(Article(PATH, "d1", ""), made, None)
    assert found.title == "harbour.md"
    assert [(one.quote, one.section, one.place) for one in found.notes] == [
        ("", "", None),
        ("took nine years", "The pier", None),
    ]


def test_only_what_is_new():
    document = harbour()
    old, new = marked(document, "nine years", time=5.0), marked(document, "until four", time=9.0)
    found = notes(document, old, new)
    assert [one.annotation for one in newer(found, 5.0).notes] == [new]


def test_the_title_is_the_heading_that_the_article_opens_with_where_the_front_matter_has_none(tmp_path):
    for text, title in (
        ("## Paths for items\n\nTo show where.\n\n# Another\n\nText.\n", "Paths for items"),
        ("Some text first.\n\n## Paths for items\n\nTo show where.\n", "paths.md"),
    ):
        path = tmp_path / "paths.md"
        path.write_text(text, encoding="utf-8")
        *_, document = load(read(str(path)))
        found = article_notes(Article(str(path), "d1", "paths.md"), [annotation(None, words="x")], document)
        assert found.title == title
        (written,) = write_notes(str(tmp_path / f"into {title}"), [(found, as_markdown(found))], ".md")
        assert written.path.endswith(f"{title.removesuffix('.md')}.md")
        assert not written.path.endswith(".md.md")
