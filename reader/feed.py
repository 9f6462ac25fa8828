"""An article read and parsed by a second process, so that the screen never waits for it.

Owns the process, and the frames that cross the pipe: what is new of each growing `Document`, pickled. The parser is
pure Python; a thread of it would hold the interpreter against every key, and importing it would make the first screen
late. A process uses the second core for both, keeps its memory to itself and can be ended at any moment, whatever it
is doing to a hostile article. Refuses to show anything: the app's worker iterates, the event loop draws.

Invariant: the documents that come out are those `load` yields in one process, in the same order; if the process dies,
the last of them is complete as it stands and says so.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from reader import document as model
from reader.document import Document

if TYPE_CHECKING:
    from reader.claims.choice import Claim, Piece
    from reader.place import Place
    from reader.settings import Settings
    from reader.source import Source

_SERVE = "from reader.feed import serve; serve()"
_PAUSE = 0.25
"""Seconds between two documents that are sent."""
_OFTEN = 1.0
"""Seconds between two reports of claims."""
_CUT_SHORT = "The rest of this article could not be parsed."


@dataclass(frozen=True, slots=True)
class Order:
    """What to read, and how."""

    target: str
    encoding: str | None = None
    limit: int | None = None
    """Bytes."""
    config: str | None = None
    """The settings file; None: the platform's place."""
    actions: tuple[tuple[str, tuple[str, ...], str], ...] = ()
    """Id, keys and title of every action, for the settings to be checked against."""
    return_to: bool = False
    """Look up where the article was left?"""
    state: str | None = None
    """The store's folder; None: the platform's place."""


class Opened(NamedTuple):
    """What the first screen needs."""

    source: Source
    """Without its text."""
    settings: Settings
    problems: tuple[str, ...]
    """What is wrong in the settings file."""
    document: Document
    """The first piece."""
    place: Place | None = None
    """Where it was left."""


@dataclass(frozen=True, slots=True)
class _Growth:
    """What a document has more than the one before."""

    text: str
    blocks: tuple[model.Block, ...]
    sections_kept: int
    sections: tuple[model.Section, ...]
    links: tuple[model.Link, ...]
    images: tuple[model.Image, ...]
    notes: dict[str, int]
    anchors: dict[str, int]
    metadata: model.Metadata | None
    warnings: tuple[str, ...]
    complete: bool
    progress: float


class Findings(NamedTuple):
    """The claims found so far, for `reader.claims.choice.choose` at any density."""

    pieces: tuple[Piece, ...] = ()
    """Only the last may be another one in the findings that follow."""
    authors: tuple[Claim, ...] = ()
    warnings: tuple[str, ...] = ()
    complete: bool = False


class FeedError(Exception):
    """The article cannot be read; the message is the one line to print."""


class Feed:
    """One article on its way from the second process."""

    def __init__(self, order: Order) -> None:
        """Starts the process; nothing waits for it yet."""
        self.order = order
        root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
        said = json.dumps({field.name: getattr(order, field.name) for field in fields(order)})
        # -P: what lies beside an untrusted article must not be imported as a module
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _SERVE, said],
            stdin=None if order.target == "-" else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._document = Document(complete=False)
        self._found = Findings()
        self._ended = False

    def open(self) -> Opened:
        """Waits for the source, the settings and the first piece. Raises `FeedError`."""
        first = self._receive()
        if not isinstance(first, tuple):
            raise FeedError(first or "the article could not be parsed: the parser's process ended")
        source, settings, problems, place = first
        document = next(self.rest())
        assert isinstance(document, Document)  # even of an article that is cut short at once
        return Opened(source, settings, problems, document, place)

    def rest(self) -> Iterator[Document | Findings]:
        """The documents that follow, and their claims; blocks between two, so iterate in a worker."""
        while not self._ended:
            frame = self._receive()
            if isinstance(frame, _Growth):
                self._document = _grown(self._document, frame)
                yield self._document
            elif isinstance(frame, Findings):
                # a frame holds the pieces from the last one of the frame before
                self._found = frame._replace(pieces=self._found.pieces[:-1] + frame.pieces)
                self._ended = frame.complete
                yield self._found
            else:
                self._ended = True
                if not self._document.complete:
                    warnings = (*self._document.warnings, _CUT_SHORT)
                    self._document = replace(self._document, warnings=warnings, complete=True, progress=1.0)
                    yield self._document

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.kill()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process.wait()

    def _receive(self) -> Any:
        assert self._process.stdout is not None
        try:
            return pickle.load(self._process.stdout)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            return None


class _Bindable(NamedTuple):
    id: str
    keys: tuple[str, ...]
    title: str


def load(source: Source, dialect: Mapping[str, bool] | None = None) -> Iterator[Document]:
    """The article as it is parsed, growing, in this process."""
    from reader.frontmatter import split
    from reader.library import named_date
    from reader.parse import Dialect, pieces

    metadata, body, first_line, warnings = split(source.text)
    if metadata.date is None and (when := named_date(source.path or source.url or "")):
        metadata = replace(metadata, date=when)
    known = (*source.warnings, *warnings)
    for document in pieces(body, metadata, first_line=first_line, dialect=Dialect(**(dialect or {}))):
        yield replace(document, warnings=(*known, *document.warnings)) if known else document


def loaded(source: Source, dialect: Mapping[str, bool] | None = None) -> Iterator[Document | Findings]:
    """As `load`, with the claims: those of the first piece right after it, the others when all is parsed."""
    from reader.claims import Finder

    finder = Finder()
    document = Document(complete=False)
    for number, document in enumerate(load(source, dialect)):
        yield document
        if not number:
            for _ in finder.feed(document):
                pass
            yield Findings(finder.pieces, finder.authors, finder.warnings, document.complete)
    if number:
        told = time.monotonic()
        for step in finder.feed(document):
            if step is not None and time.monotonic() - told > _OFTEN:
                yield Findings(finder.pieces, finder.authors, finder.warnings)
                told = time.monotonic()
        yield Findings(finder.pieces, finder.authors, finder.warnings, True)


def serve() -> None:
    """The second process: reads what its argument orders and writes frames to standard output."""
    from reader.settings import load as load_settings
    from reader.source import DEFAULT_LIMIT, SourceError, read

    order = Order(**json.loads(sys.argv[1]))
    out = sys.stdout.buffer
    try:
        source = read(order.target, encoding=order.encoding, limit=order.limit or DEFAULT_LIMIT)
    except SourceError as problem:
        _send(out, str(problem))
        return
    before = Document()
    try:
        actions = [_Bindable(id, tuple(keys), title) for id, keys, title in order.actions]
        settings, problems = load_settings(order.config, actions=actions)
        place = _left(source, order) if order.return_to else None
        _send(out, (replace(source, text=""), settings, problems, place))
        known = 0
        told = 0.0
        for number, item in enumerate(loaded(source, settings.dialect)):
            if isinstance(item, Document):
                if not item.complete and time.monotonic() - told < _PAUSE:
                    continue  # the next one holds it too: each costs the screen a look at all that is new
                _send(out, _growth(before, item))
                before, told = item, time.monotonic()
                if item.complete and number and hasattr(os, "nice"):
                    os.nice(5)  # the claims of a long article take a while, and nobody waits for the last of them
            else:
                _send(out, item._replace(pieces=item.pieces[max(0, known - 1) :]))
                known = len(item.pieces)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def _left(source: Source, order: Order) -> Place | None:
    """Where the article was left, looked up here because the process of the screen has no time for it."""
    from reader.settings import store_path
    from reader.store import Article, glance

    where = source.path or source.url
    return glance(store_path(order.state), Article(where, source.digest)) if where else None


def _growth(before: Document, now: Document) -> _Growth:
    kept = max(0, len(before.sections) - 1)
    return _Growth(
        now.text[len(before.text) :],
        now.blocks[len(before.blocks) :],
        kept,
        now.sections[kept:],
        now.links[len(before.links) :],
        now.images[len(before.images) :],
        {label: at for label, at in now.notes.items() if label not in before.notes},
        {name: at for name, at in now.anchors.items() if name not in before.anchors},
        None if now.metadata == before.metadata else now.metadata,
        now.warnings,
        now.complete,
        now.progress,
    )


def _grown(before: Document, growth: _Growth) -> Document:
    return Document(
        before.text + growth.text,
        growth.metadata or before.metadata,
        before.blocks + growth.blocks,
        before.sections[: growth.sections_kept] + growth.sections,
        before.links + growth.links,
        before.images + growth.images,
        {**before.notes, **growth.notes} if growth.notes else before.notes,
        {**before.anchors, **growth.anchors} if growth.anchors else before.anchors,
        growth.warnings,
        growth.complete,
        growth.progress,
    )


def _send(out: IO[bytes], frame: object) -> None:
    pickler = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(frame)
    out.flush()


def _reducer(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """A dataclass as a call of its class: far cheaper to read back than field by field."""
    names = tuple(field.name for field in fields(kind))
    return lambda value: (kind, tuple(getattr(value, name) for name in names))


def _metadata(value: model.Metadata) -> tuple[Any, ...]:
    plain = _plain(value.entries)
    return (model.Metadata, (value.title, value.date, value.author, value.credits, plain))


def _plain(value: Any) -> Any:
    """Mappings as dictionaries: a mapping proxy cannot be pickled."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return tuple(_plain(inner) for inner in value) if isinstance(value, tuple) else value


_REDUCERS: dict[type[Any], Callable[[Any], Any]] = {
    kind: _reducer(kind)
    for kind in (
        model.Span, model.Title, model.Heading, model.Paragraph, model.Code, model.Math, model.Table, model.Rule,
        model.Section, model.Link, model.Image, model.Range, model.Item, model.Note,
    )
} | {model.Metadata: _metadata}  # fmt: skip
