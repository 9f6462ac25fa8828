"""What hostile front matter costs: `python tests/bench/headers.py`, a line each, the slowest first.

Splits every attack of tests/test_frontmatter.py, which fill their 64 KiB, and prints the median of some runs in
milliseconds of processor time; `!` marks what is over the bound of 50.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent)]

from test_frontmatter import ATTACKS, TOML_ATTACKS  # noqa: E402

from reader.frontmatter import split  # noqa: E402

BOUND = 50.0
RUNS = 7


def cost(text: str) -> float:
    """Milliseconds, the median."""
    taken = []
    for _ in range(RUNS):
        begin = time.process_time()
        split(text)
        taken.append((time.process_time() - begin) * 1000)
    return statistics.median(taken)


def main() -> int:
    split("---\na: b\n---\n")  # imports what reads headers
    attacks = {name: f"---\n{attack}\n---\nbody" for name, attack in ATTACKS.items()}
    attacks |= {f"TOML {name}": f"+++\n{attack}\n+++\nbody" for name, attack in TOML_ATTACKS.items()}
    costs = sorted(((cost(text), name) for name, text in attacks.items()), reverse=True)
    for milliseconds, name in costs:
        print(f"{'!' if milliseconds > BOUND else ' '} {name:<24}{milliseconds:7.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
