"""Regular expressions compiled when they are first used.

A class of characters beyond Latin costs milliseconds to compile, and a page needs few of those it might: an English one
none. Compiled at import, they were a tenth of the time to the first screen.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source), name)
        setattr(self, name, found)
        return found


def pattern(source: str) -> re.Pattern[str]:
    """What `re.compile(source)` returns, later; an error in `source` shows at the first use."""
    return cast("re.Pattern[str]", _Lazy(source))
