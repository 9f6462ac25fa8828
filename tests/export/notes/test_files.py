"""Notes in a folder: written as a whole, found again when renamed, what is below the end untouched."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from reader.export.notes import END, ArticleNotes, Written, as_html, as_markdown, file_name, write_file, write_notes
from reader.store import Article, annotation
from tests.export.notes.making import harbour, marked, notes


def write(folder: str, *several: ArticleNotes) -> tuple[Written, ...]:
    return write_notes(folder, [(one, as_markdown(one)) for one in several])


def only(folder: Path) -> Path:
    (found,) = folder.iterdir()
    return found


def test_what_a_person_adds_below_the_end_stays(tmp_path):
    folder = tmp_path / "a" / "notes"
    document = harbour()
    first, second = marked(document, "nine years"), marked(document, "until four")
    (done,) = write(str(folder), notes(document, first))
    assert done.changed
    path = only(folder)
    assert path.name == "The harbour.md"
    own = b"\r\nMy own \xff words.\r\n" + END.encode() + b"\nmore"
    path.write_bytes(path.read_bytes() + own)
    (done,) = write(str(folder), notes(document, first, second))
    assert done.changed
    content = path.read_bytes()
    assert content.endswith(END.encode() + b"\n" + own)
    assert second.id.encode() in content
    (done,) = write(str(folder), notes(document, first, second))
    assert not done.changed
    assert only(folder) == path


def test_a_renamed_file_is_known_and_another_of_that_name_is_left_alone(tmp_path):
    document = harbour()
    made = notes(document, marked(document, "nine years"))
    (tmp_path / "The harbour.md").write_text("mine")
    write(str(tmp_path), made)
    (tmp_path / "The harbour 2.md").rename(tmp_path / "Boats.md")
    write(str(tmp_path), made, replace(made, article=Article("/other.md", "d2")))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["Boats.md", "The harbour 2.md", "The harbour.md"]
    assert (tmp_path / "The harbour.md").read_text() == "mine"


def test_a_file_whose_end_was_taken_out_loses_nothing(tmp_path):
    document = harbour()
    made = notes(document, marked(document, "nine years"))
    write(str(tmp_path), made)
    path = only(tmp_path)
    path.write_text(path.read_text().replace(END, "What I think."))
    for _ in range(2):
        write(str(tmp_path), made)
        assert path.read_text().count("What I think.") == 1
        assert path.read_text().count(END) == 1


def test_a_file_is_replaced_as_a_whole_and_keeps_its_mode(tmp_path, monkeypatch):
    document = harbour()
    write(str(tmp_path), notes(document))
    path = only(tmp_path)
    os.chmod(path, 0o640)
    before = path.read_bytes()

    def fails(*_: object) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", fails)
        with pytest.raises(OSError, match="no space"):
            write(str(tmp_path), notes(document, annotation(None, words="x")))
    assert only(tmp_path).read_bytes() == before
    write(str(tmp_path), notes(document, annotation(None, words="x")))
    assert only(tmp_path) == path
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd"),
        ('a/b\\c:d*e?f"g<h>i|j#k^l[m]', "a b c d e f g h i j k l m"),
        ("...", "Untitled"),
        ("", "Untitled"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        ("山" * 100, "山" * 40),
        ("a\x1b]0;x\x07b\n c", "a␛ 0;x␇b c"),
    ],
)
def test_names_of_files(title, name):
    assert file_name(title) == name


def test_a_page_is_written_again_under_its_name(tmp_path):
    document = harbour()
    made = notes(document, marked(document, "nine years", words="Long."))
    for words in ("Long.", "Too long."):
        page = "\n".join(as_html(notes(document, marked(document, "nine years", words=words)), document))
        write_notes(str(tmp_path), [(made, page)], ".html")
    path = only(tmp_path)
    assert path.name == "The harbour.html"
    assert "Too long." in path.read_text()
    assert path.read_text().startswith("<!doctype html>\n<!-- reader: ")


def test_one_file_for_all_is_written_over_where_it_is_ours(tmp_path):
    path = tmp_path / "deep" / "notes.json"
    assert write_file(str(path), '{"id": "urn:reader:notes", "a": 1}', "urn:reader:notes").changed
    assert write_file(str(path), '{"id": "urn:reader:notes", "a": 2}', "urn:reader:notes").changed
    assert not write_file(str(path), '{"id": "urn:reader:notes", "a": 2}', "urn:reader:notes").changed
    path.write_text('{"mine": true}')
    with pytest.raises(FileExistsError, match="has not written"):
        write_file(str(path), '{"id": "urn:reader:notes"}', "urn:reader:notes")
    assert path.read_text() == '{"mine": true}'
