"""The options of the command, and what they ask for as one `Request`.

Owns names, meanings and the checking of values. Refuses to do anything that was asked.

Names and the placeholders of values are the same in every language; what is said of them is in the reader's. The
settings file, which may name the language, is looked into only where something is said.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NoReturn

from reader.cli.stdio import write
from reader.document import record
from reader.export import FORMATS
from reader.locale import N_, _, in_use, ngettext

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    from reader.source import Kind, Target

SHELLS = ("bash", "zsh", "tcsh")

_ARGPARSE = (
    *(N_("usage: "), N_("positional arguments"), N_("options"), N_("show this help message and exit")),
    *(N_("%(prog)s: error: %(message)s\n"), N_("argument %(argument_name)s: %(message)s")),
    *(N_("unrecognized arguments: %s"), N_("expected one argument"), N_("not allowed with argument %s")),
    *(N_("invalid choice: %(value)r (choose from %(choices)s)"), N_("invalid %(type)s value: %(value)r")),
    *(N_("ambiguous option: %(option)s could match %(matches)s"), N_("ignored explicit argument %r")),
)
"""What the module argparse says of itself, by way of its own `_`."""


@record
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
    images: bool = False
    """Whether a page of `--to html` loads images from the web when it is opened."""
    header: bool = False
    """Whether `--to text` of a web page has its title, byline and images."""
    pattern: str | None = None
    """What to search; None: nothing."""
    case: Literal["smart", "sensitive", "insensitive"] | None = None
    whole_word: bool = False
    regex: bool = False
    command: tuple[str, ...] = ()
    """A model that chooses the claims."""
    targets: tuple[Target, ...] = ()
    """All that was named, with the places in them; the first is `target`."""


class _Unsaid(Exception):
    """The parser has something to say, and the settings were not asked for the language."""


class Parser(argparse.ArgumentParser):
    """Repeats what it was given only after it is made safe to print."""

    speaks = True
    """False: it raises `_Unsaid` in place of saying anything."""

    def __init__(self, *, prog: str, description: str) -> None:
        vars(argparse).update(_=_, ngettext=ngettext)  # argparse has no other way to another language
        super().__init__(prog=prog, description=description, formatter_class=fixed_width)

    def error(self, message: str) -> NoReturn:
        from reader.sanitize import clean_line

        if not self.speaks:
            raise _Unsaid
        super().error(clean_line(message))

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Help, or what was wrong; that it could not be printed is said in one line, not at the interpreter's end."""
        if not self.speaks:
            raise _Unsaid
        if file is sys.stdout:
            code = write((message.rstrip("\n"),))
            if code:
                sys.exit(code)
        else:
            super()._print_message(message, file)


class Formatter(argparse.HelpFormatter):
    """Breaks lines by cells, and where Chinese and Japanese may be broken."""

    def _format_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None,
    ) -> str:
        """The rows after the first stand under its first option, which argparse finds by counting characters."""
        prefix = _("usage: ") if prefix is None else prefix
        if prefix.isascii():
            return super()._format_usage(usage, actions, groups, prefix)
        from reader.layout import cells

        as_wide = "_" * cells(prefix)
        return prefix + super()._format_usage(usage, actions, groups, as_wide).removeprefix(as_wide)

    def _split_lines(self, text: str, width: int) -> list[str]:
        if in_use() == "en":
            return super()._split_lines(text, width)
        from reader.layout import wrapped

        return [text[start:end] for start, end in wrapped(text, width)]


def fixed_width(prog: str) -> argparse.HelpFormatter:
    """Asks for no terminal's size: argparse makes a formatter for each option, and imports shutil for that."""
    return argparse.HelpFormatter(prog, width=80)


def given(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What the arguments say (None: the command line's); help and complaints are printed and end the program."""
    made = parser()
    made.speaks = False
    try:
        return made.parse_args(arguments)
    except _Unsaid:
        from reader.settings import load

        config = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
        config.add_argument("--config", nargs="?")
        load(config.parse_known_args(arguments)[0].config)  # which speaks the language it finds there
        return parser().parse_args(arguments)


def parser() -> Parser:
    """The command's options."""
    made = Parser(prog="reader", description=_("Read articles in the terminal."))
    made.add_argument(
        "file",
        nargs="*",
        metavar="FILE",
        help=_(
            "Markdown articles, a folder of them, a web address, or - for standard input (default: what is piped, "
            "else recent articles); FILE:42, FILE +42 and FILE#place open there"
        ),
    )
    made.add_argument("--to", choices=FORMATS, help=_("print this instead of opening the app"))
    made.add_argument("--width", type=_cells, metavar="N", help=_("cells of a page (default: 80)"))
    made.add_argument("--encoding", metavar="NAME", help=_("of the file, where it is guessed wrong"))
    kinds = made.add_mutually_exclusive_group()
    kinds.add_argument(
        "--plain", dest="kind", action="store_const", const="plain", help=_("show it line by line, as it is")
    )
    kinds.add_argument("--markdown", dest="kind", action="store_const", const="markdown", help=_("it is Markdown"))
    made.add_argument(
        "--limit", type=_size, metavar="SIZE", help=_("largest file to read, as 500M or 2G (default: 256M)")
    )
    made.add_argument("--images", action="store_true", help=_("with --to html: the page loads images from the web too"))
    made.add_argument(
        "--header",
        action="store_true",
        help=_("with --to text: title, byline and images of a web page too, not its body alone"),
    )
    made.add_argument("--fresh", action="store_true", help=_("begin at the top, not where the article was left"))
    made.add_argument("--watch", action="store_true", default=None, help=_("read the file again whenever it changes"))
    made.add_argument("--theme", metavar="NAME", help=_("auto, ink, paper, or a theme of Textual's"))
    made.add_argument("--config", metavar="FILE", help=_("settings, in place of the file in the platform's folder"))
    made.add_argument("--print-config", action="store_true", help=_("print the default settings, commented, and exit"))
    made.add_argument("--state", metavar="FOLDER", help=_("where places, bookmarks and notes are kept"))
    made.add_argument("--print-completion", choices=SHELLS, help=_("print completions for a shell (needs shtab)"))
    made.add_argument("--notes", action="store_true", help=_("list your notes, of all articles or of those named"))
    made.add_argument("--density", type=int, choices=(5, 10, 20), help=_("percent of the sentences that are claims"))
    made.add_argument(
        "--command", metavar="COMMAND", help=_("a model of yours that chooses the claims, as in the settings")
    )
    made.add_argument("--search", metavar="PATTERN", help=_("print the lines that match, or open at the first match"))
    made.add_argument("--regex", action="store_true", help=_("the pattern is a regular expression"))
    made.add_argument("--word", action="store_true", help=_("only whole words match"))
    made.add_argument(
        "--case", choices=("smart", "sensitive", "insensitive"), help=_("smart: a capital counts if you type one")
    )
    made.add_argument("--version", action="store_true", help=_("print the version and exit"))
    made.formatter_class = Formatter
    return made


def _cells(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        said = _("a width is a number of cells from 1 to 1000, not {text!r}")
        raise argparse.ArgumentTypeError(said.format(text=text))
    return int(text)


def _size(text: str) -> int:
    from reader.source import parse_size

    try:
        return parse_size(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None
