"""How many passages are found again in edited articles: `python tests/tools/anchoring.py [EDITS [SEED]]`.

Each of EDITS rounds (500 where not said) takes one of the real articles, some 20 passages of it (words, sentences,
paragraphs, anything), makes one to four random edits of the text (`edits`), and asks `reader.store.anchored` where the
passages are. A passage still exists where at least 60 % of its letters do, together; it is gone where under 20 % do.
Prints, for each kind of edit and each kind of passage, the share of those that exist that were found (60 % of their
letters, and not as many others), and how many were placed where next to nothing of them is. `--chain`: three articles
are edited again and again, and passages are stored anew after each edit. `--alone`: without the text before the edit,
as a note is found that was imported. `-v`: what was not found.

"Strictly" counts words that were written in the place of a passage's first or last ones as another text.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent.parent), str(Path(__file__).parent.parent)]

from samples import EVERY, document  # noqa: E402
from tools.edits import EDITS, Edited, original  # noqa: E402

from reader.document import Document, Range, Section  # noqa: E402
from reader.store import Anchored, Selector, anchored, refreshed, selector_at  # noqa: E402

EXISTS, GONE = 0.6, 0.2
_SENTENCE = re.compile(r"(?:[^.!?。！？\n]|[.!?](?!\s))+[.!?。！？]*")
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Outcome:
    """What was found of the passages of some rounds."""

    exist: int = 0
    found: int = 0
    strictly: int = 0
    """Those found without words that were written in the place of the passage's first or last ones."""
    gone: int = 0
    wrong: int = 0
    """Placed where next to nothing of the passage is."""
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0


def passages(text: str, chance: random.Random, count: int) -> Iterator[tuple[str, Range]]:
    """Kind and range of passages that a person might mark."""
    paragraphs = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)]
    sentences = [m.span() for m in _SENTENCE.finditer(text) if len(m[0].strip()) > 5]
    for _ in range(count):
        kind = chance.choice(("words", "sentence", "sentence", "paragraph", "several", "any"))
        start, end = chance.choice(sentences or paragraphs)
        if kind == "words":
            words = [m.span() for m in _WORD.finditer(text, start, end)]
            first = chance.randrange(len(words)) if words else 0
            if words:
                start, end = words[first][0], words[min(len(words) - 1, first + chance.randint(0, 4))][1]
        elif kind == "paragraph":
            start, end = chance.choice(paragraphs)
        elif kind == "several":
            first = chance.randrange(len(paragraphs))
            start, end = paragraphs[first][0], paragraphs[min(len(paragraphs) - 1, first + chance.randint(1, 3))][1]
        elif kind == "any":
            start = chance.randrange(len(text))
            end = min(len(text), start + chance.randint(4, 400))
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end - start >= 2:
            yield kind, Range(start, end)


def moved_sections(sections: Sequence[Section], edited: Edited) -> list[Section]:
    """The sections whose heading is still there, where it is."""
    where = {origin: at for at, origin in enumerate(edited.origins) if origin >= 0}
    starts = sorted(((where[one.start], one) for one in sections if one.start in where), key=lambda pair: pair[0])
    ends = [*(start for start, _ in starts[1:]), len(edited.text)]
    return [Section(start, end, one.title, one.level) for (start, one), end in zip(starts, ends, strict=bool(starts))]


def judge(where: Range, text: str, edited: Edited, place: Anchored, strict: bool = False) -> tuple[str, bool, bool]:
    """What became of a passage ("exists", "gone", "part"), whether it was found, and whether it was placed wrongly."""
    letters = [at for at in range(where.start, where.end) if text[at].isalnum()] or list(range(where.start, where.end))
    wanted = set(letters)
    there = [at for at, origin in enumerate(edited.origins) if origin in wanted]
    share = len(there) / len(letters)
    together = bool(there) and there[-1] + 1 - there[0] <= 2 * len(where) + 20
    became = "exists" if share >= EXISTS and together else "gone" if share < GONE else "part"
    found = place.range
    if found is None:
        return became, False, False
    hit = sum(at in found for at in there)
    here = [at for at in range(found.start, found.end) if edited.text[at].isalnum()]
    outside = [at for at in here if not there or not there[0] <= at <= there[-1]]
    more = 0 if strict or not there else _written_in_their_place(letters, there, outside, edited)
    right = hit >= len(there) * 0.6 and len(outside) - more <= len(there) * 0.5
    return became, right, hit < min(len(here), len(letters)) * 0.2


def _written_in_their_place(
    letters: Sequence[int], there: Sequence[int], outside: Sequence[int], edited: Edited
) -> int:
    """How many of the letters `outside` may be counted to a passage: new ones, in the place of its first or last words
    which are gone; twice as many and a word more."""
    new = [at for at in outside if edited.origins[at] < 0]
    first, last = edited.origins[there[0]], edited.origins[there[-1]]
    gone = sum(letter < first for letter in letters), sum(letter > last for letter in letters)
    beside = sum(at < there[0] for at in new), sum(at > there[-1] for at in new)
    return sum(min(written, 2 * lost + 20) for written, lost in zip(beside, gone, strict=True) if lost)


def measure(
    rounds: int,
    seed: int,
    articles: Sequence[Document],
    *,
    count: int = 20,
    chain: bool = False,
    alone: bool = False,
) -> dict[str, Outcome]:
    """By kind of edit and kind of passage. `chain`: each article is edited again and again, and passages are stored
    anew after each edit, as the reader does. `alone`: the text before the edit is not known."""
    chance = random.Random(seed)
    strange = [one for article in articles for one in article.text.split("\n\n") if 40 < len(one) < 600]
    told: dict[str, Outcome] = {}
    kept: dict[int, tuple[Edited, list[tuple[str, Range, Selector]]]] = {}
    texts: dict[int, dict[str, str]] = {}
    for number in range(rounds):
        which = chance.randrange(len(articles)) if not chain else number % 3
        article = articles[which]
        if which in kept and chain:
            edited, marked = kept[which]
        else:
            edited = original(article.text)
            marked = [
                (kind, where, selector_at(where.start, where.end, article.text, article.sections, "old"))
                for kind, where in passages(article.text, chance, count)
            ]
        names = chance.sample(sorted(EDITS), 1 if chain else chance.choice((1, 1, 2, 4)))
        foreign = [one for one in chance.sample(strange, 40) if one not in article.text] or ["So it goes."]
        for name in names:
            edited = EDITS[name](edited, chance, foreign) if edited.text.strip() else edited
        digest = "old" if names == ["nothing"] and not chain else f"new{number}"
        sections = moved_sections(article.sections, edited)
        began = time.process_time()
        selectors = [selector for _, _, selector in marked]
        known = {} if alone else texts.setdefault(which, {"old": article.text})
        places = anchored(selectors, edited.text, sections, digest, before=known)
        took = time.process_time() - began
        edit = names[0] if len(names) == 1 else f"{len(names)} edits"
        for (kind, where, selector), place in zip(marked, places, strict=True):
            became, right, wrong = judge(where, article.text, edited, place)
            strictly = judge(where, article.text, edited, place, strict=True)[1]
            for key in (f"edit: {edit}", f"passage: {kind}", "all"):
                outcome = told.setdefault(key, Outcome())
                outcome.exist += became == "exists"
                outcome.found += became == "exists" and right
                outcome.strictly += became == "exists" and strictly
                outcome.gone += became == "gone"
                outcome.wrong += wrong
                if wrong or (became == "exists" and not right):
                    shown = edited.text[place.range.start : place.range.end] if place.range else None
                    was = f"{became} {edit} {kind} rival {selector.rival:.2f}: {article.slice(where)[:90]!r}"
                    outcome.failures.append(f"{'WRONG ' * wrong}{was} -> {shown and shown[:90]!r} {place.same:.2f}")
        told["all"].seconds += took
        if chain:
            texts[which][digest] = edited.text
            again = refreshed(selectors, places, edited.text, sections, digest)
            kept[which] = (
                edited,
                [(kind, where, new or old) for (kind, where, old), new in zip(marked, again, strict=True)],
            )
            if number % 60 > 56:
                kept.clear()
                texts.clear()
    return told


def main() -> None:
    """The command."""
    arguments = [argument for argument in sys.argv[1:] if argument[0] != "-"]
    rounds = int(arguments[0]) if arguments else 500
    articles = [article for article in map(document, EVERY) if len(article.text) > 300]
    told = measure(
        rounds,
        int(arguments[1]) if arguments[1:] else 1,
        articles,
        chain="--chain" in sys.argv,
        alone="--alone" in sys.argv,
    )
    for key, outcome in sorted(told.items()):
        share = outcome.found / outcome.exist if outcome.exist else 1.0
        strictly = outcome.strictly / outcome.exist if outcome.exist else 1.0
        counts = f"{strictly:7.2%} strictly; {outcome.gone:5} gone; {outcome.wrong:3} placed wrongly"
        print(f"{key:26} {outcome.exist:6} exist, {share:7.2%} found; {counts}")
    print(f"{told['all'].seconds:.2f} s in all")
    if "-v" in sys.argv:
        for failure, times in Counter(told["all"].failures).items():
            print(times, failure)


if __name__ == "__main__":
    main()
