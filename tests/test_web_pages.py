"""Which way a source takes: Markdown or a web page."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

from reader.document import Document
from reader.loading import Findings, load
from reader.loading import loaded as all_loaded
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


def test_the_switch_shows_all_of_a_page() -> None:
    source = Source(PAGE, "x", None, "https://q.example/one", "utf-8", "0", kind="html")
    *_, document = load(source, {"article": False})
    assert "Home" in document.text
    assert "It is a sentence" in document.text


def test_a_block_of_a_page_can_be_gone_to() -> None:
    page = PAGE.replace("<p>It is another", '<h2 id="more">More</h2><p>It is another')
    document = loaded(page, "html")
    assert document.text[document.anchors["more"] :].startswith("More\n")


FEED = """<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><title>灯台 &amp; sea</title>
<item><title>One &lt;b&gt;day&lt;/b&gt;</title><link>/one</link><pubDate>Mon, 06 May 2024 08:30:00 GMT</pubDate>
<description>&lt;p&gt;Some words about it.&lt;/p&gt;</description></item>
<item><title></title><link>https://q.example/two-of-them</link></item>
<item><title>Bad</title><link>file:///etc/passwd</link></item></channel></rss>"""


def test_a_feed_is_a_list_of_links() -> None:
    document = loaded(FEED, "feed")
    assert document.text == "灯台 & sea\n\nOne day\n2024-05-06 · Some words about it.\ntwo-of-them"
    assert [link.href for link in document.links] == ["https://q.example/one", "https://q.example/two-of-them"]
    assert document.metadata.title == "灯台 & sea"
    assert document.metadata.entries["url"] == "https://q.example/one"
    assert document.complete


def test_a_long_summary_is_cut_at_a_word_and_a_list_makes_no_claims() -> None:
    words = "word " * 200
    feed = FEED.replace("Some words about it.", words)
    source = Source(feed, "x", None, "https://q.example/feed", "utf-8", "0", kind="feed")
    items = list(all_loaded(source))
    document = next(item for item in items if isinstance(item, Document))
    (line,) = (line for line in document.text.split("\n") if "word" in line)
    assert line.endswith("word …")
    assert len(line) < 310
    assert items[-1] == Findings(complete=True)


def test_an_empty_feed_says_so() -> None:
    document = loaded("<rss version='2.0'><channel><title>Empty</title></channel></rss>", "feed")
    assert "No articles are listed here." in document.warnings


def test_a_large_sitemap_comes_in_pieces() -> None:
    urls = "".join(f"<url><loc>https://q.example/{number}</loc></url>" for number in range(1000))
    source = Source(f"<urlset>{urls}</urlset>", "x", None, "https://q.example/map.xml", "utf-8", "0", kind="feed")
    documents = list(load(source))
    assert len(documents) > 5
    assert len(documents[-1].links) == 1000


def test_names_of_links_in_front_matter_are_plain() -> None:
    header = (
        'up: "[[Some Note]]"\nalso: [[Other|that one]]\nlist:\n  - "[[A]]"\n  - "see [[B]]"\nkept: "a [[Get]] method"'
    )
    markdown = f"---\n{header}\n---\n\nWords.\n"
    entries = loaded(markdown, "markdown").metadata.entries
    assert entries["up"] == "Some Note"
    assert entries["also"] == "that one"
    assert entries["list"] == ("A", "see [[B]]")
    assert entries["kept"] == "a [[Get]] method"
    entries = loaded(markdown.replace("Words.", "[[Other#Part]]"), "markdown").metadata.entries
    assert entries["list"] == ("A", "see B")
    source = Source(markdown, "x.md", None, None, "utf-8", "0")
    *_, document = load(source, {"wiki": False})
    assert document.metadata.entries["up"] == "[[Some Note]]"


def test_the_switch_leaves_lines_without_fences_in_the_text() -> None:
    source = Source("Title: A post\nDate: 2024-01-02\n\nWords.\n", "x.md", None, None, "utf-8", "0")
    *_, document = load(source)
    assert (document.metadata.title, document.text) == ("A post", "A post\n\nWords.")
    *_, document = load(source, {"loose_headers": False})
    assert document.metadata.title == ""
    assert "Date: 2024-01-02" in document.text


def test_blocks_of_a_page_have_the_lines_of_its_source() -> None:
    words = "It is a sentence of some length, with a comma in it, and some more words at its end."
    lines = [
        *("<!doctype html>", "<html><head>", "<title>Head</title>", "<script>", "x = 1", "</script></head><body>"),
        *("<nav><a href=/>Home</a></nav>", "<article>", "<h1>Head</h1>", f"<p>{words}</p>", "", f"<p>{words}", "more"),
        *("</p><ul>", "<li>An item of this list</li>", "</ul>", "<pre>a", "b</pre>", "<blockquote>", f"<p>{words}</p>"),
        *("</blockquote>", "<table>", "<tr><th>a</th><th>b</th></tr>", "<tr><td>1</td><td>2</td></tr>", "</table>"),
        *("<h2>Further</h2>", f"<p data-line=77>{words}</p>", "</article>"),
    ]
    document = loaded("\n".join(lines), "html")
    assert [(document.slice(block)[:12].split("\n")[0], block.line) for block in document.blocks] == [
        ("Head", 0),
        ("It is a sent", 9),
        ("It is a sent", 11),
        ("An item of t", 14),
        ("a", 16),
        ("It is a sent", 19),
        ("a\tb", 21),
        ("Further", 25),
        ("It is a sent", 26),
    ]
