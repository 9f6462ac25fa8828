"""The index: what it keeps, and what becomes of it on disks that fail, beside other processes, and damaged."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library.entry import Entry, known_by_name
from reader.library.files import Found
from reader.library.index import LEFT_ALONE, Index, Kept, NotKept, Outline, folders_apart
from reader.library.schema import connected

OUTLINE = Outline(((0, "Opening"), (6, "Next")), ((0, 3), (6, 9)))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index(str(tmp_path / "state" / "library.sqlite"), builds=True) as made:
        yield made


def kept(path: str, text: str = "words", digest: str = "d", **changes: object) -> Kept:
    entry = known_by_name(Found(path, len(text), 7))._replace(digest=digest, length=len(text), **changes)
    return Kept(entry, text, OUTLINE)


def paths(index: Index, *folders: str) -> list[str]:
    return sorted(index.known(folders or ("/x",), "r").entries)


def test_what_is_kept_comes_back(index):
    (entry,) = index.keep([kept("/x/2015-01-19-a.md", "港口的灯", authors="Jane\n王小波", tags="a\nb")], "r")
    assert entry.id > 0
    assert index.known(["/x"], "r").entries == {entry.path: entry}
    assert index.texts([entry.id, 3]) == {entry.id: "港口的灯"}
    assert index.outline(entry.id) == OUTLINE
    assert index.lead(entry.id, 2) == "港口"
    assert isinstance(entry, Entry)


def test_what_is_not_there_is_empty(index):
    assert index.known(["/x"], "r").entries == {}
    assert index.texts([1, 2]) == {}
    assert index.outline(1) == Outline()
    assert index.lead(1) == ""
    assert index.same("d", "r") is None


def test_only_what_stands_below_a_folder_is_known(index):
    index.keep([kept(path) for path in ("/x/a.md", "/x/y/b.md", "/xy/c.md", "/x.md", "/w/x/d.md")], "r")
    assert paths(index, "/x") == ["/x/a.md", "/x/y/b.md"]
    assert paths(index, "/x/") == ["/x/a.md", "/x/y/b.md"]
    assert paths(index, "/") == ["/w/x/d.md", "/x.md", "/x/a.md", "/x/y/b.md", "/xy/c.md"]
    assert paths(index, "/xy", "/w") == ["/w/x/d.md", "/xy/c.md"]


def test_more_texts_than_sqlite_takes_names_for(index):
    entries = index.keep([kept(f"/x/{number}.md", str(number)) for number in range(1100)], "r")
    texts = index.texts([entry.id for entry in entries])
    assert [texts[entry.id] for entry in entries] == [str(number) for number in range(1100)]


def test_a_path_that_is_no_utf8(index):
    (entry,) = index.keep([kept("/x/caf\udce9.md")], "r")
    assert paths(index) == ["/x/caf\udce9.md"] == [entry.path]


def test_a_changed_article_takes_the_place_of_the_old_one_under_another_id(index):
    (old,) = index.keep([kept("/x/a.md", "old")], "r")
    (new,) = index.keep([kept("/x/a.md", "newer", "e")], "r")
    assert new.id != old.id
    assert paths(index) == ["/x/a.md"]
    assert index.texts([old.id, new.id]) == {new.id: "newer"}
    assert index.outline(old.id) == Outline()


def test_the_same_article_kept_again_stays_as_it_is(index):
    (one,) = index.keep([kept("/x/a.md")], "r")
    (other,) = index.keep([kept("/x/a.md")], "r")
    assert one == other
    (again,) = index.keep([kept("/x/a.md")], "another recipe")
    assert again.id != one.id


def test_what_another_recipe_made_is_stale(index):
    index.keep([kept("/x/a.md")], "old")
    index.keep([kept("/x/b.md")], "r")
    assert index.known(["/x"], "r").stale == {"/x/a.md"}


def test_a_copy_has_the_words_of_the_first(index):
    index.keep([kept("/x/a.md", "words")], "r")
    same = index.same("d", "r")
    assert same is not None
    copy = index.copy(same, Found("/x/2015-01-19-b.md", 5, 9), "r")
    assert copy is not None
    assert (copy.title, copy.date, copy.mtime_ns) == ("2015-01-19-b.md", "2015-01-19", 9)
    assert index.texts([copy.id]) == {copy.id: "words"}
    assert index.outline(copy.id) == OUTLINE
    index.remove(["/x/a.md"])
    assert paths(index) == ["/x/2015-01-19-b.md"]
    assert index.copy(same, Found("/x/c.md", 5, 9), "r") is None


def test_what_is_left_alone_is_known_and_has_no_text(index):
    (entry,) = index.keep([kept("/x/a.md", kind=LEFT_ALONE)], "r")
    assert index.known(["/x"], "r").entries["/x/a.md"].kind == LEFT_ALONE
    assert index.texts([entry.id]) == {}


def test_folders_that_nobody_looks_into_any_more_are_forgotten(index, monkeypatch):
    index.keep([kept("/x/a.md"), kept("/x/y/b.md"), kept("/z/c.md")], "r")
    index.use(["/x", "/z"])
    later = time.time() + 100 * 86400
    monkeypatch.setattr(time, "time", lambda: later)
    index.use(["/x/y"])
    assert paths(index, "/") == ["/x/y/b.md"]


def test_the_file_is_its_owners_alone(index):
    assert stat.S_IMODE(os.stat(index.path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(os.path.dirname(index.path)).st_mode) == 0o700


@pytest.mark.parametrize(
    ("given", "apart"),
    [
        (["/b", "/a", "/b"], ("/a", "/b")),
        (["/a/b", "/a"], ("/a",)),
        (["/ab", "/a"], ("/a", "/ab")),
        (["/a b", "/a", "/a/c"], ("/a", "/a b")),
        (["/a", "/"], ("/",)),
        (["/a/../b"], ("/b",)),
        ([], ()),
    ],
)
def test_folders_within_others(given, apart):
    assert folders_apart(given) == apart


# ---- trouble ---------------------------------------------------------------------------------------------------------


def test_two_at_one_index_see_what_the_other_keeps(index):
    with Index(index.path) as other:
        (entry,) = index.keep([kept("/x/a.md")], "r")
        assert paths(other) == ["/x/a.md"]
        (again,) = other.keep([kept("/x/a.md")], "r")
        assert again == entry


def test_many_that_write_at_once(tmp_path):
    path = str(tmp_path / "library.sqlite")
    failures: list[BaseException] = []

    def write(start: int) -> None:
        try:
            with Index(path, builds=True) as one:
                for number in range(start, start + 60):
                    one.keep([kept(f"/x/{number % 90}.md", str(number % 90), str(number % 90))], "r")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 30, 60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Index(path) as one:
        entries = one.known(["/x"], "r").entries
        assert len(entries) == 90
        texts = one.texts([entry.id for entry in entries.values()])
        assert all(texts[entry.id] == path[3:-3] for path, entry in entries.items())


@pytest.mark.parametrize("rubbish", [b"no database " * 900, b"\0" * 9000], ids=["words", "zeros"])
def test_a_file_that_is_no_database_is_made_anew_by_who_builds(tmp_path, rubbish):
    path = tmp_path / "library.sqlite"
    path.write_bytes(rubbish)
    with Index(str(path)) as reading:
        assert reading.damaged
        assert paths(reading) == []
        with pytest.raises(NotKept):
            reading.keep([kept("/x/a.md")], "r")
        with Index(str(path), builds=True) as building:
            assert not building.damaged
            building.keep([kept("/x/a.md")], "r")
        assert paths(reading) == ["/x/a.md"]


def test_an_index_whose_names_are_no_text_is_made_anew(tmp_path):
    path = tmp_path / "library.sqlite"
    with Index(str(path), builds=True) as one:
        one.keep([kept("/x/a.md")], "r")
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET name = CAST(x'e228a1' AS TEXT), sql = 'CREATF' WHERE name = 'outline'")
    with Index(str(path)) as reading:
        assert paths(reading) == []
        assert reading.damaged
    with Index(str(path), builds=True) as building:
        building.keep([kept("/x/b.md")], "r")
        assert paths(building) == ["/x/b.md"]


def test_damage_within_is_found_when_it_is_read(tmp_path):
    path = tmp_path / "library.sqlite"
    with Index(str(path), builds=True) as one:
        entries = one.keep([kept(f"/x/{number}.md", "words " * 500, str(number)) for number in range(50)], "r")
    data = bytearray(path.read_bytes())
    data[8192 * 2 :] = b"\x7f" * (len(data) - 8192 * 2)
    path.write_bytes(data)
    with Index(str(path)) as reading:
        assert reading.texts([entry.id for entry in entries]) == {}
        assert reading.damaged
        with Index(str(path), builds=True) as building:
            building.texts([entry.id for entry in entries])
            building.keep([kept("/x/a.md")], "r")
        assert paths(reading) == ["/x/a.md"]


@pytest.mark.parametrize("version", [0, -1, -(1 << 31)])
def test_tables_of_another_shape_are_made_anew(tmp_path, version):
    path = tmp_path / "library.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE article (id)")
        db.execute(f"PRAGMA user_version = {version}")
    with Index(str(path), builds=True) as one:
        one.keep([kept("/x/a.md")], "r")
        assert paths(one) == ["/x/a.md"]
        assert one.path == str(path)


def test_rows_of_another_type_are_damage(tmp_path):
    path = str(tmp_path / "library.sqlite")
    with Index(path, builds=True) as one:
        (entry,) = one.keep([kept("/x/a.md")], "r")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE outline SET sections = 'no JSON'")
    with Index(path) as one:
        assert one.outline(entry.id) == Outline()
        assert one.damaged


def test_a_newer_file_is_left_alone_and_another_one_serves(tmp_path):
    path = tmp_path / "library.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE future (id)")
        db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with Index(str(path), builds=True) as one:
        assert one.path != str(path)
        assert len(one.warnings) == 1
        one.keep([kept("/x/a.md")], "r")
        assert paths(one) == ["/x/a.md"]
        elsewhere = one.path
    assert path.read_bytes() == before
    assert not os.path.exists(elsewhere)


@pytest.mark.parametrize("what", ["folder", "pipe", "file above"])
def test_where_no_file_can_be_another_one_serves(tmp_path, what):
    path = tmp_path / "library.sqlite"
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(b"")
        path = path / "library.sqlite"
    with Index(str(path)) as one:
        assert one.path != str(path)
        one.keep([kept("/x/a.md")], "r")
        assert paths(one) == ["/x/a.md"]
        assert len(one.warnings) == 1


def test_a_file_deleted_under_way_is_begun_again(index):
    index.keep([kept("/x/a.md")], "r")
    for suffix in ("", "-wal", "-shm"):
        os.unlink(index.path + suffix)
    assert paths(index) == []
    index.keep([kept("/x/b.md")], "r")
    assert paths(index) == ["/x/b.md"]


def test_ids_of_a_file_made_anew_are_none_of_the_old_ones(index):
    (old,) = index.keep([kept("/x/a.md")], "r")
    index.rebuild()
    (new,) = index.keep([kept("/x/b.md")], "r")
    assert old.id != new.id
    assert index.texts([old.id]) == {}


def test_a_full_disk_is_said(index):
    assert index._db is not None
    index._db.execute("PRAGMA max_page_count = 12")
    with pytest.raises(NotKept, match=r"library\.sqlite: .* cannot be written \(database or disk is full\)"):
        index.keep([kept(f"/x/{number}.md", "words " * 5000, str(number)) for number in range(9)], "r")
    assert paths(index) == []


def test_a_writer_killed_in_a_transaction_leaves_what_was_before(index):
    index.keep([kept("/x/a.md")], "r")
    other = connected(index.path)
    other.execute("BEGIN IMMEDIATE")
    other.execute("DELETE FROM article")
    other.close()
    assert paths(index) == ["/x/a.md"]
