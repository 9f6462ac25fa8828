"""How fast the search engine is, without a screen: `python tests/bench/search.py [--megabytes N]`.

Searches articles of its own making for rare, frequent and very frequent words, with each folding and with expressions,
and prints one table: matches, milliseconds to the first batch, to all, and the longest stretch in which no key would
be answered. The bounds are those of the issue less what drawing needs: 80 ms a literal, 300 ms a simple expression, and
for one without end two seconds and half a second a million characters, in a process of its own. `bench.py` measures
the same from outside, screen and all.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from inputs import LAST, WORD, article

from reader.search import Query, SearchError, pinyin, scan, search

LITERAL, EXPRESSION, ENDLESS = 80, 300, 8000


def queries(language: str, text: str) -> list[tuple[str, Query, int]]:
    """What to search: a name for it, the query, its bound in ms."""
    word = WORD[language]
    wanted = [
        ("rare", Query(LAST), LITERAL),
        ("absent", Query("qxzvw" if language == "en" else "鱻麤"), LITERAL),
        ("frequent", Query(word), LITERAL),
        ("frequent, whole word", Query(word, whole_word=True), LITERAL),
        ("frequent, accents count", Query(word, accents=True), LITERAL),
        ("two words", Query(f"the {word}" if language == "en" else f"{word}。"), LITERAL),
        ("very frequent", Query("the" if language == "en" else "。"), LITERAL),
        ("one letter", Query("e" if language == "en" else word[0]), LITERAL),
        ("expression: number", Query(r"\d+%", regex=True), EXPRESSION),
        ("expression: word or word", Query(f"(?:{word}|{LAST})s?", regex=True), EXPRESSION),
        ("expression: over lines", Query(rf"{word}\s+\w", regex=True), EXPRESSION),
        ("expression: without end", Query(r"(.*e){20}\d" if language == "en" else "(.*，){20}x", regex=True), ENDLESS),
    ]
    if language == "zh":
        wanted.append(("variants", Query(word, variants=True), LITERAL))
        if pinyin.available():
            wanted.append(("pinyin", Query("gangkou", pinyin=True), EXPRESSION))
    return wanted


def measure(text: str, query: Query, runs: int) -> tuple[int, float, float, float, str]:
    """Matches, and medians in ms: first batch, all, longest stretch; and the error, if any."""
    firsts, totals, longest, count, error = [], [], [], 0, ""
    for _ in range(runs):
        stretches, begun = [], time.perf_counter()
        last = begun
        try:
            for found in scan(text, query):
                count, now = len(found), time.perf_counter()
                stretches.append(now - last)
                last = now
        except SearchError as wrong:
            error = str(wrong)
        firsts.append(stretches[0] * 1000 if stretches else float("nan"))
        totals.append((time.perf_counter() - begun) * 1000)
        longest.append(max(stretches, default=0) * 1000)
    return count, statistics.median(firsts), statistics.median(totals), statistics.median(longest), error


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--megabytes", type=float, default=10)
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    for language in ("en", "zh"):
        text = article(language, int(given.megabytes * 1_000_000))
        for query in (Query("warm"), Query("warm", variants=True), Query("warm", regex=True), Query("wm", pinyin=True)):
            search("温暖 warm", query)  # tables and packages are loaded once a session
        print(f"\n{language}, {given.megabytes:g} MB, {len(text):,} characters")
        print(f"{'':28}{'matches':>10}{'first':>8}{'all':>8}{'longest':>9}{'bound':>7}  ms")
        for name, query, bound in queries(language, text):
            count, first, total, longest, error = measure(text, query, 1 if bound == ENDLESS else given.runs)
            sign = "" if total <= bound else " over"
            print(f"{name:28}{count:>10,}{first:>8.1f}{total:>8.1f}{longest:>9.1f}{bound:>7}{sign}  {error}")


if __name__ == "__main__":
    main()
