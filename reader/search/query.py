"""What is searched, and what can be wrong with it."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from reader.document import record

Case: TypeAlias = Literal["smart", "sensitive", "insensitive"]
"""smart: insensitive unless the query has a capital."""


class SearchError(ValueError):
    """What is wrong with a query, in one line for the search bar."""


@record
class Query:
    """What is searched. Without options a literal ignores case (unless it has a capital), width, accents, the shape of
    quotes and dashes, and the amount of white space."""

    pattern: str
    """A literal, or a regular expression of the `regex` package. Empty: nothing is found."""
    case: Case = "smart"
    whole_word: bool = False
    """Only where no letter or digit of the same script stands beside. Han and Kana, which mark no words, are found
    everywhere; in a regular expression the words are those of alphabets."""
    regex: bool = False
    """The pattern is a regular expression, taken as written: of the options only case and whole_word apply to it."""
    accents: bool = False
    """é is not e."""
    variants: bool = False
    """Simplified and Traditional characters are one."""
    pinyin: bool = False
    """Latin letters find Han text as well, by its pinyin; no effect where pypinyin is not installed."""

    @property
    def cased(self) -> bool:
        """Whether capitals count."""
        if self.case == "smart":
            shown = re.sub(r"\\[pP]\{[^{}]*+\}|\(\?P?<[^<>]*+>|\\.", "", self.pattern) if self.regex else self.pattern
            return any(char.isupper() or char.istitle() for char in shown)
        return self.case == "sensitive"
