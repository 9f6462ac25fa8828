"""What hostile articles cost: `python tests/bench/pathological.py [NAME ...]`.

Opens every file of ../shared/suites/pathological and every article of tests/hostile.py in the real program, in a
120x40 pseudo-terminal, and prints one line each: the first screen (beside that of an empty Textual app, measured in
between again and again), then the slowest of several presses of each key, in milliseconds. `!` marks what is over
the bound: 1.6 times the empty app, 500 ms a key. Needs `pyte`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from bench import EMPTY, FIRST, Bench, Seconds  # noqa: E402
from hostile import own, suite  # noqa: E402
from pseudo_terminal import Terminal  # noqa: E402

KEYS = {"page": "\x1b[6~", "G": "G", "up": "\x1b[5~", "g": "g", "]": "]", "c": "c", "l": "l", "L": "L", "T": "T"}
RATIO, KEY = 1.6, 0.5
FRAME = b"\x1b[?2026l"
"""The end of a synchronised repaint."""


class Pathological:
    """One run over all of them."""

    def __init__(self, folder: Path, python: str, settle: float) -> None:
        self.folder, self.python, self.settle = folder, python, settle
        self.bench = Bench(folder, python, 3)
        self.empty: list[float] = []
        self.misses: list[str] = []

    def first_screen(self, command: list[str]) -> tuple[Terminal, Seconds]:
        """When the first repaint is complete; what it shows differs, so it is not read."""
        terminal = Terminal(command, measuring=True, env=self.bench.env, cwd=self.folder)
        end = terminal.started + 60
        while time.perf_counter() < end and terminal.alive and FRAME not in terminal.raw:
            terminal.pump(0.02)
        return terminal, terminal.last - terminal.started if FRAME in terminal.raw else None

    def empty_screen(self) -> None:
        with Terminal([self.python, "-c", EMPTY], env=self.bench.env, measuring=True, cwd=self.folder) as terminal:
            came = terminal.wait_for(FIRST, 30)
            if came is not None:
                self.empty.append(came - terminal.started)

    def press(self, terminal: Terminal, key: str) -> Seconds:
        """From a key to the end of the last repaint it causes before a fifth of a second of rest.

        A key that changes nothing draws nothing: then it is the time the program takes to answer the next one, `?`.
        """
        begin = time.perf_counter()
        terminal.send(key)
        last: Seconds = None
        while time.perf_counter() < begin + 10 and terminal.pump(10 if last is None and key == "?" else 0.2):
            last = terminal.last - begin
        if last is None and key != "?":
            slow = self.press(terminal, "?")
            terminal.send("\x1b")
            terminal.drain(0.3, 5)
            return slow
        return last

    def row(self, name: str, path: Path) -> None:
        self.empty_screen()
        terminal, first = self.first_screen([self.python, "-m", "reader", "--fresh", str(path)])
        with terminal:
            times: dict[str, Seconds] = {"early": self.press(terminal, KEYS["page"]) if first else None}
            self.bench.rest(terminal, self.settle)
            for key, keys in KEYS.items():
                pressed = [self.press(terminal, keys) for _ in range(1 if key in "gGT" else 3)]
                times[key] = None if None in pressed else max(pressed)
                terminal.send("\x1b") if key == "T" else None
                terminal.drain(0.3 if key == "T" else 0.05, 5)  # a key right behind Esc would be Alt and that key
            terminal.send("/")
            terminal.drain(0.3, 5)
            times["/"] = self.press(terminal, "a")
            terminal.send("\r")
            terminal.drain(0.3, 5)
            times["n"] = self.press(terminal, "n")
            terminal.send("\x1b")
            terminal.drain(0.3, 5)
            times["size"] = self.resized(terminal)
            times["2"] = self.press(terminal, "2")
            memory = terminal.peak_mib()
        ratio = first / statistics.median(self.empty[-5:]) if first else None
        late = ratio is None or ratio > RATIO or any(time is None or time > KEY for time in times.values())
        if late:
            self.misses.append(name)
        shown = "".join(self.cell(time) for time in times.values())
        started = "never" if ratio is None else f"{ratio:.2f}x"
        print(f"{'!' if late else ' '} {name:<28}{started:>7}{shown}{memory:>7.0f}")
        sys.stdout.flush()

    def resized(self, terminal: Terminal) -> Seconds:
        begin = time.perf_counter()
        terminal.resize(90, 30)
        last: Seconds = None
        while terminal.pump(10 if last is None else 0.2):
            last = terminal.last - begin
        return last

    @staticmethod
    def cell(value: Seconds) -> str:
        shown = "never" if value is None else f"{value * 1000:.0f}"
        return f"{shown + ('!' if value is None or value > KEY else ' '):>7}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="only these; default: all")
    parser.add_argument("--size", type=float, default=3e6, help="bytes of each of our own (default: 3 million)")
    parser.add_argument("--settle", type=float, default=8.0, help="seconds an article gets to come to rest")
    parser.add_argument("--python", default=sys.executable, help="the interpreter that has the reader installed")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        paths = dict(suite())
        for name, text in own(int(arguments.size)).items():
            if not arguments.names or name in arguments.names:
                paths[name] = folder / f"{name}.md"
                paths[name].write_bytes(text.encode("utf-8", "surrogatepass"))
        run = Pathological(folder, arguments.python, arguments.settle)
        columns = ["early", *KEYS, "/", "n", "size", "2"]
        heads = "".join(f"{column:>6} " for column in columns)
        print(f"  {'ms; first: in empty apps':<28}{'first':>7}{heads}{'MiB':>7}")
        for name, path in paths.items():
            if not arguments.names or name in arguments.names:
                run.row(name, path)
        empty = statistics.median(run.empty) * 1000 if run.empty else 0
        print(f"\nempty Textual app: {empty:.0f} ms; over a bound: {', '.join(run.misses) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
