"""What highlights cost on a key: `python tests/tools/many_highlights.py [COUNT]`.

Opens one article of a megabyte twice in pseudo-terminals, once with COUNT (5,000 if not said) highlights and notes in
it, once with none; presses the same keys in both by turns, and prints for each key the median time to the repaint, the
processor's time, and the ratio of the two readers. `--listed`: while the list of notes is open beside the page.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from reader.loading import load  # noqa: E402
from reader.source import read  # noqa: E402
from reader.store import Article, Selector, Store, annotation  # noqa: E402
from tests.bench.watching import press, settled  # noqa: E402
from tests.pseudo_terminal import Terminal  # noqa: E402

LIST_KEYS = ("5", "\x1b")
"""Open the list of notes, and go back to the page."""
KEYS = (("one row on", "j", 40), ("one page on", " ", 40), ("next paragraph", "}", 40), ("highlight", "H", 12))


def written(path: Path) -> None:
    """Ten thousand paragraphs."""
    sentence = "The keeper of the lamp number {0} climbs the stairs, counts {0} steps and writes it all down."
    parts = [f"## Part {n // 50}\n\n" * (n % 50 == 0) + sentence.format(n) for n in range(10_000)]
    path.write_text("# The lamps\n\n" + "\n\n".join(parts) + "\n", encoding="utf-8")


def marked(path: Path, state: Path, count: int) -> None:
    """Keeps so many highlights, one of four with words, some within others."""
    source = read(str(path))
    *_, document = load(source)
    text = document.text
    step = len(text) // count
    made = []
    for number in range(count):
        start = number * step
        end = min(len(text), start + (40 if number % 3 else 3 * step))
        selector = Selector(start, end, text[start:end], text[max(0, start - 64) : start], text[end : end + 64])
        selector = Selector(*(getattr(selector, name) for name in selector.__slots__[:7]), source.digest, 0.0)
        made.append(annotation(selector, colour="green", words="why" if number % 4 == 0 else ""))
    with Store(str(state / "reader.sqlite")) as store:
        assert store.save_annotations(Article(str(path), source.digest, "The lamps"), made)


def main() -> None:
    """The command."""
    numbers = [argument for argument in sys.argv[1:] if argument.isdigit()]
    count = int(numbers[0]) if numbers else 5000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "lamps.md"
        written(path)
        (folder / "many").mkdir()
        marked(path, folder / "many", count)
        readers = {}
        for state in ("many", "none"):
            command = [sys.executable, "-m", "reader", "--state", str(folder / state), "--fresh", str(path)]
            readers[state] = Terminal(command, env={}, cwd=ROOT, measuring=True)
            settled(readers[state])
            if "--listed" in sys.argv:
                for key in LIST_KEYS:
                    press(readers[state], key)
        for what, key, times in KEYS:
            taken: dict[str, list[float]] = {"many": [], "none": []}
            used = {state: terminal.cpu_seconds() for state, terminal in readers.items()}
            for _ in range(times):
                for state, terminal in readers.items():
                    taken[state].append(press(terminal, key) or float("nan"))
            spent = {state: terminal.cpu_seconds() - used[state] for state, terminal in readers.items()}
            many, none = (statistics.median(taken[state]) * 1000 for state in ("many", "none"))
            ratio = spent["many"] / max(0.001, spent["none"])
            print(
                f"{what:16} {many:6.1f} ms with {count:,}, {none:6.1f} ms with none: {many / none:.2f} times;"
                f" processor {1000 * spent['many'] / times:.1f} and {1000 * spent['none'] / times:.1f} ms: {ratio:.2f}",
                flush=True,
            )
        for terminal in readers.values():
            terminal.close()


if __name__ == "__main__":
    main()
