"""The key claims of an article: the assertions a reader should not miss, found offline with the standard library.

Owns the way from a Document to `Claim(range, kinds, score, why)`. Refuses screens, threads and processes. Its rooms:
`sentences` (where they begin and end), `cues` (the word lists), `features` (what a sentence tells by itself, with
`quantities`), `relations` (what the article tells of it), `context` (what its place tells), `model` (the score),
`fitness` (what can be no claim), `shortlist` (a quick look at very long articles), `selection` (the set), `kinds` (with
`signs` and `ahead`), `why`, `author` (what the author marked), `choice` (which become claims), `asked` (what a model of
the reader's own chose) and `patterns` (files of regular expressions). The weights are made by
`tests/tools/train_claims.py`.

Invariant: the same Document gives the same claims, and importing this package reads no weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.claims.choice import DENSITIES, Claim, Finder, Piece, choose, explain, explain_all, find, overlapping

if TYPE_CHECKING:
    from reader.claims.asked import Answer as Answer
    from reader.claims.asked import AnswerError as AnswerError
    from reader.claims.asked import answered as answered
    from reader.claims.asked import key as answer_key
    from reader.claims.asked import question as question
    from reader.claims.kinds import Kind as Kind
    from reader.claims.sentences import split as split
else:
    _LATE = {name: ("asked", name) for name in ("Answer", "AnswerError", "answered", "question")}
    _LATE |= {"answer_key": ("asked", "key"), "split": ("sentences", "split")}

    def __getattr__(name):
        """The names that only a model of the reader's own and selecting by sentences need, at their first use."""
        if name in _LATE:
            from importlib import import_module

            room, known = _LATE[name]
            return getattr(import_module(f"reader.claims.{room}"), known)
        raise AttributeError(name)


_UNFIT = 0.3
"""What is left of the score of a sentence that can be no claim."""
_UNLIKELY = 0.4
"""A sentence with a lower score is none in any case, and is not looked at for that."""

__all__ = [
    "DENSITIES",
    "Answer",
    "AnswerError",
    "Claim",
    "Finder",
    "Kind",
    "Piece",
    "answer_key",
    "answered",
    "choose",
    "explain",
    "explain_all",
    "find",
    "overlapping",
    "question",
    "score",
    "split",
]


def score(
    sentences: Sequence[str],
    *,
    title: str = "",
    paragraphs: Sequence[int] | None = None,
    sections: Sequence[str] | None = None,
) -> list[float]:
    """How likely each sentence of one article is a key claim: one number a sentence, 0 to 1, higher is likelier.

    `sentences` are in reading order; `paragraphs` has one paragraph number a sentence. `sections` are the titles of the
    article's sections in reading order, as many as it has, each once; None: they are not known. Where `title` is empty
    the first of them that says something stands in for it. Raises ValueError if sentences and paragraphs differ in
    length.
    """
    from reader.claims.features import measure
    from reader.claims.fitness import fit
    from reader.claims.model import assess

    if paragraphs is not None and len(paragraphs) != len(sentences):
        raise ValueError(f"{len(sentences)} sentences, but {len(paragraphs)} paragraph numbers")
    measured = [measure(text[:1500]) for text in sentences]
    scores = assess(measured, title=title, headings=sections or (), paragraphs=paragraphs).scores
    return [
        value if value < _UNLIKELY or fit(one) else value * _UNFIT for value, one in zip(scores, measured, strict=True)
    ]
