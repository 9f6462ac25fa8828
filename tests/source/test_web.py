"""Articles at web addresses."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest
from reading import refusal

from reader.source import read


@pytest.fixture
def site() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/file":
                self.send_response(302)
                self.send_header("Location", "file:///etc/passwd")
                self.end_headers()
                return
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", "/%E6%96%87.md")
                self.end_headers()
                return
            if self.path == "/short":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b"fourteen bytes")
                return
            self.send_response(200 if self.path == "/%E6%96%87.md" else 404)
            self.send_header("Content-Type", "text/markdown; charset=Shift_JIS")
            self.end_headers()
            self.wfile.write("短い文".encode("shift_jis"))

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_is_fetched(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    for target in (f"{site}/文.md", f"{site}/moved"):
        found = read(target)
        assert (found.text, found.path, found.url) == ("短い文", None, f"{site}/%E6%96%87.md")
    assert "answered 404" in refusal(f"{site}/gone")
    assert "over the limit of 3 bytes" in refusal(f"{site}/文.md", limit=3)
    assert "cut short, 986 bytes of it did not come" in refusal(f"{site}/short")
    refusal(f"{site}/file")
    refusal("http://")
    refusal("https://[::1")
    refusal("http://127.0.0.1:1/refused")
