"""Notes out of a store and in again: which articles, what is new, what of an import is kept."""

from __future__ import annotations

import csv
import io
import json
from collections import deque
from dataclasses import replace
from pathlib import Path

import pytest

from reader.document import Document
from reader.export.notes import END, read_notes
from reader.loading import load
from reader.session import exchange
from reader.session.exchange import ExchangeError, Export
from reader.settings import Notes, Settings
from reader.source import read
from reader.store import Annotation, Article, Store, annotation, selector_at

POND = """---
title: The pond
link: https://example.org/pond
---

# Birds

A heron stood in the pond. Nobody had seen one for years.

# Fish

The carp are older than the house.
"""
HILL = "# The hill\n\nSheep graze on the hill, and one goat.\n"


def reports(line: str) -> None:
    raise AssertionError(f"nothing was to be reported: {line}")


class Shelf:
    """Two articles in a folder, and a store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "articles"
        self.folder.mkdir()
        self.pond, self.hill = self.folder / "pond.md", self.folder / "deep" / "hill.md"
        self.hill.parent.mkdir()
        self.pond.write_text(POND, encoding="utf-8")
        self.hill.write_text(HILL, encoding="utf-8")
        self.store = Store(str(folder / "state" / "reader.sqlite"))

    def article(self, path: Path) -> tuple[Article, Document]:
        source = read(str(path))
        document = deque(load(source), maxlen=1).pop()
        return Article(source.path, source.digest, document.metadata.title), document

    def mark(self, path: Path, quote: str, *, words: str = "", colour: str = "yellow", time: float = 1e9) -> Annotation:
        article, document = self.article(path)
        start = document.text.index(quote)
        selector = selector_at(start, start + len(quote), document.text, document.sections, article.digest)
        one = annotation(selector, words=words, colour=colour, time=time)
        assert self.store.save_annotation(article, one)
        return one

    def text(self, export: Export) -> str:
        made = exchange.plan(self.store, export)
        text = exchange.text_of(export, made, Settings(), reports)
        assert exchange.done(self.store, export, made)
        return text

    def bring(self, text: str, *names: Path) -> exchange.Brought:
        return exchange.bring(self.store, read_notes(text.encode()), list(map(str, names)), Settings(), reports)


@pytest.fixture
def shelf(tmp_path: Path):
    made = Shelf(tmp_path)
    yield made
    made.store.close()


def test_an_article_a_folder_or_all(shelf: Shelf):
    shelf.mark(shelf.pond, "A heron")
    shelf.mark(shelf.hill, "one goat")

    def titles(*names: Path) -> list[str]:
        return sorted(
            Path(article.path or "").name for article, _ in exchange.chosen(shelf.store, list(map(str, names)))
        )

    assert titles() == ["hill.md", "pond.md"]
    assert titles(shelf.folder) == ["hill.md", "pond.md"]
    assert titles(shelf.hill.parent) == ["hill.md"]
    assert titles(shelf.pond) == ["pond.md"]
    assert titles(shelf.pond, shelf.folder) == ["hill.md", "pond.md"], "each once"
    with pytest.raises(ExchangeError, match="no such file"):
        titles(shelf.folder / "nowhere.md")


def test_a_file_that_was_moved_has_its_notes_and_one_that_was_deleted_too(shelf: Shelf):
    shelf.mark(shelf.pond, "A heron")
    moved = shelf.pond.rename(shelf.folder / "moved.md")
    assert [len(notes) for _, notes in exchange.chosen(shelf.store, [str(moved)])] == [1]
    assert [len(notes) for _, notes in exchange.chosen(shelf.store, [str(shelf.pond)])] == [1]
    heard: list[str] = []
    export = Export("json", names=(str(shelf.pond),))
    text = exchange.text_of(export, exchange.plan(shelf.store, export), Settings(), heard.append)
    assert json.loads(text)["items"][0]["target"]["selector"][0]["exact"] == "A heron"
    assert len(heard) == 1
    assert "as they are remembered" in heard[0]


def test_only_what_is_new_since_the_same_export(shelf: Shelf):
    def quotes(export: Export) -> list[str]:
        return [row["Highlight"] for row in csv.DictReader(io.StringIO(shelf.text(export), newline=""))]

    everything, last = Export("csv"), Export("csv", since="last")
    shelf.mark(shelf.pond, "A heron", time=1000.0)
    assert quotes(last) == ["A heron"], "the first time all is new"
    assert quotes(last) == []
    shelf.mark(shelf.pond, "The carp", time=2000.0)
    shelf.mark(shelf.hill, "one goat", time=2001.0)
    assert sorted(quotes(last)) == ["The carp", "one goat"]
    assert sorted(quotes(everything)) == ["A heron", "The carp", "one goat"]
    assert quotes(replace(last, names=(str(shelf.hill),))) == ["one goat"], "of another export the last time is another"
    assert quotes(Export("csv", since=1500.0, names=(str(shelf.pond),))) == ["The carp"]
    assert quotes(last) == []


def test_into_a_folder_each_file_has_all_notes_of_its_article(shelf: Shelf, tmp_path: Path):
    out = tmp_path / "out"
    export = Export("md", str(out), "last")
    shelf.mark(shelf.pond, "A heron", words="Grey. #bird", time=1000.0)
    made = exchange.plan(shelf.store, export)
    (written,) = exchange.write_into(export, made, Settings(), reports)
    assert written.changed
    exchange.done(shelf.store, export, made)
    path = out / "The pond.md"
    path.write_text(path.read_text() + "My own.\n")
    assert not exchange.plan(shelf.store, export).several
    shelf.mark(shelf.pond, "The carp", time=2000.0)
    exchange.write_into(export, exchange.plan(shelf.store, export), Settings(), reports)
    text = path.read_text()
    assert "> A heron" in text
    assert "> The carp" in text
    assert text.endswith(f"{END}\nMy own.\n")
    assert 'tags: ["bird"]' in text
    assert shelf.pond.read_text() == POND, "the article is never written"


def test_templates_of_the_settings(shelf: Shelf):
    shelf.mark(shelf.pond, "A heron", words="Grey.")
    settings = Settings(notes=Notes(article="{notes}", note="- {words} ({section})"))
    export = Export()
    text = exchange.text_of(export, exchange.plan(shelf.store, export), settings, reports)
    assert "\n- Grey. (Birds)\n" in text
    assert "heron" not in text


def test_pages_need_a_folder_where_there_are_several(shelf: Shelf, tmp_path: Path):
    shelf.mark(shelf.pond, "A heron", words="Grey <b>.")
    shelf.mark(shelf.hill, "one goat")
    with pytest.raises(ExchangeError, match="--into FOLDER"):
        shelf.text(Export("html"))
    assert "Grey &lt;b&gt;." in shelf.text(Export("html", names=(str(shelf.pond),)))
    export = Export("html", str(tmp_path / "out"))
    exchange.write_into(export, exchange.plan(shelf.store, export), Settings(), reports)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["The hill.html", "The pond.html"]


def test_a_page_of_an_article_that_is_gone_has_the_notes(shelf: Shelf):
    shelf.mark(shelf.pond, "A heron", words="Grey.")
    shelf.pond.unlink()
    export = Export("html")
    page = exchange.text_of(export, exchange.plan(shelf.store, export), Settings(), lambda _: None)
    assert "A heron" in page
    assert "Grey." in page


def test_what_went_out_comes_back_once(shelf: Shelf, tmp_path: Path):
    one = shelf.mark(shelf.pond, "A heron", words="Grey. #bird", colour="green")
    shelf.mark(shelf.hill, "one goat")
    texts = [shelf.text(Export("json")), shelf.text(Export("csv"))]
    for text in texts:
        brought = shelf.bring(text)
        assert sum(added.new + added.changed for added in brought.articles) == 0
        assert sum(added.known for added in brought.articles) == 2
    with Store(str(tmp_path / "other" / "reader.sqlite")) as other:
        exchange.bring(other, read_notes(texts[0].encode()), [str(shelf.folder)], Settings(), reports)
        ((_, (found,)),) = exchange.chosen(other, [str(shelf.pond)])
        assert (found.id, found.words, found.colour, found.created) == (one.id, one.words, "green", one.created)
        assert found.selector == one.selector
        assert found.modified > one.modified, "what is new here is new for the next export"


def test_the_later_words_win(shelf: Shelf):
    one = shelf.mark(shelf.pond, "A heron", words="Grey.", time=1000.0)
    before = shelf.text(Export("json"))
    shelf.store.change_annotation(one.id, words="Grey, I think.")
    assert shelf.bring(before).articles[0].known == 1
    later = before.replace("Grey.", "White!").replace("1970-01-01T00:16:40", "2100-01-01T00:00:00")
    assert shelf.bring(later).articles[0].changed == 1
    assert [found.words for _, notes in exchange.chosen(shelf.store) for found in notes] == ["White!"]


def test_an_export_of_hypothesis_finds_its_article_by_the_address_in_its_header(shelf: Shelf):
    rows = [
        {
            "id": "a1",
            "uri": "http://www.example.org/pond/",
            "text": "Which one?",
            "tags": ["bird"],
            "created": "2026-01-02T03:04:05+00:00",
            "target": [{"selector": [{"type": "TextQuoteSelector", "exact": exact, "prefix": "", "suffix": ""}]}],
        }
        for exact in ("A heron stood", "An albatross stood")
    ]
    text = json.dumps({"rows": rows})
    assert len(shelf.bring(text).homeless) == 2, "the store knows no such article"
    brought = shelf.bring(text, shelf.folder)
    (added,) = brought.articles
    assert (added.new, added.article.path) == (2, str(shelf.pond))
    assert list(exchange.unplaced(added.unanchored)) == ["An albatross stood"]
    assert not brought.homeless
    ((_, notes),) = exchange.chosen(shelf.store)
    assert {note.words for note in notes} == {"Which one?\n\n#bird"}
    assert {note.colour for note in notes} == {"yellow"}, "there each is on a highlight"


def test_a_highlight_without_words_or_colour_is_seen_all_the_same(shelf: Shelf):
    """A CSV says no colours: what has neither would be nowhere on the page."""
    shelf.bring("Highlight,Title,Note\nSheep graze,Hill,\none goat,Hill,mine\n,Hill,on it all\n", shelf.hill)
    ((_, notes),) = exchange.chosen(shelf.store)
    assert {(note.words, note.colour) for note in notes} == {("", "yellow"), ("mine", "yellow"), ("on it all", "")}


def test_a_note_without_a_highlight_stays_one(shelf: Shelf, tmp_path: Path):
    shelf.mark(shelf.hill, "one goat", words="Grey.", colour="")
    text = shelf.text(Export("json"))
    with Store(str(tmp_path / "other" / "reader.sqlite")) as other:
        exchange.bring(other, read_notes(text.encode()), [str(shelf.folder)], Settings(), reports)
        ((article, (found,)),) = exchange.chosen(other)
        assert (found.words, found.colour) == ("Grey.", "")
        assert article.title == "The hill", "as the file says"


def test_the_person_says_of_which_article_notes_are(shelf: Shelf):
    text = "Highlight,Title,Note\nSheep graze,Something Else,yes\n"
    (added,) = shelf.bring(text, shelf.hill).articles
    assert (added.new, added.unanchored) == (1, ())
