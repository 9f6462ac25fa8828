"""Markdown out of a document: clean to read, and read back as the same blocks."""

from __future__ import annotations

import pytest
from document_picture import picture
from hypothesis import HealthCheck, given, settings
from samples import OWN, document
from strategies import Article, articles, broken

from reader.document import Document
from reader.export.markdown import front_matter, markdown
from reader.frontmatter import split
from reader.parse import parse, plain_pieces


def read(source: str) -> Document:
    header = split(source)
    return parse(header.body, header.metadata, first_line=header.line)


def written(document: Document) -> str:
    return "\n".join(markdown(document)) + "\n"


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_our_samples_come_back_as_they_were(path):
    before = document(path)
    after = read(written(before))
    assert [line for line in picture(after) if not line.startswith("warning")] == [
        line for line in picture(before) if not line.startswith("warning")
    ]
    assert after.text == before.text
    assert after.metadata == before.metadata or before.metadata.date  # a date of the file's name is written out


CLEAN = [
    "Plain words, and *some* of them **strong**.",
    "# One\n\nText.\n\n## Two\n\n- a\n- b\n\n  c\n\n3. three\n4. four",
    "> quoted\n>\n> - in it\n\nafter",
    "> [!WARNING]\n> mind the gap",
    ":::tip Try this\n\ntext\n\n:::",
    "- [x] done\n- [ ] open",
    "Term\n: what it means\n: and more",
    "A note.[^1]\n\n[^1]: Its text.\n\n    And more of it.",
    "| a | b |\n| :-- | --: |\n| 1 \\| 2 | `x` |",
    "```python\nprint('`')\n```",
    "text\n\n````\n```\nx\n````",
    "$$\n\\frac{1}{2}\n$$",
    '![alt text](pic.png)\n\n[link](https://q.example/a "t") and <https://q.example/b>',
    "==marked== ~~gone~~ <kbd>x</kbd> H<sub>2</sub>O <ins>new</ins> `a ` b`",
    "line one\\\nline two",
    "<details>\n<summary>More <b>here</b></summary>\n\ninside\n\n</details>",
    "**粗体：**内容，*强调。*继续",
    "1\\. no list, \\# no heading, \\* no item, a\\_b\\_c, 2 \\* 3 \\* 4",
    "\\- not an item\\\n\\> nor a quote\\\n\\1. 3\\) x",
    "a \\[b\\](c) \\<d> &amp;lt; \\$x\\$ \\`code\\` \\==m\\== \\^\\[n] \\~~s\\~~",
    '<figure><img src="a.png" alt="x"><figcaption>Said <a href="b">there</a></figcaption></figure>',
    "text\n\n***\n\ntext",
    "[a (b)](<https://q.example/x_(y)>) [empty](<>)",
]


@pytest.mark.parametrize("source", CLEAN)
def test_each_kind_comes_back(source):
    before = read(source)
    after = read(written(before))
    assert picture(after) == picture(before), written(before)
    assert written(after) == written(before)


def test_what_is_no_markup_is_left_as_it_is():
    text = "a_b C++ 5 * 3 is fine - 2.5 > 1 # not here, https is a word; 100% & more (yes) {x} a=b\n"
    assert written(
        read("a_b C++ 5 \\* 3 is fine - 2.5 > 1 # not here, https is a word; 100% & more (yes) {x} a=b")
    ) == (text.replace("*", "\\*"))


def test_front_matter_says_all_the_metadata():
    source = (
        '---\ntitle: "A: b"\ntags: [x, "y, z"]\ndraft: no\ndate: 2024-05-06\nauthor: 林\nextra: {a: b}\n---\n\ntext\n'
    )
    before = read(source)
    assert front_matter(before) == (
        "---",
        'title: "A: b"',
        'tags: ["x", "y, z"]',
        'draft: "no"',
        "date: 2024-05-06",
        "author: 林",
        'extra: {a: "b"}',
        "---",
    )
    assert read(written(before)).metadata == before.metadata


def test_nothing_a_terminal_obeys_is_written():
    out = written(read("a &#27;[31m\u202e b [x](<javascript:a\x1b]0;b>) ![\x9b](\x07)\n\n```\n\x1b[0m\n```\n"))
    assert not [
        char for char in out if char != "\n" and (ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or char == "\u202e")
    ]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(articles())
def test_no_word_is_lost(article: Article):
    before = read(article.source)
    after = read(written(before))
    assert "".join(after.text.split()) == "".join(before.text.split()), written(before)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(broken())
def test_any_document_can_be_written(source: str):
    written(read(written(read(source))))


def test_lines_are_a_fence():
    *_, document = plain_pieces(("a *b*\n```\n\x1b[31mc\x1b[m\n",))
    assert list(markdown(document)) == ["````", "a *b*", "```", "c", "````"]
