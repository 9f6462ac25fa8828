"""The store, asked in a thread of its own: no key waits for the disk.

Owns the thread and the order of what is asked: one thing after the other, so that what is read after a write has seen
it. Refuses to decide what is remembered.

Invariant: answers come on the event loop, and none comes after the app has ended; what was asked before `close` is done
when it returns.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from reader.store import Store

T = TypeVar("T")

WAIT_S = 5.0
"""A thread waits for the store so long."""


class StoreThread:
    """What one run of the app knows of the runs before."""

    def __init__(self, path: Callable[[], str] | None, later: Callable[..., object]) -> None:
        """`path` says where the store is; without it nothing outlives the run. `later` calls a function with its
        arguments on the event loop. Nothing is opened yet."""
        self._path = path
        self._later = later
        self._thread: ThreadPoolExecutor | None = None
        self._store: Store | None = None
        self._warned = 0
        self.problem = ""
        """What is not in the file and why; empty when all is well."""
        self.warn: Callable[[tuple[str, ...]], object] = lambda _: None
        """Called on the event loop with what the store has to say."""
        self.troubled: Callable[[], object] = lambda: None
        """Called on the event loop when there is a problem: `retry` is to be called later."""
        self.failed: Callable[[Exception], object] = lambda _: None
        """Called on the event loop where work has raised."""

    @property
    def remembers(self) -> bool:
        """Whether anything is meant to outlive the run."""
        return self._path is not None

    def ask(self, work: Callable[[Store], T], then: Callable[[T], object] | None = None) -> None:
        """Has `work` done with the store, some time soon, and `then` called with what it returns."""
        if self._thread is None:
            from concurrent.futures import ThreadPoolExecutor

            self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._thread.submit(self._do, work, then)

    def wait(self, work: Callable[[Store], T]) -> T | None:
        """What `work` returns, waited for: in a thread that has nothing else to do. None where it could not be done."""
        done: list[T] = []
        ready = threading.Event()

        def do(store: Store) -> None:
            try:
                done.append(work(store))
            finally:
                ready.set()

        self.ask(do)
        ready.wait(WAIT_S)
        return done[0] if done else None

    def retry(self) -> None:
        """Tries again to write what waits."""
        self.ask(lambda store: store.retry())

    def close(self) -> None:
        """Finishes what was asked."""
        if self._thread is not None:
            self._thread.submit(self._end)
            self._thread.shutdown()

    def _do(self, work: Callable[[Store], T], then: Callable[[T], object] | None) -> None:
        if self._store is None:
            from reader.store import Store

            self._store = Store(None if self._path is None else self._path())
        try:
            answer = work(self._store)
        except Exception as error:  # a thread would swallow it, and with it whatever was to be kept
            self._later(self.failed, error)
            return
        self.problem = self._store.problem if self._path is not None else ""
        if then is not None:
            self._later(then, answer)
        if self.problem:
            self._later(self.troubled)
        warnings = self._store.warnings[self._warned :]
        if warnings:
            self._warned += len(warnings)
            self._later(self.warn, warnings)

    def _end(self) -> None:
        if self._store is not None:
            self._store.close()
