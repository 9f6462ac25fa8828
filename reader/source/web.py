"""Bytes from a web address. Imported only when one is named; only http and https are ever asked, redirected or not."""

from __future__ import annotations

from typing import Final

from reader.source.files import CHUNK_BYTES, over_limit
from reader.source.value import SourceError

FETCH_TIMEOUT_S: Final = 30.0
"""An address that has not answered in full by then is given up; a stalled connection in half that time."""


def fetch(target: str, origin: str, limit: int) -> tuple[bytes, str, str | None]:
    """Bytes, final address and declared charset; only http and https are ever asked, redirected or not."""
    import http.client
    import ssl
    import time
    from urllib import error, parse, request

    deadline = time.monotonic() + FETCH_TIMEOUT_S
    opener = request.OpenerDirector()
    for handler in (
        *(request.ProxyHandler, request.HTTPHandler, request.HTTPSHandler),
        *(request.HTTPRedirectHandler, request.HTTPDefaultErrorHandler, request.HTTPErrorProcessor),
    ):
        opener.add_handler(handler())
    try:
        parts = parse.urlsplit(target.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        host = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port else "")
        safe = "/?&=+;,:@!$'()*~%[]"
        query = parse.quote(parts.query, safe=safe)
        address = parse.urlunsplit((parts.scheme.lower(), host, parse.quote(parts.path, safe=safe) or "/", query, ""))
        asked = request.Request(address, headers={"User-Agent": "article-reader", "Accept": "text/*, */*;q=0.5"})
        with opener.open(asked, timeout=FETCH_TIMEOUT_S / 2) as answer:
            chunks: list[bytes] = []
            size = 0
            while chunk := answer.read1(CHUNK_BYTES):
                chunks.append(chunk)
                size += len(chunk)
                if size > limit:
                    raise over_limit(origin, limit)
                if time.monotonic() > deadline:
                    raise TimeoutError
            if answer.length:
                raise SourceError(
                    origin, f"the answer was cut short, {answer.length} bytes of it did not come", "try again"
                )
            declared = answer.headers.get_content_charset()
            return b"".join(chunks), answer.geturl(), _known_codec(declared)
    except error.HTTPError as problem:
        raise SourceError(origin, f"the server answered {problem.code} {problem.reason}") from problem
    except (TimeoutError, error.URLError, http.client.HTTPException, ssl.SSLError, OSError, ValueError) as problem:
        reason = getattr(problem, "reason", problem)
        if isinstance(reason, TimeoutError):
            raise SourceError(origin, "no answer in time", "try again, or download it and open the file") from problem
        what = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
        raise SourceError(origin, f"it could not be fetched ({what or type(problem).__name__})") from problem


def _known_codec(name: str | None) -> str | None:
    """A declared charset where it is worth more than a look at the bytes: servers say latin-1 without looking."""
    import codecs

    try:
        found = codecs.lookup(name or "")
    except LookupError:
        return None
    return None if found.name in {"iso8859-1", "ascii", "utf-8"} or not found._is_text_encoding else found.name
