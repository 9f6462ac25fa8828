"""The article as one HTML page: the document's structure in plain elements, nothing fetched, nothing run.

Owns the way from blocks and containers to elements, and the policy that holds the browser to it. Refuses to pass on
what could act in a browser: text is escaped, every attribute is cleaned, the author's own HTML has become text and
structure long before, and a link whose scheme is not harmless is no link. An image that is not beside the page is a
link to it, unless images are asked for.

Invariant: opening the page asks no other machine for anything, unless images are asked for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Final, NamedTuple, TypeAlias, assert_never
from urllib.parse import quote

from reader import sanitize
from reader.document import (
    Alert,
    Block,
    Code,
    Container,
    Definition,
    Details,
    Document,
    Heading,
    Item,
    Math,
    Note,
    Paragraph,
    Quote,
    Range,
    Rule,
    Span,
    Table,
    Title,
)
from reader.language import script
from reader.sanitize import pattern
from reader.source import image_file

_STYLE = (
    ":root{color-scheme:light dark;--ground:#fdfbf6;--ink:#24221f;--dim:#524e47;--line:#ddd7ca;--link:#1a4f7c;"
    "--code:#f3efe5;--mark:#fbe7a8}"
    "@media(prefers-color-scheme:dark){:root{--ground:#1b1d22;--ink:#d6d3cc;--dim:#b2afa8;--line:#3a3e47;"
    "--link:#9cc3e8;--code:#262a31;--mark:#4a3b10}}"
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.7 serif;background:var(--ground);"
    "color:var(--ink);overflow-wrap:break-word}a{color:var(--link)}h1,h2,h3,h4{line-height:1.3}"
    "mark{background:var(--mark);color:inherit}mark a{color:inherit}hr{border:0;border-top:1px solid var(--line)}"
    "blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid var(--line)}"
    "pre{overflow-x:auto;padding:.8rem;background:var(--code)}code{background:var(--code)}pre code{background:none}"
    "table{border-collapse:collapse}th,td{border:1px solid var(--line);padding:.2rem .6rem}img{max-width:100%}"
    "pre.lines{margin:0;background:none}.byline,.credit,.footer,.caption{color:var(--dim)}.note{font-size:.9rem}"
    ".left{text-align:left}.center{text-align:center}.right{text-align:right}"
    "@media print{:root{color-scheme:light;--ground:#fff;--ink:#000;--dim:#444;--mark:#fbe7a8;--line:#999;--link:#000;"
    "--code:#f4f4f4}"
    "body{max-width:none;margin:0;padding:0;font-size:11pt}pre{white-space:pre-wrap}"
    "h1,h2,h3,h4,summary{break-after:avoid}pre,table,img,blockquote,aside,li{break-inside:avoid}p{orphans:3;widows:3}"
    'a[href^="http"]::after{content:" <" attr(href) ">";font-size:.8em;word-break:break-all}}'
)
_TAGS = {
    "strong": "strong", "emphasis": "em", "code": "code", "strike": "s", "mark": "mark", "insert": "ins",
    "kbd": "kbd", "sub": "sub", "sup": "sup", "math": "i",
}  # fmt: skip
_HARMLESS = ("http:", "https:", "mailto:")
_ELSEWHERE: Final = pattern(r"//|%2f|%5c", re.IGNORECASE)
"""What makes a path one of another machine, at its beginning (`//host/x.png`) or once a browser has put its parts
together (`/..//host/x.png`; on Windows such a path is a share on the network)."""

Text: TypeAlias = Callable[[int, int], str]
"""From a part of the article's text, which holds no element, to HTML of the same text."""


class Images(NamedTuple):
    """Which images a page shows; the others are links to them."""

    remote: bool = False
    """Those that have to be fetched from the network, too."""
    article: str | None = None
    """Path of the article's file: the address of an image that is found on this machine becomes one relative to it."""


def page(
    document: Document,
    name: str,
    *,
    images: bool = False,
    path: str | None = None,
    style: str = "",
    text: Text | None = None,
    beside: Callable[[int], Iterable[str]] | None = None,
) -> Iterator[str]:
    """The lines of the page; `name` is its title where the article has none.

    With `images` it shows those that have to be fetched from the network when it is opened. `path` is that of the
    article's file, beside which the page is to stand: images found from there are addressed from there. `style` is
    added to its own style; `text` sets the text, which is escaped where it is None; `beside` gives what stands beside
    the block with an index: before it, in an element of class "beside" that has both.
    """
    title = document.metadata.title or name
    language = script(document.text[:4000]) or "en"
    yield "<!doctype html>"
    yield f'<html lang="{language}"><head><meta charset="utf-8"><title>{_attribute(title)}</title>'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(document, _STYLE + style, images)}">'
    yield '<meta name="referrer" content="no-referrer"><meta http-equiv="x-dns-prefetch-control" content="off">'
    yield f"<style>{_STYLE}{style}</style></head><body>"
    shown = Images(images, path)
    open_now: list[Container] = []
    for number, block in enumerate(document.blocks):
        yield from _move(open_now, block.containers)
        more = tuple(beside(number)) if beside is not None else ()
        yield from ('<div class="beside"><div>', *more, "</div>") if more else ()
        yield _element(document, block, shown, text)
        yield from ("</div>",) if more else ()
    yield from _move(open_now, ())
    yield "</body></html>"


def _policy(document: Document, style: str, images: bool) -> str:
    """What the page may load (CSP Level 3): its own style, and images if it has any. `file:` stands beside 'self'
    since browsers do not agree whether a file is of one origin with its page."""
    from base64 import b64encode
    from hashlib import sha256

    digest = b64encode(sha256(style.encode()).digest()).decode()
    shown = f"; img-src 'self' file:{' http: https:' if images else ''}" if document.images else ""
    return f"default-src 'none'; style-src 'sha256-{digest}'{shown}; base-uri 'none'; form-action 'none'"


def _move(open_now: list[Container], wanted: Sequence[Container]) -> Iterator[str]:
    """Closes and opens elements until those of `wanted` are open; items that follow one another share a list."""
    kept = 0
    while kept < min(len(open_now), len(wanted)) and open_now[kept] is wanted[kept]:
        kept += 1
    goes_on = False
    while len(open_now) > kept:
        closing = open_now.pop()
        yield _ends(closing)
        if isinstance(closing, Item):
            beside = wanted[kept] if len(open_now) == kept < len(wanted) else None
            goes_on = isinstance(beside, Item) and (beside.number is None) == (closing.number is None)
            if not goes_on:
                yield "</ul>" if closing.number is None else "</ol>"
    for container in wanted[kept:]:
        if isinstance(container, Item) and not goes_on:
            yield "<ul>" if container.number is None else f'<ol start="{container.number}">'
        goes_on = False
        yield _begins(container)
        open_now.append(container)


def _begins(container: Container) -> str:
    match container:
        case Quote():
            return "<blockquote>"
        case Alert(kind=kind, title=title):
            return f'<blockquote class="alert {kind}"><p><strong>{_attribute(title or kind.capitalize())}</strong></p>'
        case Item(checked=None):
            return "<li>"
        case Item(checked=checked):
            return f'<li><input type="checkbox" disabled{" checked" if checked else ""}> '
        case Note(label=label, number=number):
            return f'<aside class="note" id="note-{_id(label)}"><sup>{number}</sup>'
        case Definition():
            return "<dl><dd>"
        case Details():
            return "<details open>"
        case _:
            assert_never(container)


def _ends(container: Container) -> str:
    match container:
        case Quote() | Alert():
            return "</blockquote>"
        case Item():
            return "</li>"
        case Note():
            return "</aside>"
        case Definition():
            return "</dd></dl>"
        case Details():
            return "</details>"
        case _:
            assert_never(container)


def _element(document: Document, block: Block, images: Images, text: Text | None) -> str:
    inner = inline(document, block.spans, block, images=images, text=text)
    match block:
        case Title():
            return f"<h1>{inner}</h1>"
        case Heading(level=level, anchor=anchor):
            return f'<h{level} id="{_attribute(anchor)}">{inner}</h{level}>'
        case Paragraph(role="summary"):
            return f"<summary>{inner}</summary>"
        case Paragraph(role="term"):
            return f"<dl><dt>{inner}</dt></dl>"
        case Paragraph(role="plain"):
            return f"<pre>{_plain(document, block, text)}</pre>"
        case Paragraph(role="lines"):
            return f'<pre class="lines">{inner}</pre>'
        case Paragraph(role=role):
            return f"<p>{inner}</p>" if role == "body" else f'<p class="{role}">{inner}</p>'
        case Code(language=language):
            code = _plain(document, block, text)
            return f'<pre><code class="language-{_attribute(language)}">{code}</code></pre>'
        case Math():
            return f"<pre>{_plain(document, block, text)}</pre>"
        case Table():
            rows = (_row(document, block, number, images, text) for number in range(len(block.rows)))
            return f"<table>{''.join(rows)}</table>"
        case Rule():
            return "<hr>"
        case _:
            assert_never(block)


def _row(document: Document, block: Table, number: int, images: Images, text: Text | None) -> str:
    tag = "td" if number else "th"
    filled = []
    for column, cell in enumerate(block.rows[number]):
        align = block.align[column] if column < len(block.align) else ""
        side = f' class="{align}"' if align else ""
        inner = inline(document, block.spans, cell, images=images, text=text)
        filled.append(f"<{tag}{side}>{inner}</{tag}>")
    return f"<tr>{''.join(filled)}</tr>"


def _plain(document: Document, where: Range, text: Text | None) -> str:
    return escape(document.slice(where)) if text is None else text(where.start, where.end)


def inline(
    document: Document,
    spans: Sequence[Span],
    where: Range,
    *,
    images: Images = Images(remote=True),  # noqa: B008  it is a constant
    text: Text | None = None,
) -> str:
    """Text with its spans as elements."""
    parts: list[str] = []
    stack: list[tuple[int, str]] = []
    at = where.start

    def write(stop: int) -> None:
        nonlocal at
        parts.append(_plain(document, Range(at, stop), text).replace("\n", "<br>"))
        at = stop

    def close(before: int) -> None:
        while stack and stack[-1][0] <= before:
            end, tag = stack.pop()
            write(end)
            parts.append(tag)

    for span in spans:
        if span.start < where.start or span.end > where.end:
            continue
        close(span.start)
        write(span.start)
        if span.kind == "image":
            inside = any(tag == "</a>" for _, tag in stack)
            parts.append(_image(span.target, escape(document.slice(span)), images, inside))
            at = span.end
            continue
        begins, ends = _span(span)
        parts.append(begins)
        stack.append((span.end, ends))
    close(where.end)
    write(where.end)
    return "".join(parts)


def _image(target: str, alt: str, images: Images, inside: bool) -> str:
    """An image, with what to show in its place; a link to it where it may not be loaded, if it stands `inside` none."""
    address = _found(target, images.article) or _harmless(target)
    if address and (images.remote or _is_beside(address)):
        return f'<img src="{escape(address)}" alt="{alt}">'
    return f'<a href="{escape(address)}">{alt}</a>' if address and not inside else alt


def _found(target: str, article: str | None) -> str:
    """The address, relative to the article's file, of an image that is found on this machine and not where its own
    address says; empty for others."""
    if article is None or not target or os.path.isfile(os.path.join(os.path.dirname(article), target)):
        return ""
    file = image_file(article, target)
    if file is None:
        return ""
    try:
        beside = os.path.relpath(file, os.path.dirname(os.path.abspath(article)))
    except ValueError:  # on another drive of Windows
        return ""
    return sanitize.address(quote(beside.replace(os.sep, "/"), errors="surrogateescape"))


def _is_beside(address: str) -> bool:
    """Whether an address is of a file that comes with the page: no scheme, no host (browsers take '\\' for '/')."""
    path = address.partition("?")[0].partition("#")[0].replace("\\", "/")
    return ":" not in path.partition("/")[0] and _ELSEWHERE.search(path) is None


def _span(span: Span) -> tuple[str, str]:
    match span.kind:
        case "link":
            return f'<a href="{escape(_harmless(span.target) or "#")}">', "</a>"
        case "note":
            return f'<sup><a href="#note-{_id(span.target)}">', "</a></sup>"
        case "sgr":  # a colour of a terminal
            return "", ""
        case kind:
            return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"


def _harmless(target: str) -> str:
    """The address of a target; empty for one that could act."""
    address = sanitize.address(target)
    scheme = address.lower().partition("/")[0].partition("?")[0].partition("#")[0]
    return address if ":" not in scheme or scheme.startswith(_HARMLESS) else ""


def _attribute(text: str) -> str:
    return escape(sanitize.clean_line(text))


def _id(label: str) -> str:
    return _attribute(label).replace(" ", "-")
