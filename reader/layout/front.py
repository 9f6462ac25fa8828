"""The lines under the title: the byline, the card of all other front matter, and the reading time.

Owns their words. Refuses to guess: what the author did not say is left out, and what the body itself says directly
under the title (a line of credits) is not said twice. Nothing here is part of `Document.text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from reader.document import Document, Paragraph, Title, Value
from reader.language import script
from reader.layout.page import Line
from reader.layout.wrap import cells
from reader.sanitize import pattern

_WIDE = pattern("[\u3040-\u9fff]+|[\uac00-\ud7a3]+")
_CHARACTERS_A_MINUTE = 400
"""Ideographs, kana and syllables; rounded from reports on skilled readers of Chinese (Brysbaert 2019)."""
_WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019, doi 10.1016/j.jml.2019.104047)."""


class ReadingTime:
    """Counts a growing text once."""

    def __init__(self) -> None:
        self._counted = 0
        self._characters = 0
        self._words = 0

    def count(self, text: str) -> None:
        """Counts what has come since the last time: ideographs, kana and syllables each, other words by blanks."""
        new = text[self._counted :]
        self._counted = len(text)
        if not new.isascii():
            wide = sum(map(len, _WIDE.findall(new)))
            self._characters += wide
            if wide * 2 < len(new):
                self._words += sum(word.isascii() for word in new.split())
        else:
            self._words += len(new.split())

    def minutes(self, document: Document) -> int:
        """At least 1; while the article still loads it is what the loaded part makes likely."""
        spent = self._characters / _CHARACTERS_A_MINUTE + self._words / _WORDS_A_MINUTE
        return max(1, round(spent / max(document.progress, 0.001)))


def byline(document: Document, minutes: int, width: int) -> tuple[Line, ...]:
    """Author, credits, date and reading time, on as few lines of at most `width` cells as hold each whole."""
    metadata = document.metadata
    parts = [metadata.author] if metadata.author else []
    if not _credits_on_top(document):
        parts += [f"{credit.label} {credit.names}".strip() for credit in metadata.credits]
    if metadata.date is not None:
        clock = isinstance(metadata.date, datetime) and (metadata.date.hour or metadata.date.minute)
        parts.append(metadata.date.strftime("%Y-%m-%d %H:%M" if clock else "%Y-%m-%d"))
    if document.text:
        parts.append(_time(minutes, script(document.text[:4000])))
    return tuple(Line(part, "byline") for part in _join(parts, " · ", width))


def card(document: Document, unfolded: bool, notes: Sequence[str] = ()) -> tuple[Line, ...]:
    """A line that says how much there is, and below it all of that where it is unfolded; `notes` join the warnings."""
    entries = [(key, _shown(value)) for key, value in document.metadata.entries.items() if key.lower() not in _SAID]
    warnings = (*document.warnings, *notes)
    if not entries and not warnings:
        return ()
    parts = [f"{len(entries)} more field{'s' * (len(entries) > 1)}"] if entries else []
    parts += [f"{len(warnings)} note{'s' * (len(warnings) > 1)} on this file"] if warnings else []
    lines = [Line(f"{'▾' if unfolded else '▸'} {' · '.join(parts)}", "card-head")]
    if unfolded:
        label = min(20, max((cells(key) for key, _ in entries), default=0))
        lines += [Line(f"  {key}{' ' * max(0, label - cells(key))}  {value}", "card") for key, value in entries]
        lines += [Line(f"  ⚠ {warning}", "card-warning") for warning in warnings]
    return tuple(lines)


_SAID = ("title", "date", "author")


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


def _join(parts: Sequence[str], between: str, width: int) -> Iterator[str]:
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
