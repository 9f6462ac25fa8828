"""The HTML page: elements that nest, text that is all there and escaped, and nothing that could act."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from samples import EVERY, document

from reader.document import Metadata
from reader.export.html import page
from reader.parse import parse, plain_pieces

VOID = {"br", "hr", "img", "meta", "input"}


class Page(HTMLParser):
    """Checks the nesting while reading, and gathers what is seen and where links lead."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.addresses: list[str] = []
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag == "img":
            self.seen.append(dict(attrs)["alt"] or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.seen.append(data)


def html(source: str) -> str:
    return "\n".join(page(parse(source, Metadata()), "name"))


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_every_article_nests_and_keeps_its_words(path):
    article = document(path)
    seen = "".join("".join(Page("\n".join(page(article, path.name))).seen).split())
    lost = [block for block in article.blocks if "".join(article.slice(block).split()) not in seen]
    assert lost == []


def test_neighbouring_items_share_a_list_and_other_kinds_do_not():
    source = html("- a\n- b\n\n1. c\n2. d\n")
    assert source.count("<ul>") == 1
    assert source.count('<ol start="1">') == 1


@pytest.mark.parametrize("target", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x"])
def test_an_address_that_could_act_is_none(target):
    assert Page(html(f"[a](<{target}>) ![b](<{target}>)")).addresses == ["#", "#"]


@pytest.mark.parametrize("target", ["https://a.b/c?d=e&f", "mailto:a@b.c", "other.md#here", "#here", "img/a%20b.png"])
def test_a_harmless_address_is_itself(target):
    assert Page(html(f"[a](<{target}>)")).addresses == [target]


def test_text_and_attributes_are_escaped():
    source = html('a &lt;script&gt; `<b>` ![x"y](z)\n\n<script>alert(1)</script>')
    assert "<script" not in source
    assert "&lt;b&gt;" in source
    assert 'alt="x&quot;y"' in source


def test_lines_stay_lines():
    *_, document = plain_pieces(("a  <b>\n\n  \x1b[1;31mc\x1b[m\n",))
    whole = "\n".join(page(document, "x"))
    assert '<pre class="lines">a  &lt;b&gt;<br><br>  <strong>c</strong></pre>' in whole
    Page(whole)
