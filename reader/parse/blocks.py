"""Block tokens, written: groups of tokens become blocks, sections and what the metadata gains.

Owns the order of things: it takes the article group by group (a group is one top-level block), looks a little ahead
where the dialect must know what follows, and writes each group once. Refuses to parse and to cut.

Invariant: what it writes depends on the sequence of groups alone, not on how many came at a time.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from markdown_it.token import Token

from reader.document import (
    NO_TEXT,
    Alert,
    Align,
    Credit,
    Definition,
    Document,
    Item,
    Metadata,
    Note,
    ParagraphRole,
    Quote,
    Shown,
    Table,
    is_head,
)
from reader.parse import books, boxes, mdx, wiki
from reader.parse import dialect as judge
from reader.parse.attributes import is_contents_mark, language_of, without_attribute_lines, without_attributes
from reader.parse.byline import byline
from reader.parse.dialect import Dialect
from reader.parse.grammar import Grammar, TooCostly
from reader.parse.groups import Group, is_tight
from reader.parse.headings import named_at_end, without_empty_links
from reader.parse.html import Flow
from reader.parse.inline import Inline
from reader.parse.latex import readable
from reader.parse.plainly import plain_lines, plain_places
from reader.parse.sections import Sections
from reader.parse.survey import Survey
from reader.parse.writer import Writer
from reader.sanitize import clean_line, clean_on, pattern

_TAIL: Final = 800
"""Characters of source after a place that are looked at to know whether it is near the article's end."""
_TAIL_GROUPS: Final = 6
_START: Final = 6
"""Top-level blocks at the start among which credit lines are expected."""
_WARNINGS: Final = 5
_H1: Final = pattern(r"\s{0,9}<h1[\s>]", re.IGNORECASE)


class Builder:
    """Writes groups and keeps what a Document is made of."""

    def __init__(
        self, metadata: Metadata, dialect: Dialect, grammar: Grammar, survey: Survey, *, start: str, headings: list[int]
    ) -> None:
        self._metadata = metadata
        self._dialect = dialect
        self._writer = Writer(dialect)
        is_text = survey.closed_tags.is_text if dialect.html_repair else lambda name, tag: False
        self._flow = Flow(self._writer, self._end_heading, self._warn, is_text, self._html_title_level)
        self._inline = Inline(grammar, self._writer, self._flow, dialect, survey)
        self._boxes = boxes.Boxes(self._writer)
        self._survey = survey
        self._is_note = dialect.wiki and survey.is_note
        self._queue: deque[Group] = deque()
        self._sections = Sections(self._writer, start, headings)
        self._credits: list[Credit] = []
        self._notes: dict[str, int] = {}
        self._abbreviations: dict[str, Shown] = {}
        self._warnings: list[str] = []
        self._plain: list[tuple[int, int]] = []
        self._count = 0
        self._byline = byline(metadata)
        """What is still to be written of it."""
        self._before: Group | None = None
        self._footer = False
        self._list_end: tuple[str, int | None] | None = None
        self._shown = NO_TEXT
        """The text of the last document."""

    # Feeding

    def feed_html(self, chunk: str) -> None:
        """Write a piece of HTML that ends within no element but `<div>`, and that this program wrote."""
        self._flow.is_page = True
        self.feed([Group("other", chunk, 0, [Token("html_block", "", 0, content=chunk)])])

    @property
    def begun(self) -> bool:
        """Whether there is something of the body to show."""
        return len(self._writer.blocks) > self._titled()

    @property
    def written(self) -> int:
        """Characters of the text so far."""
        return self._writer.offset

    def feed(self, arrived: list[Group], *, final: bool = False) -> None:
        """Write what can be decided now; `final` says that nothing more will come."""
        self._queue.extend(arrived)
        while self._queue and (final or self._decidable()):
            group = self._queue.popleft()
            if not self._count:
                self._write_title(group)
            written = self._writer.state()
            sections, credits, notes = len(self._sections.made), len(self._credits), len(self._notes)
            plain = len(self._plain)
            try:
                self._write_group(group, final)
            except Exception:  # whatever it is, it costs this group its markup and no other
                del self._sections.made[sections:], self._credits[credits:], self._plain[plain:]
                while len(self._notes) > notes:
                    self._notes.popitem()
                self._inline.notes.clear()
                self._flow.reset()
                self._writer.take_back(written)
                self._write_byline()
                self._write_plain(group.as_written, group.line)
            if self._byline and self._writer.blocks:
                self._write_byline()

    def _decidable(self) -> bool:
        first = self._queue[0]
        if first.kind in ("other", "plain") or (first.kind == "paragraph" and first.weight > 400) or not self._count:
            return first.kind != "paragraph" or first.weight > 400 or self._far()
        return first.kind == "heading" or self._far()

    def _far(self) -> bool:
        """Whether enough follows the first group to know that it is not near the article's end."""
        weight = 0
        for number, group in enumerate(self._queue):
            if number:
                weight += group.weight + 1
                if weight > _TAIL:
                    return True
        return len(self._queue) > _TAIL_GROUPS

    def _write_group(self, group: Group, final: bool) -> None:
        self._count += 1
        if self._byline and not self._may_be_title(group):
            self._write_byline()
        if group.kind == "rule":
            self._writer.rule(group.line)
            self._footer = self._dialect.footer and self._promotes(final)
        elif group.kind == "paragraph":
            self._write_top_paragraph(group, final)
        elif group.kind == "plain":
            self._write_plain(group.content, group.line)
        else:
            self._write_tokens(group.tokens, group.line - (group.tokens[0].map or [0])[0], joined=group.joined)
            if group.kind == "heading":
                self._footer = False
        self._before = group

    def _write_title(self, first: Group | None) -> None:
        title = self._metadata.title
        if title and not (first and first.kind == "heading" and _same_words(first.content, title)):
            self._writer.title(title)
            self._write_byline()

    def _may_be_title(self, group: Group) -> bool:
        """Whether the byline may belong under this group. A paragraph tells when it is written."""
        if group.kind == "heading":
            return group.tokens[0].tag == "h1" or bool(self._metadata.title)
        return group.kind == "paragraph" or (group.kind == "other" and bool(_H1.match(group.tokens[0].content)))

    def _write_byline(self) -> None:
        """Write what the header says of the article, once: under the title, or on top where there is none."""
        lines, self._byline = self._byline, NO_TEXT
        if lines:
            before = self._writer.blocks[-1].line if self._writer.blocks else 0
            self._writer.plain(lines, before, "byline")

    def _promotes(self, final: bool) -> bool:
        """Whether what follows a rule, up to the end, is a promotional footer."""
        if not final or not self._queue or len(self._queue) > _TAIL_GROUPS:
            return False
        if any(group.kind in ("rule", "heading") for group in self._queue):
            return False
        text = "\n".join(group.content for group in self._queue)
        return len(text) <= _TAIL and any(judge.is_promotion(group.content) for group in self._queue)

    # Paragraphs at the top level, where the dialect applies

    def _write_top_paragraph(self, group: Group, final: bool) -> None:
        content = group.content
        if self._dialect.attributes and "{:" in content:
            content = without_attribute_lines(content)
        if not content.strip() or (self._dialect.attributes and is_contents_mark(content)):
            return
        if self._dialect.books and (name := books.label(content)):
            self._writer.anchor(name)
            return
        module = self._dialect.mdx and (self._survey.is_mdx or len(self._writer.blocks) <= self._titled())
        if module and mdx.is_module_code(content):
            return
        if self._footer:
            self._write_byline()
            self._write_paragraph(content, group.line, "footer", lines=False)
            return
        below_table = self._dialect.books and isinstance((self._writer.blocks or (None,))[-1], Table)
        if below_table and (words := books.table_caption(content)):
            if self._dialect.attributes and words.endswith("}"):
                words, name = without_attributes(words)
                if name:
                    self._writer.anchor(name)
            self._write_paragraph(words, group.line, "caption")
            return
        if not self._writer.scopes:
            if self._dialect.credits and self._is_credit(content, final):
                self._write_byline()
                self._credits += judge.credits_of(_bare(content))
                self._write_paragraph(content, group.line, "credit", lines=True)
                return
            if self._dialect.inferred_sections and self._write_inferred(content, group, final):
                return
        self._write_byline()
        self._write_paragraph(content, group.line)

    def _is_credit(self, content: str, final: bool) -> bool:
        if len(content) > 400 or not judge.credits_of(_bare(content)):
            return False
        if self._count <= _START and self._writer.offset < 1200:
            return True
        return final and len(self._queue) <= 2 and not any(group.kind == "heading" for group in self._queue)

    def _write_inferred(self, content: str, group: Group, final: bool) -> bool:
        """Write a heading that no markup says is one, and the text on the lines below it; whether there was one."""
        following = self._queue[0] if self._queue else None
        before = self._before.content if self._before and self._before.kind == "paragraph" else ""
        if before.endswith((":", "：")):
            return False
        if content.startswith(("**", "__", "<b>", "<strong>")):
            first, _, rest = content.partition("\n")
            title = _bold(first.rstrip(" \\"))
            if not title or not judge.is_bold_title(_bare(title), headed=self._sections.headed):
                return False
            if title in self._survey.labels:
                return False
            if rest:
                followed = judge.weight(rest) >= 20 and not _bold(rest.split("\n", 1)[0])
            else:
                followed = following is not None and following.kind in ("paragraph", "other")
            if followed:
                self._write_heading(title, group.line, self._sections.inferred_level, inferred=True)
                if rest:
                    self._write_paragraph(rest, group.line + 1)
            return followed
        if following is None or following.kind != "paragraph" or "\n" in content or len(content) > 80:
            return False
        if any(mark in content for mark in "`*_[<$"):
            return False
        if judge.is_short_title(content, _bare(before), _bare(following.content), headed=self._sections.headed):
            self._write_heading(content, group.line, self._sections.inferred_level, inferred=True)
            return True
        return False

    def _html_title_level(self, text: str) -> int:
        """The level of a bold paragraph of HTML that is a title: a numbered one, since what follows is not known."""
        if not (self._dialect.inferred_sections and judge.is_numbered(text)) or self._writer.scopes:
            return 0
        return self._sections.inferred_level if judge.is_bold_title(text, headed=self._sections.headed) else 0

    def _write_paragraph(self, content: str, line: int, role: ParagraphRole = "body", *, lines: bool = False) -> None:
        writer = self._writer
        if self._is_note:
            content, name = wiki.block_id(content)
            if name:
                writer.anchor(name)
            if wiki.is_fields(content):
                role, lines = "footer", True
            elif role == "body" and (fields := wiki.fields_below(content)):
                self._write_paragraph(words := content[:fields].rstrip(), line)
                content, line, role, lines = content[fields:], line + words.count("\n") + 1, "footer", True
        try:
            tokens = self._inline.tokens(content)
        except TooCostly:
            self._write_plain(content, line)
            return
        writer.begin(line)
        self._inline.write(content, tokens, lines=lines)
        writer.end_paragraph(role)
        self._write_inline_notes(line)

    def _write_plain(self, content: str, line: int) -> None:
        self._writer.plain(content, line, "plain")
        end = line + content.count("\n")
        if self._plain and self._plain[-1][1] + 2 >= line:
            self._plain[-1] = (self._plain[-1][0], end)
        else:
            self._plain.append((line, end))

    def _write_inline_notes(self, line: int) -> None:
        notes, self._inline.notes = self._inline.notes, []
        for number, content in notes:
            label = f"^{number}"
            depth = len(self._writer.scopes)
            self._writer.enter(Note(label, number))
            blocks = len(self._writer.blocks)
            self._write_paragraph(content, line)
            if len(self._writer.blocks) > blocks:
                self._notes[label] = self._writer.blocks[blocks].start
            self._writer.leave(depth)

    # Headings and sections

    def _write_heading(self, content: str, line: int, level: int, *, inferred: bool = False) -> None:
        anchor = ""
        if self._dialect.attributes and content.endswith("}"):
            content, anchor = without_attributes(content)
        if self._dialect.mdx and content.endswith("}"):
            content, named = mdx.anchor_of(content)
            anchor = anchor or named
        writer = self._writer
        if self._dialect.empty_links:
            if name := named_at_end(content):
                writer.anchor(name)
            content = without_empty_links(content)
        writer.begin(line, one_line=True)
        try:
            self._inline.write(content, self._inline.tokens(content))
        except TooCostly:
            writer.put(content)
        if writer.empty and self._dialect.html_repair:
            writer.drop()  # nothing, a comment or an anchor
            return
        self._end_heading(level, anchor, inferred=inferred)
        self._write_inline_notes(line)

    def _end_heading(self, level: int, anchor: str, *, inferred: bool = False) -> None:
        first = not self._writer.blocks
        self._sections.end_heading(level, anchor, inferred=inferred)
        if first:
            self._write_byline()

    def _titled(self) -> int:
        """How many blocks the title and the byline are."""
        return sum(map(is_head, self._writer.blocks[:2]))

    # Tokens of any depth

    def _write_tokens(self, tokens: list[Token], line: int, *, joined: bool = False) -> None:
        writer = self._writer
        marks: list[int] = []
        notes: list[tuple[str, int]] = []
        at = 0
        where = line
        while at < len(tokens):
            token = tokens[at]
            kind = token.type
            if token.map:
                where = line + token.map[0]
            if kind == "paragraph_open":
                self._write_inner_paragraph(tokens[at + 1].content, where)
                at += 2
            elif kind == "heading_open":
                content = tokens[at + 1].content
                if self._is_false_heading(token, content):
                    self._write_paragraph(content, where)
                    writer.rule(where + content.count("\n") + 1)
                else:
                    self._write_heading(content, where, int(token.tag[1]))
                at += 2
            elif kind in ("bullet_list_open", "ordered_list_open", "dl_open"):
                marks.append(len(writer.scopes))
                scope = writer.enter(None, tight=is_tight(tokens, at))
                if kind == "ordered_list_open":
                    scope.number = int(token.attrs.get("start", 1))
                    if joined and at == 0 and self._list_end and self._list_end[0] == token.markup:
                        scope.number = self._list_end[1]
            elif kind == "list_item_open":
                marks.append(len(writer.scopes))
                number = writer.scopes[-1].number
                if number is not None:
                    writer.scopes[-1].number = number + 1
                box = token.meta.get("checked") if token.meta else None
                if token.meta and "name" in token.meta:
                    writer.anchor(token.meta["name"])
                writer.enter(Item(number, box), tight=writer.scopes[-1].tight)
                if tokens[at + 1].type == "list_item_close":
                    writer.begin(where)
                    writer.end_empty()
            elif kind == "dd_open":
                marks.append(len(writer.scopes))
                writer.enter(Definition(), tight=writer.scopes[-1].tight)
            elif kind == "blockquote_open":
                marks.append(len(writer.scopes))
                at += self._enter_quote(tokens, at + 1, where)
            elif kind == "alert_open":
                marks.append(len(writer.scopes))
                writer.enter(Alert(token.meta["kind"].lower()))
                at += 3
            elif kind == "footnote_reference_open":
                marks.append(len(writer.scopes))
                label = token.meta["label"]
                notes.append((label, len(writer.blocks)))
                writer.enter(Note(label, self._survey.number(label)))
            elif kind == "ordered_list_close" or kind == "bullet_list_close":
                depth = marks.pop()
                self._list_end = (token.markup, writer.scopes[depth].number)
                writer.leave(depth)
            elif kind == "footnote_reference_close":
                writer.leave(marks.pop())
                label, block = notes.pop()
                if block < len(writer.blocks):
                    self._notes.setdefault(label, writer.blocks[block].start)
            elif kind in ("list_item_close", "dd_close", "blockquote_close", "alert_close", "dl_close"):
                writer.leave(marks.pop())
            elif kind == "dt_open":
                writer.begin(where, one_line=True)
                self._write_line(tokens[at + 1].content)
                writer.end_paragraph("term")
                at += 2
            elif kind == "fence":
                language = language_of(token.info)
                if language == "math" and self._dialect.math and token.content.strip():
                    writer.math(readable(token.content, display=True), token.content.strip(), where)
                else:
                    writer.code(token.content.removesuffix("\n"), language, where)
            elif kind == "code_block":
                writer.code(token.content.removesuffix("\n"), "", where)
            elif kind == "html_block":
                self._flow.block(token.content, where)
            elif kind == "hr":
                writer.rule(where)
            elif kind in ("math_block", "math_block_label"):
                source = token.content.strip("\n")
                if token.meta and "name" in token.meta:
                    writer.anchor(token.meta["name"])
                if source.strip():
                    label = f"  ({token.info})" if token.info else ""
                    writer.math(readable(source, display=True) + label, source.strip(), where)
            elif kind == "table":
                self._write_table(token.meta["rows"], tuple(token.meta["align"]), where)
            elif kind == "plain":
                self._write_plain(token.content, where)
            elif kind == "abbreviation":
                self._abbreviations.setdefault(clean_line(token.info), clean_line(token.content))
            elif kind == "line_block":
                self._write_paragraph(token.content, where, lines=True)
            elif kind in boxes.TOKENS:
                self._boxes.take(token, where)
            at += 1
        if not marks:
            self._boxes.settle()

    def _enter_quote(self, tokens: list[Token], at: int, line: int) -> int:
        """Enter a quote, or the callout it is by the paragraph at `at`; how many tokens have been taken."""
        is_text = self._dialect.wiki and self._dialect.alerts and tokens[at].type == "paragraph_open"
        found = wiki.callout(tokens[at + 1].content) if is_text else None
        if found is None:
            self._writer.enter(Quote())
            return 0
        alone = bool(found[1]) and not found[2] and tokens[at + 3].type == "blockquote_close"
        self._boxes.callout(found[0], "" if alone else found[1], line, is_open=None if alone else found[3])
        tokens[at + 1].content = found[1] if alone else found[2]
        return 0 if tokens[at + 1].content else 3

    def _is_false_heading(self, token: Token, content: str) -> bool:
        mark = token.markup
        return self._dialect.false_headings and mark in ("-", "=") and judge.is_false_heading(content, mark)

    def _write_inner_paragraph(self, content: str, line: int) -> None:
        if self._dialect.attributes and "{:" in content:
            if is_contents_mark(content):
                return
            content = without_attribute_lines(content)
        self._write_paragraph(content, line)

    def _write_line(self, content: str) -> None:
        try:
            self._inline.write(content, self._inline.tokens(content))
        except TooCostly:
            self._writer.put(content)

    def _write_table(self, source: list[list[str]], align: tuple[Align, ...], line: int) -> None:
        writer = self._writer
        writer.begin(line, one_line=True)
        rows = []
        for number, cells in enumerate(source):
            row = []
            for column, content in enumerate(cells):
                if column or number:
                    writer.put_separator("\t" if column else "\n")
                start = writer.begin_cell()
                if content:
                    self._write_line(content)
                row.append(writer.end_cell(start))
            rows.append(tuple(row))
        writer.end_table(rows, align)
        self._write_inline_notes(line)

    # Results

    def _warn(self, message: str) -> None:
        if message not in self._warnings:
            self._warnings.append(message)

    def document(self, progress: float, *, complete: bool) -> Document:
        """The Document as far as it is written."""
        writer = self._writer
        if complete and not self._count:
            self._write_title(None)
            self._write_byline()
        text = writer.text
        if complete:
            writer.end_named()
        metadata = self._metadata
        if self._credits:
            metadata = replace(metadata, credits=(*metadata.credits, *self._credits))
        # only what is new: cleaning all of it for each document took an eighth of the time of a large article
        self._shown = clean_on(text, self._shown)
        return Document(
            self._shown,
            metadata,
            tuple(writer.blocks),
            self._sections.all(len(text)),
            tuple(writer.links),
            tuple(writer.images),
            MappingProxyType({**self._flow.notes, **self._notes}),
            MappingProxyType(dict(writer.anchors)),
            MappingProxyType(dict(self._abbreviations)),
            tuple(map(clean_line, self._all_warnings())),
            complete,
            progress,
        )

    def _all_warnings(self) -> tuple[str, ...]:
        result = list(self._warnings[:_WARNINGS])
        result += [plain_lines(first, last) for first, last in self._plain[:_WARNINGS]]
        if len(self._plain) > _WARNINGS:
            result.append(plain_places(len(self._plain) - _WARNINGS))
        return tuple(result)


def _bold(line: str) -> str:
    """The content of a line that is one bold phrase and nothing else; empty where it is not."""
    line = line.strip()
    for opener, closer in (("**", "**"), ("__", "__"), ("<b>", "</b>"), ("<strong>", "</strong>")):
        if line.startswith(opener) and line.endswith(closer) and len(line) > len(opener) + len(closer):
            inside = line[len(opener) : -len(closer)]
            return "" if opener in inside or closer in inside or "![" in inside else inside
    return ""


_MARKUP: Final = pattern(
    r"[*_`~]{1,3}|</?[A-Za-z][A-Za-z0-9]*+(?:\s[^<>]*+|/)?>|!?\[([^\[\]]*+)\]\((?:[^()]|\([^()]*\))*+\)"
)


_MARKED: Final = pattern(r"[*_`~<\[]")
"""What all markup of `_MARKUP` has in it."""


def _bare(content: str) -> str:
    """A content without the markup that is likely in it, for judging it."""
    if _MARKED.search(content) is None:  # ten times as fast
        return content
    return _MARKUP.sub(lambda found: found[1] or "", content)


def _same_words(first: str, second: str) -> bool:
    return re.findall(r"\w+", _bare(first).casefold()) == re.findall(r"\w+", second.casefold())
