"""Keys that are typed faster than they are done: each is for whoever has the keys once those before it are done.

Owns the keys that wait, for a screen or a line with a field that was put up and does not stand yet, or for the key
before that a dialog or a field has not done yet: Enter may close it. The page's own keys do not wait. Refuses to answer
a question that nobody has seen.
Invariant: a key is given on once, and none before one that was typed earlier.
"""

from __future__ import annotations

import time
from itertools import dropwhile
from typing import Final

from textual import events
from textual.message import Message
from textual.widget import Widget

OVERDUE_S: Final = 1.0
"""After so long a key is not waited for any more: a widget that was removed says nothing."""


class Passed(Message, bubble=True):
    """Posted to the widget that has the keys: when it comes to the app, what the widget was given is done, or there."""

    def __init__(self, *, below: bool, again: Widget | None = None) -> None:
        """`below`: the widget is of the screen below one that was put up. `again`: the widget, where it may have posted
        messages of its own about what it was given, as a field does."""
        super().__init__()
        self.below = below
        self.again = again


class TypeAhead:
    """The keys that wait."""

    def __init__(self) -> None:
        self._awaited: Widget | None = None
        """A screen or a line that was put up, and does not stand yet."""
        self._given = 0
        self._done = 0
        """Of the messages `Passed`."""
        self._given_s = 0.0
        """When the last of them was posted."""
        self._below = 0
        """What had the keys before, and may still hand some up."""
        self._kept: list[events.Key] = []

    def put_up(self, new: Widget, before: Widget | None) -> None:
        """`new` was put up while `before` had the keys."""
        self._awaited = new
        self._below += self.given(before, below=True)

    def stands(self, new: Widget) -> None:
        """This is mounted, and the widget it gives the keys to has them. What was typed before a question is no answer,
        but Esc and what follows."""
        if new is self._awaited:
            self._awaited = None
            if getattr(new, "must_be_read", False):
                self._kept = list(dropwhile(lambda event: event.key != "escape", self._kept))

    def given(self, widget: Widget | None, *, below: bool = False) -> bool:
        """The next key waits for what this widget has been given; false: it takes nothing."""
        if widget is None or not widget.post_message(Passed(below=below, again=None if below else widget)):
            return False
        self._given += 1
        self._given_s = time.monotonic()
        return True

    def passed(self, message: Passed) -> None:
        """A widget has done what it was given."""
        if message.again is not None and message.again.post_message(Passed(below=False)):
            return
        self._done = min(self._done + 1, self._given)
        if message.below:
            self._below = max(0, self._below - 1)

    def overdue(self) -> None:
        """Waits no longer for a widget that has said nothing for so long."""
        if time.monotonic() - self._given_s >= OVERDUE_S:
            self._done, self._below = self._given, 0

    def taken_down(self) -> None:
        """A screen or a line was closed: nothing that its widgets were given is waited for."""
        self._done, self._below, self._awaited = self._given, 0, None

    @property
    def waits(self) -> bool:
        """Whether a key that comes now has to wait."""
        return self._awaited is not None or self._done < self._given

    @property
    def late(self) -> bool:
        """Whether a key that comes up to the app now was typed for what was put up, and given to what is below."""
        return self._below > 0

    def keep(self, event: events.Key) -> None:
        """A key that has to wait."""
        kept = events.Key(event.key, event.character)
        kept.time = event.time
        self._kept.append(kept)
        self._kept.sort(key=lambda event: event.time)  # one that the page was given comes up later than it was typed

    def take(self) -> events.Key | None:
        """The next key that can be given on."""
        return self._kept.pop(0) if self._kept and not self.waits else None
