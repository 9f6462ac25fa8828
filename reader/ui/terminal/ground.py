"""Whether the terminal is light or dark: it is asked once for the colour of its ground (OSC 11), and nobody waits.

Owns the question, and the answer among what is typed. Textual's parser would take an answer for keys, so it is taken
out before; what is typed around it goes on as it came. Refuses to decide on a theme.

Invariant: all of the input that is no answer is handed on, in its order, at the latest when the next input or the tick
after `HELD_S`, or `SURELY_HELD_S`, comes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from typing import Any

from textual.events import Key
from textual.message import Message

from reader.sanitize import pattern
from reader.settings import light_terminal

QUERY = "\x1b]11;?\x1b\\"
HELD_S = 0.1
"""What may be the beginning of an answer is held back so long: Textual waits as long for the rest of a sequence."""
SURELY_HELD_S = 2.0
"""As long for what nobody types by hand (Esc, ], 1): over a slow line the rest may be late."""
EXPECTED_S = 5.0
"""How long after the start an answer may begin with an Esc at the end of a read. Later such an Esc is a key at once."""
_MAX_ANSWER_CHARACTERS = 64
_ANSWER = pattern(
    r"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})(?:/[0-9a-fA-F]{1,4})?(?:\x07|\x1b\\)"
)
_BEGUN = pattern(r"\x1b\](?:1(?:1(?:;[rgba:0-9A-F/a-f]{0,40}+\x1b?)?)?)?\Z")
"""What an answer that is cut off by the end of a read looks like."""


class GroundTold(Message):
    """The terminal has said what its ground is."""

    def __init__(self, light: bool) -> None:
        super().__init__()
        self.light = light


def is_light(red: str, green: str, blue: str) -> bool:
    """Whether a ground, in hexadecimal fractions of any length, is nearer to white than to black (ITU-R BT.601)."""
    shares = [int(part, 16) / (int("f" * len(part), 16)) for part in (red, green, blue)]
    return 0.299 * shares[0] + 0.587 * shares[1] + 0.114 * shares[2] > 0.5


def guessed_light() -> bool:
    """What is known without an answer: COLORFGBG, else dark."""
    return bool(light_terminal())


class Answers:
    """The answers in what is read from a terminal."""

    def __init__(self) -> None:
        self._held = ""
        self._since = 0.0
        self._expected_until = time.monotonic() + EXPECTED_S

    def taken(self, data: str) -> tuple[str, list[bool]]:
        """`data` without answers, and of each whether the ground is light."""
        found: list[bool] = []
        data = self._held + data
        self._held = ""
        now = time.monotonic()
        if "\x1b]" in data:
            found += [is_light(*match.groups()) for match in _ANSWER.finditer(data)]
            data = _ANSWER.sub("", data)
            if found:
                self._expected_until = now
        begun = _BEGUN.search(data, max(0, len(data) - _MAX_ANSWER_CHARACTERS))
        at = len(data) if begun is None else begun.start()
        if begun is None and now < self._expected_until and data.endswith("\x1b"):
            at -= 1
        if at < len(data):
            self._held, self._since = data[at:], now
        return data[:at], found

    def late(self) -> str:
        """What was held back and turned out to be no answer."""
        wait = HELD_S if len(self._held) < 3 else SURELY_HELD_S
        if not self._held or time.monotonic() - self._since < wait:
            return ""
        held, self._held = self._held, ""
        return held


def listening(parser: type[Any]) -> type[Any]:
    """A parser of Textual's that posts `GroundTold` for an answer, and knows Alt+Enter."""

    class Listening(parser):  # type: ignore[misc]
        def __init__(self, *arguments: Any, **more: Any) -> None:
            self._answers = Answers()
            super().__init__(*arguments, **more)

        def feed(self, data: str) -> Iterable[Message]:
            if data:
                data, found = self._answers.taken(data)
                yield from map(GroundTold, found)
                if not data:
                    return
            yield from super().feed(data)

        def _sequence_to_key_events(self, sequence: str, *more: Any, **named: Any) -> Iterable[Message]:
            # Textual drops the Alt of the two characters that Alt+Enter is where no richer protocol is spoken.
            if sequence == "\r" and (named.get("alt") or any(more)):
                yield Key("alt+enter", None)
                return
            yield from super()._sequence_to_key_events(sequence, *more, **named)

        def tick(self) -> Iterable[Message]:
            late = self._answers.late()
            if late:
                yield from super().feed(late)
            yield from super().tick()

    return Listening


def listen(driver: type[Any]) -> bool:
    """Has the parser that a class of drivers makes listen for answers; False where it makes none we know, and then
    nothing is to be asked."""
    module = sys.modules.get(driver.__module__)
    parser = getattr(module, "XTermParser", None)
    if parser is None or module is None or "win32" in driver.__module__:
        return False
    if parser.__name__ != "Listening":
        vars(module)["XTermParser"] = listening(parser)
    return True
