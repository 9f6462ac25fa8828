"""The command: arguments, wiring, exit codes.

Owns what is printed and what opens the app. Refuses to import Textual before it is known that an app is wanted.
Exit codes: 0 done, 1 could not read (one line on stderr: what, where, remedy), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from reader import __version__

if TYPE_CHECKING:
    from reader.document import Document
    from reader.loading import Order
    from reader.search import Query
    from reader.settings import Search, Settings
    from reader.source import Source
    from reader.ui.app import ReaderApp

FORMATS = ("text", "ansi", "html", "json", "outline", "claims", "links", "images")
SHELLS = ("bash", "zsh", "tcsh")


class _Parser(argparse.ArgumentParser):
    """Repeats what it was given only after it is made safe to print."""

    def error(self, message: str) -> NoReturn:
        from reader.sanitize import clean_line

        super().error(clean_line(message))


def _narrow(prog: str) -> argparse.HelpFormatter:
    """Asks for no terminal's size: argparse makes a formatter for each option, and imports shutil for that."""
    return argparse.HelpFormatter(prog, width=80)


def parser() -> argparse.ArgumentParser:
    """The command's options."""
    made = _Parser(prog="reader", description="Read articles in the terminal.", formatter_class=_narrow)
    made.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a Markdown article, a folder of them, a web address, or - for standard input (default: recent articles)",
    )
    made.add_argument("--to", choices=FORMATS, help="print this instead of opening the app")
    made.add_argument("--width", type=_cells, metavar="N", help="cells of a page (default: 80)")
    made.add_argument("--encoding", metavar="NAME", help="of the file, where it is guessed wrong")
    made.add_argument("--limit", type=_size, metavar="SIZE", help="largest file to read, as 500M or 2G (default: 256M)")
    made.add_argument("--fresh", action="store_true", help="begin at the top, not where the article was left")
    made.add_argument("--watch", action="store_true", default=None, help="read the file again whenever it changes")
    made.add_argument("--theme", metavar="NAME", help="ink, paper, or a theme of Textual's")
    made.add_argument("--config", metavar="FILE", help="settings, in place of the file in the platform's folder")
    made.add_argument("--print-config", action="store_true", help="print the default settings, commented, and exit")
    made.add_argument("--state", metavar="FOLDER", help="where places, bookmarks and notes are kept")
    made.add_argument("--print-completion", choices=SHELLS, help="print completions for a shell (needs shtab)")
    made.add_argument("--density", type=int, choices=(5, 10, 20), help="percent of the sentences that are claims")
    made.add_argument("--search", metavar="PATTERN", help="print the lines that match, or open at the first match")
    made.add_argument("--regex", action="store_true", help="the pattern is a regular expression")
    made.add_argument("--word", action="store_true", help="only whole words match")
    made.add_argument(
        "--case", choices=("smart", "sensitive", "insensitive"), help="smart: a capital counts if you type one"
    )
    made.add_argument("--version", action="version", version=f"reader {__version__}")
    made.formatter_class = argparse.HelpFormatter
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    try:
        return _run(parser().parse_args(arguments))
    except KeyboardInterrupt:
        return 130  # 128 and the number of the signal, as shells have it


def _run(given: argparse.Namespace) -> int:
    if given.print_config:
        from reader.settings import defaults_toml
        from reader.ui.actions import ACTIONS

        return _write((defaults_toml(ACTIONS).rstrip(),))
    if given.print_completion:
        return _completion(given.print_completion)
    if given.to is None and _on_terminal() and (given.file is None or os.path.isdir(given.file)):
        return _browse(given)
    if given.file is None:
        parser().print_usage(sys.stderr)
        return _fail("name an article to read, or - for standard input") + 1
    to = given.to or (None if _on_terminal() else "text")
    if os.path.isdir(given.file) and to == "text":
        return _list(given.file)
    return _open(given) if to is None else _print(given, to)


def _completion(shell: str) -> int:
    """Prints what makes a shell complete the options."""
    try:
        import shtab
    except ImportError:
        return _fail("completions need the package shtab: pip install shtab")
    made = parser()
    kinds = {"file": shtab.FILE, "config": shtab.FILE, "state": shtab.DIRECTORY}
    for action in made._actions:  # argparse has no other way to them
        if action.dest in kinds:
            action.complete = kinds[action.dest]  # type: ignore[attr-defined]
    return _write((shtab.complete(made, shell).rstrip(),))


def _list(folder: str) -> int:
    """Prints the articles of a folder: path, date and title, between tabs."""
    from reader.library import works
    from reader.source import shown_path

    try:
        return _write("\t".join((shown_path(work.path), work.date, work.title)) for work in works(folder))
    except OSError as error:
        return _fail(f"{shown_path(folder)}: {error.strerror}")


def _print(given: argparse.Namespace, to: str) -> int:
    import gc
    from collections import deque

    gc.disable()  # what is imported and parsed stays, and of a short article that is all
    from reader.loading import load
    from reader.settings import load as load_settings
    from reader.source import DEFAULT_LIMIT, SourceError, read

    settings, problems = load_settings(given.config)
    for problem in problems:
        _fail(problem)
    try:
        source = read(given.file, encoding=given.encoding, limit=given.limit or DEFAULT_LIMIT)
    except SourceError as problem:
        return _fail(str(problem))
    documents = load(source, settings.dialect)
    first = next(documents)
    gc.freeze()
    gc.enable()
    document = deque(documents, maxlen=1).pop() if not first.complete else first
    if given.search is not None:
        return _search(document, given, to, settings.search)
    density = (given.density or settings.claims.density) / 100
    return _write(_printed(document, source, to, given.width or settings.measure, density))


def _search(document: Document, given: argparse.Namespace, to: str, defaults: Search) -> int:
    """Prints the matches; 1 where there are none, as grep does."""
    from reader.export.matches import as_json, lines
    from reader.search import SearchError, search

    try:
        matches = search(document.text, _query(given, defaults))
    except SearchError as problem:
        return _fail(str(problem)) + 1  # wrong usage, and not "nothing found"
    if to == "json":
        written = _write((as_json(document, matches),))
    else:
        written = _write(lines(document, matches, colour=_on_terminal() or to == "ansi"))
    return written if matches else 1


def _query(given: argparse.Namespace, defaults: Search) -> Query:
    from reader.sanitize import clean
    from reader.search import Query

    return Query(
        clean(given.search),  # as the text it is looked for in
        case=given.case or defaults.case,
        whole_word=given.word or defaults.whole_word,
        regex=given.regex or defaults.regex,
        accents=defaults.accents,
        variants=defaults.variants,
        pinyin=defaults.pinyin,
    )


def _fail(problem: str) -> int:
    if sys.stderr is not None:  # closed; `print` would take standard output instead
        print(f"reader: {problem}", file=sys.stderr)
    return 1


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _printed(document: Document, source: Source, to: str, width: int, density: float) -> Iterable[str]:
    if to == "text":
        from reader.export import text

        return text.text(document, width)
    if to == "html":
        from reader.export import html

        return html.page(document, source.origin)
    if to in ("ansi", "claims", "json"):
        from reader.claims import Finder
        from reader.export import claims, json, text

        finder = Finder(density)
        for _ in finder.feed(document):
            pass
        found = finder.claims
        if to == "claims":
            for warning in finder.warnings:
                _fail(warning)
            return claims.lines(document, found)
        if to == "json":
            document = replace(document, warnings=(*document.warnings, *finder.warnings))
            return (json.as_json(document, source.origin, claims.shaped(document, found)),)
        from reader.settings import no_color

        return text.ansi(document, width, colour=not no_color(), marks=claims.marker(found))
    from reader.export import lists

    return {"outline": lists.outline, "links": lists.links, "images": lists.images}[to](document)


def _write(lines: Iterable[str]) -> int:
    """Prints lines; a reader of the pipe that goes away early is no error."""
    out = sys.stdout
    if out is None:
        return _fail("standard output: it is closed")
    if hasattr(out, "reconfigure"):
        out.reconfigure(errors="replace")
    try:
        for line in lines:
            out.write(line + "\n")
        out.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # what is still to be written has nowhere to go
        if isinstance(error, BrokenPipeError):
            return 0
        return _fail(f"standard output: it could not be written ({(error.strerror or 'no reason given').lower()})")
    return 0


def _open(given: argparse.Namespace) -> int:
    import gc

    gc.disable()  # until the first screen stands: what is imported stays, and looking through it is time lost
    from reader.loading import Feed, FeedError

    feed = Feed(_order(given)._replace(return_to=not given.fresh and given.search is None))
    try:
        from reader.settings import store_path
        from reader.ui.app import ReaderApp

        try:
            opened = feed.open()
        except FeedError as problem:
            return _fail(str(problem))
        if given.file == "-" and not _keys_from_terminal():
            return _fail("standard input is the article and there is no terminal for keys; add --to text")
        settings = _preferred(opened.settings, given)
        app = ReaderApp(
            opened._replace(settings=settings),
            feed.rest(),
            search=None if given.search is None else _query(given, settings.search),
            feed=feed,
            store=partial(store_path, given.state),
            fresh=given.fresh,
            watch=given.watch,
        )
        return _shown(app)
    finally:
        feed.close()


def _order(given: argparse.Namespace) -> Order:
    """How the command wants articles read."""
    from reader.loading import Order
    from reader.ui.actions import ACTIONS

    actions = tuple((action.id, action.keys, action.title) for action in ACTIONS)
    return Order(given.file or "", given.encoding, given.limit, given.config, actions, state=given.state)


def _browse(given: argparse.Namespace) -> int:
    """Opens the app at the articles of a folder, or at the recent ones."""
    from reader.document import Document
    from reader.loading import Opened
    from reader.settings import load as load_settings
    from reader.settings import store_path
    from reader.source import Source
    from reader.ui.actions import ACTIONS
    from reader.ui.app import ReaderApp

    settings, problems = load_settings(given.config, actions=ACTIONS)
    nothing = Source("", "", None, None, "", "")
    app = ReaderApp(
        Opened(nothing, _preferred(settings, given), problems, Document()),
        order=_order(given),
        store=partial(store_path, given.state),
        watch=given.watch,
        library=given.file or "",
    )
    return _shown(app)


def _shown(app: ReaderApp) -> int:
    """Runs the app to its end."""
    app.run()
    if app.memory.problem:
        _fail(app.memory.problem)
    return app.return_code or 0


def _preferred(settings: Settings, given: argparse.Namespace) -> Settings:
    """The settings with what the options say instead."""
    if given.theme:
        settings = replace(settings, theme=given.theme)
    if given.width:
        settings = replace(settings, measure=given.width)
    if given.density:
        settings = replace(settings, claims=replace(settings.claims, density=given.density))
    return settings


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
    from reader.source import parse_size

    try:
        return parse_size(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


if __name__ == "__main__":
    sys.exit(main())
