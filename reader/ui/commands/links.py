"""Links, images, footnotes and references of the page.

A target is always shown before it is opened: moving to it puts it on the bottom line, a click focuses it first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual import events

from reader import sanitize
from reader.document import Image, Range
from reader.locale import _
from reader.session import Peek
from reader.ui.commands.follow import follow_target, launch
from reader.ui.commands.host import Group
from reader.ui.commands.look import peek, show_image
from reader.ui.widgets.hints import Spot, labels, spots


class Links(Group):
    """The links and images of the page."""

    def next(self) -> None:
        """The next one."""
        self.session.links.step(1)

    def previous(self) -> None:
        """The one before."""
        self.session.links.step(-1)

    def clicked(self, offset: int) -> None:
        """A footnote is followed at once; a link is focused by the first click and followed by the second."""
        article = self.session.article
        label = article.note_at(offset)
        if label is not None:
            self.session.links.to_footnote(label)
            return
        index = article.target_at(offset)
        if index is None:
            return
        if article.focus == index:
            self.open()
        else:
            self.session.links.focus(index)

    def open(self) -> None:
        """Follows the focused link, else focuses the one nearest to the top of the page."""
        if self.session.article.skimming:
            self.session.claims.unskim()
            return
        target = self.session.links.focused
        if target is None and self.session.on_fold:
            self.session.fold_at(self.session.article.cursor or 0)
        elif target is None:
            self.next()
        else:
            follow_target(self.host, target)

    def browser(self) -> None:
        """Opens the focused link in the browser, else the article itself where it is of the web."""
        target, url = self.session.links.focused, self.session.article.source.url
        if target is not None:
            follow_target(self.host, target, outside=True)
        elif url is not None:
            launch(self.host, sanitize.address(url))
        else:
            self.session.say(_("No link is chosen, and this article is not of the web"))

    # ---- looking without going ---------------------------------------------------------------------------------------

    def peek(self) -> None:
        """Shows what the focused link leads to in a box beside it; where none is focused, what a footnote, reference,
        image or link to an article or place of the page leads to. Asks which where there are several."""
        article, links = self.session.article, self.session.links
        if article.focus is not None and article.targets[article.focus].overlaps(self.session.viewport.shown):
            target = article.targets[article.focus]
            self._peek(Spot(0, 0, Range(target.start, target.end), article.focus))
            return
        wanted = lambda index: links.can_peek(article.targets[index])  # noqa: E731
        there = spots(self.page, wanted, self.session.peeks.in_text(self.session.viewport.shown))
        if not there:
            self.session.say(_("Nothing on this page to peek at"))
        elif len({spot.thing for spot in there}) == 1:
            self._peek(there[0])
        else:
            self._hint(there, self._peek, _("Peek at: type the letters, Esc leaves"))

    def _peek(self, spot: Spot, _outside: bool = False) -> None:
        peeks = self.session.peeks
        show = partial(self._show_peek, spot.where)
        if spot.target is not None:
            target = self.session.article.targets[spot.target]
            if isinstance(target, Image):
                show_image(self.host, target)
            else:
                peek(self.host, target, show)
        elif spot.cited is not None:
            show(peeks.said(spot.cited))
        elif (found := peeks.note(spot.note)) is not None:
            show(found)

    def _show_peek(self, where: Range, found: Peek) -> None:
        from reader.layout import Layout
        from reader.ui.widgets.peek_dialog import PeekDialog

        width = max(10, min(self.session.article.layout.width, self.page.app.size.width - 14))
        rows = [*Layout(found.document, width, front=found.front).walk()]
        beside = self.page.rows_of(where)
        dialog = PeekDialog(self.host.theme_styles, found.title, rows, width, beside, leads=found.go is not None)
        self.host.push(dialog, lambda go: found.go() if go and found.go else None)

    # ---- hints -------------------------------------------------------------------------------------------------------

    def hints(self) -> None:
        """Puts letters on every link, image and footnote of the page; typing some follows it."""
        there = spots(self.page)
        if there:
            self._hint(
                there, self._follow, _("Follow: type the letters, the last one large for the browser, Esc leaves")
            )
        else:
            self.session.say(_("No link, image or footnote on this page"))

    def _follow(self, spot: Spot, outside: bool) -> None:
        if spot.target is None:
            self.session.links.to_footnote(spot.note)
        else:
            self.session.links.focus(spot.target)
            follow_target(self.host, self.session.article.targets[spot.target], outside=outside)

    def _hint(self, there: Sequence[Spot], chosen: Callable[[Spot, bool], object], said: str) -> None:
        page, session = self.page, self.session
        by_label = dict(zip(labels(len(there)), there, strict=True))

        def draw(typed: str) -> None:
            rows: dict[int, list[tuple[int, str]]] = {}
            for label, spot in by_label.items():
                if label.startswith(typed):
                    rows.setdefault(spot.row, []).append((spot.x, label[len(typed) :]))
            page.overlay(rows)
            session.say(f"{said}   {typed}")

        typed, outside = "", False

        def key(event: events.Key) -> bool:
            nonlocal typed, outside
            if event.key == "backspace":
                typed = typed[:-1]
            elif event.character is not None and any(
                label.startswith(typed + event.character.lower()) for label in by_label
            ):
                typed += event.character.lower()
                outside = event.character.isupper()
            else:
                page.release()
                session.say("" if event.key == "escape" else _("No such letters"))
                return False
            spot = by_label.get(typed)
            if spot is None:
                draw(typed)
                return True
            page.release()
            session.say("")
            chosen(spot, outside)
            return False

        page.catch(key)
        draw(typed)
