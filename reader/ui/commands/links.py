"""Links, images and footnotes of the page.

A target is always shown before it is opened: moving to it puts it on the bottom line, a click focuses it first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from textual import events

from reader.document import Note
from reader.locale import _
from reader.session import address_of
from reader.ui.commands.follow import follow
from reader.ui.commands.host import Group
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
        if target is None:
            self.next()
        else:
            follow(self.host, address_of(target))

    # ---- footnotes ---------------------------------------------------------------------------------------------------

    def peek(self) -> None:
        """Shows a footnote of the page in a small box; asks which where there are several."""
        there = spots(self.page, only_notes=True)
        if not there:
            self.session.say(_("No footnote on this page"))
        elif len({spot.note for spot in there}) == 1:
            self._peek(there[0])
        else:
            self._hint(there, self._peek)

    def _peek(self, spot: Spot) -> None:
        from reader.layout import Layout
        from reader.ui.widgets.dialogs import PeekDialog

        document = self.session.article.document
        start = document.notes.get(spot.note)
        if start is None:
            self.session.links.to_footnote(spot.note)
            return
        blocks = []
        for block in document.blocks[document.block_index(start) :]:
            if not any(isinstance(one, Note) and one.label == spot.note for one in block.containers):
                break
            blocks.append(block)
        width = max(10, min(self.session.article.layout.width, self.page.app.size.width - 14))
        rows = [*Layout(replace(document, blocks=tuple(blocks), sections=()), width).walk()]
        self.host.push(
            PeekDialog(self.host.theme_styles, rows, width),
            lambda go: self.session.links.to_footnote(spot.note) if go else None,
        )

    # ---- hints -------------------------------------------------------------------------------------------------------

    def hints(self) -> None:
        """Puts letters on every link, image and footnote of the page; typing some follows it."""
        there = spots(self.page)
        if there:
            self._hint(there, self._follow)
        else:
            self.session.say(_("No link, image or footnote on this page"))

    def _follow(self, spot: Spot) -> None:
        if spot.target is None:
            self.session.links.to_footnote(spot.note)
        else:
            self.session.links.focus(spot.target)
            follow(self.host, address_of(self.session.article.targets[spot.target]))

    def _hint(self, there: Sequence[Spot], chosen: Callable[[Spot], object]) -> None:
        page, session = self.page, self.session
        by_label = dict(zip(labels(len(there)), there, strict=True))

        def draw(typed: str) -> None:
            rows: dict[int, list[tuple[int, str]]] = {}
            for label, spot in by_label.items():
                if label.startswith(typed):
                    rows.setdefault(spot.row, []).append((spot.x, label[len(typed) :]))
            page.overlay(rows)
            session.say(_("Follow: type the letters, Esc leaves   {typed}").format(typed=typed))

        typed = ""

        def key(event: events.Key) -> bool:
            nonlocal typed
            if event.key == "backspace":
                typed = typed[:-1]
            elif event.character is not None and any(
                label.startswith(typed + event.character.lower()) for label in by_label
            ):
                typed += event.character.lower()
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
            chosen(spot)
            return False

        page.catch(key)
        draw(typed)
