"""The command in a process of its own, forked from one that has its modules loaded: a tenth of a second less each time.

Owns that process, one for each process that runs tests. What is forked has the descriptors, the environment, the folder
and the arguments it is given, and ends as an interpreter ends, so pipes, exit codes and tracebacks are those of
`python -m reader`. Refuses what the start of the interpreter or the order of imports is about: that takes a real start.

Invariant: nothing of the program has run in the process that is forked; its modules are imported, that is all.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import selectors
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent
TIMEOUT_S = 120.0
_OF_INTERPRETER = {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
"""What the interpreter reads when it starts, so for all that are forked from it."""
_LENGTH_BYTES = 4


def run(
    arguments: Sequence[str], *, stdin: bytes, env: Mapping[str, str], cwd: Path | None
) -> subprocess.CompletedProcess[bytes]:
    """As `subprocess.run([python, "-m", "reader", …], capture_output=True)`; that is what it is where none can fork."""
    of_interpreter = {name: value for name, value in env.items() if name in _OF_INTERPRETER or name in _ODD}
    if of_interpreter != _OF_INTERPRETER or not hasattr(os, "fork"):
        command = [sys.executable, "-m", "reader", *arguments]
        return subprocess.run(command, input=stdin, capture_output=True, timeout=TIMEOUT_S, cwd=cwd, env=dict(env))
    return _started().run(arguments, stdin, dict(env), str(cwd or os.getcwd()))


_ODD = ("PYTHONIOENCODING", "PYTHONWARNINGS", "PYTHONOPTIMIZE", "PYTHONDEVMODE", "PYTHONSAFEPATH")


class _Forker:
    """The process that is forked, as the tests see it."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                cwd=ROOT,
                pass_fds=[theirs.fileno()],
                env={**os.environ, **_OF_INTERPRETER},
            )

    def run(
        self, arguments: Sequence[str], stdin: bytes, env: dict[str, str], cwd: str
    ) -> subprocess.CompletedProcess[bytes]:
        (their_input, our_input), (our_output, their_output), (our_errors, their_errors) = (os.pipe() for _ in range(3))
        request = json.dumps({"arguments": arguments, "env": env, "cwd": cwd}).encode("utf-8", "surrogatepass")
        theirs = [their_input, their_output, their_errors]
        socket.send_fds(self._socket, [len(request).to_bytes(_LENGTH_BYTES, "big")], theirs)
        self._socket.sendall(request)
        for descriptor in theirs:
            os.close(descriptor)
        feeding = threading.Thread(target=_feed, args=(our_input, stdin))
        feeding.start()
        output, errors = _collected([our_output, our_errors])
        feeding.join()
        self._socket.settimeout(TIMEOUT_S)
        code = int.from_bytes(_exactly(self._socket, _LENGTH_BYTES), "big", signed=True)
        return subprocess.CompletedProcess(arguments, code, output, errors)

    def close(self) -> None:
        self._socket.close()
        self._process.wait()


_forker: _Forker | None = None


def _started() -> _Forker:
    global _forker
    if _forker is None:
        _forker = _Forker()
        atexit.register(_forker.close)
    return _forker


def _feed(descriptor: int, data: bytes) -> None:
    with suppress(BrokenPipeError), open(descriptor, "wb", buffering=0) as pipe:
        rest = memoryview(data)
        while rest:
            rest = rest[pipe.write(rest) :]


def _collected(descriptors: Sequence[int]) -> tuple[bytes, ...]:
    """All that comes through pipes, which are closed then."""
    found = {descriptor: bytearray() for descriptor in descriptors}
    with selectors.DefaultSelector() as selector:
        for descriptor in descriptors:
            selector.register(descriptor, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(TIMEOUT_S)
            assert ready, f"nothing came for {TIMEOUT_S} s"
            for key, _ in ready:
                if data := os.read(key.fd, 1 << 16):
                    found[key.fd] += data
                else:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    return tuple(bytes(data) for data in found.values())


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


# ------------------------------------------------------------------------------------------- the process that is forked


_SHOWN = "backslashreplace"


def _load() -> None:
    import reader

    for module in pkgutil.walk_packages(reader.__path__, "reader."):
        if not module.name.startswith("reader.ui") and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()  # a child that collects would copy all of it


def _wait_for_orders(connection: socket.socket) -> tuple[dict[str, object], list[int]]:
    """Forks for each order, and says how the child ended; returns in the child, with its order and its descriptors."""
    while True:
        head, descriptors, *_ = socket.recv_fds(connection, _LENGTH_BYTES, 3)
        if not head:
            os._exit(0)
        order = json.loads(_exactly(connection, int.from_bytes(head, "big")).decode("utf-8", "surrogatepass"))
        child = os.fork()
        if child == 0:
            connection.close()
            return order, descriptors
        for descriptor in descriptors:
            os.close(descriptor)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        connection.sendall(code.to_bytes(_LENGTH_BYTES, "big", signed=True))


def _become(order: dict[str, object], descriptors: list[int]) -> None:
    """Takes the descriptors, environment, folder and arguments of an order."""
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
    for descriptor in descriptors:
        os.close(descriptor)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", errors=errors)  # noqa: SIM115
        for number, mode, errors in ((0, "r", "surrogateescape"), (1, "w", "surrogateescape"), (2, "w", _SHOWN))
    )
    sys.stderr.reconfigure(line_buffering=True)
    os.environ.clear()
    os.environ.update(order["env"])  # type: ignore[call-overload]
    os.chdir(str(order["cwd"]))
    sys.argv = ["reader", *order["arguments"]]  # type: ignore[misc]


if __name__ == "__main__":
    sys.path[0] = str(ROOT)  # not the folder of the tests
    _load()
    _become(*_wait_for_orders(socket.socket(fileno=int(sys.argv[1]))))
    from reader.cli import main

    sys.exit(main())
