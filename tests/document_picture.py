"""A Document as lines of text that a person can read and write: what the data cases of the parser are compared with.

One line a block: kind, containers, text. Spans stand in the text as `‹kind target›text‹/›`, a line break as `⏎`, a tab
as `⇥`. Sections, credits, notes and warnings follow.
"""

from __future__ import annotations

from typing import assert_never

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
    Rule,
    Table,
    Title,
)


def picture(document: Document) -> list[str]:
    """The lines of a Document's picture."""
    lines = [_block(document, block) for block in document.blocks]
    lines += [
        f"§ {section.level} {section.title}{' (inferred)' * section.inferred}{' (opening)' * section.opening}"
        for section in document.sections
    ]
    lines += [f"credit {credit.label}: {credit.names}" for credit in document.metadata.credits]
    lines += [f"image {image.number} {image.alt or '-'} {image.src}" for image in document.images]
    lines += [f"note {label}: {document.text[offset : offset + 12]}" for label, offset in document.notes.items()]
    lines += [f"warning {warning}" for warning in document.warnings]
    return [line.rstrip() for line in lines]


def _block(document: Document, block: Block) -> str:
    where = "".join(f"{_container(container)} " for container in block.containers)
    return f"{_kind(block)} {where}| {_marked(document, block)}"


def _kind(block: Block) -> str:
    match block:
        case Title():
            return "title"
        case Heading():
            return f"h{block.level}{'?' * block.inferred}"
        case Paragraph():
            return "p" if block.role == "body" else block.role
        case Code():
            return f"code:{block.language}" if block.language else "code"
        case Math():
            return "math"
        case Table():
            rows = "/".join(str(len(row)) for row in block.rows)
            align = ",".join(block.align)
            return f"table({rows}{';' + align if any(block.align) else ''})"
        case Rule():
            return "rule"
    assert_never(block)


def _container(container: Container) -> str:
    match container:
        case Quote():
            return ">"
        case Alert():
            return f"!{container.kind}{':' + container.title if container.title else ''}"
        case Item():
            box = {True: "[x]", False: "[ ]", None: ""}[container.checked]
            return ("-" if container.number is None else f"{container.number}.") + box
        case Note():
            return f"^{container.number}"
        case Definition():
            return ":"
        case Details():
            return "v"
    assert_never(container)


def _marked(document: Document, block: Block) -> str:
    marks: list[tuple[int, int, str]] = []
    for order, span in enumerate(block.spans):
        target = f" {span.target}" if span.target else ""
        marks.append((span.start, order, f"‹{span.kind}{target}›"))
        marks.append((span.end, -order - 1, "‹/›"))
    text = document.text
    parts = []
    at = block.start
    for place, _, mark in sorted(marks, key=lambda entry: (entry[0], entry[1])):
        parts += [text[at:place], mark]
        at = place
    parts.append(text[at : block.end])
    return "".join(parts).replace("\n", "⏎").replace("\t", "⇥")
