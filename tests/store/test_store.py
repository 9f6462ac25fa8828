"""The memory between runs: places, bookmarks, recents, what was read; kept through kills, moves and other readers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from samples import ROOT

from reader.document import Range
from reader.store import Article, Progress, State, Store, articles
from reader.store import store as module
from reader.store.place import Place, place_at

TEXT = "Some words of an article, and some more of them after these."
PLACE = place_at(12, TEXT, digest="d1", time=100.0)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "deep" / "folder" / "reader.sqlite")


def article(tmp_path: Path, name: str = "a.md", digest: str = "d1", title: str = "A") -> Article:
    file = tmp_path / name
    file.touch()
    return Article(str(file), digest, title)


def test_a_place_is_found_again(path: str, tmp_path: Path) -> None:
    one = article(tmp_path)
    with Store(path) as store:
        assert store.place(one) is None
        store.save_place(one, PLACE)
        store.save_place(one, place_at(20, TEXT, digest="d2", time=101.0))
    with Store(path) as store:
        found = store.place(one)
        assert found is not None
        assert (found.offset, found.digest, found.after, found.time) == (20, "d2", TEXT[20:], 101.0)
        assert store.warnings == ()


def test_an_edited_article_is_known_by_its_path(path: str, tmp_path: Path) -> None:
    with Store(path) as store:
        store.save_place(article(tmp_path), PLACE)
        assert store.place(article(tmp_path, digest="other")) == PLACE


def test_a_moved_article_takes_its_memory_along(path: str, tmp_path: Path) -> None:
    old, new = article(tmp_path, "old.md"), article(tmp_path, "new.md")
    with Store(path) as store:
        store.save_place(old, PLACE)
        store.save_bookmark(old, "x", PLACE)
        assert old.path
        os.unlink(old.path)
        assert store.place(new) == PLACE
        store.save_place(new, PLACE)
        assert store.bookmarks(new) == {"x": PLACE}
        assert [recent.path for recent in store.recents()] == [new.path]


def test_a_copied_article_begins_at_the_place_of_the_first(path: str, tmp_path: Path) -> None:
    old, copy = article(tmp_path, "old.md"), article(tmp_path, "copy.md")
    with Store(path) as store:
        store.save_place(old, PLACE)
        assert store.place(copy) == PLACE
        store.save_place(copy, place_at(30, TEXT, digest="d1", time=200.0))
        assert store.place(old) == PLACE
        assert [recent.path for recent in store.recents()] == [copy.path, old.path]


def test_standard_input_is_known_by_its_bytes(path: str, tmp_path: Path) -> None:
    piped = Article(None, "d9")
    with Store(path) as store:
        store.save_place(piped, PLACE)
        store.save_place(Article(None, "d8"), PLACE)
        assert store.place(piped) == PLACE
        assert store.place(Article(None, "d7")) is None
        assert store.recents() == ()
        saved = article(tmp_path, digest="d9")
        store.save_place(saved, PLACE)
        assert [recent.path for recent in store.recents()] == [saved.path]


def test_recents_with_progress(path: str, tmp_path: Path) -> None:
    with Store(path) as store:
        for number in range(5):
            one = article(tmp_path, f"{number}.md", f"d{number}", f"Title {number}")
            store.save_place(one, Place(1, progress=number / 10, time=5e9 + number))
        store.save_bookmark(article(tmp_path, "2.md", "d2", title=""), "a", PLACE)
        assert [(r.title, r.progress, r.opened) for r in store.recents(2)] == [
            ("Title 4", 0.4, 5e9 + 4),
            ("Title 3", 0.3, 5e9 + 3),
        ]
        for hide in (store.forget, store.hide):
            assert hide(str(tmp_path / "4.md"))
            assert [r.title for r in store.recents()] == ["Title 3", "Title 2", "Title 1", "Title 0"]
            assert store.place(article(tmp_path, "4.md", "d4")), "hidden, nothing more"
            assert store.unhide(str(tmp_path / "4.md"))
            assert len(store.recents()) == 5
        store.hide(str(tmp_path / "3.md"))
        store.save_place(article(tmp_path, "3.md", "d3"), PLACE)
        assert len(store.recents()) == 5, "opened again"


def test_bookmarks(path: str, tmp_path: Path) -> None:
    one = article(tmp_path)
    with Store(path) as store:
        assert store.bookmarks(one) == {}
        store.save_bookmark(one, "b", PLACE)
        store.save_bookmark(one, "a", PLACE)
        store.save_bookmark(one, "b", place_at(3, TEXT, time=1.0))
        assert list(store.bookmarks(one)) == ["a", "b"]
        assert store.bookmarks(one)["b"].offset == 3
        store.remove_bookmark(one, "a")
        store.remove_bookmark(one, "z")
        assert list(store.bookmarks(one)) == ["b"]
        assert store.restore_bookmark(one, "a")
        assert list(store.bookmarks(one)) == ["a", "b"]
        store.save_bookmark(one, "a", place_at(5, TEXT))
        assert store.restore_bookmark(one, "a"), "what another took the letter of comes back, too"
        assert store.bookmarks(one)["a"] == PLACE
        assert store.hide(str(one.path))
        assert list(store.bookmarks(one)) == ["a", "b"]


def test_what_was_shown_counts_as_far_as_it_was_said_to_be_read(path: str) -> None:
    one = Article("/a.md", "d", "A")
    with Store(path) as store:
        store.save_place(one, PLACE)
        store.add_progress(one, [Range(0, 1000)], 1000, 1.0)
        assert store.states()["/a.md"].progress == min(1.0, PLACE.progress or 1.0)
        store.add_progress(one, [], 1000, 1.0, share=0.2)
        assert store.states()["/a.md"].progress == 0.2
        assert store.recents()[0].progress == 0.2
        place = store.place(one)
        assert place is not None
        store.save_place(one, place)
        assert store.states()["/a.md"].progress == 0.2, "opening it again changes nothing"


def test_queries_of_a_library_are_kept_apart_from_searches(path: str) -> None:
    with Store(path) as store:
        for typed in ("tag:sea", "gulls", "tag:sea"):
            store.add_search(typed, of_library=True)
        store.add_search("word")
    with Store(path) as store:
        assert store.searches(of_library=True) == ("tag:sea", "gulls")
        assert store.searches(of_library=True, most=1) == ("tag:sea",)
        assert store.searches() == ("word",)


def test_searches_latest_first_without_doubles(path: str) -> None:
    with Store(path) as store:
        for pattern in ("a", "b", "a", "", "c\ud800"):
            store.add_search(pattern)
        assert store.searches() == ("c?", "a", "b")
        for number in range(module.MOST_SEARCHES + 5):
            store.add_search(str(number))
        assert len(store.searches(1000)) == module.MOST_SEARCHES
        assert store.searches(1) == (str(module.MOST_SEARCHES + 4),)


def test_names_that_are_no_utf8(path: str, tmp_path: Path) -> None:
    odd = Article(str(tmp_path / "caf\udce9.md"), "d", "\ud800 title")
    with Store(path) as store:
        store.save_place(odd, PLACE)
        assert store.place(odd) == PLACE
        assert [(recent.path, recent.title) for recent in store.recents()] == [(odd.path, "? title")]


def test_old_articles_are_forgotten_but_not_their_bookmarks(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "MOST_ARTICLES", 5)
    with Store(path) as store:
        for number in range(9):
            one = article(tmp_path, f"{number}.md", f"d{number}")
            if number == 0:
                store.save_bookmark(one, "a", PLACE)
                store.remove_bookmark(one, "a")
            if number == 2:
                store.set_state([one], starred=True)
            store.save_place(one, Place(1, time=5e9 + number))
        kept = {Path(recent.path).stem for recent in store.recents()}
        assert "0" in kept
        assert {"8", "7", "6", "5"} <= kept
        assert "2" in kept
        assert "1" not in kept


# --- What was read


def test_states_of_a_library(path: str, tmp_path: Path) -> None:
    one, two, three = (article(tmp_path, f"{name}.md", name) for name in "abc")
    with Store(path) as store:
        assert store.states() == {}
        assert store.set_state([one, two], read="finished", starred=True)
        assert store.set_state([two], starred=False, archived=True)
        store.save_place(three, Place(1, progress=0.4, time=9.0))
        states = store.states()
        assert states == {
            str(one.path): State("finished", starred=True, digest="a"),
            str(two.path): State("finished", archived=True, digest="b"),
            str(three.path): State("reading", progress=0.4, opened=states[str(three.path)].opened, digest="c"),
        }
        assert [recent.path for recent in store.recents()] == [three.path], "what was never opened is not recent"
        store.set_state([three], read="unread")
        assert store.states()[str(three.path)].read == "unread"


def test_states_go_along_with_a_moved_file(path: str, tmp_path: Path) -> None:
    old, new = article(tmp_path, "old.md"), article(tmp_path, "new.md")
    with Store(path) as store:
        store.set_state([old], starred=True)
        assert old.path
        os.unlink(old.path)
        store.set_state([new], read="reading")
        assert store.states() == {str(new.path): State("reading", starred=True, digest="d1")}
        assert store.move(str(new.path), str(old.path))
        assert list(store.states()) == [old.path]


def test_many_states_are_one_transaction(path: str) -> None:
    many = [Article(f"/folder/{number}.md", f"d{number}") for number in range(3000)]
    with Store(path) as store:
        assert store.set_state(many, archived=True)
        assert sum(state.archived for state in store.states().values()) == len(many)


def test_progress_is_what_was_shown(path: str, tmp_path: Path) -> None:
    one = article(tmp_path)
    with Store(path) as store:
        assert store.progress(one) == Progress()
        assert store.add_progress(one, [Range(0, 100), Range(300, 400)], 1000, 5.0)
        assert store.add_progress(one, [Range(100, 150), Range(390, 2000)], 1000, 2.5)
        assert store.progress(one) == Progress((Range(0, 150), Range(300, 1000)), 1000, 7.5)
        assert store.progress(one).share == 0.85
        assert store.states()[str(one.path)].progress == 0.85
        store.add_progress(one, [], 2000, 0.0)
        assert store.progress(one).share == 0.85, "an article that has grown keeps its share"
        store.add_progress(one, [Range(at, at + 1) for at in range(0, 2000, 2)], 2000, float("nan"))
        assert len(store.progress(one).shown) <= 256


# --- Answers and preferences


def test_answers_are_kept_up_to_a_number(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ANSWERS", 3)
    with Store(path) as store:
        assert store.load("digest command") is None
        for number in range(5):
            assert store.save(f"key {number}", f"[{number}]\n")
        assert store.save("key 2", "again")
        assert [store.load(f"key {number}") for number in range(5)] == [None, None, "again", "[3]\n", "[4]\n"]


def test_preferences(path: str) -> None:
    with Store(path) as store:
        assert store.set_preference("theme", "paper")
        assert store.set_preference("measure", "72")
        assert store.set_preference("measure", None)
        assert store.preferences() == {"theme": "paper"}
        assert store.exported("/notes md") == 0.0
        assert store.save_exported("/notes md", 12.25)
        assert store.exported("/notes md") == 12.25
        store.set_preference("exported:/notes md", "never")
        assert store.exported("/notes md") == 0.0


# --- Other processes

WRITER = """
import sys
sys.path.insert(0, {root!r})
from reader.store import Store, Article
from reader.store.place import Place
with Store(sys.argv[1]) as store:
    print("ready", flush=True)
    number = 0
    while number < {most}:
        number += 1
        store.save_place(Article("/" + sys.argv[2], sys.argv[2]), Place(number, after=str(number) * 40))
        store.add_search(sys.argv[2] + str(number))
        print(number, flush=True)
    print(store.warnings, flush=True)
"""


def writer(path: str, name: str, most: int) -> subprocess.Popen[str]:
    code = WRITER.format(root=str(ROOT), most=most)
    return subprocess.Popen([sys.executable, "-c", code, path, name], stdout=subprocess.PIPE, text=True)


def test_readers_at_once_lose_nothing(path: str) -> None:
    processes = [writer(path, name, 150) for name in "abc"]
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert [output.strip().split("\n")[-1] for output in outputs] == ["()", "()", "()"]
    with Store(path) as store:
        places = [store.place(Article(f"/{name}", name)) for name in "abc"]
        assert [place.offset if place else None for place in places] == [150, 150, 150]
        assert len(store.searches(1000)) == module.MOST_SEARCHES
        assert store.warnings == ()


def test_readers_that_meet_a_damaged_store_together(path: str) -> None:
    Store(path).close()
    Path(path).write_bytes(b"rubbish " * 4000)
    processes = [writer(path, name, 5) for name in "abc"]
    for process in processes:
        assert "5\n" in process.communicate(timeout=60)[0]
    with Store(path) as store:
        assert store.warnings == ()
    assert any(".damaged-" in one.name for one in Path(path).parent.iterdir())
    shutil.rmtree(Path(path).parent)
