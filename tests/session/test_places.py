"""The remembered place, bookmarks and notes, kept in a store, with no app."""

from __future__ import annotations

from session_kit import Heard, documents, session, stored

from reader.session import Session
from reader.store import Article, Store

TEXT = "\n\n".join(f"Step number {number} creaks." for number in range(200))


def kept(path) -> Store:
    return Store(str(path / "reader.sqlite"))


def opened(path, text=TEXT) -> Session:
    made = session(text, path=path / "stairs.md", store=path / "reader.sqlite")
    made.start()
    stored(made)
    return made


def moved(made: Session, offset: int) -> None:
    made.viewport.top_offset = offset
    made.has_moved()


def test_the_place_is_written_after_a_move_and_found_again(tmp_path):
    made = opened(tmp_path)
    moved(made, 400)
    assert made.background.timers, "not at once"
    made.finish()
    again = opened(tmp_path)
    assert again.viewport.top_offset == 400


def test_without_a_move_nothing_is_written_over(tmp_path):
    made = opened(tmp_path)
    moved(made, 400)
    made.finish()
    again = opened(tmp_path)
    again.finish()
    with kept(tmp_path) as store:
        place = store.place(Article(str(tmp_path / "stairs.md"), made.article.digest))
        assert place.offset == 400


def test_a_place_that_is_not_loaded_yet_is_gone_to_when_it_is(tmp_path):
    long = "\n\n".join(f"Step number {number} creaks, and then some more of it." for number in range(4000))
    whole = documents(long)
    made = session(whole[-1], path=tmp_path / "long.md", store=tmp_path / "reader.sqlite")
    made.start()
    stored(made)
    moved(made, len(whole[-1].text) - 3000)
    made.finish()
    again = session(whole[0], path=tmp_path / "long.md", store=tmp_path / "reader.sqlite")
    again.article.digest = made.article.digest
    again.start()
    stored(again)
    assert again.viewport.top_offset == 0
    again.loading.take(again.article, whole[-1])
    assert again.viewport.top_offset == len(whole[-1].text) - 3000
    again.finish()


def test_bookmarks_come_back_and_go(tmp_path):
    made = opened(tmp_path)
    heard = Heard(made)
    moved(made, 300)
    made.places.mark("a")
    assert "places" in heard
    moved(made, 0)
    made.places.to_mark("a")
    assert made.viewport.top_offset == 300
    made.finish()
    again = opened(tmp_path)
    assert list(again.places.bookmarks) == ["a"]
    again.places.unmark("a")
    again.finish()
    last = opened(tmp_path)
    assert not last.places.bookmarks
    last.places.to_mark("a")
    assert last.message.text == "No bookmark a"
    last.finish()


def test_a_removed_bookmark_comes_back(tmp_path):
    made = opened(tmp_path)
    made.places.mark("a")
    made.places.unmark("a")
    assert made.message.text == "Bookmark a removed, u undoes"
    made.undo.undo()
    assert list(made.places.bookmarks) == ["a"]
    made.finish()
    again = opened(tmp_path)
    assert list(again.places.bookmarks) == ["a"]
    again.finish()


def test_opened_at_the_top_by_request_the_place_stays_until_a_page_is_read(tmp_path):
    made = opened(tmp_path)
    moved(made, 2000)
    made.finish()
    fresh = session(TEXT, path=tmp_path / "stairs.md", store=tmp_path / "reader.sqlite", fresh=True)
    fresh.start()
    stored(fresh)
    moved(fresh, 50)
    fresh.places.save()
    stored(fresh)
    with kept(tmp_path) as store:
        assert store.place(fresh.places.key()).offset == 2000
    moved(fresh, 400)
    fresh.finish()
    with kept(tmp_path) as store:
        assert store.place(fresh.places.key()).offset == 400
