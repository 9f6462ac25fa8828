"""Prose without markup becomes a Document: a novel or an article as a text file.

Owns what its lines are: a paragraph each, or where the text was wrapped at a width, a part of one; chapters (第三章,
Chapter IV) and short lines that act as headings; the title and the credits under it. A line that starts with U+3000 or
two blanks starts a paragraph. Refuses markup: a `*`, a `<` or a `#` is what it is.

Where a text was wrapped, a line ended because the next word had no room on it; that is how such an end is told from one
the author made, which stays.

Invariant: the words of the source are all in the text, in their order; only blanks and line ends differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from reader.document import NO_TEXT, Credit, Document, Metadata, Section, Shown, is_head
from reader.parse import dialect as judge
from reader.parse.dialect import PLAIN
from reader.parse.plain import FIRST_CHARACTERS, MAX_CHARACTERS
from reader.parse.script import joint
from reader.parse.writer import Writer
from reader.sanitize import clean, clean_line, joined, pattern

_HEAD_CHARACTERS: Final = 1 << 16
"""Of the beginning, in which is looked for a width and for chapters."""
_WIDTHS: Final = range(30, 121)
"""Cells of a line that was wrapped."""
_WRAPPED_SHARE: Final = 0.6
_LEAST_LINES: Final = 5
_FIRST_LINES: Final = 4
"""Paragraphs among which a title and credits are looked for."""
_BLANKS: Final = " \t\u3000"
_STOPS: Final = tuple("。！？；，、.!?;,”」")

_CHAPTER_CJK: Final = pattern(
    r"""(?x)
    (?:正文[ \u3000]{1,4})?
    第[ \u3000]?[0-9０-９零〇一二三四五六七八九十百千万两廿卅]{1,9}[ \u3000]?
    (?: (?P<one>[部卷冊册集篇]) | (?P<two>[章回话話幕]) | (?P<three>[节節折]) )
    (?: [ \t\u3000:：.．、·—-]{1,9}(?P<after>[^\n]{0,40}) | [^\n，,。.！!？?：:；;“”「」、]{0,20} )"""
)
_CHAPTER_NAMED: Final = pattern(
    r"""(?xi)
      序[章言幕曲]? | 自序 | 楔子 | 引子 | 前言 | 引言 | 尾[声聲] | [后後][记記] | [终終]章 | 大[结結]局
    | (?:番外 | 附[录錄])[^\n。！？]{0,20}
    | プロローグ | エピローグ | あとがき | まえがき | 프롤로그 | 에필로그
    | prologue | epilogue | preface | foreword | afterword | introduction"""
)
_CHAPTER_KO: Final = pattern(
    r"""(?x) 제[ ]?\d{1,4}[ ]? (?: (?P<one>[부권편]) | (?P<two>[장화막]) | (?P<three>절) )
    (?: [ .:]{1,4}(?P<after>[^\n]{0,40}) )?"""
)
_ORDINALS: Final = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last"
)
_CHAPTER_LATIN: Final = pattern(
    rf"""(?xi)
    (?: (?P<one>part | book | volume) | (?P<two>chapter | act | letter | canto | chapitre | kapitel | cap[ií]tulo)
      | (?P<three>scene | section) )
    [ ]{{1,3}} (?: \d{{1,4}} | [ivxlcdm]{{1,9}} | (?:the[ ])?(?:{_ORDINALS})(?:[ -](?:{_ORDINALS}))? )
    (?: [.:]?
      | [.:]?[ ]{{0,2}}[—–-]?[ ]{{1,3}}(?P<after>[^\n]{{1,60}}) )"""
)


def prose(arriving: Iterable[str], metadata: Metadata, *, size: int = 0) -> Iterator[Document]:
    """Growing Documents of a text that comes in parts, as `lines` of `plain` has them."""
    writer: _Prose | None = None
    wanted = FIRST_CHARACTERS
    for part in arriving:
        writer = writer or _Prose(part, metadata)
        for _ in writer.take(part):
            if writer.fresh >= wanted:
                yield writer.document(size)
                wanted = min(MAX_CHARACTERS, 2 * wanted)
        if not size:
            if not part:
                writer.flush()
            if writer.fresh:
                yield writer.document(size)
    writer = writer or _Prose("", metadata)
    for _ in writer.take("", final=True):
        pass
    yield writer.document(size, complete=True)


def chapter(line: str) -> int:
    """The level of the chapter that a line begins: 1 a volume, 2 a chapter, 3 a section of one; 0 for none."""
    if len(line) > 80:
        return 0
    if _CHAPTER_NAMED.fullmatch(line):
        return 2
    for known in (_CHAPTER_CJK, _CHAPTER_KO, _CHAPTER_LATIN):
        if (found := known.fullmatch(line)) is not None:
            title = (found["after"] or "").strip()
            if title.endswith(("。", "，", "；", ",", ";")) or (title.endswith(".") and title.count(" ") > 8):
                return 0
            return 1 if found["one"] else 2 if found["two"] else 3
    return 0


def wrap_width(head: str) -> int:
    """The width in cells at which the text was wrapped; 0 where its lines end where their author ended them."""
    sizes = [judge.weight(line.rstrip()) for line in head.split("\n") if line.strip()]
    if not sizes:
        return 0
    sizes.sort()
    width = sizes[len(sizes) * 98 // 100]
    if width not in _WIDTHS:
        return 0
    before = ""
    pairs = wrapped = complete = 0
    for line in head.split("\n"):
        if before.strip() and line.strip() and not _indented(line):
            pairs += 1
            wrapped += _no_room(before, line, width)
            complete += line.lstrip()[:1].isupper() or before.rstrip().endswith(_STOPS)
        before = line
    # The lines of a poem may all be as long as the width; but each is a sentence or begins like one.
    return width if pairs >= _LEAST_LINES and wrapped >= _WRAPPED_SHARE * pairs and 2 * complete < pairs else 0


def _indented(line: str) -> bool:
    return line.startswith(("\u3000", "  ", "\t"))


def _no_room(line: str, following: str, width: int) -> bool:
    """Whether the first word of the line that follows would have gone beyond the width."""
    line, following = line.rstrip(), following.lstrip(_BLANKS)
    word = re.match(r"[!-~\u00a0-\u2e7f]*", following)
    first = word[0] if word and word[0] else following[:2]
    glue = joint(line[-1:], following[:1])
    # A line of Chinese may be a character or two short of the width, whose punctuation must not begin the next.
    slack = 0 if glue else 4
    return judge.weight(line) + len(glue) + judge.weight(first) + slack > width


class _Prose:
    """What is written of a text, and the paragraphs that wait to be written: whether one is a heading depends on the
    next."""

    def __init__(self, head: str, metadata: Metadata) -> None:
        head = head[:_HEAD_CHARACTERS]
        self.fresh = 0
        """Characters written since the last Document."""
        self._metadata = metadata
        self._width = wrap_width(head)
        self._headed = sum(chapter(line.strip(_BLANKS)) > 0 for line in head.split("\n")) > 1
        self._opening = judge.opening_title(head[:2000])
        self._writer = Writer(PLAIN)
        self._rest = ""
        self._line = 0
        self._taken = 0
        self._paragraph: list[str] = []
        """The lines of the present one, and what stands between them."""
        self._paragraph_line = 0
        self._last = ""
        """The line it ends with, as it stood."""
        self._held: tuple[Shown, int, bool] | None = None
        """A paragraph, its line, and whether a blank line stands behind it."""
        self._before = ""
        self._count = 0
        self._sections: list[Section] = []
        self._credits: list[Credit] = []
        self._anchors: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        """The last number given to a heading of the same words."""
        self._text = NO_TEXT

    def take(self, part: str, *, final: bool = False) -> Iterator[None]:
        """Writes what is certain of the lines that are whole, a paragraph at a step."""
        source = self._rest + part
        end = len(source) if final else source.rfind("\n") + 1
        start = 0
        while start < end:
            cut = source.find("\n", start, end)
            cut = end if cut < 0 else cut
            self._take_line(source[start:cut])
            start = cut + 1
            self._line += 1
            yield
        self._rest = source[end:]
        self._taken += len(part)
        if final:
            self._end_paragraph(blank=True)
            self.flush()

    def flush(self) -> None:
        """Writes the paragraph that waits for the next one."""
        self._write_held("", level=0)
        if not self._writer.blocks:
            self._end_paragraph(blank=False)
            self._write_held("", level=0)

    # Lines

    def _take_line(self, line: str) -> None:
        bare = line.strip(_BLANKS)
        if not bare:
            self._end_paragraph(blank=True)
            return
        goes_on = bool(self._paragraph) and not _indented(line)
        # In a text that was wrapped, "Chapter 3" at the start of a line may be the middle of a sentence.
        level = 0 if goes_on and self._width and _no_room(self._last, line, self._width) else chapter(bare)
        if self._width and goes_on and not level:
            wrapped = _no_room(self._last, line, self._width)
            self._paragraph += (joint(self._last.rstrip()[-1], bare[0]) if wrapped else "\n", bare)
        else:
            self._end_paragraph(blank=False)
            self._paragraph, self._paragraph_line = [bare], self._line
            if level or not self._width:
                self._end_paragraph(blank=False)
        self._last = line

    def _end_paragraph(self, *, blank: bool) -> None:
        if not self._paragraph:
            if blank and self._held:
                self._held = (*self._held[:2], True)
            return
        text = clean("".join(self._paragraph))
        self._paragraph.clear()
        self._write_held(text, level=chapter(text))
        self._held = (text, self._paragraph_line, blank)

    # Paragraphs

    def _write_held(self, following: str, level: int) -> None:
        """Writes the paragraph that waits; `following` is the next one, `level` that of the chapter it begins."""
        if self._held is None:
            return
        (text, line, blank), self._held = self._held, None
        self.fresh += len(text)
        self._count += 1
        before, self._before = self._before, text
        own = chapter(text)
        is_title = self._count == 1 and not self._metadata.title and not own and self._is_title(text, following, blank)
        if self._count == 1 and not is_title:
            self._write_byline()
        if own and own != level:
            self._write_heading(text, line, own, inferred=False)
        elif own:  # a line of a table of contents
            self._writer.plain(text, line, "body")
        elif is_title:
            title = clean_line(text)
            self._metadata = replace(self._metadata, title=title, entries=MappingProxyType({"title": title}))
            self._writer.title(text)
            self._write_byline()
        elif self._count <= _FIRST_LINES and (credits := judge.credits_of(text)):
            self._credits += credits
            self._writer.plain(text, line, "credit")
        elif level == 0 and following and judge.is_short_title(text, before, following, headed=self._headed):
            self._write_heading(text, line, 2, inferred=True)
        else:
            self._writer.plain(text, line, "body")

    def _write_byline(self) -> None:
        if self._metadata != Metadata():
            from reader.parse.byline import byline

            self._writer.plain(byline(self._metadata), 0, "byline")

    def _is_title(self, text: str, following: str, blank: bool) -> bool:
        if not following or "\n" in text or judge.weight(text) > 60 or text.endswith(tuple("。，；：,;:、…")):
            return False
        if judge.sentences(text.rstrip("!?！？")) or judge.credits_of(text):
            return False
        return blank or bool(judge.credits_of(following)) or judge.weight(following[:400]) > 2 * judge.weight(text)

    def _write_heading(self, text: str, line: int, level: int, *, inferred: bool) -> None:
        writer = self._writer
        where = len(writer.blocks)
        writer.begin(line, one_line=True)
        writer.put(text)
        anchor = self._anchor(text)
        heading = writer.end_heading(level, anchor, inferred=inferred)
        self._anchors[anchor] = heading.start
        if not self._sections and where > sum(map(is_head, writer.blocks[:2])):
            self._sections.append(Section(0, heading.start, self._opening, level, opening=True))
        if self._sections:
            self._sections[-1] = replace(self._sections[-1], end=heading.start)
        title = clean_line(writer.text_from(heading.start))
        self._sections.append(Section(heading.start, heading.end, title, level, inferred))

    def _anchor(self, title: str) -> str:
        """As GitHub names headings, unique."""
        name = slug = re.sub(r"[^\w\- ]+", "", title.lower()).strip().replace(" ", "-") or "section"
        number = self._numbers.get(slug, 0)
        while name in self._anchors:
            number += 1
            name = f"{slug}-{number}"
        self._numbers[slug] = number
        return name

    # Results

    def document(self, size: int, *, complete: bool = False) -> Document:
        """The Document as far as it is written."""
        self.fresh = 0
        text = self._text = joined((self._text, clean(self._writer.text_from(len(self._text)))))
        blocks = tuple(self._writer.blocks)
        sections = list(self._sections)
        if sections:
            sections[-1] = replace(sections[-1], end=len(text))
        elif len(blocks) > sum(map(is_head, blocks[:2])):
            sections = [Section(0, len(text), self._opening, 2, opening=True)]
        metadata = self._metadata
        if self._credits:
            metadata = replace(metadata, credits=(*metadata.credits, *self._credits))
        return Document(
            text,
            metadata,
            blocks,
            tuple(sections),
            anchors=MappingProxyType(dict(self._anchors)),
            complete=complete,
            progress=1.0 if complete or not size else min(1.0, self._taken / size),
        )
