"""Random edits of an article's text that know where each of its characters has gone.

Owns the edits an author makes: text put in above, words and sentences changed, paragraphs moved, deleted, split and
joined, width and quotes changed. Refuses to copy text of the article: a passage that was deleted is not there.

Invariant: `origins[i]` is where `text[i]` stood in the article, -1 for what is new.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_\u2e80-\u9fff]+|[\u2e80-\u9fff]{1,2}")
_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]*[ ]?")


@dataclass(frozen=True, slots=True)
class Edited:
    """A text, and where its characters come from."""

    text: str
    origins: tuple[int, ...]

    def piece(self, start: int, end: int) -> Edited:
        """A part of it."""
        return Edited(self.text[start:end], self.origins[start:end])


def original(text: str) -> Edited:
    """An article before any edit."""
    return Edited(text, tuple(range(len(text))))


def new(text: str) -> Edited:
    """Text that was not there."""
    return Edited(text, (-1,) * len(text))


def joined(parts: Sequence[Edited]) -> Edited:
    """Parts in a row."""
    return Edited("".join(part.text for part in parts), tuple(at for part in parts for at in part.origins))


def _paragraphs(whole: Edited) -> list[Edited]:
    """Each with the empty line after it."""
    ends = [match.end() for match in re.finditer(r"\n\n", whole.text)] or [len(whole.text)]
    starts = [0, *ends]
    return [whole.piece(start, end) for start, end in zip(starts, [*ends, len(whole.text)], strict=True) if start < end]


def insert_above(whole: Edited, chance: random.Random, strange: Sequence[str]) -> Edited:
    """New paragraphs somewhere, often at the beginning."""
    parts = _paragraphs(whole)
    at = 0 if chance.random() < 0.4 else chance.randrange(len(parts) + 1)
    words = [f"{chance.choice(strange)}\n\n" for _ in range(chance.randint(1, 6))]
    return joined([*parts[:at], *map(new, words), *parts[at:]])


def delete(whole: Edited, chance: random.Random, strange: Sequence[str]) -> Edited:
    """Neighbouring paragraphs."""
    parts = _paragraphs(whole)
    at = chance.randrange(len(parts))
    del parts[at : at + chance.randint(1, max(1, len(parts) // 8))]
    return joined(parts)


def delete_sentences(whole: Edited, chance: random.Random, strange: Sequence[str]) -> Edited:
    """Here and there."""
    spans = [match.span() for match in _SENTENCE.finditer(whole.text)]
    gone = set(chance.sample(spans, max(1, len(spans) // 12))) if spans else set()
    keep: list[Edited] = []
    at = 0
    for start, end in sorted(gone):
        keep.append(whole.piece(at, start))
        at = end
    return joined([*keep, whole.piece(at, len(whole.text))])


def move(whole: Edited, chance: random.Random, strange: Sequence[str]) -> Edited:
    """Neighbouring paragraphs to another place."""
    parts = _paragraphs(whole)
    at, count = chance.randrange(len(parts)), chance.randint(1, max(1, len(parts) // 8))
    taken = parts[at : at + count]
    del parts[at : at + count]
    to = chance.randrange(len(parts) + 1)
    return joined([*parts[:to], *taken, *parts[to:]])


def reword(whole: Edited, chance: random.Random, strange: Sequence[str]) -> Edited:
    """Some words, in some paragraphs: one of five to one of twenty."""
    vocabulary = _WORD.findall(" ".join(strange))
    rate = chance.choice((0.05, 0.1, 0.2))
    parts: list[Edited] = []
    for part in _paragraphs(whole):
        if chance.random() < 0.4:
            parts.append(part)
            continue
        at = 0
        for match in _WORD.finditer(part.text):
            if chance.random() < rate and (word := chance.choice(vocabulary)) != match[0]:
                parts += [part.piece(at, match.start()), new(word)]
                at = match.end()
        parts.append(part.piece(at, len(part.text)))
    return joined(parts)


def rewrite(whole: Edited, chance: random.Random, strange: Sequence[str]) -> Edited:
    """Whole paragraphs, in other words."""
    return joined(
        [part if chance.random() > 0.15 else new(f"{chance.choice(strange)}\n\n") for part in _paragraphs(whole)]
    )


def insert_inside(whole: Edited, chance: random.Random, strange: Sequence[str]) -> Edited:
    """Sentences between the sentences of some paragraphs."""
    ends = [match.end() for match in _SENTENCE.finditer(whole.text)]
    parts: list[Edited] = []
    at = 0
    for end in sorted(chance.sample(ends, max(1, len(ends) // 15))) if ends else ():
        words = _SENTENCE.match(chance.choice(strange))
        parts += [whole.piece(at, end), new(words[0] if words else "So. ")]
        at = end
    return joined([*parts, whole.piece(at, len(whole.text))])


def swap(whole: Edited, chance: random.Random, strange: Sequence[str]) -> Edited:
    """Neighbouring sentences, here and there."""
    spans = [match.span() for match in _SENTENCE.finditer(whole.text)]
    parts: list[Edited] = []
    at = 0
    index = 0
    while index + 1 < len(spans):
        (first, middle), (begins, last) = spans[index], spans[index + 1]
        if begins == middle and chance.random() < 0.08:
            parts += [whole.piece(at, first), whole.piece(middle, last), whole.piece(first, middle)]
            at = last
            index += 1
        index += 1
    return joined([*parts, whole.piece(at, len(whole.text))])


def reflow(whole: Edited, chance: random.Random, strange: Sequence[str]) -> Edited:
    """Paragraphs joined, others split between two sentences."""
    parts: list[Edited] = []
    for part in _paragraphs(whole):
        cuts = [match.end() for match in _SENTENCE.finditer(part.text)][:-1]
        if part.text.endswith("\n\n") and chance.random() < 0.15:
            parts += [part.piece(0, len(part.text) - 2), new(" ")]
        elif cuts and chance.random() < 0.2:
            cut = chance.choice(cuts)
            parts += [part.piece(0, cut), new("\n\n"), part.piece(cut, len(part.text))]
        else:
            parts.append(part)
    return joined(parts)


_WIDTHS = (
    dict(zip("，。：；！？（）", ",.:;!?()", strict=True)),
    dict(zip(",:;!?()", "，：；！？（）", strict=True)),
    dict(zip("“”‘’", "「」『』", strict=True)),
    dict(zip("“”‘’", "\"\"''", strict=True)),
    dict(zip("「」『』", "“”‘’", strict=True)),
    {'"': "“", "'": "’", "—": "-", "–": "-"},
    {chr(code): chr(code + 0xFEE0) for code in range(0x30, 0x3A)},
)


def widths(whole: Edited, chance: random.Random, strange: Sequence[str]) -> Edited:
    """Width forms, quotes and dashes everywhere."""
    return Edited(whole.text.translate(str.maketrans(chance.choice(_WIDTHS))), whole.origins)


def spaces(whole: Edited, chance: random.Random, strange: Sequence[str]) -> Edited:
    """A space between Han and Latin everywhere, or none."""
    han, latin = "[\u4e00-\u9fff]", "[A-Za-z0-9]"
    parts: list[Edited] = []
    at = 0
    for match in re.finditer(f"(?<={han}) ?(?={latin})|(?<={latin}) ?(?={han})", whole.text):
        parts += [whole.piece(at, match.start()), new("" if match[0] else " ")]
        at = match.end()
    return joined([*parts, whole.piece(at, len(whole.text))])


def nothing(whole: Edited, chance: random.Random, strange: Sequence[str]) -> Edited:
    """The file was only moved."""
    return whole


EDITS: dict[str, Callable[[Edited, random.Random, Sequence[str]], Edited]] = {
    edit.__name__: edit
    for edit in (
        *(insert_above, delete, delete_sentences, move, reword, rewrite, insert_inside, swap, reflow, widths, spaces),
        nothing,
    )
}
