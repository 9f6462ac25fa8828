"""The list put into order, and the way through it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from reader.library import Entry, Trail, folded, folder_of, grouped, ordered, unread
from reader.library.entry import known_by_name
from reader.library.files import Found


@dataclass(frozen=True, slots=True)
class Marks:
    read: str = "unread"
    starred: bool = False
    archived: bool = False
    progress: float = 0.0
    opened: float = 0.0


def entry(name: str, title: str = "", date: str = "", length: int = 0, mtime: int = 0) -> Entry:
    return known_by_name(Found(f"/x/{name}", 1, mtime), title, date)._replace(length=length)


def names(entries: tuple[Entry, ...]) -> str:
    return " ".join(one.path.removeprefix("/x/").removesuffix(".md") for one in entries)


LIST = (
    entry("a.md", "Terns", "2015-01-19", 30),
    entry("b.md", "gulls", "2020-05-06", 10),
    entry("c.md", "Albatross", "2020-05-06T08:00", 20),
    entry("d.md", "Skuas", "", 40, mtime=9),
    entry("e.md", "Petrels", "", 5, mtime=3),
)
STATES = {
    "/x/a.md": Marks("reading", progress=0.5, opened=100.0),
    "/x/c.md": Marks("finished", progress=1.0, opened=50.0),
}


@pytest.mark.parametrize(
    ("by", "turned", "expected"),
    [
        ("date", False, "c b a d e"),
        ("date", True, "a b c e d"),
        ("title", False, "c b e d a"),
        ("title", True, "a d e b c"),
        ("length", False, "d a c b e"),
        ("length", True, "e b c a d"),
        ("progress", False, "c a b d e"),
        ("read", False, "a c b d e"),
        ("read", True, "c a b d e"),
        ("path", False, "a b c d e"),
        ("path", True, "e d c b a"),
    ],
)
def test_orders(by, turned, expected):
    assert names(ordered(LIST, by, states=STATES, turned=turned)) == expected
    assert names(ordered(reversed(LIST), by, states=STATES, turned=turned)) == expected


def test_what_is_alike_stands_by_path_however_it_comes():
    alike = [entry(f"{name}.md", date="2020-01-01", mtime=5) for name in "abcd"]
    assert names(ordered(alike)) == "a b c d"
    assert names(ordered(reversed(alike))) == "a b c d"


def test_titles_that_repeat_are_folded():
    week = [entry(f"{number}.md", "The  week") for number in range(3)]
    rows = folded([LIST[0], week[0], LIST[1], week[1], entry("y.md", "THE WEEK"), week[2]])
    assert [(row.entry.title, len(row.others)) for row in rows] == [("Terns", 0), ("The  week", 3), ("gulls", 0)]
    assert names(rows[1].others) == "1 y 2"


def test_file_names_fold_nothing():
    rows = folded([entry("p/notes.md"), entry("q/notes.md")])
    assert [len(row.others) for row in rows] == [0, 0]


def test_groups_by_day():
    groups = grouped(ordered(LIST), "day")
    assert [(group.head, names(group.entries)) for group in groups] == [
        ("2020-05-06", "c b"),
        ("2015-01-19", "a"),
        ("", "d e"),
    ]


def test_groups_by_folder():
    some = [entry(name) for name in ("p/a.md", "b.md", "p/q/c.md", "p/d.md")]
    assert [(group.head, names(group.entries)) for group in grouped(some, "folder", ("/x",))] == [
        ("p", "p/a p/d"),
        ("", "b"),
        ("p/q", "p/q/c"),
    ]


def test_the_folder_of_an_article_is_named_within_its_library():
    assert folder_of(entry("p/a.md"), ("/x",)) == "p"
    assert folder_of(entry("a.md"), ("/x",)) == ""
    assert folder_of(entry("p/a.md"), ("/x", "/y")) == "x/p"
    assert folder_of(entry("a.md"), ("/x", "/y")) == "x"
    assert folder_of(entry("a.md"), ("/y",)) == "/x"
    assert folder_of(entry("a.md"), ()) == "/x"


def test_a_trail_goes_through_the_list_as_it_was():
    trail = Trail(["a", "c", "b"])
    assert len(trail) == 3
    assert list(trail) == ["a", "c", "b"]
    assert [trail.next(path) for path in ("a", "c", "b")] == ["c", "b", None]
    assert [trail.previous(path) for path in ("a", "c", "b")] == [None, "a", "c"]
    assert [trail.number(path) for path in ("a", "c", "z")] == [1, 2, None]


def test_a_trail_from_an_article_that_is_not_in_it():
    trail = Trail(["a", "c"])
    assert trail.next("z") == "a"
    assert trail.previous("z") is None
    assert Trail([]).next("z") is None


def test_a_trail_to_the_next_unread():
    states = {"a": Marks("reading"), "b": Marks("finished"), "d": Marks("unread", starred=True)}
    trail = Trail("abcd")
    assert trail.next("a", where=unread(states)) == "c"
    assert trail.next("c", where=unread(states)) == "d"
    assert trail.previous("d", where=unread(states)) == "c"
    assert trail.previous("c", where=unread(states)) is None
