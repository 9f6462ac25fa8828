"""The inline content of a block, written: tokens become text and spans.

Owns the way from markdown-it's inline tokens to the writer's calls, and a short one for text without any markup, which
most of an article is. Refuses block structure. Invariant: the short way and the long one write the same.
"""

from __future__ import annotations

from typing import Final

from markdown_it.token import Token

from reader.document import SpanKind
from reader.parse.dialect import Dialect
from reader.parse.grammar import Grammar
from reader.parse.html import Flow
from reader.parse.latex import readable
from reader.parse.rules import WWW, trimmed
from reader.parse.survey import Survey
from reader.parse.writer import Writer
from reader.sanitize import pattern

_SPECIAL: Final = pattern(
    r"[\\`*_\[<&$@\^=~:w{%](?:(?<=[\\`*_\[<&$])|(?<=@)[A-Za-z0-9_-]|(?<=\^)(?:\[|[A-Za-z0-9+-]{1,12}+\^)|(?<==)="
    r"|(?<=~)[~A-Za-z0-9+-]|(?<=:)(?://|[a-z0-9_+-]{1,40}+:)|(?<=w)ww\.|(?<=\{)[:#.{%/a-zA-Z]|(?<=%)%)"
)
"""What may be more than text; where nothing of this stands, the parser need not be asked. A set comes first, for such a
pattern is looked for several times as fast as alternatives are."""
_SPANS: Final[dict[str, SpanKind]] = {"strong": "strong", "em": "emphasis", "s": "strike", "mark": "mark"}


class Inline:
    """Writes the content of blocks."""

    def __init__(self, grammar: Grammar, writer: Writer, flow: Flow, dialect: Dialect, survey: Survey) -> None:
        self._grammar = grammar
        self._writer = writer
        self._flow = flow
        self._links = dialect.links
        self._survey = survey
        self.notes: list[tuple[int, str]] = []
        """Notes written on the spot, number and content, that still have to be put after their block."""
        self._inline_count = 0

    def tokens(self, content: str) -> list[Token] | None:
        """The inline tokens of a content; None where it is nothing but text. Raises `TooCostly`."""
        return self._grammar.inline(content) if _SPECIAL.search(content) else None

    def write(self, content: str, tokens: list[Token] | None, *, lines: bool = False) -> None:
        """Write a content whose `tokens` are known; `lines` keeps the source's line breaks."""
        if tokens is None:
            self._write_text(content, lines)
        else:
            self._write_tokens(tokens, lines)

    def _write_text(self, content: str, lines: bool) -> None:
        writer = self._writer
        if "\n" not in content:
            writer.put(content)
            return
        rest = content.split("\n")
        last = rest.pop()
        for line in rest:
            writer.put(line.strip(" \t"))
            if lines or line.endswith("  "):
                writer.hard_break()
            else:
                writer.soft_break()
        writer.put(last.strip(" \t"))

    def _write_tokens(self, tokens: list[Token], lines: bool) -> None:
        writer, flow = self._writer, self._flow
        depth = 0
        for token in tokens:
            kind = token.type
            if flow.dropping and kind != "html_inline":
                continue
            if kind == "text" or kind == "text_special":
                content = token.content
                if self._links and not depth and "www." in content:
                    self._write_www(content)
                elif content:
                    writer.put(content)
            elif kind == "softbreak":
                if lines:
                    writer.hard_break()
                else:
                    writer.soft_break()
            elif kind == "hardbreak":
                writer.hard_break()
            elif kind == "code_inline":
                writer.span("code", token.content)
            elif kind == "link_open":
                depth += 1
                writer.open("link", str(token.attrs.get("href", "")))
            elif kind == "link_close":
                depth -= 1
                writer.close("link")
            elif kind == "image":
                writer.image(_alt(token), str(token.attrs.get("src", "")))
            elif kind == "html_inline":
                flow.inline(token.content)
            elif kind == "footnote_ref":
                label = token.meta["label"]
                writer.span("note", str(self._survey.number(label)), label)
            elif kind == "footnote_inline":
                number = self._inline_number()
                label = f"^{number}"
                writer.span("note", str(number), label)
                self.notes.append((number, token.content))
            elif kind == "math_inline":
                writer.span("math", " ".join(readable(token.content).split("\n")))
            elif token.nesting > 0:
                writer.open(_SPANS[token.tag])
            elif token.nesting < 0:
                writer.close(_SPANS[token.tag])
        flow.end_inline()

    def _inline_number(self) -> int:
        """The number of the next note written on the spot."""
        self._inline_count += 1
        return self._survey.inline_number(self._inline_count - 1)

    def _write_www(self, content: str) -> None:
        writer = self._writer
        at = 0
        for found in WWW.finditer(content):
            address = trimmed(found[0])
            writer.put(content[at : found.start()])
            writer.span_link(address, "http://" + address)
            at = found.start() + len(address)
        writer.put(content[at:])


def _alt(token: Token) -> str:
    """The text of an image's description, without markup."""
    parts: list[str] = []
    stack = list(reversed(token.children or ()))
    while stack:
        child = stack.pop()
        if child.type == "image":
            stack.extend(reversed(child.children or ()))
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type != "html_inline":
            parts.append(child.content)
    return "".join(parts)
