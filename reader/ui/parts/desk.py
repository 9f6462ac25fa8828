"""The rest of the desk: copying, help, Esc, quitting, and the end that comes from outside."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

from reader import sanitize
from reader.document import Range
from reader.session import address_of
from reader.ui.parts.part import Part

if TYPE_CHECKING:
    from reader.ui.app import ReaderApp

_MOST = 74_994
"""Bytes a terminal is asked to take into its clipboard: most ignore an OSC 52 sequence of over 100,000."""
_LOOK = 1.0
"""Seconds between two looks whether there still is a terminal."""


class Desk(Part):
    """What belongs to no pane."""

    def __init__(self, app: ReaderApp) -> None:
        super().__init__(app)
        self._leaving = threading.Lock()

    def begin(self) -> None:
        """Listens for the end: a request to stop is as `q`; a terminal that has gone leaves nothing to be restored.

        Without this a reader whose window was closed would go on without one where the signal of that is ignored
        (under `nohup`, say), and Textual would ask the terminal for keys as fast as the processor can."""
        if self.app.is_headless or sys.__stdin__ is None:
            return
        keys = sys.__stdin__.fileno()
        loop = asyncio.get_running_loop()

        def hung_up() -> None:
            self.quit() if os.isatty(keys) else self.gone()  # somebody may only have sent the signal

        for name, then in (("SIGTERM", self.quit), ("SIGINT", self.quit), ("SIGHUP", hung_up)):
            with contextlib.suppress(NotImplementedError, AttributeError):  # not on Windows
                loop.add_signal_handler(getattr(signal, name), then)
        if os.isatty(keys):
            threading.Thread(target=self._watch, args=(keys,), daemon=True).start()

    def _watch(self, keys: int) -> None:
        """Runs in a thread: the event loop may wait for good to write to a terminal that is no more."""
        while os.isatty(keys):
            time.sleep(_LOOK)
        self.gone()

    def gone(self) -> None:
        """The end without a terminal: what was read is remembered, and the process with it is over."""
        self._leaving.acquire()  # for good: the loop and the thread may both come here, and the first is to finish
        try:
            self.app.finish()
        finally:
            os._exit(1)

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
        self.app.say(f"Copied the {what}, {len(text):,} character{'s' * (len(text) != 1)}")

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
        """Through the terminal (OSC 52) where that takes as much, and to the system's clipboard where there is one."""
        taken = len(text.encode("utf-8", "replace")) <= _MOST
        if taken:
            self.app.copy_to_clipboard(text)
        self.app.run_worker(lambda: self._put(text, taken), thread=True, group="copy", exit_on_error=False)

    def _put(self, text: str, taken: bool) -> None:
        """Runs in a worker."""
        from reader.ui.clipboard import put

        if not put(text) and not taken:
            problem = (
                f"Not copied: {len(text):,} characters are too many for a terminal, and there is no other clipboard"
            )
            self.app.call_from_thread(self.app.say, problem, warning=True)

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

    def suspend(self) -> None:
        """Stops; the shell's `fg` goes on."""
        self.app.action_suspend_process()

    def quit(self) -> None:
        """The end."""
        self.app.exit()
