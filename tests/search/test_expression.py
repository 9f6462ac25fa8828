"""Regular expressions in their process: bounded in time and memory, the text sent once, and nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader import search as room
from reader.search import Query, SearchError, expression, matcher, scan, search

ONE_LETTER = "a" * 1_000_000


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    room.close()


def asked(pattern: str) -> Query:
    return Query(pattern, regex=True)


def waiting() -> expression._Process:
    (process,) = expression._waiting
    return process


COSTLY_IN_MEMORY = [
    "(?x)a{ 9999999 }",
    "(?x)(?:a{ 999 }){ 9999 }",
    "x{1000000000}",
    "((((a{99}){99}){99}){99})",
    "((?:a?){999}){999}",
    "(a|aa)+$",
    "(?R)",
    "(?P<x>(?&x)a|a)",
]


@pytest.mark.skipif(sys.platform != "linux", reason="no bound of memory, or no /proc to see it by")
@pytest.mark.parametrize("pattern", COSTLY_IN_MEMORY)
def test_a_pattern_is_bounded_in_memory(pattern: str) -> None:
    with pytest.raises(SearchError, match=r"^pattern too costly$"):
        search(ONE_LETTER * 3, asked(pattern))
    if expression._waiting:  # it answered, and was not ended
        status = Path(f"/proc/{waiting()._process.pid}/status").read_text()
        (peak,) = (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        assert peak << 10 <= matcher.MEMORY_BYTES + len(ONE_LETTER) * 3


@pytest.mark.parametrize("pattern", [r"(\w+\s?)+$", "(?:a+)+b", "(.*a){20}c", "(?:ab){1000000000}"])
def test_a_pattern_is_bounded_in_time(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    search("a", asked("a"))
    monkeypatch.setattr(expression, "TIME_LIMIT_S", 0.2)
    text = "fine\n\n" + "a" * 5000 + "!"
    with pytest.raises(SearchError, match=r"^pattern too costly$"):
        search(text, asked(pattern))
    monkeypatch.undo()
    assert len(search(text, asked("f.n"))) == 1, "the next one is answered"


def test_a_pattern_that_does_not_heed_its_time_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    search("a", asked("a"))
    process = waiting()
    monkeypatch.setattr(expression, "TIME_LIMIT_S", 0.2)
    monkeypatch.setattr(expression, "_GRACE_S", 0.1)
    with pytest.raises(SearchError, match=r"^pattern too costly$"):
        search("a", asked("(?:ab){1000000000}"))
    assert process.ended
    assert not expression._waiting


def test_a_call_of_a_group_is_a_pattern_as_any_other() -> None:
    assert [(match.start, match.end) for match in search("f(a(b)c) (", asked(r"\((?:[^()]|(?R))*\)"))] == [(1, 8)]


def test_the_text_is_sent_once_and_what_it_grew_by(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[Any, ...]] = []
    plain = expression._Process._send

    def send(self: expression._Process, request: tuple[Any, ...]) -> None:
        sent.append(request)
        plain(self, request)

    monkeypatch.setattr(expression._Process, "_send", send)
    text = "apple pear\n\n" * 1000
    assert len(search(text, asked("a[p]+"))) == 1000
    assert len(search(text, asked("pe"))) == 1000
    grown = text + "apple"
    assert len(search(grown, asked("a[p]+"))) == 1001
    assert len(search("another apple", asked("a[p]+"))) == 1
    texts = [request for request in sent if request[0] == "text"]
    assert texts == [
        ("text", 0, text),
        ("text", len(text), "apple"),
        ("text", 0, "another apple"),
    ]


def test_a_search_given_up_between_slices_leaves_its_process_to_the_next() -> None:
    text = "apple pear\n\n" * 100_000
    begun = scan(text, asked("a[p]+"))
    next(begun)
    assert not expression._waiting
    begun.close()
    process = waiting()
    *_, found = scan(text, asked("pe"))
    assert len(found) == 100_000
    assert waiting() is process


def test_a_search_does_not_wait_for_another() -> None:
    text = "apple pear\n\n" * 100_000
    one, other = scan(text, asked("a[p]+")), scan(text, asked("pe"))
    next(one)
    next(other)
    assert len([*one][-1]) == len([*other][-1]) == 100_000
    assert len(expression._waiting) == 1, "of two one is kept"


def test_many_threads_search_at_once() -> None:
    found: list[int] = []

    def work() -> None:
        for number in range(5):
            found.append(len(search("apple pear\n\n" * number, asked("a[p]+"))) - number)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [0] * 20
    assert len(expression._waiting) == 1


def test_a_process_that_was_killed_is_replaced() -> None:
    search("a", asked("a"))
    waiting()._process.kill()
    waiting()._process.wait()
    assert len(search("a", asked("a"))) == 1


def test_close_ends_it_and_the_next_search_starts_another() -> None:
    search("a", asked("a"))
    process = waiting()
    room.close()
    assert process.ended
    assert len(search("a", asked("a"))) == 1
    room.close()
    room.close()


def test_text_that_is_no_unicode_is_searched() -> None:
    assert len(search("a\ud800b", asked("a.b"))) == 1


def test_it_ends_with_who_asked() -> None:
    program = (
        "from reader.search import *; from reader.search import expression\n"
        "search('a', Query('a', regex=True)); print(expression._waiting[0]._process.pid, flush=True)\n"
        "import os; os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    pid = int(done.stdout)
    end = time.monotonic() + 120
    while alive(pid):
        assert time.monotonic() < end, "it goes on"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_module_beside_the_article_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("regex", "pickle", "reader"):
        (tmp_path / f"{name}.py").write_text("open('touched', 'w').write('x')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(search("a", asked("a"))) == 1
    assert not (tmp_path / "touched").exists()


def test_no_process_to_be_had_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expression.sys, "executable", "/nowhere/python")
    with pytest.raises(SearchError, match="need a process of their own: No such file"):
        search("a", asked("a"))


def test_the_patterns_packages_stay_out_of_this_process() -> None:
    code = (
        "import sys; from reader.search import *; search('a b', Query('a', regex=True));"
        "print(*(m for m in ('regex', 'textual') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not tell a process's time")
def test_a_process_that_waits_for_the_processor_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expression, "_worked_s", lambda pid: 0.0)
    waiting = expression._Process()
    expiry = expression._Expiry(waiting._process, 0.03)
    try:
        while expiry._looks > expression._MAX_LOOKS - 3:
            assert not waiting.ended
            time.sleep(0.001)
    finally:
        expiry.cancel()
        waiting.end()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not tell a process's time")
def test_the_time_of_a_process_is_told() -> None:
    begun, told = time.process_time(), expression._worked_s(os.getpid())
    assert told is not None
    while time.process_time() < begun + 0.1:
        pass
    after = expression._worked_s(os.getpid())
    assert after is not None
    assert after > told
    assert expression._worked_s(1 << 30) is None
