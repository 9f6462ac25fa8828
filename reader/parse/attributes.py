"""Lists of attributes as kramdown and Pandoc have them, `{#id .class}` and `{: .class}`: for browsers, and no text.

Owns those at the end of a heading, behind the mark of a fence and on lines of their own; those within a line are one of
the `rules`. Refuses to apply any but the id, which is an anchor, and the language of code.
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


_LANGUAGE: Final = pattern(r"\{(?:[^{}\n]*?(?<=[{ ])\.)?+([A-Za-z][\w+#-]*+)")
"""`{.python}`, `{#lst-a .python}`, `{python}` or `{r name, echo=FALSE}`."""


def language_of(info: str) -> str:
    """The language a fence names: its first word, or the first class of a list of attributes."""
    info = info.strip()
    if info[:1] == "{":
        found = _LANGUAGE.match(info)
        return found[1].lower() if found else ""
    words = info.split(maxsplit=1)
    return words[0].partition(",")[0].partition("{")[0].partition(":")[0].lower() if words else ""
