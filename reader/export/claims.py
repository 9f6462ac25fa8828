"""The key claims, a few lines each, and as the objects of the JSON shape."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from reader.claims import Claim
from reader.document import Document


def lines(document: Document, claims: Sequence[Claim]) -> Iterator[str]:
    """Under the title of each section its claims: the kinds, the sentence, and why it was chosen."""
    last: int | None = None
    for claim in claims:
        section = document.section_index(claim.range.start)
        if section is not None and section != last:
            yield ("" if last is None else "\n") + document.sections[section].title
            last = section
        yield f"  [{', '.join(claim.kinds)}] {_sentence(document, claim)}"
        yield f"      why: {claim.why}"


def shaped(document: Document, claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """An object a claim, offsets in code points of the article's text."""
    return [
        {
            "text": document.slice(claim.range),
            "kind": claim.kind,
            "kinds": list(claim.kinds),
            "score": claim.score,
            "why": claim.why,
            "start": claim.range.start,
            "end": claim.range.end,
        }
        for claim in claims
    ]


def marker(claims: Sequence[Claim]) -> Callable[[int, int], list[tuple[int, int, str]]]:
    """Tells which claims, in reading order, share a character with [start, end), for a page to light."""
    starts = [claim.range.start for claim in claims]
    reached = list(accumulate((claim.range.end for claim in claims), max))

    def marks(start: int, end: int) -> list[tuple[int, int, str]]:
        near = claims[bisect_right(reached, start) : bisect_left(starts, end)]
        return [(claim.range.start, claim.range.end, "claim") for claim in near if start < claim.range.end]

    return marks


def _sentence(document: Document, claim: Claim) -> str:
    return " ".join(document.slice(claim.range).split())
