"""The rules of our own that the grammar adds to markdown-it's, or puts in place of them.

Owns what each construct is: `==mark==`, inline math, bare URLs, footnotes, attribute lists and figures among the inline
rules; tables, raw HTML, `:::` boxes and template code among those of blocks. A rule is called with the parser's state
at one of its characters or lines, advances it where it matches and tells whether it did; `silent` only asks. Refuses
configuration: which rule is in force is the grammar's affair. Invariant: a rule looks at a bounded part of the source
or at what a whole line costs anyway, so no input makes one slow.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import html_block as _markdown_html
from markdown_it.rules_block.table import table as _is_table
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from reader.parse import math as formulas
from reader.parse.html import attributes
from reader.parse.script import cjk, punctuation, shared
from reader.sanitize import pattern

# Inline rules


def mark(state: StateInline, silent: bool) -> bool:
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


def mark_pairs(state: StateInline) -> None:
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


def emphasis_joint(state: StateInline, silent: bool) -> bool:
    """The four stars of `**甲****乙**`: the end of one bold phrase and the start of the next, beside Chinese, Japanese
    and Korean. CommonMark's rule for runs of marks (6.2, rule 9) makes one phrase of it, with the stars in it."""
    src, start = state.src, state.pos
    if silent or not src.startswith("****", start) or src[start + 4 : start + 5] in ("*", "") or not start:
        return False
    before, after = src[start - 1], src[start + 4]
    if before == "*" or not (cjk(before) or cjk(after)) or before.isspace() or after.isspace():
        return False
    opened = [one for one in state.delimiters[-2:] if one.marker == ord("*") and one.open and one.length == 2]
    if len(opened) < 2:
        return False
    for opens in (False, False, True, True):
        state.push("text", "", 0).content = "*"
        state.delimiters.append(Delimiter(ord("*"), 2, len(state.tokens) - 1, -1, open=opens, close=not opens))
    state.pos = start + 4
    return True


_PRICE: Final = pattern(r"\d[\d.,]*\s*(?:[^\W\d_]{2,}|,)\s")


_OPENS_ANOTHER: Final = pattern(r"(?<!\\)\\\(")
"""The beginning of another formula, which stands in none: `$HOME … \\(a\\) and $i$`."""


def math(state: StateInline, silent: bool) -> bool:
    """`$x$` and `$$x$$`. As in pandoc no space stands inside the marks; and, since prices and shell variables are more
    frequent than math, no letter or digit touches them from outside. Where the content is LaTeX beyond doubt, both may
    be."""
    src, start, end = state.src, state.pos, state.posMax
    mark = "$$" if src.startswith("$$", start) else "$"
    inner = start + len(mark)
    if inner >= end:
        return False
    close = src.find(mark, inner, min(end, inner + formulas.MAX_INLINE))
    while close > 0 and src[close - 1] == "\\":
        close = src.find(mark, close + 1, min(end, inner + formulas.MAX_INLINE))
    if close <= inner:
        return False
    after = close + len(mark)
    content = src[inner:close]
    if _PRICE.match(content) or "\n\n" in content or (after < end and src[after] == "$"):
        return False
    if _OPENS_ANOTHER.search(content) is not None:
        return False
    if not formulas.has_sign(content) and (
        (len(mark) == 1 and (content[0].isspace() or content[-1].isspace())) or formulas.is_prose(content)
    ):
        return False
    before = src[start - 1] if start and src[start - 1].isascii() and src[start - 1].isalnum() else ""
    behind = src[after : min(end, after + 4)]
    if (before or (behind[:1].isascii() and behind[:1].isalnum())) and not formulas.may_touch(content, before, behind):
        return False
    if len(content) > 2 and content[0] == content[-1] == "`":
        content = content[1:-1]
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = content.strip()
    state.pos = after
    return True


_SCHEME: Final = pattern(r"(?:^|[^A-Za-z0-9+.-])(https?|ftp)$", re.IGNORECASE)
_REST: Final = pattern(r"://[^\s<>`\"|\\^{}\[\]]{1,4000}+")
WWW: Final = pattern(
    r"(?<![A-Za-z0-9./:@-])www\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#][^\s<>`\"|\\^{}\[\]]{0,4000}+)?"
)
"""A bare `www.` address."""


def url(state: StateInline, silent: bool) -> bool:
    """A bare URL. It ends before punctuation that ends the sentence around it (GFM 6.9), and before Chinese, Japanese
    and Korean, unless that stands where a name in the path begins, as in `/wiki/长城`."""
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
    end = len(url) if url.isascii() else _cjk_end(url)
    unopened = url.count(")", 0, end) - url.count("(", 0, end)
    while end and (url[end - 1] in "?!.,:;*_~'\"[" or (url[end - 1] == ")" and unopened > 0)):
        end -= 1
        unopened -= url[end] == ")"
    return url[:end]


def _cjk_end(url: str) -> int:
    """Where a bare URL ends at the latest for the sake of Chinese, Japanese or Korean in it."""
    start = url.find("/", url.find("://") + 3 if "://" in url else 0)
    named = False
    depth = 0
    for at, char in enumerate(url):
        if shared(char) or (cjk(char) and punctuation(char)):
            return at
        if cjk(char):
            named = named or 0 <= start < at == url.rfind("/", 0, at) + 1
            if not named:
                return at
        elif named and char in "()":
            depth += 1 if char == "(" else -1
            if depth < 0:
                return at
    return len(url)


def note_reference(state: StateInline, silent: bool) -> bool:
    """`[^label]` where the label is defined somewhere."""
    src, start, end = state.src, state.pos, state.posMax
    if not src.startswith("[^", start):
        return False
    close = src.find("]", start + 2, min(end, start + 1000))
    label = src[start + 2 : close] if close > 0 else ""
    if not label or not state.env["survey"].has_note(label):
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": label}
    state.pos = close + 1
    return True


def note_inline(state: StateInline, silent: bool) -> bool:
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


_ATTRIBUTES: Final = pattern(
    r"\{:?[ \t]*+(?:(?:[#.][\w-]++|[\w-]++=(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s\"'{}]++)|toc(?![\w-]))[ \t]*+)++\}",
    re.IGNORECASE,
)


_NAME: Final = pattern(r"[{ ]#([\w-]++)")
_ALT: Final = pattern(r"\bfig-alt=(?:\"([^\"\n]++)\"|'([^'\n]++)')")


def attribute_list(state: StateInline, silent: bool) -> bool:
    """Kramdown's `{: .class}` anywhere, pandoc's `{.class}` right behind a link or an image: for browsers only."""
    found = _ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not found[0].startswith("{:") and (
        state.pending or not state.tokens or state.tokens[-1].type not in ("image", "link_close")
    ):
        return False
    if not silent and state.tokens and state.tokens[-1].type == "image" and not state.tokens[-1].children:
        said = _ALT.search(found[0])  # Quarto's text of an image without a caption
        if said is not None:
            state.tokens[-1].children = [Token("text", "", 0, content=said[1] or said[2])]
    named = None if silent else _NAME.search(found[0])
    if named is not None:
        state.push("html_inline", "", 0).content = f'<a id="{named[1]}"></a>'
    state.pos = found.end()
    return True


_FIGURE: Final = r"\{(?:\{[<%]\s*+(figure|img|image)|%\s*+(?:img|asset_img|image))\s++"
_LONGEST_FIGURE: Final = 4000
"""Characters in which a figure has to be closed."""


def figure(state: StateInline, silent: bool) -> bool:
    """Hugo's `{{< figure src="x.png" >}}` and Hexo's `{% asset_img x.png "words" %}` as images."""
    if state.src[state.pos + 1 : state.pos + 2] not in ("{", "%"):
        return False
    window = state.src[state.pos : min(state.posMax, state.pos + _LONGEST_FIGURE)]
    found = re.match(_FIGURE, window)
    if found is None:
        return False
    closer = re.compile(r"[>%]\}\}" if found[1] else r"%\}").search(window, found.end())
    if closer is None:
        return False
    inner = window[found.end() : closer.start()].removesuffix("/" if found[1] else "").rstrip()
    if "\n" in inner:
        return False
    if found[1]:
        named = attributes(inner)
        src, alt = named.get("src", ""), named.get("alt") or named.get("caption") or named.get("title", "")
    else:
        words = re.findall(r"\"[^\"]*\"|'[^']*'|\S+", inner)
        src = next((word for word in words if "." in word or "/" in word), "")
        alt = " ".join(word.strip("\"' ") for word in words[words.index(src) + 1 :] if word[0] in "\"'") if src else ""
    if not src:
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs = {"src": src.strip("\"'")}
        token.children = [Token("text", "", 0, content=alt)]
    state.pos += closer.end()
    return True


# Block rules


def push_plain(state: StateBlock, line: int, after: int) -> None:
    token = state.push("plain", "", 0)
    token.map = [line, after]
    token.content = state.getLines(line, after, state.blkIndent, False).strip()
    state.line = after


_COLUMNS: Final = 300
"""A table of more is shown as it is written."""


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
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
        push_plain(state, start, line)
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


_UNCLOSED: Final = pattern(r"<(?:(!--)|(script|style|textarea|pre)(?=[\s>])|(\?)|(!\[CDATA\[))", re.IGNORECASE)


_ALONE: Final = pattern(r"<([A-Za-z][A-Za-z0-9-]*+)[^<>\n]*+>")
"""A tag as it may stand alone on a line."""


_ELEMENT_LINE: Final = pattern(
    r"</?(?:details|div|section)(?:\s[^<>]*+)?>[ \t]*+\Z|<summary>(?:[^<]|<(?!/summary))*+</summary>[ \t]*+\Z"
)
"""A line of HTML in MDX below which stands Markdown, as below a component."""


def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The HTML rule, unless what opens is never closed and would swallow the rest of the article."""
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at : at + 1] != "<":
        return False
    found = _UNCLOSED.match(state.src, at)
    if found:
        closer = f"</{found[2]}" if found[2] else "-->" if found[1] else "?>" if found[3] else "]]>"
        if _last(state, closer) < at:
            return False
    if (tag := _ALONE.match(state.src, at)) and state.env["survey"].closed_tags.is_text(tag[1].lower(), tag[0]):
        return False
    if state.env["survey"].is_mdx and _ELEMENT_LINE.match(state.src[at : state.eMarks[start]]):
        if not silent:
            token = state.push("html_block", "", 0)
            token.content, token.map = state.getLines(start, start + 1, state.blkIndent, True), [start, start + 1]
            state.line = start + 1
        return True
    if not _markdown_html(state, start, end, silent):
        return False
    if not silent:
        _complete_pre(state, end)
    return True


def _last(state: StateBlock, closer: str) -> int:
    """Where in the source something stands for the last time, in letters of either case; -1 where it does nowhere.

    It is remembered: to look from each place for what does not come is as long as all that follows, each time.
    """
    known: dict[str, int] = state.env["last"]
    closer = closer.lower()
    if closer not in known:
        known[closer] = max((found.start() for found in re.finditer(re.escape(closer), state.src, re.I)), default=-1)
    return known[closer]


def _complete_pre(state: StateBlock, end: int) -> None:
    """Let the block just found, which a blank line ended, go on where that line stood in a `<pre>`."""
    token = state.tokens[-1]
    if token.map is None:
        return
    part, line = token.content, state.line
    while _stays_in_pre(part) and line < end and state.bMarks[line] <= _last(state, "</pre"):
        start = line
        while line < end and "</pre" not in state.src[state.bMarks[line] : state.eMarks[line]].lower():
            line += 1
        if line == end:
            break
        while line < end and not state.isEmpty(line):
            line += 1
        part = state.src[state.bMarks[start] : state.eMarks[line - 1]]
        state.line = line
    if state.line > token.map[1]:
        token.content = state.getLines(token.map[0], state.line, state.blkIndent, True)
        token.map[1] = state.line


def _stays_in_pre(part: str) -> bool:
    part = part.lower()
    return part.rfind("<pre") > part.rfind("</pre")


_KIND: Final = pattern(r"[A-Za-z][\w-]*+")


def _box_line(line: str) -> tuple[str, str] | None:
    """Kind and title of a line `:::kind title {.class}`, `:::kind[title]{.class}` or `:::kind{title="title"}`; None
    for any other line."""
    rest = line.lstrip(":").strip(" \t")
    found = _KIND.match(rest)
    kind = found[0] if found else ""
    rest = rest[len(kind) :].lstrip(" \t")
    if rest[:1] == "[":
        title, closer, after = rest[1:].partition("]")
        if closer and _nothing_but_attributes(after.lstrip(" \t")):
            return kind, title
    title, opener, after = rest.partition("{")
    if not _nothing_but_attributes(opener + after):
        return None
    named = _BOX_TITLE.search(after)
    return kind, title.rstrip(" \t") or (named[1] if named else "")


_BOX_TITLE: Final = pattern(r"\btitle=\"([^\"\n]++)\"")


def _nothing_but_attributes(text: str) -> bool:
    return not text or (text[0] == "{" and text.find("}") == len(text) - 1)


def box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The lines `:::kind title` and `:::` of a box, as Qiita, Zenn and Docusaurus have them; content stays Markdown."""
    at, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if not state.src.startswith(":::", at) or state.is_code_block(start):
        return False
    found = _box_line(state.src[at:stop])
    if found is None or (found[1] and not found[0]):
        return False
    kind, title = found
    if kind and state.env["line"] + start >= state.env["last_box"]():
        return False
    if silent:
        return True
    token = state.push("box_open" if kind else "box_close", "", 0)
    token.info = kind
    token.content = title.strip()
    token.map = [start, start + 1]
    state.line = start + 1
    return True


_TEMPLATE: Final = pattern(r"\{%-?\s*(highlight|codeblock|raw|endraw)\b([^%]*?)-?%\}[ \t]*$")


def template(state: StateBlock, start: int, end: int, silent: bool) -> bool:
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
