"""Third-party code over what comes from an author, in a process that can be ended.

Owns the process on this side of its pipes: a script of this folder, asked one question at a time. A regular expression
or a decoder that does not come to an end holds the interpreter against every thread of its process, signals included;
so such code runs elsewhere. Refuses to know what is asked.

Invariant: a question costs at most the time limit, once the process has started; one that takes longer, and one that
ends the process, has no answer.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from typing import Any, Final

_FOLDER: Final = os.path.dirname(os.path.abspath(__file__))


class ScriptProcess:
    """A script, asked in a process of its own, which is started with the first question."""

    def __init__(self, script: str, time_limit_s: float) -> None:
        """`script` is the name of a file in this folder; see `answering` for what it has to have. `time_limit_s` is
        what a question may take."""
        self._script = script
        self._time_limit_s = time_limit_s
        self._busy = threading.Lock()
        self._starting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Of the process; None where there is none now."""
        process = self._process
        return None if process is None else process.pid

    def ask(self, question: Any) -> Any:
        """The answer, both of JSON; None where the script has none, or took too long.

        Blocks as long as it takes, at most some tenths of a second over the limit; to be called in any thread but the
        one that draws. After `close` there are no answers. Raises `ProcessLookupError` where the process was ended
        over the question.
        """
        with self._busy:
            process = self._started()
            if process is None:
                return None
            assert process.stdin is not None
            assert process.stdout is not None
            # A thread's timer, since the pipes of Windows cannot be waited for with a time limit.
            timer = threading.Timer(self._time_limit_s, process.kill)
            timer.daemon = True
            timer.start()
            try:
                process.stdin.write(json.dumps(question).encode("ascii") + b"\n")
                process.stdin.flush()
                return json.loads(process.stdout.readline())
            except (OSError, ValueError):
                self._end()
                raise ProcessLookupError from None
            finally:
                timer.cancel()

    def close(self) -> None:
        """Ends the process, whatever it is doing; from any thread."""
        self._closed = True
        self._end()

    def _started(self) -> subprocess.Popen[bytes] | None:
        """The process, ready for a question; None where there may be none any more, or the system gives none."""
        if self._process is not None and self._process.poll() is not None:
            self._end()
        with self._starting:
            if self._process is not None or self._closed:
                return self._process
            answering, script = (os.path.join(_FOLDER, name) for name in ("answering.py", self._script))
            try:
                # -P: what lies beside an untrusted article must not be imported as a module
                process = self._process = subprocess.Popen(
                    [sys.executable, "-P", answering, script, str(self._time_limit_s)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            except OSError:
                return None
        assert process.stdout is not None
        with contextlib.suppress(OSError, ValueError):  # it is being closed
            process.stdout.readline()  # it says that it has started, which counts for no question
        return process

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
