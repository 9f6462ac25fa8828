"""The second process of a library: whatever ends it costs one article, and it ends with who started it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from shelf import write

from reader.library import Progress
from reader.library import indexer as serving
from reader.library import indexing as module
from reader.library.build import Order
from reader.library.index import Index
from reader.library.indexing import Indexing

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    return tmp_path / "articles"


def order(folder: Path, **changes: object) -> Order:
    return Order((str(folder),), str(folder.parent / "library.sqlite"))._replace(**changes)


def reports(folder: Path, **changes: object) -> list[Progress]:
    return list(Indexing(order(folder, **changes)).progress())


def titles(folder: Path) -> dict[str, str]:
    """By title, what the index has of the texts."""
    with Index(str(folder.parent / "library.sqlite")) as index:
        entries = index.known([str(folder)], "").entries.values()
        found = index.texts([entry.id for entry in entries])
        return {entry.title: found.get(entry.id, "") for entry in entries}


def process_of(indexing: Indexing) -> subprocess.Popen[bytes]:
    assert indexing._process is not None
    return indexing._process


def test_what_the_process_reads_is_reported_and_kept(folder):
    write(folder, {"a.md": "# A\n\nWords.", "caf\udce9.md": "# B\n\nOthers."})
    told = reports(folder)
    assert told[-1] == Progress(2, 2, complete=True)
    entries = {entry.title: entry for report in told for entry in report.entries}
    assert titles(folder) == {"A": "A\n\nWords.", "B": "B\n\nOthers."}
    assert entries["B"].path == str(folder / "caf\udce9.md")


def broken(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Makes the process do this before it begins; `path` is the article it is about to parse."""
    monkeypatch.setattr(
        module,
        "_SERVE",
        f"""
from reader.library import describe, indexer
real = describe.document_of
def document_of(source, *given):
    path = source.path
    {code}
    return real(source, *given)
describe.document_of = document_of
indexer.serve()
""",
    )


def test_an_article_that_crashes_the_process_costs_that_article(folder, monkeypatch):
    broken(monkeypatch, "import os; path.endswith('bad.md') and os.abort()")
    write(folder, {"a.md": "# A", "bad.md": "# Bad", "z.md": "# Z"})
    told = reports(folder, by="path")
    assert told[-1].complete
    problems = [problem for report in told for problem in report.problems]
    assert problems == [f"{folder}/bad.md: it could not be read; the process that did has ended over it"]
    assert titles(folder) == {"A": "A", "bad.md": "", "Z": "Z"}
    assert reports(folder)[-1] == Progress(0, 0, complete=True)


def test_an_article_that_takes_too_long_costs_that_article(folder, monkeypatch):
    # The pattern holds the interpreter, so that no thread of Python's can end it.
    hang = "import re; path.endswith('bad.md') and re.match('(a|aa)+$', 'a' * 99 + 'b')"
    broken(monkeypatch, f"from reader.library import indexer; {hang}")
    limit = "import reader.parse, reader.layout, reader.library.indexer as i; i.ARTICLE_LIMIT_S = 1.5"
    monkeypatch.setattr(module, "_SERVE", f"{limit}\n{module._SERVE}")
    write(folder, {"a.md": "# A", "bad.md": "# Bad", "z.md": "# Z"})
    assert reports(folder, by="path")[-1].complete
    assert titles(folder) == {"A": "A", "bad.md": "", "Z": "Z"}


def test_a_machine_on_which_every_process_ends_is_given_up(folder, monkeypatch):
    monkeypatch.setattr(module, "_SERVE", "import os; os.abort()")
    write(folder, {"a.md": "# A"})
    (told,) = reports(folder)
    assert told.complete
    assert "has ended" in told.problems[0]


def test_a_machine_on_which_no_process_can_be_started(folder, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(folder / "no-python"))
    (told,) = reports(folder)
    assert told.complete


def test_killed_while_indexing_it_has_lost_no_more_than_the_last_moment(folder):
    write(folder, {f"{number:03}.md": f"# {number}\n\n" + "Words. " * 200 for number in range(150)})
    kept = 0
    for _ in range(3):
        indexing = Indexing(order(folder))
        for report in indexing.progress():
            if any(entry.id for entry in report.entries):
                kept += sum(bool(entry.id) for entry in report.entries)
                os.kill(process_of(indexing).pid, signal.SIGKILL)
                indexing._closed = True  # or it would start another
        found = titles(folder)
        assert sum(bool(text) for text in found.values()) >= kept
    reports(folder)
    found = titles(folder)
    assert len(found) == 150
    assert all(text.startswith(f"{title}\n\nWords.") for title, text in found.items())


def test_two_at_one_index(folder):
    write(folder, {f"{number:03}.md": f"# {number}\n\n" + "Words. " * 50 for number in range(120)})
    passes = [Indexing(order(folder)) for _ in range(2)]
    entries: list[dict[str, int]] = [{}, {}]

    def run(at: int) -> None:
        for report in passes[at].progress():
            entries[at].update((entry.path, entry.id) for entry in report.entries if entry.id)

    threads = [threading.Thread(target=run, args=(at,)) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(titles(folder)) == 120
    with Index(str(folder.parent / "library.sqlite")) as index:
        known = {path: entry.id for path, entry in index.known([str(folder)], "").entries.items()}
    # What either was told of can be searched: nobody has replaced what the other had kept.
    assert all(known[path] == id for each in entries for path, id in each.items())


def test_it_ends_when_it_is_closed(folder):
    write(folder, {f"{number:03}.md": "# x" for number in range(200)})
    indexing = Indexing(order(folder))
    process = process_of(indexing)
    told = indexing.progress()
    next(told)
    indexing.close()
    assert process.poll() is not None
    assert list(told) == []


def test_dropping_the_reports_leaves_a_process_that_close_ends(folder):
    with Indexing(order(folder)) as indexing:
        process = process_of(indexing)
        next(indexing.progress())
    assert process.poll() is not None


def test_it_ends_with_its_parent(folder):
    write(folder, {f"{number:03}.md": "# x\n\n" + "Words. " * 2000 for number in range(400)})
    script = """
import json, sys, time
from reader.library.build import Order
from reader.library.indexing import Indexing
folders, path, *_ = json.loads(sys.argv[1])
indexing = Indexing(Order(tuple(folders), path))
next(indexing.progress())
print(indexing._process.pid, flush=True)
time.sleep(60)
"""
    said = json.dumps(order(folder))
    with subprocess.Popen([sys.executable, "-c", script, said], stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            os.kill(child, 0)
            if Path(f"/proc/{child}/stat").read_text().split()[2] == "Z":
                return
        except (ProcessLookupError, FileNotFoundError):
            return
        time.sleep(0.05)
    pytest.fail("the process outlives its parent")


def test_what_lies_beside_the_articles_is_not_imported(folder, monkeypatch):
    write(folder, {"a.md": "# A", "json.py": "raise SystemExit", "yaml.py": "raise SystemExit"})
    monkeypatch.chdir(folder)
    assert reports(folder)[-1].complete
    assert titles(folder) == {"A": "A"}


def test_a_damaged_index_is_made_anew_when_ordered(folder):
    write(folder, {"a.md": "# A"})
    reports(folder)
    path = folder.parent / "library.sqlite"
    with Index(str(path)) as index:
        before = index.known([str(folder)], "").entries
    assert len(reports(folder, rebuild=True)) > 1
    with Index(str(path)) as index:
        after = index.known([str(folder)], "").entries
    assert before.keys() == after.keys()
    assert before != after


def test_an_article_gets_longer_than_any_that_was_measured():
    assert serving.ARTICLE_LIMIT_S >= 60
