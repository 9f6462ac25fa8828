"""The last gate before the terminal: only text and the control sequences that Textual itself makes go through.

Whatever is drawn has been made safe by `sanitize` long before; this stands for the mistake that is still to be made. A
sequence that is not on the list becomes visible text. The clipboard (OSC 52) is asked for by the person alone, so its
sequences go through only when they have been announced.

Invariant: what `Gate.passed` returns holds no control character outside a sequence of the list.
"""

from __future__ import annotations

import re
from typing import Any

from textual.driver import Driver

from reader.sanitize import pattern

_MODES = "7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048"
"""Private modes (DECSET) of Textual's drivers: wrapping, cursor, mouse, focus, alternate screen, paste, synchronised
output, resize reports."""
_SEQUENCE = (
    r"\x1b\[[0-9;:]*+[mH]"  # colours and weights, moves of the cursor
    rf"|\x1b\[\?(?:{_MODES})(?:[hl]|\$p)"
    r"|\x1b\[(?:>[0-9]{1,3}|<)u"  # the keyboard protocol of kitty, on and off
    r"|\x1b\]8;(?:id=[0-9a-f-]{1,40})?;[!-~]{0,2083}+\x1b\\"  # links
    r"|\x1b\]22;[a-z-]{0,40}\x07"  # shape of the mouse pointer
)
_TEXT = r"[^\x00-\x09\x0b-\x1f\x7f-\x9f]"
_SAFE = pattern(rf"(?:{_TEXT}++|{_SEQUENCE})*+")
_PIECE = pattern(rf"({_TEXT}++|{_SEQUENCE})|(.)", re.DOTALL)


class Gate:
    """What may be written to one terminal."""

    def __init__(self) -> None:
        self._announced: set[str] = set()
        self.question = ""
        """Asked of the terminal once, when the screen begins."""

    def announce(self, sequence: str) -> None:
        """Lets exactly this pass, once."""
        self._announced.add(sequence)

    def passed(self, data: str) -> str:
        """`data` with every control that is not on the list made visible (U+2400 block; C1 as ESC and a letter)."""
        if _SAFE.fullmatch(data):
            return data
        if data in self._announced:
            self._announced.discard(data)
            return data
        return _PIECE.sub(_visible, data)


def _visible(found: re.Match[str]) -> str:
    if found[1] is not None:
        return found[1]
    code = ord(found[2])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else "\N{SYMBOL FOR ESCAPE}" + chr(code - 0x40)


def gated(driver: type[Driver], gate: Gate) -> type[Driver]:
    """A driver that writes through a gate."""

    class Gated(driver):  # type: ignore[misc,valid-type]
        def start_application_mode(self) -> Any:
            super().start_application_mode()
            if gate.question:
                gate.announce(gate.question)
                self.write(gate.question)
                gate.question = ""

        def write(self, data: str) -> Any:
            return super().write(gate.passed(data))

    return Gated
