"""Choosing another article: of a folder, or one of those opened lately."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.session import Listing
from reader.ui.commands.host import Group

if TYPE_CHECKING:
    from reader.ui.widgets.library_screen import LibraryScreen


class Library(Group):
    """The lists of articles."""

    def open(self, problem: str = "") -> None:
        """Lists the folder the reader was started with, else the recent articles; `problem` is said below."""
        self._show(self.session.library.articles(), problem)

    def next_article(self) -> None:
        """The next article of the list this one was opened from."""
        self._step(1)

    def previous_article(self) -> None:
        """The article before it in the list it was opened from."""
        self._step(-1)

    def _step(self, step: int) -> None:
        path = self.session.library.beside(step)
        if path is not None:
            self.session.opening.open(path)

    def recents(self) -> None:
        """Lists the recent articles."""
        self._show(self.session.library.recents(), "")

    def _show(self, listing: Listing, problem: str) -> None:
        from reader.ui.widgets.library_screen import LibraryScreen

        listing.problem = problem
        behind = bool(self.session.article.source.origin)
        hide = partial(self.session.library.hide, listing)
        screen = LibraryScreen(self.host.theme_styles, listing, hide, self.session.undo.undo, behind=behind)
        self.host.push(screen, partial(self._chosen, screen))

    def _chosen(self, screen: LibraryScreen, path: str | None) -> None:
        if path is not None:
            self.session.library.trail = screen.trail
            self.session.opening.open(path)
        elif not self.session.article.source.origin:
            self.host.quit()  # there is no article behind the list
