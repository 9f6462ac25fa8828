"""The HTML page: elements that nest, text that is all there and escaped, and nothing that could act."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from samples import EVERY, document

from reader.document import Alert, Code, Document, Heading, Image, Metadata, Note, Paragraph, Span
from reader.export.html import page
from reader.parse import parse, plain_pieces

VOID = {"br", "hr", "img", "meta", "input"}
LOADING = {"src", "srcset", "href", "data", "poster", "background", "action", "style", "ping", "manifest"}
"""Attributes for which a browser may ask another machine, or that may name an address."""


class Page(HTMLParser):
    """Checks the nesting while reading, and gathers what is seen and where links lead."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.addresses: list[str] = []
        self.loaded: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        self.loaded += [value or "" for name, value in attrs if tag != "a" and name in LOADING]
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
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


def html(source: str, *, images: bool = False) -> str:
    return "\n".join(page(parse(source, Metadata()), "name", images=images))


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
    seen = Page(html(f"[a](<{target}>) ![b](<{target}>)", images=True))
    assert seen.addresses == ["#"]
    assert "".join("".join(seen.seen).split()) == "nameab"


@pytest.mark.parametrize("target", ["https://a.b/c?d=e&f", "mailto:a@b.c", "other.md#here", "#here", "img/a%20b.png"])
def test_a_harmless_address_is_itself(target):
    assert Page(html(f"[a](<{target}>)")).addresses == [target]


def test_text_and_attributes_are_escaped():
    source = html('a &lt;script&gt; `<b>` ![x"y](z)\n\n<script>alert(1)</script>')
    assert "<script" not in source
    assert "&lt;b&gt;" in source
    assert 'alt="x&quot;y"' in source


REMOTE = (
    "https://q.example/x.png",
    "HTTP://q.example/x.png",
    "//q.example/x.png",
    "\\\\q.example\\x.png",
    "/\\q.example/x.png",
    "\\/q.example/x.png",
    "/..//q.example/x.png",
    "a/..//..//q.example/x.png",
    "%2f/q.example/x.png",
    "/%5Cq.example/x.png",
)


@pytest.mark.parametrize("target", REMOTE)
def test_nothing_is_fetched_when_the_page_is_opened(target):
    written = target.replace("\\", "\\\\")
    for source in (f"![alt](<{written}>)", f'<img src="{target}" alt="alt">', f"[alt](<{written}>)"):
        seen = Page(html(source))
        assert seen.loaded == [], source
        assert "alt" in "".join(seen.seen)
    inside = Page(html(f"[a ![alt](<{written}>) b](other.md)"))
    assert inside.loaded == []
    assert inside.addresses == ["other.md"]


def test_images_are_fetched_when_they_are_asked_for():
    assert Page(html("![alt](https://q.example/x.png)", images=True)).loaded == ["https://q.example/x.png"]


@pytest.mark.parametrize("target", ["x.png", "a/b.png?c//d", "../x.png", "/tmp/x.png"])
def test_a_file_beside_the_page_is_an_image(target):
    assert Page(html(f"![alt](<{target}>)")).loaded == [target]


def policy(source: str) -> dict[str, str]:
    """The directives of the page's policy, which stands before all that it is for."""
    elements = Page(source).elements
    names = [(tag, attrs.get("http-equiv", "")) for tag, attrs in elements]
    at = names.index(("meta", "Content-Security-Policy"))
    assert {tag for tag, _ in names[:at]} <= {"html", "head", "meta", "title"}
    directives = elements[at][1]["content"].split("; ")
    return {name: value for name, _, value in (directive.partition(" ") for directive in directives)}


def test_the_policy_allows_nothing_but_the_style_of_the_page_and_its_images():
    said = policy(html("text"))
    assert said.pop("style-src").startswith("'sha256-")
    assert said == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
    assert policy(html("![a](b.png)"))["img-src"] == "'self' file:"
    assert "https:" in policy(html("![a](https://q.example/b.png)", images=True))["img-src"]


def test_the_style_is_the_one_the_policy_names():
    from base64 import b64encode
    from hashlib import sha256

    source = html("| a |\n|--:|\n| b |")
    style = source.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy(source)["style-src"] == f"'sha256-{digest}'"
    assert not any("style" in attrs for _, attrs in Page(source).elements)


ODD = "\x1b]0;x\x07\x9b31m\u202e\" onclick='a' <b>&"


def test_every_attribute_is_cleaned():
    document = Document(
        text="abc",
        metadata=Metadata(title=ODD),
        blocks=(
            Heading(0, 1, (Alert("note", ODD), Note(ODD, 1)), (Span(0, 1, "link", ODD),), 0, 1, False, ODD),
            Code(1, 2, (), (), 1, ODD),
            Paragraph(2, 3, (), (Span(2, 3, "image", f"x.png#{ODD}"),), 2),
        ),
        images=(Image(2, 3, "c", f"x.png#{ODD}", 1),),
    )
    source = "\n".join(page(document, "name", images=True))
    assert not {character for character in source if not character.isprintable()} - {"\n"}
    for tag, attrs in Page(source).elements:
        known = {"id", "class", "href", "src", "alt", "lang", "charset", "http-equiv", "content", "name"}
        assert set(attrs) <= known, tag


def test_an_anchor_of_the_author_is_cleaned():
    source = html("# A {#a\x1b]0;x\x07}\n\n[b](#a)")
    assert not {character for character in source if not character.isprintable()} - {"\n"}


def test_lines_stay_lines():
    *_, document = plain_pieces(("a  <b>\n\n  \x1b[1;31mc\x1b[m\n",))
    whole = "\n".join(page(document, "x"))
    assert '<pre class="lines">a  &lt;b&gt;<br><br>  <strong>c</strong></pre>' in whole
    Page(whole)
