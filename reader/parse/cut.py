"""Where a source may be cut, and what has to be known of the whole before the first part is parsed.

Owns the scan for safe places: a blank line before an unindented line that opens a block of its own, outside fences,
raw HTML and template blocks. Such a line closes every list, quote and footnote, so the parts parsed one by one give
what the whole gives. Where no safe place comes for long (a list of megabytes, a paragraph of one line) it cuts by rule:
between lines of a fence, between items, rows, lines, sentences, words, in this order. Refuses to parse Markdown.

Invariant: fragments follow one another without a gap, and depend on the source alone, never on the sizes asked for.
Every function but `unwrap` expects a source that begins with a line break, so that each line has one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

LINE: Final = 64
"""What a line costs besides its characters, in characters."""
LIMIT: Final = 64 * 1024
"""Cost of a region without a safe place from which on it is cut by rule."""
STEP: Final = 16 * 1024
"""Cost, about, of each fragment of a region that is cut by rule."""
_PRESCAN: Final = 8_000
"""Candidates looked at when the definitions of a whole source are collected, which must cost some milliseconds."""

_MARKER: Final = r"(?:[-+*]|\d{1,9}[.)])"
_EVENT: Final = re.compile(
    rf"""\n(?:
      (?P<blank>[ \t]*) (?=\n (?! [ \t\n] | (?:{_MARKER}|[:~])(?:[ \t]|$) | [^\n]*\n(?:[ \t]*\n)?[ ]{{0,3}}[:~][ \t] ))
    | (?P<indent>[ \t]*) (?:
        (?P<fence>`{{3,}}(?=[^`\n]*$)|~{{3,}})
      | (?P<item>{_MARKER}[ ]{{0,4}}(?=[ \t]|$)|\[\^[^\]\s]+\]:|[:~][ ]{{1,4}}(?=\S))
      | (?P<raw><(?:(?P<tag>script|pre|style|textarea)(?=[\s>])|!--|\?|!\[CDATA\[|![A-Za-z]))
      | \{{%-?[ ]*(?P<template>highlight|codeblock|raw)\b
      | (?P<ends>[\#>]) ) )""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_CLOSER: Final = re.compile(r"\n {0,3}(`{3,}|~{3,})[ \t]*(?=\n|\Z)")
_RAW_CLOSER: Final = {"<!--": "-->", "<?": "?>", "<![cdata[": "]]>"}
_ITEM: Final = re.compile(rf"\n(?= {{0,3}}{_MARKER}[ \t])")
_DELIMITER: Final = re.compile(r"\n[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*(?=\n)")
_SENTENCE: Final = re.compile(r"[。！？]+[”’」』）]*(?=[^\W\d_])|[.!?][\"')\]”’]* (?=[^\W\d_])")
_DEFINITION: Final = re.compile(
    rf"(?P<container> {{0,3}}(?:[>] ?)*(?:{_MARKER} {{1,4}})?)\[(?P<note>\^?)(?P<label>(?:[^\[\]\\\n]|\\.)+)\]:"
)
_FENCE_LINE: Final = re.compile(r"\n {0,3}(`{3,}|~{3,})([^\n]*)")
_NOTE_REFERENCE: Final = re.compile(r"\[\^([^\]\s]+)\](?!:)|\^\[")


class Fragment(NamedTuple):
    """A part of the source that is parsed on its own. There is one for nearly each paragraph, so it is a light one."""

    start: int
    end: int
    """A half-open pair of places in the source."""
    line: int
    """0-based line of the source at `start`."""
    lines: int
    """Line breaks in it."""
    opener: str = ""
    """Lines to put before it: what opens the fence or the table that was cut."""
    joined: bool = False
    """It goes on with the last block of the fragment before it."""
    safe: bool = True
    """It starts and ends at a safe place, so it may be parsed together with its neighbours."""

    @property
    def cost(self) -> int:
        """What parsing it costs, in characters of prose."""
        return self.end - self.start + LINE * self.lines


@dataclass(slots=True)
class Survey:
    """What the whole source says that a part of it must know."""

    references: dict[str, dict[str, str]] = field(default_factory=dict)
    """Link reference definitions, as the parser keeps them; the first of a label counts."""
    labels: set[str] = field(default_factory=set)
    """Footnotes that have a definition."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Number of each footnote, counted by first reference; unreferenced ones follow."""
    inline_numbers: list[int] = field(default_factory=list)
    """Numbers of the `^[...]` notes, in order."""


def unwrap(body: str) -> tuple[str, int]:
    """The content of a code fence that wraps the whole article, and the lines before it; the body where none does.

    With "md" or "markdown" as its info, fences inside may be of the same length, as language models write them.
    """
    opener = re.match(r"\s*^ {0,3}(`{3,}|~{3,})[ \t]*(markdown|md|)[ \t]*\n", body, re.MULTILINE | re.IGNORECASE)
    if opener is None:
        return body, 0
    mark, named = opener[1], bool(opener[2])
    closer = re.compile(rf"^ {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*\s*\Z", re.MULTILINE)
    last = closer.search(body, max(opener.end(), body.rstrip().rfind("\n") + 1))
    if last is None:
        return body, 0
    inside = None
    for found in _FENCE_LINE.finditer(body, opener.end() - 1, last.start()):
        bare = not found[2].strip()
        if inside is None:
            if found[1][0] != mark[0] or len(found[1]) < len(mark):
                inside = found[1] if not bare or named else None
            elif bare or not named:
                return body, 0
            else:
                inside = found[1]
        elif bare and found[1][0] == inside[0] and len(found[1]) >= len(inside):
            inside = None
    if inside is not None:
        return body, 0
    return body[opener.end() : last.start()], body.count("\n", 0, opener.end())


def fragments(body: str) -> Iterator[Fragment]:
    """The parts of a source, in order; found lazily, so that the first one costs nothing of the rest."""
    line = 0
    for start, end, inner, inner_end in _regions(body):
        lines = body.count("\n", start, end)
        if end - start + LINE * lines <= LIMIT:
            yield Fragment(start, end, line, lines)
        else:
            yield from _divided(body, start, end, inner, inner_end, line)
        line += lines


def _regions(body: str) -> Iterator[tuple[int, int, int, int]]:
    """Start and end of each region between two safe places, and of the longest tracked construct in it."""
    start = at = width = 0
    longest = (0, 0)
    missing: set[str] = set()
    while found := _EVENT.search(body, at):
        at = found.end()
        if found["blank"] is not None:
            yield start, at + 1, *longest
            start, longest, width = at + 1, (0, 0), 0
            continue
        indent = _columns(found["indent"])
        if item := found["item"]:
            if not width or indent < width:
                width = indent + 4 if item[0] == "[" else max(indent + 2, _columns(found["indent"] + item))
        elif indent < (width or 4):
            # What stands inside an item is closed with it by any unindented line; only what stands outside is tracked.
            width = 0
            if not found["ends"] and (end := _construct_end(body, found, missing)):
                if end - at > longest[1] - longest[0]:
                    longest = (found.start() + 1, end)
                at = end
    if start < len(body):
        yield start, len(body), *longest


def _columns(indent: str) -> int:
    return len(indent.expandtabs(4))


def _construct_end(body: str, found: re.Match[str], missing: set[str]) -> int:
    """Where the construct just opened ends: the end of its last line; 0 where it never does and so is no opener."""
    at = found.end()
    if fence := found["fence"]:
        for closer in _CLOSER.finditer(body, at):
            if closer[1][0] == fence[0] and len(closer[1]) >= len(fence):
                return closer.end()
        return len(body)
    if template := found["template"]:
        closer_text = "end" + template
    elif tag := found["tag"]:
        closer_text = f"</{tag.lower()}>"
    else:
        closer_text = _RAW_CLOSER.get(found["raw"].lower(), ">")
    if closer_text in missing:
        return 0
    end = body.find(closer_text, at) if not found["tag"] else _find_tag(body, closer_text, at)
    if end < 0:
        missing.add(closer_text)
        return 0
    line_end = body.find("\n", end)
    return len(body) if line_end < 0 else line_end


def _find_tag(body: str, closer: str, at: int) -> int:
    found = re.compile(re.escape(closer), re.IGNORECASE).search(body, at)
    return found.start() if found else -1


def _divided(body: str, start: int, end: int, inner: int, inner_end: int, line: int) -> Iterator[Fragment]:
    """Cut a region that has no safe place. `inner` to `inner_end` is the longest fence in it."""
    at, opener, joined = start, "", False
    while at < end:
        room = STEP - len(opener)
        for _ in range(3):
            room = max(STEP // 64, room * STEP // max(STEP, room + LINE * body.count("\n", at, min(end, at + room))))
        if end - at <= room + room // 2:
            yield Fragment(at, end, line, body.count("\n", at, end), opener, joined, False)
            return
        cut, following, joins = _cut(body, at, at + room // 2, at + room, inner, inner_end, opener)
        lines = body.count("\n", at, cut)
        yield Fragment(at, cut, line, lines, opener, joined, False)
        line += lines
        at, opener, joined = cut, following, joins


def _cut(body: str, at: int, low: int, high: int, inner: int, inner_end: int, opener: str) -> tuple[int, str, bool]:
    """Where to cut between `low` and `high`, what to put before the rest, and whether that goes on with the block."""
    if inner < high < inner_end:
        first_line = body[inner : body.find("\n", inner) + 1]
        if low <= inner:
            return inner, "", False
        cut = body.rfind("\n", low, high) + 1
        if cut > 0 and len(first_line) < 200 and first_line.lstrip(" ")[:3] in ("```", "~~~"):
            return cut, first_line, True
        return (cut or high), "", True
    item = None
    for item in _ITEM.finditer(body, low, high):  # noqa: B007
        pass
    if item is not None:
        return item.end(), "", True
    blank = body.rfind("\n\n", low, high)
    if blank >= 0:
        return blank + 2, "", True
    cut = body.rfind("\n", low, high) + 1
    if cut > 0:
        return cut, _table_head(body, at, cut, opener), True
    sentence = None
    for sentence in _SENTENCE.finditer(body, low, high):  # noqa: B007
        pass
    if sentence is not None:
        return sentence.end(), "", True
    space = body.rfind(" ", low, high)
    return (space + 1 if space >= 0 else high), "", True


def _table_head(body: str, at: int, cut: int, opener: str) -> str:
    """The two lines that open the table `cut` stands in; empty where it stands in none."""
    block = body.rfind("\n\n", at, cut) + 2 if "\n\n" in body[at:cut] else at
    if block == at and opener.count("\n") == 2:
        return opener
    delimiter = _DELIMITER.search(body, block, cut)
    if delimiter is None or "|" not in body[body.rfind("\n", 0, delimiter.start()) + 1 : delimiter.start()]:
        return ""
    head = body[body.rfind("\n", 0, delimiter.start()) + 1 : delimiter.end() + 1]
    return head if len(head) < STEP // 4 else ""


def survey(body: str, *, footnotes: bool) -> Survey:
    """Collect definitions over the whole source, without those in fences, in a few milliseconds for 10 MB.

    Only a definition on one line that stands after a blank line, another definition or the start of a container is
    found here; others are known from the part that holds them on.
    """
    result = Survey()
    _collect_definitions(body, result, footnotes)
    if footnotes and (result.labels or "^[" in body):
        _number_notes(body, result)
    return result


def _fences(body: str) -> Iterator[tuple[int, int]]:
    """Start and end of each unindented code fence; found by plain searches, for a whole source must be gone over."""
    start, mark = 0, ""
    places = {"`": body.find("\n```"), "~": body.find("\n~~~")}
    while True:
        at = places[mark[0]] if mark else min((place for place in places.values() if place >= 0), default=-1)
        if at < 0:
            break
        char = body[at + 1]
        found = _FENCE_LINE.match(body, at)
        places[char] = body.find("\n" + char * 3, at + 3)
        if found is None:
            continue
        if not mark:
            if char == "~" or "`" not in found[2]:
                start, mark = at, found[1]
        elif len(found[1]) >= len(mark) and not found[2].strip():
            yield start, found.end()
            mark = ""
            for other, place in places.items():
                if 0 <= place < found.end():
                    places[other] = body.find("\n" + other * 3, found.end())
    if mark:
        yield start, len(body)


class _Outside:
    """Answers whether a place is outside fences; the places asked for must rise."""

    def __init__(self, body: str) -> None:
        self._rest = _fences(body)
        self._fence = next(self._rest, None)

    def __call__(self, at: int) -> bool:
        while self._fence is not None and self._fence[1] <= at:
            self._fence = next(self._rest, None)
        return self._fence is None or at < self._fence[0]


_DESTINATION: Final = re.compile(
    r"[ \t]*\n?[ \t]*(?:<([^<>\n]*)>|([^\s<][^\s]*))(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))|"
    r"[ \t]*\n[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))(?=[ \t]*(?:\n|\Z)))?[ \t]*(?=\n|\Z)"
)


def _collect_definitions(body: str, result: Survey, footnotes: bool) -> None:
    from markdown_it.common.utils import normalizeReference, unescapeAll

    outside = _Outside(body)
    at = previous_end = 0
    for _ in range(_PRESCAN):
        at = body.find("]:", at + 1)
        if at < 0:
            return
        start = body.rfind("\n", max(0, at - 1200), at) + 1
        found = _DEFINITION.match(body, start, at + 2) if start else None
        if found is None or found.end() != at + 2 or not outside(start):
            continue
        if found["note"] and footnotes:
            result.labels.add(found["label"])
        elif definition := _DESTINATION.match(body, at + 2):
            # Elsewhere the line would go on with a paragraph.
            before = body[body.rfind("\n", 0, start - 1) + 1 : start]
            if start <= previous_end + 1 or found["container"].strip() or not before.strip(" \t\n>"):
                label = normalizeReference(found["label"])
                href = unescapeAll(definition[1] if definition[1] is not None else definition[2])
                result.references.setdefault(label, {"href": href, "title": ""})
                previous_end = definition.end()


def _number_notes(body: str, result: Survey) -> None:
    outside = _Outside(body)
    number = 0
    for count, found in enumerate(_NOTE_REFERENCE.finditer(body)):
        if count > _PRESCAN:
            break
        label = found[1]
        if label is None:
            if outside(found.start()):
                number += 1
                result.inline_numbers.append(number)
        elif label in result.labels and label not in result.numbers and outside(found.start()):
            number += 1
            result.numbers[label] = number
    for label in sorted(result.labels - result.numbers.keys(), key=lambda label: body.find(f"[^{label}]:")):
        number += 1
        result.numbers[label] = number
