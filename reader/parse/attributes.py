"""Lists of attributes as kramdown and Pandoc have them, `{#id .class}` and `{: .class}`: for browsers, and no text.

Owns those at the end of a heading and on lines of their own; those within a line are one of the `rules`. Refuses to
apply any but the id, which is a heading's anchor.
"""

from __future__ import annotations

from typing import Final

from reader.sanitize import pattern

_CLASSES: Final = pattern(r"[ \t]*+(?:(?:\.[\w-]++|-)[ \t]*+)++")
_ATTRIBUTE_LINE: Final = pattern(r"(?:^|\n)[ \t]*\{:[^{}\n]*\}[ \t]*(?=\n|$)")
_TOC: Final = pattern(r"^(?:TOC|toc|目录)?\s*\n?\{:\s*toc\b[^}]*\}$|^\[(?:TOC|toc)\]$|^\[\[(?:TOC|toc)\]\]$")


def is_contents_mark(content: str) -> bool:
    """Whether a paragraph stands for a table of contents: `{:toc}` below any line, or `[TOC]`."""
    return _TOC.match(content) is not None


def without_attribute_lines(content: str) -> str:
    """A paragraph without the lines that are nothing but a list of attributes."""
    return _ATTRIBUTE_LINE.sub("", content).strip("\n")


def without_attributes(content: str) -> tuple[str, str]:
    """A heading that ends in "}" without its list of attributes, `{#id .class}` or `{: .class}`, and the id in it."""
    at = content.rfind("{")
    inner = content[at + 1 : -1].removeprefix(":")
    if at < 0 or "}" in inner or "\n" in inner:
        return content, ""
    names = [word[1:] for word in inner.replace("\t", " ").split(" ") if len(word) > 1 and word[0] == "#"]
    names = [name.split()[0] for name in names if not name[0].isspace()]
    if names or _CLASSES.fullmatch(inner):
        return content[:at].rstrip(" \t"), names[-1] if names else ""
    return content, ""
