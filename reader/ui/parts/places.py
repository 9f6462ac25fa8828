"""What outlives the session: for now, the searches."""

from __future__ import annotations

from reader.ui.parts.part import Part


class Places(Part):
    """The reader's memory."""

    def remember_search(self, pattern: str) -> None:
        """Keeps a query for the next time."""
