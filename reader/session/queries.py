"""What was asked of a library, to be asked again: the line's earlier queries, the latest first.

Owns the walk through them, and their way into the store and back. Refuses to search.

Invariant: the walk begins and ends at what was typed, which is lost by neither.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from reader.session.store_thread import StoreThread

_MOST: Final = 100


class Queries:
    """The queries of this run and those before."""

    def __init__(self, store: Callable[[], StoreThread]) -> None:
        """`store` is asked when the queries are first wanted."""
        self.known: list[str] = []
        """The latest first."""
        self._store = store
        self._fetched = False
        self._back = -1
        """How far the walk has come; -1: at what was typed."""
        self._typed = ""
        self._given = ""

    def fetch(self) -> None:
        """Asks the store for those of earlier runs, once."""
        if not self._fetched:
            self._fetched = True
            self._store().ask(lambda store: store.searches(_MOST, of_library=True), self._have)

    def _have(self, kept: tuple[str, ...]) -> None:
        self.known = list(dict.fromkeys([*self.known, *kept]))[:_MOST]

    def keep(self, typed: str) -> None:
        """Puts a query at the head; one of blanks alone is none."""
        typed = typed.strip()
        self._back = -1
        if typed and typed != next(iter(self.known), None):
            self.known = list(dict.fromkeys([typed, *self.known]))[:_MOST]
            self._store().ask(lambda store: store.add_search(typed, of_library=True))

    def walk(self, step: int, typed: str) -> str:
        """The query so many steps before what stands on the line (1), or after it (-1): behind the latest one, what was
        typed."""
        if self._back < 0 or typed != self._given:
            self._back, self._typed = -1, typed
        others = [query for query in self.known if query != self._typed.strip()]
        self._back = max(-1, min(len(others) - 1, self._back + step))
        self._given = others[self._back] if self._back >= 0 else self._typed
        return self._given
