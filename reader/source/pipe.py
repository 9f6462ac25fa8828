"""Text from a pipe as it comes: `git log | reader`, `(slow producer) | reader`, `tail -f x.log | reader`.

Owns the reading of a pipe by a thread (no system call waits for bytes with a time limit on every platform), the
decoding of what has come so far, and the moments at which it is handed on: at once where the pipe is slow, in large
parts where it is fast. Refuses to hold bytes back for a better guess: the encoding is judged by the first of them that
are not ASCII, and stays.

Invariant: the parts joined are a text that `read` could have given for the same bytes, line ends and all; where the
encodings differ, it is because `read` has seen more before it judged.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reader.locale import _
from reader.source.decode import decode, replaced
from reader.source.files import over_limit
from reader.source.kind import Kind, kind_of
from reader.source.names import shown_path
from reader.source.reading import DEFAULT_LIMIT, hasher
from reader.source.value import Source, SourceError, fail

PAUSE_S: Final = 0.1
"""A pipe from which nothing has come for so long is said to pause."""
_INTERVAL_S: Final = 0.1
"""At least between two parts; what comes meanwhile is one."""
_INTERVAL_S_A_CHARACTER: Final = 2e-8
"""More for a long text: each part costs whoever shows it a copy of all."""
_CHUNK_BYTES: Final = 1 << 16
_CHUNKS: Final = 64
"""Chunks that wait to be taken; a producer that is faster waits as well."""
_FIRST_BYTES: Final = 4096
"""Enough to judge kind and encoding by."""
_MARK_BYTES: Final = 4
"""Of the longest byte order mark."""
_JUDGED_BYTES: Final = 256
"""So many from the first that is not UTF-8 on are waited for, to judge the encoding by."""
_SETTLE_S: Final = 0.05
"""So long the next of the first bytes are waited for."""
_WHOLE_S: Final = 0.25
"""So long, at the most, what comes without a pause is waited for to come to its end."""


class Pipe:
    """A pipe that is being read."""

    def __init__(
        self, target: str, *, encoding: str | None = None, limit: int = DEFAULT_LIMIT, kind: Kind | None = None
    ) -> None:
        """The pipe that `target` names (see `descriptor`), once its first text has come or it has ended.

        `encoding` and `kind` override what the first text says; `limit` is in bytes: what comes after it is not read,
        and a warning says so. Raises `SourceError` where it cannot be read or holds no text.
        """
        self._limit = limit
        self._chunks: queue.Queue[bytes | OSError] = queue.Queue(_CHUNKS)
        self._hash = hasher()
        self._size = self._length = 0
        self._ended = self._stopped = False
        self._told = 0.0
        name = "stdin" if target == "-" else shown_path(target)
        self._decoder = Decoder(name, encoding)
        self._warnings: list[str] = []
        self._origin = name
        try:
            # A path, since the number may be taken by another file in the process that reads.
            pipe = os.dup(0) if target == "-" else os.open(target, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        except OSError as error:
            if error.errno == errno.EBADF:
                fail(name, _("it is closed"), _("pipe an article in: `command | reader -`"))
            raise SourceError(name, (error.strerror or _("it cannot be read")).lower()) from error
        threading.Thread(target=self._read, args=(pipe,), daemon=True).start()
        text = self._first()
        kind = kind or kind_of(text, None)
        if kind in ("markdown", "html") and not self._ended:
            # Of these the end may say what the beginning means: what comes at once is better read as a whole.
            text += self._first(_WHOLE_S)
        self.source = Source(text, name, None, None, self._decoder.encoding, "", kind=kind)
        """What had come when it was opened. With a digest and warnings once it is at its end."""
        if self._ended:
            self._finish()

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self._ended

    def end(self) -> None:
        """Takes what has come for all there is, and lets go of the pipe, so that its producer ends as well: it is told
        so when it writes. From any thread, or from the handler of a signal."""
        self._stopped = True
        with contextlib.suppress(queue.Full):  # whoever waits is not waiting then
            self._chunks.put_nowait(b"")

    def rest(self) -> Iterator[str]:
        """The parts that follow, as they come. An empty one says that the pipe pauses, or has ended."""
        paused = False
        while not self._ended:
            text = self._part(wait=None if paused else PAUSE_S)
            paused = not text
            if self._ended:
                self._finish()
            yield text

    def _finish(self) -> None:
        if not self._size:
            self._warnings.append(_("The file is empty."))
        self.source = replace(
            self.source,
            encoding=self._decoder.encoding,
            digest=self._hash.hexdigest(),
            warnings=(*self._warnings, *self._decoder.warnings),
        )

    def _read(self, pipe: int) -> None:
        """Runs in a thread, and ends with the pipe or the process."""
        try:
            while not self._stopped and (chunk := os.read(pipe, _CHUNK_BYTES)) and not self._stopped:
                self._chunks.put(chunk)
            self._chunks.put(b"")
        except OSError as error:
            self._chunks.put(error)
        finally:
            os.close(pipe)

    def _first(self, seconds: float = 0.0) -> str:
        """What comes until there is enough to judge by, and besides until it pauses or `seconds` are over."""
        begun = time.monotonic()
        text = ""
        size = 0
        while not self._ended:
            data = self._taken(_SETTLE_S if text or seconds else None)
            size += len(data)
            text += self._decoded(data)
            if not data or (text and size >= _FIRST_BYTES and time.monotonic() - begun >= seconds):
                break
        self._told = time.monotonic()
        return text

    def _part(self, wait: float | None) -> str:
        """What comes until the interval is over; nothing where nothing comes for `wait` seconds (None: ever)."""
        data = self._taken(wait)
        if data:
            end = self._told + _INTERVAL_S + _INTERVAL_S_A_CHARACTER * self._length
            parts = [data]
            while not self._ended and (left := end - time.monotonic()) > 0:
                parts.append(self._taken(left))
            while not self._ended and not self._chunks.empty() and len(parts) < _CHUNKS:
                parts.append(self._taken(0))
            data = b"".join(parts)
        self._told = time.monotonic()
        return self._decoded(data)

    def _taken(self, wait: float | None) -> bytes:
        """The next chunk; empty where none comes in time or none is left."""
        try:
            chunk = self._chunks.get(timeout=wait) if wait != 0 else self._chunks.get_nowait()
        except queue.Empty:
            return b""
        if self._stopped:
            chunk = b""
        if isinstance(chunk, OSError):
            problem = (chunk.strerror or _("no reason given")).lower()
            if not self._size:
                raise SourceError(self._origin, problem) from chunk
            self._warnings.append(_("The rest could not be read ({reason}).").format(reason=problem))
            chunk = b""
        if self._size + len(chunk) > self._limit:
            said = _("What follows is not shown: {problem}.")
            self._warnings.append(said.format(problem=over_limit(self._origin, self._limit)))
            chunk = chunk[: self._limit - self._size]
            self._ended = True
        self._ended = self._ended or not chunk
        self._size += len(chunk)
        self._hash.update(chunk)
        return chunk

    def _decoded(self, data: bytes) -> str:
        text = self._decoder.decode(data, final=self._ended)
        self._length += len(text)
        return text


class Decoder:
    """Bytes that come in parts to text whose lines end in "\n". What is ASCII or UTF-8 is text at once."""

    def __init__(self, origin: str, encoding: str | None) -> None:
        self.encoding = "utf-8"
        """Python's name of the codec, as far as it is known."""
        self._origin = origin
        self._named = encoding
        self._decoder: codecs.IncrementalDecoder | None = None
        self._sure = False
        """Whether the codec is to stay: UTF-8 is given up for another at the first byte that is none, if all before it
        was ASCII."""
        self._lines = io.IncrementalNewlineDecoder(None, translate=True)
        self._held = b""
        """Too little to judge by."""
        self._ascii = True
        self._shown = False
        self._replaced = 0

    @property
    def warnings(self) -> tuple[str, ...]:
        """What could not be decoded."""
        return (replaced(self._replaced, self.encoding),) if self._replaced else ()

    def decode(self, data: bytes, *, final: bool = False) -> str:
        """The text of the bytes that are certain so far. Raises `SourceError` for what is no text, before any other."""
        data, self._held = self._held + data, b""
        if self._decoder is None:
            if len(data) < _MARK_BYTES and not final:
                self._held = data
                return ""
            self._judge(data)
        text = self._lines.decode(self._text(data, final), final=final)
        if text and not self._shown:
            self._shown = True
            text = text.removeprefix("\ufeff")
        return text

    def _judge(self, data: bytes, *, again: bool = False) -> None:
        """Chooses the codec by bytes at which nothing is known yet, for good the second time."""
        try:
            decoder = codecs.getincrementaldecoder("utf-8")()
            decoder.decode(data)
            cut = len(decoder.getstate()[0])  # a character that is not all there yet
        except UnicodeDecodeError:
            cut = 0
        try:
            _, self.encoding = decode(data[: len(data) - cut], self._origin, self._named, [])
        except SourceError:
            if not self._shown:
                raise
            self.encoding = "utf-8"
        self._sure = again or self._named is not None or self.encoding != "utf-8"
        self._decoder = codecs.getincrementaldecoder(self.encoding)("replace" if self._sure else "strict")

    def _text(self, data: bytes, final: bool) -> str:
        assert self._decoder is not None
        if self._sure:
            text = self._decoder.decode(data, final)
            self._replaced += text.count("\ufffd")
            return text
        kept = self._decoder.getstate()[0]
        try:
            text = self._decoder.decode(data, final)
            self._ascii = self._ascii and text.isascii()
            return text
        except UnicodeDecodeError as error:
            data = kept + data
            text, data = data[: error.start].decode(), data[error.start :]
        self._ascii = self._ascii and text.isascii()
        self._shown = self._shown or bool(text)
        if not self._ascii:
            self._sure = True
            self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        elif len(data) < _JUDGED_BYTES and not final:
            self._held = data
            self._decoder.reset()
            return text
        else:
            self._judge(data, again=True)
        return text + self._text(data, final)
