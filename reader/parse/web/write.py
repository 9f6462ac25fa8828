"""The chosen part of a page as plain HTML that `reader.parse.html` reads: known elements, absolute addresses.

Owns what pages hide in attributes: images that are loaded late, the language of code, footnotes, math in images of
formulas, tables that only lay out. Refuses what is not text, image or structure: no class, style, script or handler is
passed on. Invariant: every letter of the article is in the output once, in order; no chunk ends within an element but
`<div>`.
"""

from __future__ import annotations

import re
from html import escape
from itertools import islice
from typing import Final
from urllib.parse import urljoin

from reader.parse.html import SAID_LINE
from reader.parse.web.article import AROUND, SKIPPED, Choice, is_caption, weight, words
from reader.parse.web.images import is_pixel, source_of
from reader.parse.web.listing import code_cell, code_text, is_gutter, is_listing, language_of
from reader.parse.web.tree import BLOCKS, Node
from reader.sanitize import pattern

_CHUNK: Final = 32 * 1024
_LAST_CHUNK: Final = 1 << 20
"""Characters after which the first chunk and the later ones end; they grow, since each costs a look at all before."""
_FIGURE_ELEMENTS: Final = 40
"""Elements within one figure at most."""
_INLINE: Final = frozenset((
    "b", "strong", "i", "em", "cite", "dfn", "var", "code", "tt", "samp", "kbd", "sub", "sup", "mark", "del", "s",
    "strike", "ins", "u", "q", "ruby", "rt", "rp"
))  # fmt: skip
_KEPT: Final = frozenset((
    "blockquote", "dd", "details", "dl", "dt", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "summary", "ul"
))  # fmt: skip
_ALERTS: Final = frozenset(("admonition", "callout", "alert", "markdown-alert", "custom-block", "notice", "hint"))
_ALERT_NAMES: Final = ("admonition-", "callout-", "alert-", "markdown-alert-", "theme-admonition")
_ALERT_KINDS: Final = frozenset((
    "note", "info", "tip", "hint", "success", "important", "warning", "warn", "attention", "caution", "danger", "error",
))  # fmt: skip
_ALERT_TITLE: Final = pattern(r"(?i)(?:admonition|callout|alert|custom-block|notice|hint)[\w-]{0,80}(?:title|heading)")
_VIDEO: Final = pattern(
    r"(?i)^(?:https?:)?//(?:[\w-]+\.)*(?:youtube|youtube-nocookie|vimeo|bilibili|dailymotion|youku|nicovideo|ted)\.(?:com|jp)/"
)
_MARK: Final = pattern(r"[\[(（［]?(?:\d{1,4}|[a-z]|注\d*|[*†‡§¶※])[\])）］]?")
_BACK: Final = pattern(r"[\s↩︎^↑⤴⮌⏎]*+(?:[a-z\d](?:\s++[a-z\d])*+)?[\s↩︎^↑⤴⮌⏎]*+")
_UNFOLDS: Final = pattern(r"(?i)[\s.…]*+(?:(?:show|read|see)\s)?(?:more|less)[\s.…]*+")
_UNFOLDED: Final = pattern(r"(?i)\s?(?:\.\.\.|…)?\s?(?:more|less)$")
_MAX_ID: Final = 200
_SCHEMES: Final = pattern(r"(?i)(?!https?:|mailto:|tel:|ftp:)[a-z][a-z\d+.-]*:")


def article_html(choice: Choice, address: str, title: str = "", headline: Node | None = None) -> list[str]:
    """The article, in chunks; `address` is the page's own, for its relative links, or empty; `headline` is the heading
    that is shown as the title and left out."""
    writer = _Writer(choice, address, words(title), headline)
    writer.children(choice.root)
    writer.end_chunk()
    return writer.chunks


def _line(node: Node) -> str:
    """The attribute that says where in the source an element begins; see `reader.parse.html`."""
    return f' {SAID_LINE}="{node.line}"'


class _Writer:
    def __init__(self, choice: Choice, address: str, title: list[str], headline: Node | None) -> None:
        self.chunks: list[str] = []
        self._out: list[str] = []
        self._size = 0
        self._most = _CHUNK
        self._depth = 0
        self._cut = choice.cut
        self._address = address
        self._title = title
        self._headline = headline
        self._skipped: Node | None = None
        self._seen: set[str] = set()
        """Sources of the images written."""
        self._alts: set[str] = set()
        self._described = ""
        """What was said last of an image."""
        self._repeated: set[int] = set()
        """The `id` of each element of a caption that says nothing new."""
        self._left_out = SKIPPED - AROUND if choice.everything else SKIPPED
        self._targets, self._notes = _notes(choice)
        self._in_note = False
        self._flat = False
        """Within a caption: what stands in blocks there stands on one line."""
        self._in_caption = False
        self._cell = -1
        """Where in the output the cell began that is being written."""
        self._around = ""
        """The target of a link around several blocks: each of them becomes a link."""

    def end_chunk(self) -> None:
        """Hand over what is written."""
        if self._out:
            self.chunks.append("".join(self._out))
            self._out, self._size = [], 0

    def _put(self, text: str) -> None:
        self._out.append(text)
        self._size += len(text)

    def children(self, node: Node) -> None:
        """What stands in an element."""
        for child in node.children:
            if isinstance(child, str):
                if id(child) not in self._cut:
                    self._put(escape(child, quote=False))
            else:
                self._element(child)

    def _within(self, opener: str, node: Node, closer: str) -> None:
        depth = not opener.startswith("<div")  # which opens nothing in a document, so that a chunk may end in it
        if node.tag in BLOCKS:
            opener = f"{opener[:-1]}{_line(node)}>"
        self._put(opener)
        self._depth += depth
        if self._around and node.tag in BLOCKS and not _has_blocks(node):
            target, self._around = self._around, ""
            self._linked(node, target)
            self._around = target
        else:
            self.children(node)
        self._depth -= depth
        self._put(closer)

    def _element(self, node: Node) -> None:
        tag = node.tag
        if tag == "noscript":
            self._noscript(node)
        elif tag == "iframe" and _VIDEO.match(node.get("src")):
            self._put(f'<iframe src="{self._href(node.get("src"))}" title="{escape(node.get("title"))}"></iframe>')
        elif (
            id(node) in self._cut
            or id(node) in self._repeated
            or tag in self._left_out
            or node is self._headline
            or node is self._skipped
        ):
            return
        elif tag in BLOCKS:
            self._block(node)
            if not self._depth and self._size > self._most:
                self.end_chunk()
                self._most = min(2 * self._most, _LAST_CHUNK)
        elif tag == "math" or "katex" in node.get("class").split():
            self._math(node)
        else:
            self._inline(node)

    # Blocks

    def _block(self, node: Node) -> None:
        tag = node.tag
        label = node.attrs.get("id", "")
        if self._flat:
            self._put(" ")
            self.children(node)
            self._put(" ")
        elif self._cell >= 0 and tag in ("p", "div"):
            if "".join(self._out[self._cell :]).strip():
                self._put("<br>")
            self.children(node)
        elif label in self._notes:
            self._in_note = True
            self._within(f'<aside role="doc-footnote" id="{escape(label)}">', node, "</aside>")
            self._in_note = False
        elif tag == "table":
            self._table(node)
        elif kind := _alert(node):
            self._alert(node, kind)
        elif tag == "pre" or (tag in ("div", "figure") and is_listing(node)):
            self._code(node)
        elif is_caption(node):
            self._caption(node)
        elif not self._in_caption and (figure := self._figure(node)):
            image, caption = figure
            self._captioned(node, image, caption)
        elif tag == "ol":
            start = node.get("start")
            self._within(f'<ol start="{escape(start)}">' if start else "<ol>", node, "</ol>")
        elif tag in ("hr",):
            self._put("<hr>")
        elif tag in _KEPT:
            self._within(f"<{tag}{self._id(node)}>", node, f"</{tag}>")
        elif tag in ("menu", "dir"):
            self._within("<ul>", node, "</ul>")
        else:
            self._within(f"<div{self._id(node)}>", node, "</div>")

    def _id(self, node: Node) -> str:
        """The id of an element that a link of the article leads to, or of a block, since other pages lead there."""
        name = node.attrs.get("id", "")
        wanted = name in self._targets or (node.tag in BLOCKS and len(name) <= _MAX_ID)
        return f' id="{escape(name)}"' if name and wanted else ""

    def _table(self, node: Node) -> None:
        rows = [row for row in node.elements() if row.tag == "tr" and _nearest(row, "table") is node]
        cells = [[cell for cell in row.children if isinstance(cell, Node) and cell.tag in ("td", "th")] for row in rows]
        code = code_cell(cells)
        if code is not None:
            self._code(code)
        elif _lays_out(node, cells):
            self._within("<div>", node, "</div>")
        else:
            for caption in node.children:
                if isinstance(caption, Node) and caption.tag == "caption" and id(caption) not in self._cut:
                    self._caption(caption)
            self._put(f"<table{_line(node)}>")
            self._depth += 1
            for row, of_row in zip(rows, cells, strict=True):
                if id(row) not in self._cut:
                    self._row(of_row)
            self._depth -= 1
            self._put("</table>")

    def _row(self, cells: list[Node]) -> None:
        self._put("<tr>")
        for cell in cells:
            self._put(f"<{cell.tag}>")
            outer, self._cell = self._cell, len(self._out)
            self.children(cell)
            self._cell = outer
            self._put(f"</{cell.tag}>")
            span = cell.get("colspan")
            if span.isascii() and span.isdigit():
                self._put("<td></td>" * min(int(span) - 1, 50))
        self._put("</tr>")

    def _alert(self, node: Node, kind: str) -> None:
        """A box with a note or a warning; its first line is its title where it is marked as one."""
        title = next((inner for inner in node.elements() if _ALERT_TITLE.search(inner.get("class"))), None)
        said = " ".join(title.text().split()) if title is not None and weight(title.text()) < 100 else ""
        shown = "" if said.lower() == kind else escape(said)
        self._skipped = title if said else None
        self._within(f'<aside role="note" class="{kind}" title="{shown}">', node, "</aside>")
        self._skipped = None

    def _code(self, node: Node) -> None:
        lines = code_text(node)
        text = "\n".join(line.rstrip() for line in lines.split("\n")).strip("\n")
        if text.strip():
            self._put(f'<pre lang="{escape(language_of(node))}"{_line(node)}>\n{escape(text, quote=False)}</pre>')

    # Figures

    def _figure(self, node: Node) -> tuple[Node, Node] | None:
        """The image and the caption of a small element that holds one of each."""
        inner = list(islice(node.elements(), _FIGURE_ELEMENTS))
        if len(inner) == _FIGURE_ELEMENTS or not any(one.tag == "img" for one in inner):
            return None
        shown = [one for one in inner if not self._is_cut(one, node)]
        captions = [one for one in shown if is_caption(one) and not is_caption(one.parent or one)]
        images = [one for one in shown if one.tag == "img" and not is_pixel(one)]
        return (images[0], captions[0]) if len(captions) == len(images) == 1 else None

    def _is_cut(self, node: Node, outer: Node) -> bool:
        at: Node | None = node
        while at is not None and at is not outer:
            if id(at) in self._cut or at.tag in self._left_out:
                return True
            at = at.parent
        return False

    def _captioned(self, node: Node, image: Node, caption: Node) -> None:
        """A figure: where its image has no description of its own, the caption is that too and is not said twice."""
        said = self._said(caption)
        alt = self._alt(image)
        linked = any(one.tag == "a" and id(one) not in self._repeated for one in caption.elements())
        known = source_of(image, []) in self._seen
        if said and not linked and not known and (set(words(alt)) <= set(words(said)) or _holds(alt, said)):
            image.attrs["alt"] = alt if len(alt) > len(said) else said
            caption.children.clear()
            self._within("<figcaption>", node, "</figcaption>")
        else:
            self._in_caption = True
            self._within("<figure>", node, "</figure>")
            self._in_caption = False

    def _caption(self, node: Node) -> None:
        said = self._said(node)
        if said and _holds(self._described, said):
            return  # as slide shows do, which have it once more for the full screen
        self._described = said
        self._flat = True
        self._within("<figcaption>", node, "</figcaption>")
        self._flat = False

    def _said(self, caption: Node) -> str:
        """The text of a caption. What it has again in short, and the links that unfold it, are left out."""
        parts: list[str] = []
        for inner in caption.elements():
            text = " ".join(inner.text().split())
            if inner.tag in ("a", "button", "span") and _UNFOLDS.fullmatch(text):
                self._repeated.add(id(inner))
            elif inner.tag in BLOCKS and not _has_blocks(inner) and words(text):
                text = _UNFOLDED.sub("", text)
                if any(part.startswith(text) for part in parts):
                    self._repeated.add(id(inner))
                parts.append(text)
        return " ".join(self._text(caption).split())

    def _text(self, node: Node) -> str:
        """The text of an element without what is left out."""
        return "".join(
            child if isinstance(child, str) else "" if id(child) in self._repeated else self._text(child)
            for child in node.children
        )

    # Inline

    def _inline(self, node: Node) -> None:
        tag = node.tag
        if tag == "img":
            self._image(node)
        elif tag == "picture":
            self._picture(node)
        elif tag == "br":
            self._put("<br>")
        elif tag == "a":
            self._link(node)
        elif tag == "sup" and (reference := self._reference(node)):
            self._put(reference)
        elif is_caption(node) and not self._flat:
            self._caption(node)
        elif tag in _INLINE:
            self._within(f"<{tag}>", node, f"</{tag}>")
        elif is_gutter(node):
            return
        else:
            if name := self._id(node):
                self._put(f"<a{name}></a>")
            self.children(node)

    def _link(self, node: Node) -> None:
        href = node.get("href")
        if reference := self._reference(node):
            self._put(reference)
            return
        if href.startswith("#") and not re.search(r"\w", node.text()) and not any(True for _ in node.elements()):
            return  # the sign beside a heading that leads to itself
        if self._in_note and href.startswith("#") and _BACK.fullmatch(node.text()):
            return
        target = self._href(href) if href else ""
        name = self._id(node)
        if name:
            self._put(f"<a{name}></a>")
        if _has_blocks(node):
            self._around, around = target, self._around
            self.children(node)
            self._around = around
        else:
            self._linked(node, target)

    def _linked(self, node: Node, target: str) -> None:
        """What stands in an element, as a link; no link without a text or an image."""
        written = len(self._out)
        self.children(node)
        inside = "".join(self._out[written:])
        if target and (inside.strip() and ("<img" in inside or re.sub("<[^<>]*+>", "", inside).strip())):
            self._out[written:] = [f'<a href="{target}">', inside, "</a>"]

    def _href(self, href: str) -> str:
        """The absolute address, escaped; empty for a scheme that is no address, as `javascript:`."""
        href = re.sub(r"[\t\n\r]", "", href)
        if _SCHEMES.match(href):
            return ""
        if href.startswith("#"):
            return escape(href)
        if self._address:
            try:
                href = urljoin(self._address, href)
            except ValueError:
                return ""
            page, _, part = href.partition("#")
            if part and page == self._address.partition("#")[0] and part in self._targets:
                href = f"#{part}"
        elif href.startswith("//"):
            href = "https:" + href
        return escape(href)

    def _reference(self, node: Node) -> str:
        """A reference to a footnote of this article, from the link or from a `<sup>` around it."""
        links = [node] if node.tag == "a" else [inner for inner in node.elements() if inner.tag == "a"]
        if len(links) != 1:
            return ""
        label = links[0].get("href").rpartition("#")[2]
        text = node.text().strip()
        if label not in self._notes or self._in_note or not _MARK.fullmatch(text):
            return ""
        return f'<a role="doc-noteref" href="#{escape(label)}">{escape(text, quote=False)}</a>'

    def _math(self, node: Node) -> None:
        tex = node.get("alttext")
        for inner in node.elements():
            if inner.tag == "annotation" and "tex" in inner.get("encoding"):
                tex = inner.text().strip()
        if tex:
            block = node.get("display") == "block" or any(inner.get("display") == "block" for inner in node.elements())
            self._put(f'<math display="{"block" if block else "inline"}" alttext="{escape(tex)}"></math>')
        else:
            self.children(node)

    # Images

    def _picture(self, node: Node) -> None:
        image = next((inner for inner in node.elements() if inner.tag == "img"), None)
        if image is None:
            return
        others = [inner for inner in node.elements() if inner.tag == "source"]
        self._image(image, others)

    def _image(self, node: Node, sources: list[Node] | None = None) -> None:
        if id(node) in self._cut or is_pixel(node):
            return
        src = source_of(node, sources or [])
        alt = self._alt(node)
        if not src or src in self._seen:
            return
        classes = node.get("class")
        if "emoji" in classes or "wp-smiley" in classes or (alt and "latex" in classes):
            self._put(escape(alt, quote=False))
            return
        address = self._href(src)
        if address:
            self._seen.add(src)
            self._described = alt
            self._alts.add(alt)
            self._put(f'<img src="{address}" alt="{escape(alt)}">')

    def _alt(self, node: Node) -> str:
        """What an image shows; empty where only the title or what another image shows stands there."""
        alt = " ".join(node.attrs.get("alt", "").split())
        return "" if alt in self._alts or words(alt) == self._title else alt

    def _noscript(self, node: Node) -> None:
        """Images that a script would have loaded stand here again, for browsers without scripts."""
        for inner in node.elements():
            if inner.tag == "img" and (inner.parent is None or inner.parent.tag != "picture"):
                self._image(inner)
            elif inner.tag == "picture":
                self._picture(inner)


def _alert(node: Node) -> str:
    """What kind of alert an element is by its classes; empty where it is none."""
    if node.tag not in ("div", "aside", "section", "blockquote"):
        return ""
    names = node.get("class").lower().replace("--", "-").split()
    if not any(name in _ALERTS or name.startswith(_ALERT_NAMES) for name in names):
        return ""
    for name in names:
        for word in name.split("-"):
            if word in _ALERT_KINDS:
                return word
    return "note"


def _has_blocks(node: Node) -> bool:
    return any(inner.tag in BLOCKS for inner in node.elements())


def _holds(text: str, part: str) -> bool:
    """Whether all the words of a part stand in a text, in their order."""
    return f" {' '.join(words(part))} " in f" {' '.join(words(text))} "


def _nearest(node: Node, tag: str) -> Node | None:
    at = node.parent
    while at is not None and at.tag != tag:
        at = at.parent
    return at


def _lays_out(table: Node, cells: list[list[Node]]) -> bool:
    """Whether a table is there for the layout: one column, or cells with what no cell of a table of data has."""
    if table.get("role") in ("presentation", "none"):
        return True
    if max(map(len, cells), default=0) < 2:
        return True
    for row in cells:
        for cell in row:
            inner = [node.tag for node in cell.elements()]
            if (
                any(tag in ("table", "h1", "h2", "h3", "pre", "blockquote", "figure") for tag in inner)
                or inner.count("p") > 3
            ):
                return True
    return False


def _notes(choice: Choice) -> tuple[set[str], set[str]]:
    """The names that links of the article lead to within it, and those of them that are footnotes."""
    ids: dict[str, Node] = {}
    wanted: dict[str, bool] = {}
    for node in choice.root.elements():
        name = node.attrs.get("id") or (node.attrs.get("name", "") if node.tag == "a" else "")
        if name:
            ids.setdefault(name, node)
        if node.tag == "a" and "#" in node.get("href"):
            label = node.get("href").rpartition("#")[2]
            kind = f"{node.get('role')} {node.get('epub:type')} {node.get('class')} {node.get('rel')}"
            raised = node.parent is not None and node.parent.tag == "sup"
            raised = raised or any(inner.tag == "sup" for inner in node.elements())
            is_reference = (raised or "note" in kind) and _MARK.fullmatch(node.text().strip()) is not None
            wanted[label] = wanted.get(label, False) or is_reference
    targets = {label for label in wanted if label in ids}
    notes = {
        label
        for label in targets
        if wanted[label] and ids[label].tag in ("li", "p", "div", "dd", "aside", "section", "span")
    }
    return targets, {label for label in notes if ids[label].tag in BLOCKS}
