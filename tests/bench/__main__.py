"""Every figure of DESIGN.md's table, measured from outside: `python -m tests.bench [--quick]` in the project's folder.

Runs the reader in a pseudo-terminal of 120 columns and 40 rows beside an empty Textual app, on articles of its own
making, and prints one table: what was measured, against what, the ratio, and the bound; `!` marks what is outside it.
What never happens is printed as "never", so the bench runs on any state of the program. Needs `pyte`, and a machine
that does nothing else: ratios are of one run, but two programs at once disturb each other.

Beside it, run alike: `tests.bench.search` and `tests.bench.library` (the engines alone), `tests.bench.pathological`
(hostile articles), `tests.bench.headers` (hostile front matter).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench.browsing import Browsing, written, written_small
from tests.bench.inputs import SIZES, write
from tests.bench.printing import printing
from tests.bench.programs import Programs
from tests.bench.screen import Keys, start_up
from tests.bench.table import Table

ROOT = Path(__file__).parents[2]
PARTS = ("start", "print", "keys", "library", "tests")
TESTS_S = 240.0
"""The README's test command on 2 cores."""
LIBRARY_ARTICLES, QUICK_LIBRARY_ARTICLES = 6_000, 600
LONG_LIST, QUICK_LONG_LIST = 60_000, 6_000


def tests(table: Table, programs: Programs) -> None:
    """The time of all tests, as the README's command runs them, once the packages are installed."""
    table.head("The README's test command")
    command = [programs.python, "-m", "pytest", "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), str(ROOT)]
    table.row("all tests", programs.seconds(command), bound=TESTS_S, unit="s")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer runs, fewer and smaller articles")
    parser.add_argument("--folder", type=Path, help="where articles are written, and kept; default: a temporary one")
    parser.add_argument("--python", default=sys.executable, help="the interpreter that has the reader installed")
    parser.add_argument("--repeat", type=int, help="runs of each measurement (default: 7, quick: 3)")
    parser.add_argument("--only", choices=PARTS, action="append", help="one part of the table; may be given again")
    parser.add_argument("--tests", action="store_true", help="the time of the test command too (minutes)")
    given = parser.parse_args()
    parts = given.only or [part for part in PARTS if part != "tests" or given.tests]
    repeat = given.repeat or (3 if given.quick else 7)
    table = Table()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        languages, sizes = (("zh",), {"6KB", "10MB"}) if given.quick else (("zh", "en"), set(SIZES))
        paths = [
            write(folder, language, SIZES[size], size) for language in languages for size in SIZES if size in sizes
        ]
        programs = Programs(folder, given.python)
        if "start" in parts:
            start_up(table, programs, paths, repeat)
        if "print" in parts:
            printing(table, programs, paths, repeat)
        if "keys" in parts:
            for path in paths:
                if path.name.startswith("10MB"):
                    Keys(table, programs, path, repeat).measure()
        if "library" in parts:
            count = QUICK_LIBRARY_ARTICLES if given.quick else LIBRARY_ARTICLES
            Browsing(table, programs, written(folder, count), repeat).measure()
            long = written_small(folder, QUICK_LONG_LIST if given.quick else LONG_LIST)
            Browsing(table, programs, long, repeat).keys()
        if "tests" in parts:
            tests(table, programs)
    print(f"\n{table.misses} figures outside their bound (marked !)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
