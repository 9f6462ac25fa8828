"""The command: arguments, wiring, exit codes.

Owns what is printed and what opens the app. Refuses to import Textual before it is known that an app is wanted.
Exit codes: 0 done, 1 could not read (one line on stderr: what, where, remedy), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
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
    from reader.source import SourceError, read

    try:
        more = {"limit": given.limit} if given.limit else {}
        source = read(given.file, encoding=given.encoding, **more)
    except SourceError as problem:
        print(f"reader: {problem}", file=sys.stderr)
        return 1
    documents = load(source)
    to = given.to or (None if sys.stdout.isatty() else "text")
    if to is not None:
        return _write(_printed(_last(documents), source, to, given.width or _WIDTH))
    return _app(source, documents, given)


def load(source: Source) -> Iterator[Document]:
    """The article as it is parsed, growing."""
    from reader.frontmatter import split
    from reader.parse import pieces

    metadata, body, first_line, warnings = split(source.text)
    known = (*source.warnings, *warnings)
    for document in pieces(body, metadata, first_line=first_line):
        yield _warned(document, known) if known else document


def _warned(document: Document, warnings: tuple[str, ...]) -> Document:
    from dataclasses import replace

    return replace(document, warnings=(*warnings, *document.warnings))


def _last(documents: Iterator[Document]) -> Document:
    from collections import deque

    return deque(documents, maxlen=1)[0]


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


def _app(source: Source, documents: Iterator[Document], given: argparse.Namespace) -> int:
    if given.file == "-" and not _keys_from_terminal():
        print("reader: standard input is the article and there is no terminal for keys; add --to text", file=sys.stderr)
        return 1
    from reader.session import Session
    from reader.ui.app import ReaderApp

    name = os.path.basename(source.origin)
    session = Session(next(documents), name=name)
    app = ReaderApp(
        session,
        documents,
        folder=os.path.dirname(source.path) if source.path else "",
        theme=given.theme or "ink",
        measure=given.width or _WIDTH,
    )
    app.run()
    return app.return_code or 0


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
