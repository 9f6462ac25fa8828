"""Imports asyncio as on a Python that was built without TLS.

asyncio imports `ssl` for TLS streams, which nothing on the screen uses: 3.9 MiB of a process of 44. It accepts that the
module is missing. Pages of the web are read by `reader.source` with `urllib`, which imports `ssl` itself when it is
needed.

Invariant: whoever imports `ssl` later gets the real one.
"""

import sys

_TLS = "ssl"


def import_asyncio() -> None:
    """Does nothing where asyncio or `ssl` is imported already. No other thread may import `ssl` meanwhile."""
    if "asyncio" in sys.modules or _TLS in sys.modules:
        return
    sys.modules[_TLS] = None  # type: ignore[assignment]  # what makes `import ssl` an ImportError
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules[_TLS]
