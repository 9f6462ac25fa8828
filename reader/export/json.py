"""The JSON shape, version 1: for other programs.

Offsets count Unicode code points of "text". The README describes every field; a change of meaning is a new version.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from reader import sanitize
from reader.document import Block, Code, Document, Heading, Item, Paragraph, Range, Table, Value

VERSION = 1


def as_json(document: Document, origin: str, claims: Sequence[Mapping[str, Any]] = ()) -> str:
    """The whole article; `claims` as their own objects, already shaped."""
    shape = {
        "version": VERSION,
        "origin": origin,
        "metadata": _metadata(document),
        "text": document.text,
        "sections": [
            {"title": s.title, "level": s.level, **_place(s), "inferred": s.inferred} for s in document.sections
        ],
        "blocks": [_block(block) for block in document.blocks],
        "links": [{"text": document.slice(link), "href": link.href, **_place(link)} for link in document.links],
        "images": [{"alt": image.alt, "src": image.src, **_place(image)} for image in document.images],
        "claims": list(claims),
        "warnings": list(document.warnings),
    }
    return dumped(shape)


def dumped(shape: Mapping[str, Any]) -> str:
    """JSON that is safe to print: what a terminal would obey is escaped, and stays the same value."""
    return sanitize.json_text(json.dumps(shape, ensure_ascii=False, indent=1))


def _place(where: Range) -> dict[str, int]:
    return {"start": where.start, "end": where.end}


def _metadata(document: Document) -> dict[str, Any]:
    metadata = document.metadata
    return {
        "title": metadata.title,
        "date": metadata.date.isoformat() if metadata.date else None,
        "author": metadata.author,
        "credits": [{"label": credit.label, "names": credit.names} for credit in metadata.credits],
        "entries": {key: _value(value) for key, value in metadata.entries.items()},
    }


def _value(value: Value) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _value(inner) for key, inner in value.items()}
    return [_value(inner) for inner in value]


def _block(block: Block) -> dict[str, Any]:
    shape: dict[str, Any] = {"kind": type(block).__name__.lower(), **_place(block), "line": block.line}
    match block:
        case Heading(level=level, inferred=inferred, anchor=anchor):
            shape |= {"level": level, "inferred": inferred, "anchor": anchor}
        case Paragraph(role=role):
            shape |= {"role": role}
        case Code(language=language):
            shape |= {"language": language}
        case Table(rows=rows):
            shape |= {"rows": [[_place(cell) for cell in row] for row in rows]}
        case _:
            pass
    within = [
        {"kind": "item", "number": c.number, "checked": c.checked} if isinstance(c, Item) else {"kind": _name(c)}
        for c in block.containers
    ]
    return shape | {"within": within, "spans": [{"kind": s.kind, **_place(s)} for s in block.spans]}


def _name(container: object) -> str:
    return type(container).__name__.lower()
