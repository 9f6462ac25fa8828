"""A program of the settings is run: what it is told, what is read, and that nothing of it is left."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from reader.loading import ProgramError, run_program

SAYS = "import sys; sys.stdout.buffer.write(b'[' + sys.stdin.buffer.read() + b']')"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="process groups are of POSIX")


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def run(command: list[str], said: str = "", **options: object) -> str:
    return run_program(command, said, **({"time_limit_s": 30.0} | options))


def gone(pid: int) -> bool:
    for _ in range(200):
        try:
            os.kill(pid, 0)
            with open(f"/proc/{pid}/stat", encoding="ascii") as status:
                if status.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize(
    "said",
    ["", "苹果 and pears", "line\n\nline\n", "-h; $(touch x) `y` 'z'", "x" * 300_000],
    ids=["nothing", "words", "lines", "signs of a shell", "more than a pipe holds"],
)
def test_it_gets_exactly_the_text(said: str) -> None:
    assert run(python(SAYS), said) == f"[{said}]"


def test_no_shell_sees_the_arguments(tmp_path: Path) -> None:
    odd = f"$HOME; touch {tmp_path}/made"
    assert run(python("import sys; print(sys.argv[1], end='')", odd)) == odd
    assert not list(tmp_path.iterdir())


def test_a_program_need_not_read() -> None:
    assert run(python("print('done', end='')"), "x" * 1_000_000) == "done"


def test_what_fails_says_why_in_a_line() -> None:
    with pytest.raises(ProgramError, match=r"ended with 3: last␛ line$"):
        run(python("import sys; sys.stderr.write('first\\nlast\\x1b line\\n'); sys.exit(3)"))
    with pytest.raises(ProgramError, match=r"'no-such-program' cannot be run .*; install it, or change the setting"):
        run(["no-such-program"])


def test_a_flood_is_cut_and_ended() -> None:
    flood = "import sys\nwhile True: sys.stdout.write('y\\n' * 1000)"
    began = time.monotonic()
    assert run(python(flood), largest=10_000) == "y\n" * 5_000
    assert time.monotonic() - began < 50


def test_it_is_ended_in_time_with_its_children(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    child = f"import subprocess, sys, os; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); \
open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{p.pid}}'); p.wait()"
    with pytest.raises(ProgramError, match="gave no answer within 2 s; it was ended"):
        run(python(child), time_limit_s=2.0)
    assert all(gone(int(pid)) for pid in pids.read_text().split())


def test_it_is_ended_when_no_longer_wanted() -> None:
    began = time.monotonic()
    with pytest.raises(ProgramError) as caught:
        run(python("import time; time.sleep(60)"), wanted=lambda: False)
    assert str(caught.value) == ""
    assert time.monotonic() - began < 50


def test_a_child_that_keeps_the_pipe_is_not_waited_for(tmp_path: Path) -> None:
    leaves = (
        "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); print('x')"
    )
    began = time.monotonic()
    assert run(python(leaves)) == "x\n"
    assert time.monotonic() - began < 50
