"""Highlights and notes that are kept: their words, drafts and colours; removed and brought back; by two at once."""

import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from tools.kill_writers import run

from reader.store import Annotation, Article, Selector, Store, annotation, articles
from reader.store import store as module
from reader.store.place import Place, place_at

TEXT = "Some words of an article, and some more of them after these."
PLACE = place_at(12, TEXT, digest="d1", time=100.0)
ARTICLE = Article("/a.md", "d1", "A")
SELECTOR = Selector(5, 10, "words", "Some ", TEXT[10:], "Section", 5, "d1", 0.5)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "reader.sqlite")


def test_all_of_an_annotation_is_kept(path: str) -> None:
    lit = annotation(SELECTOR, colour="yellow", time=5.0)
    noted = annotation(replace(SELECTOR, start=1, end=3), words="two\nlines #tag", time=6.0)
    page = annotation(None, words="on the whole", time=7.0)
    with Store(path) as store:
        for one in (lit, noted, page):
            assert store.save_annotation(ARTICLE, one)
    with Store(path) as store:
        assert store.annotations(ARTICLE) == (page, noted, lit)
        assert store.annotations(Article("/b.md", "d2")) == ()
        assert store.annotated() == ((ARTICLE, (page, noted, lit)),)


def test_tags_are_words_with_a_sign() -> None:
    words = "#one, (#two) #三个字，#four/five-six #42 a#b ##c https://e.org/#d #one &#38;"
    assert annotation(None, words=words).tags == ("one", "two", "三个字", "four/five-six")


def test_ids_are_uuids() -> None:
    import uuid

    for _ in range(50):
        name = annotation(None).id
        assert str(uuid.UUID(name)) == name
        assert uuid.UUID(name).version == 4
        assert uuid.UUID(name).variant == uuid.RFC_4122


def test_two_readers_that_change_different_things_undo_nothing_of_one_another(path: str) -> None:
    one = annotation(SELECTOR, colour="yellow", words="old", time=5.0)
    with Store(path) as first, Store(path) as second:
        first.save_annotation(ARTICLE, one)
        assert first.change_annotation(one.id, words="new")
        assert second.change_annotation(one.id, colour="blue")
        (found,) = first.annotations(ARTICLE)
        assert (found.words, found.colour, found.created, found.id) == ("new", "blue", 5.0, one.id)
        assert found.modified > 5.0
        assert not first.change_annotation("none", words="x")
        assert first.problem == ""


def test_one_that_is_known_is_saved_over(path: str) -> None:
    one = annotation(SELECTOR, words="old", time=5.0)
    with Store(path) as store:
        store.save_annotation(ARTICLE, one)
        (before,) = store.notes(ARTICLE)
        store.save_annotations(ARTICLE, [replace(one, words="new", created=9.0), annotation(None)])
        assert [(note.id, note.words) for note in store.notes(ARTICLE)] == [(before.id, "new")]
        assert store.annotations(ARTICLE)[1].created == 5.0, "made when it was made"


def test_what_is_removed_comes_back_and_is_purged_after_thirty_days(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = annotation(SELECTOR, words="one"), annotation(SELECTOR, words="two")
    with Store(path) as store:
        store.save_annotations(ARTICLE, [one, two])
        store.save_bookmark(ARTICLE, "b", PLACE)
        assert store.remove_annotation(one.id)
        assert store.remove_annotation(two.id)
        assert store.remove_bookmark(ARTICLE, "b")
        assert store.annotations(ARTICLE) == ()
        assert store.annotated() == ()
        removed = store.annotations(ARTICLE, removed=True)
        assert [found.words for found in removed] == ["two", "one"]
        assert removed[0].removed is not None
    with Store(path) as store:
        assert store.restore_annotation(one.id)
        assert store.annotations(ARTICLE) == (one,)
    later = time.time() + module.KEEP_REMOVED_S - 60
    monkeypatch.setattr(module.clock, "time", lambda: later)
    with Store(path) as store:
        assert len(store.annotations(ARTICLE, removed=True)) == 1
    monkeypatch.setattr(module.clock, "time", lambda: later + 120)
    with Store(path) as store:
        assert store.annotations(ARTICLE, removed=True) == ()
        assert store.annotations(ARTICLE) == (one,)
        assert store.restore_bookmark(ARTICLE, "b")
        assert store.bookmarks(ARTICLE) == {}


def test_drafts_are_done_with_when_their_annotation_is_saved(path: str) -> None:
    with Store(path) as store:
        new = annotation(SELECTOR, words="begun", time=5.0)
        assert store.save_draft(ARTICLE, new)
        assert store.save_draft(ARTICLE, replace(new, words="begun and more"))
        assert store.annotations(ARTICLE) == ()
        assert [one.words for one in store.drafts(ARTICLE)] == ["begun and more"]
        assert store.save_annotation(ARTICLE, replace(new, words="done"))
        assert store.drafts(ARTICLE) == ()
        assert store.save_draft(ARTICLE, replace(new, words="done, or not"))
        draft = store.draft(new.id)
        assert draft is not None
        assert draft.words == "done, or not"
        assert [one.words for one in store.annotations(ARTICLE)] == ["done"], "the note is as it was"
        assert store.change_annotation(new.id, words="done again")
        assert store.draft(new.id) is None
        store.save_draft(ARTICLE, new)
        assert store.discard_draft(new.id)
        assert store.draft(new.id) is None
        assert [one.words for one in store.annotations(ARTICLE)] == ["done again"]


def test_selectors_of_an_edited_article_are_saved_and_lost_ones_placed_again(path: str) -> None:
    one = annotation(SELECTOR, words="one", time=5.0)
    moved = replace(SELECTOR, start=105, end=110, digest="d2")
    with Store(path) as store:
        store.save_annotation(ARTICLE, one)
        assert store.save_selectors({one.id: moved})
        assert store.save_selectors({})
        assert store.annotations(ARTICLE) == (replace(one, selector=moved),)
        by_hand = replace(SELECTOR, start=1, end=4, exact="ome")
        assert store.place_again(one.id, by_hand)
        (found,) = store.annotations(ARTICLE)
        assert found.selector == by_hand
        assert found.modified > 5.0


def test_an_article_that_is_forgotten_for_its_age_keeps_its_notes(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "MOST_ARTICLES", 3)
    kept = annotation(SELECTOR, words="kept")
    with Store(path) as store:
        store.save_annotation(ARTICLE, kept)
        store.remove_annotation(kept.id)
        for number in range(9):
            store.save_place(Article(f"/{number}.md", f"d{number}x"), Place(1, time=5e9 + number))
        assert store.restore_annotation(kept.id)
        assert store.annotations(ARTICLE) == (kept,)


def test_notes_as_the_app_still_asks_for_them(path: str) -> None:
    with Store(path) as store:
        later = store.add_note(ARTICLE, place_at(30, TEXT), 4, "second")
        sooner = store.add_note(ARTICLE, PLACE, 5, "第一\ud800")
        assert sooner
        assert later
        assert [(note.words, note.length) for note in store.notes(ARTICLE)] == [("第一?", 5), ("second", 4)]
        assert store.notes(ARTICLE)[0].place.after == TEXT[12:]
        store.change_note(later.id, "changed")
        store.remove_note(sooner.id)
        assert [note.words for note in store.notes(ARTICLE)] == ["changed"]
        assert [one.words for one in store.annotations(ARTICLE)] == ["changed"]


def test_five_thousand_annotations(path: str) -> None:
    many: list[Annotation] = [
        annotation(Selector(at, at + 20, TEXT[:20], TEXT[:40], TEXT[20:]), colour="yellow") for at in range(5000)
    ]
    with Store(path) as store:
        assert store.save_annotations(ARTICLE, many)
        assert store.annotations(ARTICLE) == tuple(many)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing kills so there")
def test_readers_that_are_killed_while_two_write_have_lost_nothing_they_had_said(path: str) -> None:
    outcome = run(4, path)
    assert outcome.kills == 8
    assert outcome.shown > 0
    assert (outcome.lost, outcome.damaged) == (0, 0)
