"""The figures of DESIGN.md, measured from outside: `python tests/bench/bench.py [--quick]`.

Runs the reader in a 120x40 pseudo-terminal beside an empty Textual app, on articles of its own making, and prints one
table: what was measured, against what, the ratio, and the bound. Works on any state of the program: what never
happens is printed as "never". Needs `pyte`, and the program's own packages.

How the times are taken: a key's time runs from writing the key to the last byte of the first repaint that changed the
page, where cells that change by themselves (progress, counts) do not count. An article is loaded when the program has
come to rest, by its processor time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from inputs import FIRST, LAST, SIZES, WORD, write  # noqa: E402
from pseudo_terminal import Terminal  # noqa: E402

EMPTY = f"""
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("{FIRST}")
Empty().run()
"""
IMPORTS = "import markdown_it, yaml"
PARSE = """
import sys, time
from markdown_it import MarkdownIt
text = open(sys.argv[1], encoding="utf-8").read()
begin = time.perf_counter()
MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
print(time.perf_counter() - begin)
"""
PAGE_DOWN, END, ESCAPE = "\x1b[6~", "G", "\x1b"
PATIENCE = 120.0
"""Seconds to wait for something big; a key gets 3."""

Seconds = float | None
"""None: it never happened."""


def median(values: Iterable[Seconds]) -> Seconds:
    """Of those that happened; None if most did not."""
    values = list(values)
    known = [value for value in values if value is not None]
    return statistics.median(known) if known and 2 * len(known) > len(values) else None


class Bench:
    """One run of all measurements, and its table."""

    def __init__(self, folder: Path, python: str, repeat: int) -> None:
        self.folder, self.python, self.repeat = folder, python, repeat
        self.misses = 0
        home = str(folder / "home")
        self.env = {f"XDG_{kind}_HOME": home for kind in ("STATE", "CONFIG", "DATA", "CACHE")}
        self.env["PYTHONDONTWRITEBYTECODE"] = ""  # as for a person: modules are compiled once, not at each start

    # ---------------------------------------------------------------------------------------------- the table

    def head(self, title: str) -> None:
        print(f"\n{title}\n{'':2}{'work':<58}{'measured':>12}{'against':>12}{'ratio':>8}{'bound':>10}")

    def row(self, work: str, value: Seconds, *, against: Seconds = None, bound: float | None = None, unit: str = "ms"):
        """One line; with `against` the bound is of the ratio, without of the value (in seconds or MiB)."""
        ratio = value / against if value is not None and against else None
        judged = ratio if against else value
        late = bound is not None and (judged is None or judged > bound)
        self.misses += late
        shown_bound = "" if bound is None else f"{bound:.1f}x" if against else self.show(bound, unit)
        print(
            f"{'! ' if late else '  '}{work:<58}{self.show(value, unit):>12}"
            f"{self.show(against, unit) if against else '':>12}{f'{ratio:.2f}x' if ratio else '':>8}{shown_bound:>10}",
            flush=True,
        )

    @staticmethod
    def show(value: Seconds, unit: str) -> str:
        if value is None:
            return "never"
        return {"ms": f"{value * 1000:.0f} ms", "s": f"{value:.2f} s", "MiB": f"{value:.0f} MiB"}[unit]

    # ------------------------------------------------------------------------------------------ programs to run

    def reader(self, path: Path) -> Terminal:
        return Terminal([self.python, "-m", "reader", str(path)], env=self.env, measuring=True, cwd=self.folder)

    def empty(self) -> Terminal:
        return Terminal([self.python, "-c", EMPTY], env=self.env, measuring=True, cwd=self.folder)

    def first_screen(self, start: Callable[[], Terminal]) -> tuple[Seconds, float]:
        """Time from the start to the first screen, and peak memory once the program has come to rest."""
        with start() as terminal:
            came = terminal.wait_for(FIRST, PATIENCE)
            terminal.drain(0.3, 2.0)
            return (None if came is None else came - terminal.started), terminal.peak_mib()

    # ------------------------------------------------------------------------------------------ one measurement

    @staticmethod
    def press(terminal: Terminal, keys: str, *, restless: frozenset[tuple[int, int]] = frozenset()) -> Seconds:
        """From writing `keys` to the last byte of the repaint that changed cells outside `restless`."""
        before = terminal.looks()
        begin = time.perf_counter()
        terminal.send(keys)
        changed: Seconds = None
        while time.perf_counter() < begin + (3.0 if changed is None else changed - begin + 0.15):
            if not terminal.pump(0.02):
                continue
            came = terminal.last
            if not terminal.raw.endswith(b"\x1b[?2026l"):
                while terminal.pump(0.002):
                    came = terminal.last
            now = terminal.looks()
            if any(before[cell] != now.get(cell) for cell in before if cell not in restless):
                changed, before = came, now
        return None if changed is None else changed - begin

    @staticmethod
    def restless(terminal: Terminal, seconds: float = 0.4) -> frozenset[tuple[int, int]]:
        """Cells that change while no key is pressed."""
        before = terminal.looks()
        end = time.perf_counter() + seconds
        moving: set[tuple[int, int]] = set()
        while time.perf_counter() < end:
            if terminal.pump(0.05):
                now = terminal.looks()
                moving |= {cell for cell in before if before[cell] != now.get(cell)}
                before = now
        return frozenset(moving)

    @staticmethod
    def loaded(terminal: Terminal, limit: float = PATIENCE) -> Seconds:
        """When the bottom line stopped saying that it loads; None: not within `limit`."""
        end = time.perf_counter() + limit
        saying = time.perf_counter()
        while time.perf_counter() < end and terminal.alive:
            terminal.drain(0.02, 0.2)
            if "loading" in terminal.lines()[-1]:
                saying = time.perf_counter()
            elif time.perf_counter() - saying > 0.5:
                return saying
        return None

    @staticmethod
    def rest(terminal: Terminal, limit: float = PATIENCE) -> Seconds:
        """When the program came to rest (under a tenth of a processor for a second); None: not within `limit`."""
        end = time.perf_counter() + limit
        busy = time.perf_counter()
        used = terminal.cpu_seconds()
        while time.perf_counter() < end and terminal.alive:
            mark = time.perf_counter() + 0.2
            while time.perf_counter() < mark:
                terminal.pump(0.05)
            now = terminal.cpu_seconds()
            if now - used > 0.02:
                busy = time.perf_counter()
            elif time.perf_counter() - busy > 1.0:
                return busy
            used = now
        return None

    def is_loading(self, terminal: Terminal) -> bool:
        used, begin = terminal.cpu_seconds(), time.perf_counter()
        while time.perf_counter() < begin + 0.1:
            terminal.pump(0.02)
        return terminal.cpu_seconds() - used > 0.04

    # ------------------------------------------------------------------------------------------------- the parts

    def start_up(self, paths: Sequence[Path]) -> None:
        self.head("First screen and memory, against an empty Textual app (in turns, so that all meet the same machine)")
        starts: dict[str, Callable[[], Terminal]] = {"empty Textual app": self.empty}
        starts |= {path.name: lambda path=path: self.reader(path) for path in paths}
        rounds = [{name: self.first_screen(start) for name, start in starts.items()} for _ in range(self.repeat + 1)]
        rounds = rounds[1:]  # the first fills the caches
        times = {name: median(each[name][0] for each in rounds) for name in starts}
        peaks = {name: statistics.median(each[name][1] for each in rounds) for name in starts}
        empty = "empty Textual app"
        self.row(empty, times[empty])
        for path in paths:
            self.row(f"first screen of {path.name}", times[path.name], against=times[empty], bound=1.6)
        self.row(f"{empty}, memory", peaks[empty], unit="MiB")
        for path in paths:
            if path.name.startswith("6KB"):
                self.row(f"memory with {path.name}", peaks[path.name], against=peaks[empty], bound=1.5, unit="MiB")

    def keys(self, path: Path) -> None:
        word = WORD[path.stem.rpartition("-")[2]]
        self.head(f"Keys while {path.name} loads (median, and how many were pressed while it did)")
        with self.reader(path) as terminal:
            terminal.wait_for(FIRST, PATIENCE)
            restless = self.restless(terminal)
            self.while_loading(terminal, restless, word)
        with self.reader(path) as terminal:
            terminal.wait_for(FIRST, PATIENCE)
            loaded = self.loaded(terminal)
            rested = self.rest(terminal)
            if not terminal.alive:
                print(f"  the program has ended (exit code {terminal.wait_for_exit(5)}): what follows never happens")
            parse_time = self.plain_parse(path)
            self.head(f"{path.name} in the background, against a plain markdown_it parse")
            for work, came, bound in (("loaded and counted", loaded, 2.5), ("at rest, claims and all", rested, None)):
                taken = None if came is None else came - terminal.started
                self.row(work, taken, against=parse_time, bound=bound, unit="s")
            self.row("memory, loaded", terminal.peak_mib(), bound=300, unit="MiB")
            self.head(f"Keys with {path.name} loaded")
            terminal.send(END)
            terminal.drain(0.3, 5)
            self.row(f"the end is there (G, then {LAST} on the screen)", 0.0 if LAST in terminal.text() else None)
            terminal.send("g")
            terminal.drain(0.3, 5)
            self.pressed(terminal, "page down", [PAGE_DOWN] * self.repeat * 2, 0.060)
            self.pressed(terminal, "next section, ]", ["]"] * self.repeat * 2, 0.060)
            self.pressed(terminal, "next claim, c", ["c"] * self.repeat, 0.060)
            self.pressed(terminal, "to the end and back, G g", ["G", "g"] * self.repeat, None)
            self.search(terminal, word)
            self.pressed(terminal, "next match, n", ["n"] * self.repeat * 2, 0.060)
            terminal.send(ESCAPE)
            terminal.drain(0.2, 2)
            self.resize(terminal)
            self.row("memory after all this", terminal.peak_mib(), bound=300, unit="MiB")

    def while_loading(self, terminal: Terminal, restless: frozenset[tuple[int, int]], word: str) -> None:
        for name, opening, key in (
            ("page down", "", PAGE_DOWN), ("next section, ]", "", "]"), ("next claim, c", "", "c"),
            ("next match, n", f"/{word}\r", "n"),
        ):  # fmt: skip
            if opening:
                terminal.send(opening)
                terminal.drain(0.2, 1.0)
            times = []
            while len(times) < self.repeat and self.is_loading(terminal):
                times.append(self.press(terminal, key, restless=restless))
                if times[-1] is None:
                    break
            if times:
                self.row(f"{name} ({len(times)}x)", median(times), bound=0.120)
            else:
                print(f"  {name:<58}{'loaded by then':>24}")

    def pressed(self, terminal: Terminal, name: str, keys: Sequence[str], bound: float | None) -> None:
        times = []
        for key in keys:
            times.append(self.press(terminal, key))
            if times[:2] == [None, None]:
                break
        self.row(name, median(times), bound=bound)
        worst = [time for time in times if time is not None]
        if worst:
            self.row(f"{name}, slowest", max(worst))

    def search(self, terminal: Terminal, word: str) -> None:
        terminal.send("/")
        terminal.drain(0.3, 2.0)
        terminal.send(word[:-1])
        terminal.drain(0.5, 5.0)
        self.row("search: last letter typed to matches lit", self.press(terminal, word[-1]), bound=0.150)
        terminal.send("\r")
        terminal.drain(0.5, 5.0)

    def resize(self, terminal: Terminal) -> None:
        terminal.send("g")
        for _ in range(5):
            terminal.send(PAGE_DOWN)
            terminal.drain(0.1, 1.0)
        times, kept = [], 0
        sizes = [(100, 40), (120, 40)] * self.repeat
        for columns, rows in sizes:
            seen = self.words_on(terminal)
            before = terminal.last
            begin = time.perf_counter()
            terminal.resize(columns, rows)
            terminal.drain(0.3, 3.0)
            times.append(terminal.last - begin if terminal.last > before else None)
            kept += bool(seen and 2 * len(seen & self.words_on(terminal)) > len(seen))
        self.row(f"resize, place kept {kept} of {len(sizes)} times", median(times), bound=0.150)

    @staticmethod
    def words_on(terminal: Terminal) -> set[str]:
        """What to know a place by: all runs of three letters on the upper half of the page, wherever rows begin."""
        half = [line[terminal.columns // 3 : -4] for line in terminal.lines()[2 : terminal.rows // 2]]
        runs = {line[at : at + 3] for line in half for at in range(len(line) - 2)}
        return {run for run in runs if run.isalpha()}

    def plain_parse(self, path: Path) -> Seconds:
        done = subprocess.run([self.python, "-c", PARSE, str(path)], capture_output=True, text=True, check=False)
        return float(done.stdout) if done.returncode == 0 else None

    def printing(self, paths: Sequence[Path]) -> None:
        self.head(f"Printing, against python -c {IMPORTS!r}")

        def timed(command: Sequence[str]) -> Seconds:
            begin = time.perf_counter()
            done = subprocess.run(
                command, capture_output=True, check=False, cwd=self.folder, env={**os.environ, **self.env}
            )
            return time.perf_counter() - begin if done.returncode == 0 else None

        for path in paths:
            command = [self.python, "-m", "reader", str(path), "--to", "text"]
            if path.name.startswith("6KB"):
                pairs = [(timed(command), timed([self.python, "-c", IMPORTS])) for _ in range(self.repeat + 1)][1:]
                printed, imported = (median(times) for times in zip(*pairs, strict=True))
                self.row(f"--to text {path.name}", printed, against=imported, bound=2.0)
            else:
                self.row(f"--to text {path.name}", timed(command), unit="s")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer runs, fewer articles")
    parser.add_argument(
        "--folder", type=Path, help="where the articles are written, and kept; default: a temporary one"
    )
    parser.add_argument("--python", default=sys.executable, help="the interpreter that has the reader installed")
    parser.add_argument("--repeat", type=int, help="runs of each measurement (default: 7, quick: 3)")
    parser.add_argument("--only", choices=("start", "keys", "print"), help="one part of the table")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        languages, sizes = (("zh", "en"), SIZES) if not arguments.quick else (("zh",), {"6KB", "10MB"})
        paths = [
            write(folder, language, SIZES[size], size) for language in languages for size in SIZES if size in sizes
        ]
        bench = Bench(folder, arguments.python, arguments.repeat or (3 if arguments.quick else 7))
        if arguments.only in (None, "start"):
            bench.start_up(paths)
        if arguments.only in (None, "print"):
            bench.printing(paths)
        if arguments.only in (None, "keys"):
            for path in paths:
                if path.name.startswith("10MB"):
                    bench.keys(path)
        print(f"\n{bench.misses} figures outside their bound (marked !)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
