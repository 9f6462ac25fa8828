"""An article read and parsed by a second process, so that the screen never waits for it.

Owns the process, and the frames that cross the pipe: what is new of each growing `Document`, pickled. The parser is
pure Python; a thread of it would hold the interpreter against every key, and importing it would make the first screen
late. A process uses the second core for both, keeps its memory to itself and can be ended at any moment, whatever it
is doing to a hostile article. Refuses to show anything: the app's worker iterates, the event loop draws.

Invariant: the documents that come out are those `load` yields in one process, in the same order; if the process dies,
the last of them is complete as it stands and says so.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reader.loading.frames import Findings, Growth, Opened, Order, cut_short, grown
from reader.loading.process import start, take_ahead
from reader.locale import _
from reader.source import descriptor

if TYPE_CHECKING:
    from reader.document import Document


class FeedError(Exception):
    """The article cannot be read; the message is the one line to print."""


class Feed:
    """One article on its way from the second process."""

    def __init__(self, order: Order) -> None:
        """Starts the process, or takes the one that was started ahead; nothing waits for it yet."""
        self.order = order
        said = json.dumps(order)
        pipe = descriptor(order.target)
        self._process = (take_ahead(said) if pipe is None else None) or start(said, pipe)
        self._document: Document | None = None
        self._found = Findings()
        self._asked = self._ended = False
        self._opening = threading.Lock()
        self._opened: Opened | FeedError | None = None

    def opens_within(self, seconds: float) -> bool:
        """Waits so long for what `open` waits for; whether it is there, be it an error."""
        waiting = threading.Thread(target=self._try_to_open, daemon=True)
        waiting.start()
        waiting.join(seconds)
        return self._opened is not None

    def open(self) -> Opened:
        """Waits for the source, the settings and the first piece; from any thread. Raises `FeedError`."""
        opened = self._try_to_open()
        if isinstance(opened, FeedError):
            raise opened
        return opened

    def _try_to_open(self) -> Opened | FeedError:
        with self._opening:
            if self._opened is None:
                try:
                    self._opened = self._open()
                except FeedError as problem:
                    self._opened = problem
            return self._opened

    def _open(self) -> Opened:
        first = self._receive()
        if not isinstance(first, tuple):
            raise FeedError(first or _("the article could not be parsed: the parser's process ended"))
        source, settings, problems, place, preferences = first
        document = next(self._items())
        assert not isinstance(document, Findings)  # even of an article that is cut short at once
        return Opened(source, settings, problems, document, place, preferences)

    def rest(self) -> Iterator[Document | Findings]:
        """The documents that follow, and their claims; blocks between two, so iterate in a worker. Until the first is
        asked for the process rests: the first screen has the machine to itself."""
        if self._process.stdin is not None and not self._asked:
            self._asked = True
            with contextlib.suppress(OSError, ValueError):  # it has ended, or was ended
                self._process.stdin.write(b"\n")
                self._process.stdin.flush()
        yield from self._items()

    def _items(self) -> Iterator[Document | Findings]:
        while not self._ended:
            frame = self._receive()
            if isinstance(frame, Growth):
                self._document = grown(self._document, frame)
                yield self._document
            elif isinstance(frame, Findings):
                # a frame holds the pieces from the last one of the frame before, and the new claims of the author's
                pieces, authors = self._found.pieces[:-1] + frame.pieces, self._found.authors + frame.authors
                self._found = frame._replace(pieces=pieces, authors=authors)
                self._ended = frame.complete
                yield self._found
            else:
                self._ended = True
                if self._document is None or not self._document.complete:
                    self._document = cut_short(self._document)
                    yield self._document

    @property
    def from_pipe(self) -> bool:
        """Whether the article comes by a pipe, or whatever else is open already."""
        return descriptor(self.order.target) is not None

    def end_pipe(self) -> None:
        """Ends the pipe that an article comes by: it is complete with what has come, and its producer ends as well."""
        number = descriptor(self.order.target)
        if number:
            nothing = os.open(os.devnull, os.O_RDONLY)
            os.dup2(nothing, number)
            os.close(nothing)
        with contextlib.suppress(OSError):
            self._process.terminate()

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _receive(self) -> Any:
        import pickle

        assert self._process.stdout is not None
        try:
            return pickle.load(self._process.stdout)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            return None
