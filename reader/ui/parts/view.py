"""How the page looks: width, theme, the front matter's card, tables in full, code in colour."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.document import Code, Table
from reader.session import Mark
from reader.ui.parts.part import Part

if TYPE_CHECKING:
    from reader.session import Session


class View(Part):
    """The page's looks."""

    def narrow(self) -> None:
        """A narrower page."""
        self._measure(-4)

    def widen(self) -> None:
        """A wider page."""
        self._measure(4)

    def _measure(self, step: int) -> None:
        article = self.app.article
        article.set_measure(article.measure + step)
        self.app.say(f"Page at most {article.measure} cells wide, {self.app.session.layout.width} here")

    def theme(self) -> None:
        """From dark to light and back."""
        self.app.theme = "paper" if self.app.current_theme.dark else "ink"

    def redraw(self) -> None:
        """All of the screen again, whatever another program has written over it."""
        self.app.redraw()

    def card(self) -> None:
        """Unfolds the front matter, or folds it."""
        self.app.session.fold_card()
        if self.app.session.card:
            self.app.article.show(0)
        else:
            self.app.article.keep()

    def table(self) -> None:
        """The first table on the page, with a screen of its own."""
        layout, article = self.app.session.layout, self.app.article
        for y in range(article.top, article.top + article.size.height):
            index = layout.block_of(y)
            if index >= 0 and y < layout.height and isinstance(self.app.session.document.blocks[index], Table):
                from reader.ui.dialogs import TableDialog

                self.app.push_screen(TableDialog(self.app.looks, layout.table(index)))
                return
        self.app.say("No table on this page")

    def colour(self) -> None:
        """Has the code on the page coloured, in a worker."""
        session, shown = self.app.session, self.app.article.shown
        document = session.document
        if not document.blocks or session.skimming:
            return
        first, last = document.block_index(shown.start), document.block_index(shown.end)
        for index in range(first, last + 1):
            block = document.blocks[index]
            if isinstance(block, Code) and block.language and session.begin_syntax(index):
                self.app.run_worker(partial(self._highlight, session, index, block), thread=True, group="colour")

    def _highlight(self, session: Session, index: int, block: Code) -> None:
        from reader.loading import tokens

        code = session.document.slice(block)
        marks = [Mark(block.start + s, block.start + e, role) for s, e, role in tokens(code, block.language)]
        if marks:
            self.app.call_from_thread(self._coloured, session, index, marks)

    def _coloured(self, session: Session, index: int, marks: list[Mark]) -> None:
        if session is self.app.session:
            session.set_syntax(index, marks)
            self.app.article.refresh()
