"""How the page looks: width, theme, front matter, tables in full."""

from __future__ import annotations

from functools import partial

from reader.document import Table
from reader.locale import _
from reader.ui.commands.host import Group


class View(Group):
    """The page's appearance."""

    def narrow(self) -> None:
        """A narrower page."""
        self._measure(-4)

    def widen(self) -> None:
        """A wider page."""
        self._measure(4)

    def _measure(self, step: int) -> None:
        self.page.set_measure(self.page.measure + step)
        width = self.session.article.layout.width
        said = _("Page at most {most} cells wide, {width} here")
        self.session.say(said.format(most=self.page.measure, width=width))

    def margin(self) -> None:
        """Notes and reasons beside the page, notes alone, or nothing."""
        self.session.asides.step()

    def theme(self) -> None:
        """From dark to light and back."""
        self.host.toggle_theme()

    def redraw(self) -> None:
        """All of the screen again, whatever another program has written over it."""
        self.host.terminal.redraw()

    def card(self) -> None:
        """Unfolds the front matter, or folds it."""
        article = self.session.article
        article.fold_card()
        if article.unfolded:
            self.page.show(0)
        else:
            self.page.keep()

    def table(self) -> None:
        """The first table on the page, with a screen of its own."""
        article, page = self.session.article, self.page
        for y in range(page.top, min(article.layout.height, page.top + page.size.height)):
            index = article.layout.block_of(y)
            if index >= 0 and isinstance(article.document.blocks[index], Table):
                self._show_table(index)
                return
        self.session.say(_("No table on this page"))

    def _show_table(self, index: int) -> None:
        from reader.ui.widgets.table_dialog import TableDialog

        document, layout = self.session.article.document, self.session.article.layout
        block = document.blocks[index]
        assert isinstance(block, Table)
        texts = [[document.slice(cell) for cell in row] for row in block.rows]
        rows_of = partial(layout.table, index)
        self.host.push(TableDialog(self.host.theme_styles, texts, rows_of))

    def numbers(self) -> None:
        """Numbers the lines of code, or no longer."""
        article = self.session.article
        article.number_lines(not article.numbered)
        self.session.announce("rows")
        self.session.say(_("Lines of code are numbered") if article.numbered else _("Lines of code are not numbered"))
