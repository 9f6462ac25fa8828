"""Web pages to documents, by pictures: each `cases/web/NAME.html` and what is to come of it in `NAME.txt`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from document_picture import picture
from samples import CASES

from reader.document import Document, Heading, Paragraph
from reader.parse import page_pieces

PAGES = sorted((CASES / "web").glob("*.html"))
ADDRESS = "https://site.example/2024/05/page.html"


def read(source: str, address: str = ADDRESS) -> Document:
    document = Document()
    for document in page_pieces(source, address):  # noqa: B007
        pass
    return document


def shown(document: Document) -> str:
    entries = [f"{key}: {value}" for key, value in document.metadata.entries.items()]
    return "\n".join([*entries, "", *picture(document)]) + "\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_page(page: Path) -> None:
    assert shown(read(page.read_text("utf-8"))) == page.with_suffix(".txt").read_text("utf-8")


PROSE = "<p>It is a sentence of some length, with a comma in it, so that nobody takes it for a menu.</p>"


def body(inner: str, head: str = "") -> Document:
    return read(f"<!doctype html><head>{head}</head><body><main>{PROSE}{inner}{PROSE}</main></body>")


def texts(document: Document) -> list[str]:
    return [document.slice(block) for block in document.blocks][1:-1]


@pytest.mark.parametrize(
    ("source", "src"),
    [
        ('<img src="a.png">', "https://site.example/2024/05/a.png"),
        ('<img data-src="/a.png" src="data:image/gif;base64,R0">', "https://site.example/a.png"),
        ('<img data-original="//c.example/a.png" src="/static/blank.gif">', "https://c.example/a.png"),
        ('<img srcset="a-1.png 100w, a-3.png 300w, a-2.png 200w">', "https://site.example/2024/05/a-3.png"),
        ('<img data-srcset="a.png 1x, a,b.png 2x" src="about:blank">', "https://site.example/2024/05/a,b.png"),
        ('<picture><source srcset="a.webp 1x"><img src="a.png"></picture>', "https://site.example/2024/05/a.png"),
        ('<picture><source data-srcset="a.webp"><img></picture>', "https://site.example/2024/05/a.webp"),
        ('<img class="lazy"><noscript><img src="a.png"></noscript>', "https://site.example/2024/05/a.png"),
        ('<img src="a.png"><noscript><img src="a.png"></noscript>', "https://site.example/2024/05/a.png"),
    ],
)
def test_images_wherever_their_address_is_hidden(source: str, src: str) -> None:
    assert [image.src for image in body(f"<p>{source}</p>").images] == [src]


@pytest.mark.parametrize(
    "source",
    ['<img src="x.gif" width="1" height="1">', '<img src="">', '<img src="javascript:x">', '<img src="data:,">'],
)
def test_what_is_no_image(source: str) -> None:
    assert body(f"<p>{source}</p>").images == ()


@pytest.mark.parametrize(
    ("source", "language", "text"),
    [
        ('<pre><code class="language-js">a</code></pre>', "js", "a"),
        ('<div class="highlight-source-shell"><pre>a</pre></div>', "shell", "a"),
        ('<pre class="brush: java; gutter: true">a</pre>', "java", "a"),
        ('<pre class="sourceCode haskell"><code>a</code></pre>', "haskell", "a"),
        ('<pre data-lang="go">a</pre>', "go", "a"),
        ('<div class="highlight"><pre><code class="hljs python">a<br>b</code></pre></div>', "python", "a\nb"),
        ('<pre class="src src-elisp">a</pre>', "elisp", "a"),
        ('<pre><span class="lineno">1</span>a\n<span class="lineno">2</span>b</pre>', "", "a\nb"),
        ('<pre><code><div class="line">a</div><div class="line">  b</div></code></pre>', "", "a\n  b"),
        ('<pre class="hljs">plain &lt;b&gt;</pre>', "", "plain <b>"),
    ],
)
def test_listings_know_their_language(source: str, language: str, text: str) -> None:
    document = body(source)
    code = next(block for block in document.blocks if hasattr(block, "language"))
    assert (code.language, document.slice(code)) == (language, text)


@pytest.mark.parametrize(
    ("source", "href"),
    [
        ("/a b", "https://site.example/a b"),
        ("?q=1", "https://site.example/2024/05/page.html?q=1"),
        ("//other.example/x", "https://other.example/x"),
        ("https://site.example/2024/05/page.html#here", "#here"),
        ("#here", "#here"),
        ("mailto:a@site.example", "mailto:a@site.example"),
        ("javascript:alert(1)", None),
        ("JaVa\nScRiPt:alert(1)", None),
        ("data:text/html,x", None),
        ("vbscript:x", None),
        ("http://[", None),
    ],
)
def test_links_are_absolute_and_harmless(source: str, href: str | None) -> None:
    document = body(f'<p id="here">See <a href="{source}">this link</a>, it is worth a visit.</p>')
    assert [link.href for link in document.links] == ([href] if href else [])
    assert "See this link, it is worth a visit." in texts(document)


def test_a_link_around_blocks_is_a_link_in_each() -> None:
    document = body('<a href="/x"><h3>Head</h3><blockquote>Said</blockquote></a>')
    assert [(document.slice(link), link.href) for link in document.links] == [
        ("Head", "https://site.example/x"),
        ("Said", "https://site.example/x"),
    ]


def test_the_base_element_counts() -> None:
    document = body('<p>See <a href="x">this</a>, as said above.</p>', head='<base href="https://base.example/dir/">')
    assert [link.href for link in document.links] == ["https://base.example/dir/x"]


def test_a_layout_table_is_no_table_and_a_table_of_data_is_one() -> None:
    layout = f"<table><tr><td>{PROSE}</td></tr></table>"
    data = (
        "<table><tr><th>a</th><th colspan=2>b</th></tr><tr><td>1</td><td>2</td><td><p>3</p><p>4</p></td></tr></table>"
    )
    assert texts(body(layout + data))[-1] == "a\tb\t\n1\t2\t3\n4"


@pytest.mark.parametrize(
    "name",
    [
        "comments", "comment-list", "sidebar", "relatedPosts", "share-buttons", "cookie-notice", "newsletter_box",
        "ad-slot", "site-footer", "breadcrumb", "pagination", "social-media", "recommended", "popup",
    ],
)  # fmt: skip
def test_what_stands_around_an_article_is_left_out(name: str) -> None:
    more = PROSE.replace("sentence", "paragraph") * 3
    around = f"<div class='{name}'><p>We would like you to read this, and to like it very much.</p></div>"
    document = read(f"<body><article>{more}</article>{around}")
    assert "We would" not in document.text
    inside = read(f"<body><article>{more}{around.replace('class', 'id')}{more}</article>")
    assert "We would" not in inside.text
    assert inside.text.count("paragraph") == 6


def test_an_article_in_an_element_that_is_called_like_none_stays() -> None:
    more = PROSE * 4
    for outer in (
        '<div class="has-sidebar comments-open">',
        '<div id="popup-wrapper">',
        '<form id="aspnetForm">',
        "<section>",
    ):
        assert read(f"<body>{outer}<div>{more}</div>").text.count("sentence") == 4, outer


def test_of_several_articles_the_one_with_the_headline_is_meant() -> None:
    others = "".join(f"<article><h2>Other {n}</h2>{PROSE}{PROSE}</article>" for n in range(5))
    mine = "<article><h1>The one that is meant</h1><p>Its only paragraph, which is short, but long enough for prose. "
    mine += "And so it stays, with a second sentence and a third. That was the third.</p></article>"
    document = read(f"<title>The one that is meant</title><body>{others}{mine}{others}")
    assert document.text.startswith("The one that is meant\n\nIts only paragraph")
    assert "Other" not in document.text


HEADS = {
    "json": '<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"S"},{"@type":["BlogPosting"],'
    '"headline":"H &amp; x","author":["A. One",{"name":"B. Two"}],"datePublished":"2024-05-06","inLanguage":"en",'
    '"publisher":{"name":"The Site"}}]}</script>',
    "og": '<meta property="og:title" content="H &amp; x"><meta property="og:site_name" content="The Site">'
    '<meta name="author" content="A. One, B. Two"><meta property="article:published_time" content="2024-05-06">',
    "dc": '<meta name="DC.title" content="H &amp; x"><meta name="dc.creator" content="A. One, B. Two">'
    '<meta name="dc.date.issued" content="2024-05-06"><meta name="dc.publisher" content="The Site">',
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_what_a_page_says_about_itself(head: str) -> None:
    metadata = body("", head=head).metadata
    assert (metadata.title.replace("&amp;", "&"), metadata.author) == ("H & x", "A. One, B. Two")
    assert str(metadata.date) == "2024-05-06"
    assert metadata.entries["site"] == "The Site"


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":"False"}</script>',
        '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>',
        '<meta property="article:content_tier" content="locked">',
    ],
)
def test_a_paywall_is_said_to_be_one(head: str) -> None:
    assert "subscribers" in body("", head=head).warnings[0]


def test_no_heading_is_lost_to_the_title() -> None:
    document = read(f"<title>One</title><body><main><h1>One</h1>{PROSE}<h2>Two</h2>{PROSE}<h2>One</h2>{PROSE}</main>")
    assert [document.slice(block) for block in document.blocks if isinstance(block, Heading)] == ["Two", "One"]


def test_paragraphs_of_one_article_in_two_boxes_stay_together() -> None:
    document = read(f"<body><main><h1>Head</h1><div class=lead>{PROSE}</div><div class=rest>{PROSE * 4}</div></main>")
    assert sum(isinstance(block, Paragraph) for block in document.blocks) == 5


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<p>to a hotel <a href=x>room</a>&nbsp;and back.</p>", "to a hotel room and back."),
        ("<p>I’m&nbsp;<em>very&nbsp;</em>happy.</p>", "I’m very happy."),
        ("<p>全文见\u3000<b>乙</b>\u3000后。</p>", "全文见 乙 后。"),
    ],
)
def test_words_are_apart_where_only_a_wide_or_no_break_space_parts_them(source: str, said: str) -> None:
    assert texts(body(source)) == [said]


LOOSE = "It is a sentence of some length, with a comma in it, so that nobody takes it for a menu."


def test_headings_between_loose_text_stay() -> None:
    document = read(
        f"<title>One</title><body><article><h1>One</h1>{LOOSE}<br><br><h2>Two</h2><br><br>{LOOSE}</article>"
    )
    assert [document.slice(block) for block in document.blocks][1:] == [LOOSE, "Two", LOOSE]


def test_a_line_of_dates_and_a_list_of_tags_as_loose_text_are_left_out() -> None:
    dated = f"Monday, 22 January 2018, 0:13 <div>{PROSE}{PROSE}</div> Tags <b><a href=x>one</a>, <a href=y>two</a></b>"
    document = read(f"<title>One</title><body><article><h1>One</h1>{dated}</article>")
    assert document.text.count("sentence") == 2
    assert "Tags" not in document.text
    assert "Monday" not in document.text


def test_a_first_sentence_with_the_links_of_a_pop_up_stays_without_them() -> None:
    links = "".join(f"<a href={n}>Another long headline, number {n}, that leads away</a>" for n in range(4))
    said = "has defended the plan of her party in a long speech before the whole assembly."
    popped = f"<p>Governor <span><a href=k>Kim Noe</a><span>{links}</span></span> {said}</p>"
    document = read(f"<body><article>{popped}{PROSE * 4}</article>")
    assert document.text.startswith(f"Governor Kim Noe {said}")


@pytest.mark.parametrize("name", ["twitter-tweet", "instagram-media", "mastodon-embed"])
def test_a_post_of_another_site_is_a_quote_whatever_its_box_is_called(name: str) -> None:
    post = f"<div><blockquote class='{name}'><p>Thank you all.</p>— Ann (@ann)</blockquote></div>"
    assert "Thank you all." in body(f"{PROSE}<div class=widget>{post}</div>{PROSE}").text


def test_links_after_a_label_within_the_article_are_left_out() -> None:
    more = "<p><strong>DON’T MISS</strong></p><p><a href=a>A headline of another article here</a> [INSIGHT]</p>"
    document = body(PROSE + more + PROSE)
    assert "MISS" not in document.text
    assert "headline" not in document.text
    kept = body(
        PROSE + "<p><strong>Share</strong></p><p>What you know with others, and ask them for theirs.</p>" + PROSE
    )
    assert "Share" in kept.text


@pytest.mark.parametrize("label", ["Advertisement", "Story continues below advertisement", "Anzeige", "广告", "広告"])
def test_the_label_of_an_advertisement_is_left_out(label: str) -> None:
    document = body(f"{PROSE}<div><span>{label}</span></div>{PROSE}")
    assert label not in document.text
    assert label in body(f"{PROSE}<h3>{label}</h3>{PROSE}").text


@pytest.mark.parametrize(
    "last",
    [
        "Comments are read by a moderator before they appear.",
        "Comentários ofensivos não serão aprovados pelo moderador.",
        "ann.one@paper.example twitter.com/annone",
    ],
)
def test_what_ends_a_page_and_not_its_article_is_left_out(last: str) -> None:
    assert last not in read(f"<body><article>{PROSE * 4}<p>{last}</p></article>").text
    assert last in read(f"<body><article>{PROSE * 2}<p>{last}</p>{PROSE * 2}</article>").text


def test_a_page_s_own_address_over_it_is_left_out() -> None:
    over = "<div class=over><span>https://www.paper.example/news/article/Cat-found-after-going-missing-14848175.php</span></div>"
    assert "14848175" not in read(f"<body><article>{over}{PROSE * 3}</article>").text


def test_a_caption_is_said_once_however_often_it_is_folded() -> None:
    said = "The two ministers shake hands in the hall of the palace. They had met twice before."
    folded = (
        f"<div class=full>{said}<a class=m> less</a></div><div class=short>{said[:40]}<a class=m> ... more</a></div>"
    )
    document = body(
        f"{PROSE}<div><img src=a.png alt='{said}'><div class=caption>{folded}<span>Photo: A. P.</span></div></div>"
    )
    assert document.text.count("two ministers") == 1
    assert "more" not in document.text
    assert "Photo: A. P." in document.text


if __name__ == "__main__":
    for page in PAGES:
        page.with_suffix(".txt").write_text(shown(read(page.read_text("utf-8"))), "utf-8")
        sys.stdout.write(f"{page.stem}\n")
