"""The screen: the only room that imports Textual.

Owns the app (`app` wires, `actions` is the registry of what a key can do, `commands/` do it, `widgets/` draw, `style`
turns roles into colours, `terminal/` is what lies under the screen). Refuses to keep state: that is the session's.

Invariant: importing this package imports neither Textual nor the app; the registry alone is asked for by the command.
"""

from typing import TYPE_CHECKING

from reader.ui.actions import ACTIONS

if TYPE_CHECKING:
    from reader.ui.app import ReaderApp as ReaderApp
else:

    def __getattr__(name):
        """The app, at its first use."""
        if name == "ReaderApp":
            from reader.ui.event_loop import import_asyncio

            import_asyncio()
            from reader.ui.app import ReaderApp

            return ReaderApp
        raise AttributeError(name)


__all__ = ["ACTIONS", "ReaderApp"]
