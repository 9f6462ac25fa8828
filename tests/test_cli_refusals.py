"""What is no article, through the real program: one clear line and exit code 1, printed or opened; never a screen."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pty")

from pseudo_terminal import Terminal
from test_cli import refused

READER = (sys.executable, "-m", "reader")


def missing(path: Path) -> None:
    """Nothing is made."""


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))


def named_pipe(path: Path) -> None:
    os.mkfifo(path)


def connection(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def broken_link(path: Path) -> None:
    path.symlink_to("nowhere.md")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def two_gigabytes(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2 << 30)


CASES = {
    missing: "no such file",
    binary: "binary data",
    picture: "a PNG image",
    named_pipe: "named pipe",
    connection: "a socket",
    device: "a device",
    broken_link: "a broken link to nowhere.md",
    link_to_itself: "leads back to itself",
    two_gigabytes: "2 GiB, over the limit of 256 MiB; raise it with `--limit 2G`",
}


@pytest.mark.parametrize(("make", "said"), CASES.items(), ids=[make.__name__ for make in CASES])
def test_one_line(make, said, tmp_path):
    make(tmp_path / "article.md")
    problem = refused(1, "article.md", "--to", "text", cwd=tmp_path)
    assert problem.startswith("reader: article.md: ")
    assert problem.count("\n") == 1
    assert said in problem
    with Terminal([*READER, "article.md", "--state", str(tmp_path / "state")], cwd=tmp_path, columns=200) as terminal:
        assert terminal.ends() == 1
        assert b"\x1b" not in terminal.raw, "no screen was opened"
        assert terminal.raw.decode().replace("\r\n", "\n") == problem


def test_a_folder_prints_a_list_and_nothing_else(tmp_path):
    assert "a folder is printed as text or json" in refused(2, tmp_path, "--to", "html")


_WITHOUT_RIGHTS = """
import ctypes, os, sys
libc = ctypes.CDLL(None)
for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH (capabilities(7))
    assert libc.prctl(24, right, 0, 0, 0) == 0  # PR_CAPBSET_DROP
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Runs a program for which the modes of files count, though the tests are run by root."""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such permissions here")
def test_no_permission(tmp_path):
    path = tmp_path / "article.md"
    path.touch(mode=0)
    root = os.geteuid() == 0
    if root and sys.platform != "linux":
        pytest.skip("root may read everything here")
    command = [sys.executable, "-c", _WITHOUT_RIGHTS, *READER] if root else list(READER)
    done = subprocess.run([*command, str(path)], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == f"reader: {path}: you have no permission to read it; see who has with `ls -l`\n"


def test_an_empty_file_opens(tmp_path):
    (tmp_path / "article.md").touch()
    with Terminal([*READER, "article.md", "--state", str(tmp_path / "state")], cwd=tmp_path) as terminal:
        terminal.expect("note on this file")
        terminal.send("M")
        terminal.expect("The file is empty.")
        terminal.send("q")
        assert terminal.ends() == 0


def test_a_file_that_is_swapped_while_it_is_opened(tmp_path):
    """Another program writes it over and over; what is read is an article or refused in one line."""
    path = tmp_path / "article.md"
    writer = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import itertools, sys\nfor n in itertools.count():\n"
            "    open(sys.argv[1], 'w').write('# Title\\n\\n' + 'words of it. ' * (n % 5000))",
            str(path),
        ]
    )
    try:
        for _ in range(4):
            done = subprocess.run([*READER, str(path), "--to", "json"], capture_output=True, text=True)
            assert done.returncode in (0, 1)
            assert "Traceback" not in done.stderr
            assert done.stderr.count("\n") <= 1
    finally:
        writer.kill()
        writer.wait()
