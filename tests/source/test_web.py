"""A fetch ends at its deadline whatever the server does, follows web addresses only, and unpacks with a bound."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import itertools
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator

import pytest

from reader.source import SourceError, read, unpack, web
from reader.source.unpack import PART_BYTES, codings, unpacked

OK = b"HTTP/1.1 200 OK\r\n"
TEXT = "短い文と some words.\n".encode()
DEADLINE_S = 0.6
FAR_S = 20.0
"""A deadline that no test waits for."""


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


class Server:
    """Sends, on each connection, what `bytes_of` gives for the path asked for, piece by piece, until nobody listens."""

    def __init__(self, bytes_of: Callable[[str], Iterator[bytes]], pause_s: float = 0.01) -> None:
        self.asked: list[bytes] = []
        """The requests, headers and all."""
        self.ended = threading.Semaphore(0)
        """Released each time a connection has come to its end."""
        self._bytes_of = bytes_of
        self._pause_s = pause_s
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            request = b""
            while b"\r\n\r\n" not in request:
                request += connection.recv(4096) or b"\r\n\r\n"
            self.asked.append(request)
            for piece in self._bytes_of(request.split()[1].decode()):
                connection.sendall(piece)
                if self._pause_s:
                    connection.settimeout(self._pause_s)
                    with contextlib.suppress(TimeoutError):
                        if not connection.recv(1):
                            break
                    connection.settimeout(None)
        self.ended.release()

    def close(self) -> None:
        with contextlib.suppress(OSError):  # who waits for a connection is woken on some systems only
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@contextlib.contextmanager
def serving(bytes_of: Callable[[str], Iterator[bytes]], pause_s: float = 0.0) -> Iterator[Server]:
    server = Server(bytes_of, pause_s)
    try:
        yield server
    finally:
        server.close()


def answer(body: bytes, *headers: str) -> Iterator[bytes]:
    lines = "".join(f"{header}\r\n" for header in headers)
    yield OK + f"{lines}Content-Length: {len(body)}\r\n\r\n".encode()
    yield body


def fetched(address: str, limit: int = 1 << 20, seconds: float = FAR_S) -> bytes:
    return web.fetch(address, address, limit, seconds).data


def refusal(address: str, limit: int = 1 << 20, seconds: float = FAR_S) -> str:
    with pytest.raises(SourceError) as caught:
        web.fetch(address, address, limit, seconds)
    message = str(caught.value)
    assert "\n" not in message
    return message


# --- One deadline


def nothing(_: str) -> Iterator[bytes]:
    yield from itertools.repeat(b"")


def header_drip(_: str) -> Iterator[bytes]:
    yield OK + b"X-Long: "
    yield from itertools.repeat(b"a")


def many_headers(_: str) -> Iterator[bytes]:
    yield OK
    yield from (b"X-%d: a\r\n" % number for number in itertools.count())


def continues(_: str) -> Iterator[bytes]:
    yield from itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n")


def body_drip(_: str) -> Iterator[bytes]:
    yield OK + b"\r\n"
    yield from itertools.repeat(b"a")


def trailer_drip(_: str) -> Iterator[bytes]:
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"
    yield from itertools.repeat(b"X-Trailer: a\r\n")


def slow_redirects(path: str) -> Iterator[bytes]:
    time.sleep(0.15)
    yield b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: %sa\r\n\r\n" % path.encode()


def empty_members(_: str) -> Iterator[bytes]:
    yield OK + b"Content-Encoding: gzip\r\n\r\n"
    yield from itertools.repeat(gzip.compress(b"") * 100)


@pytest.mark.parametrize(
    "misbehaving",
    [nothing, header_drip, many_headers, continues, body_drip, trailer_drip, slow_redirects, empty_members],
)
def test_a_fetch_ends_at_its_deadline(misbehaving: Callable[[str], Iterator[bytes]]) -> None:
    with serving(misbehaving, 0.01) as server:
        begun = time.monotonic()
        message = refusal(f"{server.address}/", seconds=DEADLINE_S)
        spent = time.monotonic() - begun
        assert "no answer in time" in message or "could not be fetched" in message  # over 100 headers: at once
        assert spent < DEADLINE_S + 30, "it would go on for good"
        assert server.ended.acquire(timeout=30), "the connection goes on behind the back of the caller"


def test_the_name_is_resolved_within_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def resolving(*_: object, **__: object) -> list[object]:
        released.wait(30)
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", resolving)
    assert "no answer in time" in refusal("http://reader.invalid/", seconds=0.2)
    released.set()


def test_what_comes_in_time_is_not_cut() -> None:
    def slowly(_: str) -> Iterator[bytes]:
        yield OK + b"\r\n"
        yield from (b"%d\n" % number for number in range(20))

    with serving(slowly, 0.01) as server:
        assert fetched(server.address) == b"".join(b"%d\n" % number for number in range(20))


# --- Where it leads


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://127.0.0.1/a", "data:text/plain,abc", "javascript:1", "x:/../../tmp/a.md"]
)
@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_only_the_web_is_followed(to: str, code: int) -> None:
    def moved(_: str) -> Iterator[bytes]:
        yield b"HTTP/1.1 %d Moved\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n" % (code, to.encode())

    with serving(moved) as server:
        message = refusal(server.address)
    assert "is not of the web" in message
    assert to in message


def test_a_redirection_of_the_web_is_followed() -> None:
    def moved(path: str) -> Iterator[bytes]:
        if path == "/there":
            yield from answer(TEXT)
        else:
            yield b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: there\r\n\r\n"

    with serving(moved) as server:
        found = web.fetch(f"{server.address}/here", "a", 1 << 20)
    assert (found.data, found.url) == (TEXT, f"{server.address}/there")


def test_redirections_in_a_circle_end() -> None:
    def moved(path: str) -> Iterator[bytes]:
        yield b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /\r\n\r\n"

    with serving(moved) as server:
        assert "answered 302, and its redirections lead nowhere" in refusal(server.address)
        assert len(server.asked) < 20


def test_it_says_who_asks_and_asks_for_what_can_be_unpacked() -> None:
    from reader import __version__

    with serving(lambda _: answer(TEXT)) as server:
        fetched(server.address)
        (asked,) = server.asked
    assert f"User-Agent: Mozilla/5.0 (compatible; article-reader/{__version__};".encode() in asked
    assert f"Accept-Encoding: {', '.join(codings())}\r\n".encode() in asked
    assert b"gzip, deflate\r\n" in asked


def test_what_the_server_said_and_what_it_is_asked_go_through() -> None:
    def conditional(_: str) -> Iterator[bytes]:
        if b"If-None-Match: v1" in server.asked[-1]:
            yield b'HTTP/1.1 304 Not Modified\r\nETag: "v2"\r\n\r\n'
        else:
            yield from answer(TEXT, "ETag: v1", "Content-Type: text/html; charset=GBK", "ETag: other")

    with serving(conditional) as server:
        first = web.fetch(server.address, "a", 1 << 20)
        again = web.fetch(server.address, "a", 1 << 20, headers={"If-None-Match": "v1"})
    assert (first.status, first.data, first.headers["etag"]) == (200, TEXT, "v1")
    assert first.headers["content-type"] == "text/html; charset=GBK"
    assert (again.status, again.data, again.headers["etag"]) == (304, b"", '"v2"')


def test_304_that_was_not_asked_for_is_a_refusal_with_its_status() -> None:
    unasked = serving(lambda _: iter([b"HTTP/1.1 304 Not Modified\r\n\r\n"]))
    with unasked as server, pytest.raises(SourceError) as caught:
        web.fetch(server.address, "a", 1 << 20)
    assert caught.value.status == 304


# --- Compression


def brotli_packed(data: bytes) -> bytes:
    import brotli

    packed: bytes = brotli.compress(data)
    return packed


def zstd_packed(data: bytes) -> bytes:
    import zstandard

    return zstandard.compress(data)


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli_packed,
    "zstd": zstd_packed,
}


def needs(coding: str) -> None:
    if coding not in codings():
        pytest.skip(f"the package for {coding} is not installed")


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_the_codings_of_the_extra_are_unpacked(coding: str) -> None:
    needs(coding)
    data = bytes(range(256)) * (3 * web.CHUNK_BYTES // 256) + TEXT
    for sent in (TEXT, data):
        packed = PACKERS[coding](sent)
        with serving(lambda _, packed=packed: answer(packed, f"Content-Encoding: {coding}")) as server:
            assert fetched(server.address, limit=1 << 26) == sent


def test_two_frames_of_zstd_are_one_body() -> None:
    needs("zstd")
    packed = zstd_packed(TEXT[:9]) + zstd_packed(TEXT[9:])
    with serving(lambda _: answer(packed, "Content-Encoding: zstd")) as server:
        assert fetched(server.address) == TEXT


def raw_deflate(data: bytes) -> bytes:
    made = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return made.compress(data) + made.flush()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT[:9]) + gzip.compress(TEXT[9:])),
        ("x-gzip", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("identity", TEXT),
    ],
    ids=["gzip", "two members", "x-gzip", "zlib", "raw", "identity"],
)
def test_a_compressed_body_is_unpacked(coding: str, packed: bytes) -> None:
    with serving(lambda _: answer(packed, f"Content-Encoding: {coding}")) as server:
        assert fetched(server.address) == TEXT


def test_a_large_body_is_unpacked_in_parts() -> None:
    data = bytes(range(256)) * (3 * web.CHUNK_BYTES // 256) + b"the end"
    with serving(lambda _: answer(gzip.compress(data), "Content-Encoding: gzip")) as server:
        assert fetched(server.address, limit=1 << 26) == data


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_small_body_that_unpacks_to_more_than_the_limit_is_refused(
    coding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs(coding)
    sizes: list[int] = []

    def counted(*given: object) -> Iterator[bytes]:
        for part in unpacked(*given):  # type: ignore[arg-type]
            sizes.append(len(part))
            yield part

    monkeypatch.setattr(web, "unpacked", counted)
    bomb = PACKERS[coding](bytes(64 << 20))
    assert len(bomb) < 1 << 17
    with serving(lambda _: answer(bomb, f"Content-Encoding: {coding}")) as server:
        assert "over the limit of 2 MiB" in refusal(server.address, limit=2 << 20)
    assert max(sizes) <= PART_BYTES
    assert sum(sizes) <= (2 << 20) + PART_BYTES, "what is over the limit is not unpacked"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_compressed_body_that_is_cut_or_is_none_says_so(coding: str) -> None:
    needs(coding)
    packed = PACKERS[coding](TEXT * 50)
    with serving(lambda _: answer(packed[:-10], f"Content-Encoding: {coding}")) as server:
        assert "cut short" in refusal(server.address)
    with serving(lambda _: answer(b"\xff" * 200, f"Content-Encoding: {coding}")) as server:
        assert "not compressed as it says" in refusal(server.address)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "a\x1b]0;x\x07"])
def test_an_encoding_that_was_not_asked_for_is_refused(coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "codings", lambda: ("gzip", "deflate"))
    with serving(lambda _: answer(TEXT, f"Content-Encoding: {coding}")) as server:
        message = refusal(server.address)
    assert "was not asked for" in message
    assert message.isprintable()


# --- Character sets


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "rot13", "base64", "undefined", "klingon"])
def test_a_declared_charset_that_is_none_is_not_used(charset: str) -> None:
    with serving(lambda _: answer(TEXT * 20_000, f"Content-Type: text/plain; charset={charset}")) as server:
        found = read(server.address)
    assert (found.encoding, found.text) == ("utf-8", TEXT.decode() * 20_000)


def test_a_declared_charset_is_used() -> None:
    body = "短い文".encode("shift_jis")
    with serving(lambda _: answer(body, "Content-Type: text/plain; charset=Shift_JIS")) as server:
        assert read(server.address).text == "短い文"


def test_whatever_a_server_sends_is_an_article_or_one_line() -> None:
    odd = [
        b"",
        b"\r\n\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\nabc",
        b"SSH-2.0-x\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nabc",
        OK + b"Content-Length: -5\r\n\r\nabc",
        OK + b"Content-Length: abc\r\n\r\nabc",
        OK + b"X" * 70_000,
        OK + b"X: a\r\n" * 200 + b"\r\n",
        OK + b': a\r\nContent-Type: text/plain; charset="\x00"\r\n\r\nabc',
        b"HTTP/1.1 301 Moved\r\nLocation: http://[::1\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: http://a b\x1b[2J/\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\n\r\n",
        b"HTTP/1.1 407 \x1b[2J\r\n\r\n",
        b'HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm="a\r\n\r\n',
    ]
    for sent in odd:
        with serving(lambda _, sent=sent: iter([sent])) as server:
            try:
                said = read(server.address).text
            except SourceError as problem:
                said = str(problem)
            assert said == "" or said.isprintable(), sent


def test_the_standard_librarys_server_is_understood() -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(TEXT)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        assert fetched(f"http://127.0.0.1:{server.server_port}") == TEXT
    finally:
        server.shutdown()
        server.server_close()
