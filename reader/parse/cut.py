"""Where a source may be cut into parts that are parsed one by one.

Owns the scan for safe places: a blank line before an unindented line that opens a block of its own, outside fences,
raw HTML and template blocks. Such a line closes every list, quote and footnote, so the parts parsed one by one give
what the whole gives. Where no safe place comes for long (a list of megabytes, a paragraph of one line) it cuts by rule:
between lines of a fence, between items, rows, lines, sentences, words, in this order. Refuses to parse Markdown.

Invariant: fragments follow one another without a gap, and depend on the source alone, never on the sizes asked for.
The source begins with a line break, so that each line has one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from reader.sanitize import pattern

LINE: Final = 64
"""What a line costs besides its characters, in characters."""
MARK: Final = 32
"""What a sign of markup costs besides in a line of thousands of characters, where it makes a token each time."""
LIMIT: Final = 64 * 1024
"""Cost of a region without a safe place from which on it is cut by rule."""
STEP: Final = 16 * 1024
"""Cost, about, of each fragment of a region that is cut by rule."""
_MARKS: Final = "*_[]`$~="
_LONG: Final = 2000
"""Characters a line has to have, on average, for its signs of markup to be counted."""
_WINDOW: Final = 256 * 1024
_MARGIN: Final = 4096

_MARKER: Final = r"(?:[-+*]|\d{1,9}[.)])"
_EVENT: Final = pattern(
    rf"""\n (?!\n\n) (?:
      (?P<blank>[ \t]*) (?=\n (?! [ \t\n] | (?:{_MARKER}|[:~])(?:[ \t]|$) | [^\n]*\n(?:[ \t]*\n)?[ ]{{0,3}}[:~][ \t] ))
    | (?P<indent>[ \t]*) (?:
        (?P<fence>`{{3,}}(?=[^`\n]*$)|~{{3,}})
      | (?P<item>{_MARKER}[ ]{{0,4}}(?=[ \t]|$)|\[\^[^\]\s]+\]:|[:~][ ]{{1,4}}(?=\S))
      | (?P<raw><(?:(?P<tag>script|pre|style|textarea)(?=[\s>])|!--|\?|!\[CDATA\[|![A-Za-z]))
      | \{{%-?[ ]*(?P<template>highlight|codeblock|raw)\b
      | </?(?P<html>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>])
      | (?P<ends>[\#>]) ) )""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_CLOSER: Final = pattern(r"\n {0,3}(`{3,}|~{3,})[ \t]*(?=\n|\Z)")
_RAW_CLOSER: Final = {"<!--": "-->", "<?": "?>", "<![cdata[": "]]>"}
_ITEM: Final = pattern(rf"\n(?= {{0,3}}{_MARKER}[ \t])")
_DELIMITER: Final = pattern(r"\n[ ]{0,3}\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?(?=\n)")
_SENTENCE: Final = pattern(r"(?<![。！？])[。！？]++[”’」』）]*+(?=[^\W\d_])|[.!?][\"')\]”’]*+ (?=[^\W\d_])")


class Fragment(NamedTuple):
    """A part of the source that is parsed on its own. There is one for nearly each paragraph, so it is a light one."""

    start: int
    end: int
    """A half-open pair of places in the source."""
    line: int
    """0-based line of the source at `start`."""
    cost: int
    """What parsing it costs, in characters of prose."""
    safe: bool = True
    """It starts and ends at a safe place."""
    joined: bool = False
    """It goes on with the last block of the fragment before it."""
    opener: str = ""
    """Lines to put before it: what opens the fence or the table that was cut."""
    closer: str = ""
    """Lines to put behind it."""
    indent: int = 0
    """Spaces to take off each line: it begins inside a list that was cut."""


class _Construct(NamedTuple):
    """What may hold blank lines and unindented text without ending: a fence, a comment, a `<pre>`."""

    start: int
    end: int
    opener: str
    closer: str


def fragments(body: str) -> Iterator[Fragment]:
    """The parts of a source, in order; found lazily, so that the first one costs nothing of the rest."""
    cutter = _Cutter(body)
    at = width = 0
    missing: set[str] = set()
    length = len(body)
    window = _WINDOW
    while at < length:
        found = _EVENT.search(body, at, at + window)
        if found and found.end() + _MARGIN > at + window < length:
            # What a pattern sees at the end of its window is not all that stands there.
            window = _WINDOW if found.start() - at > _MARGIN else 2 * window
            at = found.start()
            yield from cutter.grow(at)
            continue
        if found is None:
            last = body.rfind("\n", at + 1, at + window)
            at = last if last > 0 and at + window < length else at + window
            yield from cutter.grow(min(at, length))
            continue
        at, window = found.end(), _WINDOW
        if found["blank"] is not None:
            yield from cutter.close(at + 1)
            width = 0
            continue
        indent = _columns(found["indent"])
        if item := found["item"]:
            if not width or indent < width:
                width = indent + 4 if item[0] == "[" else max(indent + 2, _columns(found["indent"] + item))
        elif indent < (width or 4):
            # What stands inside an item is closed with it by any unindented line; only what stands outside is tracked.
            width = 0
            if found["html"]:
                at = _html_end(body, found, missing)
            elif fence := found["fence"]:
                cutter.constructs.append(_Construct(found.start() + 1, length, _line_of(body, found), ""))
                for reached in _fence_reaches(body, fence, at):
                    at = reached
                    yield from cutter.grow(at)
                cutter.constructs[-1] = cutter.constructs[-1]._replace(end=at)
            elif not found["ends"] and (construct := _construct(body, found, missing)):
                cutter.constructs.append(construct)
                at = construct.end
        yield from cutter.grow(at)
    yield from cutter.close(length)


def _columns(indent: str) -> int:
    return len(indent.expandtabs(4))


def _line_of(body: str, found: re.Match[str]) -> str:
    """The line of an event, with its end."""
    return body[found.start() + 1 : body.find("\n", found.end()) + 1]


def _construct(body: str, found: re.Match[str], missing: set[str]) -> _Construct | None:
    """The construct just opened, up to the end of its last line; None where it is never closed and so is none."""
    start, at = found.start() + 1, found.end()
    line = _line_of(body, found)
    tag = (found["tag"] or "").lower()
    if template := found["template"]:
        closer, tail = f"end{template}", f"{{% end{template} %}}\n"
    elif tag:
        closer = tail = f"</{tag}>"
        line = f"<{tag}>"
    else:
        closer = tail = _RAW_CLOSER.get(found["raw"].lower(), ">")
        line = found["raw"]
    if closer in missing:
        return None
    if tag:
        closed = re.compile(closer, re.IGNORECASE).search(body, at)
        end = closed.start() if closed else -1
    else:
        end = body.find(closer, at)
    if end < 0:
        missing.add(closer)
        return None
    end = body.find("\n", end)
    return _Construct(start, len(body) if end < 0 else end, line if len(line) < 200 else "", tail)


def _html_end(body: str, found: re.Match[str], missing: set[str]) -> int:
    """Where the HTML block that may begin here ends, in which nothing else begins: before a blank line that is not
    within a `<pre>` of it; just behind the tag where no such block begins. `missing` holds what closes nowhere."""
    from markdown_it.common.html_blocks import block_names

    start, at = found.start() + 1, found.end()
    if found["html"].lower() not in block_names:
        line = body[at : body.find("\n", at)]
        # Any other tag begins a block where it is alone on its line and goes on with no paragraph (CommonMark 4.6).
        if line.count("<") or not line.rstrip().endswith(">") or _follows_text(body, found.start()):
            return at
    end = _next_blank(body, at)
    part = body[start:end].lower()
    while part.rfind("<pre") > part.rfind("</pre") and "</pre" not in missing:
        closed = re.compile("</pre", re.IGNORECASE).search(body, end)
        if closed is None:
            missing.add("</pre")
            break
        end = _next_blank(body, closed.end())
        part = body[closed.start() : end].lower()
    return end


def _follows_text(body: str, at: int) -> bool:
    """Whether the line that ends at `at` is not blank."""
    return bool(body[body.rfind("\n", 0, at) + 1 : at].strip())


def _next_blank(body: str, at: int) -> int:
    found = re.compile(r"\n[ \t]*(?=\n)").search(body, at)
    return found.start() if found else len(body)


def _fence_reaches(body: str, fence: str, at: int) -> Iterator[int]:
    """Places up to which nothing closes a fence, one after the other; the last one is the end of the line that does, or
    of the source where none does."""
    reached = at
    while (at := body.find(fence, at)) >= 0:
        if at - reached > _WINDOW:
            yield (reached := at)
        line = body.rfind("\n", max(0, at - 4), at)
        found = _CLOSER.match(body, line) if line >= 0 else None
        if found and found[1][0] == fence[0] and len(found[1]) >= len(fence):
            yield found.end()
            return
        # on the rest of this line none can be
        at = body.find("\n", at)
        if at < 0:
            break
    yield len(body)


class _Cutter:
    """Makes fragments of the regions between safe places, dividing by rule those that are too costly."""

    def __init__(self, body: str) -> None:
        self.constructs: list[_Construct] = []
        """Those of the present region."""
        self._body = body
        self._start = 0
        self._line = 0
        self._divided = False
        self._opener = ""
        self._indent = 0

    def grow(self, at: int) -> Iterator[Fragment]:
        """Take note that there is no safe place up to `at`."""
        while at - self._start > 2 * LIMIT:
            yield self._part(at)

    def close(self, end: int) -> Iterator[Fragment]:
        """End the region: `end` is a safe place."""
        if not self._divided:
            lines = self._body.count("\n", self._start, end)
            cost = self._weight(self._start, end)
            if cost <= LIMIT or self._cost(end) <= LIMIT:
                yield Fragment(self._start, end, self._line, cost)
                self._line += lines
                self._start = end
        while self._start < end:
            yield self._part(end)
        self.constructs.clear()
        self._divided, self._opener, self._indent = False, "", 0

    def _cost(self, end: int) -> int:
        """As `Fragment.cost`, but lines of code cost next to nothing."""
        cost = self._weight(self._start, end)
        for construct in self.constructs:
            cost -= self._weight(construct.start, construct.end) - (construct.end - construct.start) // 4
        return cost

    def _weight(self, start: int, end: int) -> int:
        """What parsing a part costs, were it prose."""
        size, lines = end - start, self._body.count("\n", start, end)
        marks = sum(self._body.count(mark, start, end) for mark in _MARKS) if size > _LONG * (lines + 1) else 0
        return size + LINE * lines + MARK * marks

    def _part(self, end: int) -> Fragment:
        body, start = self._body, self._start
        room = STEP - len(self._opener)
        inside = next((one for one in self.constructs if one.start < start + room < one.end), None)
        if inside is not None and inside.start <= start:
            # few characters may be many lines, each of which costs something
            room = max(STEP // 16, LIMIT * STEP // max(STEP, LINE // 16 * body.count("\n", start, start + LIMIT)))
        else:
            for _ in range(3):
                room = max(STEP // 64, room * STEP // max(STEP, self._weight(start, min(end, start + room))))
            inside = next((one for one in self.constructs if one.start < start + room < one.end), None)
        if end - start <= room + room // 2:
            cut, opener, closer = end, "", ""
        elif inside is not None:
            cut, opener, closer = self._cut_construct(inside, room)
        else:
            cut, opener, closer = self._cut(start + room // 2, start + room)
        lines = body.count("\n", start, cut)
        fragment = Fragment(
            start,
            cut,
            self._line,
            cut - start + LINE * lines,
            safe=False,
            joined=self._divided,
            opener=self._opener,
            closer=closer,
            indent=self._indent,
        )
        self._divided, self._opener = True, opener
        self._indent = (
            0
            if inside is not None or body[cut - 1] != "\n"
            else len(body[cut : cut + 2000]) - len(body[cut : cut + 2000].lstrip(" "))
        )
        self._start, self._line = cut, self._line + lines
        return fragment

    def _cut_construct(self, inside: _Construct, room: int) -> tuple[int, str, str]:
        """Where to cut within a construct, what opens it again behind the cut, and what closes it before."""
        low, high = self._start + room // 2, self._start + room
        if low <= inside.start < high:
            return inside.start, "", ""
        cut = self._body.rfind("\n", low, high) + 1
        return cut or high, inside.opener, inside.closer

    def _cut(self, low: int, high: int) -> tuple[int, str, str]:
        """Where to cut between `low` and `high`, and what opens the table behind the cut again."""
        body = self._body
        found = None
        for found in _ITEM.finditer(body, low, high):  # noqa: B007
            pass
        if found is not None:
            return found.end(), "", ""
        blank = body.rfind("\n\n", low, high)
        if blank >= 0:
            return blank + 2, "", ""
        line = body.rfind("\n", low, high) + 1
        if line > 0:
            return line, _table_head(body, self._start, line, self._opener), ""
        for found in _SENTENCE.finditer(body, low, high):  # noqa: B007
            pass
        if found is not None:
            return found.end(), "", ""
        space = body.rfind(" ", low, high)
        return space + 1 if space >= 0 else high, "", ""


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
