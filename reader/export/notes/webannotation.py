"""Notes as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), and as they are read again.

Owns the JSON: an AnnotationPage whose items have a TextQuoteSelector and a TextPositionSelector, the person's words and
tags as TextualBody, the colour as `styleClass`. What the model has no place for (path, digest and title of the article)
stands under the key "reader". Refuses to trust what it reads.

Invariant: what `as_json` writes, `read_web_annotations` reads as the same passages, words and times.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

from reader.export.json import dumped
from reader.export.notes.imported import Imported, as_objects, as_offset, as_text, as_time
from reader.export.notes.value import ArticleNotes, PlacedNote

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_UUID: Final = "urn:uuid:"
_DEEPEST: Final = 8
"""How often a selector may be refined by another."""


def as_json(several: Iterable[ArticleNotes]) -> str:
    """One AnnotationPage with the notes of all articles. Positions count code points of the reader's text."""
    items = [_item(notes, one) for notes in several for one in notes.notes]
    return dumped({"@context": CONTEXT, "id": "urn:reader:notes", "type": "AnnotationPage", "items": items})


def _item(notes: ArticleNotes, one: PlacedNote) -> dict[str, Any]:
    made = one.annotation
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in made.tags]
    if made.words:
        words = {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": made.words}
        bodies.insert(0, words)
    item: dict[str, Any] = {
        "id": f"{_UUID}{made.id}",
        "type": "Annotation",
        "motivation": "commenting" if made.words else "highlighting",
        "created": _iso(made.created),
        "modified": _iso(made.modified),
    }
    if bodies:
        item["body"] = bodies
    return item | {"target": _target(notes, one), "reader": _extras(notes, one)}


def _target(notes: ArticleNotes, one: PlacedNote) -> dict[str, Any]:
    target: dict[str, Any] = {"type": "SpecificResource", "source": _source(notes)}
    selector = one.annotation.selector
    if selector is not None:
        there = one.place.range if one.place is not None else None
        start, end = (there.start, there.end) if there is not None else (selector.start, selector.end)
        context = {"prefix": selector.prefix, "suffix": selector.suffix}
        target["selector"] = [
            {"type": "TextQuoteSelector", "exact": selector.exact, **context},
            {"type": "TextPositionSelector", "start": start, "end": end},
        ]
    if one.annotation.colour:
        target["styleClass"] = one.annotation.colour
    return target


def _source(notes: ArticleNotes) -> str:
    if notes.url:
        return notes.url
    return f"file://{quote(os.fsencode(notes.article.path))}" if notes.article.path else "urn:reader:stdin"


def _extras(notes: ArticleNotes, one: PlacedNote) -> dict[str, Any]:
    return {
        "path": notes.article.path or "",
        "digest": notes.article.digest,
        "title": notes.title,
        "author": notes.author,
        "section": one.section,
        "status": one.place.status if one.place is not None else "",
    }


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_web_annotations(found: Any) -> tuple[Imported, ...]:
    """From a page, a collection with its first page, a list, or a single annotation; what is none is left out."""
    if isinstance(found, dict):
        found = found["first"] if isinstance(found.get("first"), dict) else found
        found = found.get("items", [found])
    return tuple(_imported(item) for item in as_objects(found) if "target" in item)


def _imported(item: Mapping[str, Any]) -> Imported:
    target = item["target"]
    target = target[0] if isinstance(target, list) and target else target
    source: Any = target
    exact = prefix = suffix = colour = ""
    start = end = -1
    if isinstance(target, dict):
        source = target.get("source", target.get("id"))
        source = source.get("id") if isinstance(source, dict) else source
        colour = as_text(target.get("styleClass"))
        exact, prefix, suffix, start, end = quoted(target.get("selector"))
    words, tags = _bodies(item)
    extras = item.get("reader")
    known: Mapping[str, Any] = extras if isinstance(extras, dict) else {}
    url, created = as_text(source), as_time(item.get("created"))
    return Imported(
        id=as_text(item.get("id")).removeprefix(_UUID),
        origin="web annotation",
        url=url if url.startswith(("http://", "https://")) else "",
        path=as_text(known.get("path")),
        digest=as_text(known.get("digest")),
        title=as_text(known.get("title")),
        section=as_text(known.get("section")),
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        start=start,
        end=end,
        colour=colour,
        words=words,
        tags=tags,
        created=created,
        modified=as_time(item.get("modified")) or created,
    )


def _bodies(item: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    words: list[str] = []
    tags: list[str] = []
    bodies = item.get("body", item.get("bodyValue"))
    for body in bodies if isinstance(bodies, list) else (bodies,):
        if isinstance(body, dict) and body.get("purpose") == "tagging":
            tags.append(as_text(body.get("value")))
        else:
            words.append(as_text(body.get("value") if isinstance(body, dict) else body, lines=True))
    return "\n\n".join(filter(None, words)), tuple(filter(None, tags))


def quoted(selectors: Any, depth: int = 0) -> tuple[str, str, str, int, int]:
    """Exact text, prefix, suffix, start and end of a target's selectors; -1 where it has no position."""
    exact = prefix = suffix = ""
    start = end = -1
    for selector in as_objects(selectors if isinstance(selectors, list) else [selectors]):
        if selector.get("type") == "TextQuoteSelector":
            exact, prefix, suffix = (as_text(selector.get(key), lines=True) for key in ("exact", "prefix", "suffix"))
        elif selector.get("type") == "TextPositionSelector":
            start, end = as_offset(selector.get("start")), as_offset(selector.get("end"))
        if not exact and "refinedBy" in selector and depth < _DEEPEST:
            exact, prefix, suffix, start, end = quoted(selector["refinedBy"], depth + 1)
    return exact, prefix, suffix, start, end
