"""What the disk refuses: set aside, kept in memory, tried again, and said."""

import contextlib
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from samples import ROOT

from reader.store import Article, Store, annotation, schema
from reader.store.place import Place, place_at

TEXT = "Some words of an article, and some more of them after these."
PLACE = place_at(12, TEXT, digest="d1", time=100.0)
ARTICLE = Article("/a.md", "d1", "A")


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "deep" / "folder" / "reader.sqlite")


# --- Damage


def damages(data: bytes) -> Iterator[bytes]:
    yield b"This is no database at all. " * 200
    yield data[:4096] + b"\xff" * (len(data) - 4096)
    yield data[:700] + random.Random(11).randbytes(3000) + data[3700:]
    yield b"SQLite format 3\0" + b"\0" * 4000


@pytest.mark.parametrize("kind", range(4))
def test_a_damaged_store_is_set_aside(path: str, kind: int) -> None:
    with Store(path) as store:
        for number in range(60):
            store.save_place(Article(f"/{number}.md", f"d{number}"), PLACE)
    file = Path(path)
    damaged = list(damages(file.read_bytes()))[kind]
    file.write_bytes(damaged)
    with Store(path) as store:
        assert len(store.warnings) == 1
        assert "set aside as" in store.warnings[0]
        assert store.problem == ""
        assert store.save_place(ARTICLE, PLACE)
    found = [one for one in file.parent.iterdir() if not one.name.endswith(("-wal", "-shm"))]
    aside = [one for one in found if ".damaged-" in one.name]
    assert [one.read_bytes() for one in aside] == [damaged]
    assert len(found) == 2, "nothing else is left lying about"
    with Store(path) as store:
        assert store.place(ARTICLE) == PLACE
        assert store.warnings == ()


def test_a_store_whose_names_are_no_text_is_damaged(path: str) -> None:
    """Python could not decode what SQLite said of it, and memory stood in for the store at each start."""
    with Store(path) as store:
        store.save_place(ARTICLE, PLACE)
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET name = CAST(x'e228a1' AS TEXT), sql = 'CREATF' WHERE name = 'position'")
    with Store(path) as store:
        assert "set aside as" in store.warnings[0]
        assert store.save_place(ARTICLE, PLACE)


def test_what_can_be_read_of_a_damaged_store_is_taken_over(path: str) -> None:
    words = [f"note {number} " + "words " * 60 for number in range(300)]
    with Store(path) as store:
        store.save_annotations(ARTICLE, [annotation(None, words=one) for one in words])
        store.save_place(ARTICLE, PLACE)
    with sqlite3.connect(path) as db:
        (page,) = (
            db.execute("SELECT pageno FROM dbstat WHERE name = 'annotation' LIMIT 1 OFFSET 20").fetchone()
            if (has_dbstat(db))
            else (30,)
        )
        size = db.execute("PRAGMA page_size").fetchone()[0]
    db.close()
    data = bytearray(Path(path).read_bytes())
    data[(page - 1) * size : page * size] = random.Random(5).randbytes(size)
    Path(path).write_bytes(data)
    with Store(path) as store:
        assert "entries that could still be read were taken over" in store.warnings[0]
        kept = {one.words for one in store.annotations(ARTICLE)}
        assert kept <= set(words)
        assert len(kept) > 200
        assert store.place(ARTICLE) == PLACE


def has_dbstat(db: sqlite3.Connection) -> bool:
    try:
        db.execute("SELECT 1 FROM dbstat LIMIT 1")
    except sqlite3.OperationalError:
        return False
    return True


def test_damage_that_comes_while_open(path: str) -> None:
    with Store(path) as store:
        store.save_place(ARTICLE, PLACE)
        disk = store._database._disk
        assert disk is not None
        disk.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        disk.execute("PRAGMA cache_size = 0")
        Path(path).write_bytes(b"rubbish " * 4000)
        for _ in range(3):
            store.save_place(ARTICLE, PLACE)
        assert store.place(ARTICLE) == PLACE
        assert store.warnings
        assert store.retry()


def test_a_file_that_is_deleted_while_open_is_made_again(path: str) -> None:
    with Store(path) as store:
        store.save_place(ARTICLE, PLACE)
        for suffix in ("", "-wal", "-shm"):
            os.unlink(path + suffix)
        assert store.save_bookmark(ARTICLE, "a", PLACE)
    with Store(path) as store:
        assert list(store.bookmarks(ARTICLE)) == ["a"]


def test_tables_that_go_while_open(path: str) -> None:
    with Store(path) as store:
        store.save_place(ARTICLE, PLACE)
        with sqlite3.connect(path) as db:
            db.execute("DROP TABLE annotation")
        db.close()
        assert store.save_annotation(ARTICLE, annotation(None, words="kept"))
        assert "set aside" in store.warnings[0]
        assert [one.words for one in store.annotations(ARTICLE)] == ["kept"]


def test_an_empty_file_is_a_new_store(path: str) -> None:
    os.makedirs(os.path.dirname(path))
    Path(path).touch()
    with Store(path) as store:
        assert store.save_place(ARTICLE, PLACE)
        assert store.warnings == ()


# --- What cannot be used


def make_fifo(path: str) -> None:
    os.mkfifo(path)


def make_device(path: str) -> None:
    os.symlink("/dev/null", path)


def make_loop(path: str) -> None:
    os.symlink(path, path)


@pytest.mark.skipif(os.name == "nt", reason="there are none of these")
@pytest.mark.parametrize(
    "make", [make_fifo, os.mkdir, make_device, make_loop], ids=["pipe", "folder", "device", "loop"]
)
@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_what_is_no_file_is_left_alone_and_said(tmp_path: Path, make, suffix: str) -> None:  # type: ignore[no-untyped-def]
    path = str(tmp_path / "reader.sqlite")
    make(path + suffix)
    with Store(path) as store:
        assert "will not be kept" in store.warnings[0]
        assert store.path is None
        one = annotation(None, words="a note")
        assert not store.save_annotation(ARTICLE, one)
        assert store.annotations(ARTICLE) == (one,)
        assert store.problem.startswith("1 change not kept yet: ")
        assert path in store.problem
        assert not store.retry()
        (os.rmdir if make is os.mkdir else os.unlink)(path + suffix)
        assert store.retry()
        assert store.problem == ""
        assert store.path == path
    with Store(path) as store:
        assert store.annotations(ARTICLE) == (one,)


def test_a_place_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with Store(str(tmp_path / "file" / "store.sqlite")) as store:
        assert "will not be kept" in store.warnings[0]
        assert not store.save_place(ARTICLE, PLACE)
        assert store.place(ARTICLE) == PLACE


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
    print(store.save_place(Article("/a.md", "d1"), Place(77)))
    print(store.place(Article("/a.md", "d1")).offset)
    print(len(store.warnings), store.warnings[0])
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="no users to change to")
@pytest.mark.parametrize("folder", [True, False], ids=["folder read-only", "file read-only"])
def test_a_read_only_store_is_read_and_left(folder: bool) -> None:
    with tempfile.TemporaryDirectory() as outside:
        path = f"{outside}/reader.sqlite"
        with Store(path) as store:
            store.save_place(ARTICLE, PLACE)
        os.chmod(path, 0o444)
        os.chmod(outside, 0o555 if folder else 0o777)
        code = READ_ONLY.format(root=str(ROOT), path=path)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        os.chmod(outside, 0o755)
        lines = done.stdout.split("\n")
        assert lines[:3] == ["12", "False", "77"], done.stderr
        assert lines[3].startswith("1 Places, bookmarks and notes of this run will not be kept while")
        with Store(path) as store:
            assert store.place(ARTICLE) == PLACE


# --- What is locked


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "BUSY_TIMEOUT_S", 0.05)


@pytest.mark.usefixtures("hurried")
def test_what_a_busy_store_does_not_take_is_kept_in_memory_and_written_later(path: str) -> None:
    with Store(path) as store:
        store.save_place(ARTICLE, PLACE)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        one = annotation(None, words="a note")
        assert not store.save_annotation(ARTICLE, one)
        for number in range(20):
            assert not store.save_place(ARTICLE, place_at(number, TEXT))
        assert not store.save_bookmark(ARTICLE, "b", PLACE)
        assert store.annotations(ARTICLE) == (one,)
        found = store.place(ARTICLE)
        assert found is not None
        assert found.offset == 19
        assert not store.retry()
        assert store.problem.startswith("3 changes not kept yet: "), "of twenty places only the last one waits"
        assert "locked" in store.problem
        other.execute("ROLLBACK")
        other.execute("INSERT INTO search (pattern, time) VALUES ('of another', 5.0)")
        other.close()
        assert store.retry()
        assert store.problem == ""
        assert store.searches() == ("of another",)
    with Store(path) as store:
        assert store.annotations(ARTICLE) == (one,)
        assert list(store.bookmarks(ARTICLE)) == ["b"]
        assert store.place(ARTICLE) == found


@pytest.mark.usefixtures("hurried")
def test_a_store_that_is_locked_when_it_is_opened(path: str) -> None:
    with Store(path) as store:
        store.save_annotation(ARTICLE, annotation(None, words="before"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with Store(path) as store:
        assert store.path == path, "it is there"
        assert "busy" in store.warnings[0]
        assert store.annotations(ARTICLE) == ()
        assert "not known yet" in store.problem
        assert not store.save_annotation(ARTICLE, annotation(None, words="after"))
        other.close()
        assert store.retry()
        assert [one.words for one in store.annotations(ARTICLE)] == ["before", "after"]
        assert store.problem == ""


@pytest.mark.usefixtures("hurried")
def test_closing_tries_once_more(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(path)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    assert not store.save_annotation(ARTICLE, annotation(None, words="late"))
    monkeypatch.setattr(schema, "BUSY_TIMEOUT_S", 5.0)
    released = threading.Timer(0.2, other.close)
    released.start()
    assert store.close()
    released.join()
    with Store(path) as store:
        assert [one.words for one in store.annotations(ARTICLE)] == ["late"]


@pytest.mark.usefixtures("hurried")
def test_two_stores_that_waited_write_over_nothing_of_one_another(path: str) -> None:
    with Store(path) as one, Store(path) as two:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        for number, store in enumerate((one, two)):
            for count in range(5):
                store.save_annotation(ARTICLE, annotation(None, words=f"{number} {count}"))
        other.close()
        assert one.retry()
        assert two.retry()
    with Store(path) as store:
        words = sorted(found.words for found in store.annotations(ARTICLE))
        assert words == [f"{number} {count}" for number in range(2) for count in range(5)]


def test_in_memory(tmp_path: Path) -> None:
    with Store(None) as store:
        assert store.save_place(ARTICLE, PLACE)
        assert store.place(ARTICLE) == PLACE
        assert store.warnings == ()
        assert store.problem == ""
        assert store.retry()


def test_a_change_that_no_store_takes_does_not_stop_the_others(path: str) -> None:
    with Store(path) as store:
        store._database.write(lambda db: db.execute("INSERT INTO position (article) VALUES (77)"))
        assert "cannot be remembered" in store.warnings[-1]
        store.retry()
        assert store.problem == ""
        assert store.save_place(ARTICLE, Place(3))
