"""Which files are articles: folders of every shape, and disks that fail; one bad place hides no other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.library import Found, Unread, is_article, scan


def names(folder: Path, problems: list[Unread] | None = None) -> list[str]:
    return [os.path.relpath(found.path, folder) for found in scan(str(folder), problems)]


def written(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("# Title\n", encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    ["a.md", "a.MD", "a.markdown", "a.mdown", "a.mkd", "a.mdx", "a.qmd", "a.Rmd", "a.txt", "a.html", "a.htm", "a.org"],
)
def test_the_names_of_articles(name):
    assert is_article(name)


@pytest.mark.parametrize("name", ["a", "a.png", "md", "a.md.bak", "a.py", "a.md~"])
def test_the_names_of_other_files(name):
    assert not is_article(name)


def test_what_is_found_and_in_which_order(tmp_path):
    written(tmp_path, "b.md", "a.txt", "sub/c.org", "sub/deeper/d.qmd", "other/e.htm", "f.png")
    assert names(tmp_path) == ["a.txt", "b.md", "other/e.htm", "sub/c.org", "sub/deeper/d.qmd"]


def test_size_and_time_are_those_of_the_file(tmp_path):
    written(tmp_path, "a.md")
    os.utime(tmp_path / "a.md", ns=(1_000_000_007, 1_000_000_007))
    assert list(scan(str(tmp_path))) == [Found(str(tmp_path / "a.md"), 8, 1_000_000_007)]


def test_hidden_places_and_those_of_programs_are_left_alone(tmp_path):
    written(tmp_path, "a.md", ".b.md", ".git/c.md", "node_modules/d.md", "x/__pycache__/e.md", "x/_site/f.md")
    assert names(tmp_path) == ["a.md"]


def test_links_to_folders_are_not_followed_and_links_to_files_are(tmp_path):
    written(tmp_path, "real/a.md", "elsewhere/b.md")
    library = tmp_path / "real"
    (library / "loop").symlink_to(library, target_is_directory=True)
    (library / "up").symlink_to(tmp_path, target_is_directory=True)
    (library / "linked.md").symlink_to(tmp_path / "elsewhere" / "b.md")
    (library / "broken.md").symlink_to(tmp_path / "nowhere.md")
    (library / "itself.md").symlink_to(library / "itself.md")
    problems: list[Unread] = []
    assert names(library, problems) == ["a.md", "linked.md"]
    assert problems == []


def test_a_folder_that_is_a_link_itself_is_walked(tmp_path):
    written(tmp_path, "real/a.md")
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    assert names(tmp_path / "link") == ["a.md"]


def test_a_folder_named_like_an_article_is_a_folder(tmp_path):
    written(tmp_path, "a.md/b.md")
    assert names(tmp_path) == ["a.md/b.md"]


def test_folders_1200_deep(tmp_path):
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(os.open("deep.md", os.O_WRONLY | os.O_CREAT, dir_fd=here))
    os.close(here)
    written(tmp_path, "z.md")
    try:
        assert names(tmp_path) == ["z.md", "d/" * 1200 + "deep.md"]
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


def test_a_path_the_system_finds_too_long_is_said_and_hides_nothing(tmp_path):
    here, name = os.open(tmp_path, os.O_RDONLY), "d" * 200
    for _ in range(25):
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    written(tmp_path, "z.md")
    problems: list[Unread] = []
    try:
        assert names(tmp_path, problems) == ["z.md"]
        assert len(problems) == 1
        assert problems[0].line.endswith("(file name too long)")
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / name)], check=True)


def test_more_files_than_ten_thousand(tmp_path, monkeypatch):
    written(tmp_path, "a.md")
    with os.scandir(tmp_path) as entries:
        (entry,) = entries

    class Many:
        def __enter__(self):
            return iter([entry] * 50_000)

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(os, "scandir", lambda _: Many())
    assert len(names(tmp_path)) == 50_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of POSIX")
def test_a_named_pipe_is_not_opened_and_its_writer_lives(tmp_path):
    os.mkfifo(tmp_path / "x.md")
    written(tmp_path, "y.md")
    say = "import os, sys; h = os.open(sys.argv[1], 2); os.write(h, b'words'); print(flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", say, str(tmp_path / "x.md")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        writer.stdout.readline()
        assert names(tmp_path) == ["y.md"]
        writer.communicate()
    assert writer.returncode == 0


def test_a_folder_that_cannot_be_read_is_said_and_hides_no_other(tmp_path, monkeypatch):
    written(tmp_path, "a.md", "closed/b.md", "open/c.md")
    failing(monkeypatch, "closed", PermissionError(13, "Permission denied"))
    problems: list[Unread] = []
    assert names(tmp_path, problems) == ["a.md", "open/c.md"]
    assert [problem.line for problem in problems] == [f"{tmp_path}/closed: it could not be read (permission denied)"]


def test_a_disk_that_fails_in_the_middle_of_a_folder(tmp_path, monkeypatch):
    written(tmp_path, "a.md", "failing/b.md", "failing/c.md", "open/d.md")
    failing(monkeypatch, "failing", OSError(5, "Input/output error"), after=1)
    problems: list[Unread] = []
    found = names(tmp_path, problems)
    assert [name for name in found if "failing" not in name] == ["a.md", "open/d.md"]
    assert len(found) == 3
    assert [problem.line for problem in problems] == [f"{tmp_path}/failing: it could not be read (input/output error)"]


def test_the_folder_itself_that_cannot_be_read_is_a_problem_too(tmp_path):
    problems: list[Unread] = []
    assert names(tmp_path / "nowhere", problems) == []
    assert [problem.line for problem in problems] == [
        f"{tmp_path}/nowhere: it could not be read (no such file or directory)"
    ]


def test_a_time_far_in_the_future_fits_into_64_bits(tmp_path):
    written(tmp_path, "a.md")
    try:
        os.utime(tmp_path / "a.md", ns=(1 << 63, (1 << 63) + 10**9))
    except (OverflowError, OSError):
        pytest.skip("this system has no such times")
    (found,) = scan(str(tmp_path))
    assert found.mtime_ns < 1 << 63


def test_names_that_are_no_utf8(tmp_path):
    try:
        os.close(os.open(os.fsencode(tmp_path) + b"/caf\xe9.md", os.O_WRONLY | os.O_CREAT))
    except OSError:
        pytest.skip("this file system takes no such names")
    assert names(tmp_path) == ["caf\udce9.md"]


def failing(monkeypatch: pytest.MonkeyPatch, folder: str, error: OSError, after: int | None = None) -> None:
    """Makes `os.scandir` of folders of this name raise: at once, or after so many entries."""
    real = os.scandir

    class Broken:
        def __init__(self, entries):
            self.entries = entries
            self.left = after

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.entries.close()

        def __iter__(self):
            return self

        def __next__(self):
            if not self.left:
                raise error
            self.left -= 1
            return next(self.entries)

    def scandir(path):
        if os.path.basename(path) != folder:
            return real(path)
        if after is None:
            raise error
        return Broken(real(path))

    monkeypatch.setattr(os, "scandir", scandir)
