"""Which way a source takes: Markdown or a web page."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

from reader.document import Document
from reader.loading import load
from reader.source import Source
from reader.source.kind import Kind

PAGE = """<!doctype html><title>Head</title><nav><a href=/>Home</a></nav><main><h1>Head</h1>
<p>It is a sentence of some length, with a comma in it, and <a href="two">a link</a> at its end.</p>
<p>It is another one of those, with no link in it at all, but with two commas.</p></main>"""


def loaded(text: str, kind: Kind) -> Document:
    document = Document()
    for document in load(Source(text, "x", None, "https://q.example/one", "utf-8", "0", ("A warning.",), kind=kind)):  # noqa: B007
        pass
    return document


def test_a_page_gives_its_article() -> None:
    document = loaded(PAGE, "html")
    assert document.text.startswith("Head\n\nIt is a sentence")
    assert "Home" not in document.text
    assert [link.href for link in document.links] == ["https://q.example/two"]
    assert document.metadata.title == "Head"
    assert document.warnings == ("A warning.",)
    assert document.complete


def test_the_same_text_named_as_markdown_is_markdown() -> None:
    assert "Home" in loaded(PAGE, "markdown").text


def test_a_large_page_comes_in_pieces_that_grow() -> None:
    source = Source(
        PAGE.replace("</main>", "<p>More and more of it, a whole book, one would think.</p>" * 5000),
        "x",
        None,
        None,
        "",
        "",
        kind="html",
    )
    documents = list(load(source))
    assert len(documents) > 3
    for before, after in pairwise(documents):
        assert after.text.startswith(before.text)
        assert after.blocks[: len(before.blocks)] == before.blocks
    assert [document.complete for document in documents].index(True) == len(documents) - 1


def test_markdown_does_not_load_what_pages_need() -> None:
    code = (
        "import sys; from reader.loading import load; from reader.source import Source\n"
        "list(load(Source('# Text', 'x', None, None, '', '')))\n"
        "print([name for name in sys.modules if name.startswith(('reader.parse.web', 'reader.source.cache', 'xml.'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
