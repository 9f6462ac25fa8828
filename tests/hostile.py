"""Articles that make Markdown parsers and screens slow: our own, made as large as asked, and those of the suite.

Owns their making. Each shape grows one thing without bound (depth, width, count, length of a line), since what is slow
is found by growing it. Refuses all text but our own.

Invariant: `own(size)` gives the same articles for the same size, each of about `size` bytes; none is a real one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

SUITE = Path(__file__).parent.parent.parent / "shared" / "suites" / "pathological"
_ENGLISH = "The lamp burned through the night and nobody on the island could say who had lit it. "
_CHINESE = "灯塔整夜亮着，岛上没有人说得出是谁点的。"


def own(size: int) -> Mapping[str, str]:
    """Name to article, each of about `size` bytes but for the deep ones, whose depth alone would make no sense."""
    deep = max(100, min(5000, size // 100))
    return {
        "one_paragraph_en": _ENGLISH * (size // len(_ENGLISH)),
        "one_paragraph_zh": _CHINESE * (size // (3 * len(_CHINESE))),
        "one_paragraph_of_lines": (_ENGLISH.strip() + "\n") * (size // len(_ENGLISH)),
        "one_paragraph_of_spans": "**lit** *by* `nobody` [known](https://example.org/lamp) " * (size // 56),
        "one_word": "a" * size,
        "one_han_word": "灯" * (size // 3),
        "one_word_of_marks": "e" + "\u0301" * (size // 2),
        "one_word_of_joiners": "👩\u200d" * (size // 7),
        "one_line_of_blanks": "a" + " " * size + "b",
        "one_fence": "```python\n" + "lamp = light(the_island, at='night')\n" * (size // 38) + "```\n",
        "one_fence_one_line": "```json\n" + "[1, 22, 333], " * (size // 14) + "\n```\n",
        "one_fence_of_tabs": "```\n" + "\t" * size + "\n```\n",
        "one_heading": "# " + _ENGLISH * (size // len(_ENGLISH)),
        "headings": "".join(f"## The lamp, night {n}\n\n" for n in range(size // 24)),
        "rules": "---\n\n" * (size // 5),
        "links": "[lamp](https://example.org/night) " * (size // 34),
        "images": "![lamp](night.png)\n\n" * (size // 20),
        "deep_quotes": "> " * deep + "lamp\n",
        "deep_quotes_filled": "\n".join("> " * n + "lamp" for n in range(1, min(deep, int(size**0.5)))),
        "deep_list": "\n".join("  " * n + "- lamp" for n in range(min(deep, int(size**0.5)))),
        "deep_brackets": "[" * deep + "lamp" + "]" * deep,
        "deep_emphasis": "*a **b " * deep,
        "deep_html": "<div><details>" * deep + "lamp",
        "long_list": "- lamp\n" * (size // 7),
        "long_numbers": "".join(f"{n}. lamp\n" for n in range(1, size // 12)),
        "long_table": "| night | lamp |\n| --- | --- |\n" + "| the first | lit |\n" * (size // 20),
        "wide_table": _table(columns=max(10, min(10_000, size // 60)), rows=8),
        "wide_table_short_rows": _table(columns=max(10, min(10_000, size // 60)), rows=1) + "| a |\n" * (size // 8),
        "one_cell": f"| lamp |\n| --- |\n| {_ENGLISH * (size // len(_ENGLISH))} |\n",
        "references": "[lamp][0]\n\n" + "".join(f"[{n}]: https://example.org/{n}\n" for n in range(size // 34)),
        "footnotes": "".join(f"lamp[^{n}]\n\n[^{n}]: night\n\n" for n in range(size // 30)),
        "footnotes_at_the_end": "".join(f"lamp[^{n}]\n\n" for n in range(size // 30))
        + "".join(f"[^{n}]: night\n\n" for n in range(size // 30)),
        "definitions": "lamp\n: light\n\n" * (size // 14),
        "notes_never_closed": "A note ^[here] in it.\n\n" + "[^" * (size // 2),
        "math": "$x_{" * (size // 4),
        "blanks": "\n" * size,
        "marks": "==lamp== " * (size // 9),
        "unclosed_fence": "lamp\n\n```\n" + _ENGLISH * (size // len(_ENGLISH)),
        "unclosed_comment": "lamp\n\n<!-- " + _ENGLISH * (size // len(_ENGLISH)),
        "unclosed_everything": "**_~~`[![<a href='$$==" * (size // 22),
        "unclosed_front": "---\ntitle: lamp\n" + "key: value\n" * (size // 11),
        "bidi": "\u202e\u2066lamp\u200f " * (size // 14),
        "controls": "\x1b[31m\x07\x9b0m lamp " * (size // 17),
    }


def suite() -> Mapping[str, Path]:
    """Name to file; empty where the suite is not here."""
    return {path.stem: path for path in sorted(SUITE.glob("*.md"))}


def _table(columns: int, rows: int) -> str:
    lines = ["| " + " | ".join(f"h{n}" for n in range(columns)) + " |", "|" + " --- |" * columns]
    return "\n".join([*lines, *["|" + " c |" * columns] * rows, ""])
