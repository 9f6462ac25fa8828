"""The files of regular expressions that stand beside the modules which use them.

Owns their format: sections of lines, and patterns made of other patterns. Refuses to say what a section means.

Invariant: a file is read in one pass; a pattern names none that stands behind it.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

from reader.sanitize import pattern

_HEADER: Final = pattern(r"\[([a-z_]+)( \^)?\](?: (.+))?")
_NAMED: Final = pattern(r"\{([a-z_]+)\}")
_PLACE: Final = "..."
"""In what stands around the alternatives of a pattern: where they stand."""


def sections(name: str) -> list[tuple[str, bool, str, list[str]]]:
    """The sections of a file of this package: the name, whether "^" follows it, the rest of the header, the lines.

    Comments (lines that begin with "#") and empty lines are left out; an indented line goes on with the line before.
    """
    found: list[tuple[str, bool, str, list[str]]] = []
    for line in (files("reader.claims") / name).read_text(encoding="utf-8").splitlines():
        if header := _HEADER.fullmatch(line):
            found.append((header[1], header[2] is not None, header[3] or "", []))
        elif line.startswith(" "):
            found[-1][3][-1] += line.lstrip(" ")
        elif line and not line.startswith("#"):
            found[-1][3].append(line)
    return found


def sources(name: str) -> dict[str, str]:
    """The patterns of a file by their names, those they are made of put in. Raises KeyError for one that is unknown."""
    found: dict[str, str] = {}
    for one, _begins, around, lines in sections(name):
        source = (around or _PLACE).replace(_PLACE, "|".join(lines))
        found[one] = _NAMED.sub(lambda named: f"(?:{found[named[1]]})", source)
    return found


def compiled(name: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a file by their names, each compiled at its first use."""
    return {one: pattern(source) for one, source in sources(name).items()}
