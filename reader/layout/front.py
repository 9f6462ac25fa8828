"""The lines under the title: the byline and what goes on with it (the reading time), and the card of the other entries.

Owns how the byline, which is a block of the text, is set, and the words of what is no part of the text. Refuses to
guess: what the front matter lacks is left out, and credits that the body has directly under the title are not repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reader.document import TAG_KEYS, Document, Paragraph, Range, Value, is_byline, is_head
from reader.language import OPENING_CHARACTERS, script
from reader.layout.rows import Line, Piece, Row
from reader.layout.wrap import cells, wrapped
from reader.locale import _, in_use, ngettext
from reader.sanitize import pattern

_CJK_RUN = pattern("[\u3040-\u9fff\uac00-\ud7a3]+")
CHARACTERS_PER_MINUTE = 400
"""Ideographs, kana and syllables; rounded from reports on skilled readers of Chinese (Brysbaert 2019)."""
WORDS_PER_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019, doi 10.1016/j.jml.2019.104047)."""


class ReadingTime:
    """The reading time of a growing text, each part of which is counted once."""

    def __init__(self) -> None:
        self._counted = 0
        self._characters = 0
        self._words = 0

    def count(self, text: str) -> None:
        """Counts what has come since the last call: each ideograph, kana and syllable, other words by blanks."""
        new = text[self._counted :]
        self._counted = len(text)
        if not new.isascii():
            wide = sum(map(len, _CJK_RUN.findall(new)))
            self._characters += wide
            if wide * 2 < len(new):
                self._words += sum(map(str.isascii, new.split()))
        else:
            self._words += len(new.split())

    @property
    def counted_minutes(self) -> float:
        """Of all that has been counted."""
        return self._characters / CHARACTERS_PER_MINUTE + self._words / WORDS_PER_MINUTE

    def minutes(self, document: Document) -> int:
        """At least 1; while the article still loads, extrapolated from the part that is loaded."""
        return max(1, round(self.exact(document)))

    def exact(self, document: Document) -> float:
        """The same in parts of a minute, which may be none."""
        return self.counted_minutes / max(document.progress, 0.001)


def is_listing(document: Document) -> bool:
    """Whether it is shown line by line (a log, a listing): it is not read as an article is, and has no reading time."""
    return any(isinstance(block, Paragraph) and block.role == "lines" for block in document.blocks[:1])


def front(document: Document, minutes: int) -> tuple[Line, ...]:
    """What goes on with the byline: credits that stand further down, and the reading time; a part a line."""
    parts: list[str] = []
    if not _credits_on_top(document):
        said = document.slice(document.blocks[at]) if (at := byline_index(document)) is not None else ""
        credits = (f"{credit.label} {credit.names}".strip() for credit in document.metadata.credits)
        parts += [credit for credit in credits if credit not in said.split("\n")]
    if document.text and not is_listing(document):
        parts.append(_time(minutes, script(document.text[:OPENING_CHARACTERS])))
    return tuple(Line(part, "byline") for part in parts)


def byline_index(document: Document) -> int | None:
    """Index of the block that is the byline: the first one, or the second, under the title."""
    return next((index for index, block in enumerate(document.blocks[:2]) if is_byline(block)), None)


def byline_rows(parts: Sequence[Piece], width: int) -> Iterator[Row]:
    """The parts on as few rows of at most `width` cells as hold each whole; one that is wider has rows of its own."""
    row: list[Piece] = []
    room = width
    for part in parts:
        size = cells(part.text)
        if row and size + _BETWEEN_CELLS > room:
            yield Row(tuple(row))
            row, room = [], width
        if row:
            row.append(_BETWEEN)
            room -= _BETWEEN_CELLS
        if size <= width:
            row.append(part)
            room -= size
            continue
        start = part.range.start if part.range is not None else None
        for first, last in wrapped(part.text, width):
            where = None if start is None else Range(start + first, start + last)
            yield Row((Piece(part.text[first:last], part.role, where),))
    if row:
        yield Row(tuple(row))


def card(document: Document, unfolded: bool, notes: Sequence[str] = ()) -> tuple[Line, ...]:
    """A line with the number of other fields and warnings, and where `unfolded` all of them below it.

    `notes` are shown as warnings of the document are.
    """
    entries = [
        (key, _shown(value)) for key, value in document.metadata.entries.items() if key.lower() not in _IN_BYLINE
    ]
    warnings = (*document.warnings, *notes)
    if not entries and not warnings:
        return ()
    fields, notes_on = len(entries), len(warnings)
    parts = [ngettext("{count} more field", "{count} more fields", fields).format(count=fields)] if entries else []
    if warnings:
        said = ngettext("{count} note on this file", "{count} notes on this file", notes_on)
        parts.append(said.format(count=notes_on))
    lines = [Line(f"{'▾' if unfolded else '▸'} {' · '.join(parts)}", "card-head")]
    if unfolded:
        label = min(_MAX_KEY_CELLS, max((cells(key) for key, _ in entries), default=0))
        lines += [Line(f"  {key}{' ' * max(0, label - cells(key))}  {value}", "card") for key, value in entries]
        lines += [Line(f"  ⚠ {_(warning)}", "card-warning") for warning in warnings]
    return tuple(lines)


_IN_BYLINE = ("title", "date", "author", *TAG_KEYS)
_BETWEEN = Piece(" · ", "byline")
_BETWEEN_CELLS = 3
_MAX_KEY_CELLS = 20
"""Width up to which the values of the card stand in one column."""


def _credits_on_top(document: Document) -> bool:
    first = next((block for block in document.blocks[:3] if not is_head(block)), None)
    return isinstance(first, Paragraph) and first.role == "credit"


def _time(minutes: int, language: str) -> str:
    """In the person's language; in the article's, where that is English."""
    match language if in_use() == "en" else in_use():
        case "zh" | "zh_Hans":
            return f"约 {minutes} 分钟"
        case "zh-Hant" | "zh_Hant":
            return f"約 {minutes} 分鐘"
        case "ja":
            return f"約 {minutes} 分"
        case "ko":
            return f"약 {minutes}분"
        case _:
            return f"{minutes} min read"


def _shown(value: Value) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(inner)}" for key, inner in value.items())
    return ", ".join(_shown(inner) for inner in value)
