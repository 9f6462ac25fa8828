"""What hostile front matter costs: `python -m tests.bench.headers`, a line each, the slowest first.

Splits every attack of `tests/header_attacks.py`, which fill their 64 KiB, and prints the median of some runs in
milliseconds of processor time; `!` marks what is over the bound of 50.
"""

from __future__ import annotations

import statistics
import sys
import time

from reader.frontmatter import split
from tests.header_attacks import ATTACKS, TOML_ATTACKS

BOUND_MS = 50.0
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
        print(f"{'!' if milliseconds > BOUND_MS else ' '} {name:<24}{milliseconds:7.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
