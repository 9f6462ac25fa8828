"""What the sidebar can list, as entries: plain functions of the session."""

from __future__ import annotations

from reader import sanitize
from reader.document import Document, Image, Section
from reader.session import Session, address_of
from reader.ui.listing import Entry


def sections(document: Document) -> list[Entry]:
    """The sections as a tree: an entry each, in order, deeper where its level is."""
    levels: list[int] = []
    entries = []
    for index, section in enumerate(document.sections):
        while levels and levels[-1] >= section.level:
            levels.pop()
        role = "list-inferred" if section.inferred or section.opening else ""
        entries.append(Entry(_title(section), section, len(levels), role=role, key=index))
        if not section.opening:
            levels.append(section.level)
    return entries


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
        entries.append(Entry(lead + (text or sanitize.href(address_of(target))), target, 1, key=index))
    return entries


def _title(section: Section) -> str:
    return f"≈ {section.title}" if section.inferred else section.title
