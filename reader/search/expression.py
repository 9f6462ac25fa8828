"""Regular expressions of the person's own: checked, compiled by the `regex` package, and run with a time limit.

Imported with the first one: `regex` takes milliseconds to import.
"""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable, Iterator

import regex

from reader.search.folding import WORDLY
from reader.search.query import Query, SearchError

TIME_LIMIT_S = 2.0
"""Seconds of work a regular expression gets for a whole text."""
_LOCKED_LIMIT_S = 0.02
"""Seconds it gets for one block while other threads wait; beyond that it goes on without the interpreter's lock.
(Giving the lock up for each of 50,000 blocks would cost a switch of threads each.)"""
_MAX_CHARACTERS = 1000
_MAX_REPEATS = 20_000
"""The product of all counts in an expression: `regex` unrolls them, and `x{1000000000}` takes the machine's memory."""

_LINE_BOUND = r"""(?x)(?:
        \\[dwSbB] | \\[^\w\s]                                       # no escape that can stand for a line break
      | \[ (?!\^) (?: \\[dwS] | \\[^\w\s] | [^\[\]\\\x00-\x1f] )+ \]  # no negated, nested or named class
      | \( (?: \? (?: [:=!>] | <[=!] | P?<\w+> | i\) ) | (?!\?) )     # no inline flag but (?i)
      | \{ \d*+ ,? \d*+ \}                                           # no fuzzy match
      | [^\[\\({\x00-\x1f]
    )*+"""
"""Expressions that can neither match nor look at a line break: all blocks of a slice are searched at a stroke, with the
same result as one by one."""

_RECURSION = r"(?<!\\)\(\?(?:R|&|P>|[+-]?\d)"
"""Calls of a group from within the expression: `regex` follows them until the memory is gone."""


def expression_finder(text: str, query: Query) -> Callable[[int, int], Iterator[tuple[int, int]]]:
    """How to find the expression in this text. Raises SearchError: here for a wrong pattern, later for a slow one."""
    pattern = _expression(query)
    stays_in_line = re.fullmatch(_LINE_BOUND, query.pattern) is not None
    left = TIME_LIMIT_S

    def spans(start: int, end: int, seconds: float, concurrent: bool | None = None) -> list[tuple[int, int]]:
        found = pattern.finditer(text, start, end, timeout=seconds, concurrent=concurrent)
        return [match.span() for match in found if match.end() > match.start()]

    def blocks(start: int, end: int, deadline: float) -> Iterator[list[tuple[int, int]]]:
        while start < end:
            if text[start] == "\n":
                start += 1
                continue
            stop = text.find("\n\n", start, end)
            stop = end if stop < 0 else stop
            try:
                yield spans(start, stop, _LOCKED_LIMIT_S)
            except TimeoutError:
                yield spans(start, stop, max(_LOCKED_LIMIT_S, deadline - time.monotonic()), concurrent=True)
            if time.monotonic() > deadline:
                raise TimeoutError
            start = stop

    def find(start: int, end: int) -> Iterator[tuple[int, int]]:
        nonlocal left, stays_in_line
        begun = time.monotonic()
        try:
            if stays_in_line:
                try:
                    return iter(spans(start, end, _LOCKED_LIMIT_S))
                except TimeoutError:
                    stays_in_line = False  # some block is hard: from now on each on its own
            return iter([span for block in blocks(start, end, begun + left) for span in block])
        except (TimeoutError, MemoryError):
            raise SearchError("pattern too slow") from None
        finally:
            left -= time.monotonic() - begun

    return find


def _expression(query: Query) -> regex.Pattern[str]:
    """The compiled expression. Raises SearchError that says where it is wrong, counted from 1."""
    if len(query.pattern) > _MAX_CHARACTERS:
        raise SearchError(f"pattern too long: {len(query.pattern)} characters, at most {_MAX_CHARACTERS}")
    if re.search(_RECURSION, query.pattern):
        raise SearchError("wrong pattern: recursion is not supported")
    repeats = 1
    for least, most in re.findall(r"(?<!\\x)\{(\d+)?(?:,(\d+)?)?\}", query.pattern):
        repeats *= max(1, int(least or 0), int(most or 0))
        if repeats > _MAX_REPEATS:
            raise SearchError(f"pattern repeats too often: at most {_MAX_REPEATS} times in all")
    flags = regex.MULTILINE | (0 if query.cased else regex.IGNORECASE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = regex.compile(query.pattern, flags)
            if query.whole_word:
                compiled = regex.compile(f"(?<!{WORDLY})(?:{query.pattern})(?!{WORDLY})", flags)
    except regex.error as error:
        where = f" at {error.pos + 1}" if error.pos is not None else ""
        raise SearchError(f"wrong pattern{where}: {error.msg}") from None
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise SearchError(f"wrong pattern: {error}") from None
    return compiled
