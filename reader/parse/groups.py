"""Block tokens as groups: each is one block of the top level, with what stands in it.

Owns where one ends, and which underlined sentences are no headings. Refuses to write.
"""

from __future__ import annotations

from markdown_it.token import Token

from reader.parse import dialect as judge
from reader.parse.dialect import Dialect


class Group:
    """One top-level block: its tokens, or the content of a paragraph that needed no parsing."""

    __slots__ = ("content", "joined", "kind", "line", "source", "tokens")

    def __init__(
        self, kind: str, content: str, line: int, tokens: list[Token], joined: bool = False, source: str = ""
    ) -> None:
        self.kind = kind
        """paragraph, heading, rule, plain (`content` is shown as it is) or other."""
        self.content = content
        self.line = line
        self.tokens = tokens
        self.joined = joined
        """It goes on with the block before it, which was cut."""
        self.source = source
        """What the lines of `tokens` count from."""

    @property
    def weight(self) -> int:
        return len(self.content)

    @property
    def as_written(self) -> str:
        """The Markdown it comes from."""
        lines = self.tokens[0].map if self.tokens else None
        return "\n".join(self.source.split("\n")[lines[0] : lines[1]]).strip("\n") if lines else self.content


def groups(tokens: list[Token], source: str, line: int, dialect: Dialect, *, joined: bool = False) -> list[Group]:
    """Block tokens as top-level groups; an underlined sentence becomes a paragraph and a rule here. The `source` the
    tokens come from starts at `line`."""
    result: list[Group] = []
    at = 0
    while at < len(tokens):
        first = tokens[at]
        end = at + 1
        if first.nesting > 0:
            level = first.level
            while tokens[end].nesting >= 0 or tokens[end].level != level:
                end += 1
            end += 1
        own = tokens[at:end]
        start = line + (first.map[0] if first.map else 0)
        if first.type == "paragraph_open":
            result.append(Group("paragraph", own[1].content, start, own, joined, source))
        elif first.type == "heading_open":
            content = own[1].content
            if dialect.false_headings and first.markup in ("-", "=") and judge.is_false_heading(content, first.markup):
                last = line + first.map[1] - 1 if first.map else start
                result.append(Group("paragraph", content, start, own, joined, source))
                result.append(Group("rule", "", last, []))
            else:
                result.append(Group("heading", content, start, own, joined, source))
        elif first.type == "hr":
            result.append(Group("rule", "", start, own, joined, source))
        else:
            content = "\n".join(token.content for token in own if token.content)[:2000]
            result.append(Group("other", content, start, own, joined, source))
        joined = False
        at = end
    return result


def is_tight(tokens: list[Token], at: int) -> bool:
    """Whether the list that opens at `at` is tight: markdown-it hides the paragraphs of a tight one."""
    level = tokens[at].level
    for token in tokens[at + 1 :]:
        if token.level == level + 2 and token.type == "paragraph_open":
            return token.hidden
        if token.level == level and token.nesting < 0:
            break
    return True
