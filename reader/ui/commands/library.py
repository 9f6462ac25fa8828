"""Choosing another article: of a folder, or one of those opened lately."""

from __future__ import annotations

from reader.session import Listing
from reader.ui.commands.host import Group


class Library(Group):
    """The lists of articles."""

    def open(self, problem: str = "") -> None:
        """Lists the folder the reader was started with, else the recent articles; `problem` is said below."""
        self._show(self.session.library.articles(), problem)

    def recents(self) -> None:
        """Lists the recent articles."""
        self._show(self.session.library.recents(), "")

    def _show(self, listing: Listing, problem: str) -> None:
        from reader.ui.widgets.library_screen import LibraryScreen

        listing.problem = problem
        screen = LibraryScreen(self.host.theme_styles, listing, self.session.library.forget)
        self.host.push(screen, self._chosen)

    def _chosen(self, path: str | None) -> None:
        if path is not None:
            self.session.opening.open(path)
        elif not self.session.article.source.origin:
            self.host.quit()  # there is no article behind the list
