"""The command: arguments become one `Request`, which is printed, listed or opened.

Owns the exit codes: 0 done, 1 could not read (one line on standard error: what, where, remedy), 2 wrong
usage. Refuses to import Textual before it is known that an app is wanted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Literal

from reader import __version__
from reader.cli.options import Request, given, parser
from reader.cli.stdio import fail, is_piped, keys_from_terminal, on_terminal, reserve, screen_on_terminal, write
from reader.cli.subcommands import library
from reader.locale import _, use

if TYPE_CHECKING:
    from reader.claims import Piece
    from reader.document import Document
    from reader.export.notes import ArticleNotes
    from reader.loading import Feed, Opened, Order
    from reader.search import Query
    from reader.settings import Search, Settings
    from reader.source import Source
    from reader.store import State
    from reader.ui import ReaderApp

_PATIENCE_S = 0.3
"""The first piece of an article is waited for so long; then the screen comes without it and says what it waits for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    reserve()
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        if "notes" in arguments:
            from reader.cli.notes import asked, notes

            if (words := asked(arguments)) is not None:
                _speak()
                return notes(words)
        return _run(given(arguments))
    except KeyboardInterrupt:
        return 130  # 128 and the number of the signal, as shells have it


def _speak() -> None:
    """Speaks the locale's language. The way to the app's first screen has the second process started before."""
    from reader.settings import language

    use(language())


def _run(given: argparse.Namespace) -> int:
    if given.version:
        return write((f"reader {__version__}",))
    if given.notes or given.to is not None or len(given.file) != 1 or os.path.isdir(given.file[0]):
        _speak()
    if given.print_config:
        return _print_config(given.config)
    if given.print_completion:
        _speak()
        return _print_completion(given.print_completion)
    if given.file[:1] == ["library"] and not os.path.exists("library"):
        return library(given.file[1:], given.config, given.state)
    if given.notes:
        return _list_notes(given)
    if not given.file and is_piped():
        given.file = ["-"]
    terminal = on_terminal()
    if not given.file and (given.to is not None or not terminal):
        parser().print_usage(sys.stderr)
        return fail(_("name an article to read, or - for standard input")) + 1
    from reader.source import Target, parse_targets

    targets = parse_targets(given.file) or (Target(""),)
    folder = os.path.isdir(targets[0].name)
    if len(targets) > 1 and any(os.path.isdir(target.name) for target in targets):
        return fail(_("name one folder, or several articles")) + 1
    to = given.to or (None if terminal and not (folder and given.search is not None) else "text")
    if to is not None and len(targets) > 1:
        return fail(_("--to {format} prints one article; name one").format(format=to)) + 1
    if folder and to not in (None, "text", "json"):
        return fail(_("a folder is printed as text or json, not as {format}").format(format=to)) + 1
    at_folder: Literal["list", "browse"] = "browse" if to is None else "list"
    alone: Literal["print", "open"] = "open" if to is None else "print"
    action = at_folder if folder or not given.file else alone
    as_given = [
        "encoding",
        "limit",
        "kind",
        "config",
        "state",
        "width",
        "density",
        "theme",
        "watch",
        "fresh",
        "images",
        "header",
        "case",
    ]
    request = Request(
        action,
        targets[0].name,
        to or "text",
        pattern=given.search,
        whole_word=given.word,
        regex=given.regex,
        command=_words(given.command),
        targets=targets,
        **{name: getattr(given, name) for name in as_given},
    )
    return {"print": _print, "list": _list, "open": _open, "browse": _browse}[action](request)


def _print_config(config: str | None) -> int:
    from reader.settings import defaults_toml, load
    from reader.ui import ACTIONS

    load(config)  # for its language
    return write((defaults_toml(ACTIONS).rstrip(),))


def _print_completion(shell: str) -> int:
    """Prints what makes a shell complete the options."""
    try:
        import shtab
    except ImportError:
        return fail(_("completions need the package shtab: pip install shtab"))
    made = parser()
    kinds = {"file": shtab.FILE, "config": shtab.FILE, "state": shtab.DIRECTORY}
    for action in made._actions:  # argparse has no other way to them
        if action.dest in kinds:
            action.complete = kinds[action.dest]  # type: ignore[attr-defined]
    return write((shtab.complete(made, shell).rstrip(),))


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
        code = write(lines)
    except OSError as error:
        return fail(f"{shown_path(folder)}: {(error.strerror or _('it cannot be read')).lower()}")
    for problem in problems:
        fail(problem.line)
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
        fail(problem)
    folder = request.target
    with Library((folder,), index_file(store_path(request.state)), settings.dialect) as library:
        if request.pattern is None:
            return write(list_json(library, states=_states(store_path(request.state)), report=fail))
        asked = only(_query(request, request.pattern, settings.search))
        if request.to == "json":
            lines = search_json(library, asked, report=fail)
        else:
            lines = search_lines(library, asked, given=folder, colour=on_terminal(), report=fail)
        found = _Counted(lines)
        try:
            code = write(found)
        except SearchError as problem:
            return fail(str(problem)) + 1
        # JSON that has found nothing is one line, the object around no article
        return code or int(found.count <= (request.to == "json"))


def _list_notes(given: argparse.Namespace) -> int:
    """Prints the person's notes, or those that match."""
    if given.to is not None:
        said = _("--notes prints a list; `reader notes export` prints them as Markdown, JSON, CSV or HTML")
        return fail(said) + 1
    from reader.cli.notes import listed

    if given.search is None:
        return listed(given.file, None, given.state)
    from reader.settings import load as load_settings

    settings, problems = load_settings(given.config)
    for problem in problems:
        fail(problem)
    wanted = Request("list", "", whole_word=given.word, regex=given.regex, case=given.case)
    return listed(given.file, _query(wanted, given.search, settings.search), given.state)


def _states(store: str) -> Mapping[str, State]:
    """What the person has said of articles; nothing, and no store, where there is none yet."""
    if not os.path.exists(store):
        return {}
    from reader.store import Store

    with Store(store) as opened:
        return opened.states()


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

    gc.disable()  # what is imported and parsed stays, and of a short article that is all
    from reader.cli.article import article
    from reader.loading import FeedError
    from reader.settings import load as load_settings
    from reader.source import SourceError

    settings, problems = load_settings(request.config)
    for problem in problems:
        fail(problem)
    try:
        with article(request, settings) as (source, documents):
            return _print_article(request, settings, source, documents)
    except (SourceError, FeedError) as problem:
        return fail(str(problem))


def _print_article(request: Request, settings: Settings, source: Source, documents: Iterator[Document]) -> int:
    """Prints what is asked for of an article that is on its way."""
    import gc
    from collections import deque

    document = next(documents)
    gc.freeze()
    gc.enable()
    if request.to == "text" and request.pattern is None and source.kind != "html":
        return _print_growing(request, settings, source, document, documents)
    if not document.complete:
        document = deque(documents, maxlen=1).pop()
    if request.pattern is not None:
        from reader.export import rendered_matches
        from reader.search import SearchError, search

        try:
            matches = search(document.text, _query(request, request.pattern, settings.search))
        except SearchError as problem:
            return fail(str(problem)) + 1  # wrong usage, and not "nothing found"
        colour = on_terminal() or request.to == "ansi"
        written = write(rendered_matches(document, matches, request.to, colour=colour))
        return written if matches else 1  # as grep does
    from reader.export import rendered
    from reader.settings import no_color

    settings = _ready_to_print(request, settings, source)
    found = rendered(
        document,
        request.to,
        origin=source.origin,
        width=settings.measure,
        density=settings.claims.density / 100,
        colour=request.to != "ansi" or not no_color(),
        piece=_asked(document, request.to, settings),
        path=source.path,
        mine=_notes_on(document, source, request) if request.to == "html" else None,
        images=request.images,
        header=request.header or source.kind != "html",
    )
    # A page that is only the beginning of its article must not pass for the whole in a script; JSON has them.
    of_page = document.warnings if source.kind == "html" and request.to != "json" else ()
    for warning in (*of_page, *found.warnings):
        fail(warning)
    return write(found.lines)


def _print_growing(
    request: Request, settings: Settings, source: Source, first: Document, rest: Iterator[Document]
) -> int:
    """Prints an article as text, whose rows are set while it is parsed."""
    from reader.export import text_of_growing
    from reader.loading import CUT_SHORT

    last = first

    def watched() -> Iterator[Document]:
        nonlocal last
        for document in chain((first,), rest):
            last = document
            yield document

    settings = _ready_to_print(request, settings, source)
    code = write(text_of_growing(watched(), settings.measure))
    return fail(_(CUT_SHORT)) if CUT_SHORT in last.warnings else code


def _ready_to_print(request: Request, settings: Settings, source: Source) -> Settings:
    """Says what is to be known of the source, and sets the width of characters; the settings with the options."""
    if source.notice:
        fail(source.notice)
    settings = _preferred(settings, request)
    if request.to in ("text", "ansi"):
        from reader.layout import set_ambiguous_wide

        set_ambiguous_wide(settings.ambiguous == "wide")
    return settings


def _notes_on(document: Document, source: Source, request: Request) -> ArticleNotes | None:
    """The person's highlights and notes on an article that is printed; a store that is not there yet is not made."""
    from reader.settings import store_path

    target, place = source.path or source.url, store_path(request.state)
    if not target or not os.path.isfile(place):
        return None
    from reader.export.notes import article_notes
    from reader.store import Article, Store

    article = Article(target, source.digest, document.metadata.title)
    with Store(place) as store:
        found, versions = store.annotations(article), store.versions(article)
        if store.problem:
            fail(store.problem)
    return article_notes(article, found, document, versions) if found else None


def _asked(document: Document, to: str, settings: Settings) -> Piece | None:
    """What a model of the person's own chooses, where one is set and the format has claims; a problem is said."""
    if not settings.claims.command or to not in ("claims", "json", "ansi", "html"):
        return None
    from reader.loading import AskError, ask

    try:
        answer = ask(document, settings.claims.command)
    except AskError as problem:
        fail(str(problem))
        return None
    if answer.warning:
        fail(answer.warning)
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


# --- The app ---------------------------------------------------------------------------------------------------------


def _open(request: Request) -> int:
    """Opens the app at an article."""
    import gc

    gc.disable()  # until the first screen stands: what is imported stays, and looking through it is time lost
    from reader.loading import Feed, FeedError

    feed = Feed(_order(request))  # which has standard input now, where that is the article
    _speak()
    try:
        if not keys_from_terminal():
            return fail(_("there is no terminal for keys; add --to text"))
        from reader.ui import ReaderApp  # noqa: F401  the parser works while this is imported

        if not feed.opens_within(_PATIENCE_S):
            return _run_app(request, _nothing_opened(request), pending=feed)
        try:
            opened = feed.open()
        except FeedError as problem:
            return fail(str(problem))
        return _run_app(request, opened, feed)
    finally:
        feed.close()


def _browse(request: Request) -> int:
    """Opens the app at the articles of a folder, or at the recent ones."""
    import gc

    gc.disable()  # as for an article
    if not keys_from_terminal():
        return fail(_("there is no terminal for keys; name an article and add --to text"))
    return _run_app(request, _nothing_opened(request))


def _nothing_opened(request: Request) -> Opened:
    """The settings, and no article yet."""
    from reader.document import Document
    from reader.loading import Opened
    from reader.session import NO_SOURCE
    from reader.settings import load as load_settings
    from reader.settings import store_path
    from reader.ui import ACTIONS

    settings, problems = load_settings(request.config, actions=ACTIONS)
    kept: Mapping[str, str] = {}
    if os.path.exists(where := store_path(request.state)):
        from reader.store import glance

        kept = glance(where).preferences
    return Opened(NO_SOURCE, settings, problems, Document(), preferences=kept)


def _order(request: Request) -> Order:
    """How articles are to be read."""
    from reader.loading import Order
    from reader.ui import ACTIONS

    actions = tuple((action.id, action.keys, action.title) for action in ACTIONS)
    remembered = not request.fresh and request.pattern is None
    how = (request.encoding, request.limit, request.config, actions, remembered, request.state, request.kind)
    return Order(request.target, *how)


def _run_app(request: Request, opened: Opened, feed: Feed | None = None, pending: Feed | None = None) -> int:
    """Runs the app to its end; `pending` is a feed whose first piece is not there yet."""
    from reader.settings import preferred, store_path
    from reader.ui import ReaderApp

    settings = _preferred(preferred(opened.settings, opened.preferences), request)
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
        folders=partial(_library, request, settings),
        at=None if place is None or (place.line is None and place.anchor is None) else place,
    )
    with screen_on_terminal():
        app.run()
    if app.session.store.problem:
        fail(app.session.store.problem)
    return app.return_code or 0


def _library(request: Request, settings: Settings) -> tuple[str, ...]:
    """The folders that are the library; a list of them that cannot be read has none."""
    from reader.library import FoldersError, folders_file, library_folders
    from reader.settings import store_path

    try:
        return library_folders(settings.library.folders, folders_file(store_path(request.state)))
    except FoldersError:
        return tuple(settings.library.folders)


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


def _words(command: str | None) -> tuple[str, ...]:
    import shlex

    return tuple(shlex.split(command)) if command else ()
