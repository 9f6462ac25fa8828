"""Rows of the wrong kind: whatever stands in the file, each method answers, and nothing that commands leaves it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reader import sanitize
from reader.document import Range
from reader.store import Article, Selector, Store, annotation, glance, schema
from reader.store.place import Place, place_at

TEXT = "Some words of an article, and some more of them after these."
PLACE = place_at(12, TEXT, digest="d1", time=100.0)
ARTICLE = Article("/a.md", "d1", "A")
HOSTILE = "x\x1b]52;c;AAAA\a\u202e\ud800\n\x9b0m"
WRONG = ["abc", "", b"\xff\0\x1b", -5, 2**63 - 1, 1e300, -1e300, float("inf"), 0.5, "12", "9" * 400]


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A store with a row in each table."""
    path = str(tmp_path / "reader.sqlite")
    with Store(path) as store:
        fill(store)
    return path


def fill(store: Store) -> None:
    store.save_place(ARTICLE, PLACE)
    store.save_bookmark(ARTICLE, "b", PLACE)
    selector = Selector(5, 10, TEXT[5:10], TEXT[:5], TEXT[10:], "", 0, "d1", 0.5)
    store.save_annotation(ARTICLE, annotation(selector, colour="yellow", words="words #tag"))
    store.save_draft(ARTICLE, annotation(selector, words="draft"))
    store.add_progress(ARTICLE, [Range(0, 10), Range(20, 30)], 60, 5.0)
    store.set_state([ARTICLE], read="finished", starred=True)
    store.add_search("pattern")
    store.save("key", "answer")
    store.set_preference("theme", "ink")


def everything(store: Store) -> list[Any]:
    return [
        *(store.place(ARTICLE), store.bookmarks(ARTICLE), store.annotations(ARTICLE), store.drafts(ARTICLE)),
        *(store.annotations(ARTICLE, removed=True), store.annotated(), store.notes(ARTICLE), store.recents()),
        *(store.states(), store.progress(ARTICLE), store.searches(), store.load("key"), store.preferences()),
        *(store.exported("all"), store.warnings, store.problem),
    ]


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, str | float | int | None):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            if not (isinstance(value, Article) and field.name == "path") and field.name != "path":
                yield from leaves(getattr(value, field.name))
    elif isinstance(value, Range):
        yield from (value.start, value.end)
    elif hasattr(value, "items"):
        for inner in value.values():
            yield from leaves(inner)
    else:
        for inner in value:
            yield from leaves(inner)


def check(values: list[Any]) -> None:
    for leaf in leaves(values):
        if isinstance(leaf, str):
            assert sanitize.clean(leaf) == leaf
        elif isinstance(leaf, float):
            datetime.fromtimestamp(leaf, UTC)
        elif leaf is not None:
            assert -1 <= leaf < 2**53  # -1: not known


COLUMNS = sorted(
    (table, column) for table, column in schema._shape_of(schema.MIGRATIONS) if (table, column) != ("article", "id")
)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda name: name)
def test_a_value_of_the_wrong_kind_stops_nothing(path: str, table: str, column: str) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    text = HOSTILE.encode("utf-8", "surrogatepass")
    with Store(path) as store:
        for wrong in [*WRONG, text]:
            value = "CAST(? AS TEXT)" if wrong is text else "?"
            try:
                db.execute(f'UPDATE "{table}" SET "{column}" = {value}', (wrong,))
            except sqlite3.Error:  # SQLite itself refuses it there
                continue
            check(everything(store))
            check([glance(path, ARTICLE).place, glance(path).preferences])
        fill(store)
        assert store.problem == ""
    db.close()
    with Store(path) as store:
        check(everything(store))


def test_what_cannot_be_read_is_said_and_the_rest_is_shown(path: str) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE annotation SET first = 'abc', created = 'noon', modified = 1e15")
    db.close()
    with Store(path) as store:
        (one,) = store.annotations(ARTICLE)
        assert (one.words, one.colour, one.created, one.modified) == ("words #tag", "yellow", 0.0, 0.0)
        assert one.selector is not None
        assert (one.selector.start, one.selector.exact) == (0, "words")
        assert "cannot be read" in store.warnings[0]
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT first FROM annotation").fetchone() == ("abc",), "left as it is"


def test_what_is_given_is_made_storable(path: str) -> None:
    odd = float("nan")
    with Store(path) as store:
        assert store.save_place(
            Article("/o\udce9.md", "\ud800", "\ud800"), Place(-5, into=2**80, progress=odd, time=1e99)
        )
        assert store.save_place(ARTICLE, Place(2**70, before="b" * 500, after="a" * 500))
        found = store.place(ARTICLE)
        assert found is not None
        assert (len(found.before), len(found.after)) == (64, 64)
        one = annotation(Selector(-4, -9, "\ud800"), colour="\ud800", words="\ud800", time=odd)
        assert store.save_annotation(ARTICLE, one)
        assert store.problem == ""
        check(everything(store))


def test_a_glance_waits_for_nothing_and_believes_nothing(path: str, tmp_path: Path) -> None:
    assert glance(path, ARTICLE).place == PLACE
    assert glance(path).preferences == {"theme": "ink"}
    assert glance(str(tmp_path), ARTICLE).place is None
    assert glance(str(tmp_path / "none"), ARTICLE).place is None
    assert glance("\0", ARTICLE).place is None
    for statement in (
        "UPDATE position SET offset = 'abc'",
        "UPDATE position SET offset = 1, time = 1e15",
        "PRAGMA user_version = -1",
        "PRAGMA user_version = 99",
        "DROP TABLE position",
    ):
        with sqlite3.connect(path) as db:
            db.execute(statement)
        db.close()
        assert glance(path, ARTICLE).place is None, statement
    Path(path).write_bytes(b"rubbish" * 999)
    assert glance(path, ARTICLE).place is None
    assert glance(path).preferences == {}
