"""A pane whose next keys may mean something else for once: a letter for a bookmark, a digit for a colour.

Owns who waits for them. Invariant: at most one does, and nobody once the pane moves or the keys are another's.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from reader.ui.style import ThemeStyles
from reader.ui.widgets.pane import Pane


class CatchingPane(Pane):
    """A pane that hands out its keys."""

    def __init__(self, styles: ThemeStyles, *, id: str | None = None) -> None:
        super().__init__(styles, id=id)
        self._catch: Callable[[events.Key], bool | None] | None = None
        self._catches_alone = False

    def catch(self, take: Callable[[events.Key], bool | None] | None, *, alone: bool = True) -> None:
        """Gives the next keys to `take`, before any binding, as long as it is true; None: the key is not for it. Not
        `alone`: most keys are not."""
        self.focus()
        self._catch, self._catches_alone = take, alone

    @property
    def catching(self) -> bool:
        """Whether somebody waits for the next key."""
        return self._catch is not None

    @property
    def awaits_letter(self) -> bool:
        """Whether the next key is somebody's, and not what it always is."""
        return self.catching and self._catches_alone

    def catch_letter(self, take: Callable[[str], object]) -> None:
        """Gives the next letter, digit or sign to `take`; another key drops it."""

        def key(event: events.Key) -> bool:
            if event.character is not None and event.is_printable and not event.character.isspace():
                take(event.character)
            return False

        self.catch(key)

    def catch_digit(self, most: int, take: Callable[[int], object]) -> None:
        """Gives the next key to `take` if it is a digit from 1 to `most`; any other means what it always does."""

        def key(event: events.Key) -> bool | None:
            if event.key.isdigit() and 1 <= int(event.key) <= most:
                take(int(event.key))
                return False
            return None

        self.catch(key, alone=False)

    def on_key(self, event: events.Key) -> None:
        """A key for whoever waits for one."""
        take = self._catch
        if take is not None:
            self._catch = None
            goes_on = take(event)
            if goes_on is None:
                return
            event.stop()
            event.prevent_default()
            if goes_on and self._catch is None:
                self._catch = take

    def on_blur(self) -> None:
        """The keys are somebody else's now."""
        self.release()

    def release(self) -> None:
        """Nobody waits for a key any more."""
        self._catch = None
