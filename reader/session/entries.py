"""What the sidebar can list, as entries: plain functions of the state."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, assert_never

from reader import sanitize
from reader.document import Document, Image, Range, Section, record
from reader.locale import _
from reader.session.annotations import colour_name
from reader.session.article import Article
from reader.session.links import address_of
from reader.store import Annotation

if TYPE_CHECKING:
    from reader.claims import Claim, Kind
    from reader.library import Backlink
    from reader.search import Matches

_LINE_CHARACTERS = 200
"""Of a passage, that a list shows."""
SIGN_CELLS = 2
"""Of the sign before a passage and the space behind it."""
_MAX_ADDRESS_CHARACTERS = 1000
"""Of an address, that a filter looks through."""


@record
class Entry:
    """One row of a list."""

    text: str
    range: Range | None = None
    """What it stands for in the text; None: a heading of the list, which cannot be chosen."""
    depth: int = 0
    detail: str = ""
    """Set at the right end."""
    role: str = ""
    key: int = 0
    """Index of the thing it stands for."""
    mark: Range | None = None
    """A part of `text` that is highlighted."""
    also: str = ""
    """What a filter finds it by, beside its text and detail."""
    hang: int = 0
    """Cells by which its rows after the first stand further in."""
    id: str = ""
    """Letter of the bookmark, id of the annotation or path of the article it stands for."""


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


class Grouped(Sequence[Entry]):
    """Things in reading order under the titles of their sections. Entries are made when they are drawn: there may be a
    hundred thousand."""

    def __init__(
        self,
        document: Document,
        count: int,
        start: Callable[[int], int],
        before: Callable[[int], int],
        made: Callable[[int], Entry],
        *,
        tally: bool = False,
    ) -> None:
        """`start` is where the thing with an index starts, `before` how many start before an offset; `tally` sets how
        many a section has beside its title."""
        self._count = count
        self._made = made
        self._document = document
        self._tally = tally
        self._first: list[int] = []
        """Of each group, the index of its first thing."""
        self._sections: list[int] = []
        starts = [section.start for section in document.sections]
        index = 0
        while index < count and starts:
            section = max(0, bisect_right(starts, start(index)) - 1)
            self._first.append(index)
            self._sections.append(section)
            index = before(starts[section + 1]) if section + 1 < len(starts) else count
        self._heads = [first + group for group, first in enumerate(self._first)]
        """Rows of the titles."""

    def __len__(self) -> int:
        return self._count + len(self._heads)

    def __getitem__(self, row):  # type: ignore[no-untyped-def]
        if not -len(self) <= row < len(self):
            raise IndexError(row)
        row %= len(self)
        group = bisect_right(self._heads, row) - 1
        if group < 0 or row != self._heads[group]:
            return self._made(row - group - 1)
        end = self._first[group + 1] if group + 1 < len(self._first) else self._count
        detail = str(end - self._first[group]) if self._tally else ""
        return Entry(_title(self._document.sections[self._sections[group]]), role="list-head", detail=detail)

    def row(self, index: int) -> int:
        """The row of the thing with this index."""
        return index + bisect_right(self._first, index)


def targets(article: Article) -> Grouped:
    """Links and images under the titles of their sections."""
    document, there = article.document, article.targets
    starts = [target.start for target in there]

    def made(index: int) -> Entry:
        target = there[index]
        text = " ".join(document.slice(target).split())
        lead = f"🖼 {target.number} · " if isinstance(target, Image) else "↗ "
        address = sanitize.href(address_of(target)[:_MAX_ADDRESS_CHARACTERS])
        return Entry(lead + (text or address), target, 1, key=index, also=address)

    return Grouped(document, len(there), starts.__getitem__, lambda offset: bisect_left(starts, offset), made)


class Linked(Sequence[Entry]):
    """Links and images, and behind them the articles with a link to this one."""

    def __init__(self, own: Grouped, backlinks: Sequence[Backlink]) -> None:
        self._own = own
        head = Entry(_("Linked from"), role="list-head", detail=str(len(backlinks)))
        top = Range(0, 0)
        self._from = [
            head,
            *(Entry(f"← {_line(sanitize.clean_line(one.title))}", top, 1, key=-1, id=one.path) for one in backlinks),
        ]

    def __len__(self) -> int:
        return len(self._own) + len(self._from)

    def __getitem__(self, row):  # type: ignore[no-untyped-def]
        row = range(len(self))[row]
        return self._own[row] if row < len(self._own) else self._from[row - len(self._own)]


def results(document: Document, matches: Matches) -> Grouped:
    """The matches, each with a line around it, under the titles of their sections."""
    from reader.search import excerpt

    def made(index: int) -> Entry:
        match = matches[index]
        found = excerpt(document, match)
        return Entry(found.line, match, 1, key=index, mark=found.match)

    return Grouped(
        document,
        len(matches),
        lambda index: matches[index].start,
        lambda offset: matches.tally(Range(0, offset)),
        made,
        tally=True,
    )


class Kept(NamedTuple):
    """A bookmark, a highlight or a note, as it is listed."""

    offset: int
    sign: str
    words: str
    """The person's own; empty: the text's are shown."""
    id: str
    """Letter of the bookmark or id of the annotation."""
    end: int = 0
    """Where its passage ends; 0: a bookmark has none."""
    colour: str = ""


_Row: TypeAlias = Literal["whole", "section", "kept", "head", "lost"]


class KeptEntries(Sequence[Entry]):
    """Notes on the article, bookmarks, highlights and notes under the titles of their sections, then the lost ones.
    Words stand under the passage they are on. Entries are made when they are drawn: there may be thousands."""

    def __init__(
        self, document: Document, kept: Sequence[Kept], whole: Sequence[Annotation], lost: Sequence[Annotation]
    ) -> None:
        """`kept` are in reading order."""
        self._document = document
        self._kept, self._whole, self._lost = kept, whole, lost
        self._rows: list[tuple[_Row, int, int]] = [("whole", index, 0) for index in range(len(whole))]
        """What each row is: of what, which one, and which line of its words, 0 for its passage."""
        rows, sections = self._rows, document.sections
        next_section = -1
        for index, there in enumerate(kept):
            if there.offset >= next_section:
                section = document.section_index(there.offset)
                if section is not None:
                    rows.append(("section", section, 0))
                    next_section = sections[section + 1].start if section + 1 < len(sections) else sys.maxsize
            rows.append(("kept", index, 0))
            if words := there.words:
                rows += (("kept", index, line) for line, text in enumerate(words.split("\n"), 1) if text.strip())
        if lost:
            rows.append(("head", len(lost), 0))
        for index, one in enumerate(lost):
            rows.append(("lost", index, 0))
            rows += (("lost", index, line) for line, text in enumerate(one.words.split("\n"), 1) if text.strip())

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, row):  # type: ignore[no-untyped-def]
        kind, index, line = self._rows[row]
        match kind:
            case "whole":
                one = self._whole[index]
                return Entry(f"✎ {_line(one.words)}", Range(0, 0), 0, hang=SIGN_CELLS, id=one.id)
            case "section":
                return Entry(_title(self._document.sections[index]), role="list-head")
            case "kept":
                offset, sign, words, id, end, colour = self._kept[index]
                passage = _excerpt(self._document.text[offset : end or offset + _LINE_CHARACTERS])
                where = Range(offset, max(end, offset + 1))
                return _placed(sign, passage, words, colour, where, id, line, role="")
            case "head":
                return Entry(f"{_('Lost')}  {index}", role="list-head")
            case "lost":
                one = self._lost[index]
                passage = _excerpt(one.selector.exact if one.selector is not None else "")
                return _placed("✗", passage, one.words, one.colour, Range(0, 0), one.id, line, role="list-done")
            case _:
                assert_never(kind)


def _placed(sign: str, passage: str, words: str, colour: str, where: Range, id: str, line: int, *, role: str) -> Entry:
    by = f"{colour} {colour_name(colour)} {passage} {words}"  # a note is found by all of it, and shown whole
    if not line:
        return Entry(f"{sign} {passage}", where, 1, role=role, hang=SIGN_CELLS, id=id, also=by)
    said = _line(words.split("\n")[line - 1])
    return Entry(f"  {said}", where, 1, role="list-note", hang=SIGN_CELLS, id=id, also=by)


def places(
    document: Document, kept: Sequence[Kept], whole: Sequence[Annotation] = (), lost: Sequence[Annotation] = ()
) -> KeptEntries:
    """Bookmarks, highlights and notes; `kept` are in reading order."""
    return KeptEntries(document, kept, whole, lost)


def _line(text: str) -> str:
    return " ".join(text.split())


def _excerpt(text: str) -> str:
    """The beginning of a passage on one line; "…" says that it goes on."""
    line = _line(text[:_LINE_CHARACTERS])
    return f"{line}…" if len(text.rstrip()) > _LINE_CHARACTERS else line


def claims(document: Document, found: Sequence[Claim], listed: Sequence[int], signs: Mapping[Kind, str]) -> Grouped:
    """Claims under the titles of their sections, a sign for each kind before them."""
    starts = [found[index].range.start for index in listed]

    def made(row: int) -> Entry:
        claim = found[listed[row]]
        lead = "".join(signs[kind] for kind in claim.kinds)
        text = " ".join(document.slice(claim.range).split())
        return Entry(f"{lead} {text}".strip(), claim.range, 1, key=listed[row])

    return Grouped(document, len(listed), starts.__getitem__, lambda offset: bisect_left(starts, offset), made)


def _title(section: Section) -> str:
    return f"≈ {section.title}" if section.inferred else section.title
