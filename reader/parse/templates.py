"""Tags of site generators: Liquid's and Hexo's `{% note %}`, Hugo's `{{< tabs >}}`; Zenn's cards and GitHub's emoji.

Owns which of them is a box, code, a picture or nothing, and links whose target is a template. Those of `rules`
(`highlight`, `raw`, one-line figures) are asked before. Refuses to run a template: what only a site can fill in, a tag
alone on its line, is dimmed and never prose. Invariant: of a pair of tags that is not closed in the source, the first
opens nothing.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from reader.parse.html import attributes
from reader.sanitize import pattern

_MAX_TAG: Final = 2000
"""Characters of a tag."""
_TAG: Final = pattern(
    r"\{%-?[ \t]*+(?P<end>end)?(?P<liquid>[A-Za-z][\w-]*+)(?P<words>(?:[^%\n]|%(?!\}))*+)%\}[ \t]*+(?=\n|\Z)"
    r"|\{\{[<%]\s*+(?P<close>/)?\s*+(?P<hugo>[A-Za-z][\w./-]*+)(?P<arguments>(?:[^{}<>%]|[<>%](?!\}\}))*+)[>%]\}\}"
    r"[ \t]*+(?=\n|\Z)"
)
_END: Final = pattern(r"\{%-?[ \t]*+end([\w-]++)|\{\{[<%]\s*+/\s*+([\w./-]++)")
_CODE: Final = frozenset(("highlight", "code-toggle", "code", "codeblock"))
_QUOTES: Final = frozenset(("blockquote", "quote"))
_PARTS: Final = frozenset(("tab", "details", "expand", "spoiler", "collapse"))
_ALERTS: Final = frozenset(
    (
        *("note", "alert", "callout", "notice", "admonition", "hint", "tip", "warning", "info", "danger", "caution"),
        "message",
    )
)
_GROUPS: Final = frozenset(("tabs", "tabpane", "steps", "cards", "columns"))
"""Pairs around parts that are told apart by their own tags."""
_PICTURES: Final = frozenset(("figure", "img", "image"))
_ONE_LINE: Final = frozenset(("figure", "img", "image", "asset_img", "raw", "endraw", "codeblock"))
"""Those of one line that are an inline rule's or another block rule's."""


class TemplateEnds:
    """The names of template tags that a source closes."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._names: frozenset[str] | None = None

    def __contains__(self, name: str) -> bool:
        if self._names is None:
            self._names = frozenset(found[1] or found[2] for found in _END.finditer(self._source))
        return name in self._names


def tag(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A template tag that has its line, or its lines, to itself."""
    at = state.bMarks[start] + state.tShift[start]
    src = state.src
    if not src.startswith(("{%", "{{<", "{{%"), at) or state.is_code_block(start):
        return False
    found = _TAG.match(src, at, min(len(src), at + _MAX_TAG))
    if found is None or "\n\n" in found[0]:
        return False
    name = found["liquid"] or found["hugo"]
    closes = bool(found["end"] or found["close"])
    last = start
    while last + 1 < end and state.eMarks[last] < found.end():
        last += 1
    if name in _ONE_LINE and last == start and not closes and not (found["hugo"] and name in _CODE):
        return False
    if silent:
        return True
    words = (found["words"] or found["arguments"] or "").strip(" \t\n-/")
    if found["hugo"] and name in _CODE and not closes:
        return _code(state, name, words, start, end)
    _push(state, name, words, closes, start, last + 1, found[0].strip())
    state.line = last + 1
    return True


_TAB: Final = pattern(r"<!--[ \t]*+(?:(?P<end>endtab)|tab(?:[ \t]++(?P<name>(?:[^\n-]|-(?!->))*+))?)[ \t]*-->[ \t]*\Z")


def tab_comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The `<!-- tab NAME -->` and `<!-- endtab -->` within Hexo's `{% tabs %}`."""
    at, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if not state.src.startswith("<!--", at) or "tabs" not in state.env["survey"].template_ends:
        return False
    found = _TAB.match(state.src[at:stop])
    if found is None:
        return False
    if not silent:
        token = state.push("box_close" if found["end"] else "box_open", "", 0)
        token.map = [start, start + 1]
        if not found["end"]:
            token.info, token.content = "tab", (found["name"] or "").partition("@")[0].strip()
    state.line = start + 1
    return True


def _push(state: StateBlock, name: str, words: str, closes: bool, line: int, after: int, written: str) -> None:
    if name in _GROUPS and (closes or name in state.env["survey"].template_ends):
        return
    boxed = name in _ALERTS or name in _PARTS or name in _QUOTES
    if name in _PICTURES and not closes:
        named = attributes(words)
        token = state.push("component", "", 0)
        token.info = "image"
        alt = named.get("alt") or named.get("caption") or named.get("title", "")
        token.meta = {"src": named.get("src", ""), "alt": alt}
    elif boxed and closes:
        token = state.push("box_close", "", 0)
    elif boxed and name in state.env["survey"].template_ends:
        token = state.push("box_open", "", 0)
        named = attributes(words)
        kind = named.get("type") or named.get("context") or named.get("color") or ""
        title = named.get("title") or named.get("name") or ""
        if "=" not in words:
            title = " ".join(word.strip("\"'") for word in re.findall(r"\"[^\"]*+\"|'[^']*+'|\S++", words))
        token.info = "quote" if name in _QUOTES else "tab" if name in _PARTS else kind or ("note" if title else name)
        if name in _ALERTS and not kind and title and name != "note":
            # The first word of the title may be the kind, as in `{% alert warning %}` and `{{% notice tip %}}`.
            token.info = "note" if title.split()[0].lower() in _KIND_WORDS else name
        token.content = title
    elif closes and name in _CODE:
        return
    else:
        token = state.push("tag", "", 0)
        token.content = written
    token.map = [line, after]


_KIND_WORDS: Final = frozenset(
    "note tip hint info success warning warn danger error caution important primary secondary default".split()  # noqa: SIM905
)


def _code(state: StateBlock, name: str, words: str, start: int, end: int) -> bool:
    if name not in state.env["survey"].template_ends:
        return False
    closer = re.compile(rf"\{{\{{[<%]\s*+/\s*+{re.escape(name)}\s*+[>%]\}}\}}")
    last = next(
        (line for line in range(start + 1, end) if closer.match(state.src, state.bMarks[line] + state.tShift[line])), -1
    )
    if last < 0:
        return False
    token = state.push("fence", "code", 0)
    language = words.split()[0].strip("\"'") if words else ""
    token.info = "" if "=" in language else language
    token.content = state.getLines(start + 1, last, state.blkIndent, True)
    token.map = [start, last + 1]
    state.line = last + 1
    return True


_LINK: Final = pattern(
    r"\[(?P<text>[^\[\]\n]*+)\]\([ \t]*+(?P<target>\{%[^%\n]*+%\}|\{\{[^{}\n]*+\}\})(?P<tail>[^()\s]*+)[ \t]*+\)"
)
_TARGET: Final = pattern(
    r"\{%-?\s*+(?P<tag>link|post_url|post_link|asset_path)\s++(?P<name>[^\s%]++)"
    r"|\{\{[<%]\s*+(?:rel)?ref\s++[\"']?(?P<ref>[^\"'\s<>%}]++)"
    r"|\{\{\s*+(?P<site>site\.(?:base)?url|page\.[\w.]++)\s*+\}\}"
    r"|\{\{\s*+[\"'](?P<path>[^\"']++)[\"']\s*+\|"
)


def link(state: StateInline, silent: bool) -> bool:
    """`[n]({% link a.md %})` and `[n]({{< ref "a" >}})`: text, with a link where the target can be told."""
    found = _LINK.match(state.src, state.pos, min(state.posMax, state.pos + _MAX_TAG))
    if found is None:
        return False
    if not silent:
        href = _target(found["target"], found["tail"])
        if href and found["text"]:
            token = state.push("link_open", "a", 1)
            token.attrs = {"href": href}
        state.push("text", "", 0).content = found["text"]
        if href and found["text"]:
            state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _target(template: str, tail: str) -> str:
    found = _TARGET.match(template)
    if found is None:
        return ""
    if found["site"]:
        return tail
    if found["path"]:
        return found["path"] + tail
    name = found["name"] or found["ref"]
    path, mark, section = name.partition("#")
    if path and "." not in path.rpartition("/")[2]:
        path += ".md"
    return path + mark + section + tail


_RAW: Final = pattern(r"\{%-?[ \t]*+(?:end)?raw[ \t]*+-?%\}")


def raw(state: StateInline, silent: bool) -> bool:
    """`{% raw %}` and `{% endraw %}` among words say nothing."""
    found = _RAW.match(state.src, state.pos, state.posMax) if state.src.startswith("{%", state.pos) else None
    if found is None:
        return False
    state.pos = found.end()
    return True


_CARD: Final = pattern(r"@\[([a-z]{2,20})\]\(([^\s()]++)\)")
_WHERE: Final = {
    "youtube": "https://youtu.be/",
    "gist": "https://gist.github.com/",
    "codepen": "https://codepen.io/",
    "speakerdeck": "https://speakerdeck.com/player/",
    "figma": "https://www.figma.com/file/",
}


def card(state: StateInline, silent: bool) -> bool:
    """Zenn's `@[card](https://…)` and `@[youtube](id)`: a link to what the site would embed."""
    found = _CARD.match(state.src, state.pos, min(state.posMax, state.pos + _MAX_TAG))
    if found is None:
        return False
    if not silent:
        href = found[2] if "://" in found[2] else _WHERE.get(found[1], "") + found[2]
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": href}
        state.push("text", "", 0).content = href
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


_EMOJI: Final = pattern(r":([a-z0-9_+-]{1,40}+):(?![:\w])")


def emoji(state: StateInline, silent: bool) -> bool:
    """GitHub's `:tada:`, from the table Rich has; a name that is not in it stays as it is."""
    start = state.pos
    found = _EMOJI.match(state.src, start, state.posMax)
    if found is None or (start and (state.src[start - 1] == ":" or state.src[start - 1].isalnum())):
        return False
    # Rich's module costs 20 ms, which an article without such a name need not pay.
    from rich.emoji import Emoji, NoEmoji

    try:
        sign = str(Emoji(found[1]))
    except NoEmoji:
        return False
    if not silent:
        state.push("text", "", 0).content = sign
    state.pos = found.end()
    return True
