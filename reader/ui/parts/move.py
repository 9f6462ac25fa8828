"""Moving over the page, and jumping in a way that can be walked back."""

from __future__ import annotations

from reader.ui.parts.part import Part


class Move(Part):
    """Rows, pages, sections."""

    def down(self) -> None:
        """One row."""
        self.app.article.move(1)

    def up(self) -> None:
        """One row."""
        self.app.article.move(-1)

    def page_down(self) -> None:
        """One page, a row of it kept in view."""
        self.app.article.move(self.app.article.page)

    def page_up(self) -> None:
        """One page, a row of it kept in view."""
        self.app.article.move(-self.app.article.page)

    def half_down(self) -> None:
        """Half a page."""
        self.app.article.move(max(1, self.app.article.size.height // 2))

    def half_up(self) -> None:
        """Half a page."""
        self.app.article.move(-max(1, self.app.article.size.height // 2))

    def first(self) -> None:
        """The beginning."""
        self.leave()
        self.app.article.show(0)

    def last(self) -> None:
        """The end of what is loaded."""
        article = self.app.article
        self.leave()
        article.show(article.total)
        if not self.app.session.document.complete:
            self._end = article.eye
            self.app.say("The end of what is loaded so far; the page goes on with it")

    _end: int | None = None
    """The eye after a jump to an end that was not yet the end."""

    def grown(self) -> None:
        """More is loaded: a reader who asked for the end, and has stayed there, gets it."""
        article = self.app.article
        if self._end is not None and self._end == article.eye:
            article.show(article.total)
            self._end = None if self.app.session.document.complete else article.eye
            if self._end is None:
                self.app.say("")  # it is the end of all
        else:
            self._end = None

    def left(self) -> None:
        """Wide code, towards its beginning."""
        self.app.article.sideways(-1)

    def right(self) -> None:
        """Wide code, towards its end."""
        if not self.app.article.sideways(1):
            self.app.say("Nothing here is wider than the page")

    def next_section(self) -> None:
        """The next heading."""
        self._section(1)

    def previous_section(self) -> None:
        """The heading of this section, then the one before."""
        self._section(-1)

    def jump(self, offset: int, *, above: int = 0) -> None:
        """Goes to an offset and notes the place left."""
        self.leave()
        self.app.article.go(offset, above=above)

    def leave(self) -> None:
        """Notes the place before a jump."""
        self.app.session.leave(*self.app.article.spot)

    def _section(self, step: int) -> None:
        article = self.app.article
        there = self.app.session.section_start(article.eye, step)
        if there is None:
            self.app.say("No section after this one" if step > 0 else "No section before this one")
            return
        before = article.top
        article.go(there)
        if step > 0 and article.top == before:
            article.eye = there
            self.app.place()
