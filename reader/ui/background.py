"""The session's threads and timers, by the workers and timers of Textual."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.app import App

from reader.session import Timer


class AppBackground:
    """The `Background` of an app."""

    def __init__(self, app: App[Any], failed: Callable[[Exception], object]) -> None:
        """`failed` is called on the event loop where work has raised."""
        self._app = app
        self._failed = failed

    @property
    def running(self) -> bool:
        """False once the app ends."""
        return self._app.is_running

    def run(self, work: Callable[[], object], *, group: str, exclusive: bool = False) -> None:
        """Does `work` in a thread."""

        def guarded() -> None:  # no partial: Textual describes a worker by its repr, which would hold all it works on
            self._guarded(work)

        self._app.run_worker(guarded, thread=True, group=group, exclusive=exclusive, exit_on_error=False)

    def run_now(self, work: Callable[[], object]) -> None:
        """Does `work` in a thread that begins at once: a worker of Textual begins when the event loop comes to it."""
        asyncio.get_running_loop().run_in_executor(None, self._guarded, work)

    def _guarded(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:
            if self.running:
                self.tell(self._failed, error)

    def tell(self, function: Callable[..., object], *arguments: object) -> None:
        """From such a thread: calls `function` on the event loop and waits until it is done."""
        self._app.call_from_thread(function, *arguments)

    def later(self, seconds: float, function: Callable[[], object]) -> Timer:
        """Calls `function` on the event loop after a while."""
        return self._app.set_timer(seconds, function)
