"""The memory between runs: kept through kills, damage, moves and other readers."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from samples import ROOT

from reader.store import Article, Store, schema
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
        store.forget(str(tmp_path / "4.md"))
        assert [r.title for r in store.recents()] == ["Title 3", "Title 2", "Title 1", "Title 0"]


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
        store.forget(str(one.path))
        assert store.bookmarks(one) == {}


def test_notes(path: str, tmp_path: Path) -> None:
    one = article(tmp_path)
    with Store(path) as store:
        later = store.add_note(one, place_at(30, TEXT), 4, "second")
        sooner = store.add_note(one, PLACE, 5, "第一\ud800")
        assert sooner
        assert later
        assert [(note.words, note.length) for note in store.notes(one)] == [("第一?", 5), ("second", 4)]
        store.change_note(later.id, "changed")
        store.remove_note(sooner.id)
        assert [note.words for note in store.notes(one)] == ["changed"]


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
    monkeypatch.setattr(module, "MOST_ARTICLES", 5)
    with Store(path) as store:
        for number in range(9):
            one = article(tmp_path, f"{number}.md", f"d{number}")
            if number == 0:
                store.save_bookmark(one, "a", PLACE)
            store.save_place(one, Place(1, time=5e9 + number))
        kept = {Path(recent.path).stem for recent in store.recents()}
        assert "0" in kept
        assert {"8", "7", "6", "5"} <= kept
        assert "1" not in kept


def test_in_memory(tmp_path: Path) -> None:
    with Store(None) as store:
        store.save_place(article(tmp_path), PLACE)
        assert store.place(article(tmp_path)) == PLACE
        assert store.warnings == ()


# --- Schema


def test_a_new_store_has_the_newest_schema(path: str) -> None:
    Store(path).close()
    assert version(path) == len(schema.MIGRATIONS)


def version(path: str) -> int:
    with sqlite3.connect(path) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_store_is_migrated_and_keeps_all(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(path) as store:
        store.save_place(article(tmp_path), PLACE)
    added = (*schema.MIGRATIONS, ("ALTER TABLE article ADD COLUMN starred INTEGER NOT NULL DEFAULT 0",), ("SELECT 1",))
    monkeypatch.setattr(schema, "MIGRATIONS", added)
    with Store(path) as store:
        assert store.place(article(tmp_path)) == PLACE
        assert store.warnings == ()
    assert version(path) == len(added)


def test_a_migration_that_fails_changes_nothing(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(path) as store:
        store.save_place(article(tmp_path), PLACE)
    before = version(path)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE half (a)", "NONSENSE")))
    with pytest.raises(sqlite3.OperationalError, match="syntax"):
        schema.connected(path)
    assert version(path) == before
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)


def test_a_store_of_a_newer_program_is_left_alone(path: str, tmp_path: Path) -> None:
    with Store(path) as store:
        store.save_place(article(tmp_path), PLACE)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with Store(path) as store:
        assert "newer version" in store.warnings[0]
        store.save_place(article(tmp_path), PLACE)
        assert store.place(article(tmp_path)) == PLACE
    assert version(path) == 99


# --- Damage


def damages(data: bytes) -> Iterator[bytes]:
    yield b"This is no database at all. " * 200
    yield data[:4096] + b"\xff" * (len(data) - 4096)
    yield data[:700] + os.urandom(3000) + data[3700:]
    yield b"SQLite format 3\0" + b"\0" * 4000


@pytest.mark.parametrize("kind", range(4))
def test_a_damaged_store_is_set_aside(path: str, tmp_path: Path, kind: int) -> None:
    with Store(path) as store:
        for number in range(60):
            store.save_place(article(tmp_path, f"{number}.md", f"d{number}"), PLACE)
    file = Path(path)
    damaged = list(damages(file.read_bytes()))[kind]
    file.write_bytes(damaged)
    with Store(path) as store:
        assert len(store.warnings) == 1
        assert "set aside as" in store.warnings[0]
        store.save_place(article(tmp_path), PLACE)
    aside = [
        one for one in file.parent.iterdir() if ".damaged-" in one.name and not one.name.endswith(("-wal", "-shm"))
    ]
    assert [one.read_bytes() for one in aside] == [damaged]
    with Store(path) as store:
        assert store.place(article(tmp_path)) == PLACE
        assert store.warnings == ()


def test_damage_that_comes_while_open(path: str, tmp_path: Path) -> None:
    with Store(path) as store:
        store.save_place(article(tmp_path), PLACE)
        store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store._db.execute("PRAGMA cache_size = 0")
        Path(path).write_bytes(b"rubbish " * 4000)
        for _ in range(3):
            store.save_place(article(tmp_path), PLACE)
        assert store.place(article(tmp_path)) == PLACE
        assert store.warnings


def test_an_empty_file_is_a_new_store(path: str, tmp_path: Path) -> None:
    os.makedirs(os.path.dirname(path))
    Path(path).touch()
    with Store(path) as store:
        store.save_place(article(tmp_path), PLACE)
        assert store.warnings == ()


# --- What cannot be written


def test_a_place_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with Store(str(tmp_path / "file" / "store.sqlite")) as store:
        assert "will not be kept" in store.warnings[0]
        store.save_place(article(tmp_path), PLACE)
        assert store.place(article(tmp_path)) == PLACE


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with Store(str(tmp_path)) as store:
        assert "will not be kept" in store.warnings[0]
        store.add_search("x")
        assert store.searches() == ("x",)


READ_ONLY = """
import os, sys
sys.path.insert(0, {root!r})
import urllib.parse
from reader.store import Store, Article
from reader.store.place import Place
if os.geteuid() == 0:  # for whom nothing is read-only
    os.setgid(65534); os.setuid(65534)
with Store({path!r}) as store:
    print(store.place(Article("/a.md", "d1")).offset)
    store.save_place(Article("/a.md", "d1"), Place(77))
    print(store.place(Article("/a.md", "d1")).offset)
    print(len(store.warnings), store.warnings[0])
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="no users to change to")
@pytest.mark.parametrize("folder", [True, False], ids=["folder read-only", "file read-only"])
def test_a_read_only_store_is_read_and_left(folder: bool) -> None:
    with tempfile.TemporaryDirectory() as outside:
        path = f"{outside}/reader.sqlite"
        with Store(path) as store:
            store.save_place(Article("/a.md", "d1"), PLACE)
        os.chmod(path, 0o444)
        os.chmod(outside, 0o555 if folder else 0o777)
        code = READ_ONLY.format(root=str(ROOT), path=path)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        os.chmod(outside, 0o755)
        assert done.stdout.split("\n")[:2] == ["12", "77"], done.stderr
        assert done.stdout.split("\n")[2].startswith("1 Places and bookmarks of this run will not be kept")
        with Store(path) as store:
            assert store.place(Article("/a.md", "d1")) == PLACE


def test_a_store_that_stays_busy_costs_only_the_call(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "BUSY_TIMEOUT_S", 0.05)
    with Store(path) as store:
        store.save_place(article(tmp_path), PLACE)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        store.save_place(article(tmp_path), place_at(1, TEXT))
        assert store.place(article(tmp_path)) == PLACE
        other.execute("ROLLBACK")
        other.close()
        assert "busy" in store.warnings[0]
        store.save_place(article(tmp_path), place_at(1, TEXT))
    with Store(path) as store:
        found = store.place(article(tmp_path))
        assert found
        assert found.offset == 1


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


def test_a_killed_reader_loses_at_most_the_call_it_was_in(path: str) -> None:
    for attempt in range(8):
        process = writer(path, "a", 10**9)
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.005 + 0.007 * attempt)
        process.send_signal(signal.SIGKILL)
        told = [line for line in process.stdout.read().split("\n")[:-1] if line.isdecimal()]
        process.wait()
        process.stdout.close()
        last = int(told[-1]) if told else 0
        with Store(path) as store:
            assert store.warnings == ()
            found = store.place(Article("/a", "a"))
            assert (found.offset if found else 0) in ((last, last + 1) if told or attempt == 0 else range(10**9))
            assert found is None or found.after == str(found.offset) * 40
            assert store._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


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
