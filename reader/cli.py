"""The command: arguments become one `Request`, which is printed, listed or opened.

Owns the options and the exit codes: 0 done, 1 could not read (one line on standard error: what, where, remedy), 2 wrong
usage. Refuses to import Textual before it is known that an app is wanted.
"""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal, NoReturn

from reader import __version__
from reader.export import FORMATS

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    from reader.claims import Piece
    from reader.document import Document
    from reader.loading import Feed, Opened, Order
    from reader.search import Query
    from reader.settings import Search, Settings
    from reader.source import Target
    from reader.ui import ReaderApp

SHELLS = ("bash", "zsh", "tcsh")
_PATIENCE_S = 0.3
"""The first piece of an article is waited for so long; then the screen comes without it and says what it waits for."""


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


# --- Arguments -------------------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """Repeats what it was given only after it is made safe to print."""

    def error(self, message: str) -> NoReturn:
        from reader.sanitize import clean_line

        super().error(clean_line(message))

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Help, or what was wrong; that it could not be printed is said in one line, not at the interpreter's end."""
        if file is sys.stdout:
            code = _write((message.rstrip("\n"),))
            if code:
                sys.exit(code)
        else:
            super()._print_message(message, file)


def _fixed_width(prog: str) -> argparse.HelpFormatter:
    """Asks for no terminal's size: argparse makes a formatter for each option, and imports shutil for that."""
    return argparse.HelpFormatter(prog, width=80)


def parser() -> argparse.ArgumentParser:
    """The command's options."""
    made = _Parser(prog="reader", description="Read articles in the terminal.", formatter_class=_fixed_width)
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
    made.add_argument("--limit", type=_size, metavar="SIZE", help="largest file to read, as 500M or 2G (default: 256M)")
    made.add_argument("--fresh", action="store_true", help="begin at the top, not where the article was left")
    made.add_argument("--watch", action="store_true", default=None, help="read the file again whenever it changes")
    made.add_argument("--theme", metavar="NAME", help="ink, paper, or a theme of Textual's")
    made.add_argument("--config", metavar="FILE", help="settings, in place of the file in the platform's folder")
    made.add_argument("--print-config", action="store_true", help="print the default settings, commented, and exit")
    made.add_argument("--state", metavar="FOLDER", help="where places, bookmarks and notes are kept")
    made.add_argument("--print-completion", choices=SHELLS, help="print completions for a shell (needs shtab)")
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    _reserve_standard_streams()
    try:
        return _run(parser().parse_args(arguments))
    except KeyboardInterrupt:
        return 130  # 128 and the number of the signal, as shells have it


def _reserve_standard_streams() -> None:
    """What was closed (`<&-`, `2>&-`) is opened on nothing, or a file that is opened later would take its number.

    `sys.stdin` and its like stay None: the person closed them.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


def _run(given: argparse.Namespace) -> int:
    if given.version:
        return _write((f"reader {__version__}",))
    if given.print_config:
        return _print_config()
    if given.print_completion:
        return _print_completion(given.print_completion)
    if given.file[:1] == ["library"] and not os.path.exists("library"):
        return _library(given.file[1:], given.config, given.state)
    if not given.file and _is_piped():
        given.file = ["-"]
    terminal = _on_terminal()
    if not given.file and (given.to is not None or not terminal):
        parser().print_usage(sys.stderr)
        return _fail("name an article to read, or - for standard input") + 1
    from reader.source import Target, parse_targets

    targets = parse_targets(given.file) or (Target(""),)
    folder = os.path.isdir(targets[0].name)
    if len(targets) > 1 and any(os.path.isdir(target.name) for target in targets):
        return _fail("name one folder, or several articles") + 1
    to = given.to or (None if terminal and not (folder and given.search is not None) else "text")
    if to is not None and len(targets) > 1:
        return _fail(f"--to {to} prints one article; name one") + 1
    if folder and to not in (None, "text", "json"):
        return _fail(f"a folder is printed as text or json, not as {to}") + 1
    listed: Literal["list", "browse"] = "browse" if to is None else "list"
    alone: Literal["print", "open"] = "open" if to is None else "print"
    action = listed if folder or not given.file else alone
    as_given = ("encoding", "limit", "config", "state", "width", "density", "theme", "watch", "fresh", "case", "regex")
    request = Request(
        action,
        targets[0].name,
        to or "text",
        pattern=given.search,
        whole_word=given.word,
        command=_words(given.command),
        targets=targets,
        **{name: getattr(given, name) for name in as_given},
    )
    return {"print": _print, "list": _list, "open": _open, "browse": _browse}[action](request)


def _print_config() -> int:
    from reader.settings import defaults_toml
    from reader.ui import ACTIONS

    return _write((defaults_toml(ACTIONS).rstrip(),))


def _print_completion(shell: str) -> int:
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


# --- Printing --------------------------------------------------------------------------------------------------------


def _list(request: Request) -> int:
    """Prints the articles of a folder, or what matches in them."""
    from reader.library import Unread, works
    from reader.source import shown_path

    folder = request.target
    if request.pattern is not None or request.to == "json":
        return _list_from_index(request)
    problems: list[Unread] = []
    try:
        lines = ("\t".join((shown_path(work.path), work.date, work.title)) for work in works(folder, problems))
        code = _write(lines)
    except OSError as error:
        return _fail(f"{shown_path(folder)}: {(error.strerror or 'it cannot be read').lower()}")
    for problem in problems:
        _fail(problem.line)
    return code


def _list_from_index(request: Request) -> int:
    """Prints what the library's index knows: the matches of a pattern, or all there is as JSON; 1 where nothing is
    found, as grep does."""
    from reader.library import Library, index_file, list_json, only, search_json, search_lines
    from reader.search import SearchError
    from reader.settings import load as load_settings
    from reader.settings import store_path

    settings, problems = load_settings(request.config)
    for problem in problems:
        _fail(problem)
    folder = request.target
    with Library((folder,), index_file(store_path(request.state)), settings.dialect) as library:
        if request.pattern is None:
            return _write(list_json(library, report=_fail))
        asked = only(_query(request, request.pattern, settings.search))
        if request.to == "json":
            lines = search_json(library, asked, report=_fail)
        else:
            lines = search_lines(library, asked, given=folder, colour=_on_terminal(), report=_fail)
        found = _Counted(lines)
        try:
            code = _write(found)
        except SearchError as problem:
            return _fail(str(problem)) + 1
        return code or int(not found.count)


def _library(words: Sequence[str], config: str | None, state: str | None) -> int:
    """`reader library add FOLDER …`, `remove FOLDER …`, `status`: the folders that make one library."""
    from reader.library import (
        FoldersError,
        Library,
        add_folder,
        folders_file,
        index_file,
        library_folders,
        remove_folder,
        status_lines,
    )
    from reader.settings import load as load_settings
    from reader.settings import store_path

    verb, *folders = words or ("status",)
    if verb not in ("add", "remove", "status") or bool(folders) != (verb != "status"):
        return _fail("write `reader library add FOLDER`, `reader library remove FOLDER` or `reader library status`") + 1
    store = store_path(state)
    try:
        for folder in folders:
            changed = (add_folder if verb == "add" else remove_folder)(folders_file(store), folder)
            if not changed:
                _fail(f"{folder}: it is in the library already" if verb == "add" else f"{folder}: it was not added")
        settings, _ = load_settings(config)
        chosen = library_folders(settings.library.folders, folders_file(store))
    except FoldersError as problem:
        return _fail(str(problem))
    with Library(chosen, index_file(store), settings.dialect) as library:
        return _write(status_lines(library))


class _Counted:
    """Lines that are counted as they go by."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.count += 1
            yield line


def _print(request: Request) -> int:
    """Prints an article, or what matches in it."""
    import gc
    from collections import deque

    gc.disable()  # what is imported and parsed stays, and of a short article that is all
    from reader.loading import load
    from reader.settings import load as load_settings
    from reader.settings import no_color
    from reader.source import DEFAULT_LIMIT, SourceError, read

    settings, problems = load_settings(request.config)
    for problem in problems:
        _fail(problem)
    try:
        source = read(request.target, encoding=request.encoding, limit=request.limit or DEFAULT_LIMIT)
    except SourceError as problem:
        return _fail(str(problem))
    documents = load(source, settings.dialect)
    document = next(documents)
    gc.freeze()
    gc.enable()
    if not document.complete:
        document = deque(documents, maxlen=1).pop()
    if request.pattern is not None:
        from reader.export import rendered_matches
        from reader.search import SearchError, search

        try:
            matches = search(document.text, _query(request, request.pattern, settings.search))
        except SearchError as problem:
            return _fail(str(problem)) + 1  # wrong usage, and not "nothing found"
        colour = _on_terminal() or request.to == "ansi"
        written = _write(rendered_matches(document, matches, request.to, colour=colour))
        return written if matches else 1  # as grep does
    from reader.export import rendered

    settings = _preferred(settings, request)
    found = rendered(
        document,
        request.to,
        origin=source.origin,
        width=settings.measure,
        density=settings.claims.density / 100,
        colour=request.to != "ansi" or not no_color(),
        piece=_asked(document, request.to, settings),
    )
    for warning in found.warnings:
        _fail(warning)
    return _write(found.lines)


def _asked(document: Document, to: str, settings: Settings) -> Piece | None:
    """What a model of the person's own chooses, where one is set and the format has claims; a problem is said."""
    if not settings.claims.command or to not in ("claims", "json", "ansi"):
        return None
    from reader.loading import AskError, ask

    try:
        answer = ask(document, settings.claims.command)
    except AskError as problem:
        _fail(str(problem))
        return None
    if answer.warning:
        _fail(answer.warning)
    return answer.piece


def _query(request: Request, pattern: str, defaults: Search) -> Query:
    from reader.sanitize import clean
    from reader.search import Query

    return Query(
        clean(pattern),  # as the text it is looked for in
        case=request.case or defaults.case,
        whole_word=request.whole_word or defaults.whole_word,
        regex=request.regex or defaults.regex,
        accents=defaults.accents,
        variants=defaults.variants,
        pinyin=defaults.pinyin,
    )


def _fail(problem: str) -> int:
    from reader.sanitize import clean_line

    if sys.stderr is not None:  # closed; `print` would take standard output instead
        print(f"reader: {clean_line(problem)}", file=sys.stderr)
    return 1


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _write(lines: Iterable[str]) -> int:
    """Prints lines; a reader of the pipe that goes away early is no error."""
    from reader.sanitize import printable

    out = sys.stdout
    if out is None:
        return _fail("standard output: it is closed")
    if hasattr(out, "reconfigure"):
        out.reconfigure(errors="replace")
    try:
        for line in lines:
            out.write(printable(line) + "\n")
        out.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # what is still to be written has nowhere to go
        if isinstance(error, BrokenPipeError):
            return 0
        return _fail(f"standard output: it could not be written ({(error.strerror or 'no reason given').lower()})")
    return 0


# --- The app ---------------------------------------------------------------------------------------------------------


def _open(request: Request) -> int:
    """Opens the app at an article."""
    import gc

    gc.disable()  # until the first screen stands: what is imported stays, and looking through it is time lost
    from reader.loading import Feed, FeedError

    feed = Feed(_order(request))  # which has standard input now, where that is the article
    try:
        if not _keys_from_terminal():
            return _fail("there is no terminal for keys; add --to text")
        from reader.ui import ReaderApp  # noqa: F401  the parser works while this is imported

        if not feed.opens_within(_PATIENCE_S):
            return _run_app(request, _nothing_opened(request), pending=feed)
        try:
            opened = feed.open()
        except FeedError as problem:
            return _fail(str(problem))
        return _run_app(request, opened, feed)
    finally:
        feed.close()


def _browse(request: Request) -> int:
    """Opens the app at the articles of a folder, or at the recent ones."""
    if not _keys_from_terminal():
        return _fail("there is no terminal for keys; name an article and add --to text")
    return _run_app(request, _nothing_opened(request))


def _nothing_opened(request: Request) -> Opened:
    """The settings, and no article yet."""
    from reader.document import Document
    from reader.loading import Opened
    from reader.session import NO_SOURCE
    from reader.settings import load as load_settings
    from reader.ui import ACTIONS

    settings, problems = load_settings(request.config, actions=ACTIONS)
    return Opened(NO_SOURCE, settings, problems, Document())


def _order(request: Request) -> Order:
    """How articles are to be read."""
    from reader.loading import Order
    from reader.ui import ACTIONS

    actions = tuple((action.id, action.keys, action.title) for action in ACTIONS)
    remembered = not request.fresh and request.pattern is None
    return Order(request.target, request.encoding, request.limit, request.config, actions, remembered, request.state)


def _run_app(request: Request, opened: Opened, feed: Feed | None = None, pending: Feed | None = None) -> int:
    """Runs the app to its end; `pending` is a feed whose first piece is not there yet."""
    from reader.settings import store_path
    from reader.ui import ReaderApp

    settings = _preferred(opened.settings, request)
    place = request.targets[0] if request.targets else None
    app: ReaderApp = ReaderApp(
        opened._replace(settings=settings),
        feed.rest() if feed is not None else (),
        search=None if request.pattern is None else _query(request, request.pattern, settings.search),
        feed=feed,
        pending=pending,
        order=_order(request),
        store=partial(store_path, request.state),
        fresh=request.fresh,
        watch=request.watch,
        folder=request.target if request.action == "browse" else None,
        files=[target.name for target in request.targets],
        at=None if place is None or (place.line is None and place.anchor is None) else place,
    )
    with _screen_on_terminal():
        app.run()
    if app.session.store.problem:
        _fail(app.session.store.problem)
    return app.return_code or 0


def _preferred(settings: Settings, request: Request) -> Settings:
    """The settings with what the options say instead."""
    if request.theme:
        settings = replace(settings, theme=request.theme)
    if request.width:
        settings = replace(settings, measure=request.width)
    if request.command:
        settings = replace(settings, claims=replace(settings.claims, command=request.command))
    if request.density:
        settings = replace(settings, claims=replace(settings.claims, density=request.density))
    return settings


def _is_piped() -> bool:
    """Whether standard input brings an article: it is a pipe, a file or a socket, not a terminal or /dev/null."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return sys.stdin is not None and (stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode))


def _keys_from_terminal() -> bool:
    """Takes the keys from the terminal itself, whatever standard input is; false where there is none.

    What comes through standard input belongs to somebody else: it is the article, or the list of a shell's loop.
    """
    if sys.platform == "win32" or (sys.stdin is not None and os.isatty(0)):
        return True  # Windows has keys of the console, not of standard input
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        return False
    os.dup2(terminal, 0)
    os.close(terminal)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  it is open to the end
    vars(sys)["__stdin__"] = sys.stdin  # which Textual reads
    return True


@contextmanager
def _screen_on_terminal() -> Iterator[None]:
    """Has Textual, which draws by way of standard error, draw on the terminal where that is sent elsewhere."""
    plain = sys.__stderr__
    if plain is not None and plain.isatty():
        yield
        return
    with open(os.dup(1), "w", encoding="utf-8") as screen:
        vars(sys)["__stderr__"] = screen
        try:
            yield
        finally:
            vars(sys)["__stderr__"] = plain


def _words(command: str | None) -> tuple[str, ...]:
    import shlex

    return tuple(shlex.split(command)) if command else ()


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
