"""The second process that is started before it is known what it is to read."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from samples import ROOT

from reader.loading import Feed, Order, process


@pytest.fixture
def ahead(monkeypatch):
    monkeypatch.setattr(process, "_ahead", [])
    process.start_ahead()
    (started,) = process._ahead
    yield started
    started.kill()
    started.wait()


def test_a_process_started_ahead_reads_what_it_is_told_later(ahead, tmp_path):
    article = tmp_path / "a.md"
    article.write_text("The lamp is lit.\n", encoding="utf-8")
    feed = Feed(Order(str(article), state=str(tmp_path)))
    try:
        assert feed._process is ahead
        assert feed.open().document.text == "The lamp is lit."
    finally:
        feed.close()


def test_only_one_article_takes_it(ahead, tmp_path):
    article = tmp_path / "a.md"
    article.write_text("text", encoding="utf-8")
    feeds = [Feed(Order(str(article), state=str(tmp_path))) for _ in range(2)]
    try:
        assert [feed.open().document.text for feed in feeds] == ["text", "text"]
        assert feeds[1]._process is not ahead
    finally:
        for feed in feeds:
            feed.close()


def test_where_it_has_ended_another_one_is_started(ahead, tmp_path):
    ahead.kill()
    ahead.wait()
    article = tmp_path / "a.md"
    article.write_text("text", encoding="utf-8")
    feed = Feed(Order(str(article), state=str(tmp_path)))
    try:
        assert feed.open().document.text == "text"
    finally:
        feed.close()


def test_one_that_is_never_told_ends_with_its_pipe(ahead):
    ahead.stdin.close()
    assert ahead.wait(60) == 0


ARTICLE = """---
title: 灯台
date: 2024-05-06
---

# Harbour

The **lamp** is lit, [at last](https://example.org).

- one

| a | b |
|---|---|
| 1 | 2 |
"""
_LOADED_LATE = """
import json, sys
from importlib import import_module
from reader.loading import serve
for module in serve._FOR_EVERY_ARTICLE:
    import_module(module)
before = set(sys.modules)
sent = []
def send(out, frame):
    sent.append(frame)
    if len(sent) == 2:
        print(json.dumps(sorted(name for name in set(sys.modules) - before if name.startswith("reader"))))
        raise SystemExit
serve._send = send
serve._heed = lambda *_: None
serve.serve()
"""


def test_it_imports_what_the_first_piece_needs(tmp_path):
    article = tmp_path / "a.md"
    article.write_text(ARTICLE, encoding="utf-8")
    order = json.dumps(Order(str(article), return_to=True, state=str(tmp_path)))
    done = subprocess.run(
        [sys.executable, "-c", _LOADED_LATE, order, str(os.getpid())],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        cwd=ROOT,
    )
    assert json.loads(done.stdout) == []
