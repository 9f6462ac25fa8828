"""The programs that are measured: the reader, and what it is measured against.

Owns how they are started. Invariant: all have the same surroundings, and keep what they remember in the bench's folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.inputs import FIRST
from tests.bench.table import Seconds
from tests.pseudo_terminal import Terminal

EMPTY = f"""
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("{FIRST}")
Empty().run()
"""
"""A Textual app that shows one word."""
IMPORTS = "import markdown_it, yaml"
_PARSE = """
import os, sys, time
from markdown_it import MarkdownIt
parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
paths = [os.path.join(at, name) for at, _, names in os.walk(sys.argv[1]) for name in names] or sys.argv[1:]
begin = time.perf_counter()
for path in paths:
    with open(path, encoding="utf-8") as file:
        parser.parse(file.read())
print(time.perf_counter() - begin)
"""


@dataclass(frozen=True, slots=True)
class Programs:
    """What is started in one run of the bench."""

    folder: Path
    """Where they run, and what they remember is kept."""
    python: str = sys.executable
    """The interpreter that has the reader installed."""

    @property
    def env(self) -> dict[str, str]:
        """The variables that differ from our own."""
        home = {f"XDG_{kind}_HOME": str(self.folder / "home") for kind in ("STATE", "CONFIG", "DATA", "CACHE")}
        return {**home, "PYTHONDONTWRITEBYTECODE": ""}  # as for a person: modules are compiled once, not at each start

    def reader(self, *arguments: str | Path) -> Terminal:
        """The reader on a terminal of 120 columns and 40 rows."""
        return self._started(self.command(*arguments))

    def empty(self) -> Terminal:
        """The empty Textual app on a terminal of the same size."""
        return self._started([self.python, "-c", EMPTY])

    def command(self, *arguments: str | Path) -> list[str]:
        """The command of the reader."""
        return [self.python, "-m", "reader", *map(str, arguments)]

    def _started(self, command: Sequence[str]) -> Terminal:
        return Terminal(command, env=self.env, cwd=self.folder, measuring=True)

    def seconds(self, command: Sequence[str], *, may_fail: bool = False) -> Seconds:
        """From the start of a command to its end; None where it fails, unless it may: a search that finds nothing
        does."""
        begin = time.perf_counter()
        done = subprocess.run(
            command, capture_output=True, check=False, cwd=self.folder, env={**os.environ, **self.env}
        )
        return time.perf_counter() - begin if may_fail or done.returncode == 0 else None

    def plain_parse(self, path: Path) -> Seconds:
        """What markdown_it takes to parse a file, or all files of a folder, reading included and imports not."""
        done = subprocess.run([self.python, "-c", _PARSE, str(path)], capture_output=True, text=True, check=False)
        return float(done.stdout) if done.returncode == 0 else None
