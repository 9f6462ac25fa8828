"""The key claims, a few lines each, and as the objects of the JSON shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from reader.claims import Claim, overlapping
from reader.document import Document
from reader.locale import N_, _

_OTHER_KINDS = (N_("author"), N_("quote"))
"""Names of kinds that are no message of the screen's too, which has longer words for them."""


def lines(document: Document, claims: Sequence[Claim]) -> Iterator[str]:
    """Under the title of each section its claims: the kinds, the sentence, and why it was chosen."""
    last: int | None = None
    for claim in claims:
        section = document.section_index(claim.range.start)
        if section is not None and section != last:
            yield ("" if last is None else "\n") + document.sections[section].title
            last = section
        yield f"  [{', '.join(map(_, claim.kinds))}] {_sentence(document, claim)}"
        yield f"      {_('why: {reasons}').format(reasons=claim.why)}"


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
    over = overlapping(claims)
    return lambda start, end: [(claim.range.start, claim.range.end, "claim") for claim in over(start, end)]


def _sentence(document: Document, claim: Claim) -> str:
    return " ".join(document.slice(claim.range).split())
