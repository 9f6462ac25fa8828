"""The options of the command, and what they ask for as one `Request`.

Owns names, meanings and the checking of values. Refuses to do anything that was asked.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NoReturn

from reader.cli.stdio import write
from reader.export import FORMATS

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    from reader.source import Kind, Target

SHELLS = ("bash", "zsh", "tcsh")


@dataclass(frozen=True, slots=True)
class Request:
    """What the arguments ask for."""

    action: Literal["print", "list", "open", "browse"]
    """list: the articles of a folder as lines; browse: the app at a list of articles."""
    target: str
    """A path, an address or `-`; for "browse" a folder, or empty for the recent articles."""
    to: str = "text"
    encoding: str | None = None
    limit: int | None = None
    """Bytes; None: the reader's own limit."""
    kind: Kind | None = None
    """What kind of text it is; None: what it looks like."""
    config: str | None = None
    state: str | None = None
    """The store's folder; None: the platform's."""
    width: int | None = None
    """Cells; None: as the settings say, like the next ones."""
    density: int | None = None
    """Percent."""
    theme: str | None = None
    watch: bool | None = None
    fresh: bool = False
    """Begin at the top, not where the article was left."""
    pattern: str | None = None
    """What to search; None: nothing."""
    case: Literal["smart", "sensitive", "insensitive"] | None = None
    whole_word: bool = False
    regex: bool = False
    command: tuple[str, ...] = ()
    """A model that chooses the claims."""
    targets: tuple[Target, ...] = ()
    """All that was named, with the places in them; the first is `target`."""


class Parser(argparse.ArgumentParser):
    """Repeats what it was given only after it is made safe to print."""

    def error(self, message: str) -> NoReturn:
        from reader.sanitize import clean_line

        super().error(clean_line(message))

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Help, or what was wrong; that it could not be printed is said in one line, not at the interpreter's end."""
        if file is sys.stdout:
            code = write((message.rstrip("\n"),))
            if code:
                sys.exit(code)
        else:
            super()._print_message(message, file)


def fixed_width(prog: str) -> argparse.HelpFormatter:
    """Asks for no terminal's size: argparse makes a formatter for each option, and imports shutil for that."""
    return argparse.HelpFormatter(prog, width=80)


def parser() -> argparse.ArgumentParser:
    """The command's options."""
    made = Parser(prog="reader", description="Read articles in the terminal.", formatter_class=fixed_width)
    made.add_argument(
        "file",
        nargs="*",
        metavar="FILE",
        help="Markdown articles, a folder of them, a web address, or - for standard input (default: what is piped, "
        "else recent articles); FILE:42, FILE +42 and FILE#place open there",
    )
    made.add_argument("--to", choices=FORMATS, help="print this instead of opening the app")
    made.add_argument("--width", type=_cells, metavar="N", help="cells of a page (default: 80)")
    made.add_argument("--encoding", metavar="NAME", help="of the file, where it is guessed wrong")
    kinds = made.add_mutually_exclusive_group()
    kinds.add_argument(
        "--plain", dest="kind", action="store_const", const="plain", help="show it line by line, as it is"
    )
    kinds.add_argument("--markdown", dest="kind", action="store_const", const="markdown", help="it is Markdown")
    made.add_argument("--limit", type=_size, metavar="SIZE", help="largest file to read, as 500M or 2G (default: 256M)")
    made.add_argument("--fresh", action="store_true", help="begin at the top, not where the article was left")
    made.add_argument("--watch", action="store_true", default=None, help="read the file again whenever it changes")
    made.add_argument("--theme", metavar="NAME", help="auto, ink, paper, or a theme of Textual's")
    made.add_argument("--config", metavar="FILE", help="settings, in place of the file in the platform's folder")
    made.add_argument("--print-config", action="store_true", help="print the default settings, commented, and exit")
    made.add_argument("--state", metavar="FOLDER", help="where places, bookmarks and notes are kept")
    made.add_argument("--print-completion", choices=SHELLS, help="print completions for a shell (needs shtab)")
    made.add_argument("--notes", action="store_true", help="list your notes, of all articles or of those named")
    made.add_argument("--density", type=int, choices=(5, 10, 20), help="percent of the sentences that are claims")
    made.add_argument(
        "--command", metavar="COMMAND", help="a model of yours that chooses the claims, as in the settings"
    )
    made.add_argument("--search", metavar="PATTERN", help="print the lines that match, or open at the first match")
    made.add_argument("--regex", action="store_true", help="the pattern is a regular expression")
    made.add_argument("--word", action="store_true", help="only whole words match")
    made.add_argument(
        "--case", choices=("smart", "sensitive", "insensitive"), help="smart: a capital counts if you type one"
    )
    made.add_argument("--version", action="store_true", help="print the version and exit")
    made.formatter_class = argparse.HelpFormatter
    return made


def _cells(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"a width is a number of cells from 1 to 1000, not {text!r}")
    return int(text)


def _size(text: str) -> int:
    from reader.source import parse_size

    try:
        return parse_size(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None
