"""Hands an address or a file to the system's own viewer; never through a shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def launch(target: str) -> str:
    """Opens `target` (a web address or a path); returns a problem in one line, or an empty string."""
    if sys.platform == "win32":
        os.startfile(target)
        return ""
    names = ("open",) if sys.platform == "darwin" else ("xdg-open", "wslview", "gio")
    for name in names:
        program = shutil.which(name)
        if program is None:
            continue
        command = [program, "open", target] if name == "gio" else [program, target]
        quiet = subprocess.DEVNULL
        subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
        return ""
    return "This system has no program that opens addresses (xdg-open): y copies it instead"
