"""The second process: its command, and one that is started before it is known what it is to read.

Owns the starting. Refuses to import anything of the reader: the command calls `start_ahead` first of all, and the
second process imports what nearly every article needs while this one looks at its arguments.

Invariant: a process that was started ahead and is not taken ends with this one.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import subprocess

AHEAD: Final = "-"
"""Stands for the order, which then comes by standard input (`sent`)."""
_SERVE = "from reader.loading.serve import serve; serve()"
_ALLOCATION: Final = {"MALLOC_MMAP_THRESHOLD_": str(1 << 20)}
"""Has the allocator of glibc give the memory of long texts back: each time an article grows there is a longer one. Its
own bound rises to 32 MB with the first one given back, and what is smaller than that is kept (mallopt(3))."""
_ahead: list[subprocess.Popen[bytes]] = []


def start(order: str, pipe: int | None = None) -> subprocess.Popen[bytes]:
    """Starts the process that reads what `order` says, from the descriptor `pipe` where that is given."""
    import subprocess  # here, since the second process imports this module too and starts none

    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
    # -P: what lies beside an untrusted article must not be imported as a module
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _SERVE, order, str(os.getpid())],
        stdin=None if pipe == 0 else subprocess.PIPE,
        pass_fds=(pipe,) if pipe else (),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**_ALLOCATION, **os.environ, "PYTHONPATH": path},
    )


def start_ahead() -> None:
    """Starts a process for the next call of `take_ahead`."""
    _ahead.append(start(AHEAD))


def take_ahead(order: str) -> subprocess.Popen[bytes] | None:
    """The process that was started ahead, which is told what to read; None where there is none, or it has ended."""
    if not _ahead:
        return None
    process = _ahead.pop()
    assert process.stdin is not None
    try:
        process.stdin.write(sent(order))
        process.stdin.flush()
    except OSError:
        process.kill()
        process.wait()
        return None
    return process


def sent(order: str) -> bytes:
    """An order as a process that was started ahead reads it: its length in 4 bytes, big end first, then its UTF-8."""
    said = order.encode()
    return len(said).to_bytes(4, "big") + said


def received() -> str:
    """The order that comes by standard input; empty where that ends before."""
    length = int.from_bytes(_read(4), "big")
    return _read(length).decode()


def _read(count: int) -> bytes:
    """So many bytes, or fewer at the end; no byte more, since others read on."""
    found = b""
    while len(found) < count:
        more = os.read(0, count - len(found))
        if not more:
            return b""
        found += more
    return found
