"""Code in colour, by a process that can be ended.

Owns what is asked of `syntax`, the script that runs there: the lexers are third-party code over an author's text.
Refuses to know what a colour is for.

Invariant: a block costs at most the time limit, and what takes longer, fails or is unknown stays without a colour.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from reader.loading.script_process import ScriptProcess
from reader.loading.syntax import LARGEST

TIME_LIMIT_S: Final = 1.0
"""For one block, once the process has started."""
_FAILURES: Final = 3
"""Blocks of a language that may end the process; later ones are not tried."""


class Colourer:
    """Colours blocks of code, one at a time. The process is started with the first one."""

    def __init__(self, time_limit_s: float = TIME_LIMIT_S) -> None:
        """`time_limit_s` is what a block may take."""
        self.process = ScriptProcess("syntax.py", time_limit_s)
        self._failures: Counter[str] = Counter()

    def tokens(self, code: str, language: str) -> tuple[tuple[int, int, str], ...]:
        """(start, end, role) of what has a colour, as `syntax.tokens` gives it; nothing where that takes too long.

        Blocks as long as it takes, at most some tenths of a second over the limit; to be called in any thread but the
        one that draws. After `close` there are no colours.
        """
        if not language or not 0 < len(code) <= LARGEST or self._failures[language] >= _FAILURES:
            return ()
        try:
            found = self.process.ask((language, code))
        except ProcessLookupError:
            self._failures[language] += 1
            return ()
        return tuple((start, end, role) for start, end, role in found or ())

    def close(self) -> None:
        """Ends the process, whatever it is doing; from any thread."""
        self.process.close()
