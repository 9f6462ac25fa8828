"""The lines under the title: the byline, the card of all other front matter, and the reading time.

Owns their words. Refuses to guess: what the front matter lacks is left out, and credits that the body has directly
under the title are not repeated. Nothing here is part of `Document.text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from reader.document import Document, Paragraph, Title, Value
from reader.language import script
from reader.layout.rows import Line
from reader.layout.wrap import cells
from reader.sanitize import pattern

_CJK_RUN = pattern("[\u3040-\u9fff]+|[\uac00-\ud7a3]+")
CHARACTERS_PER_MINUTE = 400
"""Ideographs, kana and syllables; rounded from reports on skilled readers of Chinese (Brysbaert 2019)."""
WORDS_PER_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019, doi 10.1016/j.jml.2019.104047)."""
_SCRIPT_SAMPLE_CHARS = 4000


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
                self._words += sum(word.isascii() for word in new.split())
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


def byline(document: Document, minutes: int, width: int) -> tuple[Line, ...]:
    """Author, credits, date and reading time, on as few lines of at most `width` cells as hold each whole."""
    metadata = document.metadata
    parts: list[str] = [metadata.author] if metadata.author else []
    if not _credits_on_top(document):
        parts += [f"{credit.label} {credit.names}".strip() for credit in metadata.credits]
    if metadata.date is not None:
        clock = isinstance(metadata.date, datetime) and (metadata.date.hour or metadata.date.minute)
        parts.append(metadata.date.strftime("%Y-%m-%d %H:%M" if clock else "%Y-%m-%d"))
    if document.text and not is_listing(document):
        parts.append(_time(minutes, script(document.text[:_SCRIPT_SAMPLE_CHARS])))
    return tuple(Line(part, "byline") for part in _packed(parts, " · ", width))


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
    parts = [f"{len(entries)} more field{'s' * (len(entries) > 1)}"] if entries else []
    parts += [f"{len(warnings)} note{'s' * (len(warnings) > 1)} on this file"] if warnings else []
    lines = [Line(f"{'▾' if unfolded else '▸'} {' · '.join(parts)}", "card-head")]
    if unfolded:
        label = min(_MAX_KEY_CELLS, max((cells(key) for key, _ in entries), default=0))
        lines += [Line(f"  {key}{' ' * max(0, label - cells(key))}  {value}", "card") for key, value in entries]
        lines += [Line(f"  ⚠ {warning}", "card-warning") for warning in warnings]
    return tuple(lines)


_IN_BYLINE = ("title", "date", "author")
_MAX_KEY_CELLS = 20
"""Width up to which the values of the card stand in one column."""


def _credits_on_top(document: Document) -> bool:
    first = next((block for block in document.blocks[:2] if not isinstance(block, Title)), None)
    return isinstance(first, Paragraph) and first.role == "credit"


def _time(minutes: int, language: str) -> str:
    match language:
        case "zh":
            return f"约 {minutes} 分钟"
        case "zh-Hant":
            return f"約 {minutes} 分鐘"
        case "ja":
            return f"約 {minutes} 分"
        case "ko":
            return f"약 {minutes}분"
        case _:
            return f"{minutes} min read"


def _packed(parts: Sequence[str], between: str, width: int) -> Iterator[str]:
    """The parts on lines of at most `width` cells, joined by `between`; one that is wider has a line of its own."""
    line = ""
    for part in parts:
        if line and cells(line + between + part) > width:
            yield line
            line = part
        else:
            line = line + between + part if line else part
    if line:
        yield line


def _shown(value: Value) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(inner)}" for key, inner in value.items())
    return ", ".join(_shown(inner) for inner in value)
