"""Bold lines that come back.

Owns what the whole source tells of a bold line: whether it is a label that is there more than once. Refuses to judge
words. Invariant: a source is looked through once, and only when a bold line is asked about.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from reader.sanitize import pattern

_BOLD_LINE: Final = pattern(r"^(?:\*\*([^*\n]{1,60}+)\*\*|__([^_\n]{1,60}+)__)[ \t]*+$", re.MULTILINE)


class RepeatedLabels:
    """The bold lines that a source has more than once, as **In** and **Out**: labels, and no titles of sections."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._labels: frozenset[str] | None = None

    def __contains__(self, label: str) -> bool:
        if self._labels is None:
            counts = Counter((found[1] or found[2]).strip() for found in _BOLD_LINE.finditer(self._source))
            self._labels = frozenset(text for text, count in counts.items() if count > 1)
        return label.strip() in self._labels
