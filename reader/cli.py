"""The command: arguments, wiring, exit codes.

Owns what is printed and what opens the app. Refuses to import Textual before it is known that an app is wanted.
Exit codes: 0 done, 1 could not read (one line on stderr: what, where, remedy), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reader import __version__

if TYPE_CHECKING:
    from reader.document import Document
    from reader.source import Source

FORMATS = ("text", "ansi", "json", "outline", "links", "images")
_WIDTH = 80
"""Cells of a printed page where nothing else is said."""


def parser() -> argparse.ArgumentParser:
    """The command's options."""
    made = argparse.ArgumentParser(prog="reader", description="Read articles in the terminal.")
    made.add_argument(
        "file", nargs="?", metavar="FILE", help="a Markdown article, a web address, or - for standard input"
    )
    made.add_argument("--to", choices=FORMATS, help="print this instead of opening the app")
    made.add_argument("--width", type=_cells, metavar="N", help="cells of a page (default: 80)")
    made.add_argument("--encoding", metavar="NAME", help="of the file, where it is guessed wrong")
    made.add_argument("--limit", type=_size, metavar="MIB", help="largest file to read (default: 256)")
    made.add_argument("--theme", metavar="NAME", help="ink, paper, or a theme of Textual's")
    made.add_argument("--version", action="version", version=f"reader {__version__}")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    given = parser().parse_args(arguments)
    if given.file is None:
        parser().print_usage(sys.stderr)
        print("reader: name an article to read, or - for standard input", file=sys.stderr)
        return 2
    to = given.to or (None if sys.stdout.isatty() else "text")
    return _open(given) if to is None else _print(given, to)


def _print(given: argparse.Namespace, to: str) -> int:
    from collections import deque

    from reader.feed import load
    from reader.source import DEFAULT_LIMIT, SourceError, read

    try:
        source = read(given.file, encoding=given.encoding, limit=given.limit or DEFAULT_LIMIT)
    except SourceError as problem:
        return _fail(str(problem))
    document = deque(load(source), maxlen=1)[0]
    return _write(_printed(document, source, to, given.width or _WIDTH))


def _fail(problem: str) -> int:
    print(f"reader: {problem}", file=sys.stderr)
    return 1


def _printed(document: Document, source: Source, to: str, width: int) -> Iterable[str]:
    if to == "json":
        from reader.export.json import as_json

        return (as_json(document, source.origin),)
    if to in ("text", "ansi"):
        from reader.export import text

        if to == "text":
            return text.text(document, width)
        return text.ansi(document, width, colour=not os.environ.get("NO_COLOR"))
    from reader.export import lists

    return {"outline": lists.outline, "links": lists.links, "images": lists.images}[to](document)


def _write(lines: Iterable[str]) -> int:
    """Prints lines; a reader of the pipe that goes away early is no error."""
    out = sys.stdout
    if hasattr(out, "reconfigure"):
        out.reconfigure(errors="replace")
    try:
        for line in lines:
            out.write(line + "\n")
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
    return 0


def _open(given: argparse.Namespace) -> int:
    from reader.feed import Feed, FeedError, Order

    feed = Feed(Order(given.file, given.encoding, given.limit))
    try:
        from reader.session import Session
        from reader.ui.app import ReaderApp

        try:
            source, document = feed.open()
        except FeedError as problem:
            return _fail(str(problem))
        if given.file == "-" and not _keys_from_terminal():
            return _fail("standard input is the article and there is no terminal for keys; add --to text")
        app = ReaderApp(
            Session(document, name=os.path.basename(source.origin)),
            feed.rest(),
            folder=os.path.dirname(source.path) if source.path else "",
            theme=given.theme or "ink",
            measure=given.width or _WIDTH,
        )
        app.run()
        return app.return_code or 0
    finally:
        feed.close()


def _keys_from_terminal() -> bool:
    """After the article has come through standard input: takes the keys from the terminal itself."""
    try:
        os.dup2(os.open("/dev/tty", os.O_RDWR), 0)
    except OSError:
        return False
    return True


def _cells(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"a width is a number of cells from 1 to 1000, not {text!r}")
    return int(text)


def _size(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"a limit is a whole number of MiB, not {text!r}")
    return int(text) << 20


if __name__ == "__main__":
    sys.exit(main())
