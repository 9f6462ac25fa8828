"""The file behind the article: reading it again when it changes, and editing it.

Watching is a look at the file's size and time of change twice a second, by a thread. A notifier such as watchfiles
would need a package, watches a folder where a file is meant (editors replace the file they save), and on network
folders falls back to looking by itself; for one file, looking is the whole solution.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from reader.ui.parts.part import Part

if TYPE_CHECKING:
    from reader.ui.app import ReaderApp

_EVERY = 0.5
"""Seconds between two looks."""


class Filing(Part):
    """The open article's file."""

    def __init__(self, app: ReaderApp, watching: bool) -> None:
        super().__init__(app)
        self.watching = watching
        self._stop = threading.Event()
        self._asked = False
        self._seen: tuple[str, tuple[int, ...] | None] | None = None
        """The file that was looked at last, and how it was when it was read."""

    # ---- actions -----------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Reads the file again; the eye stays where it is in the text."""
        if self.app.source.path is None:
            self.app.say("This did not come from a file", warning=True)
            return
        self._asked = True
        self.app.opening.again()

    def watch(self) -> None:
        """Reads the file again whenever it changes, or no longer."""
        if self.app.source.path is None:
            self.app.say("This did not come from a file", warning=True)
            return
        self.watching = not self.watching
        self.begin()
        self.app.say("Watching the file: a change shows by itself" if self.watching else "No longer watching the file")

    def edit(self) -> None:
        """Opens the editor at the source line under the eye, and reads the file again after."""
        from textual.app import SuspendNotSupported

        from reader.settings import editor
        from reader.ui.editor import command, run

        path, document = self.app.source.path, self.app.session.document
        if path is None:
            self.app.say("This did not come from a file", warning=True)
            return
        block = document.blocks[document.block_index(self.app.article.eye)] if document.blocks else None
        words = command(editor(), path, block.line + 1 if block is not None else 1)
        try:
            with self.app.suspend():
                problem = run(words)
        except SuspendNotSupported:
            problem = "This terminal cannot be handed to an editor"
        self.app.refresh(layout=True)
        if problem:
            self.app.say(problem, warning=True)
        else:
            self.app.opening.again()

    # ---- what happens by itself --------------------------------------------------------------------------------------

    def forget(self) -> None:
        self._stop.set()

    def begin(self) -> None:
        """Looks at the file from now on, if it is to be watched."""
        self._stop.set()
        path = self.app.source.path
        if self.watching and path is not None:
            self._stop = threading.Event()
            self.app.run_worker(
                lambda stop=self._stop: self._look(path, stop), thread=True, group="watch", exit_on_error=False
            )

    def _look(self, path: str, stop: threading.Event) -> None:
        now = stamp(path)
        seen = self._seen[1] if self._seen is not None and self._seen[0] == path else now
        while not stop.wait(_EVERY) and self.app.is_running:
            last, now = now, stamp(path)
            # one that is still being written is left alone until it rests
            if now != seen and now == last:
                seen = now
                self._seen = (path, seen)
                self.app.call_from_thread(self._changed, stop, now is None)

    def _changed(self, stop: threading.Event, gone: bool) -> None:
        if stop.is_set():
            return
        if gone:
            self.app.say("The file is gone; its text stays here until you leave", warning=True)
        else:
            self.app.opening.again()

    def read_again(self) -> None:
        """The article on the screen is the new one."""
        self._asked = False
        self.app.say("Read again: the file has changed")

    def kept(self, problem: str) -> None:
        """The article on the screen is still the one there was."""
        if problem:
            self.app.say(f"Not read again: {problem}", warning=True)
        elif self._asked:
            self.app.say("The file has not changed")
        self._asked = False


def stamp(path: str) -> tuple[int, ...] | None:
    """What changes when a file is changed; None where it is gone."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
