"""What the sidebar can list, as entries: plain functions of the session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reader import sanitize
from reader.document import Document, Image, Range, Section
from reader.session import Session, address_of
from reader.ui.listing import Entry

if TYPE_CHECKING:
    from reader.claims import Claim
    from reader.claims.kinds import Kind
    from reader.search import Matches


class Outline:
    """The sections as a tree: an entry each, in order, deeper where its level is. Grows with the document."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._levels: list[int] = []
        """Of the sections the last one stands in, and its own."""

    def extend(self, document: Document) -> list[Entry]:
        """The entries of all sections; only those that are new are made."""
        known = len(self.entries)
        if known:
            self.entries[-1] = replace(self.entries[-1], range=document.sections[known - 1])
        for index, section in enumerate(document.sections[known:], known):
            while self._levels and self._levels[-1] >= section.level:
                self._levels.pop()
            role = "list-inferred" if section.inferred or section.opening else ""
            self.entries.append(Entry(_title(section), section, len(self._levels), role=role, key=index))
            if not section.opening:
                self._levels.append(section.level)
        return self.entries


def targets(session: Session) -> list[Entry]:
    """Links and images under the titles of their sections."""
    entries: list[Entry] = []
    document = session.document
    last: int | None = None
    for index, target in enumerate(session.targets):
        section = document.section_index(target.start)
        if section is not None and section != last:
            last = section
            entries.append(Entry(_title(document.sections[section]), role="list-head"))
        text = " ".join(document.slice(target).split())
        lead = f"🖼 {target.number} · " if isinstance(target, Image) else "↗ "
        address = sanitize.href(address_of(target))
        entries.append(Entry(lead + (text or address), target, 1, key=index, also=address))
    return entries


class Results(Sequence[Entry]):
    """Matches with a line around each, made when they are drawn."""

    def __init__(self, document: Document, matches: Matches) -> None:
        self._document = document
        self._matches = matches

    def __len__(self) -> int:
        return len(self._matches)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        match = self._matches[index]
        from reader.search import excerpt

        found = excerpt(self._document, match, before=8)
        return Entry(found.line, match, 1, key=index, mark=found.match)


def results(document: Document, matches: Matches) -> tuple[Sequence[Entry], bool]:
    """The matches under the titles of their sections; very many of them without titles, and then true."""
    lines = Results(document, matches)
    if len(matches) > _GROUPED:
        return lines, True
    entries: list[Entry] = []
    last: int | None = None
    for line in lines:
        assert line.range is not None
        section = document.section_index(line.range.start)
        if section is not None and section != last:
            last = section
            where = document.sections[section]
            entries.append(Entry(_title(where), role="list-head", detail=str(matches.tally(where))))
        entries.append(line)
    return entries, False


_GROUPED = 2000
"""Matches that are listed by section."""


class Kept(NamedTuple):
    """A bookmark or a note, as it is listed."""

    offset: int
    sign: str
    words: str
    """The person's own; empty: the text's are shown."""


def places(document: Document, kept: Sequence[Kept]) -> list[Entry]:
    """Bookmarks and notes under the titles of their sections, with a line of the text or the note's own words."""
    entries: list[Entry] = []
    last: int | None = None
    for index, (offset, sign, words) in enumerate(kept):
        section = document.section_index(offset)
        if section is not None and section != last:
            last = section
            entries.append(Entry(_title(document.sections[section]), role="list-head"))
        line = words or " ".join(document.text[offset : offset + 200].split())
        entries.append(Entry(f"{sign} {line}", Range(offset, offset + 1), 1, key=index))
    return entries


def claims(document: Document, found: Sequence[Claim], listed: Sequence[int], signs: Mapping[Kind, str]) -> list[Entry]:
    """Claims under the titles of their sections, a sign for each kind before them."""
    entries: list[Entry] = []
    last: int | None = None
    for index in listed:
        claim = found[index]
        section = document.section_index(claim.range.start)
        if section is not None and section != last:
            last = section
            entries.append(Entry(_title(document.sections[section]), role="list-head"))
        lead = "".join(signs[kind] for kind in claim.kinds)
        text = " ".join(document.slice(claim.range).split())
        entries.append(Entry(f"{lead} {text}", claim.range, 1, key=index))
    return entries


def _title(section: Section) -> str:
    return f"≈ {section.title}" if section.inferred else section.title
