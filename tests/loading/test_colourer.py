"""Code is coloured by a process that hostile code can end, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from reader.loading import Colourer
from reader.loading.syntax import tokens

CODE = "def f(x):\n    return '字' + str(1)  # why\n"
HOSTILE = {
    "lilypond": "a" * 2_000,
    "amdgpu": "a" * 99_000,
    "c": "\n" * 20_000,
}
"""Code that takes lexers of Pygments much longer than a second, in one regular expression."""


@pytest.fixture
def colourer() -> Iterator[Colourer]:
    made = Colourer()
    yield made
    made.close()


def test_colours_are_those_of_the_lexer(colourer: Colourer) -> None:
    assert colourer.tokens(CODE, "python") == tuple(tokens(CODE, "python"))
    assert colourer.tokens("-old\n+new\n", "diff") == tuple(tokens("-old\n+new\n", "diff"))


@pytest.mark.parametrize(
    ("code", "language"), [("", "python"), ("x", ""), ("x", "no-such-language"), ("x" * 100_001, "c")]
)
def test_nothing_is_guessed(colourer: Colourer, code: str, language: str) -> None:
    assert colourer.tokens(code, language) == ()


@pytest.mark.parametrize("language", HOSTILE)
def test_a_block_that_takes_too_long_stays_plain_and_the_next_is_coloured(colourer: Colourer, language: str) -> None:
    assert colourer.tokens(HOSTILE[language], language) == ()
    assert colourer.tokens(CODE, "python") != ()


def test_a_language_that_takes_too_long_again_and_again_is_not_tried_any_more() -> None:
    colourer = Colourer(0.05)
    for _ in range(3):
        assert colourer.tokens(HOSTILE["lilypond"], "lilypond") == ()
    assert colourer.process.pid is None
    assert colourer.tokens("a", "lilypond") == ()
    assert colourer.process.pid is None, "no process is started for it"
    colourer.close()


def test_no_process_before_the_first_block_and_none_after_the_end(colourer: Colourer) -> None:
    assert colourer.process.pid is None
    assert colourer.tokens(CODE, "python")
    process = colourer.process._process
    assert process is not None
    colourer.close()
    assert process.poll() is not None
    assert colourer.tokens(CODE, "python") == ()


def test_closing_does_not_wait_for_a_block() -> None:
    colourer = Colourer(600)
    assert colourer.tokens(CODE, "python")
    found = []
    thread = threading.Thread(target=lambda: found.append(colourer.tokens(HOSTILE["amdgpu"], "amdgpu")))
    thread.start()
    time.sleep(0.2)
    colourer.close()
    thread.join(30)
    assert found == [()]


def test_the_process_ends_in_time_though_nobody_is_there_to_end_it() -> None:
    """One that asks, and is killed while the answer is being made."""
    asks = (
        "import sys, threading, os\n"
        "from reader.loading import Colourer\n"
        "c = Colourer(0.5)\n"
        "while c.process.pid is None:\n"  # a busy machine may take longer to start it than it may take
        "    c._failures.clear()\n"
        "    c.tokens('x = 1', 'python')\n"
        "print(c.process.pid, flush=True)\n"
        "threading.Timer(0.2, os._exit, (9,)).start()\n"
        f"c.tokens({HOSTILE['lilypond']!r}, 'lilypond')\n"
    )
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 9, done.stderr
    pid = int(done.stdout)
    if sys.platform != "linux":
        pytest.skip("whether a process is there is read from /proc")
    for _ in range(2400):
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii") as status:
                if status.read().rpartition(")")[2].split()[0] == "Z":
                    return
        except OSError:
            return
        time.sleep(0.05)
    raise AssertionError("it is still there")
