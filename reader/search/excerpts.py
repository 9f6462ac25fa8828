"""One match as a line of a list, and the word at a place."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from reader.document import Document, Range, record


@record
class Excerpt:
    """One match as a line of a list of results."""

    section: str
    """Title of the section the match is in; empty in an article without sections."""
    line: str
    """The line the match starts in, or what of it is near the match, with `…` where it was cut; white space is single
    blanks, one for each character of the text."""
    match: Range
    """Where the match stands in `line`; of a match of more than `after` characters, the beginning."""


def excerpt(document: Document, match: Range, *, before: int = 40, after: int = 80) -> Excerpt:
    """`match` with at most `before` characters of its line in front of it and `after` behind it."""
    text = document.text
    shown = min(match.end, match.start + after)
    start = max(0, match.start - before)
    line_start = text.rfind("\n", start, match.start) + 1
    cut_before = not line_start and start > 0 and text[start - 1] != "\n"
    start = line_start or start
    while start < match.start and (text[start].isspace() or _continues(text[start])):
        start += 1
    end = min(len(text), shown + after)
    line_end = text.find("\n", shown, end)
    cut_after = line_end < 0 and end < len(text) and text[end] != "\n"
    end = end if line_end < 0 else line_end
    while shown < end < len(text) and _continues(text[end]):
        end -= 1
    line = re.sub(r"\s", " ", text[start:end])
    head, tail = "…" if cut_before else "", "…" if cut_after else ""
    place = Range(match.start - start + len(head), shown - start + len(head))
    index = document.section_index(match.start)
    return Excerpt(document.sections[index].title if index is not None else "", head + line + tail, place)


def _continues(char: str) -> bool:
    """Whether a cut before this character would part it from what it belongs to."""
    return unicodedata.combining(char) > 0 or char in "\u200d\ufe0e\ufe0f"


def word_at(text: str, offset: int) -> Range:
    """The word that `offset` is in or at the end of; empty where there is none.

    In an alphabet, Kana or Hangul it is a run of one script. Chinese marks no words: two characters, the commonest
    length of one, of which the first is at `offset` where the run of Han goes on that far.
    """
    for at in (offset, offset - 1):
        script = (
            next((script for script in _scripts() if script.match(text, at)), None) if 0 <= at < len(text) else None
        )
        if script is None:
            continue
        start, end = at, at + 1
        while start > 0 and script.match(text[start - 1]):
            start -= 1
        while end < len(text) and script.match(text[end]):
            end += 1
        if script is _scripts()[0]:
            start = max(start, min(at, end - 2))
            end = min(end, start + 2)
        return Range(start, end)
    return Range(offset, offset)


@lru_cache(maxsize=1)
def _scripts() -> tuple[re.Pattern[str], ...]:
    """A character of Han, Katakana, Hiragana, Hangul, and any other letter or digit with its accents."""
    from reader.search.folding import HANGUL, WORDLY

    return tuple(
        map(
            re.compile,
            (
                "[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]",
                "[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f]",
                "[\u3041-\u309f]",
                HANGUL,
                f"{WORDLY}|[\u0300-\u036f]",
            ),
        )
    )
