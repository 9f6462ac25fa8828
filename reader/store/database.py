"""The file, and memory in its stead for as long as the file cannot be used.

Owns what happens when the disk refuses: a damaged file is set aside and what can be read of it copied into a new one;
what cannot be written is done to a copy in memory, kept in order, and tried again until the file takes it. Refuses to
know what is remembered: a change is a function of a connection.

Invariant: a change that `write` has answered True for is in the file. One it has answered False for is seen by every
`read` of this process, and is in the file once `problem` is empty.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time as clock
from collections.abc import Callable, Hashable
from typing import Final, TypeAlias, TypeVar

from reader import sanitize
from reader.locale import _, ngettext
from reader.store import schema

_T = TypeVar("_T")
Change: TypeAlias = Callable[[sqlite3.Connection], object]
"""Done once or, after a failure, again: with the same outcome, so identities and times are fixed before."""

RETRY_WAIT_S: Final = 0.1
"""How long a further try waits for another reader that is writing."""
RETRY_INTERVAL_S: Final = 1.0
"""Least time between two tries that nobody has asked for."""


class Database:
    """One store. To be used by one thread at a time, not always the same; processes may share the file."""

    def __init__(self, path: str | None) -> None:
        """Opens the file, made with its folders where missing. `path` None: memory is all that is wanted."""
        self.path = path
        self.warnings: list[str] = []
        """What went wrong so far, a sentence each; sanitised."""
        self._reason = ""
        self._busy = False
        self._unread = False
        self._waiting: dict[Hashable, Change] = {}
        self._tried = 0.0
        self._opened_as: tuple[int, int] | None = None
        self._disk: sqlite3.Connection | None = None
        self._memory: sqlite3.Connection | None = None
        if path is None:
            self._memory = schema.in_memory()
            return
        try:
            os.makedirs(os.path.dirname(os.path.abspath(path)), mode=0o700, exist_ok=True)
            self._disk = self._opened(path)
        except (OSError, ValueError, sqlite3.Error) as error:
            self._stand_in(error)

    @property
    def in_file(self) -> bool:
        """Whether the file is in use now; false too where a busy one is waited for."""
        return self._memory is None

    @property
    def usable(self) -> bool:
        """Whether the file can be used, though it may be busy just now."""
        return self._memory is None or self._busy

    @property
    def problem(self) -> str:
        """Why something is not in the file, or not read from it; empty when all is well."""
        if self.path is None or (self._memory is None and not self._unread):
            return ""
        count = len(self._waiting)
        said = ngettext(
            "{count} change not kept yet: {file}: {reason}; it is tried again",
            "{count} changes not kept yet: {file}: {reason}; it is tried again",
            count,
        )
        said = said if count else _("What was remembered is not known yet: {file}: {reason}; it is tried again")
        return sanitize.clean_line(said.format(count=count, file=self.path, reason=self._reason))

    @property
    def unread(self) -> bool:
        """Whether what the file holds is not known."""
        return self._unread

    @property
    def refusal(self) -> str:
        """The file and why it cannot be used, for a program that does not try again; empty when all is well."""
        return sanitize.clean_line(f"{self.path}: {self._reason}") if self.problem else ""

    # ---- reading and writing ---------------------------------------------------------------------------------------

    def read(self, work: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        """What `work` returns; `otherwise` where nothing can be read."""
        for _attempt in range(2):
            db = self._now()
            try:
                found = work(db)
            except sqlite3.ProgrammingError:
                raise
            except sqlite3.Error as error:
                if db is self._memory:
                    self.warn(_("Something that was remembered cannot be read ({reason}).").format(reason=error))
                    break
                if schema.is_busy(error):
                    self._unread, self._reason = True, _("another program keeps it locked")
                    said = _("{file} is kept busy by another program: what was remembered cannot be read yet.")
                    self.warn(said.format(file=self.path))
                    break
                self._recover(error)
            else:
                self._unread = self._unread and db is self._memory
                return found
        return otherwise

    def write(self, change: Change, key: Hashable = None, *, durable: bool = False) -> bool:
        """Does a change, and says whether it is in the file.

        `key`: a later change of the same key makes an earlier one that still waits needless. `durable`: it outlives a
        crash of the machine, too, at the price of waiting for the disk.
        """
        if self._memory is None and self._written(change, durable):
            return True
        try:
            self._do(self._now(), (change,))
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.Error as error:
            self.warn(_("Something cannot be remembered ({reason}).").format(reason=error))
            return False
        if self.path is None:
            return True
        if key is not None:
            self._waiting.pop(key, None)
        self._waiting[key if key is not None else object()] = change
        return clock.monotonic() - self._tried > RETRY_INTERVAL_S and self.retry()

    def retry(self, wait_s: float | None = None) -> bool:
        """Tries to bring what waits into the file: whether all is there, and all can be read.

        `wait_s`: for another reader that is writing; `RETRY_WAIT_S` where None.
        """
        if self.path is None:
            return True
        if self._memory is None:
            return not self._unread or self.read(lambda db: bool(db.execute("SELECT 1 FROM article LIMIT 1")), False)
        wait_s = RETRY_WAIT_S if wait_s is None else wait_s
        self._tried = clock.monotonic()
        try:
            disk = self._disk or self._opened(self.path, wait_s)
        except (OSError, ValueError, sqlite3.Error) as error:
            self._reason, self._busy = _words(error), schema.is_busy(error)
            return False
        try:
            disk.execute(f"PRAGMA busy_timeout = {int(wait_s * 1000)}")
            if self._waiting:
                self._do(disk, tuple(self._waiting.values()), durable=True)
            disk.execute(f"PRAGMA busy_timeout = {int(schema.BUSY_TIMEOUT_S * 1000)}")
        except sqlite3.Error as error:
            self._reason, self._busy = _words(error), schema.is_busy(error)
            self._disk = disk
            if not self._busy:
                self._drop_disk()
            return False
        self._waiting.clear()
        self._drop_memory()
        self._disk, self._reason, self._busy, self._unread = disk, "", False, False
        return True

    def close(self) -> bool:
        """Ends it, after a last try: whether all is in the file."""
        if self._disk is None and self._memory is None:
            return not self._waiting
        kept = not self._waiting or self.retry(schema.BUSY_TIMEOUT_S)
        self._drop_disk()
        self._drop_memory()
        return kept

    def warn(self, warning: str) -> None:
        """Adds a sentence, if it has not been said."""
        warning = sanitize.clean_line(warning)
        if warning not in self.warnings:
            self.warnings.append(warning)

    # ---- inside ----------------------------------------------------------------------------------------------------

    def _written(self, change: Change, durable: bool) -> bool:
        """Whether the file took a change; where not, memory stands in for it."""
        for last in (False, True):
            try:
                if self._identity() != self._opened_as:
                    # Deleted, or set aside by another reader: what is written to it now nobody will find.
                    raise sqlite3.OperationalError(_("it has been replaced"))
                self._do(self._now(), (change,), durable=durable)
            except sqlite3.ProgrammingError:
                raise
            except sqlite3.Error as error:
                if last or schema.is_busy(error):
                    self._stand_in(error)
                else:
                    self._recover(error)
                if self._memory is not None:
                    break
            else:
                return True
        self._tried = clock.monotonic()
        return False

    def _now(self) -> sqlite3.Connection:
        db = self._memory or self._disk
        if db is None:
            raise sqlite3.ProgrammingError("the store is closed")
        return db

    def _drop_disk(self) -> None:
        if self._disk is not None:
            with contextlib.suppress(sqlite3.Error):
                self._disk.close()
            self._disk = None

    def _drop_memory(self) -> None:
        if self._memory is not None:
            self._memory.close()
            self._memory = None

    @staticmethod
    def _do(db: sqlite3.Connection, changes: tuple[Change, ...], *, durable: bool = False) -> None:
        """All of them or none."""
        db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        with schema.transaction(db):
            for change in changes:
                change(db)

    def _opened(self, path: str, wait_s: float | None = None) -> sqlite3.Connection:
        """A connection to the file, or to a new one where it was damaged. Raises sqlite3.Error and OSError."""
        damaged = self._identity()
        try:
            made = schema.connected(path, wait_s)
        except sqlite3.Error as error:
            if not schema.is_damaged(error):
                raise
            self._set_aside(path, damaged)
            made = schema.connected(path, wait_s)
        self._opened_as = self._identity()
        return made

    def _identity(self) -> tuple[int, int] | None:
        """Which file is there now; None where there is none."""
        try:
            found = os.stat(self.path or "")
        except (OSError, ValueError):
            return None
        return found.st_dev, found.st_ino

    def _recover(self, error: sqlite3.Error) -> None:
        """The file is opened anew after `error`; memory stands in for it where that fails."""
        assert self.path is not None
        self._drop_disk()
        try:
            self._disk = self._opened(self.path)
        except (OSError, sqlite3.Error) as further:
            self._stand_in(further)

    def _set_aside(self, path: str, damaged: tuple[int, int] | None) -> None:
        """Puts a new file, with what can be read of the damaged one, in its place; that is kept under another name."""
        aside = f"{path}.damaged-{clock.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}"
        new = f"{path}.new-{os.getpid()}"
        saved = 0
        with contextlib.closing(schema.connected(new)) as made:
            for options in ("mode=ro", "mode=ro&immutable=1"):
                with (
                    contextlib.suppress(OSError, sqlite3.Error),
                    contextlib.closing(schema.read_only(path, options, RETRY_WAIT_S)) as old,
                ):
                    saved = saved or schema.salvage(old, made)
        try:
            if self._identity() != damaged:
                return  # another reader was quicker
            # The journal first: one left behind would be played into the new file.
            for suffix in ("-wal", "-shm", ""):
                with contextlib.suppress(FileNotFoundError):
                    os.replace(path + suffix, aside + suffix)
            try:
                os.link(new, path)  # which does not replace what another reader has made meanwhile
            except OSError:
                if not os.path.exists(path):  # a file system without links
                    os.replace(new, path)
        finally:
            for suffix in ("-wal", "-shm", ""):
                with contextlib.suppress(OSError):
                    os.unlink(new + suffix)
        said = ngettext(
            "The store was damaged and has been set aside as {file}; "
            "{count} entry that could still be read was taken over.",
            "The store was damaged and has been set aside as {file}; "
            "{count} entries that could still be read were taken over.",
            saved,
        )
        said = said if saved else _("The store was damaged and has been set aside as {file}; a new one was begun.")
        self.warn(said.format(file=aside, count=saved))

    def _stand_in(self, error: Exception) -> None:
        """Memory stands in for the file from now on, with what the file holds where that can be read."""
        assert self.path is not None
        self._reason, self._busy = _words(error), schema.is_busy(error)
        if self._busy:
            said = _("Another reader keeps {file} busy; changes are kept in memory until it takes them.")
            self.warn(said.format(file=self.path))
        else:
            said = _(
                "Places, bookmarks and notes of this run will not be kept while {file} cannot be used "
                "({reason}); it is tried again."
            )
            self.warn(said.format(file=self.path, reason=self._reason))
        if self._disk is not None:
            with contextlib.suppress(sqlite3.Error):
                self._memory = schema.copy_in_memory(self._disk, RETRY_WAIT_S)
            if not self._busy:
                self._drop_disk()
        # immutable: with no journal beside it, a file in a folder that cannot be written opens only so
        for options in ("mode=ro",) if self._busy else ("mode=ro", "mode=ro&immutable=1"):
            if self._memory is None and os.path.isfile(self.path):
                with (
                    contextlib.suppress(OSError, ValueError, sqlite3.Error),
                    contextlib.closing(schema.read_only(self.path, options, RETRY_WAIT_S)) as old,
                ):
                    self._memory = schema.copy_in_memory(old, RETRY_WAIT_S)
        if self._memory is None:
            self._unread = os.path.isfile(self.path)
            self._memory = schema.in_memory()


def _words(error: Exception) -> str:
    if schema.is_busy(error):
        return _("another program keeps it locked")
    return str(getattr(error, "strerror", None) or error)
