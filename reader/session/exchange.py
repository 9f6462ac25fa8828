"""Highlights and notes out of the store and in again, as files: what the command line and the app share.

Owns which articles are meant, the reading of them as they are now, what is new since the last time, and what of an
import is kept. Refuses the formats, which are of `reader.export.notes`, and the network: a web page whose text is not
at hand goes out as the store knows it.

Invariant: no article's file is written. What is exported is remembered as exported after it was written, not before.
"""

from __future__ import annotations

import hashlib
import os
import time as clock
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal, NamedTuple, TypeAlias

from reader.document import Document, record
from reader.export import notes as formats
from reader.loading import load
from reader.locale import _
from reader.sanitize import clean_line
from reader.settings import Settings
from reader.source import SourceError, read, shown_path
from reader.store import Annotation, Article, Store

Format: TypeAlias = Literal["md", "json", "csv", "html"]
FORMATS: Final[tuple[Format, ...]] = ("md", "json", "csv", "html")
Annotated: TypeAlias = tuple[Article, tuple[Annotation, ...]]
"""An article and its notes, as the store has them."""
Report: TypeAlias = Callable[[str], object]
"""Is told of what does not go well, a sentence each."""

_WEB: Final = ("http://", "https://")
_ONE_FILE: Final[Mapping[str, tuple[str, str]]] = {
    "json": ("notes.json", "urn:reader:notes"),
    "csv": ("notes.csv", "Highlight,Title,Author,URL,Note"),
}
"""Name of the file for all articles, and what stands in one that is ours."""


class ExchangeError(Exception):
    """What was asked for cannot be done; the message is one sanitised line."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(clean_line(f"{where}: {what}" if where else what))


class Present(NamedTuple):
    """An article as it is now."""

    article: Article
    """With the digest of the file as it is."""
    document: Document | None
    """All of it; None where it cannot be read."""


# --- Which articles, and what they are now ----------------------------------------------------------------------------


def chosen(store: Store, names: Sequence[str] = ()) -> tuple[Annotated, ...]:
    """The articles named that have notes, and those in the folders named; all where none are. Raises ExchangeError."""
    known = store.annotated()
    if not names:
        return known
    found: dict[int, Annotated] = {}
    for name in names:
        for index, one in _named(name, known):
            found[index] = one
    return tuple(found.values())


def _named(name: str, known: Sequence[Annotated]) -> Iterator[tuple[int, Annotated]]:
    if name.startswith(_WEB):
        address = name.partition("#")[0]
        yield from ((at, one) for at, one in enumerate(known) if one[0].path in (name, address))
        return
    path = os.path.abspath(name)
    if os.path.isdir(path):
        within = os.path.join(path, "")
        yield from ((at, one) for at, one in enumerate(known) if (one[0].path or "").startswith(within))
        return
    there = [(at, one) for at, one in enumerate(known) if one[0].path == path]
    if not there and not os.path.lexists(path):
        raise ExchangeError(shown_path(name), _("there is no such file, and there are no notes on one"))
    if not there:
        # It may be one that was moved: then its bytes are those of an article that is not where it was.
        digest = _digest(name)
        there = [
            (at, (replace(article, path=path), notes))
            for at, (article, notes) in enumerate(known)
            if article.digest == digest and not (article.path and os.path.exists(article.path))
        ][:1]
    yield from there


def _digest(name: str) -> str:
    try:
        return read(name).digest
    except SourceError as problem:
        raise ExchangeError("", str(problem)) from None


def present(article: Article, settings: Settings, report: Report) -> Present:
    """The article as it is now, read from its file; `report` is told where it cannot be."""
    if article.path is None or article.path.startswith(_WEB):
        return Present(article, None)
    try:
        source = read(article.path)
    except SourceError as problem:
        report(_("{problem}; its notes go out as they are remembered").format(problem=problem))
        return Present(article, None)
    document = deque(load(source, settings.dialect), maxlen=1).pop()
    return Present(replace(article, digest=source.digest), document)


# --- Out --------------------------------------------------------------------------------------------------------------


@record
class Export:
    """How notes are to go out."""

    format: Format = "md"
    into: str | None = None
    """A folder; None: as text."""
    since: float | Literal["last"] | None = None
    """Only what was changed after it, in seconds since the epoch; "last": since the same export was done before."""
    names: tuple[str, ...] = ()
    """As `chosen` takes them."""

    @property
    def target(self) -> str:
        """What the time of the last export is kept under: the same for the same command."""
        into = "" if self.into is None else os.path.abspath(self.into)
        names = sorted(name if name.startswith(_WEB) else os.path.abspath(name) for name in self.names)
        key = "\0".join((into, *names)).encode("utf-8", "surrogatepass")
        return f"{self.format} {hashlib.blake2b(key, digest_size=16).hexdigest()}"


class Plan(NamedTuple):
    """What an export is made from."""

    several: tuple[Annotated, ...]
    after: float
    """Only what was changed later than this is new; 0: all is."""
    newest: float
    """When the latest of the notes was changed, in seconds since the epoch."""
    at_hand: Mapping[str, tuple[str, Document]] = {}
    """Articles that need not be read: path to digest and the whole document."""
    versions: Callable[[Article], Mapping[str, str]] = lambda _: {}
    """What `Store.versions` has of an article whose file is as the digest says."""


def plan(store: Store, export: Export) -> Plan:
    """What the store knows of it. Raises ExchangeError."""
    several = chosen(store, export.names)
    after = store.exported(export.target) if export.since == "last" else export.since or 0.0
    newest = max((one.modified for _, notes in several for one in notes), default=0.0)
    fresh = tuple(one for one in several if any(note.modified > after for note in one[1]))
    return Plan(fresh, after, newest, versions=store.versions)


def done(store: Store, export: Export, made: Plan) -> bool:
    """Remembers that the notes have gone out: `since="last"` goes on from here."""
    return store.save_exported(export.target, max(made.newest, made.after))


def text_of(export: Export, made: Plan, settings: Settings, report: Report) -> str:
    """All of it as one text. Raises ExchangeError."""
    if export.format == "html" and len(made.several) > 1:
        said = _("these are {count} articles, a page each: add --into FOLDER")
        raise ExchangeError("", said.format(count=len(made.several)))
    if export.format == "html" and not made.several:
        return ""
    gathered = ((formats.newer(notes, made.after), document) for notes, document in _gathered(made, settings, report))
    if export.format in _ONE_FILE:
        return (formats.as_json if export.format == "json" else formats.as_csv)(notes for notes, _ in gathered)
    return "\n".join(_text(export.format, notes, document, settings) for notes, document in gathered)


def write_into(export: Export, made: Plan, settings: Settings, report: Report) -> tuple[formats.Written, ...]:
    """Writes it into the folder of `export`. A file of one article has all its notes, whatever is new: it replaces the
    one before. Raises ExchangeError."""
    folder = export.into or "."
    try:
        if export.format in _ONE_FILE:
            name, ours = _ONE_FILE[export.format]
            return (formats.write_file(os.path.join(folder, name), text_of(export, made, settings, report), ours),)
        texts = (
            (notes, _text(export.format, notes, document, settings))
            for notes, document in _gathered(made, settings, report)
        )
        return formats.write_notes(folder, texts, ".html" if export.format == "html" else ".md")
    except OSError as error:
        where = shown_path(str(error.filename or folder))
        reason = (error.strerror or _("no reason given")).lower()
        raise ExchangeError(where, _("it could not be written ({reason})").format(reason=reason)) from None


def _gathered(made: Plan, settings: Settings, report: Report) -> Iterator[tuple[formats.ArticleNotes, Document | None]]:
    for article, several in made.several:
        if (there := made.at_hand.get(article.path or "")) is not None:
            now = Present(replace(article, digest=there[0]), there[1])
        else:
            now = present(article, settings, report)
        changed = any(one.selector is not None and one.selector.digest != now.article.digest for one in several)
        versions = made.versions(now.article) if changed and now.document is not None else {}
        yield formats.article_notes(now.article, several, now.document, versions), now.document


def _text(format: Format, notes: formats.ArticleNotes, document: Document | None, settings: Settings) -> str:
    if format == "html":
        return "\n".join(formats.as_html(notes, document, settings.highlight.colours))
    own = settings.notes
    templates = {"article_template": own.article, "note_template": own.note}
    return formats.as_markdown(notes, **{name: template for name, template in templates.items() if template})


# --- In ---------------------------------------------------------------------------------------------------------------


class Added(NamedTuple):
    """What an import has brought to one article."""

    article: Article
    new: int
    changed: int
    known: int
    """They were there already."""
    unanchored: tuple[formats.Imported, ...]
    """New ones whose passage is not in the article; they are kept as lost ones."""
    kept: bool
    """Whether all of it is in the store's file."""


class Brought(NamedTuple):
    """What an import has brought."""

    articles: tuple[Added, ...]
    homeless: tuple[formats.Imported, ...]
    """They are of no article that is known or named."""


def bring(
    store: Store,
    several: Sequence[formats.Imported],
    names: Sequence[str],
    settings: Settings,
    report: Report,
    at_hand: tuple[Article, Document] | None = None,
) -> Brought:
    """Keeps notes that were read from a file: with the articles named, those in the folders named, or, where none are,
    those that the store knows. `at_hand` is an article that need not be read, asked first. Raises ExchangeError."""
    left = list(several)
    added: list[Added] = []
    colour = settings.highlight.colours[0]
    if at_hand is not None and (mine := formats.belonging(left, *at_hand)):
        gone = set(map(id, mine))
        left = [one for one in left if id(one) not in gone]
        added.append(_add(store, mine, *at_hand, colour))
    for article in _candidates(store, left, names):
        if not left:
            break
        alone = len(names) == 1 and not os.path.isdir(names[0]) and _of_one_article(left)
        now = _readable(article, left, settings, None if not names else report, alone=alone)
        if now is None or now.document is None:
            continue
        # Where one article is named, the person says of which these are.
        mine = formats.belonging(left, now.article, now.document) or (tuple(left) if alone else ())
        if mine:
            gone = set(map(id, mine))
            left = [one for one in left if id(one) not in gone]
            added.append(_add(store, mine, now.article, now.document, colour))
    return Brought(tuple(added), tuple(left))


def _of_one_article(several: Sequence[formats.Imported]) -> bool:
    return len({one.url or one.title or one.path for one in several}) == 1


def _candidates(store: Store, several: Sequence[formats.Imported], names: Sequence[str]) -> Iterator[Article]:
    """The articles that notes may be of."""
    if names:
        for name in names:
            yield from _articles_in(name)
        return
    known = {article.path: article for article, _ in store.annotated() if article.path is not None}
    for recent in store.recents(100_000):
        known.setdefault(recent.path, Article(recent.path, "", recent.title))
    for one in several:
        if one.path and one.path not in known and os.path.isfile(one.path):
            known[one.path] = Article(one.path, "")
    yield from (article for article in known.values() if not (article.path or "").startswith(_WEB))


def _articles_in(name: str) -> Iterator[Article]:
    if name.startswith(_WEB):
        yield Article(name, "")
    elif os.path.isdir(name):
        from reader.library import scan

        yield from (Article(os.path.abspath(found.path), "") for found in scan(name))
    elif os.path.lexists(name):
        yield Article(os.path.abspath(name), "")
    else:
        raise ExchangeError(shown_path(name), _("there is no such file"))


def _readable(
    article: Article, several: Sequence[formats.Imported], settings: Settings, report: Report | None, *, alone: bool
) -> Present | None:
    """The article, if any of the notes are of it, or all are (`alone`); its first piece tells. `report` is told where a
    file cannot be read."""
    path = article.path or ""
    try:
        source = read(path)
    except SourceError as problem:
        if report is not None:
            report(str(problem))
        return None
    documents = load(source, settings.dialect)
    document = next(documents)
    found = Article(source.path or source.url, source.digest, article.title or document.metadata.title)
    if not alone and not formats.belonging(several, found, document):
        return None
    last = deque(documents, maxlen=1)
    return Present(found, last.pop() if last else document)


def _add(store: Store, several: Sequence[formats.Imported], article: Article, document: Document, colour: str) -> Added:
    """Keeps those that are new, or later than what is there. A new one counts as changed now, so that the next export
    of what is new has it."""
    if not article.title:
        article = replace(article, title=next((one.title for one in several if one.title), ""))
    before = {one.id: one for one in store.annotations(article)}
    same = {_likeness(one) for one in before.values()}
    taken = formats.take(several, article, document, colour)
    lost = set(map(id, taken.unanchored))
    new: list[Annotation] = []
    changed: list[Annotation] = []
    unanchored: list[formats.Imported] = []
    now = clock.time()
    for one, origin in zip(taken.annotations, several, strict=True):
        there = before.get(one.id)
        if there is not None:
            later = one.modified > there.modified and (one.words, one.colour) != (there.words, there.colour)
            if later:
                changed.append(replace(there, words=one.words, colour=one.colour, modified=now))
        elif _likeness(one) not in same:
            same.add(_likeness(one))
            new.append(replace(one, created=one.created or now, modified=now))
            unanchored += [origin] if id(origin) in lost else []
    kept = store.save_annotations(article, (*new, *changed))
    store.keep_version(article, document.text)
    known = len(taken.annotations) - len(new) - len(changed)
    return Added(article, len(new), len(changed), known, tuple(unanchored), kept)


def _likeness(one: Annotation) -> tuple[int, str, str]:
    """What two notes have in common that are the same one under two ids, as a CSV without ids makes them."""
    selector = one.selector
    if selector is None:
        return -1, "", one.words
    return selector.start if selector.digest else -2, selector.exact, one.words


def unplaced(several: Iterable[formats.Imported], most: int = 200) -> Iterator[str]:
    """A line for each note that has no place: its quote, else its words."""
    for one in several:
        line = " ".join((one.exact or one.words).split())
        yield clean_line(line if len(line) <= most else f"{line[: most - 1]}…")
