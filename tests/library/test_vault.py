"""Which file a link by name means, and where a vault begins."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.library import Index, Library, vault_of
from reader.library.vault import file_name, find_named, link_name, meant, nearest


def made(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("# A\n")


@pytest.mark.parametrize("mark", [".obsidian", ".foam", "logseq"])
def test_a_vault_begins_where_its_program_keeps_its_settings(mark: str, tmp_path: Path) -> None:
    (tmp_path / "vault" / mark).mkdir(parents=True)
    (tmp_path / "vault" / "a" / "b").mkdir(parents=True)
    assert vault_of(str(tmp_path / "vault" / "a" / "b" / "note.md")) == str(tmp_path / "vault")
    assert vault_of(str(tmp_path / "vault" / "note.md")) == str(tmp_path / "vault")
    assert vault_of(str(tmp_path / "note.md")) is None


@pytest.mark.parametrize(
    ("wanted", "here", "found"),
    [
        ("A.md", "notes/home.md", "notes/deep/A.md"),
        ("A.md", "other/x/home.md", "other/A.md"),
        ("A.md", "home.md", "other/A.md"),
        ("a.md", "notes/home.md", "notes/deep/A.md"),
        ("other/A.md", "notes/home.md", "other/A.md"),
        ("er/A.md", "notes/home.md", None),
        ("img/p.png", "notes/home.md", "img/p.png"),
        ("P.PNG", "notes/home.md", "img/p.png"),
        ("Topic/Part.md", "notes/home.md", "pages/Topic___Part.md"),
        ("E\u0301t\u00e9.md", "notes/home.md", "pages/\u00c9te\u0301.md"),
        ("no.md", "notes/home.md", None),
        ("A.md", "notes/deep/A.md", "notes/deep/A.md"),
        ("", "notes/home.md", None),
        (".md", "notes/home.md", None),
    ],
)
def test_the_nearest_file_of_a_name(wanted: str, here: str, found: str | None, tmp_path: Path) -> None:
    made(tmp_path, "notes/deep/A.md", "other/A.md", "img/p.png", ".trash/no.md", "pages/Topic___Part.md")
    made(tmp_path, "pages/\u00c9te\u0301.md")
    there = find_named(wanted, str(tmp_path / here), str(tmp_path))
    assert there == (None if found is None else str(tmp_path / found))


def test_looking_ends_in_time(tmp_path: Path) -> None:
    made(tmp_path, "a/b/c.md")
    assert find_named("c.md", str(tmp_path / "x.md"), str(tmp_path), seconds=-1) is None
    assert find_named("c.md", str(tmp_path / "x.md"), str(tmp_path / "gone")) is None


def test_of_equal_ones_the_order_of_the_folders_does_not_count() -> None:
    two = ["/v/b/A.md", "/v/a/A.md"]
    assert nearest(two, "/v/x.md") == nearest(reversed(two), "/v/x.md") == "/v/a/A.md"


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("Some%20Note.md#part", "some note"),
        ("a/b/C.md", "c"),
        ("../C.MARKDOWN", "c"),
        ("https://q.example/a.md", ""),
        ("//q.example/a.md", ""),
        ("mailto:a@q.example", ""),
        ("#part", ""),
        ("p.png", ""),
        ("", ""),
    ],
)
def test_the_name_a_link_is_looked_for_by(href: str, name: str) -> None:
    assert link_name(href) == name


def test_a_link_that_is_a_path_means_that_file() -> None:
    named = ["/v/a/C.md", "/v/b/C.md"]
    assert meant("../b/C.md", "/v/a/x.md", named) == "/v/b/C.md"
    assert meant("C.md", "/v/a/x.md", named) == "/v/a/C.md"
    assert meant("C.md", "/v/c/x.md", named) == "/v/a/C.md"
    assert meant("D.md", "/v/c/x.md", named) is None
    assert file_name("/v/a/C.md") == "c"


def test_the_index_knows_which_articles_link_to_one(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    made(root, "far/Lamp.md")
    for name, text in {
        "notes/Lamp.md": "# Lamp\n\nSee [[Lamp]] itself.\n",
        "notes/one.md": "# One\n\n[[Lamp]] twice: [[lamp#Part|the part]]\n",
        "two.md": "# Two\n\n[by its path](notes/Lamp.md)\n",
        "far/three.md": "# Three\n\n[[Lamp]], the one beside it\n",
        "code.md": "# Code\n\n`[[Lamp]]` and [outside](https://q.example/Lamp.md)\n",
    }.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    (root / "copy.md").write_bytes((root / "notes/one.md").read_bytes())
    index_path = str(tmp_path / "library.sqlite")
    with Library([str(root)], index_path) as library:
        list(library.update())
    with Index(index_path) as index:
        linked = index.backlinks(str(root / "notes" / "Lamp.md"))
        assert [(os.path.relpath(one.path, root), one.title) for one in linked] == [
            ("notes/one.md", "One"),
            ("two.md", "Two"),
        ]
        # the copy stands as near to the one as to the other, and its path is the shorter one
        assert [one.title for one in index.backlinks(str(root / "far" / "Lamp.md"))] == ["One", "Three"]
        assert index.backlinks(str(root / "notes" / "one.md")) == ()
        assert index.backlinks(str(root / "p.png")) == ()
    (root / "two.md").unlink()
    with Library([str(root)], index_path) as library:
        list(library.update())
    with Index(index_path) as index:
        assert len(index.backlinks(str(root / "notes" / "Lamp.md"))) == 1
