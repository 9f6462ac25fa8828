"""Tags of site generators: Liquid's and Hexo's `{% note %}`, Hugo's `{{< tabs >}}`; Zenn's cards and GitHub's emoji.

Owns which of them is a box, code, a picture or nothing, and links whose target is a template. Those of `rules`
(`highlight`, `raw`, one-line figures) are asked before. Refuses to run a template: what only a site can fill in, a tag
alone on its line, is dimmed and never prose. Invariant: of a pair of tags that is not closed in the source, the first
opens nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from reader.parse.files import dim
from reader.parse.gathered import Gathered
from reader.parse.html import attributes
from reader.sanitize import pattern

_MAX_TAG: Final = 2000
"""Characters of a tag."""
_TAG: Final = pattern(
    r"\{%-?[ \t]*+(?P<end>end)?(?P<liquid>[A-Za-z][\w-]*+)(?P<words>(?:[^%\n]|%(?!\}))*+)%\}[ \t]*+(?=\n|\Z)"
    r"|\{\{[<%]\s*+(?P<close>/)?\s*+(?P<hugo>[A-Za-z][\w./-]*+)(?P<arguments>(?:[^{}<>%]|[<>%](?!\}\}))*+)[>%]\}\}"
    r"[ \t]*+(?=\n|\Z)"
    r"|\{\{(?![<%{])(?P<value>[^{}\n]++)\}\}[ \t]*+(?=\n|\Z)"
)
_PAIR: Final = pattern(
    r"\{%-?[ \t]*+(?P<liquid>[A-Za-z][\w-]*+)(?P<words>(?:[^%\n]|%(?!\}))*+)%\}"
    r"(?P<inside>(?:[^{\n]|\{(?!%))*+)\{%-?[ \t]*+end(?P<end>[\w-]*+)[ \t]*+-?%\}[ \t]*+\Z"
    r"|\{\{[<%][ \t]*+(?P<hugo>[A-Za-z][\w./-]*+)(?P<arguments>(?:[^{}<>%\n]|[<>%](?!\}\}))*+)[>%]\}\}"
    r"(?P<content>(?:[^{\n]|\{(?!\{))*+)\{\{[<%][ \t]*+/[ \t]*+(?P<close>[\w./-]++)[ \t]*+[>%]\}\}[ \t]*+\Z"
)
"""A pair of tags with what stands between them, on one line."""
_END: Final = pattern(r"\{%-?[ \t]*+end([\w-]*+)|\{\{[<%]\s*+/\s*+([\w./-]++)")
_CODE: Final = frozenset(("highlight", "code-toggle", "code", "codeblock"))
_QUOTES: Final = frozenset(("blockquote", "quote", "centerquote", "cq", "pullquote"))
_PARTS: Final = frozenset(
    ("tab", "details", "expand", "spoiler", "collapse", "fold", "folding", "hideToggle", "tabitem", "accordion")
)
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


class TemplateEnds(Gathered):
    """The names of template tags that a source closes."""

    def _gather(self, source: str) -> Iterable[str]:
        return (found[1] or found[2] or "" for found in _END.finditer(source))


def tag(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A template tag that has its line, or its lines, to itself."""
    at = state.bMarks[start] + state.tShift[start]
    src = state.src
    if not src.startswith(("{%", "{{"), at) or state.is_code_block(start):
        return False
    found = _TAG.match(src, at, min(len(src), at + _MAX_TAG))
    if found is None:
        return _pair(state, start, silent)
    if "\n\n" in found[0]:
        return False
    name = found["liquid"] or found["hugo"] or ""
    closes = bool(found["end"] or found["close"])
    last = start
    while last + 1 < end and state.eMarks[last] < found.end():
        last += 1
    if name in _ONE_LINE and last == start and not closes and not (found["hugo"] and name in _CODE):
        return False
    if silent:
        return True
    written = (found["words"] or found["arguments"] or "").strip(" \t\n-")
    words = _words(written)
    if found["hugo"] and name in _CODE and not closes:
        return _code(state, name, words, start, end)
    if written.endswith("/") and found["hugo"] and name not in _PICTURES:
        said = attributes(words).get("text", "")
        if name in _ALERTS and said:
            _open(state, name, words, start, last + 1)
            _paragraph(state, said, start, last + 1)
            state.push("box_close", "", 0).map = [last + 1, last + 1]
        else:
            dim(state, found[0].strip(), start, last + 1)
    else:
        # Zola closes whatever it has opened, with arguments in brackets, by the one `{% end %}`.
        _push(state, name, words, closes, start, last + 1, found[0].strip(), zola=written.startswith("("))
    state.line = last + 1
    return True


def _words(written: str) -> str:
    """The arguments of a tag, those of Zola without their brackets and commas."""
    if written.startswith("(") and written.endswith(")"):
        return _COMMA.sub(lambda found: " " if found[0] == "," else found[0], written[1:-1])
    return written.rstrip("/ ")


_COMMA: Final = pattern(r"\"[^\"]*+\"|'[^']*+'|,")


def _pair(state: StateBlock, start: int, silent: bool) -> bool:
    """`{% note info %}words{% endnote %}` on a line: a box with the words as its only paragraph."""
    found = _PAIR.match(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]])
    if found is None:
        return False
    name, closed = (found["liquid"], found["end"]) if found["liquid"] else (found["hugo"], found["close"])
    inside = (found["inside"] or found["content"] or "").strip()
    if name != closed or not inside or not (name in _ALERTS or name in _PARTS or name in _QUOTES):
        return False
    if not silent:
        _open(state, name, _words((found["words"] or found["arguments"] or "").strip(" \t-")), start, start + 1)
        _paragraph(state, inside, start, start + 1)
        state.push("box_close", "", 0).map = [start + 1, start + 1]
        state.line = start + 1
    return True


def _paragraph(state: StateBlock, content: str, line: int, after: int) -> None:
    state.push("paragraph_open", "p", 1).map = [line, after]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [line, after], []
    state.push("paragraph_close", "p", -1)


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


def _open(state: StateBlock, name: str, words: str, line: int, after: int) -> None:
    """Open the box of a name, with the kind and the title that its arguments say."""
    token = state.push("box_open", "", 0)
    token.map = [line, after]
    named = attributes(words)
    kind = named.get("type") or named.get("context") or named.get("color") or ""
    title = next((named[key] for key in ("title", "name", "header", "label", "summary") if named.get(key)), "")
    if "=" not in words:
        title = " ".join(word.strip("\"'") for word in re.findall(r"\"[^\"]*+\"|'[^']*+'|\S++", words))
    token.info = "quote" if name in _QUOTES else "tab" if name in _PARTS else kind or ("note" if title else name)
    if name in _ALERTS and not kind and title and name != "note":
        # The first word of the title may be the kind, as in `{% alert warning %}` and `{{% notice tip %}}`.
        token.info = "note" if title.split()[0].lower() in _KIND_WORDS else name
    token.content = title


def _push(
    state: StateBlock, name: str, words: str, closes: bool, line: int, after: int, written: str, *, zola: bool
) -> None:
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
    elif zola and written.startswith("{%") and "" in state.env["survey"].template_ends:
        if boxed:
            _open(state, name, words, line, after)
        else:
            dim(state, written, line, after)
            token = state.push("box_open", "", 0)
            token.info = "div"
            token.map = [line, after]
        return
    elif name == "end" and written.startswith("{%"):
        token = state.push("box_close", "", 0)
    elif boxed and name in state.env["survey"].template_ends:
        _open(state, name, words, line, after)
        return
    elif closes and name in _CODE:
        return
    else:
        dim(state, written, line, after)
        return
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


_SIZED: Final = pattern(r"!\[([^\[\]\n]*+)\]\([ \t]*+([^\s()]++)[ \t]++=(?:\d++x\d*+|x\d++)[ \t]*+\)")


def sized_image(state: StateInline, silent: bool) -> bool:
    """Zenn's and HackMD's `![words](a.png =250x)`: an image; the size is for browsers."""
    found = _SIZED.match(state.src, state.pos, min(state.posMax, state.pos + _MAX_TAG))
    if found is None:
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs = {"src": found[2]}
        token.children = [Token("text", "", 0, content=found[1])] if found[1] else []
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
