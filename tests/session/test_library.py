"""The lists of articles, with no app."""

from __future__ import annotations

from session_kit import session, stored

from reader.document import Range
from reader.store import Store


def test_the_articles_of_a_folder_come_and_say_that_they_have(tmp_path):
    for number in range(450):
        (tmp_path / f"{number:03}.md").write_text(f"# Article {number}\n")
    made = session("words", folder=str(tmp_path))
    counts: list[int] = []
    listing = made.library.articles()
    listing.changed = lambda: counts.append(len(listing.works))
    stored(made)
    assert [work.title for work in listing.works][:2] == ["Article 0", "Article 1"]
    assert len(listing.works) == 450


def test_a_folder_that_is_not_there_is_said(tmp_path):
    made = session("words", folder=str(tmp_path / "gone"))
    listing = made.library.articles()
    stored(made)
    assert listing.problem.startswith("The folder cannot be read")


def test_an_article_off_the_list_keeps_its_notes_and_comes_back(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# A\n")
    made = session("# A\n", path=path, store=tmp_path / "reader.sqlite")
    made.start()
    made.annotations.add(Range(0, 1), words="mine")
    listing = made.library.recents()
    stored(made)
    assert [work.path for work in listing.works] == [str(path)]
    made.library.hide(listing, 0)
    assert listing.works == []
    assert "u undoes" in listing.problem
    again = made.library.recents()
    stored(made)
    assert again.works == []
    made.undo.undo()
    assert [work.path for work in listing.works] == [str(path)]
    made.finish()
    with Store(str(tmp_path / "reader.sqlite")) as store:
        assert [recent.path for recent in store.recents()] == [str(path)]
        assert [one.words for one in store.annotations(made.places.key())] == ["mine"]
