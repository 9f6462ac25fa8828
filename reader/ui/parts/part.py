"""What all parts share: the app they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ui.app import ReaderApp


class Part:
    """A group of actions; every public method without arguments is one, but for `forget`."""

    def __init__(self, app: ReaderApp) -> None:
        self.app = app

    def forget(self) -> None:
        """Another article is open: what is known of the one before is of no use."""
