"""What printing an article as text costs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.bench.programs import IMPORTS, Programs
from tests.bench.table import Table, median

SMALL_RATIO = 1.8
LARGE_RATIO = 2.0


def printing(table: Table, programs: Programs, paths: Sequence[Path], repeat: int) -> None:
    """A small article against the imports it cannot do without, a large one against a plain parse of it."""
    table.head(f"Printing as text: 6 KB against python -c {IMPORTS!r}, others against a plain markdown_it parse")
    for path in paths:
        command = programs.command(path, "--to", "text")
        imports = [programs.python, "-c", IMPORTS]
        if path.name.startswith("6KB"):
            pairs = [(programs.seconds(command), programs.seconds(imports)) for _ in range(repeat + 1)][1:]
            printed, imported = (median(times) for times in zip(*pairs, strict=True))
            table.row(f"--to text {path.name}", printed, against=imported, bound=SMALL_RATIO)
        else:
            bound = LARGE_RATIO if path.name.startswith("10MB") else None
            printed, parsed = programs.seconds(command), programs.plain_parse(path)
            table.row(f"--to text {path.name}", printed, against=parsed, bound=bound, unit="s")
