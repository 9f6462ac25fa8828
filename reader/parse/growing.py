"""Markdown that is still being written becomes a Document as it comes.

Owns what of an unfinished source is certain: the fragments up to the last safe place (see `cut`), written once by the
same builder as a whole source. The unfinished tail alone is looked at again when more comes. Refuses to take back what
has been handed out, so some readings differ from those of the whole source at once: a reference or a footnote that is
defined after a text that names it leaves that text as it stood; what only the end of an article tells (a footer, a
title at its very end, a fence around all of it) is told by the end of what has come, where the source pauses; a list
that goes on after a pause is a list of its own; a `:::` box is one only if it has been closed. A fence is shown when it
has come to its end, a list or a table then or at a pause.

Invariant: each Document extends the one before; a source that has come before the first Document gives the Document of
`pieces`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reader.document import Document, Metadata
from reader.parse.blocks import Builder
from reader.parse.cut import Fragment, fragments
from reader.parse.dialect import Dialect
from reader.parse.fragment import first_headings, groups_of, last_box
from reader.parse.grammar import Grammar
from reader.parse.survey import Survey
from reader.sanitize import pattern

_HELD_CHARACTERS: Final = 1 << 16
"""So much text is held back for the end of a comment or a `<pre>`; beyond that it is none that is ever closed."""
_RAW: Final = (("<!--", "-->"), ("<pre", "</pre"), ("<script", "</script"), ("<style", "</style"))
_FENCE: Final = pattern(r"^ {0,3}(`{3,}|~{3,})([^\n]*)", re.MULTILINE)
_NO_LINE: Final = -1


class _Known(Survey):
    """What the source so far says that a part of it must know. A number is given once and stays."""

    def __init__(self) -> None:
        super().__init__("\n")
        self._given: dict[str, int] = {}

    def look(self, body: str) -> None:
        """Takes a body that goes on with the one before."""
        super().__init__(body)

    def number(self, label: str) -> int:
        if not self.has_note(label):
            return 0
        return self._given.setdefault(label, len(self._given) + 1)

    def inline_number(self, index: int) -> int:
        return self._given.setdefault(f"^{index}", len(self._given) + 1)


class Growing:
    """An article that comes in parts: `take` them, flush at a pause, `end` at the end."""

    def __init__(self, metadata: Metadata, first_line: int, dialect: Dialect) -> None:
        self._metadata = metadata
        self._dialect = dialect
        self._first_line = first_line - 1  # the body begins with a line break of ours
        self._survey = _Known()
        self._builder: Builder | None = None
        self._body = "\n"
        self._at = 0
        """Up to where the body is written; a safe place."""
        self._line = 0
        """Of the body, at which that is."""
        self._complete = False
        self._boxes = _NO_LINE
        self._grammar = Grammar(dialect, self._survey, lambda: self._boxes)

    @property
    def begun(self) -> bool:
        """Whether there is something to show."""
        return self._builder is not None and self._builder.begun

    @property
    def body(self) -> str:
        """All that has come."""
        return self._body[1:]

    def take(self, text: str) -> Iterator[int]:
        """Writes what is certain with this text, a fragment at a step; yields what each has cost."""
        self._body += text.replace("\0", "\ufffd")
        yield from self._write(self._certain())

    def flush(self) -> Iterator[int]:
        """Writes what is likely to be whole, since nothing comes: blocks with a blank line behind them, and before
        anything is written, whole lines."""
        rest = self._body[self._at :]
        end = rest.rfind("\n\n") + 2 if self._builder is not None else rest.rfind("\n") + 1
        rest = rest[:end] if end > 1 else ""
        if rest.strip() and not _is_open(rest):
            yield from self._write(self._found(rest))
        if self._builder is not None:
            self._builder.feed([], final=True)

    def end(self) -> Document:
        """The whole Document."""
        self._complete = True
        for _ in self._write(self._found(self._body[self._at :])):
            pass
        builder = self._started()
        builder.feed([], final=True)
        return builder.document(1.0, complete=True)

    def document(self) -> Document:
        """The Document as far as it is written. How much will follow nobody knows, so its progress is 1."""
        if self._builder is None:
            return Document(complete=False)
        return self._builder.document(1.0, complete=False)

    def _certain(self) -> list[Fragment]:
        """The fragments of the tail that will be the same whatever follows: whole regions, but for the last."""
        tail = self._body[self._at :]
        end = len(tail)
        low = tail.lower()
        for opener, closer in _RAW:
            opened = low.rfind(opener)
            if opened > low.rfind(closer) and len(tail) - opened < _HELD_CHARACTERS:
                end = min(end, opened)
        found = self._found(tail)
        count = len(found) - 1
        while count > 0 and (found[count].joined or found[count - 1].end > end):
            count -= 1
        return found[: max(0, count)]

    def _found(self, tail: str) -> list[Fragment]:
        """The fragments of a text that follows what is written; `tail` begins with a line break."""
        return list(fragments(tail)) if tail.strip() else []

    def _write(self, found: list[Fragment]) -> Iterator[int]:
        if not found:
            return
        builder = self._started()
        known = self._body if self._complete else self._body[: self._body.rfind("\n") + 1]  # whole lines
        self._survey.look(known)
        self._boxes = last_box(known)
        tail, line = self._body[self._at :], self._line
        for fragment in found:
            self._grammar.renew()
            placed = fragment._replace(line=line + fragment.line)
            builder.feed(groups_of(tail, placed, self._grammar, self._dialect, self._first_line))
            yield fragment.cost
        end = found[-1].end
        # The line break at its end stays: each line has one before it.
        self._line += tail.count("\n", 0, end - 1)
        self._at += end - 1

    def _started(self) -> Builder:
        if self._builder is None:
            body = self._body
            self._builder = Builder(
                self._metadata,
                self._dialect,
                self._grammar,
                self._survey,
                start=body[:2000],
                headings=first_headings(body),
            )
        return self._builder


def _is_open(source: str) -> bool:
    """Whether a source ends within a fence, a comment or the like."""
    low = source.lower()
    if any(low.rfind(opener) > low.rfind(closer) for opener, closer in _RAW):
        return True
    mark = ""
    for found in _FENCE.finditer(source):
        if not mark:
            mark = found[1] if found[1][0] == "~" or "`" not in found[2] else ""
        elif found[1].startswith(mark) and not found[2].strip():
            mark = ""
    return bool(mark)
