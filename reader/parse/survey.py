"""What has to be known of a whole source before its first part is parsed: definitions of links, footnotes and their
numbers, and what tells which dialect it is.

Owns the look through the source for them, as far as is asked for and outside code fences. Refuses to parse Markdown and
to judge. Invariant: an answer depends on the source alone, never on what was asked before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from reader.parse.examples import Examples
from reader.parse.fences import Outside
from reader.parse.labels import RepeatedLabels
from reader.parse.mdx import Imports, is_mdx
from reader.parse.myst import Signs
from reader.parse.tags import ClosedTags
from reader.parse.targets import Targets
from reader.parse.templates import TemplateEnds
from reader.parse.wiki import is_note
from reader.sanitize import pattern

_PRESCAN: Final = 8_000
"""Candidates looked at when the definitions of a whole source are collected, which must cost some milliseconds."""
_MARKER: Final = r"(?:[-+*]|\d{1,9}[.)])"
_DEFINITION: Final = pattern(
    rf"(?P<container> {{0,3}}(?:[>] ?)*+(?:{_MARKER} {{1,4}})?)\[(?P<note>\^?)(?P<label>(?:[^\[\]\\\n]|\\.)++)\]:"
)


class Survey:
    """What the whole source says that a part of it must know: link reference definitions, footnotes and their numbers.

    The source is looked through as far as it takes to answer what is asked, without what stands in fences; the whole
    of 10 MB costs some 10 ms. Only a definition on one line where a paragraph would begin is found; others are known
    from their own fragment on.
    """

    def __init__(self, body: str) -> None:
        outside = Outside(body)
        self.closed_tags = ClosedTags(body)
        self.labels = RepeatedLabels(body)
        self.outside = outside
        """Tells of a place whether it is in no fence."""
        self.is_note = is_note(body, outside)
        """Whether it is a note of a vault; whoever knows the folder may know better."""
        self.template_ends = TemplateEnds(body)
        self.is_mdx = is_mdx(body, outside)
        self.imports = Imports(body)
        self.is_myst = Signs(body)
        self.examples = Examples(body, outside)
        self.targets = Targets(body)
        self._definitions = _definitions(body, outside)
        self._marks = _note_marks(body, outside)
        self._references: dict[str, dict[str, str]] = {}
        self._labels: dict[str, None] = {}
        self._numbers: dict[str, int] = {}
        self._inline: list[int] = []

    def reference(self, label: str) -> dict[str, str] | None:
        """The link reference definition of a normalised label, as the parser keeps it; the first of a label counts."""
        while label not in self._references and self._define():
            pass
        return self._references.get(label)

    def has_note(self, label: str) -> bool:
        """Whether a footnote has a definition."""
        while label not in self._labels and self._define():
            pass
        return label in self._labels

    def number(self, label: str) -> int:
        """Number of a footnote, counted from 1 by first reference; unreferenced ones follow. 0 where there is none."""
        while label not in self._numbers and self._count():
            pass
        if label not in self._numbers and self.has_note(label):
            self._count_all()
        return self._numbers.get(label, 0)

    def inline_number(self, index: int) -> int:
        """Number of the `^[...]` note with this index in the source, from 0; beyond the last, those that follow."""
        while index >= len(self._inline) and self._count():
            pass
        if index < len(self._inline):
            return self._inline[index]
        self._count_all()
        return self._counted + 1 + index - len(self._inline)

    @property
    def _counted(self) -> int:
        return len(self._numbers) + len(self._inline)

    def _count_all(self) -> None:
        """Number what is referred to nowhere."""
        while self._define():
            pass
        for label in self._labels:
            self._numbers.setdefault(label, self._counted + 1)

    def _define(self) -> bool:
        """Go on to the next definition; whether there was one."""
        found = next(self._definitions, None)
        if found is None:
            return False
        label, href = found
        if href is None:
            self._labels.setdefault(label)
        else:
            self._references.setdefault(label, {"href": href, "title": ""})
        return True

    def _count(self) -> bool:
        """Go on to the next mark of a note; whether there was one."""
        label = next(self._marks, None)
        if label is None:
            return False
        if not label:
            self._inline.append(self._counted + 1)
        elif label not in self._numbers and self.has_note(label):
            self._numbers[label] = self._counted + 1
        return True


_TITLE: Final = r"(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\))"
_DESTINATION: Final = (
    rf"[ \t]*+(?:\n[ \t]*+)?(?:<([^<>\n]*+)>|([^\s<]\S*+))(?:[ \t]++{_TITLE}|"
    rf"[ \t]*+\n[ \t]*+{_TITLE}(?=[ \t]*+(?:\n|\Z)))?[ \t]*+(?=\n|\Z)"
)
_NO_TEXT: Final = (
    r"[ \t>]*+|[ >]*+(?:#{1,6}[ \t].*+|(?:(?<= )[-*_=\t]|[-*_=\t][-*_= \t])[-*_= \t]*+|"
    r"(?:`{3,}+|~{3,}+).*+|.*-->[ \t]*+)"
)
"""A line after which a paragraph would begin: blank, a heading, a rule, a fence or the end of a comment."""


def _definitions(body: str, outside: Outside) -> Iterator[tuple[str, str | None]]:
    """Labels and what they stand for, as they come: an address, or None for a footnote."""
    from markdown_it.common.utils import normalizeReference, unescapeAll

    destination = re.compile(_DESTINATION)
    previous_end = 0
    # The regular expression searches twice as fast as `str.find` does for so short a string.
    for colon in islice(re.finditer(r"\]:", body), _PRESCAN):
        at = colon.end()
        start = body.rfind("\n", max(0, at - 1200), at) + 1
        found = _DEFINITION.fullmatch(body, start, at) if start else None
        if found is None or not outside(start):
            continue
        if found["note"]:
            yield found["label"], None
        elif target := destination.match(body, at):
            # Behind a line of text it would go on with that paragraph.
            before = body[body.rfind("\n", 0, start - 1) + 1 : start - 1]
            if start <= previous_end + 1 or found["container"].strip() or re.fullmatch(_NO_TEXT, before):
                previous_end = target.end()
                yield normalizeReference(found["label"]), unescapeAll(target[1] if target[1] is not None else target[2])


def _note_marks(body: str, outside: Outside) -> Iterator[str]:
    """The labels of references to footnotes, as they come; empty for a note written on the spot."""
    # Two searches for a fixed beginning each are many times faster than one for either.
    inline = re.compile(r"\^\[")
    at = count = 0
    for reference in chain(re.finditer(r"\[\^([^\[\]\s]+)\](?!:)", body), (None,)):
        stop = reference.start() + 1 if reference else len(body)  # the two may share a bracket
        for mark in inline.finditer(body, at, stop):
            if outside(mark.start()):
                yield ""
        at, count = stop, count + 1
        if reference is None or count > _PRESCAN:
            return
        if outside(reference.start()):
            yield reference[1]
