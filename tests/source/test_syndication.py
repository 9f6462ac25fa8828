"""Feeds and sitemaps as lists of articles, hostile ones included."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from reader.source import feed_entries

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>湖边周刊 &amp; more</title><link>https://q.example/</link><description>About lakes</description>
<item><title>盐田里的发电厂</title><link>https://q.example/salt</link><pubDate>Mon, 06 May 2024 08:30:00 GMT</pubDate>
<description><![CDATA[<p>五月的湖边 &nbsp;<b>白色</b></p>]]></description><media:title>not this</media:title></item>
<item><title>A &amp;lt;b&amp;gt; title&nbsp;&mdash; two</title><guid isPermaLink="true">https://q.example/two</guid><dc:date>2024-05-07</dc:date></item>
<item><title>No address</title><guid isPermaLink="false">tag:5</guid></item>
<item><link>/relative/third-one/</link></item>
<item><title>x</title><link>javascript:alert(1)</link></item>
</channel></rss>"""


def test_rss():
    feed = feed_entries(RSS.encode(), "https://q.example/feed.xml")
    assert feed is not None
    assert (feed.kind, feed.title, feed.warnings) == ("rss", "湖边周刊 & more", ())
    assert [(one.title, one.address, one.date) for one in feed.entries] == [
        ("盐田里的发电厂", "https://q.example/salt", datetime(2024, 5, 6, 8, 30, tzinfo=UTC)),
        ("A title — two", "https://q.example/two", date(2024, 5, 7)),
        ("third-one", "https://q.example/relative/third-one/", None),
    ]
    assert feed.entries[0].summary == "五月的湖边 白色"


ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Notes</title><link rel="self" href="/atom.xml"/>
<link href="https://q.example/"/><id>urn:x</id><updated>2024-01-01T00:00:00Z</updated>
<entry><title type="html">One &amp;amp; only</title><link rel="edit" href="/e"/><link rel="alternate" href="one.html"/>
<id>urn:1</id><updated>2024-02-03T04:05:06Z</updated><author><name>Ruth</name></author>
<source><title>elsewhere</title></source>
<content type="xhtml"><div><title>inner</title></div></content></entry></feed>"""


def test_atom():
    feed = feed_entries(ATOM, "https://q.example/blog/atom.xml")
    assert feed is not None
    assert (feed.kind, feed.title) == ("atom", "Notes")
    assert [(one.title, one.address, one.date) for one in feed.entries] == [
        ("One & only", "https://q.example/blog/one.html", datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC))
    ]


def test_rdf_and_sitemaps():
    rdf = b'<rdf:RDF xmlns:rdf="r" xmlns="s"><channel><title>T</title></channel><item><title>A</title><link>http://q.example/a</link></item></rdf:RDF>'
    feed = feed_entries(rdf)
    assert feed is not None
    assert (feed.kind, feed.title, feed.entries[0].title) == ("rss", "T", "A")
    sitemap = b"""<urlset xmlns:news="n">
    <url><loc> https://q.example/a/long-walk </loc><lastmod>2023-04-05</lastmod></url>
    <url><loc>https://q.example/b</loc><news:news><news:title>Named</news:title>
    <news:publication_date>2022-01-02</news:publication_date></news:news></url></urlset>"""
    feed = feed_entries(sitemap)
    assert feed is not None
    assert feed.kind == "sitemap"
    assert [(one.title, one.date) for one in feed.entries] == [
        ("long-walk", date(2023, 4, 5)),
        ("Named", date(2022, 1, 2)),
    ]
    index = feed_entries(b"<sitemapindex><sitemap><loc>https://q.example/s1.xml</loc></sitemap></sitemapindex>")
    assert index is not None
    assert (index.kind, index.entries[0].address) == ("sitemaps", "https://q.example/s1.xml")


@pytest.mark.parametrize(
    "data", [b"", b"# Markdown", b"<!doctype html><html></html>", b"<svg></svg>", b"{}", b"<", b"\xff\xfe"]
)
def test_what_is_no_feed(data):
    assert feed_entries(data) is None


ITEM = "<item><title>t</title><link>https://q.example/{}</link></item>"


def test_entities_are_not_expanded_and_files_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    for declared in (f'<!ENTITY l0 "lol">{levels}', f'<!ENTITY l11 SYSTEM "{secret.as_uri()}">'):
        text = f"<!DOCTYPE rss [{declared}]><rss><channel><item><title>&l11;</title></item></channel></rss>"
        feed = feed_entries(text.encode())
        assert feed is None or not feed.entries
    outside = f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}"><rss><channel>{ITEM.format(1)}</channel></rss>'
    feed = feed_entries(outside.encode())
    assert feed is not None
    assert [one.title for one in feed.entries] == ["t"]


def test_a_broken_feed_gives_what_stands_before_the_break():
    feed = feed_entries(f"<rss><channel>{ITEM.format(1)}{ITEM.format(2)}<item><title>x</wrong>".encode())
    assert feed is not None
    assert [one.address[-1] for one in feed.entries] == ["1", "2"]
    assert "broken" in feed.warnings[0]


def test_bounds():
    many = feed_entries(f"<rss><channel>{''.join(map(ITEM.format, range(6000)))}</channel></rss>".encode())
    assert many is not None
    assert len(many.entries) == 5000
    assert many.warnings
    deep = feed_entries(b"<rss>" + b"<a>" * 100_000)
    assert deep is not None
    assert "deeply" in deep.warnings[0]
    long = feed_entries(
        f"<rss><channel><item><title>{'x' * 10_000}</title><link>http://q.example/</link></item>".encode()
    )
    assert long is not None
    assert len(long.entries[0].title) == 2000


def test_titles_are_safe_to_show():
    feed = feed_entries(
        "<rss><channel><item><title>a&#x9b;31m\u202eb</title><link>http://q.example/</link></item>".encode()
    )
    assert feed is not None
    assert feed.entries[0].title == "a␛[31m‹RLO›b"
