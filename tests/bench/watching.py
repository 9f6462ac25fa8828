"""Times of a program on a terminal, taken from outside.

A key's time runs from writing the key to the last byte of the first repaint that changed the page, where cells that
change by themselves (progress, counts) do not count. A program has settled when it hardly uses the processor any more.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.bench.table import Seconds
from tests.pseudo_terminal import Terminal

Cells = frozenset[tuple[int, int]]

WAIT_S = 120.0
"""How long to wait for something big; a key gets `KEY_WAIT_S`."""
KEY_WAIT_S = 3.0
_FRAME_END = b"\x1b[?2026l"


def when(terminal: Terminal, condition: Callable[[], object], limit: float = WAIT_S) -> Seconds:
    """When the output came that made a condition hold, on `time.perf_counter`; None: not within `limit` seconds."""
    end = time.perf_counter() + limit
    while time.perf_counter() < end and terminal.alive:
        if terminal.pump(0.01):
            while terminal.pump(0):
                pass
            if condition():
                return terminal.last
    return None


def drawn(terminal: Terminal, text: str, limit: float = WAIT_S) -> Seconds:
    """When the first repaint with a text in it came, on `time.perf_counter`; it is not looked at, only read."""
    end, wanted = time.perf_counter() + limit, text.encode()
    while time.perf_counter() < end and terminal.alive:
        if terminal.pump(0.01) and wanted in terminal.raw and terminal.raw.endswith(_FRAME_END):
            return terminal.last
    return None


def answer(terminal: Terminal, keys: str, condition: Callable[[], object], quiet: float = 0.5) -> Seconds:
    """From writing `keys` to the output that made a condition hold, looked at once all is read; None: never."""
    begin = time.perf_counter()
    terminal.send(keys)
    came = terminal.record(quiet)
    terminal.text()  # what came before is on the screen now
    for number, (at, data) in enumerate(came):
        terminal.write_over(data)
        if (data.endswith(_FRAME_END) or number == len(came) - 1) and condition():
            for _, rest in came[number + 1 :]:
                terminal.write_over(rest)
            return at - begin
    return None


def press(terminal: Terminal, keys: str, *, restless: Cells = frozenset()) -> Seconds:
    """From writing `keys` to the last byte of the repaint that changed cells outside `restless`."""
    before = terminal.looks()
    begin = time.perf_counter()
    terminal.send(keys)
    changed: Seconds = None
    with terminal.undisturbed():
        while time.perf_counter() < begin + (KEY_WAIT_S if changed is None else changed - begin + 0.15):
            if not terminal.pump(0.02):
                continue
            came = terminal.last
            if not terminal.raw.endswith(_FRAME_END):
                while terminal.pump(0.002):
                    came = terminal.last
            now = terminal.looks()
            if any(before[cell] != now.get(cell) for cell in before if cell not in restless):
                changed, before = came, now
    return None if changed is None else changed - begin


def restless(terminal: Terminal, seconds: float = 0.4) -> Cells:
    """Cells that change while no key is pressed, and the scroll bar, where each report of claims shows their places."""
    before = terminal.looks()
    end = time.perf_counter() + seconds
    moving: set[tuple[int, int]] = set()
    while time.perf_counter() < end:
        if terminal.pump(0.05):
            now = terminal.looks()
            moving |= {cell for cell in before if before[cell] != now.get(cell)}
            before = now
    return frozenset(moving | {(row, terminal.columns - 1) for row in range(terminal.rows)})


def loaded(terminal: Terminal, limit: float = WAIT_S) -> Seconds:
    """When the bottom line stopped saying that it loads; None: not within `limit`."""
    end = time.perf_counter() + limit
    saying = time.perf_counter()
    while time.perf_counter() < end and terminal.alive:
        terminal.drain(0.02, 0.2)
        if "loading" in terminal.lines()[-1]:
            saying = time.perf_counter()
        elif time.perf_counter() - saying > 0.5:
            return saying
    return None


def settled(terminal: Terminal, limit: float = WAIT_S) -> Seconds:
    """When the program came to use less than a tenth of a processor for a second; None: not within `limit`."""
    end = time.perf_counter() + limit
    busy = time.perf_counter()
    used = terminal.cpu_seconds()
    while time.perf_counter() < end and terminal.alive:
        mark = time.perf_counter() + 0.2
        while time.perf_counter() < mark:
            terminal.pump(0.05)
        now = terminal.cpu_seconds()
        if now - used > 0.02:
            busy = time.perf_counter()
        elif time.perf_counter() - busy > 1.0:
            return busy
        used = now
    return None


def is_busy(terminal: Terminal) -> bool:
    """Whether the program uses more than a third of a processor just now."""
    used, begin = terminal.cpu_seconds(), time.perf_counter()
    while time.perf_counter() < begin + 0.1:
        terminal.pump(0.02)
    return terminal.cpu_seconds() - used > 0.04
