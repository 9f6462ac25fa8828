"""TOML where the standard library is no help: on which line a setting stands, and how a value is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader import sanitize


def lines_of(text: str) -> Iterator[tuple[str, int]]:
    """Dotted names and the 1-based lines they are set on."""
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*+\[++([^\]]++)\]", line):
            table = re.sub(r"[\"'\s]", "", header[1])
            yield table, number
        elif re.match(r"\s*+[\w.\"' -]++\s*+=", line):
            name = re.sub(r"[\"'\s]", "", line[: line.index("=")])
            yield (f"{table}.{name}" if table else name), number


def as_toml(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + sanitize.clean_line(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(as_toml, value))}]"
    return "a table" if isinstance(value, dict) else str(value)
