"""The command: arguments become one `Request`, which is printed, listed or opened.

Owns the options (`options`), the exit codes and the way to what is asked (`command`, `subcommands`), and the standard
streams (`stdio`). Refuses to import Textual before it is known that an app is wanted.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.cli.options import parser as parser
    from reader.export import FORMATS as FORMATS
else:

    def __getattr__(name):
        """What only tests and tools ask for, at its first use."""
        if name == "parser":
            from reader.cli.options import parser

            return parser
        if name == "FORMATS":
            from reader.export import FORMATS

            return FORMATS
        raise AttributeError(name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if len(arguments) == 1 and os.path.isfile(arguments[0]) and all(each and each.isatty() for each in streams):
        # What is asked most often, and sure to be opened: the second process imports while this one does.
        from reader.loading import start_ahead

        start_ahead()
    from reader.cli.command import main

    return main(arguments)


__all__ = ["FORMATS", "main", "parser"]
