"""Moving over the page."""

from __future__ import annotations

from reader.locale import _
from reader.ui.commands.host import Group

COUNTED = frozenset(f"move.{verb}" for verb in ("down", "up", "first", "last", "percent", "place"))
"""Actions that know what a number before them means; others are done so many times."""


class Move(Group):
    """Rows, pages, sections."""

    def down(self) -> None:
        """One row."""
        self.page.move(self.count or 1)

    def up(self) -> None:
        """One row."""
        self.page.move(-(self.count or 1))

    def page_down(self) -> None:
        """One page, a row of it kept in view."""
        self.page.move(self.page.page)

    def page_up(self) -> None:
        """One page, a row of it kept in view."""
        self.page.move(-self.page.page)

    def half_down(self) -> None:
        """Half a page."""
        self.page.move(max(1, self.page.size.height // 2))

    def half_up(self) -> None:
        """Half a page."""
        self.page.move(-max(1, self.page.size.height // 2))

    def first(self) -> None:
        """The beginning, or the line of the file with the number."""
        if self.count is not None:
            self.session.going.to_line(self.count)
            return
        self.session.leave()
        self.page.show(0)

    def last(self) -> None:
        """The end of what is loaded, and on with it, or the line of the file with the number."""
        if self.count is not None:
            self.session.going.to_line(self.count)
        else:
            self.session.loading.to_end()

    def percent(self) -> None:
        """The place with so many percent before it."""
        if self.count is not None:
            self.session.going.to_percent(self.count)
        else:
            self.session.going.open()

    def place(self) -> None:
        """The next key says where on the page the passage is to stand, or what is to be folded."""
        self.session.say(_("z t b place  a fold  m r 1-6 level  M R all"))
        self.page.catch_letter(self._place)

    def _place(self, letter: str) -> None:
        self.session.say("")
        if letter in "acoMRmr123456":
            self._fold(letter)
            return
        passage = self.session.passage()
        if passage is None or letter not in "ztb":
            return
        rows = self.page.rows
        high = self.page.height_of(passage.range)
        spare = max(0, rows - high)
        self.page.go(passage.range.start, above={"z": spare // 2, "t": 0, "b": spare}[letter])

    def next_paragraph(self) -> None:
        """The next paragraph becomes the passage."""
        self._paragraph(1)

    def previous_paragraph(self) -> None:
        """The paragraph before becomes the passage."""
        self._paragraph(-1)

    def _paragraph(self, step: int) -> None:
        self.session.article.drop()
        where = self.session.article.step_paragraph(step)
        if where is None:
            self.session.say(_("No more paragraphs") if step > 0 else _("No paragraph before this one"))
        else:
            self.page.reveal(where)
            self.session.announce("marks")

    def left(self) -> None:
        """Wide code, towards its beginning."""
        self.page.sideways(-1)

    def right(self) -> None:
        """Wide code, towards its end."""
        if not self.page.sideways(1):
            self.session.say(_("Nothing here is wider than the page"))

    def next_section(self) -> None:
        """The next heading."""
        self._section(1)

    def previous_section(self) -> None:
        """The heading of this section, then the one before."""
        self._section(-1)

    def _section(self, step: int) -> None:
        there = self.session.article.section_start(self.page.top_offset, step)
        if there is None:
            self.session.say(_("No more sections") if step > 0 else _("No section before this one"))
        else:
            self.page.go_to_section(there, forward=step > 0)

    def _fold(self, letter: str) -> None:
        article = self.session.article
        if article.skimming:
            self.session.say(_("The skim has no folds"))
            return
        if letter in "MR":
            article.fold_all(letter == "M")
            self.page.keep()
            self.session.announce("rows")
            return
        if letter in "mr":
            self.session.fold_level(None, letter == "m")
            return
        if letter.isdigit():
            self.session.fold_level(int(letter))
            return
        passage = self.session.passage()
        self.session.fold_at(self.page.top_offset if passage is None else passage.range.start, letter)
