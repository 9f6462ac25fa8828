"""Choosing another article: of the library, of a folder, or a recent one; and what becomes of this one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reader.ui.commands.host import Group

if TYPE_CHECKING:
    from reader.session import Articles, Listing
    from reader.ui.widgets.articles_screen import ArticlesScreen
    from reader.ui.widgets.library_screen import LibraryScreen
    from reader.ui.widgets.list_screen import ListScreen


class Library(Group):
    """The lists of articles."""

    def open(self, problem: str = "") -> None:
        """The list of the library, or of the folder the reader was started with; else the recent articles. `problem` is
        said below."""
        articles = self.session.library.articles()
        if articles is None:
            self._show(self.session.library.several(), problem)
            return
        self._browse(articles)
        if problem:
            self.session.say(problem, warning=True)

    def next_article(self) -> None:
        """The next article of the list this one was opened from."""
        self.session.library.step(1)

    def previous_article(self) -> None:
        """The article before it in the list it was opened from."""
        self.session.library.step(-1)

    def next_unread(self) -> None:
        """The next unread article of the list."""
        self.session.library.step(1, unread=True)

    def star(self) -> None:
        """Stars the article, or no longer."""
        self.session.library.toggle_star()

    def finish(self) -> None:
        """The article is finished, or unread again."""
        self.session.library.toggle_finished()

    def archive(self) -> None:
        """Archives the article, or no longer."""
        self.session.library.toggle_archived()

    def recents(self) -> None:
        """Lists the recent articles."""
        self._show(self.session.library.recents(), "")

    # ---- the library -------------------------------------------------------------------------------------------------

    def _browse(self, articles: Articles) -> None:
        from reader.ui.widgets.articles_screen import ArticlesScreen

        self.session.places.save()  # so that the list knows how far this one is read
        behind = bool(self.session.article.source.origin)
        screen = ArticlesScreen(self.host.theme_styles, self.session, articles, behind=behind)
        self._push(screen, partial(self._picked, screen))

    def _picked(self, screen: ArticlesScreen, path: str | None) -> None:
        if path is not None:
            self.session.library.open(path)
        elif screen.recents:
            self.recents()
        elif not self.session.article.source.origin:
            self.host.quit()  # there is no article behind the list

    # ---- the recent articles -----------------------------------------------------------------------------------------

    def _show(self, listing: Listing, problem: str) -> None:
        from reader.ui.widgets.library_screen import LibraryScreen

        listing.problem = problem
        behind = bool(self.session.article.source.origin)
        hide = partial(self.session.library.hide, listing)
        screen = LibraryScreen(self.host.theme_styles, listing, hide, self.session.undo.undo, behind=behind)
        self._push(screen, partial(self._chosen, screen))

    def _chosen(self, screen: LibraryScreen, path: str | None) -> None:
        if path is not None:
            self.session.library.follow(screen.trail)
            self.session.opening.open(path)
        elif not self.session.article.source.origin:
            self.host.quit()  # there is no article behind the list

    # ---- both --------------------------------------------------------------------------------------------------------

    def _push(self, screen: ListScreen[str | None], chosen: Callable[[str | None], None]) -> None:
        """Shows a list, which has the keys until it is closed with what was `chosen`."""

        def closed(path: str | None) -> None:
            self.session.undo.in_list = False
            chosen(path)

        self.session.undo.in_list = True
        self.host.push(screen, closed)
