"""The process that runs regular expressions, as a script: a request comes by standard input, a reply goes out.

Owns the compiling and the matching by the `regex` package, both of which may take any time and memory for a short
pattern and a short text. Refuses to know the package around it: it imports the standard library and `regex` only, so it
starts in the time they take and from wherever the package lies. `expression` starts it and ends it.

Once it is ready it writes a reply that nobody asked for, so that its start is not taken for a pattern's time. Requests
are pickled tuples, replies pickled values; a reply that is a string says what is wrong with the pattern:
- `("text", keep, tail)`: the text is the first `keep` characters of the one before and `tail`. No reply.
- `("pattern", pattern, wrapped, cased)`: the pattern to find from now on, and, where words are to be whole, the same
  with what makes them so around it. Reply: whether the pattern stays within a line, so that a text may be cut at any
  line's end.
- `("find", start, end, seconds)`: what it matches between two offsets. Reply: seconds spent, and start, end, start,
  end … as the bytes of an `array("I")`.

Invariant: beside the text it holds `MEMORY_BYTES` at the most, where the system can be told so (`RLIMIT_AS`: Linux and
most Unixes; macOS takes it and does not heed it, Windows has none). What goes beyond is refused, not swapped.
"""

from __future__ import annotations

import contextlib
import pickle
import re
import signal
import sys
import time
import warnings
from array import array
from collections.abc import Iterator
from typing import Any

import regex

MEMORY_BYTES = 384 << 20
"""The process without a text has some 30 MiB; an expression that is given up by it in `TIME_LIMIT_S` would take GBs."""
TOO_COSTLY = "costly"

_LINE_BOUND = r"""(?x)(?:
        \\[dwSbB] | \\[^\w\s]                                       # no escape that can stand for a line break
      | \[ (?!\^) (?: \\[dwS] | \\[^\w\s] | [^\[\]\\\x00-\x1f] )+ \]  # no negated, nested or named class
      | \( (?: \? (?: [:=!>] | <[=!] | P?<\w+> | i\) ) | (?!\?) )     # no inline flag but (?i)
      | \{ \d*+ ,? \d*+ \}                                           # no fuzzy match
      | [^\[\\({\x00-\x1f]
    )*+"""
"""Expressions that can neither match nor look at a line break: all blocks of a slice are searched at a stroke, with the
same result as one by one."""


class Matcher:
    """A text and a pattern."""

    def __init__(self) -> None:
        self._text = ""
        self._pattern: regex.Pattern[str] | None = None
        self._stays_in_line = False

    def answer(self, kind: str, *given: Any) -> Any:
        """The reply to a request; None for none."""
        if kind == "text":
            keep, tail = given
            self._text = self._text[:keep] + tail
            return None
        try:
            return self._find(*given) if kind == "find" else self._compile(*given)
        except (TimeoutError, MemoryError):
            return TOO_COSTLY
        except regex.error as error:
            return f"{'' if error.pos is None else error.pos + 1}:{error.msg}"
        except (ValueError, OverflowError, RecursionError) as error:
            return f":{error}"

    def _compile(self, pattern: str, wrapped: str, cased: bool) -> bool:
        flags = regex.MULTILINE | (0 if cased else regex.IGNORECASE)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._pattern = regex.compile(pattern, flags)
            if wrapped:
                self._pattern = regex.compile(wrapped, flags)
        self._stays_in_line = re.fullmatch(_LINE_BOUND, pattern) is not None
        return self._stays_in_line

    def _find(self, start: int, end: int, seconds: float) -> tuple[float, bytes]:
        begun = time.process_time()
        spans = array("I")
        for first, stop in [(start, end)] if self._stays_in_line else self._blocks(start, end):
            left = begun + seconds - time.process_time()
            if left <= 0:
                raise TimeoutError
            assert self._pattern is not None
            for match in self._pattern.finditer(self._text, first, stop, timeout=left):
                if match.end() > match.start():
                    spans.extend(match.span())
        return time.process_time() - begun, spans.tobytes()

    def _blocks(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches between empty lines; the line breaks at an `end` that is not the text's are none's."""
        text = self._text
        while end < len(text) and end > start and text[end - 1] == "\n":
            end -= 1
        while start < end:
            if text[start] == "\n":
                start += 1
                continue
            stop = text.find("\n\n", start, end)
            stop = end if stop < 0 else stop
            yield start, stop
            start = stop

    @property
    def size(self) -> int:
        """Bytes of the text."""
        return sys.getsizeof(self._text)


def _limit(most: int | None) -> None:
    """The memory the process may have from now on; None: any."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        known = most is not None and (hard == resource.RLIM_INFINITY or most < hard)
        resource.setrlimit(resource.RLIMIT_AS, (most if known else hard, hard))  # type: ignore[arg-type]


def main() -> None:
    """Answers until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is for who asks
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    matcher = Matcher()
    _limit(MEMORY_BYTES)
    pickle.dump(True, replies)
    replies.flush()
    while True:
        try:
            kind, *given = pickle.load(requests)
        except EOFError:
            return
        if kind == "text":
            _limit(None)  # the text's own size is no matter of the pattern
            matcher.answer(kind, *given)
            del given
            _limit(MEMORY_BYTES + matcher.size)
            continue
        pickle.dump(matcher.answer(kind, *given), replies)
        replies.flush()


if __name__ == "__main__":
    main()
