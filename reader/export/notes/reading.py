"""Which format a file of notes is of, and its notes.

Invariant: whatever the file holds, only ValueError is raised, with a few words for the person.
"""

from __future__ import annotations

import json
from typing import Final

from reader.export.notes.hypothesis import read_hypothesis, rows
from reader.export.notes.imported import Imported
from reader.export.notes.readwise import read_readwise
from reader.export.notes.webannotation import read_web_annotations
from reader.locale import _

MAX_IMPORT_BYTES: Final = 1 << 28


def read_notes(data: bytes) -> tuple[Imported, ...]:
    """The notes in a file: W3C Web Annotations, Hypothesis' export, or a CSV of Readwise's. Raises ValueError."""
    if len(data) > MAX_IMPORT_BYTES:
        raise ValueError(_("it is over 256 MiB"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(_("it is not UTF-8")) from None
    if text.lstrip()[:1] not in ("{", "["):
        return read_readwise(text)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError(_("it is no JSON")) from None
    there = rows(found)
    made = read_hypothesis(there) if there else read_web_annotations(found)
    if not made:
        raise ValueError(
            _("there are no notes in it; known are Web Annotations, Hypothesis' export and Readwise's CSV")
        )
    return made
