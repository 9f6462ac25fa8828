"""Announcements: a change of state is said once, and everybody who shows it draws again.

Owns the topics and the listeners, and calls them at once, in the order in which they subscribed: state that follows
from other state subscribes before the widgets do. Refuses to carry data: who hears a topic looks at the state.

Invariant: every listener has heard of a change before any hears of one that was announced because of it; and what is
announced several times meanwhile is heard once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal, TypeAlias

Topic: TypeAlias = Literal[
    "article",
    "grown",
    "moved",
    "rows",
    "marks",
    "matches",
    "search line",
    "command line",
    "claims",
    "claim",
    "places",
    "margin",
    "sidebar",
    "answer",
    "focus",
    "message",
    "articles",
]
"""article: another one is open; grown: more of it is loaded; moved: the page shows other rows; rows: the page has
other rows (skim, front matter); marks: something is highlighted, or no longer; claims: other claims are chosen or
shown; claim: another one is the current one; places: bookmarks or notes; margin: what stands beside the page; answer:
a program is asked or has answered; focus: another pane has the keys; articles: the list of the library, or a state of
one of its articles."""


class Changes:
    """Who is told of changes."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Topic], object]] = []
        self._pending: dict[Topic, None] = {}
        self._telling = False

    def subscribe(self, listener: Callable[[Topic], object]) -> Callable[[], object]:
        """Calls `listener` with the topic of each change from now on, until what is returned is called."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    def announce(self, topic: Topic) -> None:
        """Tells every listener; when it returns, all have heard, unless a listener is the one who announces."""
        self._pending[topic] = None
        if self._telling:
            return
        self._telling = True
        try:
            while self._pending:
                topic = next(iter(self._pending))
                del self._pending[topic]
                for listener in tuple(self._listeners):
                    listener(topic)
        finally:
            self._telling = False
            self._pending.clear()
