"""Which sentences can be no claim, whatever their score: calls, code, credits, thanks, boilerplate, outlines.

Owns these rules, whose patterns are in `unfit.txt`, and the one for sentences that hang on the one before. Refuses to
weigh: a sentence is fit or not.

Invariant: a rule looks at the sentence alone; where it stands (a link, a section about the company) is the caller's.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from reader.claims.cues import cues
from reader.claims.features import SHAPES, Sentence
from reader.claims.patterns import sections
from reader.document import record
from reader.sanitize import pattern

_FEWEST_WORDS: Final = 4.0
"""Words a claim has at least; a Han character is 0.6 of one."""
_HINTS: Final = ("register", "invite", "outline", "company", "credit", "thanks", "technical")
"""Groups of cues one of which is in every sentence that a pattern fits anywhere but at its beginning."""
_CODE: Final = SHAPES.index("code")
_NEEDS_MORE: Final = pattern("[\u3040-\u9fff\uac00-\ud7af]")
"""In a line of `unfit.txt`: it matches no text of ASCII alone."""
_NO_CLAIM: Final = "unfit"
_NO_CLAIMS: Final = ("call", "outline", "credit", "thanks")
"""The groups that hold of a whole sentence: asked together, as `_NO_CLAIM`."""


@record
class _Rule:
    """The patterns of one group."""

    parts: tuple[tuple[re.Pattern[str] | None, re.Pattern[str] | None], ...]
    """Those of lines without and with letters beyond ASCII: first those that must match at the first letter or digit,
    then those that may match anywhere."""

    def holds(self, text: str, *, anywhere: bool = True) -> bool:
        """Whether it fits a text; with `anywhere` False only the beginning is looked at."""
        for begins, stands in self.parts[: 1 if text.isascii() else None]:
            if begins is not None and begins.match(text) is not None:
                return True
            if anywhere and stands is not None and stands.search(text) is not None:
                return True
        return False


@cache
def _rules() -> dict[str, _Rule]:
    """The rules of `unfit.txt` by the name of their group, `_NO_CLAIMS` as one."""
    lines: dict[tuple[str, bool, bool], list[str]] = {}
    for name, begins, _around, found in sections("unfit.txt"):
        group = _NO_CLAIM if name in _NO_CLAIMS else name
        for line in found:
            lines.setdefault((group, _NEEDS_MORE.search(line) is None, begins), []).append(line)

    def joined(group: str, ascii_only: bool, begins: bool) -> re.Pattern[str] | None:
        found = "|".join(lines.get((group, ascii_only, begins), ()))
        return pattern(rf"\A[\W_]*+(?:{found})" if begins else found, re.IGNORECASE) if found else None

    return {
        name: _Rule(tuple((joined(name, plain, True), joined(name, plain, False)) for plain in (True, False)))
        for name in {group for group, _plain, _begins in lines}
    }


def fit(sentence: Sentence) -> bool:
    """Whether a sentence says something that can be a claim."""
    text = sentence.reading.text
    farewell, hints = _groups()
    if sentence.size < _FEWEST_WORDS or text.endswith(("?", ":")) or farewell in sentence.flags:
        return False
    rules = _rules()
    hinted = not hints.isdisjoint(sentence.flags)
    if rules[_NO_CLAIM].holds(text, anywhere=hinted):
        return False
    if sentence.shape[_CODE] and rules["code"].holds(text):
        return False
    return not hinted or not rules["boilerplate"].holds(text) or rules["news"].holds(text)


def dependent(sentence: Sentence) -> bool:
    """Whether a sentence begins with a word that points back: "this", "它", "the second one"."""
    return _rules()["dependent"].holds(sentence.reading.text)


@cache
def _groups() -> tuple[int, frozenset[int]]:
    """The group of farewells, and those of `_HINTS`."""
    at = cues().groups.index
    return at("thanks"), frozenset(at(name) for name in _HINTS)
