"""The Markdown grammar of the reader: markdown-it with rules for the languages and the dialects of real articles.

Owns the parser's configuration, emphasis beside Chinese, Japanese and Korean, and the allowance that keeps any input
cheap. Steps are counted, so the same source gives the same result; time is only looked at for what no count foresees,
with a limit that is some twenty times what the costliest honest part of a source takes. The other rules of our own are
in `rules`. Refuses to build a Document.

Invariant: what is over the allowance raises `TooCostly`, and no text is dropped for being nested too deeply.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from threading import get_ident
from time import thread_time
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from reader.parse import books, examples, files, headings, mdx, myst, rules, targets, templates, wiki
from reader.parse import math as formulas
from reader.parse.abbreviations import abbreviation
from reader.parse.dashes import dash_table
from reader.parse.dialect import Dialect
from reader.parse.script import cjk, punctuation, shared
from reader.parse.survey import Survey
from reader.sanitize import pattern

Rule = Callable[[StateInline, bool], bool]
BlockRule = Callable[[StateBlock, int, int, bool], bool]

NESTING: Final = 64
"""Levels of block markup that are parsed; a list has two a level. What is deeper is shown as it is written."""
_INLINE_NESTING: Final = 40
_STEPS: Final = 20_000
_STEPS_A_CHARACTER: Final = 4
"""What any honest content needs to be parsed, far from reached."""
_TIME_LIMIT_S: Final = 0.5
"""Of computing, for all blocks and all inline content of one fragment of the source."""
_LOOK_STEPS: Final = 64
"""Steps between two looks at the clock."""

_TRIGGERS: Final = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis_joint": "*",
    "emphasis": "*_",
    "note_reference": "[",
    "note_inline": "^",
    "link": "[",
    "image": "!",
    "sized_image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "mark": "=",
    "math": "$",
    "math_brackets": "\\",
    "url": ":",
    "attributes": "{",
    "figure": "{",
    "role": "{",
    "script": "~^",
    "span": "[",
    "wiki_link": "![",
    "wiki_comment": "%",
    "raw": "{",
    "template_link": "[",
    "card": "@",
    "example_reference": "@",
    "cross_reference": "@",
    "emoji": ":",
    "comment": "{",
    "component": "<",
}
"""The characters at which an inline rule can match; each rule is asked only there."""
_STOP: Final = {
    ":": r":(?=//|[a-z0-9_+-]{1,40}+:)",
    "@": r"@(?=[\[A-Za-z0-9_-])",
    "%": "%(?=%)",
    "=": "=(?==)",
    "~": "~(?=~|[A-Za-z0-9+-]{1,12}+~)",
    "!": r"!(?=\[)",
    "^": r"\^(?=\[|[A-Za-z0-9+-]{1,12}+\^)",
}
"""Characters that matter only before another one."""


class TooCostly(Exception):
    """Parsing this costs more steps than its length allows, or more time than is given to any part of a source."""


class _Allowance:
    """What parsing may cost: steps for a content, time for a fragment of the source."""

    def __init__(self) -> None:
        self._steps = 0
        self._end_s = 0.0

    def renew(self) -> None:
        """Give a new fragment its time. It counts from the first steps on, since looking at the clock costs some."""
        self._end_s = 0.0

    def allow(self, steps: int) -> None:
        """Set the steps for what is parsed next."""
        self._steps = steps

    def take(self) -> int:
        """Some of the steps, to be counted down by the parser; raises `TooCostly` when steps or time are used up."""
        now = thread_time()
        self._end_s = self._end_s or now + _TIME_LIMIT_S
        taken = min(_LOOK_STEPS, self._steps)
        self._steps -= taken
        if taken <= 0 or now > self._end_s:
            raise TooCostly
        return taken


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

    def __init__(self, state: type[StateInline], allowance: _Allowance) -> None:
        super().__init__()
        self._state = state
        self._allowance = allowance
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

    def begin(self, content: str) -> None:
        """Allow for the next content, images within images included, what any honest one of its length needs."""
        self._allowance.allow(_STEPS + _STEPS_A_CHARACTER * len(content))
        self._left = 0

    def skipToken(self, state: StateInline) -> None:
        self._left -= 1
        if self._left < 0:
            self._left += self._allowance.take()
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
                self._left += self._allowance.take()
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

    def __init__(self, allowance: _Allowance) -> None:
        super().__init__()
        self._allowance = allowance
        self._left = 0
        self._all: tuple[BlockRule, ...] = ()
        self._words: tuple[BlockRule, ...] = ()

    def settle(self) -> None:
        """Fix the rules; to be called once they are all in place."""
        names = self.ruler.get_active_rules()
        rules = self.ruler.getRules("")
        self._all = tuple(rules)
        of_words = ("table", "code", "dash_table", "deflist", "lheading", "paragraph")
        self._words = tuple(rule for name, rule in zip(names, rules, strict=True) if name in of_words)

    def begin(self) -> None:
        """Forget what is left of the steps of the source before."""
        self._left = 0

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        line = startLine
        blank_before = False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            self._left -= 1
            if self._left < 0:
                self._left += self._allowance.take()
            if state.level >= NESTING:
                self._show_as_written(state, line, endLine)
            else:
                word = state.src[state.bMarks[line] + state.tShift[line]].isalpha()
                for rule in self._words if word else self._all:
                    if rule(state, line, endLine, False):
                        break
                if state.line <= line:
                    raise RuntimeError("no rule got any further")
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
        rules.push_plain(state, line, after)


class _References(dict[str, Any]):
    """The reference definitions: those the parser has come by, and those the survey finds further on."""

    def __init__(self, survey: Survey) -> None:
        super().__init__()
        self._survey = survey

    def __contains__(self, label: object) -> bool:
        return super().__contains__(label) or self._survey.reference(str(label)) is not None

    def get(self, label: str, default: Any = None) -> Any:
        return super().get(label) or self._survey.reference(label) or default


class _Parsers:
    """The parsers of a dialect, which hold nothing of what they have parsed; to be used by one thread.

    Configuring them takes as long as parsing an article of 2 KB, and a library has thousands of these.
    """

    def __init__(self, dialect: Dialect, is_mdx: bool) -> None:
        self.allowance = _Allowance()
        self.usual = _configured(dialect, is_mdx, self.allowance, rare=False)
        self._dialect = dialect
        self._is_mdx = is_mdx
        self._rare: MarkdownIt | None = None

    @property
    def rare(self) -> MarkdownIt:
        """The one with the blocks that few articles have."""
        if self._rare is None:
            self._rare = _configured(self._dialect, self._is_mdx, self.allowance, rare=True)
        return self._rare


@lru_cache(maxsize=8)
def _parsers(dialect: Dialect, is_mdx: bool, thread: int) -> _Parsers:
    return _Parsers(dialect, is_mdx)


class Grammar:
    """A configured parser for one source: `blocks` for block tokens, `inline` for the content of one of them."""

    def __init__(self, dialect: Dialect, survey: Survey, last_box: Callable[[], int]) -> None:
        """`last_box` tells the line at which the last `:::` box of the whole source is closed, -1 where none is."""
        self._dialect = dialect
        self._env: dict[str, Any] = {"references": _References(survey), "survey": survey, "last_box": last_box}
        self._parsers = _parsers(dialect, dialect.mdx and survey.is_mdx, get_ident())
        self._allowance = self._parsers.allowance

    def renew(self) -> None:
        """A new fragment of the source begins: it has the whole allowance for itself."""
        self._allowance.renew()

    def blocks(self, source: str, line: int) -> list[Token]:
        """The block tokens of the part of the source that starts at `line`; inline content is not parsed yet.

        Raises `TooCostly`, and whatever a rule does.
        """
        md = self._parsers.rare if self._has_rare(source) else self._parsers.usual
        self._env["line"] = line
        self._env["last"] = {}
        self._allowance.allow(NESTING * (source.count("\n") + 2))
        tokens: list[Token] = []
        block = md.block
        assert isinstance(block, _Block)
        block.begin()
        block.parse(source, md, self._env, tokens)
        return tokens

    def inline(self, content: str) -> list[Token]:
        """The inline tokens of a block's content. Raises `TooCostly`, whatever went wrong: it is plain then."""
        usual = self._parsers.usual
        inline = usual.inline
        assert isinstance(inline, _Inline)
        inline.begin(content)
        try:
            return inline.parse(content, usual, self._env, [])
        except Exception as error:
            raise TooCostly from error

    def _has_rare(self, source: str) -> bool:
        """Whether the source may hold a block that few articles have; asking for those costs time at every line."""
        dialect = self._dialect
        return (
            (dialect.math and ("$$" in source or "\\[" in source or "\\begin{" in source))
            or (dialect.footnotes and "[^" in source)
            or (dialect.boxes and ":::" in source)
            or (dialect.templates and ("{%" in source or "{{" in source))
            or (dialect.mdx and "<<<" in source)
            or (dialect.books and _BOOK_MARK.search("\n" + source) is not None)
            or (dialect.definitions and _DEFINITION_MARK.search(source) is not None)
        )


def _configured(dialect: Dialect, is_mdx: bool, allowance: _Allowance, *, rare: bool) -> MarkdownIt:
    md = MarkdownIt("zero")
    inline = md.inline = _Inline(_CjkState if dialect.cjk_emphasis else StateInline, allowance)
    block = md.block = _Block(allowance)
    md.configure("commonmark", {"maxNesting": 2 * NESTING, "tasklists": dialect.tasks, "alerts": dialect.alerts})
    # Targets stay as the author wrote them, and a target nobody should open must not make its text disappear.
    vars(md).update(normalizeLink=str, normalizeLinkText=str, validateLink=lambda url: True)
    _add_inline_rules(md, dialect)
    _add_block_rules(md, dialect, rare=rare)
    if is_mdx:
        md.disable("code")
    inline.settle()
    block.settle()
    return md


def _add_inline_rules(md: MarkdownIt, dialect: Dialect) -> None:
    ruler = md.inline.ruler
    if dialect.cjk_emphasis:
        ruler.before("emphasis", "emphasis_joint", rules.emphasis_joint)
    if dialect.strikethrough:
        md.enable("strikethrough")
    if dialect.marks:
        ruler.push("mark", rules.mark)
        md.inline.ruler2.before("fragments_join", "mark", rules.mark_pairs)
    if dialect.math:
        ruler.push("math", rules.math)
        ruler.before("escape", "math_brackets", formulas.brackets)
    if dialect.books:
        ruler.push("role", books.role)
        ruler.push("script", books.script)
        ruler.before("link", "span", books.span)
        ruler.push("example_reference", examples.reference)
        ruler.push("cross_reference", targets.reference)
    if dialect.wiki:
        ruler.before("link", "wiki_link", wiki.link)
        ruler.push("wiki_comment", wiki.comment)
    if dialect.mdx:
        ruler.push("comment", mdx.comment)
        ruler.before("html_inline", "component", mdx.inline_component)
    if dialect.links:
        ruler.push("url", rules.url)
    if dialect.footnotes:
        ruler.push("note_inline", rules.note_inline)
        ruler.before("link", "note_reference", rules.note_reference)
    if dialect.attributes:
        ruler.push("attributes", rules.attribute_list)
    if dialect.templates:
        ruler.push("figure", rules.figure)
        ruler.push("raw", templates.raw)
        ruler.before("link", "template_link", templates.link)
        ruler.push("card", templates.card)
        ruler.before("image", "sized_image", templates.sized_image)
    if dialect.emoji:
        ruler.push("emoji", templates.emoji)


_EVERYWHERE: Final[RuleOptionsType] = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def _add_block_rules(md: MarkdownIt, dialect: Dialect, *, rare: bool) -> None:
    ruler = md.block.ruler
    if dialect.tables:
        md.enable("table")
        ruler.at("table", rules.table, {"alt": ["paragraph", "reference"]})
    if dialect.unspaced_headings:
        ruler.at("heading", headings.heading, {"alt": ["paragraph", "reference", "blockquote"]})
    if dialect.mdx:
        ruler.before("html_block", "component", mdx.component, _EVERYWHERE)
    if dialect.html_repair:
        ruler.at("html_block", rules.html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    if not rare:
        return
    if dialect.mdx:
        ruler.before("fence", "snippet", files.snippet)
    if dialect.math:
        from mdit_py_plugins.dollarmath.index import math_block_dollar

        ruler.before("fence", "math_named", formulas.named, _EVERYWHERE)
        ruler.before("fence", "math_block", _asked(math_block_dollar(True, None, False)), _EVERYWHERE)
        ruler.before("fence", "math_lines", formulas.block, _EVERYWHERE)
    if dialect.footnotes:
        from mdit_py_plugins.footnote.index import footnote_def

        ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    if dialect.definitions:
        from mdit_py_plugins.deflist import deflist_plugin

        md.use(deflist_plugin)
    if dialect.books:
        for name, rule in (("admonition", books.admonition), ("directive", books.directive), ("div", books.div)):
            ruler.before("fence", name, rule, _EVERYWHERE)
        ruler.before("fence", "grid_table", books.grid_table)
        ruler.before("fence", "dash_table", dash_table)
        ruler.before("fence", "line_block", books.line_block)
        ruler.before("fence", "examples", examples.items)
        ruler.before("fence", "myst_hidden", myst.hidden, _EVERYWHERE)
        ruler.before("fence", "included", files.included)
        ruler.before("reference", "abbreviation", abbreviation, {"alt": ["paragraph", "reference"]})
    if dialect.boxes:
        ruler.before("fence", "box", rules.box, _EVERYWHERE)
    if dialect.templates:
        ruler.before("fence", "template", rules.template, _EVERYWHERE)
        ruler.before("fence", "template_tag", templates.tag, _EVERYWHERE)
        ruler.before("html_block", "template_tab", templates.tab_comment, _EVERYWHERE)


_BOOK_MARK: Final = pattern(
    r"\n[ \t]*+(?:!!! |\?\?\?|=== ?\"|[`~:]{3,}+[ \t]*\{|\+-|--+[ ]++--|\|[ ][^|\n]++\n[ \t]*+\|"
    r"|\(@|\*\[|%(?![%\w])|\+\+\+|-{1,2}8<)"
)
_DEFINITION_MARK: Final = pattern(r"\n {0,3}[:~][ \t]+\S")


def _asked(rule: Callable[[StateBlock, int, int, bool], bool]) -> Callable[[StateBlock, int, int, bool], bool]:
    """A block rule that writes nothing where it is only asked: the one of the plugin writes the formula then too."""

    def asked(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        tokens, line = len(state.tokens), state.line
        found = rule(state, start, end, silent)
        if silent:
            del state.tokens[tokens:]
            state.line = line
        return found

    return asked
