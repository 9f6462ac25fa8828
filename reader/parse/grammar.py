"""The Markdown grammar of the reader: markdown-it with rules for the languages and the dialects of real articles.

Owns the parser's configuration, the rules of our own (emphasis beside Chinese, Japanese and Korean, `==mark==`, inline
math, bare URLs, footnotes, attribute lists, `:::` boxes, template code blocks) and the budgets that keep any input
cheap: steps are counted, never seconds, so the same source always gives the same result. Refuses to build a Document.

Invariant: parsing raises nothing but `TooCostly`, and no text is dropped for being nested too deeply.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import html_block as _html_block
from markdown_it.rules_block.table import table as _is_table
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter, Scanned
from markdown_it.token import Token

from reader.parse.cut import Survey
from reader.parse.dialect import Dialect
from reader.parse.html import attributes
from reader.parse.script import cjk, punctuation, shared

Rule = Callable[[StateInline, bool], bool]
BlockRule = Callable[[StateBlock, int, int, bool], bool]

NESTING: Final = 64
"""Levels of block markup that are parsed; a list has two a level. What is deeper is shown as it is written."""
_INLINE_NESTING: Final = 40
_COLUMNS: Final = 300
"""A table of more is shown as it is written."""

_TRIGGERS: Final = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "note_reference": "[",
    "note_inline": "^",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "mark": "=",
    "math": "$",
    "url": ":",
    "attributes": "{",
    "figure": "{",
}
"""The characters at which an inline rule can match; each rule is asked only there."""
_STOP: Final = {":": r":(?=//)", "=": "=(?==)", "~": "~(?=~)", "!": r"!(?=\[)", "^": r"\^(?=\[)"}
"""Characters that matter only before another one."""


class TooCostly(Exception):
    """Parsing this costs more steps than its length allows."""


class _CjkState(StateInline):
    """Emphasis that does not depend on spaces where the writing has none.

    CommonMark lets `**` close after punctuation only before a space or more punctuation, so `**标题：**内容` stays as
    it is. Here, as commonmark-spec issue 650 and pull request 839 propose, full-width punctuation does not count as
    punctuation, and any other is outweighed by a Chinese, Japanese or Korean character on the other side. Quotes and
    dashes that Latin and Chinese share count as full-width beside such a character.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        src, end = self.src, self.posMax
        marker = src[start]
        pos = start
        while pos < end and src[pos] == marker:
            pos += 1
        before = src[start - 1] if start > 0 else " "
        after = src[pos] if pos < end else " "
        before_space, after_space = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
        before_cjk = cjk(before) or (shared(before) and start > 1 and cjk(src[start - 2]))
        after_cjk = cjk(after) or (shared(after) and pos + 1 < end and cjk(src[pos + 1]))
        before_punct = not before_cjk and (isMdAsciiPunct(ord(before)) or isPunctChar(before))
        after_punct = not after_cjk and (isMdAsciiPunct(ord(after)) or isPunctChar(after))
        left = not after_space and (not after_punct or before_space or before_punct or before_cjk)
        right = not before_space and (not before_punct or after_space or after_punct or after_cjk)
        opens_after = before_punct or punctuation(before) or (before_cjk and shared(before))
        closes_before = after_punct or punctuation(after) or (after_cjk and shared(after))
        return Scanned(
            left and (canSplitWord or not right or opens_after),
            right and (canSplitWord or not left or closes_before),
            pos - start,
        )


class _Inline(ParserInline):
    """The inline parser, asking each rule only at its characters and counting the steps."""

    def __init__(self, state: type[StateInline]) -> None:
        super().__init__()
        self._state = state
        self._at: dict[str, tuple[Rule, ...]] = {}
        self._post: tuple[Callable[[StateInline], None], ...] = ()
        self._left = 0

    def settle(self) -> None:
        """Fix the rules; to be called once they are all in place."""
        ruler = self.ruler
        at: dict[str, list[Rule]] = {}
        for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
            for char in _TRIGGERS.get(name, ""):
                at.setdefault(char, []).append(rule)
        self._at = {char: tuple(rules) for char, rules in at.items()}
        stops = [_STOP.get(char, re.escape(char)) for char in self._at]
        self.terminator_re = re.compile("|".join([*stops, r"\]"]))
        self._post = tuple(self.ruler2.getRules(""))

    def budget(self, text: str) -> None:
        """Allow so many steps for the next content as any honest text of its length needs."""
        self._left = 20_000 + 4 * len(text)

    def skipToken(self, state: StateInline) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooCostly
        pos = state.pos
        known = state.cache.get(pos)
        if known is not None:
            state.pos = known
            return
        state.pos = self._next(state, pos, silent=True)
        state.cache[pos] = state.pos

    def tokenize(self, state: StateInline) -> None:
        end = state.posMax
        while state.pos < end:
            self._left -= 1
            if self._left < 0:
                raise TooCostly
            pos = state.pos
            state.pos = self._next(state, pos, silent=False)
        if state.pending:
            state.pushPending()

    def _next(self, state: StateInline, pos: int, *, silent: bool) -> int:
        """Take one token, or the text up to the next character that might open one; where that ends."""
        end = state.posMax
        found = self.terminator_re.search(state.src, pos, end)
        stop = found.start() if found else end
        if stop > pos:
            if not silent:
                state.append_pending(state.src[pos:stop])
            return stop
        char = state.src[pos]
        if state.level < _INLINE_NESTING:
            for rule in self._at.get(char, ()):
                if silent:
                    state.level += 1
                    matched = rule(state, True)
                    state.level -= 1
                else:
                    matched = rule(state, False)
                if matched:
                    return state.pos
        elif silent:
            return end
        if not silent:
            state.append_pending(char)
        return pos + 1

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = self._state(src, md, env, tokens)
        self.tokenize(state)
        for rule in self._post:
            rule(state)
        return state.tokens


class _Block(ParserBlock):
    """The block parser, asking only the rules a line's first character allows and never dropping what is too deep."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[BlockRule, ...] = ()
        self._words: tuple[BlockRule, ...] = ()

    def settle(self) -> None:
        """Fix the rules; to be called once they are all in place."""
        names = self.ruler.get_active_rules()
        rules = self.ruler.getRules("")
        self._all = tuple(rules)
        of_words = ("table", "code", "deflist", "lheading", "paragraph")
        self._words = tuple(rule for name, rule in zip(names, rules, strict=True) if name in of_words)

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        line = startLine
        blank_before = False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= NESTING:
                self._show_as_written(state, line, endLine)
            else:
                word = state.src[state.bMarks[line] + state.tShift[line]].isalpha()
                for rule in self._words if word else self._all:
                    if rule(state, line, endLine, False):
                        break
            state.tight = not blank_before
            line = state.line
            if line - 1 < endLine and state.isEmpty(line - 1):
                blank_before = True
            if line < endLine and state.isEmpty(line):
                blank_before = True
                line += 1
                state.line = line

    def _show_as_written(self, state: StateBlock, line: int, end: int) -> None:
        after = line + 1
        while after < end and (state.isEmpty(after) or state.sCount[after] >= state.blkIndent):
            after += 1
        _push_plain(state, line, after)


def _push_plain(state: StateBlock, line: int, after: int) -> None:
    token = state.push("plain", "", 0)
    token.map = [line, after]
    token.content = state.getLines(line, after, state.blkIndent, False).strip()
    state.line = after


class _References(dict[str, Any]):
    """The reference definitions, which are collected over the whole source at the first question for one."""

    def __init__(self, survey: Survey) -> None:
        super().__init__()
        self._survey: Survey | None = survey

    def _load(self) -> None:
        if self._survey is not None:
            survey, self._survey = self._survey, None
            self.update(survey.references)

    def __contains__(self, label: object) -> bool:
        self._load()
        return super().__contains__(label)

    def get(self, label: str, default: Any = None) -> Any:
        self._load()
        return super().get(label, default)


class Grammar:
    """A configured parser for one source: `blocks` for block tokens, `inline` for the content of one of them."""

    def __init__(self, dialect: Dialect, survey: Survey, last_box: Callable[[], int]) -> None:
        """`last_box` tells the line at which the last `:::` box of the whole source is closed, -1 where none is."""
        self._dialect = dialect
        self._env: dict[str, Any] = {"references": _References(survey), "survey": survey, "last_box": last_box}
        self._usual = self._configured(rare=False)
        self._rare: MarkdownIt | None = None

    def blocks(self, source: str, line: int) -> list[Token]:
        """The block tokens of the part of the source that starts at `line`; inline content is not parsed yet."""
        md = self._usual
        if self._has_rare(source):
            if self._rare is None:
                self._rare = self._configured(rare=True)
            md = self._rare
        self._env["line"] = line
        tokens: list[Token] = []
        try:
            md.block.parse(source, md, self._env, tokens)
        except RecursionError:  # the caller's own stack was deep already
            lines = source.count("\n")
            return [Token("plain", "", 0, map=[0, lines], content=source.strip())]
        return tokens

    def inline(self, content: str) -> list[Token]:
        """The inline tokens of a block's content; raises `TooCostly`."""
        inline = self._usual.inline
        assert isinstance(inline, _Inline)
        inline.budget(content)
        try:
            return inline.parse(content, self._usual, self._env, [])
        except RecursionError as error:
            raise TooCostly from error

    def _has_rare(self, source: str) -> bool:
        """Whether the source may hold a block that few articles have; asking for those costs time at every line."""
        dialect = self._dialect
        return (
            (dialect.math and "$$" in source)
            or (dialect.footnotes and "[^" in source)
            or (dialect.boxes and ":::" in source)
            or (dialect.templates and "{%" in source)
            or (dialect.definitions and _DEFINITION_MARK.search(source) is not None)
        )

    def _configured(self, *, rare: bool) -> MarkdownIt:
        dialect = self._dialect
        md = MarkdownIt("zero")
        inline = md.inline = _Inline(_CjkState if dialect.cjk_emphasis else StateInline)
        block = md.block = _Block()
        md.configure("commonmark", {"maxNesting": 2 * NESTING, "tasklists": dialect.tasks, "alerts": dialect.alerts})
        # Targets stay as the author wrote them, and a target nobody should open must not make its text disappear.
        vars(md).update(normalizeLink=str, normalizeLinkText=str, validateLink=lambda url: True)
        _add_inline_rules(md, dialect)
        _add_block_rules(md, dialect, rare=rare)
        inline.settle()
        block.settle()
        return md


def _add_inline_rules(md: MarkdownIt, dialect: Dialect) -> None:
    ruler = md.inline.ruler
    if dialect.strikethrough:
        md.enable("strikethrough")
    if dialect.marks:
        ruler.push("mark", _mark)
        md.inline.ruler2.before("fragments_join", "mark", _mark_pairs)
    if dialect.math:
        ruler.push("math", _math)
    if dialect.links:
        ruler.push("url", _url)
    if dialect.footnotes:
        ruler.push("note_inline", _note_inline)
        ruler.before("link", "note_reference", _note_reference)
    if dialect.attributes:
        ruler.push("attributes", _attributes)
    if dialect.templates:
        ruler.push("figure", _figure)


_EVERYWHERE: Final[RuleOptionsType] = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def _add_block_rules(md: MarkdownIt, dialect: Dialect, *, rare: bool) -> None:
    ruler = md.block.ruler
    if dialect.tables:
        md.enable("table")
        ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    if dialect.html_repair:
        ruler.at("html_block", _closed_html, {"alt": ["paragraph", "reference", "blockquote"]})
    if not rare:
        return
    if dialect.math:
        from mdit_py_plugins.dollarmath.index import math_block_dollar

        ruler.before("fence", "math_block", math_block_dollar(True, None, False), _EVERYWHERE)
    if dialect.footnotes:
        from mdit_py_plugins.footnote.index import footnote_def

        ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    if dialect.definitions:
        from mdit_py_plugins.deflist import deflist_plugin

        md.use(deflist_plugin)
    if dialect.boxes:
        ruler.before("fence", "box", _box, _EVERYWHERE)
    if dialect.templates:
        ruler.before("fence", "template", _template, _EVERYWHERE)


_DEFINITION_MARK: Final = re.compile(r"\n {0,3}[:~][ \t]+\S")


# Inline rules. Each is called with the state at one of its characters and advances `state.pos` where it matches.


def _mark(state: StateInline, silent: bool) -> bool:
    """`==marked==`, with the flanking rules of emphasis."""
    start = state.pos
    if silent:
        return False
    scanned = state.scanDelims(start, True)
    if scanned.length != 2:
        state.append_pending("=" * scanned.length)
        state.pos = start + scanned.length
        return True
    token = state.push("text", "", 0)
    token.content = "=="
    state.delimiters.append(
        Delimiter(ord("="), 0, len(state.tokens) - 1, -1, open=scanned.can_open, close=scanned.can_close)
    )
    state.pos = start + 2
    return True


def _mark_pairs(state: StateInline) -> None:
    lists = [state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)]
    for delimiters in lists:
        for opener in delimiters:
            if opener.marker == ord("=") and opener.end >= 0:
                for where, kind, nesting in (
                    (opener.token, "mark_open", 1),
                    (delimiters[opener.end].token, "mark_close", -1),
                ):
                    token = state.tokens[where]
                    token.type, token.tag, token.nesting, token.content = kind, "mark", nesting, ""


_PRICE: Final = re.compile(r"\d[\d.,]*\s*(?:[^\W\d_]{2,}|,)\s")


def _math(state: StateInline, silent: bool) -> bool:
    """`$x$` and `$$x$$`. As in pandoc no space stands inside the marks; and, since prices and shell variables are more
    frequent than math, no letter or digit touches them from outside."""
    src, start, end = state.src, state.pos, state.posMax
    mark = "$$" if src.startswith("$$", start) else "$"
    inner = start + len(mark)
    if inner >= end or (start and src[start - 1].isascii() and src[start - 1].isalnum()):
        return False
    if len(mark) == 1 and src[inner].isspace():
        return False
    close = src.find(mark, inner, min(end, inner + 2000))
    while close > 0 and src[close - 1] == "\\":
        close = src.find(mark, close + 1, min(end, inner + 2000))
    if close <= inner or (len(mark) == 1 and src[close - 1].isspace()):
        return False
    after = close + len(mark)
    if after < end and src[after].isascii() and (src[after].isalnum() or src[after] == "$"):
        return False
    content = src[inner:close]
    if _PRICE.match(content) or "\n\n" in content:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = content.strip()
    state.pos = after
    return True


_SCHEME: Final = re.compile(r"(?:^|[^A-Za-z0-9+.-])(https?|ftp)$", re.IGNORECASE)
_REST: Final = re.compile(r"://[^\s<>`\"|\\^{}\[\]]+")
WWW: Final = re.compile(
    r"(?<![A-Za-z0-9./:@-])www\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?"
)
"""A bare `www.` address."""


def _url(state: StateInline, silent: bool) -> bool:
    """A bare URL. It ends before Chinese, Japanese and Korean text and punctuation, and before punctuation that ends
    the sentence around it (GFM 6.9)."""
    if state.linkLevel > 0:
        return False
    scheme = _SCHEME.search(state.src[max(0, state.pos - 6) : state.pos])
    if scheme is None or not (silent or state.pending.endswith(scheme[1])):
        return False
    rest = _REST.match(state.src, state.pos, state.posMax)
    if rest is None:
        return False
    tail = trimmed(rest[0])
    if len(tail) <= 3:
        return False
    if not silent:
        url = scheme[1] + tail
        state.pending = state.pending[: -len(scheme[1])]
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": url.replace("&amp;", "&")}
        token.markup = "linkify"
        state.push("text", "", 0).content = url.replace("&amp;", "&")
        state.push("link_close", "a", -1).markup = "linkify"
    state.pos += len(tail)
    return True


def trimmed(url: str) -> str:
    """A bare URL without what belongs to the sentence around it."""
    end = len(url)
    if not url.isascii():
        end = next((at for at, char in enumerate(url) if cjk(char) or shared(char)), end)
    while end and (
        url[end - 1] in "?!.,:;*_~'\"[" or (url[end - 1] == ")" and url.count(")", 0, end) > url.count("(", 0, end))
    ):
        end -= 1
    return url[:end]


def _note_reference(state: StateInline, silent: bool) -> bool:
    """`[^label]` where the label is defined somewhere."""
    src, start, end = state.src, state.pos, state.posMax
    if not src.startswith("[^", start):
        return False
    close = src.find("]", start + 2, min(end, start + 1000))
    label = src[start + 2 : close] if close > 0 else ""
    if not label or label not in state.env["survey"].labels:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": label}
    state.pos = close + 1
    return True


def _note_inline(state: StateInline, silent: bool) -> bool:
    """`^[a note on the spot]`."""
    start = state.pos
    if not state.src.startswith("^[", start):
        return False
    close = state.md.helpers.parseLinkLabel(state, start + 1)
    if close <= start + 2:
        return False
    if not silent:
        state.push("footnote_inline", "", 0).content = state.src[start + 2 : close]
    state.pos = close + 1
    return True


_ATTRIBUTES: Final = re.compile(
    r"\{:?[ \t]*(?:(?:[#.][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'}]+)|toc)[ \t]*)+\}", re.IGNORECASE
)


def _attributes(state: StateInline, silent: bool) -> bool:
    """Kramdown's `{: .class}` anywhere, pandoc's `{.class}` right behind a link or an image: for browsers only."""
    found = _ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not found[0].startswith("{:") and (
        state.pending or not state.tokens or state.tokens[-1].type not in ("image", "link_close")
    ):
        return False
    state.pos = found.end()
    return True


_FIGURE: Final = (
    r"\{\{[<%]\s*(?:figure|img|image)\s+([^\n]*?)\s*/?[>%]\}\}|\{%\s*(?:img|asset_img|image)\s+([^\n]*?)\s*%\}"
)


def _figure(state: StateInline, silent: bool) -> bool:
    """Hugo's `{{< figure src="x.png" >}}` and Hexo's `{% asset_img x.png "words" %}` as images."""
    if state.src[state.pos + 1 : state.pos + 2] not in ("{", "%"):
        return False
    found = re.compile(_FIGURE).match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if found[1]:
        named = attributes(found[1])
        src, alt = named.get("src", ""), named.get("alt") or named.get("caption") or named.get("title", "")
    else:
        words = re.findall(r"\"[^\"]*\"|'[^']*'|\S+", found[2])
        src = next((word for word in words if "." in word or "/" in word), "")
        alt = " ".join(word.strip("\"' ") for word in words[words.index(src) + 1 :] if word[0] in "\"'") if src else ""
    if not src:
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs = {"src": src.strip("\"'")}
        token.children = [Token("text", "", 0, content=alt)]
    state.pos = found.end()
    return True


# Block rules.


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A GFM table as one token. markdown-it's rule tells whether it is one; its nine tokens a cell would cost more than
    all the rest. Cells beyond the header's are kept, not dropped, and missing ones are not made up."""
    src, begins, ends = state.src, state.bMarks, state.eMarks
    if start + 2 > end or src.find("|", begins[start], ends[start]) < 0 or not _is_table(state, start, end, True):
        return False
    if silent:
        return True
    stops = state.md.block.ruler.getRules("blockquote")
    parent, state.parentType = state.parentType, "table"
    rows = []
    line = start
    while line < end and state.sCount[line] >= state.blkIndent and not state.is_code_block(line):
        row = src[begins[line] + state.tShift[line] : ends[line]].strip()
        if not row or (line > start + 1 and row[0] != "|" and any(rule(state, line, end, True) for rule in stops)):
            break
        if line != start + 1:
            rows.append(_cells(row))
        line += 1
    state.parentType = parent
    if len(rows[0]) > _COLUMNS:
        _push_plain(state, start, line)
        return True
    marks = _cells(src[begins[start + 1] + state.tShift[start + 1] : ends[start + 1]].strip())
    token = state.push("table", "table", 0)
    token.map = [start, line]
    token.meta = {"rows": rows, "align": [_ALIGN[mark.startswith(":"), mark.endswith(":")] for mark in marks]}
    token.content = " ".join(rows[0])
    state.line = line
    return True


_ALIGN: Final = {(False, False): "", (True, False): "left", (False, True): "right", (True, True): "center"}


def _cells(row: str) -> list[str]:
    if "\\" in row:
        cells = [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", row)]
    else:
        cells = [cell.strip() for cell in row.split("|")]
    if row[0] == "|":
        del cells[0]
    if len(cells) > 1 and not cells[-1] and row[-1] == "|":
        del cells[-1]
    return cells


_UNCLOSED: Final = re.compile(r"<(?:(!--)|(script|style|textarea|pre)(?=[\s>])|(\?)|(!\[CDATA\[))", re.IGNORECASE)


def _closed_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The HTML rule, unless what opens is never closed and would swallow the rest of the article."""
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at : at + 1] != "<":
        return False
    found = _UNCLOSED.match(state.src, at)
    if found:
        if found[2]:
            closed = re.compile(f"</{found[2]}", re.IGNORECASE).search(state.src, at) is not None
        else:
            closed = state.src.find("-->" if found[1] else "?>" if found[3] else "]]>", at) >= 0
        if not closed:
            return False
    if not _html_block(state, start, end, silent):
        return False
    if not silent:
        _complete_pre(state, end)
    return True


def _complete_pre(state: StateBlock, end: int) -> None:
    """Let the block just found, which a blank line ended, go on where that line stood in a `<pre>`."""
    token = state.tokens[-1]
    content = token.content.lower()
    while token.map and content.rfind("<pre") > content.rfind("</pre"):
        line = state.line
        while line < end and "</pre" not in state.src[state.bMarks[line] : state.eMarks[line]].lower():
            line += 1
        if line == end:
            return
        while line < end and not state.isEmpty(line):
            line += 1
        token.content = state.getLines(token.map[0], line, state.blkIndent, True)
        token.map[1] = state.line = line
        content = token.content.lower()


_BOX: Final = re.compile(
    r":{3,}[ \t]*([A-Za-z][\w-]*)?[ \t]*(?:\[([^\]\n]*)\]|([^\n{]*?))[ \t]*(?:\{[^}\n]*\})?[ \t]*$"
)


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The lines `:::kind title` and `:::` of a box, as Qiita, Zenn and Docusaurus have them; content stays Markdown."""
    at, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if not state.src.startswith(":::", at) or state.is_code_block(start):
        return False
    found = _BOX.match(state.src[at:stop])
    if found is None or (not found[1] and (found[2] or found[3])):
        return False
    if found[1] and state.env["line"] + start >= state.env["last_box"]():
        return False
    if silent:
        return True
    token = state.push("box_open" if found[1] else "box_close", "", 0)
    token.info = found[1] or ""
    token.content = (found[2] or found[3] or "").strip()
    token.map = [start, start + 1]
    state.line = start + 1
    return True


_TEMPLATE: Final = re.compile(r"\{%-?\s*(highlight|codeblock|raw|endraw)\b([^%]*?)-?%\}[ \t]*$")


def _template(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`{% highlight %}` and `{% codeblock %}` as code; the lines of `{% raw %}` have no meaning of their own."""
    at, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if not state.src.startswith("{%", at) or state.is_code_block(start):
        return False
    found = _TEMPLATE.match(state.src[at:stop])
    if found is None:
        return False
    last = start
    if found[1] in ("highlight", "codeblock"):
        closer = re.compile(rf"\{{%-?\s*end{found[1]}\s*-?%\}}")
        last = next(
            (
                line
                for line in range(start + 1, end)
                if closer.match(state.src, state.bMarks[line] + state.tShift[line])
            ),
            -1,
        )
        if last < 0:
            return False
    if silent:
        return True
    if last > start:
        token = state.push("fence", "code", 0)
        words = found[2].replace("lang:", " ").split()
        token.info = words[0] if words and ":" not in words[0] else ""
        token.content = state.getLines(start + 1, last, state.blkIndent, True)
        token.map = [start, last + 1]
    state.line = last + 1
    return True
