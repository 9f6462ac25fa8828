"""Pages kept in a folder: asked for again with what the server said, opened without a network."""

from __future__ import annotations

import os

import pytest

from reader.source import Fetched, Kept, SourceError, keep_page, kept_page, open_page, prune_pages
from reader.source.cache import place

ADDRESS = "https://q.example/article"


class Server:
    """Answers from a script, and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, address, headers):
        self.asked.append((address, dict(headers)))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def page(data=b"<p>words</p>", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fetched(200, ADDRESS + "/", {"content-type": "text/html; charset=utf-8", **named}, data)


def test_an_unchanged_page_is_not_sent_again(tmp_path):
    when = "Mon, 06 May 2024 08:30:00 GMT"
    server = Server(page(etag='"v1"', last_modified=when), Fetched(304, ADDRESS, {}, b""))
    first, state = open_page(tmp_path, ADDRESS + "#part", server)
    assert (state, first.data, first.url, first.content_type) == (
        "fetched",
        b"<p>words</p>",
        ADDRESS + "/",
        "text/html; charset=utf-8",
    )
    again, state = open_page(tmp_path, ADDRESS, server, now=lambda: 5e9)
    assert (state, again.data, again.asked) == ("unchanged", first.data, 5e9)
    assert server.asked == [(ADDRESS, {}), (ADDRESS, {"If-None-Match": '"v1"', "If-Modified-Since": when})]
    assert kept_page(tmp_path, ADDRESS) == again


def test_a_changed_page_takes_the_place_of_the_old_one(tmp_path):
    server = Server(page(b"old", etag="a"), page(b"new", etag="b"))
    open_page(tmp_path, ADDRESS, server)
    now, state = open_page(tmp_path, ADDRESS, server)
    assert (now.data, state, now.etag) == (b"new", "fetched", "b")
    assert len(list(tmp_path.iterdir())) == 2, "under the address that was asked, and the one it came from"


def test_without_a_network_the_kept_page_opens(tmp_path):
    server = Server(page(), SourceError("x", "no answer"))
    open_page(tmp_path, ADDRESS, server)
    assert open_page(tmp_path, ADDRESS, server)[1] == "offline"
    assert open_page(tmp_path, ADDRESS, server, offline=True)[0].data == b"<p>words</p>"
    assert len(server.asked) == 2


def test_with_nothing_kept_the_error_of_the_fetch_is_raised(tmp_path):
    with pytest.raises(SourceError):
        open_page(tmp_path, ADDRESS, Server(SourceError("x", "no answer")), offline=True)


def test_a_young_page_is_not_asked_for(tmp_path):
    server = Server(page())
    open_page(tmp_path, ADDRESS, server, now=lambda: 1000.0)
    assert open_page(tmp_path, ADDRESS, server, max_age_s=60, now=lambda: 1059.0)[1] == "young"


def test_what_must_not_be_stored_is_not(tmp_path):
    got, _ = open_page(tmp_path, ADDRESS, Server(page(cache_control="private, no-store")))
    assert got.data
    assert kept_page(tmp_path, ADDRESS) is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert open_page(blocked / "web", ADDRESS, Server(page()))[1] == "fetched"


def test_damaged_files_count_as_not_kept(tmp_path):
    kept = Kept(ADDRESS, ADDRESS, "", "", "", 1.0, b"words")
    keep_page(tmp_path, kept)
    path = place(tmp_path, ADDRESS)
    whole = path.read_bytes()
    for damaged in (b"", b"{}\n", whole[:-1], whole.replace(b'"etag": ""', b'"etag": 5'), b"[" * 100_000, b"\xff\n"):
        path.write_bytes(damaged)
        assert kept_page(tmp_path, ADDRESS) is None, damaged[:40]
    path.write_bytes(whole)
    assert kept_page(tmp_path, ADDRESS) == kept
    assert not [name for name in os.listdir(tmp_path) if name.endswith(".part")]


def test_a_header_that_would_inject_another_is_dropped(tmp_path):
    got, _ = open_page(tmp_path, ADDRESS, Server(page(etag='"a"\r\nX: y')))
    assert got.etag == ""


def test_the_pages_asked_for_longest_ago_go_first(tmp_path):
    for number in range(4):
        keep_page(tmp_path, Kept(f"{ADDRESS}/{number}", ADDRESS, "", "", "", 1.0, b"x" * 1000))
        os.utime(place(tmp_path, f"{ADDRESS}/{number}"), (number, number))
    (tmp_path / "not-ours").write_bytes(b"x" * 5000)
    assert prune_pages(tmp_path, 2600) == 2
    assert [kept_page(tmp_path, f"{ADDRESS}/{number}") is not None for number in range(4)] == [False, False, True, True]
    assert (tmp_path / "not-ours").exists()
    assert prune_pages(tmp_path / "nowhere") == 0
