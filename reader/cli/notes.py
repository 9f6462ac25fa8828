"""`reader notes export`, `reader notes import` and `reader --notes`: highlights and notes from outside the app.

Owns their options, and what is said of how they went. The work is that of `reader.session.exchange`. Refuses to write
an article's file.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from reader.cli.options import Formatter, Parser
from reader.cli.stdio import fail, on_terminal, write
from reader.locale import _, ngettext

if TYPE_CHECKING:
    from reader.search import Query
    from reader.session import exchange
    from reader.settings import Settings
    from reader.store import Annotation, Store

_GLOBAL = ("--state", "--config")
_VERBS = ("export", "import")
_QUOTE_CHARACTERS = 200
"""Of a passage, that the list shows."""


def asked(arguments: Sequence[str]) -> list[str] | None:
    """What is behind `reader notes`, with the options before it; None where the arguments are not of this command.

    Where there is a file or folder called "notes", it is meant unless `export` or `import` follows.
    """
    words = list(arguments)
    at = 0
    while at < len(words) and words[at].partition("=")[0] in _GLOBAL:
        at += 1 if "=" in words[at] else 2
    if words[at : at + 1] != ["notes"]:
        return None
    verb = words[at + 1] if at + 1 < len(words) else ""
    if os.path.lexists("notes") and (verb not in _VERBS or os.path.lexists(verb)):
        return None
    return words[at + 1 :] + words[:at]


def parser() -> argparse.ArgumentParser:
    """The options of `reader notes`."""
    made = Parser(prog="reader notes", description=_("Highlights and notes as files."))
    made.add_argument("verb", choices=_VERBS, help=_("export: print or write them; import: take those in FILE"))
    made.add_argument(
        "names",
        nargs="*",
        metavar="FILE",
        help=_("export: articles or folders; import: the file of notes, then the articles or folders they are of"),
    )
    made.add_argument("--all", action="store_true", help=_("export the notes of every article"))
    made.add_argument("--format", choices=("md", "json", "csv", "html"), help=_("of the export (default: md)"))
    made.add_argument("--into", metavar="FOLDER", help=_("write files into a folder, in place of printing"))
    made.add_argument(
        "--since", metavar="WHEN", help=_("only what is new since the last export (last), or since a date (2026-11-26)")
    )
    made.add_argument("--state", metavar="FOLDER", help=_("where places, bookmarks and notes are kept"))
    made.add_argument("--config", metavar="FILE", help=_("settings, in place of the file in the platform's folder"))
    made.formatter_class = Formatter
    return made


def notes(words: Sequence[str]) -> int:
    """Runs `reader notes …`; returns its exit code."""
    made = parser()
    made.usage = made.format_usage().removeprefix(_("usage: ")).rstrip()  # else cut as if its first word were English
    given = made.parse_intermixed_args(words)
    return _export(given) if given.verb == "export" else _import(given)


# --- Out --------------------------------------------------------------------------------------------------------------


def _export(given: argparse.Namespace) -> int:
    if given.all == bool(given.names):
        return fail(_("name articles or folders to export the notes of, or write --all")) + 1
    since = _since(given.since)
    if given.since is not None and since is None:
        said = _("--since takes the word last or a date like 2026-11-26, not {text!r}")
        return fail(said.format(text=given.since)) + 1
    from reader.session import exchange

    export = exchange.Export(given.format or "md", given.into, since, tuple(given.names))
    return _exported(export, _settings(given.config), given.state)


def _exported(export: exchange.Export, settings: Settings, state: str | None) -> int:
    from reader.session import exchange
    from reader.settings import store_path
    from reader.store import Store

    with Store(store_path(state)) as store:
        try:
            made = exchange.plan(store, export)
            if _refused(store):
                return 1
            if not made.several:
                fail(
                    _("there are no notes newer than that") if made.after else _("there are no notes on what was named")
                )
            if export.into is not None:
                written = exchange.write_into(export, made, settings, fail)
                code = write(_count(written_one.changed for written_one in written))
            elif made.several or export.format in ("json", "csv"):
                text = exchange.text_of(export, made, settings, fail).replace("\r\n", "\n")
                code = write(text.rstrip("\n").split("\n"))
            else:
                code = 0
        except exchange.ExchangeError as problem:
            return fail(str(problem))
        if not code and not exchange.done(store, export, made):
            return fail(_because(_("what was exported could not be remembered"), store.refusal))
    return code


def _refused(store: Store) -> bool:
    """Says what is wrong with the store, if anything; whether nothing could be read from it."""
    if store.unread:
        fail(store.refusal)
    elif not store.refusal:
        for warning in store.warnings:
            fail(warning)
    return store.unread


def _because(what: str, reason: str) -> str:
    return f"{what}: {reason}" if reason else what


def _count(changed: Iterable[bool]) -> Iterator[str]:
    known = list(changed)
    said = ngettext(
        "{count} file, {changed} of them new or changed", "{count} files, {changed} of them new or changed", len(known)
    )
    yield said.format(count=len(known), changed=sum(known))


def _since(text: str | None) -> float | Literal["last"] | None:
    """ "last", or seconds since the epoch; None where it is neither."""
    from datetime import datetime

    if text is None:
        return None
    if text == "last":
        return "last"
    try:
        return datetime.fromisoformat(text).timestamp()  # without a zone it is local, as a person means it
    except (ValueError, OverflowError, OSError):
        return None


def _settings(config: str | None) -> Settings:
    """The settings; a template that cannot be used is said and is the reader's own."""
    from dataclasses import replace

    from reader.export import notes as formats
    from reader.settings import load

    settings, problems = load(config)
    for problem in problems:
        fail(problem)
    for name, fields in (("article", formats.ARTICLE_FIELDS), ("note", formats.NOTE_FIELDS)):
        problem = formats.template_problem(getattr(settings.notes, name), fields)
        if problem:
            said = _("notes.{name} in the settings: {problem}; the reader's own template is used")
            fail(said.format(name=name, problem=problem))
            settings = replace(settings, notes=replace(settings.notes, **{name: ""}))
    return settings


# --- In ---------------------------------------------------------------------------------------------------------------


def _import(given: argparse.Namespace) -> int:
    if not given.names:
        return fail(_("name the file of notes to import")) + 1
    wrong = [name for name in ("all", "format", "into", "since") if getattr(given, name)]
    if wrong:
        return fail(_("--{option} is an option of export").format(option=wrong[0])) + 1
    from reader.export import notes as formats
    from reader.session import exchange
    from reader.settings import store_path
    from reader.source import shown_path
    from reader.store import Store

    file, *names = given.names
    shown = shown_path(file)
    try:
        if file == "-":
            data = sys.stdin.buffer.read(formats.MAX_IMPORT_BYTES + 1)
        else:
            with open(file, "rb") as opened:
                data = opened.read(formats.MAX_IMPORT_BYTES + 1)
        several = formats.read_notes(data)
    except OSError as error:
        reason = (error.strerror or _("no reason given")).lower()
        return fail(f"{shown}: {_('it cannot be read ({reason})').format(reason=reason)}")
    except ValueError as problem:
        return fail(f"{shown}: {problem}")
    with Store(store_path(given.state)) as store:
        if store.path is None:
            return fail(store.refusal)
        try:
            brought = exchange.bring(store, several, names, _settings(given.config), fail)
        except exchange.ExchangeError as problem:
            return fail(str(problem))
        lines: list[str] = []
        for added in brought.articles:
            place = shown_path(added.article.path or "")
            said = _("{file}: {new} new, {changed} changed, {known} known already")
            lines.append(said.format(file=place, new=added.new, changed=added.changed, known=added.known))
            if added.unanchored:
                said = _("{count} not found in the article; they are kept as lost notes:")
                lines.append("  " + said.format(count=len(added.unanchored)))
            lines += [f"    {line}" for line in exchange.unplaced(added.unanchored)]
        if brought.homeless:
            said = _("{count} of no article known here; name the article or its folder after FILE:")
            lines.append(said.format(count=len(brought.homeless)))
            lines += [f"    {line}" for line in exchange.unplaced(brought.homeless)]
        if not all(added.kept for added in brought.articles) and not store.retry():
            return fail(_because(_("not all could be kept"), store.refusal))
        _refused(store)
        code = write(lines)
    return code or int(not brought.articles)


# --- The list ---------------------------------------------------------------------------------------------------------


def listed(names: Sequence[str], query: Query | None, state: str | None) -> int:
    """`reader --notes`: the notes of the articles and folders named, or of all; only those with a match of `query`."""
    from reader.search import SearchError
    from reader.session import exchange
    from reader.settings import store_path
    from reader.store import Store

    with Store(store_path(state)) as store:
        try:
            several = exchange.chosen(store, names)
        except exchange.ExchangeError as problem:
            return fail(str(problem))
        if _refused(store):
            return 1
    try:
        lines = [line for one in several for line in _lines(one, query)]
    except SearchError as problem:
        return fail(str(problem)) + 1
    if not lines:
        fail(_("there are no notes yet") if query is None and not names else _("there are no such notes"))
    return write(lines) or int(not lines and query is not None)


def _lines(one: exchange.Annotated, query: Query | None) -> Iterator[str]:
    from reader.sanitize import clean_line
    from reader.source import shown_path

    article, several = one
    several = several if query is None else tuple(note for note in several if _matches(note, query))
    if not several:
        return
    place = shown_path(article.path or "")
    bold, plain = ("\x1b[1m", "\x1b[0m") if on_terminal() else ("", "")
    yield f"{bold}{clean_line(article.title or os.path.basename(place))}{plain}  {place}"
    for note in several:
        quote = " ".join(note.selector.exact.split()) if note.selector is not None else ""
        if len(quote) > _QUOTE_CHARACTERS:
            quote = f"{quote[: _QUOTE_CHARACTERS - 1]}…"
        sign = "✎" if note.words else "▍"
        yield f"  {sign} {clean_line(quote or 'on the article as a whole')}"
        yield from (f"      {clean_line(row)}" for row in note.words.split("\n") if row.strip())


def _matches(note: Annotation, query: Query) -> bool:
    from reader.search import search

    exact = note.selector.exact if note.selector is not None else ""
    return any(len(search(text, query)) for text in (exact, note.words) if text)
