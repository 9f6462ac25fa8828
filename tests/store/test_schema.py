"""What file is taken for a store, and how one of an older version becomes one of this."""

import os
import sqlite3
import zlib
from pathlib import Path

import pytest

from reader.store import Article, Selector, Store, annotation, schema
from reader.store.place import Place, place_at

TEXT = "Some words of an article, and some more of them after these, which go on for a while so that a quote is cut."
PLACE = place_at(12, TEXT, digest="d1", time=100.0)
ARTICLE = Article("/a.md", "d1", "A")


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "state" / "reader.sqlite")


def version(path: str) -> int:
    with sqlite3.connect(path) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def first_version(path: str) -> sqlite3.Connection:
    """A store as version 1 of the reader made it."""
    os.makedirs(os.path.dirname(path))
    db = sqlite3.connect(path, isolation_level=None)
    for statement in schema.MIGRATIONS[0]:
        db.execute(statement)
    db.execute("PRAGMA user_version = 1")
    db.execute("INSERT INTO article VALUES (1, ?, 'd1', 'A', 50.0, 0.25)", (b"/a.md",))
    return db


def put(db: sqlite3.Connection, table: str, *values: object) -> None:
    place = ("d1", PLACE.before, PLACE.after, "", 0, 0.1, 100.0)
    marks = ", ".join("?" * (len(values) + len(place)))
    db.execute(f"INSERT INTO {table} VALUES ({marks})", (*values, *place))


def test_a_new_store_has_the_newest_schema(path: str) -> None:
    Store(path).close()
    assert version(path) == len(schema.MIGRATIONS)


def test_notes_of_the_first_version_are_annotations_with_nothing_lost(path: str) -> None:
    db = first_version(path)
    put(db, "position", 1, 12)
    put(db, "bookmark", 1, "k", 12)
    put(db, "note", 7, 1, 5, "short", 12)
    put(db, "note", 8, 1, 90, "long", 12)
    put(db, "note", 9, 2, 3, "of an article that is not there", 12)
    db.close()
    with Store(path) as store:
        assert store.warnings == ()
        place = store.place(ARTICLE)
        assert place is not None
        assert (place.offset, place.before, place.after) == (12, PLACE.before, PLACE.after)
        assert list(store.bookmarks(ARTICLE)) == ["k"]
        short, long = store.annotations(ARTICLE)
        assert (short.words, short.colour, short.created, short.modified, short.removed) == (
            *("short", "", 100.0, 100.0, None),
        )
        assert short.selector == Selector(12, 17, TEXT[12:17], TEXT[:12], TEXT[17:76], digest="d1")
        assert long.selector is not None
        assert (long.selector.start, long.selector.end, long.selector.exact) == (12, 102, TEXT[12:76])
        assert not long.selector.whole
        assert len(short.id) == len(long.id) == 36
        assert short.id != long.id
        assert [(note.id, note.length, note.words) for note in store.notes(ARTICLE)] == [
            (7, 5, "short"),
            (8, 90, "long"),
        ]
        assert [one.words for _, several in store.annotated() for one in several if one.words.startswith("of an")]
        assert store.recents()[0].progress == 0.25
    with Store(path) as store:
        assert [one.id for one in store.annotations(ARTICLE)] == [short.id, long.id], "the same for good"


def test_a_file_is_what_its_tables_are_and_not_what_its_number_says(path: str) -> None:
    with Store(path) as store:
        store.save_place(ARTICLE, PLACE)
    for number in (0, -1, 1, -(2**31)):
        with sqlite3.connect(path) as db:
            db.execute(f"PRAGMA user_version = {number}")
        db.close()
        with Store(path) as store:
            assert store.warnings == ()
            assert store.place(ARTICLE) == PLACE
            assert store.save_place(ARTICLE, PLACE)
        assert version(path) == len(schema.MIGRATIONS)


@pytest.mark.parametrize("number", [0, -3, 2])
def test_a_first_version_with_a_wrong_number_is_migrated(path: str, number: int) -> None:
    db = first_version(path)
    put(db, "note", 7, 1, 5, "short", 12)
    db.execute(f"PRAGMA user_version = {number}")
    db.close()
    with Store(path) as store:
        assert store.warnings == ()
        assert [one.words for one in store.annotations(ARTICLE)] == ["short"]


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE somebody (name TEXT)"],
        ["CREATE TABLE article (id INTEGER PRIMARY KEY)"],
        ["CREATE VIEW article AS SELECT 1 AS id"],
    ],
)
@pytest.mark.parametrize("number", [-1, 0, 1, 2])
def test_a_database_that_is_no_store_is_set_aside(path: str, statements: list[str], number: int) -> None:
    os.makedirs(os.path.dirname(path))
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {number}")
    db.close()
    with Store(path) as store:
        assert "set aside as" in store.warnings[0]
        assert store.save_place(ARTICLE, PLACE)
    with Store(path) as store:
        assert store.warnings == ()
        assert store.place(ARTICLE) == PLACE


def test_a_store_with_a_trigger_that_keeps_nothing_is_set_aside_and_its_rows_are_taken_over(path: str) -> None:
    with Store(path) as store:
        store.save_place(ARTICLE, PLACE)
    with sqlite3.connect(path) as db:
        db.execute("CREATE TRIGGER lost BEFORE INSERT ON annotation BEGIN SELECT RAISE(IGNORE); END")
    db.close()
    with Store(path) as store:
        assert "2 entries that could still be read were taken over" in store.warnings[0]
        assert store.place(ARTICLE) == PLACE
        store.add_note(ARTICLE, PLACE, 3, "kept")
    with Store(path) as store:
        assert [one.words for one in store.annotations(ARTICLE)] == ["kept"]


def test_an_older_store_is_migrated_and_keeps_all(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(path) as store:
        store.save_place(ARTICLE, PLACE)
    added = (*schema.MIGRATIONS, ("ALTER TABLE article ADD COLUMN mood INTEGER NOT NULL DEFAULT 0",), ("SELECT 1",))
    monkeypatch.setattr(schema, "MIGRATIONS", added)
    with Store(path) as store:
        assert store.place(ARTICLE) == PLACE
        assert store.warnings == ()
    assert version(path) == len(added)


def test_a_migration_that_fails_changes_nothing(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(path) as store:
        store.save_place(ARTICLE, PLACE)
    before = version(path)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE half (a)", "NONSENSE")))
    with pytest.raises(sqlite3.OperationalError, match="syntax"):
        schema.connected(path)
    assert version(path) == before
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)


def test_a_store_of_a_newer_program_is_left_alone(path: str) -> None:
    with Store(path) as store:
        store.save_place(ARTICLE, PLACE)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with Store(path) as store:
        assert "newer version" in store.warnings[0]
        assert not store.save_place(ARTICLE, PLACE)
        assert store.place(ARTICLE) == PLACE
        assert "newer version" in store.problem
        assert not store.close()
    assert version(path) == 99


@pytest.mark.skipif(os.name == "nt", reason="files there have no such modes")
def test_the_file_is_its_owners_alone(path: str) -> None:
    before = os.umask(0)
    try:
        with Store(path) as store:
            store.save_place(ARTICLE, Place(1))
            for suffix in ("", "-wal", "-shm"):
                assert os.stat(path + suffix).st_mode & 0o777 == 0o600, suffix
        os.chmod(path, 0o664)
        with Store(path) as store:
            store.save_place(ARTICLE, Place(1))
            for suffix in ("", "-wal", "-shm"):
                assert os.stat(path + suffix).st_mode & 0o077 == 0, suffix
    finally:
        os.umask(before)


def test_a_store_of_the_second_version_keeps_its_notes_and_takes_texts(path: str) -> None:
    os.makedirs(os.path.dirname(path))
    db = sqlite3.connect(path, isolation_level=None)
    for statement in (one for step in schema.MIGRATIONS[:2] for one in step):
        db.execute(statement)
    db.execute("PRAGMA user_version = 2")
    db.execute(
        "INSERT INTO article (id, path, digest, title, opened, progress) VALUES (1, ?, 'd1', 'A', 50.0, 0.25)",
        (b"/a.md",),
    )
    id = "0c6b2e4e-7d5b-4f0e-9a51-1d2c3b4a5968"
    values = f"'{id}', 0, 12, 17, 'words', 'Some ', ' of', '', 0, 'd1', 0.5, 3, 'green', 'why'"
    db.execute(f"INSERT INTO annotation VALUES (7, 1, {values}, 100.0, 200.0, NULL)")
    db.close()
    with Store(path) as store:
        assert store.warnings == ()
        (one,) = store.annotations(ARTICLE)
        assert one.selector == Selector(12, 17, "words", "Some ", " of", "", 0, "d1", 0.5, 3)
        assert (one.words, one.colour, one.created, one.modified) == ("why", "green", 100.0, 200.0)
        assert store.versions(Article("/a.md", "d2", "A")) == {}
        assert store.keep_version(ARTICLE, TEXT)
        assert store.versions(Article("/a.md", "d2", "A")) == {"d1": TEXT}
    assert version(path) == len(schema.MIGRATIONS)


def test_what_was_written_into_a_text_by_another_is_no_text(path: str) -> None:
    with Store(path) as store:
        store.keep_version(ARTICLE, TEXT)
        store.save_annotation(ARTICLE, annotation(Selector(0, 4, "Some", digest="d1")))
    for value in (b"no deflate", "text", 7, zlib.compress(b"x" * 10)[:-3]):
        with sqlite3.connect(path) as db:
            db.execute("UPDATE version SET text = ?", (value,))
        with Store(path) as store:
            assert store.versions(Article("/a.md", "d2", "A")) == {}
