"""A small web site on this machine: pages by name, what was asked, refusals and redirections."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator


class Site(http.server.ThreadingHTTPServer):
    """Answers by path with (status, content type, body)."""

    daemon_threads = True

    def __init__(self, bodies: dict[str, tuple[int, str, bytes]]) -> None:
        site = self
        self.bodies = bodies
        self.tag = '"1"'
        self.asked: list[tuple[str, bool]] = []
        """Paths, and whether they were asked for on a condition."""
        self.may_answer = threading.Event()
        """While it is not set, the server is slow."""
        self.may_answer.set()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, "If-None-Match" in self.headers))
                site.may_answer.wait(30)
                status, kind, body = site.bodies.get(self.path, (404, "text/html", b"<p>gone</p>"))
                if status == 200 and self.headers.get("If-None-Match") == site.tag:
                    status, body = 304, b""
                self.send_response(status)
                if status in (301, 302):
                    self.send_header("Location", body.decode())
                    body = b""
                self.send_header("Content-Type", kind)
                self.send_header("ETag", site.tag)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server_port}"


@contextlib.contextmanager
def site(**bodies: str | bytes | tuple[int, str, bytes]) -> Iterator[Site]:
    made = {}
    for name, said in bodies.items():
        body = said.encode() if isinstance(said, str) else said
        made[f"/{name.replace('_', '.')}"] = body if isinstance(body, tuple) else (200, "text/html", body)
    server = Site(made)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.may_answer.set()
        server.shutdown()
        server.server_close()
