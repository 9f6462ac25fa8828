"""What the store keeps, as values."""

from __future__ import annotations

from dataclasses import dataclass

from reader.store.place import Place


@dataclass(frozen=True, slots=True)
class Article:
    """Which article something is remembered of."""

    path: str | None
    """Absolute path or address; None for standard input."""
    digest: str
    """`Source.digest`."""
    title: str = ""
    """What the recents show."""


@dataclass(frozen=True, slots=True)
class Note:
    """Words of the person's own at a range of the article."""

    id: int
    place: Place
    """Its start."""
    length: int
    """Characters of the range."""
    words: str


@dataclass(frozen=True, slots=True)
class Recent:
    """An article that was opened before."""

    path: str
    title: str
    opened: float
    """Seconds since the epoch."""
    progress: float
    """0 to 1."""
