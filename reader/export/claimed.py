"""The article as one HTML page with its key claims lit, and their kinds and reasons beside them; with the person's own
highlights and notes, where there are any.

Owns what is said of a claim on the page. The page is that of `reader.export.html`, highlights and notes are those of
`reader.export.notes`. Everything is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from reader.claims import Claim
from reader.document import Document
from reader.export.html import Text, page
from reader.export.notes.html import STYLE as NOTES_STYLE
from reader.export.notes.html import Marked
from reader.export.notes.value import ArticleNotes
from reader.locale import _, pgettext

_STYLE: Final = (
    "mark.claim{background:#a6541a22;box-shadow:inset 0 -1px #a6541a88}aside.claim{border-color:#a6541a88;"
    "color:var(--dim)}aside:not(.mine){white-space:normal}"
    "@media print{mark.claim{background:none;border-bottom:1px solid #888;box-shadow:none}}"
)


def claimed_page(
    document: Document,
    name: str,
    claims: Sequence[Claim],
    *,
    notes: ArticleNotes | None = None,
    images: bool = False,
    path: str | None = None,
) -> Iterator[str]:
    """The lines of the page; `claims` are in reading order, all else is as of `page`."""
    mine = None if notes is None or not notes.notes else Marked(notes, document)
    lit = _Lit(document, claims, None if mine is None else mine.text)

    def beside(block: int) -> Iterator[str]:
        yield from lit.beside(block)
        if mine is not None:
            yield from mine.beside(block)

    style = NOTES_STYLE + _STYLE
    lines = page(document, name, images=images, path=path, style=style, text=lit.text, beside=beside)
    for line in lines:
        if line == "</body></html>" and mine is not None:
            yield from mine.lost()
        yield line


class _Lit:
    """Claims as marks around the text, which `inner` sets, and as what stands beside the blocks."""

    def __init__(self, document: Document, claims: Sequence[Claim], inner: Text | None) -> None:
        self._document = document
        self._inner = inner or self._escaped
        self._claims: list[Claim] = []
        """Those that begin after the end of the one before: an author's own may nest."""
        self._at_block: dict[int, list[int]] = {}
        for claim in claims:
            if not self._claims or claim.range.start >= self._claims[-1].range.end:
                at = document.block_index(claim.range.start)
                self._at_block.setdefault(at, []).append(len(self._claims))
                self._claims.append(claim)
        self._next = 0

    def _escaped(self, start: int, end: int) -> str:
        return escape(self._document.text[start:end])

    def text(self, start: int, end: int) -> str:
        """A part of the text; parts are asked for in reading order."""
        claims, at = self._claims, self._next
        while at < len(claims) and claims[at].range.end <= start:
            at += 1
        while at and claims[at - 1].range.end > start:  # a part that is asked for again
            at -= 1
        self._next = at
        parts: list[str] = []
        while at < len(claims) and (where := claims[at].range).start < end:
            first, last = max(start, where.start), min(end, where.end)
            if start < first:
                parts.append(self._inner(start, first))
            name = f' id="claim-{at + 1}"' if first == where.start else ""
            parts.append(f'<mark class="claim"{name}>{self._inner(first, last)}</mark>')
            start, at = last, at + 1
        if start < end:
            parts.append(self._inner(start, end))
        return "".join(parts)

    def beside(self, block: int) -> Iterator[str]:
        """The claims that begin in a block: kinds, and why."""
        for number in self._at_block.get(block, ()):
            claim = self._claims[number]
            said = " · ".join(_(kind) for kind in claim.kinds if kind != "statement")  # which says nothing
            kinds, why = escape(said or pgettext("hint", "claim")), escape(claim.why)
            yield f'<aside class="claim"><a href="#claim-{number + 1}">{kinds}</a> {why}</aside>'
