"""Articles to measure with: as long as asked, the same each time, in the shapes of real ones.

Owns the mix of parts (sections, paragraphs, lists, tables, code, quotes, images, links, footnotes); the words stand
beside it in `words-*.txt`. Refuses all text but our own.

Invariant: `article(language, size)` is a function of its arguments alone; it opens with `FIRST` and ends with `LAST`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

FIRST = "Quillhaven"
"""Stands in the first paragraph of every article, so that it is on the first screen."""
LAST = "Zephyrgate"
"""The last word of every article."""
WORD = {"en": "harbour", "zh": "港口"}
"""A word that is frequent in the articles of a language, to search for."""

_CODE = (
    "def measure(rows, width):\n    total = 0\n    for row in rows:\n        total += min(len(row), width)  # clipped\n"
    "    return total\n",
    'SELECT keeper, count(*) AS visits\nFROM ledger\nWHERE season = "autumn"\nGROUP BY keeper;\n',
    "ferry --from island --to market \\\n      --load 12 | sort -rn | head -3\n",
)


class _Writer:
    """Sentences and blocks in one language, from one stream of chance."""

    def __init__(self, language: str, random: Random) -> None:
        self.chinese = language == "zh"
        self.words = Path(__file__).with_name(f"words-{language}.txt").read_text(encoding="utf-8").split()
        self.random = random
        self.notes = 0

    def some(self, low: int, high: int) -> str:
        picked = self.random.choices(self.words, k=self.random.randint(low, high))
        return "".join(picked) if self.chinese else " ".join(picked)

    def sentence(self) -> str:
        chance = self.random.random()
        text = self.some(4, 9)
        middle = self.some(3, 8)
        if self.chinese:
            if chance < 0.06:
                text = f"据《{self.some(2, 3)}报》报道，{text}增长了{self.random.randint(2, 90)}%"
            elif chance < 0.12:
                text = f"“{text}”，{self.some(1, 2)}说"
            elif chance < 0.17:
                text = f"**{text}**——{self.some(2, 4)}"
            elif chance < 0.21:
                text = f"{text}[{self.some(1, 2)}](https://example.org/{self.random.randint(1, 9999)})"
            return f"{text}，{middle}。"
        if chance < 0.06:
            text = f"according to the {self.some(1, 2)} survey, {text} rose by {self.random.randint(2, 90)}%"
        elif chance < 0.12:
            text = f"“{text},” said the {self.some(1, 2)}"
        elif chance < 0.17:
            text = f"**{text}** — {self.some(2, 4)}"
        elif chance < 0.21:
            text = f"{text} [{self.some(1, 2)}](https://example.org/{self.random.randint(1, 9999)})"
        elif chance < 0.24:
            text = f"{text} *{self.some(1, 3)}* and `{self.some(1, 1)}_{self.random.randint(1, 99)}`"
        return f"{text[:1].upper()}{text[1:]}, {middle}."

    def paragraph(self) -> str:
        sentences = [self.sentence() for _ in range(self.random.randint(2, 7))]
        return ("" if self.chinese else " ").join(sentences)

    def heading(self) -> str:
        return "#" * self.random.choice((2, 2, 2, 3, 3, 4)) + " " + self.some(2, 5)

    def list(self) -> str:
        numbered = self.random.random() < 0.4
        marks = [f"{number}." if numbered else "-" for number in range(1, self.random.randint(4, 8))]
        items = [f"{mark} {self.sentence()}" for mark in marks]
        if not numbered:
            items.insert(2, f"  - {self.sentence()}")
        return "\n".join(items)

    def table(self) -> str:
        head = f"| {self.some(1, 2)} | {self.some(1, 2)} | {self.some(1, 2)} |\n| --- | ---: | :--: |"
        rows = [
            f"| {self.some(1, 4)} | {self.random.randint(1, 99_999):,} | {self.some(1, 3)} |"
            for _ in range(self.random.randint(3, 8))
        ]
        return "\n".join([head, *rows])

    def code(self) -> str:
        return f"```{self.random.choice(('python', 'sql', 'sh'))}\n{self.random.choice(_CODE)}```"

    def quote(self) -> str:
        return f"> {self.paragraph()}"

    def image(self) -> str:
        return f"![{self.some(1, 3)}](https://example.org/pictures/{self.random.randint(1, 9999)}.png)"

    def note(self) -> str:
        self.notes += 1
        return f"{self.paragraph()}[^n{self.notes}]\n\n[^n{self.notes}]: {self.sentence()}"

    def blocks(self) -> Iterator[str]:
        kinds: tuple[Callable[[], str], ...] = (
            self.paragraph, self.list, self.table, self.code, self.quote, self.image, self.note,
        )  # fmt: skip
        while True:
            yield self.heading()
            for _ in range(self.random.randint(4, 9)):
                yield self.random.choices(kinds, weights=(70, 8, 4, 4, 4, 5, 5))[0]()


def article(language: str, size: int) -> str:
    """An article of about `size` bytes (never less) in "en" or "zh"."""
    writer = _Writer(language, Random(f"{language} {size}"))
    title = writer.some(3, 6)
    parts = [
        f"---\ntitle: {title}\nauthor: {writer.some(1, 2)}\ndate: 2024-05-06\ntags: [{writer.some(1, 1)}]\n---",
        f"{FIRST} {writer.paragraph()}",
    ]
    length = sum(len(part.encode()) for part in parts)
    for block in writer.blocks():
        if length >= size:
            break
        parts.append(block)
        length += len(block.encode()) + 2
    return "\n\n".join([*parts, f"{writer.sentence()} {LAST}", ""])


def write(folder: Path, language: str, size: int, name: str) -> Path:
    """The article as a file in `folder`; one that is there already is taken as it is."""
    path = folder / f"{name}-{language}.md"
    if not path.exists():
        path.write_text(article(language, size), encoding="utf-8")
    return path


SIZES = {"6KB": 6_000, "1MB": 1_000_000, "10MB": 10_000_000}
