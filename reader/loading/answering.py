"""The far side of a `ScriptProcess`: loads a script of this folder and answers questions until standard input ends.

Run as a script with the path of another and the seconds an answer may take. The other has a function `answer`, from a
question to an answer, both of JSON, and perhaps a function `prepare`, called once before. No module of the package is
imported, since such a process should start at once and cost little.

Invariant: this process ends by itself some time after its time limit, though nobody be there to end it.
"""

from __future__ import annotations

import faulthandler
import json
import os
import runpy
import signal
import sys


def _serve(script: str, time_limit_s: float) -> None:
    found = runpy.run_path(script)
    if "prepare" in found:
        found["prepare"]()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in an editor that the reader has opened is not for us
    nowhere = os.open(os.devnull, os.O_WRONLY)
    sys.stdout.write("\n")  # it has started
    sys.stdout.flush()
    for line in sys.stdin.buffer:
        question = json.loads(line)
        # Who asks ends the process in time, unless it has been ended itself. This needs no lock of the interpreter,
        # which a regular expression keeps as long as it runs.
        faulthandler.dump_traceback_later(2 * time_limit_s + 1, exit=True, file=nowhere)
        try:
            answer = found["answer"](question)
        except Exception:  # whatever third-party code raises: there is no answer
            answer = None
        faulthandler.cancel_dump_traceback_later()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(sys.argv[1], float(sys.argv[2]))
