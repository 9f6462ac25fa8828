"""What an article costs on the screen: its start, its keys while it loads and after, and its memory."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.inputs import FIRST, LAST, WORD
from tests.bench.programs import Programs
from tests.bench.table import Seconds, Table, median
from tests.bench.watching import WAIT_S, Cells, is_busy, loaded, press, restless, settled
from tests.pseudo_terminal import Terminal

FIRST_SCREEN_RATIO = 1.45
KEY_S = 0.040
KEY_LOADING_S = 0.060
RESIZE_S = 0.100
SEARCH_S = 0.060
LOADED_RATIO = 1.5
CLAIMS_RATIO = 3.0
LARGE_MIB = 220
SMALL_MEMORY_RATIO = 1.3

_PAGE_DOWN, _END, _ESCAPE = "\x1b[6~", "G", "\x1b"
_EMPTY = "empty Textual app"


def first_screen(start: Callable[[], Terminal]) -> tuple[Seconds, float, float]:
    """Time from the start to the first screen, and peak memory once the program has come to rest, in MiB.

    The memory is that of the largest process, then that of all processes together while they overlap.
    """
    with start() as terminal:
        came = terminal.wait_for(FIRST, WAIT_S)
        terminal.drain(0.3, 2.0)
        taken = None if came is None else came - terminal.started
        return taken, terminal.largest_peak_mib(), terminal.peak_mib()


def start_up(table: Table, programs: Programs, paths: Sequence[Path], repeat: int) -> None:
    """First screens and memory, in turns with the empty app, so that all meet the same machine."""
    table.head("First screen and memory, against an empty Textual app")
    starts: dict[str, Callable[[], Terminal]] = {_EMPTY: programs.empty}
    starts |= {path.name: lambda path=path: programs.reader(path) for path in paths}  # type: ignore[misc]
    rounds = [{name: first_screen(start) for name, start in starts.items()} for _ in range(repeat + 1)]
    rounds = rounds[1:]  # the first fills the caches
    times = {name: median(each[name][0] for each in rounds) for name in starts}
    largest, together = (
        {name: statistics.median(each[name][column] for each in rounds) for name in starts} for column in (1, 2)
    )
    table.row(_EMPTY, times[_EMPTY])
    for path in paths:
        table.row(f"first screen of {path.name}", times[path.name], against=times[_EMPTY], bound=FIRST_SCREEN_RATIO)
    table.row(f"{_EMPTY}, memory", largest[_EMPTY], unit="MiB")
    for path in paths:
        if path.name.startswith("6KB"):
            for work, peaks, bound in (
                (f"memory with {path.name}, largest process", largest, SMALL_MEMORY_RATIO),
                ("all processes while they overlap", together, None),
            ):
                table.row(work, peaks[path.name], against=peaks[_EMPTY], bound=bound, unit="MiB")


class Keys:
    """The keys of one article."""

    def __init__(self, table: Table, programs: Programs, path: Path, repeat: int) -> None:
        self.table, self.programs, self.path, self.repeat = table, programs, path, repeat
        self.word = WORD[path.stem.rpartition("-")[2]]

    def measure(self) -> None:
        """All of them, with the times of loading and the memory."""
        self.table.head(f"Keys while {self.path.name} loads (median, and how many were pressed while it did)")
        with self.programs.reader(self.path) as terminal:
            terminal.wait_for(FIRST, WAIT_S)
            self.while_loading(terminal, restless(terminal))
        with self.programs.reader(self.path) as terminal:
            terminal.wait_for(FIRST, WAIT_S)
            whole, rested = loaded(terminal), settled(terminal)
            if not terminal.alive:
                code = terminal.wait_for_exit(5)
                self.table.note(f"the program has ended (exit code {code}): what follows never happens")
            self.in_background(terminal, whole, rested)
            self.table.head(f"Keys with {self.path.name} loaded")
            terminal.send(_END)
            terminal.drain(0.3, 5)
            there = 0.0 if LAST in terminal.text() else None
            self.table.row(f"the end is there (G, then {LAST} on the screen)", there, bound=1.0)
            terminal.send("g")
            terminal.drain(0.3, 5)
            self.pressed(terminal, "page down", [_PAGE_DOWN] * self.repeat * 2, KEY_S)
            self.pressed(terminal, "next section, ]", ["]"] * self.repeat * 2, KEY_S)
            self.pressed(terminal, "next claim, c", ["c"] * self.repeat, KEY_S)
            self.pressed(terminal, "to the end and back, G g", ["G", "g"] * self.repeat, None)
            self.search(terminal)
            self.pressed(terminal, "next match, n", ["n"] * self.repeat * 2, KEY_S)
            terminal.send(_ESCAPE)
            terminal.drain(0.2, 2)
            self.resize(terminal)
            self.table.row("memory after all this", terminal.peak_mib(), bound=LARGE_MIB, unit="MiB")

    def in_background(self, terminal: Terminal, whole: Seconds, rested: Seconds) -> None:
        parse = self.programs.plain_parse(self.path)
        self.table.head(f"{self.path.name} in the background, against a plain markdown_it parse")
        for work, came, bound in (
            ("loaded, counted and searchable", whole, LOADED_RATIO),
            ("at rest, every claim found", rested, CLAIMS_RATIO),
        ):
            taken = None if came is None else came - terminal.started
            self.table.row(work, taken, against=parse, bound=bound, unit="s")
        self.table.row("memory, loaded", terminal.peak_mib(), bound=LARGE_MIB, unit="MiB")

    def while_loading(self, terminal: Terminal, moving: Cells) -> None:
        for name, opening, key in (
            ("page down", "", _PAGE_DOWN), ("next section, ]", "", "]"), ("next claim, c", "", "c"),
            ("next match, n", f"/{self.word}\r", "n"),
        ):  # fmt: skip
            if opening:
                terminal.send(opening)
                terminal.drain(0.2, 1.0)
            times: list[Seconds] = []
            while len(times) < self.repeat and is_busy(terminal):
                times.append(press(terminal, key, restless=moving))
                if times[-1] is None:
                    break
            if times:
                self.table.row(f"{name} ({len(times)}x)", median(times), bound=KEY_LOADING_S)
            else:
                self.table.note(f"{name:<58}{'loaded by then':>24}")

    def pressed(self, terminal: Terminal, name: str, keys: Sequence[str], bound: float | None) -> None:
        times: list[Seconds] = []
        for key in keys:
            times.append(press(terminal, key))
            if times[:2] == [None, None]:
                break
        self.table.row(name, median(times), bound=bound)
        known = [time for time in times if time is not None]
        if known:
            self.table.row(f"{name}, slowest", max(known))

    def search(self, terminal: Terminal) -> None:
        times: list[Seconds] = []
        for _ in range(max(1, self.repeat // 2)):
            terminal.send("/")
            terminal.drain(0.3, 2.0)
            terminal.send(self.word[:-1])
            terminal.drain(0.5, 5.0)
            times.append(press(terminal, self.word[-1]))
            terminal.send(_ESCAPE)
            terminal.drain(0.3, 2.0)
        self.table.row("search: last letter typed to matches lit", median(times), bound=SEARCH_S)
        terminal.send(f"/{self.word}\r")
        terminal.drain(0.5, 5.0)

    def resize(self, terminal: Terminal) -> None:
        terminal.send("g")
        for _ in range(5):
            terminal.send(_PAGE_DOWN)
            terminal.drain(0.1, 1.0)
        times: list[Seconds] = []
        kept = 0
        sizes = [(100, 40), (120, 40)] * self.repeat
        for columns, rows in sizes:
            seen = self.words_on(terminal)
            before = terminal.last
            begin = time.perf_counter()
            terminal.resize(columns, rows)
            terminal.drain(0.3, 3.0)
            times.append(terminal.last - begin if terminal.last > before else None)
            kept += bool(seen and 2 * len(seen & self.words_on(terminal)) > len(seen))
        self.table.row(f"resize, place kept {kept} of {len(sizes)} times", median(times), bound=RESIZE_S)

    @staticmethod
    def words_on(terminal: Terminal) -> set[str]:
        """What to know a place by: all runs of three letters on the upper half of the page, wherever rows begin."""
        half = [line[terminal.columns // 3 : -4] for line in terminal.lines()[2 : terminal.rows // 2]]
        runs = {line[at : at + 3] for line in half for at in range(len(line) - 2)}
        return {run for run in runs if run.isalpha()}
