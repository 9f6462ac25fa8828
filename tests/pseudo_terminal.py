"""A terminal to run a full-screen program in: what it wrote, byte for byte, and what a person would see.

Owns the pseudo-terminal, the answers a real terminal gives to queries, and the moment each piece of output came.
Refuses to know the program. The benchmarks and the terminal tests both use it; it needs `pyte` alone.

Tests wait for conditions, never for a time: `expect` for what is to come, `rest` for a program that has done all it has
to do, `ends` for its end. A machine that does much else makes them slower and changes no result.

Invariant: times are taken when bytes are read, before they are interpreted: a slow emulator costs the program nothing.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pyte

ANSWERS = (
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\]10;\?"), b"\x1b]10;rgb:eeee/eeee/eeee\x1b\\"),
    (re.compile(rb"\x1b\]11;\?"), b"\x1b]11;rgb:1111/1111/1111\x1b\\"),
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[\?2048\$p"), b"\x1b[?2048;0$y"),
)
"""What a terminal with synchronised output, and without in-band resize reports, answers to each query."""

# What pyte would print or choke on: private CSI, mode queries, and strings other than OSC.
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$p|\x1b[P_^X].*?\x1b\\", re.DOTALL)


PATIENCE_S = 120.0
"""How long a test waits for what has to come; what comes is not late by it."""
REST_S = 0.05
"""How long a program sleeps and writes nothing before it is taken to be at rest: longer than Textual holds back a
repaint (1/60 s). For a lone Esc see `ESCAPE_REST_S`."""
_LOOK_S = 0.01
"""How often it is looked whether it is at rest."""
ESCAPE_REST_S = 0.2
"""The same after a lone Esc: Textual waits 0.1 s for the rest of a sequence."""


class Terminal:
    """One program in a pseudo-terminal of its own. Use as a context manager; leaving it ends the program.

    `measuring`: its memory is looked at now and then, which costs it and us some time; see `peak_mib`.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        cwd: str | Path | None = None,
        answering: bool = True,
        measuring: bool = False,
    ) -> None:
        self.raw = bytearray()
        """All the program wrote so far."""
        self.last = 0.0
        """When the last of it came, on `time.perf_counter`."""
        self.alive = True
        self.exit_code: int | None = None
        self.columns, self.rows = columns, rows
        self._measuring = measuring
        self._peak_kib = 0
        self._largest_kib = 0
        self._sampled = 0.0
        self._answering = answering
        self._emulator = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._emulator)
        self._unread: list[bytes] = []
        """What the program wrote, as it came, that no one has looked at on the screen yet."""
        inherited = {key: value for key, value in os.environ.items() if key not in _NOT_INHERITED}
        surroundings = {**inherited, **TERMINAL_ENV, **(env or {})}
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            try:
                for ignored in (signal.SIGINT, signal.SIGHUP):  # as where the tests run in the background, or by nohup
                    signal.signal(ignored, signal.SIG_DFL)
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                if cwd is not None:
                    os.chdir(cwd)
                os.execvpe(command[0], list(command), surroundings)
            finally:
                os._exit(127)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def pump(self, wait: float) -> bool:
        """Read what the program writes within `wait` seconds; whether there was anything."""
        if self._measuring and time.perf_counter() - self._sampled > 0.2:
            self._sample_memory()
        if not self.alive or not select.select([self._fd], [], [], max(0.0, wait))[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            data = b""
        if not data:
            self.alive = False
            return False
        self.last = time.perf_counter()
        self.raw += data
        if self._answering:
            for query, answer in ANSWERS:
                for _ in query.findall(data):
                    self.send(answer)
        self._unread.append(data)
        return True

    @property
    def screen(self) -> pyte.Screen:
        """What a person would see. It is made when it is asked for: most of what a test reads is not looked at."""
        unread, self._unread = self._unread, []
        for data in unread:
            with contextlib.suppress(Exception):  # an emulator that stumbles is no fault of the program
                self._stream.feed(_NOT_FOR_PYTE.sub(b"", data))
        return self._emulator

    def write_over(self, data: bytes) -> None:
        """Puts on the screen what another program writes to this terminal."""
        self._unread.append(data)

    def record(self, quiet: float, limit: float = 30.0) -> list[tuple[float, bytes]]:
        """Read until nothing has come for `quiet` seconds: what came, and when. None of it is on the screen, which
        takes longer than reading: `write_over` puts it there."""
        before, self._unread = self._unread, []
        came: list[tuple[float, bytes]] = []
        end = time.perf_counter() + limit
        with self.undisturbed():
            while time.perf_counter() < end and self.pump(quiet):
                came.append((self.last, self._unread.pop()))
        self._unread = before
        return came

    @contextlib.contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Meanwhile its memory is not looked at, which takes as long as a key, and holds the program up."""
        measuring, self._measuring = self._measuring, False
        try:
            yield
        finally:
            self._measuring = measuring

    def drain(self, quiet: float, limit: float = 30.0) -> None:
        """Read until nothing has come for `quiet` seconds, or `limit` seconds have passed."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and self.pump(quiet):
            pass

    def send(self, keys: bytes | str) -> None:
        """Type `keys`."""
        with contextlib.suppress(OSError):
            os.write(self._fd, keys.encode() if isinstance(keys, str) else keys)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window and tell the program."""
        self.columns, self.rows = columns, rows
        self.screen.resize(rows, columns)
        with contextlib.suppress(OSError):
            fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.kill(self.pid, signal.SIGWINCH)

    def lines(self) -> list[str]:
        """The screen, a string a row; a wide character is one character."""
        buffer, columns = self.screen.buffer, range(self.columns)
        return ["".join(buffer[row][column].data for column in columns) for row in range(self.rows)]

    def text(self) -> str:
        """The screen as one string."""
        return "\n".join(self.lines())

    def looks(self) -> dict[tuple[int, int], tuple[object, ...]]:
        """Character and style of every cell."""
        buffer = self.screen.buffer
        return {(row, column): buffer[row][column] for row in range(self.rows) for column in range(self.columns)}

    def wait_for(self, text: str, timeout: float) -> float | None:
        """When `text` came to stand on the screen, on `time.perf_counter`; None: not within `timeout` seconds."""
        end = time.perf_counter() + timeout
        while time.perf_counter() < end and self.alive:
            if self.pump(0.02):
                while self.pump(0):
                    pass
                if text in self.text():
                    return self.last
        return None

    def expect(self, what: str | Callable[[], object], limit: float = PATIENCE_S) -> None:
        """Read until the screen shows a text, or a condition holds; AssertionError with the screen if it never does."""
        end = time.perf_counter() + limit
        while not (what in self.text() if isinstance(what, str) else what()):
            assert self.alive, f"the program has ended, and never came: {what}\n{self.text()}"
            assert time.perf_counter() < end, f"never came: {what}\n{self.text()}"
            if self.pump(0.02):
                while self.pump(0):
                    pass

    def rest(self, quiet: float = REST_S, limit: float = PATIENCE_S, *, reading: bool = True) -> None:
        """Read until the program and its children have slept and written nothing for `quiet` seconds.

        A process that waits for the processor does not sleep, so a busy machine makes no difference. Where the system
        does not say who sleeps, it is ten times as long a silence. Not `reading`: as a terminal that takes nothing.
        """
        end = time.perf_counter() + limit
        if not Path("/proc/self/stat").exists():
            quiet *= 10
        since = time.perf_counter()
        while self.alive and time.perf_counter() < since + quiet:
            assert time.perf_counter() < end, f"the program does not come to rest\n{self.text()}"
            if reading and self.pump(_LOOK_S):
                while self.pump(0):
                    pass
                since = time.perf_counter()
            elif not reading:
                time.sleep(_LOOK_S)
            if self._is_busy():
                since = time.perf_counter()

    def press(self, *keys: str) -> None:
        """Type keys one after the other, each when the program has done what there was to do for the one before."""
        for key in keys:
            self.send(key)
            self.rest(ESCAPE_REST_S if key.endswith("\x1b") else REST_S)

    def ends(self, limit: float = PATIENCE_S) -> int:
        """The exit code; AssertionError with the screen if the program goes on."""
        code = self.wait_for_exit(limit)
        assert code is not None, f"the program goes on\n{self.text()}"
        return code

    def _is_busy(self) -> bool:
        """Whether a thread of the program or of its children has something to do."""
        for pid in self._family():
            for task in _tasks(pid):
                with contextlib.suppress(OSError), open(f"{task}/stat", "rb") as stat:
                    if stat.read().rpartition(b")")[2].split(maxsplit=1)[0] in b"RD":
                        return True
        return False

    def wait_for_exit(self, timeout: float) -> int | None:
        """The exit code; None if the program still runs after `timeout` seconds."""
        end = time.perf_counter() + timeout
        while self.exit_code is None and time.perf_counter() < end:
            self.pump(0.01 if self.alive else 0)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                while self.pump(0):
                    pass
                self.exit_code = os.waitstatus_to_exitcode(status)
            elif not self.alive:
                time.sleep(0.005)
        return self.exit_code

    def cpu_seconds(self) -> float:
        """Processor time the program and its children have used so far; 0 where the system does not say."""
        ticks = 0
        for pid in self._family():
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += sum(map(int, fields[11:15]))  # own and, of children that have ended, theirs
        return ticks / os.sysconf("SC_CLK_TCK")

    def peak_mib(self) -> float:
        """Peak resident memory of the program and its children together, in MiB; 0 where the system does not say.

        Pages that processes share are counted once (PSS). Together they are sampled while output is read; of the
        largest process alone the system knows the peak.
        """
        self._sample_memory()
        return self._peak_kib / 1024

    def largest_peak_mib(self) -> float:
        """Peak resident memory of the largest process alone, as `../shared/tools/tuibench.py` says it, in MiB."""
        self._sample_memory()
        return self._largest_kib / 1024

    def _sample_memory(self) -> None:
        self._sampled = time.perf_counter()
        family = self._family()
        together = sum(self._kib(pid, "smaps_rollup", "Pss:") for pid in family)
        self._largest_kib = max(self._largest_kib, *(self._kib(pid, "status", "VmHWM:") for pid in family))
        self._peak_kib = max(self._peak_kib, together, self._largest_kib)

    @staticmethod
    def _kib(pid: int, file: str, field: str) -> int:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
                if line.startswith(field):
                    return int(line.split()[1])
        return 0

    def _family(self) -> list[int]:
        family = [self.pid]
        for pid in family:
            for task in _tasks(pid):
                with contextlib.suppress(OSError), open(f"{task}/children", "rb") as children:
                    family += map(int, children.read().split())
        return family

    def hang_up(self) -> None:
        """Take the terminal away, as closing its window does; the program may live on."""
        os.close(self._fd)
        self.alive = False

    def close(self) -> None:
        """End the program, if it has not ended by itself."""
        if self.exit_code is None:
            with contextlib.suppress(OSError):
                os.kill(self.pid, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(self.pid, 0)
            self.exit_code = -signal.SIGKILL
        with contextlib.suppress(OSError):
            os.close(self._fd)
        self.alive = False


def _tasks(pid: int) -> list[str]:
    """The folders of the threads of a process; none where it has ended, or the system does not say."""
    try:
        return [f"/proc/{pid}/task/{task}" for task in os.listdir(f"/proc/{pid}/task")]
    except OSError:
        return []


TERMINAL_ENV = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TEXTUAL_ANIMATIONS": "none",
}
"""What every program is started with, beside what we have ourselves."""
_NOT_INHERITED = ("COLUMNS", "LINES")
"""The size of another terminal, which Textual believes; pytest-xdist sets it for its workers."""
