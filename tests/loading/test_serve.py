"""The second process: what it sends, and that it ends with the first."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from invariants import same_document as same
from samples import EVERY, NAMES, OWN, SHARED

from reader.document import Document
from reader.loading import grown, load
from reader.loading import serve as module
from reader.source import read

LONG = "".join(f"## Part {n}\n\nWords of part {n}, *some* of them with a [link](#part-{n}).\n\n" for n in range(2200))


@pytest.mark.parametrize("path", EVERY, ids=NAMES)
def test_what_crosses_the_pipe_comes_out_as_it_went_in(path, tmp_path):
    import pickle

    before = built = Document(complete=False)
    for now in load(read(str(path))):
        frame = tmp_path / "frame"
        with frame.open("wb") as out:
            module._send(out, module._growth(before, now))
        with frame.open("rb") as back:
            built = grown(built, pickle.load(back))
        assert same(built, now)
        before = now
    assert built.complete


BUSY = """
import sys, time
from reader.loading import feed, process
process._SERVE = '''
from dataclasses import replace
from reader.loading import pipeline, serve
def loaded(*_, **__):
    yield replace(next(pipeline.load(serve_source)), complete=False)
    while True:
        pass
from reader.source import read
serve_source = read(%r)
serve.loaded = loaded
serve.serve()
''' % sys.argv[2]
opened = feed.Feed(feed.Order(sys.argv[1]))
opened.open()
print(opened._process.pid, flush=True)
next(opened.rest())
"""
"""A reader whose parser, once the rest is asked for, works for good and writes nothing."""


@pytest.mark.parametrize("stdin", [False, True], ids=["file", "stdin"])
def test_a_parser_whose_reader_was_killed_ends_whatever_it_does(stdin, tmp_path):
    """It must not go on over an article that takes for ever, with nobody to tell."""
    article = tmp_path / "a.md"
    article.write_text("Some words.\n\nAnd more of them.\n", encoding="utf-8")
    with article.open() as given:
        reader = subprocess.Popen(
            [sys.executable, "-c", BUSY, "-" if stdin else str(article), str(article)],
            stdin=given if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
    pid = int(reader.stdout.readline())
    time.sleep(0.3)
    assert alive(pid), "it is busy"
    reader.kill()
    reader.wait()
    reader.stdout.close()
    end = time.monotonic() + 120
    while alive(pid):
        assert time.monotonic() < end, "it goes on"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie that nobody has asked after."""
    with contextlib.suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_frame_holds_what_is_new_alone():
    documents = list(load(replace(read(str(OWN[0])), text=LONG)))
    sizes = [len(module._growth(a, b).text) for a, b in pairwise(documents)]
    assert sum(sizes) == len(documents[-1].text) - len(documents[0].text)


if not SHARED.exists():

    def test_real_articles_cross_too():
        pytest.skip(f"{SHARED} is not here")
