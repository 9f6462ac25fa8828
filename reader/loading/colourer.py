"""Code in colour, by a process that can be ended.

Owns the process in which `syntax` runs, on this side of its pipes: the lexers are third-party code over an author's
text, and a regular expression of theirs that does not come to an end holds the interpreter against every thread of its
process, signals included. Refuses to know what a colour is for.

Invariant: a block costs at most the time limit, and what takes longer, fails or is unknown stays without a colour.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from typing import Final

from reader.loading.syntax import LARGEST

TIME_LIMIT_S: Final = 1.0
"""For one block, once the process has started."""
_FAILURES: Final = 3
"""Blocks of a language that may end the process; later ones are not tried."""
_SCRIPT: Final = os.path.join(os.path.dirname(os.path.abspath(__file__)), "syntax.py")


class Colourer:
    """Colours blocks of code, one at a time. The process is started with the first one."""

    def __init__(self, time_limit_s: float = TIME_LIMIT_S) -> None:
        """`time_limit_s` is what a block may take."""
        self._time_limit_s = time_limit_s
        self._busy = threading.Lock()
        self._starting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._failures: Counter[str] = Counter()

    def tokens(self, code: str, language: str) -> tuple[tuple[int, int, str], ...]:
        """(start, end, role) of what has a colour, as `syntax.tokens` gives it; nothing where that takes too long.

        Blocks as long as it takes, at most some tenths of a second over the limit; to be called in any thread but the
        one that draws. After `close` there are no colours.
        """
        if not language or not 0 < len(code) <= LARGEST or self._failures[language] >= _FAILURES:
            return ()
        with self._busy:
            process = self._started()
            if process is None:
                return ()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(json.dumps((language, code)).encode("ascii") + b"\n")
                process.stdin.flush()
                found = json.loads(process.stdout.readline())
            except (OSError, ValueError):  # it has ended itself, or was ended
                self._failures[language] += 1
                self._end()
                return ()
        return tuple((start, end, role) for start, end, role in found)

    def close(self) -> None:
        """Ends the process, whatever it is doing; from any thread."""
        self._closed = True
        self._end()

    def _started(self) -> subprocess.Popen[bytes] | None:
        """The process; None where there may be none any more, or the system gives none."""
        with self._starting:
            if self._process is None and not self._closed:
                # -P: what lies beside an untrusted article must not be imported as a module
                with contextlib.suppress(OSError):
                    self._process = subprocess.Popen(
                        [sys.executable, "-P", _SCRIPT, str(self._time_limit_s)],
                        stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL,
                    )
            return self._process

    def _end(self) -> None:
        with self._starting:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
