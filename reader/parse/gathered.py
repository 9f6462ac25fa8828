"""What a source has of something, looked through once, and only when it is asked for.

Owns the waiting: most sources are never asked. Refuses to know what is gathered. Invariant: a source is looked through
at most once for each thing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable


class Gathered(ABC):
    """Names that a source has."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._names: frozenset[str] | None = None

    @abstractmethod
    def _gather(self, source: str) -> Iterable[str]:
        """All of them."""

    def __contains__(self, name: str) -> bool:
        if self._names is None:
            self._names = frozenset(self._gather(self._source))
        return name in self._names
