"""The end that comes from outside: a request to stop is as `q`; a terminal that is gone leaves nothing to be restored.

Without this a reader whose window was closed would go on without one where the signal of that is ignored (under
`nohup`, say), and Textual would ask the terminal for keys as fast as the processor can.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

LOOK_INTERVAL_S = 1.0
"""Between two looks whether there still is a terminal."""


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

        def hung_up() -> None:
            self._quit() if os.isatty(keys) else self.gone()  # somebody may only have sent the signal

        for name, then in (("SIGTERM", self._quit), ("SIGINT", self._quit), ("SIGHUP", hung_up)):
            with contextlib.suppress(NotImplementedError, AttributeError):  # not on Windows
                loop.add_signal_handler(getattr(signal, name), then)
        if os.isatty(keys):
            threading.Thread(target=self._watch, args=(keys,), daemon=True).start()

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
