"""Whether a sentence says what is to come, in English and in Chinese.

Owns the signs of it: a date to come, a plan, an expectation, a "will" in a main clause. Refuses what happens as a rule:
what a program does, what a charter asks, what comes about whenever something else does, and what the article will say.

Invariant: without a word that points ahead no sentence looks ahead.
"""

from __future__ import annotations

from typing import Final

from reader.claims.signs import SIGNS

_EXPECTING: Final = (
    *("expect", "plan", "project", "forecast", "predict", "slated", "schedul", "anticipat", "poised", "likely"),
    *("on track", "about to", "going to", "due to", "looking to", "aim", "intend", "roadmap", "goal is", "y 20"),
    *("decade", "next few", "coming years", "coming few", "next years"),
)
"""One of them stands in whatever the pattern "expected" finds."""
_FOR_SURE: Final = frozenset(("预计", "有望", "或将", "必将", "终将", "势将"))
"""They look ahead in a supposed case, too."""


def looks_ahead(text: str, latin: bool) -> bool:
    """Whether it says what will, is planned or is expected to happen, and not what happens as a rule."""
    if not latin:
        return _expects_han(text) and not SIGNS["looks_not"].search(text)
    return _expects(text) and not SIGNS["article"].search(text) and not SIGNS["expects_not"].search(text)


def _expects_han(text: str) -> bool:
    sure = SIGNS["sure_han"].search(text)
    if SIGNS["holds_if_han"].search(text):
        return sure is not None and sure[0] in _FOR_SURE
    if sure or SIGNS["ahead_han"].search(text):
        return True
    may = SIGNS["may_han"].search(text) or (not SIGNS["supposed_han"].search(text) and SIGNS["will_han"].search(text))
    return bool(may) and not SIGNS["as_a_rule_han"].search(text)


def _expects(text: str) -> bool:
    if any(map(text.__contains__, _EXPECTING)):
        expected = SIGNS["expected"].search(text)
        if expected and not SIGNS["holds_if"].search(text, max(0, expected.start() - 80), expected.start()):
            return True
    soon: bool | None = None
    for match in SIGNS["will"].finditer(text):
        at, end = match.span()
        held = SIGNS["holds_if"].search(text, max(0, at - 120), end)
        if held and held[0] not in ("if", "when", "If", "When"):
            continue
        if SIGNS["aside"].search(text, max(0, at - 40), end + 24):
            continue
        works = held or SIGNS["rule"].search(text, max(0, at - 16), end + 14) or SIGNS["works"].match(text, end)
        if not works and not (SIGNS["you"].search(text, max(0, at - 120), end) or SIGNS["to_you"].search(text)):
            return True
        if soon is None:
            soon = SIGNS["soon"].search(text) is not None
        if soon:
            return True
        if not works and (
            SIGNS["will_happen"].match(text, end - 3 if match[0].endswith("'ll") else at)
            or SIGNS["this_will"].search(text, max(0, at - 24), end + 16)
            or SIGNS["we_will"].search(text, max(0, at - 4), end + 30)
        ):
            return True
    return False
