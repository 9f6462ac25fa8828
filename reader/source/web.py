"""Bytes from a web address. Imported only when one is named.

Owns the fetch and its one deadline: it runs in a thread of its own, because name resolution, a TLS handshake, headers
that come byte by byte, endless `100 Continue` and trailers cannot each be given a time limit. When the time is over the
caller goes on with an error and the connection is shut down, which ends the thread. Refuses every address but http and
https, asked for or redirected to, and bodies that are larger than the limit once they are unpacked.

Invariant: `fetch` returns or raises within `seconds`, whatever the server does.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final
from urllib import error, parse, request

from reader import __version__, sanitize
from reader.locale import _, ngettext
from reader.source.cache import Fetched
from reader.source.files import CHUNK_BYTES, over_limit
from reader.source.unpack import CutShort, PackError, UnknownCoding, codings, unpacked
from reader.source.value import SourceError

FETCH_TIMEOUT_S: Final = 30.0
"""An address that has not answered in full by then is given up; a stalled connection in half that time."""
_SCHEMES: Final = ("http://", "https://")
_SAFE: Final = "/?&=+;,:@!$'()*~%[]"
_HEADERS: Final = {
    # As browsers begin theirs, since some servers send others away; who asks is said behind it.
    "User-Agent": f"Mozilla/5.0 (compatible; article-reader/{__version__}; reads articles in a terminal)",
    "Accept": "text/markdown, text/html;q=0.9, application/xhtml+xml;q=0.9, text/plain;q=0.8, */*;q=0.5",
}
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_UNCHANGED: Final = 304


def fetch(
    target: str,
    origin: str,
    limit: int,
    seconds: float = FETCH_TIMEOUT_S,
    *,
    headers: Mapping[str, str] = _NOTHING,
) -> Fetched:
    """The answer to a GET of `target`; `limit` is in bytes, before and after unpacking; `headers` are added to those
    of the request. 304 is an answer where `headers` ask for it. Raises `SourceError`."""
    running = _Fetch(target, origin, limit, seconds, headers)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        running.give_up()
        raise _late(origin)
    if running.answer is None:
        raise running.problem or SourceError(origin, _("it could not be fetched"))
    return running.answer


class _Fetch:
    """One fetch: `run` in a thread, `give_up` from any other."""

    def __init__(self, target: str, origin: str, limit: int, seconds: float, headers: Mapping[str, str]) -> None:
        self.answer: Fetched | None = None
        self.problem: SourceError | None = None
        self._target = target
        self._origin = origin
        self._limit = limit
        self._seconds = seconds
        self._headers = headers
        self._given_up = False
        self._connections: list[socket.socket] = []
        """Duplicates: to shut one down ends the connection, whoever else holds it."""

    def run(self) -> None:
        """Sets `answer` or `problem`."""
        try:
            self.answer = self._fetched()
        except SourceError as problem:
            self.problem = problem
        except Exception as problem:  # whatever a server's bytes make the standard library raise
            self.problem = _explain(problem, self._origin)
            self.problem.__cause__ = problem
        finally:
            for connection in self._connections:
                connection.close()

    def give_up(self) -> None:
        """Ends the connection that is in use, and lets none follow."""
        self._given_up = True
        for connection in self._connections:
            _shut(connection)

    def hold(self, connection: socket.socket) -> None:
        """Takes note of a connection just made."""
        held = connection.dup()
        self._connections.append(held)
        if self._given_up:
            _shut(held)

    def _fetched(self) -> Fetched:
        headers = {**_HEADERS, "Accept-Encoding": ", ".join(codings()), **self._headers}
        asked = request.Request(_address(self._target), headers=headers)
        try:
            with _opener(self).open(asked, timeout=self._seconds / 2) as answer:
                return Fetched(answer.status, answer.geturl(), _named(answer), self._body(answer))
        except error.HTTPError as problem:
            if problem.code == _UNCHANGED and self._headers:
                with problem:
                    return Fetched(_UNCHANGED, problem.url, _named(problem), b"")
            raise

    def _body(self, answer: http.client.HTTPResponse) -> bytes:
        coding = (answer.headers.get("Content-Encoding") or "").strip().lower()
        chunks = _received(answer)
        if coding not in ("", "identity"):
            chunks = unpacked(chunks, coding)
        parts: list[bytes] = []
        size = 0
        for part in chunks:
            parts.append(part)
            size += len(part)
            if size > self._limit:
                raise over_limit(self._origin, self._limit)
            if self._given_up:
                raise TimeoutError
        if answer.length:
            raise _short(self._origin, answer.length)
        return b"".join(parts)

    def redirected(self, url: str) -> None:
        """Raises `SourceError` for an address a server sends on to that is not of the web."""
        if not url.lower().startswith(_SCHEMES):
            said = _("the server sends on to {address}, which is not of the web")
            raise SourceError(self._origin, said.format(address=sanitize.href(url)[:200]))


def _address(target: str) -> str:
    """The target as it is asked for: the host in ASCII, all else percent-encoded."""
    parts = parse.urlsplit(target.strip())
    host = (parts.hostname or "").encode("idna").decode("ascii")
    host = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port else "")
    path = parse.quote(parts.path, safe=_SAFE) or "/"
    return parse.urlunsplit((parts.scheme.lower(), host, path, parse.quote(parts.query, safe=_SAFE), ""))


def _opener(fetch: _Fetch) -> request.OpenerDirector:
    """What asks for http and https, by the proxies of the environment, and knows no other scheme."""

    class Connection(http.client.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            fetch.hold(self.sock)

    class SecureConnection(http.client.HTTPSConnection, Connection):
        """By the order of its bases the connection is held before the TLS handshake begins."""

    class Http(request.HTTPHandler):
        def http_open(self, req: request.Request) -> http.client.HTTPResponse:
            return self.do_open(Connection, req)

    class Https(request.HTTPSHandler):
        def https_open(self, req: request.Request) -> http.client.HTTPResponse:
            return self.do_open(SecureConnection, req)

    class Redirects(request.HTTPRedirectHandler):
        def http_error_302(self, req: request.Request, fp: Any, code: int, msg: str, headers: Any) -> Any:
            if to := headers.get("location") or headers.get("uri"):
                fetch.redirected(parse.urljoin(req.full_url, to))
            return super().http_error_302(req, fp, code, msg, headers)

        http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    opener = request.OpenerDirector()
    for handler in (
        *(request.ProxyHandler(), Http(), Https(), Redirects()),
        *(request.HTTPDefaultErrorHandler(), request.HTTPErrorProcessor()),
    ):
        opener.add_handler(handler)
    return opener


def _named(answer: http.client.HTTPResponse | error.HTTPError) -> dict[str, str]:
    """The headers of an answer by their names in lower case; of one that is repeated, the first."""
    found: dict[str, str] = {}
    for name, value in answer.headers.items():
        found.setdefault(name.lower(), value)
    return found


def _received(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    while chunk := answer.read1(CHUNK_BYTES):
        yield chunk


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it has ended by itself
        connection.shutdown(socket.SHUT_RDWR)


def _late(origin: str) -> SourceError:
    return SourceError(origin, _("no answer in time"), _("try again, or download it and open the file"))


def _short(origin: str, missing: int = 0) -> SourceError:
    said = ngettext(
        "the answer was cut short, {count} byte of it did not come",
        "the answer was cut short, {count} bytes of it did not come",
        missing,
    )
    return SourceError(origin, said.format(count=missing) if missing else _("the answer was cut short"), _("try again"))


def _explain(problem: Exception, origin: str) -> SourceError:
    if isinstance(problem, error.HTTPError):
        if problem.code // 100 == 3:
            said = _("the server answered {code}, and its redirections lead nowhere").format(code=problem.code)
        else:
            said = _("the server answered {code} {reason}").format(code=problem.code, reason=problem.reason)
        return SourceError(origin, said, status=problem.code)
    if isinstance(problem, UnknownCoding):
        said = _("the answer is encoded as {coding}, which was not asked for")
        return SourceError(origin, said.format(coding=str(problem)[:40]))
    if isinstance(problem, CutShort):
        return _short(origin)
    if isinstance(problem, PackError):
        return SourceError(origin, _("the answer is not compressed as it says"))
    reason = getattr(problem, "reason", problem)
    if isinstance(reason, TimeoutError):
        return _late(origin)
    what = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
    said = _("it could not be fetched ({reason})")
    return SourceError(origin, said.format(reason=what or type(problem).__name__))
