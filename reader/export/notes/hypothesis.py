"""Hypothesis' exports (https://h.readthedocs.io/en/latest/api/): of its client, and of its API.

Owns the shape of their JSON. Replies to other people's notes are left out: they have no passage of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reader.export.notes.imported import Imported, as_objects, as_text, as_time
from reader.export.notes.webannotation import quoted


def rows(found: Any) -> list[Mapping[str, Any]]:
    """The annotations of an export; empty where it is none."""
    if isinstance(found, dict):
        found = found.get("annotations", found.get("rows"))
    return [row for row in as_objects(found) if "uri" in row and isinstance(row.get("target"), list)]


def read_hypothesis(several: Iterable[Mapping[str, Any]]) -> tuple[Imported, ...]:
    """What `rows` has found."""
    return tuple(_imported(row) for row in several if not row.get("references"))


def _imported(row: Mapping[str, Any]) -> Imported:
    targets = as_objects(row["target"])
    exact, prefix, suffix, start, end = quoted(targets[0].get("selector") if targets else None)
    about = row.get("document")
    title = about.get("title") if isinstance(about, dict) else ""
    tags = row.get("tags")
    created = as_time(row.get("created"))
    return Imported(
        id=as_text(row.get("id")),
        origin="hypothesis",
        url=as_text(row.get("uri")),
        title=as_text(title[0] if isinstance(title, list) and title else title),
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        start=start,
        end=end,
        words=as_text(row.get("text"), lines=True),
        tags=tuple(filter(None, map(as_text, tags))) if isinstance(tags, list) else (),
        created=created,
        modified=as_time(row.get("updated")) or created,
    )
