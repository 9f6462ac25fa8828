"""The index brought up to date by a second process, so that the screen never waits for it.

Owns the process and this side of its pipe. What ends it (a parser that crashes, runs out of memory or takes too long)
costs one article: another process says before each article which one it is, and when it ends too, a third goes on
behind that one. Refuses to draw, and to be waited for.

Invariant: the last report is complete, whatever becomes of the process; ending the reading ends the process.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from typing import Any, Final, Self

from reader.library.build import Order, Progress
from reader.library.entry import Entry
from reader.locale import _
from reader.sanitize import clean_line
from reader.source import shown_path

_SERVE: Final = "from reader.library.indexer import serve; serve()"
_PATIENCE_S: Final = 2.0
"""Seconds a process gets to end by itself when it is done."""
_MAX_ENDED: Final = 20
"""Processes that may end over an article; more is a fault of the machine's."""


class Indexing:
    """One pass over the folders of a library."""

    def __init__(self, order: Order) -> None:
        """Starts the process; nothing waits for it yet."""
        self._order = order
        self._process: Any = None
        self._closed = False
        self._start()

    def progress(self) -> Iterator[Progress]:
        """The reports; blocks between two, so iterate in a worker."""
        done, path = Progress(), ""
        while not self._closed:
            report = self._receive()
            if isinstance(report, str):
                path = report
            elif report is not None:
                made = Progress(*report)
                done = made._replace(entries=tuple(Entry(*entry) for entry in made.entries))
                if done.complete:
                    self._let_end()
                    yield done
                    break
                yield done
            elif self._closed:
                break
            elif not self._order.careful:
                self._again(self._order._replace(careful=True, rebuild=False))
            elif not path or path in self._order.passed or len(self._order.passed) == _MAX_ENDED:
                problem = _("the process that reads the library's articles has ended; what it has read can be searched")
                yield Progress(done.done, done.total, problems=(problem,), complete=True)
                break
            else:
                said = _("{path}: it could not be read; the process that did has ended over it")
                yield Progress(done.done, done.total, problems=(clean_line(said.format(path=shown_path(path))),))
                self._again(self._order._replace(passed=(*self._order.passed, path)))
                path = ""
        self.close()

    def close(self) -> None:
        """Ends the process, whatever it is doing; may be called from another thread."""
        self._closed = True
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _again(self, order: Order) -> None:
        """Another process goes on where the last one ended."""
        self._order = order
        self._end()
        self._start()

    def _start(self) -> None:
        import subprocess  # here, since it takes milliseconds that a list without a process need not wait for

        root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        path = f"import sys; sys.path.insert(0, {root!r}); "
        # -P: what lies beside an untrusted article must not be imported as a module
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", path + _SERVE, json.dumps(self._order)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        if self._closed:
            self._end()  # it was closed meanwhile

    def _receive(self) -> Any:
        import pickle

        process = self._process
        if process is None:
            return None
        try:
            return pickle.load(process.stdout)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            return None

    def _let_end(self) -> None:
        """Gives the process the moment it needs to put its journal into the index."""
        import subprocess

        process = self._process
        if process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_PATIENCE_S)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    pipe.close()
