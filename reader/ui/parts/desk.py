"""The rest of the desk: copying, help, Esc, quitting."""

from __future__ import annotations

from reader import sanitize
from reader.document import Range
from reader.session import address_of
from reader.ui.parts.part import Part


class Desk(Part):
    """What belongs to no pane."""

    def copy(self) -> None:
        """The selection, else the lit link, else the paragraph at the top."""
        session = self.app.session
        document = session.document
        selection = session.selection
        if selection is not None:
            what, text = "selection", document.slice(selection)
        elif session.focus is not None:
            what, text = "link", address_of(session.targets[session.focus])
        elif document.blocks:
            block = document.blocks[document.block_index(self.app.article.eye)]
            what, text = "paragraph", document.slice(Range(block.start, block.end))
        else:
            self.app.say("Nothing to copy")
            return
        self._copy(text)
        self.app.say(f"Copied the {what}, {len(text)} characters")

    def copy_place(self) -> None:
        """Where the eye is in the source: path and line, as editors and compilers write it."""
        document, source = self.app.session.document, self.app.source
        origin = source.path or source.url
        if origin is None or not document.blocks:
            self.app.say("This place has no file", warning=True)
            return
        line = document.blocks[document.block_index(self.app.article.eye)].line + 1
        place = sanitize.clean_line(f"{origin}:{line}" if source.path else origin)
        self._copy(place)
        self.app.say(f"Copied {place}")

    def _copy(self, text: str) -> None:
        """Through the terminal (OSC 52), and to the system's clipboard where there is one."""
        from reader.ui.clipboard import put

        self.app.copy_to_clipboard(text)
        self.app.run_worker(lambda: put(text), thread=True, group="copy", exit_on_error=False)

    def help(self) -> None:
        """Every key."""
        from reader.ui.dialogs import HelpDialog

        self.app.push_screen(HelpDialog(self.app.looks))

    def escape(self) -> None:
        """Drops what is lit; the page has the keys."""
        session = self.app.session
        session.select(None)
        session.set_focus(None)
        session.set_marks("claim", ())
        session.set_marks("current", ())
        self.app.article.focus()
        self.app.article.refresh()

    def quit(self) -> None:
        """The end."""
        self.app.exit()
