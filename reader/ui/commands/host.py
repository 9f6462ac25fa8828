"""What a command may ask of the app: the session, the page, and a few effects on the terminal.

Owns the protocols and the base of the groups. Refuses the app itself: a command that needs more has a state to change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

from textual.screen import Screen

from reader.session import Session
from reader.ui.actions import Action
from reader.ui.style import ThemeStyles
from reader.ui.terminal.control import Copied
from reader.ui.widgets.page import Page

Answer = TypeVar("Answer")


class Terminal(Protocol):
    """Effects on the terminal."""

    def copy(self, text: str, then: Callable[[Copied], object] | None = None) -> None:
        """Puts text on the clipboard; `then` gets what is known of it."""

    def redraw(self) -> None:
        """Sends the whole screen again."""

    def lent(self) -> AbstractContextManager[None]:
        """Gives the terminal to another program for a while. Raises SuspendNotSupported."""

    def stop(self) -> None:
        """Stops the program; the shell's `fg` goes on."""


class Host(Protocol):
    """The app, as a command sees it."""

    session: Session
    page: Page
    theme_styles: ThemeStyles
    actions: Sequence[Action]
    """The registry, with the keys of this run."""

    @property
    def terminal(self) -> Terminal:
        """The terminal the app draws on."""

    def push(self, screen: Screen[Answer], then: Callable[[Answer | None], Any] | None = None) -> None:
        """Shows a screen over the page; `then` gets its answer."""

    def toggle_theme(self) -> None:
        """From dark to light and back."""

    def quit(self) -> None:
        """Ends the app."""


class Group:
    """A group of commands: each public method without arguments is the action of the registry with its name."""

    def __init__(self, host: Host) -> None:
        self.count: int | None = None
        """The number typed before the key, while its action is done."""
        self.host = host
        self.session = host.session
        self.page = host.page
