"""Readers that write notes into one store and are killed while they do: `python tests/tools/kill_writers.py [N]`.

Each of N rounds (200 where not said) starts two processes that write, change and remove notes as fast as they can and
say so after each call that has answered "kept"; kills one or both with SIGKILL after a random while; and looks for all
that was said in the store. Prints what was said, what of it was lost, and what the store's own check says.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from reader.store import Article, Store  # noqa: E402

_WRITER = """
import sys
sys.path.insert(0, {root!r})
from reader.store import Article, Selector, Store, annotation
name = sys.argv[2]
with Store(sys.argv[1]) as store:
    article = Article("/" + name, name)
    print("ready", flush=True)
    for number in range(1_000_000):
        one = annotation(Selector(number, number + 4, "exact" * 20), words=name + str(number))
        if store.save_annotation(article, one):
            print("+", one.id, flush=True)
        if number % 5 == 3 and store.change_annotation(one.id, words="changed"):
            print("~", one.id, flush=True)
        if number % 7 == 5 and store.remove_annotation(one.id):
            print("-", one.id, flush=True)
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of some rounds."""

    kills: int
    shown: int
    """Changes that were said to be kept."""
    lost: int
    """Those of them that are not in the store."""
    damaged: int
    """Rounds after which SQLite's own check found something, or the store warned."""


def run(rounds: int, path: str, seed: int = 1) -> Outcome:
    """Kills readers at `path`, again and again."""
    chance = random.Random(seed)
    said: dict[str, str] = {}
    kills = shown = damaged = 0
    for _ in range(rounds):
        command = [sys.executable, "-c", _WRITER.format(root=str(ROOT)), path]
        both = [subprocess.Popen([*command, name], stdout=subprocess.PIPE, text=True) for name in "ab"]
        for process in both:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.15))
        for process in chance.sample(both, 2):
            process.send_signal(signal.SIGKILL)
            kills += 1
            time.sleep(chance.choice((0.0, 0.02)))
        for process in both:
            for line in process.communicate()[0].split("\n")[:-1]:
                what, _, name = line.partition(" ")
                said[name] = what
                shown += 1
        with Store(path) as store:
            check = store._database.read(lambda db: db.execute("PRAGMA integrity_check").fetchone(), None)
            damaged += check != ("ok",) or bool(store.warnings)
    with Store(path) as store:
        there = {one.id: one for name in "ab" for one in store.annotations(Article(f"/{name}", name))}
        gone = {one.id for name in "ab" for one in store.annotations(Article(f"/{name}", name), removed=True)}
    lost = 0
    for name, what in said.items():
        one = there.get(name)
        # a reader that was killed may have done one thing more than it has said
        kept = name in gone or (one is not None and what != "-" and (what != "~" or one.words == "changed"))
        lost += not kept
    return Outcome(kills, shown, lost, damaged)


def main() -> None:
    """The command."""
    with tempfile.TemporaryDirectory() as folder:
        print(run(int(sys.argv[1]) if len(sys.argv) > 1 else 200, f"{folder}/reader.sqlite"))


if __name__ == "__main__":
    main()
