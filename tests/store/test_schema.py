"""The schema: versions, migrations, and files of other versions."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reader.store import Article, Store, schema
from reader.store.place import place_at

TEXT = "Some words of an article, and some more of them after these."


PLACE = place_at(12, TEXT, digest="d1", time=100.0)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "deep" / "folder" / "reader.sqlite")


def article(tmp_path: Path, name: str = "a.md", digest: str = "d1", title: str = "A") -> Article:
    file = tmp_path / name
    file.touch()
    return Article(str(file), digest, title)


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
