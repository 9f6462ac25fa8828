"""A library as a screen uses it: the list at once, and what becomes of it while it is read and changed."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

from shelf import named, names, opened, read, write

from reader.library import Library, find, ordered, wanted
from reader.library.indexing import Indexing

ARTICLES = {
    "2020-05-06-gulls.md": "---\ntitle: Gulls\n---\n\nThey cry.\n",
    "p/terns.md": "# Terns\n\nThey dive.\n",
    "p/q/words.txt": "Nothing but words.\n",
}


def test_before_anything_is_read_the_list_is_there_by_name(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        listing = library.look()
        assert names(listing, library) == sorted(ARTICLES)
        assert listing.waiting == 3
        gulls = named(listing, "2020-05-06-gulls.md")
        assert (gulls.id, gulls.title, gulls.date) == (0, "2020-05-06-gulls.md", "2020-05-06")
        assert library.lead(gulls) == ""


def test_as_it_is_read_the_list_says_more(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        listing = read(library)
        assert sorted(entry.title for entry in listing.entries.values()) == ["Gulls", "Terns", "words.txt"]
        assert listing.waiting == 0
        assert library.lead(named(listing, "terns.md"), 9) == "Terns\n\nTh"
        assert library.is_current(listing)


def test_the_next_time_all_is_known_at_once(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        before = read(library)
    with opened(tmp_path) as library:
        assert library.look() == before


def test_the_index_alone_gives_a_list_which_the_first_look_puts_right(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        before = read(library)
    with opened(tmp_path) as library:
        remembered = library.remembered()
        assert remembered == before
        assert library.look() is remembered
        assert library.look() is not remembered
        remembered = library.remembered()
        gone = named(remembered, "terns.md").path
        os.remove(gone)
        assert library.remembered() == remembered
        assert set(remembered.entries) - set(library.look().entries) == {gone}


def test_the_newest_are_those_with_which_the_whole_list_begins(tmp_path):
    days = {f"2020-{1 + number % 12:02}-{1 + number % 28:02}-{number}.md": f"# Note {number}\n" for number in range(60)}
    with opened(tmp_path, {**days, "p/2021-01-01-new.md": "# New\n", "nul.md": "a\0b\0" * 99}) as library:
        whole = ordered(read(library).entries.values())
        newest = library.newest(20)
        assert ordered(newest.entries.values()) == whole[:20]
        assert newest.more == len(whole) - 20
        without = library.newest(20, (whole[0].path, whole[3].path, "/elsewhere.md"))
        assert ordered(without.entries.values()) == (*whole[1:3], *whole[4:22])
        assert without.more == len(whole) - 22
        assert library.newest(100) == library.newest(len(whole))
        assert library.newest(100).more == 0


def test_what_was_changed_meanwhile_keeps_what_is_known_of_it_until_it_is_read(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        read(library)
    write(tmp_path / "articles", {"p/terns.md": "# Arctic terns\n\nThey dive, and dive.\n", "new.md": "# New\n"})
    (tmp_path / "articles" / "p/q/words.txt").unlink()
    with opened(tmp_path) as library:
        listing = library.look()
        assert listing.waiting == 2
        assert named(listing, "terns.md").title == "Terns"
        assert named(listing, "new.md").title == "new.md"
        assert names(listing, library) == ["2020-05-06-gulls.md", "new.md", "p/terns.md"]
        listing = read(library)
        assert named(listing, "terns.md").title == "Arctic terns"
        assert named(listing, "new.md").title == "New"


def test_a_folder_changed_under_a_running_list(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        listing = read(library)
        assert library.is_current(listing)
        for change in (
            lambda folder: write(folder, {"new.md": "# New\n"}),
            lambda folder: write(folder, {"new.md": "# Newer\n"}),
            lambda folder: (folder / "new.md").rename(folder / "p" / "moved.md"),
            lambda folder: (folder / "p" / "moved.md").unlink(),
        ):
            change(tmp_path / "articles")
            assert not library.is_current(listing)
            for progress in library.update():
                listing = listing.updated(progress)
            assert library.is_current(listing)
            assert listing == library.look()
        assert names(listing, library) == sorted(ARTICLES)


def test_what_another_reader_has_put_into_the_index_is_noticed(tmp_path):
    with opened(tmp_path, ARTICLES) as library, opened(tmp_path) as other:
        listing = read(library)
        for change in (
            lambda folder: write(folder, {"new.md": "# New\n"}),
            lambda folder: write(folder, {"new.md": "# Newer than that\n"}),
            lambda folder: (folder / "new.md").unlink(),
        ):
            assert library.is_current(listing)
            change(tmp_path / "articles")
            read(other)
            assert not library.is_current(listing)
            listing = library.look()
            assert library.is_current(listing)


def test_readers_of_other_settings_do_not_call_for_passes_by_turns(tmp_path):
    folder = tmp_path / "articles"
    with opened(tmp_path, ARTICLES) as library:
        listing = read(library)
        with Library([str(folder)], library.index.path, {"links": False}) as other:
            theirs = read(other)
            assert library.is_current(listing)
            assert other.is_current(theirs)


def test_an_index_that_was_deleted_is_made_again(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        listing = read(library)
        for path in (tmp_path / "state").glob("library.sqlite*"):
            path.unlink()
        assert not library.is_current(listing)
        listing = read(library)
        assert library.is_current(listing)
        assert library.lead(named(listing, "terns.md"), 5) == "Terns"


def test_a_file_that_cannot_be_read_does_not_call_for_pass_after_pass(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "reader.library.indexing._SERVE",
        """
from reader.library import build, indexer
from reader.source import SourceError
def read(path, **options):
    raise SourceError(path, "closed") from PermissionError(13, "Permission denied")
build.read = read
indexer.serve()
""",
    )
    with opened(tmp_path, {"a.md": "x"}) as library:
        listing = read(library)
        assert named(listing, "a.md").problem.endswith("closed")
        assert library.is_current(listing)


def test_files_that_are_no_articles_leave_the_list(tmp_path):
    with opened(tmp_path, {"a.md": "x"}) as library:
        (tmp_path / "articles" / "b.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300))
        assert names(library.look(), library) == ["a.md", "b.md"]
        listing = read(library)
        assert names(listing, library) == ["a.md"]
        assert library.is_current(listing)
        assert names(library.look(), library) == ["a.md"]


def test_first_lines_do_not_overwrite_what_the_whole_article_says(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        listing = read(library)
        gulls = named(listing, "2020-05-06-gulls.md")
        after = listing.updated(next(iter(library.update()))._replace(entries=(gulls._replace(id=0, title="x"),)))
        assert named(after, "2020-05-06-gulls.md") == gulls


def test_several_folders_are_one_library(tmp_path):
    write(tmp_path, {"one/a.md": "# A\n", "one/in/b.md": "# B\n", "two/c.md": "# C\n"})
    folders = [str(tmp_path / name) for name in ("two", "one", "one/in", "two")]
    with Library(folders, str(tmp_path / "library.sqlite")) as library:
        assert library.folders == (str(tmp_path / "one"), str(tmp_path / "two"))
        listing = read(library)
        assert [entry.title for entry in ordered(listing.entries.values(), "title")] == ["A", "B", "C"]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    write(tmp_path, {"one/a.md": "# A\n"})
    with Library([str(tmp_path / "one"), str(tmp_path / "no")], str(tmp_path / "library.sqlite")) as library:
        listing = read(library)
        assert len(listing.entries) == 1
        assert listing.problems == (f"{tmp_path}/no: it could not be read (no such file or directory)",)


def test_deleting_the_index_loses_nothing_but_time(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        before = read(library)
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / "state" / f"library.sqlite{suffix}").unlink(missing_ok=True)
    with opened(tmp_path) as library:
        after = read(library)
        assert {path: entry[1:] for path, entry in after.entries.items()} == {
            path: entry[1:] for path, entry in before.entries.items()
        }


def test_a_damaged_index_is_made_anew_by_the_next_pass(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        read(library)
    (tmp_path / "state" / "library.sqlite").write_bytes(b"no database " * 1000)
    with opened(tmp_path) as library:
        assert library.look().waiting == 3
        listing = read(library)
        *_, answer = find(ordered(listing.entries.values()), wanted("dive"), library.corpus)
        assert answer is not None
        assert [hit.entry.title for hit in answer.hits] == ["Terns"]


def test_where_no_index_can_be_kept_all_goes_on(tmp_path):
    (tmp_path / "state").write_bytes(b"a file where the folder should be")
    with opened(tmp_path, ARTICLES) as library:
        listing = read(library)
        assert len(library.warnings) == 1
        *_, answer = find(ordered(listing.entries.values()), wanted("dive"), library.corpus)
        assert answer is not None
        assert [hit.entry.title for hit in answer.hits] == ["Terns"]
        elsewhere = library.index.path
    assert not os.path.exists(elsewhere)


def test_closing_ends_a_pass(tmp_path, monkeypatch):
    numbers = count()
    with opened(tmp_path, {f"{next(numbers)}.md": "# x\n" for _ in range(300)}) as library:
        told = library.update()
        next(told)
        running = library._indexing
        assert isinstance(running, Indexing)
        library.close()
        assert list(told) == []


def test_nothing_is_written_to_the_articles_folder(tmp_path: Path):
    with opened(tmp_path, ARTICLES) as library:
        before = sorted(os.walk(tmp_path / "articles"))
        read(library)
    assert sorted(os.walk(tmp_path / "articles")) == before


def test_a_list_brings_no_parser_and_no_search(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        read(library)
    script = f"""
import sys
from reader.library import Library, ordered
with Library([{str(tmp_path / "articles")!r}], {str(tmp_path / "state" / "library.sqlite")!r}) as library:
    print(len(ordered(library.look().entries.values())))
heavy = ("markdown_it", "yaml", "regex", "subprocess", "tempfile", "reader.parse", "reader.search.folding")
print(*(name for name in heavy if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["3"]
