"""Bold lines that come back.

Owns what the whole source tells of a bold line: whether it is a label that is there more than once. Refuses to judge
words. Invariant: a source is looked through once, and only when a bold line is asked about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from reader.parse.gathered import Gathered
from reader.sanitize import pattern

_BOLD_LINE: Final = pattern(r"^(?:\*\*([^*\n]{1,60}+)\*\*|__([^_\n]{1,60}+)__)[ \t]*+$", re.MULTILINE)


class RepeatedLabels(Gathered):
    """The bold lines that a source has more than once, as **In** and **Out**: labels, and no titles of sections."""

    def _gather(self, source: str) -> Iterable[str]:
        counts = Counter((found[1] or found[2]).strip() for found in _BOLD_LINE.finditer(source))
        return (text for text, count in counts.items() if count > 1)

    def __contains__(self, name: str) -> bool:
        return super().__contains__(name.strip())
