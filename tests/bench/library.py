"""What the library's engine costs with 6,000 articles: `python -m tests.bench.library [--articles N] [--many N]`.

Makes articles of its own, lists, indexes and searches them, and prints one table: what was measured, against what, the
ratio, and the bound. Each figure and what it stands against are measured in turns in the same run, the best of several
runs of each: processes by the processor's time (the one that indexes lets others go first), queries by the clock.
Believe only ratios, and those only on a machine that does nothing else. `rg` (ripgrep) is what the
queries stand against, or `grep -r` where it is not installed.

`--many 60000` lists and filters as many small files besides. `tests.bench` measures the same from outside.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from reader.library import Library, find, ordered, wanted
from tests.bench.inputs import WORD, article

RARE = "Thistledown"
"""Stands in three articles."""
QUERIES = (WORD["zh"], WORD["en"], RARE, "鱻麤", "灯塔", "增长了", "e")
_LIST = """
import sys
from reader.library import Library, ordered
with Library([sys.argv[1]], sys.argv[2]) as library:
    assert len(ordered(library.look().entries.values())) > 100
"""
_INDEX = """
import json, os, sys
from reader.library.build import Order
from reader.library.indexing import Indexing
*_, last = Indexing(Order((sys.argv[1],), sys.argv[2])).progress()
assert last.complete and not last.problems
"""
_PARSE = """
import os, sys
from markdown_it import MarkdownIt
parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as opened:
            parser.parse(opened.read())
"""
_MEMORY = """
import resource, sys
from reader.library import Library, find, ordered, wanted
with Library([sys.argv[1]], sys.argv[2]) as library:
    entries = ordered(library.look().entries.values())
    for typed in sys.argv[3:]:
        for _ in find(entries, wanted(typed), library.corpus):
            pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def write(folder: Path, articles: int) -> int:
    """Makes the articles; returns their bytes. Four in five are Chinese, each of about 4 KB."""
    chance, total = Random(5), 0
    for number in range(articles):
        size = max(800, int(chance.lognormvariate(8.1, 0.6)))
        text = article("en" if number % 5 == 0 else "zh", size)
        day = f"{2010 + number * 14 // articles}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        text = text.replace("date: 2024-05-06", f"date: {day}")
        if number % (articles // 3) == 7:
            text += f"\n{RARE} ends it.\n"
        path = folder / day[:4] / f"{day}-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        total += path.stat().st_size
    return total


def run(code: str, *arguments: str) -> float:
    """Seconds of a processor that a Python process takes, and those it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def best(turns: int, *works: Callable[[], float]) -> list[float]:
    """The least of several runs of each, in turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(turns):
        for taken, work in zip(times, works, strict=True):
            taken.append(work())
    return [min(taken) for taken in times]


def row(work: str, value: float, against: float, bound: float | None) -> None:
    ratio = value / against
    late = bound is not None and ratio > bound
    shown = "" if bound is None else f"{bound:.1f}x"
    print(
        f"{'! ' if late else '  '}{work:<58}{value * 1000:>9.1f} ms{against * 1000:>9.1f} ms{ratio:>7.2f}x{shown:>8}",
        flush=True,
    )


def remove(index: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{index}{suffix}").unlink(missing_ok=True)


def listing(folder: Path, index: Path) -> None:
    """How soon there is a list to be shown, process and all."""
    imports = "import markdown_it, yaml"
    known, plain = best(5, lambda: run(_LIST, str(folder), str(index)), lambda: run(imports))
    row("list ready, everything indexed, against an import", known, plain, 2.0)
    elsewhere = index.with_name("none.sqlite")

    def first() -> float:
        remove(elsewhere)
        return run(_LIST, str(folder), str(elsewhere))

    new, plain = best(5, first, lambda: run(imports))
    row("list ready, nothing indexed (by names)", new, plain, 2.0)


def indexing(folder: Path, index: Path, turns: int) -> None:
    """Everything read, parsed and kept."""

    def build() -> float:
        remove(index)
        return run(_INDEX, str(folder), str(index))

    built, parsed = best(turns, build, lambda: run(_PARSE, str(folder)))
    row("indexing, against reading and a plain parse", built, parsed, 2.5)
    again, _ = best(2, lambda: run(_INDEX, str(folder), str(index)), lambda: 0.0)
    print(f"  {'indexing again, nothing changed':<58}{again * 1000:>9.1f} ms")


def searching(folder: Path, index: Path) -> None:
    """First screen and whole answer, against ripgrep over the files."""
    tool = ["rg", "-i", "-c", "--"] if shutil.which("rg") else ["grep", "-r", "-i", "-c", "--"]
    print(f"  (against {tool[0]}; the best of several, caches warm)")
    with Library([str(folder)], str(index)) as library:
        entries = ordered(library.look().entries.values())

        def ask(typed: str) -> tuple[float, float, int]:
            for _, joined in library.corpus._fields[1]._joined:
                joined._absent.clear()  # as a word that is not typed letter by letter
            for part in library.corpus._parts.values():
                part.joined._absent.clear()
            begun, first, hits = time.perf_counter(), 0.0, 0
            for answer in find(entries, wanted(typed), library.corpus):
                if answer is not None:
                    first = first or time.perf_counter() - begun
                    hits = len(answer.hits)
            return first, time.perf_counter() - begun, hits

        def other(typed: str) -> float:
            begun = time.perf_counter()
            subprocess.run([*tool, typed, str(folder)], stdout=subprocess.DEVNULL, check=False)
            return time.perf_counter() - begun

        first, whole, _ = ask(QUERIES[0])
        name = "the first query, nothing in memory: first screen, all"
        print(f"  {name:<58}{first * 1000:>9.1f} ms{whole * 1000:>9.1f} ms")
        for typed in QUERIES:
            runs = [(ask(typed), other(typed)) for _ in range(7)]
            grepped = min(taken for _, taken in runs)
            hits = runs[0][0][2]
            row(f"{typed}: first screen ({hits:,} articles)", min(ours[0] for ours, _ in runs), grepped, 0.5)
            row(f"{typed}: whole answer", min(ours[1] for ours, _ in runs), grepped, 1.5)


def memory(folder: Path, index: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(folder), str(index), *QUERIES], capture_output=True, text=True, check=True
    )
    print(f"  {'memory of list and search, without a screen':<58}{float(done.stdout):>8.0f} MiB{'250 MiB':>36}")


def write_small(folder: Path, number: int) -> None:
    """Makes so many small files."""
    for at in range(number):
        path = folder / f"{at // 500}" / f"{at}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: Note {at}\ndate: 2020-01-{1 + at % 28:02}\n---\n\nTide {at} comes.\n")


def many(folder: Path, number: int) -> None:
    """A list of tens of thousands of small files."""
    print(f"\n{number:,} small files")
    write_small(folder, number)
    with Library([str(folder)], str(folder.parent / "many.sqlite")) as library:
        steps: list[tuple[str, Callable[[], object]]] = [("by names, nothing indexed", library.look)]
        steps.append(("indexing", lambda: list(library.update())))
        steps.append(("the list, everything indexed", library.look))
        entries = ()
        for name, work in steps:
            begun = time.perf_counter()
            work()
            print(f"  {name:<58}{(time.perf_counter() - begun) * 1000:>9.1f} ms", flush=True)
        known = library.look()
        for name, by in (("put into order by date", "date"), ("by title", "title")):
            begun = time.perf_counter()
            entries = ordered(known.entries.values(), by)  # type: ignore[arg-type]
            print(f"  {name:<58}{(time.perf_counter() - begun) * 1000:>9.1f} ms")
        for typed in ("tide", "tide", "tide 777", "after:2020-01-20 note"):
            begun, first = time.perf_counter(), 0.0
            for answer in find(entries, wanted(typed), library.corpus):
                if answer is not None and not first:
                    first = time.perf_counter() - begun
            whole = time.perf_counter() - begun
            print(f"  {typed + ': first screen, all':<58}{first * 1000:>9.1f} ms{whole * 1000:>9.1f} ms")


def main(arguments: Sequence[str] | None = None) -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--articles", type=int, default=6000)
    options.add_argument("--turns", type=int, default=2, help="of indexing and of the plain parse")
    options.add_argument("--many", type=int, default=0, help="small files to list besides")
    given = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="library-") as place:
        folder, index = Path(place) / "articles", Path(place) / "library.sqlite"
        size = write(folder, given.articles)
        print(f"{given.articles:,} articles, {size / 1e6:.1f} MB")
        print(f"  {'work':<58}{'measured':>12}{'against':>12}{'ratio':>8}{'bound':>8}")
        indexing(folder, index, given.turns)
        print(f"  {'index on disk, against the articles':<58}{index.stat().st_size / size:>31.2f}x")
        listing(folder, index)
        searching(folder, index)
        memory(folder, index)
        if given.many:
            many(Path(place) / "many", given.many)


if __name__ == "__main__":
    main()
