"""Pages by their address: from the server, from what is kept, and the Markdown behind a page of a code host."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from site_kit import site

from reader.source import SourceError, pages, read

PAGE = "<!doctype html><title>T</title><p>Words.</p>"
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>F</title></channel></rss>'


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def test_a_page_that_was_fetched_opens_without_the_network(tmp_path: Path) -> None:
    with site(a=PAGE) as server:
        first = read(f"{server.address}/a#part", pages=str(tmp_path))
        again = read(f"{server.address}/a", pages=str(tmp_path))
        assert server.asked == [("/a", False), ("/a", True)]
        address = f"{server.address}/a"
    offline = read(address, pages=str(tmp_path))
    for one in (first, again, offline):
        assert (one.text, one.kind, one.url, one.digest) == (PAGE, "html", first.url, first.digest)
    assert (first.notice, again.notice, first.as_of) == ("", "", None)
    assert offline.as_of is not None
    assert offline.notice.startswith("The page as it was kept on 20")
    assert "could not be fetched" in offline.notice
    assert offline.warnings == (offline.notice,)


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    with site(a=PAGE) as server:
        address = f"{server.address}/a"
        assert read(address).text == PAGE
    with pytest.raises(SourceError):
        read(address, pages=str(tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_page_that_is_gone_shows_what_is_kept_and_says_why(tmp_path: Path) -> None:
    with site(a=PAGE) as server:
        read(f"{server.address}/a", pages=str(tmp_path))
        server.bodies.clear()
        kept = read(f"{server.address}/a", pages=str(tmp_path))
    assert kept.text == PAGE
    assert kept.notice.endswith("the server answered 404 Not Found")


def test_what_a_list_of_recent_articles_names_is_kept_too(tmp_path: Path) -> None:
    with site(a=(302, "text/html", b"/b"), b=PAGE) as server:
        moved = read(f"{server.address}/a", pages=str(tmp_path))
    assert moved.url == f"{server.address}/b"
    assert read(moved.url, pages=str(tmp_path)).text == PAGE


def test_on_the_way_back_the_server_is_not_asked(tmp_path: Path) -> None:
    with site(a=PAGE) as server:
        for _ in range(2):
            found = read(f"{server.address}/a", pages=str(tmp_path), kept_first=True)
        assert len(server.asked) == 1
    assert (found.text, found.notice) == (PAGE, "")


def test_a_server_that_is_slow_is_not_waited_for_where_the_page_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float] = []
    fetch = pages.fetch

    def timed(target, origin, limit, seconds, **more):  # type: ignore[no-untyped-def]
        given.append(seconds)
        return fetch(target, origin, limit, seconds, **more)

    monkeypatch.setattr(pages, "fetch", timed)
    with site(a=PAGE) as server:
        for _ in range(2):
            read(f"{server.address}/a", pages=str(tmp_path))
    first, second = given
    assert first > 20 > pages.KEPT_PATIENCE_S >= second


@pytest.mark.parametrize(
    ("name", "content_type", "body", "kind"),
    [
        ("a", "text/html; charset=utf-8", "<p>No doctype, <b>no head</b>.", "html"),
        ("a", "application/xhtml+xml", "<div>Words</div>", "html"),
        ("a_md", "text/html", "# Words\n\n<b>x</b>", "markdown"),
        ("a_md", "text/plain", "Words", "markdown"),
        ("a", "text/markdown", "<b>x</b> *y*", "markdown"),
        ("a", "text/plain", "2024-01-01 12:00:00 INFO up\n2024-01-01 12:00:01 INFO down\n", "plain"),
        ("a", "text/plain", "# Words\n\n- **One** more\n", "markdown"),
        ("a_xml", "application/xml", FEED, "feed"),
        ("a", "text/html", FEED, "feed"),
    ],
)
def test_what_kind_a_servers_text_is(name: str, content_type: str, body: str, kind: str) -> None:
    with site(**{name: (200, content_type, body.encode())}) as server:
        assert read(f"{server.address}/{name.replace('_', '.')}").kind == kind


def test_a_sitemap_that_is_packed_on_the_server_is_unpacked() -> None:
    with site(map_xml_gz=(200, "application/gzip", gzip.compress(FEED.encode()))) as server:
        found = read(f"{server.address}/map.xml.gz")
        assert (found.kind, found.text) == ("feed", FEED)
        server.bodies["/map.xml.gz"] = (200, "application/gzip", gzip.compress(bytes(8 << 20)))
        with pytest.raises(SourceError, match="over the limit"):
            read(f"{server.address}/map.xml.gz", limit=1 << 20)
        server.bodies["/map.xml.gz"] = (200, "application/gzip", b"\x1f\x8b\x08" + bytes(100))
        with pytest.raises(SourceError, match="cannot be unpacked"):
            read(f"{server.address}/map.xml.gz")


def test_the_declared_charset_of_a_kept_page_is_kept(tmp_path: Path) -> None:
    with site(a=(200, "text/html; charset=Shift_JIS", "<p>短い文".encode("shift_jis"))) as server:
        address = f"{server.address}/a"
        assert read(address, pages=str(tmp_path)).text == "<p>短い文"
    assert read(address, pages=str(tmp_path)).text == "<p>短い文"


def test_behind_a_page_of_a_code_host_its_markdown_is_read_first(monkeypatch: pytest.MonkeyPatch) -> None:
    with site(readme_md="# Read me\n", page=PAGE) as server:
        names = [f"{server.address}/{name}" for name in ("README.md", "readme.md")]
        monkeypatch.setattr(pages, "markdown_addresses", lambda _: tuple(names))
        found = read(f"{server.address}/page")
        assert (found.text, found.kind, found.url) == ("# Read me\n", "markdown", names[1])
        del server.bodies["/readme.md"]
        assert read(f"{server.address}/page").text == PAGE
        assert [path for path, _ in server.asked[2:]] == ["/README.md", "/readme.md", "/page"]


def test_of_a_repository_that_has_moved_the_markdown_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with site(page=PAGE, new_md="# Here now\n", old=(301, "text/html", b"/page")) as server:
        old, new = f"{server.address}/old", f"{server.address}/page"
        known = {old: (f"{server.address}/old.md",), new: (f"{server.address}/new.md",)}
        monkeypatch.setattr(pages, "markdown_addresses", lambda address: known.get(address, ()))
        assert read(old).text == "# Here now\n"
        assert [path for path, _ in server.asked] == ["/old.md", "/old", "/page", "/new.md"]
        del server.bodies["/new.md"]
        assert read(old).text == PAGE


def test_where_the_network_fails_not_every_name_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fails(target: str, *_: object, **__: object) -> None:
        asked.append(target)
        raise SourceError("x", "no answer in time")

    monkeypatch.setattr(pages, "fetch", fails)
    with pytest.raises(SourceError):
        read("https://github.com/owner/name")
    assert asked == ["https://raw.githubusercontent.com/owner/name/HEAD/README.md", "https://github.com/owner/name"]
