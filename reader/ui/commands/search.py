"""Searching: the line, the matches, the list of them."""

from __future__ import annotations

from reader.locale import _
from reader.ui.commands.host import Group


class Search(Group):
    """The search of the open article."""

    def open(self) -> None:
        """Opens the search line."""
        self.session.search.open()

    def next(self) -> None:
        """The next match."""
        self.session.search.step(1)

    def previous(self) -> None:
        """The match before."""
        self.session.search.step(-1)

    def word(self) -> None:
        """Searches the selection, or the word last clicked or found."""
        self.session.search.word()

    def results(self) -> None:
        """Lists the matches in the sidebar."""
        if self.session.search.matches:
            self.session.sidebar.show("results")
        else:
            self.session.say(_("No search pattern: {keys[search.open]} searches").format(keys=self.session.keys))
