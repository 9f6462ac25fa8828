"""The article as one HTML page: the document's structure in plain elements, nothing fetched, nothing run.

Owns the way from blocks and containers to elements. Refuses to pass on what could act in a browser: text is escaped,
the author's own HTML has become text and structure long before, and a link whose scheme is not harmless is no link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import TypeAlias, assert_never

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

_STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.7 serif}"
    "pre{overflow-x:auto;padding:.8rem;background:#8881}table{border-collapse:collapse}"
    "th,td{border:1px solid #8886;padding:.2rem .6rem}img{max-width:100%}"
    "pre.lines{margin:0;background:none}.credit,.footer,.caption{opacity:.7}.note{font-size:.9rem}"
)
_TAGS = {
    "strong": "strong", "emphasis": "em", "code": "code", "strike": "s", "mark": "mark", "insert": "ins",
    "kbd": "kbd", "sub": "sub", "sup": "sup", "math": "i",
}  # fmt: skip
_HARMLESS = ("http:", "https:", "mailto:")

Text: TypeAlias = Callable[[int, int], str]
"""From a part of the article's text, which holds no element, to HTML of the same text."""


def page(
    document: Document,
    name: str,
    *,
    head: str = "",
    text: Text | None = None,
    beside: Callable[[int], Iterable[str]] | None = None,
) -> Iterator[str]:
    """The lines of the page; `name` is its title where the article has none.

    `head` goes into the head; `text` sets the text, which is escaped where it is None; `beside` gives what stands after
    the block with an index.
    """
    title = document.metadata.title or name
    language = script(document.text[:4000]) or "en"
    yield "<!doctype html>"
    yield f'<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    yield f"<style>{_STYLE}</style>{head}</head><body>"
    open_now: list[Container] = []
    for number, block in enumerate(document.blocks):
        yield from _move(open_now, block.containers)
        yield _element(document, block, text)
        if beside is not None:
            yield from beside(number)
    yield from _move(open_now, ())
    yield "</body></html>"


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
            return f'<blockquote class="alert {kind}"><p><strong>{escape(title or kind.capitalize())}</strong></p>'
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


def _element(document: Document, block: Block, text: Text | None) -> str:
    inner = inline(document, block.spans, block, text)
    match block:
        case Title():
            return f"<h1>{inner}</h1>"
        case Heading(level=level, anchor=anchor):
            return f'<h{level} id="{escape(anchor)}">{inner}</h{level}>'
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
            return f'<pre><code class="language-{escape(language)}">{_plain(document, block, text)}</code></pre>'
        case Math():
            return f"<pre>{_plain(document, block, text)}</pre>"
        case Table():
            rows = (_row(document, block, number, text) for number in range(len(block.rows)))
            return f"<table>{''.join(rows)}</table>"
        case Rule():
            return "<hr>"
        case _:
            assert_never(block)


def _row(document: Document, block: Table, number: int, text: Text | None) -> str:
    tag = "td" if number else "th"
    filled = []
    for column, cell in enumerate(block.rows[number]):
        align = block.align[column] if column < len(block.align) else ""
        style = f' style="text-align:{align}"' if align else ""
        filled.append(f"<{tag}{style}>{inline(document, block.spans, cell, text)}</{tag}>")
    return f"<tr>{''.join(filled)}</tr>"


def _plain(document: Document, where: Range, text: Text | None) -> str:
    return escape(document.slice(where)) if text is None else text(where.start, where.end)


def inline(document: Document, spans: Sequence[Span], where: Range, text: Text | None = None) -> str:
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
            parts.append(f'<img src="{_address(span.target)}" alt="{escape(document.slice(span))}">')
            at = span.end
            continue
        begins, ends = _span(span)
        parts.append(begins)
        stack.append((span.end, ends))
    close(where.end)
    write(where.end)
    return "".join(parts)


def _span(span: Span) -> tuple[str, str]:
    match span.kind:
        case "link":
            return f'<a href="{_address(span.target)}">', "</a>"
        case "note":
            return f'<sup><a href="#note-{_id(span.target)}">', "</a></sup>"
        case "sgr":
            return "", ""
        case kind:
            return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"


def _address(target: str) -> str:
    """The address for an attribute; "#" for one that could act."""
    shown = sanitize.href(target).partition(" ")[0]
    scheme = shown.lower().partition("/")[0].partition("?")[0].partition("#")[0]
    return escape(shown) if ":" not in scheme or scheme.startswith(_HARMLESS) else "#"


def _id(label: str) -> str:
    return escape(sanitize.clean_line(label).replace(" ", "-"))
