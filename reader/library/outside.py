"""What a command prints of a library: matches line by line or as JSON, the list as JSON, and how it stands.

Owns the shapes, which the README describes; offsets count code points of an article's text. Each function prints as it
goes: an article comes as soon as it is read, in the order of paths. Refuses to write anything itself.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from reader.document import Range
from reader.library.entry import Entry, State
from reader.library.finding import find
from reader.library.index import Outline
from reader.library.library import Library
from reader.library.terms import Wanted
from reader.locale import _, ngettext
from reader.sanitize import json_text
from reader.search import Excerpt, excerpt, search
from reader.source import SourceError, read, shown_path

VERSION: Final = 1
_NO_STATES: Final[Mapping[str, State]] = MappingProxyType({})


class _Match(NamedTuple):
    where: Range
    excerpt: Excerpt
    line: int
    """Of the file, counted from 1."""


def search_lines(
    library: Library,
    wanted: Wanted,
    *,
    given: str = "",
    colour: bool = False,
    states: Mapping[str, State] = _NO_STATES,
    report: Callable[[str], object] = lambda _: None,
) -> Iterator[str]:
    """ "path:line: section: text" for each match in a text, as grep has it; no line: nothing was found.

    `given` is the library's folder as the person wrote it, which the paths begin with; empty: they are absolute.
    `colour` sets the match in reverse; `report` is called with a line about each place that cannot be read. Raises
    SearchError for a wrong or too slow pattern.
    """
    for entry, matches in _found(library, wanted, states, report):
        path = _shown(entry.path, library, given)
        for match in matches:
            line, lit = match.excerpt.line, match.excerpt.match
            if colour:
                line = f"{line[: lit.start]}\x1b[1;7m{line[lit.start : lit.end]}\x1b[0m{line[lit.end :]}"
            section = f"{match.excerpt.section}: " if match.excerpt.section else ""
            yield f"{path}:{match.line}: {section}{line}"


def search_json(
    library: Library,
    wanted: Wanted,
    *,
    states: Mapping[str, State] = _NO_STATES,
    report: Callable[[str], object] = lambda _: None,
) -> Iterator[str]:
    """Lines of one JSON object: {"version", "articles": [{"path", "title", "digest", "matches": [{"start", "end",
    "section", "line", "file_line"}]}]}. Raises as `search_lines` does, before the first line where it can."""
    found = _found(library, wanted, states, report)
    shapes = (
        {
            "path": entry.path,
            "title": entry.title,
            "digest": entry.digest,
            "matches": [
                {
                    "start": match.where.start,
                    "end": match.where.end,
                    "section": match.excerpt.section,
                    "line": match.excerpt.line,
                    "file_line": match.line,
                }
                for match in matches
            ],
        }
        for entry, matches in found
    )
    return _object({"version": VERSION}, shapes)


def list_json(
    library: Library, *, states: Mapping[str, State] = _NO_STATES, report: Callable[[str], object] = lambda _: None
) -> Iterator[str]:
    """Lines of one JSON object: {"version", "folders", "articles": [...]}, an article with all that the list knows."""
    shapes = (_article(entry, states.get(entry.path)) for group in library.settled(report) for entry in group)
    return _object({"version": VERSION, "folders": list(library.folders)}, shapes)


def status_lines(library: Library) -> Iterator[str]:
    """How the library stands: each folder with its articles, what is still to be read, the index."""
    listing = library.look()
    if not library.folders:
        yield _("no folder is a library; `reader library add FOLDER` makes one of it")
        return
    for folder in library.folders:
        below = folder.rstrip(os.sep) + os.sep
        articles = sum(path.startswith(below) for path in listing.entries)
        pending = sum(path.startswith(below) for path in listing.pending)
        said = ngettext("{folder}: {count:,} article", "{folder}: {count:,} articles", articles)
        if pending:
            said = ngettext(
                "{folder}: {count:,} article, {pending:,} of them still to be read",
                "{folder}: {count:,} articles, {pending:,} of them still to be read",
                articles,
            )
        yield said.format(folder=shown_path(folder), count=articles, pending=pending)
    size = library.index.size() / (1 << 20)
    yield _("index: {file}, {size:.1f} MiB").format(file=shown_path(library.index.path), size=size)
    yield from (*listing.problems, *library.warnings)


def _found(
    library: Library, wanted: Wanted, states: Mapping[str, State], report: Callable[[str], object]
) -> Iterator[tuple[Entry, list[_Match]]]:
    """The articles in whose text something wanted is found, by path, with all the matches in order."""
    for entries in library.settled(report):
        hits = None
        for answer in find(entries, wanted, library.corpus, states=states, folders=library.folders):
            hits = answer.hits if answer is not None else hits
        matching = {hit.entry.path for hit in hits or () if hit.matches}
        for entry in entries:
            if entry.path in matching and (matches := _matches(library, entry, wanted)):
                yield entry, matches


def _matches(library: Library, entry: Entry, wanted: Wanted) -> list[_Match]:
    text = library.index.texts((entry.id,)).get(entry.id, "")
    document = library.corpus.outlined(entry, text)
    lines = _Lines(text, library.index.outline(entry.id), entry.path)
    spans = sorted({(one.start, one.end) for query in wanted.texts for one in search(text, query)})
    return [_Match(Range(*span), excerpt(document, Range(*span)), lines.of(*span)) for span in spans]


class _Lines:
    """The lines of a file that the places in its text are on."""

    def __init__(self, text: str, outline: Outline, path: str) -> None:
        self._text = text
        self._starts = [start for start, _ in outline.lines]
        self._first = [line for _, line in outline.lines]
        try:
            self._source = read(path).text.split("\n")
        except SourceError:
            self._source = []

    def of(self, start: int, end: int) -> int:
        """The line, counted from 1: of the lines of the block, the one on which the same words stand for the same time;
        that of the block where its markup parts them."""
        block = max(0, bisect_right(self._starts, start) - 1)
        if not self._starts:
            return 1
        first, at = self._first[block], self._starts[block]
        # Title and byline both begin in the header.
        last = next((line for line in self._first[block + 1 : block + 3] if line > first), first)
        last = last if block + 1 < len(self._first) and last > first else len(self._source)
        words = self._text[start:end].partition("\n")[0]
        before = self._text.count(words, at, start) if words else 0
        for number in range(first, min(max(last, first + 1), len(self._source))):
            before -= self._source[number].count(words) if words else 0
            if before < 0:
                return number + 1
        return first + 1


def _article(entry: Entry, state: State | None) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "path": entry.path,
        "title": entry.title,
        "date": entry.date or None,
        "updated": entry.updated or None,
        "authors": _names(entry.authors),
        "tags": _names(entry.tags),
        "categories": _names(entry.categories),
        "minutes": entry.minutes or None,
        "language": entry.language or None,
        "characters": entry.length,
        "digest": entry.digest or None,
        "size": entry.size,
        "modified": _moment(entry.mtime_ns / 1e9),
        "problem": entry.problem or None,
    }
    if state is not None:
        shape |= {
            "read": state.read,
            "starred": state.starred,
            "archived": state.archived,
            "progress": round(state.progress, 3),
            "opened": _moment(state.opened) if state.opened else None,
        }
    return shape


def _moment(seconds: float) -> str | None:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):
        return None


def _names(lines: str) -> list[str]:
    return lines.split("\n") if lines else []


def _shown(path: str, library: Library, given: str) -> str:
    """A path as the person would write it, who wrote `given` for the library's folder."""
    if given and len(library.folders) == 1:
        path = os.path.join(given, os.path.relpath(path, library.folders[0]))
    return shown_path(path)


def _object(head: Mapping[str, Any], articles: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    """One JSON object in lines, safe to print, an article a line."""
    first = next(articles, None)
    start = _dumped(head)[:-1] + ', "articles": ['
    if first is None:
        yield start + "]}"
        return
    yield start
    line = _dumped(first)
    for article in articles:
        yield line + ","
        line = _dumped(article)
    yield line
    yield "]}"


def _dumped(shape: Mapping[str, Any]) -> str:
    return json_text(json.dumps(shape, ensure_ascii=False))
