"""Colours of code, found in a process that can be ended.

Owns that process: its start with the first block of code, the time a block gets, and its end. Some of Pygments' lexers
take minutes for a text of a few thousand characters, and hold the interpreter all that time (`re` does not let go of
its lock): in the app's own process no key would be heard meanwhile.

Invariant: `Colourer.tokens` returns within `TIME_LIMIT_S` of work and the start of a process; a block that takes longer
has no colours.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TypeAlias

TIME_LIMIT_S = 2.0
"""Seconds a block gets, after the process has said that it is ready."""
_START_LIMIT_S = 20.0
"""Seconds the start of the process gets, which imports Pygments."""
_MEMORY_BYTES = 1 << 30
"""The address space of the process, where the platform has such a limit."""
_SERVE = "from reader.loading.colouring import serve; serve()"

Tokens: TypeAlias = list[tuple[int, int, str]]
"""Start, end, role."""


class Colourer:
    """Colours blocks of code, one at a time; to be called in threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def tokens(self, code: str, language: str) -> Tokens:
        """The coloured parts of `code`, as places in it; none where its time is over or no process can be had."""
        with self._turn:
            if not self._closed and (self._process is None or self._process.poll() is not None):
                self._process = _started()
            process = self._process
            if self._closed or process is None:
                return []
            answer = _asked(process, {"code": code, "language": language}, TIME_LIMIT_S)
            return [] if answer is None else [(start, end, role) for start, end, role in answer]

    def close(self) -> None:
        """Ends the process, whatever it is doing. Called on the event loop, while a thread may wait for an answer."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()


def _started() -> subprocess.Popen[bytes] | None:
    """A process that is ready; None where there can be none."""
    try:
        # -P: what lies beside an untrusted article must not be imported as a module
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None
    return process if _asked(process, {"code": "", "language": "text"}, _START_LIMIT_S) is not None else None


def _asked(process: subprocess.Popen[bytes], request: dict[str, str], seconds: float) -> Tokens | None:
    """The answer to a request; without one in time the process is ended."""
    assert process.stdin is not None
    assert process.stdout is not None
    # A thread's timer, since the pipes of Windows cannot be waited for with a time limit.
    timer = threading.Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        answer: Tokens = json.loads(process.stdout.readline())
        return answer
    except (OSError, ValueError):
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                pipe.close()
        process.wait()
        return None
    finally:
        timer.cancel()


def serve() -> None:
    """The process: a request a line on standard input, the answer a line on standard output, both JSON."""
    from reader.loading.syntax import tokens

    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    for line in sys.stdin.buffer:
        request = json.loads(line)
        try:
            found = list(tokens(request["code"], request["language"]))
        except Exception:  # a lexer's own fault
            found = []
        sys.stdout.buffer.write(json.dumps(found).encode() + b"\n")
        sys.stdout.buffer.flush()
