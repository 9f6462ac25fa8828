"""Vaults, as Obsidian, Foam and Logseq keep them: links by name, embeds, callouts, comments, block ids and fields.

Owns what each is, and the judgment whether a source is a note of a vault: `[[Get]]` means something else where
JavaScript is explained. Refuses to look for files: a link's target is the name with `.md` behind it, to be found as the
vault does, nearest first. Invariant: in a source that is no note of a vault only callouts are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from reader.document import Metadata, Value
from reader.sanitize import clean_line, pattern

_HEAD: Final = 256 * 1024
"""Characters at the start of a source in which is looked for what only vaults have."""
_MAX_LINK: Final = 1000
_EVIDENCE: Final = pattern(
    r"!\[\[(?=[^\s\[\]])[^\[\]\n]++\]\]|(?<![\w`])\[\[(?=[^\s\[\]])[^\[\]\n|#]*+[|#][^\[\]\n]++\]\]"
)
_LINK: Final = pattern(r"(!?)\[\[(?!\s)([^\[\]\n|#]*+)(#[^\[\]\n|]*+)?(?:\|([^\[\]\n]*+))?\]\]")
_IMAGE: Final = pattern(r"\.(?:png|jpe?g|gif|webp|svg|avif|bmp)$", re.IGNORECASE)
_SIZE: Final = pattern(r"\d++(?:x\d++)?")
_ENDING: Final = pattern(r"\.[A-Za-z][A-Za-z0-9]{1,9}$")
_BLOCK: Final = pattern(r"\^[A-Za-z0-9-]+$")
_SIGNS: Final = pattern("[%?:\\\\]")
"""What means something in an address, and stands in a name for itself."""
_LONG_COMMENT: Final = pattern(r"(?<=\n)[ \t]*+%%(?:[^%\n]|%(?!%))*+\n(?:[^%]|%(?!%))*+%%")
_COMMENT: Final = pattern(r"%%(?:[^%]|%(?!%))*+%%")
_BLOCK_ID: Final = pattern(r"(?:^|[ \t]|\n)\^([A-Za-z0-9-]++)[ \t]*\Z")
_CALLOUT: Final = pattern(r"\[!([A-Za-z][\w-]*+)(?:\|[^\]\n]*+)?\]([+-]?)[ \t]*([^\n]*+)\n?")
_FIELD: Final = pattern(r"(?:- )?\[?[^\W\d_][\w /-]{0,40}+::(?: [^\n]*+|(?=\n|\Z))")


def is_note(body: str, outside: Callable[[int], bool]) -> bool:
    """Whether a source has an embed, or a link with a name of its own or a section. `outside` tells of a place whether
    it is in no fence."""
    at = body.find("[[", 0, _HEAD)
    found = _EVIDENCE.search(body, max(0, at - 1), _HEAD) if at >= 0 else None
    return found is not None and outside(found.start())


def link(state: StateInline, silent: bool) -> bool:
    """`[[A]]`, `[[A|b]]`, `[[A#s]]`, `![[p.png|300]]` and `![[Note]]` in a note of a vault."""
    src, start = state.src, state.pos
    if not (src.startswith("[[", start) or src.startswith("![[", start)) or not state.env["survey"].is_note:
        return False
    found = _LINK.match(src, start, min(state.posMax, start + _MAX_LINK))
    if found is None or not (found[2] or found[3]):
        return False
    if silent:
        state.pos = found.end()
        return True
    name, section, alias = found[2].strip().rstrip("\\"), (found[3] or "").rstrip("\\"), (found[4] or "").strip()
    if (block := _BLOCK.search(name)) is not None and not section:
        name, section = name[: block.start()], f"#{block[0]}"
    if found[1] and _IMAGE.search(name):
        token = state.push("image", "img", 0)
        token.attrs = {"src": name}
        *words, last = alias.split("|")
        if not _SIZE.fullmatch(last.strip()):
            words.append(last)
        alias = "|".join(words).strip().rstrip("\\")
        token.children = [Token("text", "", 0, content=alias)] if alias else []
    else:
        href = name if not name or _ENDING.search(name) else f"{name}.md"
        href = _SIGNS.sub(lambda sign: f"%{ord(sign[0]):02X}", href)
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": href + _anchor(section)}
        state.push("text", "", 0).content = alias or " > ".join(
            part for part in (name, *section.lstrip("#").split("#")) if part
        )
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _anchor(section: str) -> str:
    """`#Some Heading` as the anchor that heading has, `#^id` as it is."""
    last = section.rpartition("#")[2].strip()
    if not last or last.startswith("^"):
        return f"#{last}" if last else ""
    return "#" + re.sub(r"[^\w\- ]+", "", last.lower()).strip().replace(" ", "-")


def comment(state: StateInline, silent: bool) -> bool:
    """`%% hidden %%` in a note of a vault."""
    if not state.src.startswith("%%", state.pos) or not state.env["survey"].is_note:
        return False
    found = _COMMENT.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    at = found.end()
    if not state.pos or state.src[state.pos - 1] in " \n":
        while at < state.posMax and state.src[at] == " ":
            at += 1
    state.pos = at
    return True


def block_id(content: str) -> tuple[str, str]:
    """A paragraph without the id at its end, and the id with its `^`; "" where it has none."""
    found = _BLOCK_ID.search(content, max(0, content.rfind("^") - 1)) if "^" in content else None
    return (content[: found.start()], f"^{found[1]}") if found else (content, "")


def is_fields(content: str) -> bool:
    """Whether a paragraph is nothing but `key:: value` lines."""
    return "::" in content and all(_FIELD.fullmatch(line) for line in content.split("\n"))


def fields_below(content: str) -> int:
    """Where the `key:: value` lines below a paragraph's text begin, as Logseq has them; 0 where there are none."""
    at, end = 0, len(content)
    while (line := content.rfind("\n", 0, end)) > 0 and _FIELD.fullmatch(content, line + 1, end):
        at = end = line
    return at and at + 1


def without_comments(body: str, outside: Callable[[int], bool]) -> str:
    """A note without its `%%` comments of several lines that begin a line; the number of lines stays the same.
    `outside` tells of a place whether it is in no fence."""
    parts: list[str] = []
    done = 0
    for found in _LONG_COMMENT.finditer(body):
        if outside(found.start()):
            parts += (body[done : found.start()], "\n" * found[0].count("\n"))
            done = found.end()
    return "".join((*parts, body[done:])) if parts else body


def plain_names(metadata: Metadata, *, everywhere: bool) -> Metadata:
    """Front matter in which `[[A]]` and `[[A|b]]` are the names shown for them; where not `everywhere`, only entries
    that are nothing else."""

    def plain(value: Value) -> Value:
        if isinstance(value, str):
            whole = _LINK.fullmatch(value.strip())
            if whole is None and not everywhere:
                return value
            return clean_line(_LINK.sub(lambda link: link[4] or link[2] or link[3] or "", value))
        if isinstance(value, Mapping):
            return {key: plain(inner) for key, inner in value.items()}
        if len(value) == 1 and isinstance(value[0], tuple) and len(value[0]) == 1 and isinstance(value[0][0], str):
            return plain(clean_line(f"[[{value[0][0]}]]"))  # what YAML makes of it without quotes
        return tuple(plain(inner) for inner in value)

    entries = {key: plain(value) for key, value in metadata.entries.items()}
    return replace(metadata, entries=entries) if entries != dict(metadata.entries) else metadata


def callout(content: str) -> tuple[str, str, str, bool | None] | None:
    """Kind, title and the rest of a quote's first paragraph that begins with `[!kind]- title`, and where it can be
    folded whether its author shows what is in it; None for another."""
    found = _CALLOUT.match(content)
    return (
        (found[1], found[3].strip(), content[found.end() :], {"-": False, "+": True}.get(found[2])) if found else None
    )
