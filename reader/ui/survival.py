"""A handler that raises is said to have, and the program goes on.

Textual ends the app where a handler raises. A person with a note half written would lose it, so the exception is caught
where messages are handed out and shown on the bottom line, and that message alone is lost. It overrides
`_dispatch_message`, which is private: should Textual change it, the app ends as before.
"""

from __future__ import annotations

from typing import Protocol, cast

from textual.message import Message
from textual.message_pump import MessagePump


class SurvivingApp(Protocol):
    """An app that can go on."""

    survives: bool
    """False in tests, which are to see every exception, and until the first screen stands."""

    def failed(self, error: Exception) -> None:
        """Shows what went wrong."""


class Surviving(MessagePump):
    """A widget, screen or app whose handlers may fail. The app is a `SurvivingApp`."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            app = cast("SurvivingApp", self.app)
            if not app.survives:
                raise
            app.failed(error)
