"""The end that comes from outside: a request to stop is as `q`; a terminal that is gone leaves nothing to be restored.

Without this a reader whose window was closed would go on without one where the signal of that is ignored (under
`nohup`, say), and Textual would ask the terminal for keys as fast as the processor can.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

LOOK_INTERVAL_S = 1.0
"""Between two looks whether there still is a terminal."""
GRACE_S = 3.0
"""A request to stop is met by then, or the process ends without the screen being restored."""


class Lifecycle:
    """Watches for the end."""

    def __init__(self, quit: Callable[[], object], finish: Callable[[], object]) -> None:
        """`quit` ends the app on the event loop; `finish` writes what is to be remembered, from any thread."""
        self._quit = quit
        self._finish = finish
        self._leaving = threading.Lock()

    def begin(self) -> None:
        """Listens from now on. Called on the event loop of an app that has a terminal."""
        if sys.__stdin__ is None:
            return
        keys = sys.__stdin__.fileno()
        loop = asyncio.get_running_loop()

        def asked(*_: object) -> None:
            if os.isatty(keys):
                loop.call_soon_threadsafe(self._quit)
            threading.Thread(target=self._insist, args=(keys,), daemon=True).start()

        # Not by the loop: while it waits for a terminal that takes no more output, it would not hear of them.
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            if hasattr(signal, name):  # not on Windows
                signal.signal(getattr(signal, name), asked)
        if os.isatty(keys):
            threading.Thread(target=self._watch, args=(keys,), daemon=True).start()

    def _insist(self, keys: int) -> None:
        """Runs in a thread after a request to stop: what does not stop in time is ended."""
        until = time.monotonic() + GRACE_S
        while os.isatty(keys) and time.monotonic() < until:
            time.sleep(0.05)
        self.gone()

    def _watch(self, keys: int) -> None:
        """Runs in a thread: the event loop may wait for good to write to a terminal that is no more."""
        while os.isatty(keys):
            time.sleep(LOOK_INTERVAL_S)
        self.gone()

    def gone(self) -> None:
        """The end without a terminal: what was read is remembered, and the process is over."""
        self._leaving.acquire()  # for good: the loop and the thread may both come here, and the first is to finish
        try:
            self._finish()
        finally:
            os._exit(1)
