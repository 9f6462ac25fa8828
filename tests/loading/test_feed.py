"""The second process: the same documents as in one, and an article that is on the screen whatever happens to it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import IO

import pytest
from invariants import plain
from invariants import same_document as same
from samples import OWN, document

from reader.document import Document
from reader.loading import Feed, FeedError, Findings, Order, load, loaded
from reader.loading import serve as module
from reader.source import read

LONG = "".join(f"## Part {n}\n\nWords of part {n}, *some* of them with a [link](#part-{n}).\n\n" for n in range(2200))


def received(order: Order) -> tuple[list[Document], Findings]:
    """All documents of an order, and the last findings."""
    feed = Feed(order)
    try:
        documents, findings = [feed.open().document], Findings()
        for item in feed.rest():
            if isinstance(item, Document):
                documents.append(item)
            else:
                findings = item
        return documents, findings
    finally:
        feed.close()


@pytest.mark.parametrize("path", OWN, ids=[path.name for path in OWN])
def test_the_last_document_is_that_of_one_process(path):
    documents, _ = received(Order(str(path)))
    assert same(documents[-1], document(path))


def test_growth_extends_and_never_moves(tmp_path):
    article = tmp_path / "long.md"
    article.write_text("---\ntitle: Long\n---\n" + LONG, encoding="utf-8")
    documents, _ = received(Order(str(article)))
    assert len(documents) > 2
    for before, after in pairwise(documents):
        assert not before.complete
        assert after.text.startswith(before.text)
        assert after.blocks[: len(before.blocks)] == before.blocks
        assert after.links[: len(before.links)] == before.links
        assert after.sections[: len(before.sections) - 1] == before.sections[:-1]
        assert before.progress <= after.progress
    assert documents[-1].complete
    assert same(documents[-1], list(load(read(str(article))))[-1])


def test_containers_are_the_same_ones_in_every_frame(tmp_path):
    article = tmp_path / "quote.md"
    article.write_text("> one\n>\n> two\n>\n> - three\n>   - four\n", encoding="utf-8")
    blocks = received(Order(str(article)))[0][-1].blocks
    assert len({id(block.containers[0]) for block in blocks}) == 1
    assert blocks[3].containers[1] is blocks[2].containers[1]


def test_the_findings_are_those_of_one_process(tmp_path):
    article = tmp_path / "long.md"
    article.write_text(LONG[:40_000], encoding="utf-8")
    _, findings = received(Order(str(article)))
    *_, last = (item for item in loaded(read(str(article))) if isinstance(item, Findings))
    assert findings.complete
    assert plain(findings) == plain(last)


def test_the_source_comes_without_its_text():
    feed = Feed(Order(str(OWN[0])))
    try:
        source = feed.open().source
    finally:
        feed.close()
    assert source == replace(read(str(OWN[0])), text="")


@pytest.mark.parametrize("switch", [True, False])
def test_the_dialect_is_the_settings(switch, tmp_path):
    article = tmp_path / "a.md"
    article.write_text("Text of one, here.\n\n**Bold words**\n\nMore text.\n", encoding="utf-8")
    config = tmp_path / "config.toml"
    config.write_text(f"[dialect]\ninferred_sections = {str(switch).lower()}\n", encoding="utf-8")
    documents, _ = received(Order(str(article), config=str(config)))
    assert any(section.inferred for section in documents[-1].sections) is switch


def test_an_article_that_cannot_be_read_is_one_line(tmp_path):
    feed = Feed(Order(str(tmp_path / "missing.md")))
    try:
        with pytest.raises(FeedError, match=r"missing\.md") as problem:
            feed.open()
        assert "\n" not in str(problem.value)
    finally:
        feed.close()


def test_standard_input_is_read_by_the_second_process(tmp_path):
    program = (
        "from reader.loading import Feed, Order\nfeed = Feed(Order('-'))\n"
        "print(feed.open().document.text)\nfeed.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input="# From a *pipe*\n", capture_output=True, text=True, timeout=120
    )
    assert done.stdout == "From a pipe\n", done.stderr


SHOWN = """
import sys
from reader.loading import Feed, Findings, Order
feed = Feed(Order(sys.argv[1], kind=sys.argv[2] or None))
opened = feed.open()
print(opened.source.kind, opened.document.complete, repr(opened.document.text), flush=True)
for item in feed.rest():
    if not isinstance(item, Findings):
        print(item.complete, repr(item.text), flush=True)
feed.close()
"""


@pytest.mark.parametrize("target", ["-", "/dev/stdin"])
def test_a_slow_producer_is_shown_before_its_end(target):
    reader = subprocess.Popen(
        [sys.executable, "-c", SHOWN, target, ""], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with reader:
        reader.stdin.write("# One\n\nText of it.\n\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == "markdown False 'One'\n"
        assert reader.stdout.readline() == "False 'One\\n\\nText of it.'\n"
        reader.stdin.write("More of it.\n")
        reader.stdin.close()
        assert reader.stdout.readline() == "True 'One\\n\\nText of it.\\n\\nMore of it.'\n"


ENDED = """
import subprocess, sys
from reader.loading import Feed, Findings, Order
feed = Feed(Order(sys.argv[1]))
print(repr(feed.open().document.text), flush=True)
nothing = open("/dev/null")
import os; os.dup2(nothing.fileno(), 0)  # as the app does, whose keys come from the terminal
feed.end_pipe()
*_, last = [item for item in feed.rest() if not isinstance(item, Findings)]
print(last.complete, repr(last.text), flush=True)
sys.stdin.close()
import time; time.sleep(30)
"""


def write_on(pipe: IO[str]) -> None:
    for _ in range(1000):
        pipe.write("More of it.\n")
        pipe.flush()
        time.sleep(0.01)


def test_a_pipe_that_a_person_ends_is_complete_and_its_producer_ends():
    with subprocess.Popen(
        [sys.executable, "-c", ENDED, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        reader.stdin.write("# One\n\nText of it.\n\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == "'One'\n"
        assert reader.stdout.readline() == "True 'One\\n\\nText of it.'\n"
        with pytest.raises(BrokenPipeError):
            write_on(reader.stdin)
        reader.kill()
        os.close(reader.stdin.fileno())
        reader.stdin = None


def test_the_pipe_of_a_command_in_a_shell():
    """`reader <(command)`: the second process must have the open file that the name stands for."""
    ours, theirs = os.pipe()
    os.write(theirs, b"INFO *a*\n")
    os.close(theirs)
    done = subprocess.run(
        [sys.executable, "-c", SHOWN, f"/dev/fd/{ours}", "plain"],
        pass_fds=(ours,),
        capture_output=True,
        text=True,
        timeout=60,
    )
    os.close(ours)
    assert done.stdout == "plain True 'INFO *a*'\n", done.stderr


def test_the_process_rests_until_more_is_asked_for(tmp_path):
    """What it would do meanwhile would make the first screen late."""
    article = tmp_path / "long.md"
    article.write_text(LONG * 4, encoding="utf-8")
    feed = Feed(Order(str(article)))
    try:
        feed.open()
        assert not select.select([feed._process.stdout], [], [], 1.0)[0]
        assert isinstance(next(feed.rest()), Findings)
    finally:
        feed.close()


def test_a_parser_killed_midway_leaves_what_it_had_said(tmp_path):
    article = tmp_path / "long.md"
    article.write_text(LONG * 4, encoding="utf-8")
    feed = Feed(Order(str(article)))
    try:
        first = feed.open().document
        assert not first.complete
        feed._process.kill()
        *_, last = (item for item in feed.rest() if isinstance(item, Document))
    finally:
        feed.close()
    assert last.complete
    assert last.progress == 1.0
    assert last.text.startswith(first.text)
    assert last.warnings[-1].startswith("The rest of this article")


def test_a_parser_killed_before_it_said_anything_is_an_error():
    feed = Feed(Order(str(OWN[0])))
    feed._process.kill()
    feed._process.wait()
    feed._process.stdout.read()
    try:
        with pytest.raises(FeedError, match="ended"):
            feed.open()
    finally:
        feed.close()


def test_closing_ends_a_parser_that_is_busy_or_stopped(tmp_path):
    article = tmp_path / "long.md"
    article.write_text(LONG * 4, encoding="utf-8")
    feed = Feed(Order(str(article)))
    feed.open()
    os.kill(feed._process.pid, signal.SIGSTOP)
    feed.close()
    assert feed._process.returncode is not None
    assert list(feed.rest())[-1].complete, "who iterates still gets an end"


@pytest.mark.parametrize("name", ["markdown_it", "yaml", "frontmatter", "json", "reader"])
def test_a_module_beside_the_article_is_not_imported(name, tmp_path):
    (tmp_path / f"{name}.py").write_text("open('touched', 'w').write('x')\nraise SystemExit(3)\n", encoding="utf-8")
    article = tmp_path / "a.md"
    article.write_text("---\ntitle: A\n---\nwords\n", encoding="utf-8")
    program = (
        "import sys\nfrom reader.loading import Feed, Order\nfeed = Feed(Order('a.md'))\n"
        "print(feed.open().document.text)\nfeed.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(Path(module.__file__).parents[2])},
    )
    assert done.stdout == "A\n\nwords\n", done.stderr
    assert not (tmp_path / "touched").exists()
