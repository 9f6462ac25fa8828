"""Which folders are the library."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from reader.library import (
    FoldersError,
    add_folder,
    added_folders,
    folders_file,
    index_file,
    library_folders,
    remove_folder,
)


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "state" / "library.json")


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "articles" / "in").mkdir(parents=True)
    return str(tmp_path / "articles")


def test_both_files_stand_beside_the_store():
    assert folders_file("/s/reader.sqlite") == "/s/library.json"
    assert index_file("/s/reader.sqlite") == "/s/library.sqlite"


def test_a_folder_is_added_and_taken_away(file, folder):
    assert added_folders(file) == ()
    assert add_folder(file, folder)
    assert added_folders(file) == (folder,)
    assert not add_folder(file, folder)
    assert not add_folder(file, f"{folder}/in")
    assert remove_folder(file, folder)
    assert not remove_folder(file, folder)
    assert added_folders(file) == ()


def test_a_folder_is_kept_by_its_whole_path(file, folder, monkeypatch):
    monkeypatch.chdir(os.path.dirname(folder))
    add_folder(file, "articles")
    monkeypatch.chdir("/")
    assert added_folders(file) == (folder,)


def test_a_folder_that_is_gone_can_be_taken_away(file, folder):
    add_folder(file, f"{folder}/in")
    os.rmdir(f"{folder}/in")
    assert remove_folder(file, f"{folder}/in")


def test_a_name_that_is_no_utf8(file, tmp_path):
    odd = tmp_path / "caf\udce9"
    try:
        odd.mkdir()
    except OSError:
        pytest.skip("this file system takes no such names")
    add_folder(file, str(odd))
    assert added_folders(file) == (str(odd),)


def test_those_of_the_settings_come_first(file, folder, monkeypatch):
    monkeypatch.setenv("HOME", "/home/somebody")
    add_folder(file, folder)
    assert library_folders((), file) == (folder,)
    assert library_folders((f"{folder}/in",), file) == (folder,)
    assert set(library_folders(("~/notes",), file)) == {"/home/somebody/notes", folder}


@pytest.mark.parametrize("name", ["no", "file"])
def test_what_is_no_folder_is_not_added(file, tmp_path, name):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FoldersError, match=r"no such folder|not a folder"):
        add_folder(file, str(tmp_path / name))
    assert not os.path.exists(file)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"{",
        b"[]",
        b'{"version": 2, "folders": []}',
        b'{"version": 1}',
        b'{"version": 1, "folders": [1]}',
        b'{"version": 1, "folders": [""]}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_file_that_is_not_understood_is_said_and_not_written_over(file, folder, said):
    os.makedirs(os.path.dirname(file))
    Path(file).write_bytes(said)
    for call in (added_folders, lambda file: add_folder(file, folder), lambda file: remove_folder(file, folder)):
        with pytest.raises(FoldersError, match=r"library\.json: it is no list of folders"):
            call(file)
    assert Path(file).read_bytes() == said


def test_a_pipe_in_its_place_is_not_waited_for(file):
    os.makedirs(os.path.dirname(file))
    os.mkfifo(file)
    with pytest.raises(FoldersError):
        added_folders(file)


def test_a_file_that_cannot_be_written_is_said(tmp_path, folder):
    (tmp_path / "state").write_bytes(b"")
    with pytest.raises(FoldersError, match="it cannot be written"):
        add_folder(str(tmp_path / "state" / "library.json"), folder)


def test_a_write_that_fails_leaves_the_file_as_it_was(file, folder, monkeypatch):
    add_folder(file, folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(FoldersError, match="no space left"):
        remove_folder(file, folder)
    assert added_folders(file) == (folder,)
    assert os.listdir(os.path.dirname(file)) == ["library.json"]


def test_the_file_is_its_owners_alone_and_json(file, folder):
    add_folder(file, folder)
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    assert json.loads(Path(file).read_text()) == {"version": 1, "folders": [folder]}
