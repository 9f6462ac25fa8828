"""The cases of the key claims: files of tests/cases, and the little labelled articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from samples import CASES


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of a file."""
    return json.loads((CASES / name).read_text(encoding="utf-8"))


def articles() -> Iterator[tuple[str, str, list[tuple[str, int, int]]]]:
    """Genre, title, and (sentence, gold, paragraph) of our little labelled articles."""
    title, genre, paragraph, found = "", "", 0, list[tuple[str, int, int]]()
    for line in [*(CASES / "claims_articles.txt").read_text(encoding="utf-8").splitlines(), "= end"]:
        if line.startswith("= "):
            if found:
                yield genre, title, found
            title, found, paragraph = line[2:], [], 0
        elif line.startswith("@ "):
            genre = line[2:]
        elif not line:
            paragraph += 1
        elif not line.startswith("#"):
            found.append((line.removeprefix("* "), int(line.startswith("* ")), paragraph))
