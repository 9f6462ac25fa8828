"""Every article there is to try things on: our own samples, and the real ones beside the project where they are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reader.document import Document

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
SHARED = ROOT.parent / "shared"
OWN = tuple(sorted(p for p in (ROOT / "sample_articles").iterdir() if p.is_file()))
REAL = tuple(sorted(p for folder in ("articles", "seeds") for p in (SHARED / folder).rglob("*") if p.is_file()))
EVERY = OWN + REAL
NAMES = [path.name for path in EVERY]


@cache
def document(path: Path) -> Document:
    """The whole article as the program reads it, its warnings included."""
    from reader.loading import load
    from reader.source import read

    grown = Document()
    for grown in load(read(str(path))):  # noqa: B007
        pass
    return grown


def sample(name: str) -> Document:
    """One of our own by a part of its name."""
    return document(next(path for path in OWN if name in path.name))
