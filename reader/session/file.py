"""The file behind the article: reading it again, and watching it for changes.

Watching is a look at the file's size and time of change twice a second, by a thread. A notifier such as watchfiles
would need a package, watches a folder where a file is meant (editors replace the file they save), and on network
folders falls back to looking by itself; for one file, looking is the whole solution.
"""

from __future__ import annotations

import os
import threading
from functools import partial

from reader.locale import _
from reader.session.changes import Topic
from reader.session.opening import Opening
from reader.session.reading import Reading

LOOK_INTERVAL_S = 0.5


class File:
    """The open article's file."""

    def __init__(self, reading: Reading, opening: Opening, watching: bool) -> None:
        self.reading = reading
        self.opening = opening
        self.watching = watching
        self._stop = threading.Event()
        self._asked = False
        """Whether a person asked for it to be read again."""
        self._seen: tuple[str, tuple[int, ...] | None] | None = None
        """The file that was looked at last, and its stamp when it was read."""
        opening.read_again = self._read_again
        opening.kept = self._kept
        reading.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "article":
            self._stop.set()

    def path(self) -> str | None:
        """The file; None, said, where the article did not come from one."""
        path = self.reading.article.source.path
        if path is None:
            self.reading.say(_("This article did not come from a file"), warning=True)
        return path

    def reload(self) -> None:
        """Reads the file again, or fetches the page; the page on the screen stays where it is in the text."""
        if self.reading.article.source.url is not None or self.path() is not None:
            self._asked = True
            self.opening.again()

    def watch(self) -> None:
        """Reads the file again whenever it changes, or no longer."""
        if self.path() is not None:
            self.watching = not self.watching
            self.begin()
            self.reading.say(_("Watching the file") if self.watching else _("No longer watching the file"))

    def begin(self) -> None:
        """Looks at the file from now on, if it is to be watched."""
        self._stop.set()
        path = self.reading.article.source.path
        if self.watching and path is not None:
            self._stop = threading.Event()
            self.reading.background.run(partial(self._look, path, self._stop), group="watch")

    def _look(self, path: str, stop: threading.Event) -> None:
        """Runs in a thread."""
        now = stamp(path)
        seen = self._seen[1] if self._seen is not None and self._seen[0] == path else now
        while not stop.wait(LOOK_INTERVAL_S) and self.reading.background.running:
            last, now = now, stamp(path)
            # one that is still being written is left alone until it rests
            if now != seen and now == last:
                seen = now
                self._seen = (path, seen)
                self.reading.background.tell(self._file_changed, stop, now is None)

    def _file_changed(self, stop: threading.Event, gone: bool) -> None:
        if stop.is_set():
            return
        if gone:
            self.reading.say(_("The file is gone; its text stays here until you leave"), warning=True)
        else:
            self.opening.again()

    def _read_again(self) -> None:
        self._asked = False
        web = self.reading.article.source.url is not None
        self.reading.say(_("Fetched again: the page has changed") if web else _("Read again: the file has changed"))

    def _kept(self, problem: str) -> None:
        """The article on the screen is still the one there was."""
        if problem:
            self.reading.say(_("Not read again: {problem}").format(problem=problem), warning=True)
        elif self._asked:
            web = self.reading.article.source.url is not None
            self.reading.say(_("The page has not changed") if web else _("The file has not changed"))
        self._asked = False


def stamp(path: str) -> tuple[int, ...] | None:
    """What changes when a file is changed; None where it is gone."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
