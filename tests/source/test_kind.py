"""What kind of text something is: by its name, and for pipes and .txt by how it begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import ROOT

from reader.source import read
from reader.source.kind import kind_of

ARTICLE = "Some words about a lamp.\n\n"
NOVEL = "第一章 雪夜\n　　雪下得很大，路上没有一个人。\n　　“谁？”他问。\n"
STORY = "It was late, and the boat had not come in. Nobody said what all of them thought.\n\n" * 3


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.md", "markdown"),
        ("a", "markdown"),
        ("a.py", "markdown"),
        ("/srv/a.MD", "markdown"),
        ("a.log", "plain"),
        ("a.diff", "plain"),
        ("A.PATCH", "plain"),
        ("https://e.org/a.diff?x=1#y", "plain"),
        ("https://e.org/log", "markdown"),
        ("a.txt", "plain"),
        ("-", "plain"),
        ("/dev/stdin", "plain"),
        ("/dev/fd/63", "plain"),
        (None, "plain"),
    ],
)
def test_the_name_decides_but_for_pipes_and_txt(name: str | None, kind: str) -> None:
    assert kind_of("total 8\n-rw-r--r-- 1 a a 12 lamp\n", name) == kind


MARKDOWN = {
    "front matter": "---\ntitle: Lamp\n---\nwords\n",
    "TOML front matter": "+++\ntitle = 'Lamp'\n+++\nwords\n",
    "a title alone": "# The lamp\n",
    "a title": "# The lamp\n\nIt was lit.\n",
    "a heading": f"{ARTICLE}## Later\nIt went out.\n",
    "an underlined heading": f"Lamp\n====\n\n{ARTICLE}",
    "a fence": f"{ARTICLE}```\nx\n```\n",
    "a link": f"{ARTICLE}See [that](https://e.org).\n",
    "a link to a file": f"{ARTICLE}See [that](other.md).\n",
    "an image": f"{ARTICLE}![](lamp.png)\n",
    "a reference": f"{ARTICLE}See [that].\n\n[that]: https://e.org\n",
    "a footnote": f"{ARTICLE}It was lit.[^1]\n",
    "bold": f"{ARTICLE}It was **lit**.\n",
    "bold in Chinese": "灯是**亮**的。\n",
    "a table": f"{ARTICLE}| a | b |\n|---|---|\n| 1 | 2 |\n",
    "HTML": f'{ARTICLE}<img src="a.png">\n',
    "a diff within": f"# Changes\n\n{ARTICLE}```diff\n--- a\n+++ b\n@@ -1 +1 @@\n```\n",
}
PLAIN = {
    "a listing": "total 8\ndrwxr-xr-x  2 a a 4096 Jan  1 12:00 lamps\n-rw-r--r--  1 a a   12 Jan  1 12:00 b\n",
    "help": "usage: lamp [options] <file>\n\noptions:\n  -h, --help   show this\n  <options>    any of them\n",
    "a diff": "diff --git a/x.md b/x.md\n--- a/x.md\n+++ b/x.md\n@@ -1,2 +1,2 @@\n # Title\n-**old**\n+[new](https://e.org)\n",
    "a bare diff": "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
    "git log": f"commit {'0a' * 20}\nAuthor: A <a@e.org>\nDate:   Mon\n\n    ## Words of it\n",
    "git log --oneline": "e034894 What may be shown\n8113b8e The library: **its** index\n1335c7b Vowel signs\n",
    "git log --graph": "* e034894 What may be shown\n* 8113b8e The library\n|\\\n| * 1335c7b Vowel signs\n",
    "a log": "2024-01-31 12:00:01 INFO a\n2024-01-31 12:00:02 WARN [x](https://e.org)\n    at line 3\n",
    "a syslog": "Jan 31 12:00:01 host a[1]: x\nJan 31 12:00:02 host a[1]: y\n",
    "an access log": '10.0.0.1 - - [31/Jan/2024:12:00:00 +0000] "GET / HTTP/1.1" 200 12\n' * 2,
    "levels": "INFO started\nERROR failed\n",
    "a manual page": "LS(1)            User Commands            LS(1)\n\nNAME\n       ls - list **contents**\n",
    "overstrikes": "N\bNA\bAM\bME\bE\n       l\bls\bs - see [x](https://e.org)\n",
    "colours": "\x1b[31m# Title\x1b[m\n\nwords\n",
    "a script": "#!/bin/sh\n# Title\n\necho **x**\n",
    "settings": "# Where lamps are\n# kept.\n\n# Lamps\n\nport = 12\n",
    "a few words": "hello there\n",
    "nothing": "",
    "only blanks": " \n\n\t\n",
}
PROSE = {
    "a novel": NOVEL,
    "a story": STORY,
    "a story with hard lines": STORY.replace(". ", ".\n"),
    "Japanese": "雨の日には、傘を持って歩いた。\n道には誰もいない。\n",
    "a list within": f"{STORY}- one, and then\n- two\n",
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_what_has_markdown_in_it_is_markdown(name: str) -> None:
    assert kind_of(MARKDOWN[name], None) == "markdown"
    assert kind_of(MARKDOWN[name], "a.txt") == "markdown"


@pytest.mark.parametrize("name", PLAIN)
def test_what_programs_print_is_plain(name: str) -> None:
    assert kind_of(PLAIN[name], None) == "plain"
    assert kind_of(PLAIN[name], "a.txt") == "plain"


@pytest.mark.parametrize("name", PROSE)
def test_sentences_without_markup_are_prose(name: str) -> None:
    assert kind_of(PROSE[name], None) == "prose"
    assert kind_of(PROSE[name], "a.md") == "markdown"


def test_a_web_page_is_one_wherever_it_comes_from() -> None:
    page = "<!doctype html>\n<title>Lamp</title>\n<p>It was lit.\n"
    assert kind_of(page, None) == kind_of(page, "a") == kind_of("<p>x", "a.html") == "html"
    assert kind_of(page, "a.md") == "markdown"


def test_a_kind_by_hand_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text("# Lamp\n", encoding="utf-8")
    assert read(str(path)).kind == "plain"
    assert read(str(path), kind="markdown").kind == "markdown"


def test_the_samples_are_what_they_are() -> None:
    kinds = {path.name: read(str(path)).kind for path in (ROOT / "sample_articles").glob("*.*")}
    assert {name for name, kind in kinds.items() if kind != "markdown"} == {"abacus-gb18030.txt"}
    assert kinds["abacus-gb18030.txt"] == "prose"
