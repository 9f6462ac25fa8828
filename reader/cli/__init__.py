"""The command: arguments become one `Request`, which is printed, listed or opened.

Owns the options (`options`), the exit codes and the way to what is asked (`command`, `subcommands`), and the standard
streams (`stdio`). Refuses to import Textual before it is known that an app is wanted.
"""

from reader.cli.command import main
from reader.cli.options import parser
from reader.export import FORMATS

__all__ = ["FORMATS", "main", "parser"]
