"""The second process of a library: brings the index up to date and reports to the pipe it was started with.

Owns this side of the pipe, and the process's end: with its parent, whatever it is doing, and over an article that
takes too long. Imported by that process alone.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import pickle
import signal
import sys
import threading
import time
from typing import Final

from reader.library.build import Order, build
from reader.library.index import Index

ARTICLE_LIMIT_S: Final = 60.0
"""An article that takes longer ends the process; the next one goes on behind it."""
_ARM_INTERVAL_S: Final = 1.0
"""The limit is begun anew at most so often: it costs a thread each time."""


def serve() -> None:
    """Does what the first argument orders, and writes to standard output: the path of each article before it is read,
    and reports, pickled. Ends when standard input does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is for who started this
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(5)
    # Most of what a parser makes goes by itself; looking through all of it again and again is a tenth of the work.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    folders, index_path, dialect, by, passed, rebuild = json.loads(sys.argv[1])
    order = Order(tuple(folders), index_path, tuple(map(tuple, dialect)), by, tuple(passed), rebuild)
    out = sys.stdout.buffer
    armed = 0.0
    with open(os.devnull, "wb") as nowhere, Index(order.index_path, builds=True) as opened:
        if order.rebuild:
            opened.rebuild()
        for report in build(opened, order):
            if isinstance(report, str) and (now := time.monotonic()) - armed > _ARM_INTERVAL_S:
                # A thread of Python's own could not end a pattern that holds the interpreter.
                faulthandler.dump_traceback_later(ARTICLE_LIMIT_S, exit=True, file=nowhere)
                armed = now
            pickle.dump(report if isinstance(report, str) else tuple(report), out, pickle.HIGHEST_PROTOCOL)
            out.flush()
        faulthandler.cancel_dump_traceback_later()


def _end_with_parent() -> None:
    os.read(0, 1)
    os._exit(0)
