"""What belongs to no pane: copying, help, Esc, quitting."""

from __future__ import annotations

from reader import sanitize
from reader.document import Range
from reader.session import address_of
from reader.ui.commands.host import Group


class Reader(Group):
    """The program."""

    def copy(self) -> None:
        """The selection, else the focused link, else the paragraph at the top."""
        article = self.session.article
        document, selection, target = article.document, article.selection, self.session.links.focused
        if selection is not None:
            what, text = "selection", document.slice(selection)
        elif target is not None:
            what, text = "link", address_of(target)
        elif document.blocks:
            block = document.blocks[document.block_index(self.page.top_offset)]
            what, text = "paragraph", document.slice(Range(block.start, block.end))
        else:
            self.session.say("Nothing to copy")
            return
        self.host.terminal.copy(text)
        self.session.say(f"Copied the {what}, {len(text):,} character{'s' * (len(text) != 1)}")

    def copy_place(self) -> None:
        """Path and source line of the top of the page, as editors and compilers write them."""
        document, source = self.session.article.document, self.session.article.source
        origin = source.path or source.url
        if origin is None or not document.blocks:
            self.session.say("This place has no file", warning=True)
            return
        line = document.blocks[document.block_index(self.page.top_offset)].line + 1
        place = sanitize.clean_line(f"{origin}:{line}" if source.path else origin)
        self.host.terminal.copy(place)
        self.session.say(f"Copied {place}")

    def help(self) -> None:
        """Every key."""
        from reader.ui.widgets.dialogs import HelpDialog

        self.host.push(HelpDialog(self.host.theme_styles))

    def escape(self) -> None:
        """Drops the selection, the focus and the current claim and match; the page has the keys."""
        article = self.session.article
        article.select(None)
        article.set_focus(None)
        article.marks.set("claim")
        article.marks.set("current")
        self.session.focus("page")
        self.session.announce("marks")

    def suspend(self) -> None:
        """Stops; the shell's `fg` goes on."""
        self.host.terminal.stop()

    def quit(self) -> None:
        """Ends the reader."""
        self.host.quit()
