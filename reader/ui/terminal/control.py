"""What the app does to its terminal besides drawing: the clipboard, a whole repaint, lending it, stopping."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, Literal, TypeAlias

from textual.app import App

from reader.layout import Picture
from reader.ui.terminal.gate import Gate
from reader.ui.terminal.screen_diff import ScreenDiff

Copied: TypeAlias = Literal["taken", "sent", "too long"]
"""taken: a program has it; sent: the terminal was asked to take it, and whether it did cannot be known; too long: for a
terminal, and there is no other clipboard."""
OSC52_MAX_BYTES = 74_994
"""Of text: most terminals ignore an OSC 52 sequence of over 100,000 characters, and base64 takes four for three."""


def clipboard_sequence(text: str) -> str:
    """What Textual sends to have a terminal copy `text` (OSC 52)."""
    return f"\x1b]52;c;{b64encode(text.encode()).decode()}\x07"


class TerminalControl:
    """The terminal of an app."""

    def __init__(self, app: App[Any], diff: ScreenDiff, gate: Gate) -> None:
        self._app = app
        self._diff = diff
        self._gate = gate

    def _send(self, sequence: str) -> None:
        """Writes a sequence past the gate."""
        driver = self._app._driver
        if driver is not None:
            self._gate.announce(sequence)
            driver.write(sequence)

    def copy(self, text: str, then: Callable[[Copied], object] | None = None) -> None:
        """Through the terminal (OSC 52) where that takes as much, and to the system's clipboard where there is one.

        `then` is called on the event loop with what is known of it.
        """
        sent = len(text.encode("utf-8", "replace")) <= OSC52_MAX_BYTES
        if sent:
            self._app.copy_to_clipboard(text)
        self._app.run_worker(lambda: self._put(text, sent, then), thread=True, group="copy", exit_on_error=False)

    def _put(self, text: str, sent: bool, then: Callable[[Copied], object] | None) -> None:
        """Runs in a thread."""
        from reader.settings import multiplexer, remote
        from reader.ui.terminal.clipboard import put

        taken = put(text, tmux=multiplexer() == "tmux", remote=remote())
        if then is not None:
            self._app.call_from_thread(then, "taken" if taken else "sent" if sent else "too long")

    def redraw(self) -> None:
        """Sends the whole screen again."""
        self._diff.forget()
        self._app.screen.refresh()

    def place(self, pictures: Iterable[Picture]) -> None:
        """Gives pictures to a terminal that draws them; none of these sequences comes from an article."""
        from reader.settings import multiplexer
        from reader.ui.terminal.pictures import placing

        for picture in pictures:
            for sequence in placing(picture, tmux=multiplexer() == "tmux"):
                self._send(sequence)

    def remove(self, numbers: Iterable[int]) -> None:
        """Has the terminal forget pictures."""
        from reader.settings import multiplexer
        from reader.ui.terminal.pictures import removing

        for number in numbers:
            self._send(removing(number, tmux=multiplexer() == "tmux"))

    def lent(self) -> AbstractContextManager[None]:
        """Gives the terminal to another program for a while. Raises SuspendNotSupported."""
        return self._app.suspend()

    def stop(self) -> None:
        """Stops the program; the shell's `fg` goes on."""
        self._app.action_suspend_process()
