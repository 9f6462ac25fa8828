"""The index brought up to date in this process: what is new, changed, moved, gone, and cannot be read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf import write

from reader.library import Entry, Progress, describe
from reader.library import build as module
from reader.library.build import Order, build, changes, recipe
from reader.library.files import Unread
from reader.library.index import Index, Known
from reader.source import SourceError


class Pass:
    """What one pass reported."""

    def __init__(self, index: Index, order: Order) -> None:
        self.paths: list[str] = []
        self.reports: list[Progress] = []
        for report in build(index, order):
            if isinstance(report, str):
                self.paths.append(os.path.relpath(report, order.folders[0]))
            else:
                self.reports.append(report)

    @property
    def entries(self) -> dict[str, Entry]:
        """By path; the last report of each counts."""
        return {os.path.basename(entry.path): entry for report in self.reports for entry in report.entries}

    @property
    def gone(self) -> list[str]:
        return sorted(os.path.basename(path) for report in self.reports for path in report.gone)

    @property
    def problems(self) -> list[str]:
        return [problem for report in self.reports for problem in report.problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    return tmp_path / "articles"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index(str(tmp_path / "library.sqlite"), builds=True) as made:
        yield made


def order(folder: Path, index: Index, **changes: object) -> Order:
    return Order((str(folder),), index.path)._replace(**changes)


def texts(index: Index, folder: Path) -> dict[str, str]:
    """By file name, what the index has."""
    known = index.known([str(folder)], recipe({})).entries
    found = index.texts([entry.id for entry in known.values()])
    return {os.path.basename(path): found[entry.id] for path, entry in known.items() if entry.id in found}


def test_everything_is_read_and_kept(folder, index):
    write(folder, {"a.md": "---\ntitle: A\n---\n\nSome *words*.\n", "p/b.txt": "Others.\n"})
    done = Pass(index, order(folder, index))
    assert texts(index, folder) == {"a.md": "A\n\nSome words.", "b.txt": "Others."}
    assert done.entries["a.md"].id in index.texts([done.entries["a.md"].id])
    assert done.reports[-1] == Progress(2, 2, complete=True)
    assert [report.complete for report in done.reports[:-1]] == [False] * (len(done.reports) - 1)


def test_the_newest_come_first_or_those_first_by_path(folder, index):
    write(
        folder,
        {"a.md": "---\ndate: 2011-01-01\n---\nx", "2020-01-01-c.md": "c", "b.md": "---\ndate: 2015-01-01\n---\nx"},
    )
    write(folder, {f"{number}.md": str(number) for number in range(25)})
    first = Pass(index, order(folder, index))
    assert first.paths[:3] == ["2020-01-01-c.md", "b.md", "a.md"]
    index.rebuild()
    assert Pass(index, order(folder, index, by="path")).paths == sorted(first.paths)


def test_the_list_is_there_before_the_texts(folder, index):
    write(folder, {f"{number}.md": f"---\ntitle: Number {number}\n---\nx" for number in range(30)})
    reports = []
    for report in build(index, order(folder, index)):
        if isinstance(report, str):
            break
        reports.append(report)
    entries = {entry.title for report in reports for entry in report.entries}
    assert entries == {f"Number {number}" for number in range(30)}
    assert texts(index, folder) == {}


def test_nothing_is_read_twice(folder, index):
    write(folder, {"a.md": "a", "b.md": "b", "empty.md": ""})
    assert len(Pass(index, order(folder, index)).paths) == 3
    again = Pass(index, order(folder, index))
    assert again.paths == []
    assert again.entries == {}
    assert again.reports[-1] == Progress(0, 0, complete=True)


def test_a_changed_file_is_read_again(folder, index):
    write(folder, {"a.md": "before", "b.md": "b"})
    old = Pass(index, order(folder, index)).entries["a.md"]
    write(folder, {"a.md": "afterwards"})
    again = Pass(index, order(folder, index))
    assert again.paths == ["a.md"]
    assert again.entries["a.md"].id != old.id
    assert texts(index, folder) == {"a.md": "afterwards", "b.md": "b"}


def test_a_file_of_the_same_size_and_another_time_is_read_again(folder, index):
    write(folder, {"a.md": "one"})
    Pass(index, order(folder, index))
    write(folder, {"a.md": "two"})
    os.utime(folder / "a.md", ns=(1, 1))
    Pass(index, order(folder, index))
    assert texts(index, folder) == {"a.md": "two"}


def test_a_deleted_file_is_forgotten(folder, index):
    write(folder, {"a.md": "a", "b.md": "b"})
    Pass(index, order(folder, index))
    (folder / "a.md").unlink()
    done = Pass(index, order(folder, index))
    assert done.gone == ["a.md"]
    assert texts(index, folder) == {"b.md": "b"}


def test_a_moved_folder_is_not_parsed_again_and_said(folder, index, monkeypatch):
    write(folder, {f"old/2020-01-0{number}-x.md": f"Words {number}." for number in range(1, 6)})
    Pass(index, order(folder, index))
    (folder / "old").rename(folder / "new")
    (folder / "new" / "2020-01-01-x.md").rename(folder / "new" / "2011-11-11-y.md")
    parsed: list[str] = []
    parse = describe.document_of
    monkeypatch.setattr(
        describe, "document_of", lambda source, *more: parsed.append(source.path) or parse(source, *more)
    )
    done = Pass(index, order(folder, index))
    assert len(done.paths) == 5
    assert parsed == [str(folder / "new" / "2011-11-11-y.md")], "its byline says another date"
    moved = {os.path.relpath(a, folder): os.path.relpath(b, folder) for report in done.reports for a, b in report.moved}
    assert moved["old/2020-01-02-x.md"] == "new/2020-01-02-x.md"
    assert moved["old/2020-01-01-x.md"] == "new/2011-11-11-y.md"
    assert (done.entries["2011-11-11-y.md"].title, done.entries["2011-11-11-y.md"].date) == (
        "2011-11-11-y.md",
        "2011-11-11",
    )
    assert texts(index, folder)["2011-11-11-y.md"] == "2011-11-11\n\nWords 1."


def test_another_version_or_setting_reads_all_again(folder, index):
    write(folder, {"a.md": "==a==", "b.md": "b"})
    Pass(index, order(folder, index))
    assert len(Pass(index, order(folder, index, dialect=(("marks", False),))).paths) == 2
    assert Pass(index, order(folder, index, dialect=(("marks", False), ("math", True)))).paths == []
    assert recipe({"marks": False}) != recipe({})
    assert recipe({"marks": True}) == recipe({})


# ---- what cannot be read ---------------------------------------------------------------------------------------------


def test_what_is_no_text_for_all_its_name_is_left_alone(folder, index):
    write(folder, {"a.md": "a"})
    (folder / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (folder / "program.txt").write_bytes(b"\x7fELF" + bytes(2000))
    done = Pass(index, order(folder, index))
    assert done.gone == ["picture.md", "program.txt"]
    assert list(texts(index, folder)) == ["a.md"]
    assert done.problems == []
    assert Pass(index, order(folder, index)).paths == []


def test_a_file_that_cannot_be_read_is_listed_and_tried_again(folder, index, monkeypatch):
    write(folder, {"a.md": "a", "closed.md": "closed"})
    real = module.read

    def closed(path: str, **options: object):
        if path.endswith("closed.md"):
            raise SourceError(path, "you have no permission to read it") from PermissionError(13, "Permission denied")
        return real(path, **options)

    monkeypatch.setattr(module, "read", closed)
    done = Pass(index, order(folder, index))
    assert done.entries["closed.md"].problem.endswith("closed.md: you have no permission to read it")
    assert (done.entries["closed.md"].id, done.entries["a.md"].problem) == (0, "")
    monkeypatch.undo()
    assert Pass(index, order(folder, index)).paths == ["closed.md"]
    assert texts(index, folder) == {"a.md": "a", "closed.md": "closed"}


def test_a_file_deleted_between_two_looks_is_gone(folder, index, monkeypatch):
    write(folder, {"a.md": "a", "b.md": "b"})
    real = module.read

    def deleting(path: str, **options: object):
        (folder / "b.md").unlink(missing_ok=True)
        return real(path, **options)

    monkeypatch.setattr(module, "read", deleting)
    done = Pass(index, order(folder, index, by="path"))
    assert done.gone == ["b.md"]
    assert done.reports[-1].complete


@pytest.mark.parametrize("what", [RecursionError, MemoryError, ValueError("x"), KeyError])
def test_an_article_that_cannot_be_parsed_is_listed_with_the_reason(folder, index, monkeypatch, what):
    write(folder, {"a.md": "a", "bad.md": "bad"})
    real = describe.document_of

    def failing(source, *more):
        if source.text == "bad":
            raise what
        return real(source, *more)

    monkeypatch.setattr(describe, "document_of", failing)
    done = Pass(index, order(folder, index))
    assert "could not be parsed" in done.entries["bad.md"].problem
    assert texts(index, folder) == {"a.md": "a", "bad.md": ""}
    assert Pass(index, order(folder, index)).paths == []


def test_a_file_over_the_limit_is_listed_and_not_read(folder, index, monkeypatch):
    write(folder, {"a.md": "a" * 2000, "b.md": "b"})
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    assert Pass(index, order(folder, index)).entries["a.md"].problem == "it has over 0 MiB"
    assert texts(index, folder)["b.md"] == "b"


def test_files_that_a_process_has_ended_over_are_passed(folder, index):
    write(folder, {"a.md": "a", "b.md": "b"})
    done = Pass(index, order(folder, index, passed=(str(folder / "a.md"),)))
    assert "ended over it" in done.entries["a.md"].problem
    assert texts(index, folder) == {"a.md": "", "b.md": "b"}


def test_what_stands_in_a_place_that_cannot_be_read_is_not_forgotten(folder, index, monkeypatch):
    write(folder, {"a.md": "a", "disk/b.md": "b", "disk/c/d.md": "d", "diskette.md": "e"})
    Pass(index, order(folder, index))
    real = os.scandir

    def scandir(path: str):
        if path == str(folder / "disk"):
            raise OSError(5, "Input/output error")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    (folder / "diskette.md").unlink()
    done = Pass(index, order(folder, index))
    assert done.gone == ["diskette.md"]
    assert done.problems == [f"{folder}/disk: it could not be read (input/output error)"]
    assert sorted(texts(index, folder)) == ["a.md", "b.md", "d.md"]


def test_a_folder_that_is_not_there_any_more_is_forgotten(folder, index):
    write(folder, {"a.md": "a"})
    Pass(index, order(folder, index))
    folder.rename(folder.with_name("elsewhere"))
    done = Pass(index, order(folder, index))
    assert done.gone == ["a.md"]
    assert len(done.problems) == 1


def test_an_index_that_cannot_be_written_is_said_and_ends_the_pass(folder, index):
    write(folder, {f"{number}.md": "words " * 9000 for number in range(9)})
    assert index._db is not None
    index._db.execute("PRAGMA max_page_count = 12")
    done = Pass(index, order(folder, index))
    assert done.reports[-1].complete
    assert "cannot be written" in done.problems[-1]


def test_an_index_damaged_under_way_is_begun_again(folder, index):
    write(folder, {f"{number}.md": f"words {number}" for number in range(5)})
    reports = build(index, order(folder, index))
    next(reports)
    for suffix in ("-wal", "-shm", ""):
        os.unlink(index.path + suffix)
    Path(index.path).write_bytes(b"no database " * 1000)
    *_, last = reports
    assert last.complete
    assert len(texts(index, folder)) == 5
    with sqlite3.connect(index.path) as db:
        assert db.execute("PRAGMA quick_check").fetchone() == ("ok",)


def test_a_pass_that_was_cut_short_is_gone_on_with(folder, index):
    write(folder, {f"{number:02}.md": f"words {number}" for number in range(60)})
    reports = build(index, order(folder, index))
    for report in reports:
        if isinstance(report, Progress) and report.done:
            break
    reports.close()
    done = len(texts(index, folder))
    assert 0 < done < 60
    assert len(Pass(index, order(folder, index)).paths) == 60 - done
    assert len(texts(index, folder)) == 60


def test_changes_are_seen_without_opening_a_file(folder, monkeypatch):
    write(folder, {"a.md": "a"})
    monkeypatch.setattr("builtins.open", None)
    monkeypatch.setattr(os, "open", None)
    found = changes([str(folder)], Known({}, frozenset()))
    assert [os.path.basename(one.path) for one in found.new] == ["a.md"]
    assert found.gone == ()
    assert found.unread == ()
    assert changes([str(folder / "no")], Known({}, frozenset())).unread == (
        Unread(str(folder / "no"), "no such file or directory", True),
    )
