"""The key claims of an article: the assertions a reader should not miss, found offline with the standard library.

Owns the way from a Document to `Claim(range, kinds, score, why)`. Refuses screens, threads, and any model that is not
in the package. Its rooms: `sentences` (where they begin and end), `cues` (the word lists), `features` (what is
measured), `model` (the score), `kinds`, `why`, `author` (what the author marked), `choice` (which become claims), and
`train`, which makes the weights again.

Invariant: the same Document gives the same claims, and importing this package reads no weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.claims.choice import DENSITIES, Claim, Finder, Piece, choose, find, overlapping

if TYPE_CHECKING:
    from reader.claims.kinds import Kind as Kind

__all__ = ["DENSITIES", "Claim", "Finder", "Kind", "Piece", "choose", "find", "overlapping", "score"]


def score(sentences: Sequence[str], *, title: str = "", paragraphs: Sequence[int] | None = None) -> list[float]:
    """How likely each sentence of one article is a key claim: one number a sentence, 0 to 1, higher is likelier.

    `sentences` are in reading order; `paragraphs` has one paragraph number a sentence. Raises ValueError if the two
    differ in length.
    """
    from reader.claims.features import measure
    from reader.claims.model import assess

    if paragraphs is not None and len(paragraphs) != len(sentences):
        raise ValueError(f"{len(sentences)} sentences, but {len(paragraphs)} paragraph numbers")
    return assess([measure(text[:1500]) for text in sentences], title=title, paragraphs=paragraphs).scores
