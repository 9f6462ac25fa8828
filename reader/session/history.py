"""The exact places a jump was made from, as in a browser; the list goes along from article to article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from reader.store import Place

_MAX_STOPS = 200


class Stop(NamedTuple):
    """A place a jump was made from, in whichever article."""

    target: str
    """What opens the article again: a path or an address; empty for standard input."""
    place: Place
    above: int = 0
    """Rows of the page over it."""

    def same(self, other: Stop) -> bool:
        """Whether the two are one place."""
        return (self.target, self.place.offset) == (other.target, other.place.offset)


@dataclass(slots=True)
class History:
    """The stops behind and ahead, the nearest last."""

    back: list[Stop] = field(default_factory=list)
    forward: list[Stop] = field(default_factory=list)

    def leave(self, stop: Stop) -> None:
        """Notes a place about to be left by a jump."""
        if not self.back or not self.back[-1].same(stop):
            self.back.append(stop)
            del self.back[:-_MAX_STOPS]
        self.forward.clear()

    def step(self, here: Stop, *, backward: bool) -> Stop | None:
        """The stop before (or after) `here`; None where there is none."""
        taken, given = (self.back, self.forward) if backward else (self.forward, self.back)
        while taken:
            there = taken.pop()
            if not there.same(here):
                given.append(here)
                return there
        return None
