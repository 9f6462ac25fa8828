"""What a sentence must have, beyond a cue word, to be of a kind: a speaker, a study that finds, two things compared.

Owns these signs for English and Chinese, but for those of a forecast (`ahead`); the patterns of both are in
`signs.txt`. Refuses other languages: there the cue words decide alone. Each function is asked only about a sentence in
which a cue of the kind stands.

Invariant: a sign is a property of one sentence alone; where two signs contradict each other, the sentence has none.
"""

from __future__ import annotations

from typing import Final

from reader.claims.features import QUOTED
from reader.claims.patterns import compiled

SIGNS: Final = compiled("signs.txt")
"""The patterns, by their names."""

_LONG: Final = 16
_LONG_LATIN: Final = 40
"""Characters in quotation marks that are more than a name or a term."""
_OPENERS: Final = {"”": "“", "」": "「", "』": "『"}
_NEAR: Final = 64
"""A subject, or who speaks, stands no further before its verb."""
_AFTER: Final = 24
"""What makes a comparison none stands no further behind it."""

# Who says it. ---------------------------------------------------------------------------------------------------------

_PEOPLE_SAY: Final = frozenset(("said", "announced", "argued", "warned", "insisted", "denied", "testified"))


def speaks(text: str, latin: bool) -> bool:
    """Whether somebody other than the author says, announces or believes something."""
    if not latin:
        return _said_han(text)
    if "ccording to" in text and SIGNS["according"].search(text):
        return True
    for match in SIGNS["says"].finditer(text):
        at = match.start()
        before = text[max(0, at - _NEAR) : at]
        if match[0] == "cited" and before.endswith(", "):
            continue
        speaker = SIGNS["speaker"].search(before) or (match[0] in _PEOPLE_SAY and SIGNS["subject"].search(before))
        if speaker and not SIGNS["own"].search(before + match[0]):
            return True
    if SIGNS["said_by"].search(text) or SIGNS["put"].search(text):
        return True
    joined = SIGNS["says_too"].search(text)
    if joined is None or SIGNS["own"].search(text):
        return False
    return SIGNS["named"].search(text, 0, joined.start()) is not None


def in_marks(text: str, latin: bool, *, alone: bool = False) -> bool:
    """Whether words of some length stand in quotation marks, and nearly alone or beside a verb of saying.

    `alone`: the marks are enough.
    """
    longest, verb, near = (_LONG_LATIN, SIGNS["verb_near"], 60) if latin else (_LONG, SIGNS["han_verb_near"], 24)
    for match in QUOTED.finditer(text):
        start, end = match.span()
        length = end - start
        if text[start] == '"' and start > 0 and text[start - 1].isalnum():
            continue  # what closes words of one letter
        if length > longest and (alone or length * 5 > len(text) * 3):
            return True
        if (length > longest or length * 2 > len(text) > 12) and (
            verb.search(text, max(0, start - near), start) or verb.search(text, end, end + near)
        ):
            return True
    return False


def closes(text: str) -> bool:
    """Whether it ends with the mark of a quotation that began in a sentence before."""
    opener = _OPENERS.get(text[-1:])
    return opener is not None and opener not in text and len(text) > _LONG


def _said_han(text: str) -> bool:
    if SIGNS["source_han"].search(text):
        return True
    for match in SIGNS["says_han"].finditer(text):
        at = match.start()
        before = text[max(0, at - _NEAR) : at]
        clause = SIGNS["clause_han"].split(before)[-1]
        if len(clause) < 2 and len(before) > 2:  # "...说明，指出": the subject stands in the clause before
            clause = "".join(SIGNS["clause_han"].split(before)[-2:])
        if (
            (len(clause) >= 2 or clause in ("他", "她", "它"))
            and SIGNS["says_whom"].search(clause)
            and not SIGNS["letter"].search(clause)
            and not SIGNS["names_it"].search(clause)
            and not SIGNS["first_han"].search(clause)
            and not text.startswith(("没有一", "没有人"))
            and not (match[0] in ("提到", "谈到", "谈及") and "本文" in text)
            and not (match[0] == "宣布" and SIGNS["premise_han"].search(text))
            and not text.startswith(("为", "的是", "感谢", "方法", "法", "形式", "出"), match.end())
        ):
            return True
    return False


# What rests on a study. -----------------------------------------------------------------------------------------------


def studies(text: str, latin: bool) -> bool:
    """Whether it reports or rests on a study, a survey or the like."""
    if latin:
        return SIGNS["study"].search(text) is not None and not SIGNS["study_not"].search(text)
    if SIGNS["study_not_han"].search(text):
        return False
    if SIGNS["study_han"].search(text):
        return True
    for match in SIGNS["studiers_han"].finditer(text):
        at = match.start()
        who = SIGNS["who_han"].match(text, at)
        if text.endswith("安全", 0, at) and not match[0].endswith(("称", "发现", "表示", "指出")):
            continue
        if SIGNS["studiers_not_han"].search(text[max(0, at - 12) : at]):
            continue
        if not SIGNS["able_han"].match(text, who.end() if who else at):
            return True
    return False


# What is compared. ----------------------------------------------------------------------------------------------------


def compares(text: str, latin: bool) -> bool:
    """Whether it compares two things, or one with what it was; no threshold and no idiom."""
    if not latin:
        rest = SIGNS["compares_not_han"].sub(" ", text)
        return SIGNS["compares_han"].search(rest) is not None
    for match in SIGNS["compares"].finditer(text):
        at = match.start()
        near = max(0, at - _NEAR)
        none = SIGNS["compares_not"].finditer(text, near, match.end() + _AFTER)
        if not any(other.start() <= at < other.end() for other in none):
            return True
    return False


# What brings what about. ----------------------------------------------------------------------------------------------

_DOUBTED: Final = ("hanks ", " cause", "(", "trigger", "due to", "t because", "r because")


def brings_about(text: str, latin: bool) -> bool:
    """Whether a cue of cause is one: no thanks to persons, no duty."""
    if latin:
        rest = SIGNS["causes_not"].sub(" ", text) if any(map(text.__contains__, _DOUBTED)) else text
        return SIGNS["causes"].search(rest) is not None
    return SIGNS["causes_han"].search(SIGNS["causes_not_han"].sub(" ", text)) is not None


def enables(text: str, latin: bool) -> bool:
    """Whether it says what makes something possible or helps it along."""
    return (SIGNS["enables"] if latin else SIGNS["enables_han"]).search(text) is not None


# What follows. --------------------------------------------------------------------------------------------------------


def concludes(text: str, latin: bool) -> bool:
    """Whether what follows is drawn from what went before, and no order, remark or list."""
    return (SIGNS["concludes_not"] if latin else SIGNS["concludes_not_han"]).search(text) is None
