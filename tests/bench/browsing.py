"""What a library of many articles costs: its list, its index, and a search across it.

The list is usable when a screen of it is there and a key has moved in it. What indexing takes is seen from outside:
the first search of a folder, printed, which has to read every article; the second has the index. The first screen of a
query runs from its last letter to a line of an article that holds it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.bench.inputs import FIRST, WORD
from tests.bench.library import RARE, write, write_small
from tests.bench.programs import Programs
from tests.bench.table import Seconds, Table, median
from tests.bench.watching import answer, drawn, press, settled, when
from tests.pseudo_terminal import Terminal

LIST_RATIO = 2.0
INDEXING_RATIO = 2.5
QUERY_RATIO = 0.5
KEY_S = 0.030
"""A key in a list of tens of thousands of articles, to the repainted screen."""
MEMORY_MIB = 250.0
_KEYS = (("one row on", "j"), ("one page on", " "), ("star", "V"), ("mark", "m"))
"""Of the list; each changes the screen again and again."""
_OPEN_SEARCH = "/"
"""Opens the search of the list."""
_WORDS = (
    (RARE, "in 3 articles"),
    (WORD["zh"], "in the Chinese ones"),
    (WORD["en"], "in the English ones"),
    ("灯塔鱻", "in none"),
)
NOTHING = "Nothing like it"
"""What the list shows where nothing is found."""
_LIST_ROWS = 12
"""Rows with something on them, from which on a screen shows a list."""


def written(folder: Path, count: int) -> Path:
    """A folder of so many articles; one that is there already is taken as it is."""
    target = folder / f"library-{count}"
    if not target.exists():
        target.mkdir(parents=True)
        write(target, count)
    return target


def written_small(folder: Path, count: int) -> Path:
    """A folder of so many small files; one that is there already is taken as it is."""
    target = folder / f"small-{count}"
    if not target.exists():
        write_small(target, count)
    return target


def lists(terminal: Terminal) -> bool:
    """Whether the screen shows a list."""
    return sum(bool(line.strip(" │┃▎▏")) for line in terminal.lines()) >= _LIST_ROWS


def lit(terminal: Terminal, word: str) -> bool:
    """Whether a line above the query line has all of a word lit, and no more than that."""
    for row in range(terminal.rows - 2):
        buffer = terminal.screen.buffer[row]
        cells = [cell for column in range(terminal.columns) if (cell := buffer[column]).data]  # a wide letter is one
        for at in range(len(cells) - len(word)):
            if all(cell.data == letter for cell, letter in zip(cells[at:], word, strict=False)):
                grounds = [(cell.bg, cell.reverse) for cell in cells[at : at + len(word) + 1]]
                if grounds[-1] != grounds[0] and len(set(grounds[:-1])) == 1:
                    return True
    return False


def has_cursor(terminal: Terminal, row: int) -> bool:
    """Whether a row near the top of the list is the chosen one, by its ground."""
    return bool(terminal.screen.buffer[row][2].bg != terminal.screen.buffer[_LIST_ROWS][2].bg)


def answered(terminal: Terminal, word: str) -> bool:
    """Whether the list shows what was found for a word, or that there is nothing."""
    return lit(terminal, word) or NOTHING in terminal.lines()[1]


class Browsing:
    """The measurements of one folder."""

    def __init__(self, table: Table, programs: Programs, folder: Path, repeat: int) -> None:
        self.table, self.programs, self.folder, self.repeat = table, programs, folder, repeat

    def measure(self) -> None:
        """All of them."""
        files = list(self.folder.rglob("*.md"))
        size = sum(path.stat().st_size for path in files) / 1e6
        self.table.head(f"A library of {len(files):,} articles, {size:.0f} MB")
        self.forget()
        self.list("list usable, never seen before", self.repeat, forgetting=True)
        self.indexing()
        self.list("list usable, indexed", self.repeat, forgetting=False)
        self.query()

    def forget(self) -> None:
        """Removes what the reader remembers."""
        shutil.rmtree(self.programs.folder / "home", ignore_errors=True)

    def list(self, name: str, repeat: int, *, forgetting: bool) -> None:
        count = f"{sum(1 for _ in self.folder.rglob('*.md')):,}"  # the head says so once there is a list
        pairs = []
        for _ in range(repeat):
            if forgetting:
                self.forget()
            with self.programs.empty() as terminal:
                came = drawn(terminal, FIRST)
                empty = None if came is None else came - terminal.started
            with self.programs.reader(self.folder) as terminal:
                pairs.append((self.usable(terminal, count), empty))
        usable, empties = (median(times) for times in zip(*pairs, strict=True))
        self.table.row(name, usable, against=empties, bound=LIST_RATIO)

    @staticmethod
    def usable(terminal: Terminal, count: str) -> Seconds:
        """From the start until `j`, pressed as soon as the list is there, has moved."""
        listed = drawn(terminal, count)
        if listed is None:
            return None
        moved = answer(terminal, "j", lambda: has_cursor(terminal, 2) and not has_cursor(terminal, 1))
        return None if moved is None else listed - terminal.started + moved

    def indexing(self) -> None:
        parsed = self.programs.plain_parse(self.folder)
        self.forget()
        command = self.programs.command(self.folder, "--search", RARE, "--to", "text")
        first = self.programs.seconds(command)
        work = "indexing: the first search of the folder, against read and parse"
        self.table.row(work, first, against=parsed, bound=INDEXING_RATIO, unit="s")
        again = median(self.programs.seconds(command) for _ in range(self.repeat))
        name, other = self.other_search()
        self.table.row(f"the same again, against {name}", again, against=other)

    def other_search(self, word: str = RARE) -> tuple[str, Seconds]:
        """A search of the folder by a program made for that."""
        name = "rg -i -c" if shutil.which("rg") else "grep -ric"
        command = [*name.split(), word, str(self.folder)]
        return name, median([self.programs.seconds(command, may_fail=True) for _ in range(self.repeat + 1)][1:])

    def query(self) -> None:
        with self.programs.reader(self.folder) as terminal:
            when(terminal, lambda: lists(terminal))
            settled(terminal)
            terminal.send(_OPEN_SEARCH)
            terminal.drain(0.3, 2.0)
            for word, where in _WORDS:
                self.first_screen(terminal, word, where)
            memory = terminal.peak_mib()
        self.table.row("memory of list and search", memory, bound=MEMORY_MIB, unit="MiB")

    def first_screen(self, terminal: Terminal, word: str, where: str) -> None:
        """From the last letter of a word to its first screen, the letters before it typed one by one."""
        for letter in word[:-1]:
            terminal.send(letter)
            terminal.drain(0.3, 5.0)
        times: list[Seconds] = []
        others: list[Seconds] = []
        for _ in range(self.repeat):
            times.append(answer(terminal, word[-1], lambda: answered(terminal, word)))
            if times[-1] is None:
                break
            terminal.send("\x7f")
            terminal.drain(0.5, 5.0)
            name, other = self.other_search(word)
            others.append(other)
        terminal.send("\x7f" * len(word))
        terminal.drain(0.5, 5.0)
        work = f"a query's first screen ({word}, {where}), against {name}"
        self.table.row(work, median(times), against=median(others), bound=QUERY_RATIO)

    def keys(self) -> None:
        """Keys in the list, once all of it has been read."""
        self.table.head(f"A list of {sum(1 for _ in self.folder.rglob('*.md')):,} articles")
        self.forget()
        self.programs.seconds(self.programs.command(self.folder, "--search", "no such words", "--to", "text"))
        with self.programs.reader(self.folder) as terminal:
            begun = terminal.started
            came = when(terminal, lambda: lists(terminal))
            self.table.row("list usable, indexed", None if came is None else came - begun)
            settled(terminal)
            head = frozenset((0, column) for column in range(terminal.columns))
            for name, key in _KEYS:
                times = [press(terminal, key, restless=head) for _ in range(3 * self.repeat)]
                self.table.row(f"{name} ({key!r})", median(times), bound=KEY_S)
            self.table.row("memory", terminal.peak_mib(), bound=MEMORY_MIB, unit="MiB")
