"""The second process: an article read, parsed and judged, and what is new of it written to a pipe.

Owns the order of the work (the first piece goes out before anything else is done) and the frames on this side of the
pipe. Refuses everything about screens.

Invariant: what `serve` sends adds up to what `loaded` yields.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from importlib import import_module
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from reader import document as model
from reader.document import Document, Range
from reader.loading.frames import Growth, Order, held
from reader.loading.pipeline import loaded
from reader.loading.process import AHEAD, received

if TYPE_CHECKING:
    import threading

    from reader.source import Pipe, Source
    from reader.store import Glimpse

_SEND_INTERVAL_S = 0.25
_SEND_INTERVAL_BLOCK_S = 2e-6
"""Seconds between two documents that are sent, and more for each of their blocks: of many, the other side is as long
at putting old and new together."""

_FOR_EVERY_ARTICLE = (
    "pickle",
    "platformdirs",
    "reader.frontmatter.handlers",
    "reader.library.vault",
    "reader.parse",
    "reader.settings",
    "reader.source.pipe",
    "reader.source.reading",
    "reader.store.first_look",
)
"""What is imported on the way to the first piece of nearly every article."""


class _Bindable(NamedTuple):
    id: str
    keys: tuple[str, ...]
    title: str


def serve() -> None:
    """The second process: reads what its first argument orders and writes frames to standard output, as long as the
    process with the number in its second is there. One that is started ahead is told the order later."""
    import json
    import signal
    import threading

    from reader.settings import load as load_settings
    from reader.settings import pages_path
    from reader.source import DEFAULT_LIMIT, Pipe, SourceError, descriptor, is_web, read

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in an editor that the reader has opened is not for us
    # Most of what a parser makes stays or goes by itself: looking through all of it is a twentieth of the work.
    gc.set_threshold(100_000, 20, 100)
    said = sys.argv[1]
    if said == AHEAD:
        for module in _FOR_EVERY_ARTICLE:
            import_module(module)
        said = received()
        if not said:
            return
    order = Order(*json.loads(said))
    out = sys.stdout.buffer
    go = threading.Event()
    threading.Thread(target=_heed, args=(order, go), daemon=True).start()
    limit = order.limit or DEFAULT_LIMIT
    actions = [_Bindable(id, tuple(keys), title) for id, keys, title in order.actions]
    settings, problems = load_settings(order.config, actions=actions)  # first: they say in which language to fail
    pipe: Pipe | None = None
    try:
        if descriptor(order.target) is not None:
            pipe = Pipe(order.target, encoding=order.encoding, limit=limit, kind=order.kind)
            source = pipe.source
            _end_on_signal(pipe, order)
        else:
            source = read(
                order.target,
                encoding=order.encoding,
                limit=limit,
                kind=order.kind,
                pages=pages_path(order.state) if is_web(order.target) else None,
                kept_first=order.kept_first,
            )
    except SourceError as problem:
        _send(out, str(problem))
        return
    before = Document()
    try:
        seen = _seen(source, order)
        items = loaded(source, settings.dialect, pipe=pipe)
        source = replace(source, text="")  # that of the parser is enough
        _send(out, (source, settings, problems, seen.place, dict(seen.preferences)))
        live = pipe is not None and not pipe.ended  # then the next document may be long in coming
        known = authors = 0
        told = 0.0
        for number, item in enumerate(items):
            if isinstance(item, Document):
                interval = _SEND_INTERVAL_S + _SEND_INTERVAL_BLOCK_S * len(item.blocks)
                if not live and not item.complete and time.monotonic() - told < interval:
                    continue  # the next one holds it too: each costs the screen a look at all that is new
                _send(out, _growth(before, item))
                before, told = item, time.monotonic()
                if not number:
                    gc.freeze()
                    if not item.complete:
                        go.wait()
                if item.complete and number and hasattr(os, "nice"):
                    os.nice(5)  # the claims of a long article take a while, and nobody waits for the last of them
            else:
                new = item._replace(pieces=item.pieces[max(0, known - 1) :], authors=item.authors[authors:])
                _send(out, new)
                known, authors = len(item.pieces), len(item.authors)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def _heed(order: Order, go: threading.Event) -> None:
    """Runs in a thread: the first byte from the process of the screen asks for the rest, and its end is ours too,
    whatever is being computed. Where the article comes by that pipe, nobody waits, and a parent is looked for."""
    from reader.source import descriptor

    if descriptor(order.target) != 0:
        if os.read(0, 1):
            go.set()
            os.read(0, 1)
        os._exit(0)
    go.set()
    while os.getppid() == int(sys.argv[2]):
        time.sleep(1)
    os._exit(0)


def _end_on_signal(pipe: Pipe, order: Order) -> None:
    """Has SIGTERM end the pipe, and not what was read of it: a person has had enough of it."""
    import signal

    from reader.source import descriptor

    def end(*_: object) -> None:
        pipe.end()
        number = descriptor(order.target)
        if number is not None:
            nothing = os.open(os.devnull, os.O_RDONLY)
            os.dup2(nothing, number)  # no end of it may stay open, or its producer would write on
            os.close(nothing)

    signal.signal(signal.SIGTERM, end)


def _seen(source: Source, order: Order) -> Glimpse:
    """Where the article was left and how the view was set, looked up here because the process of the screen has no time
    for it."""
    from reader.settings import store_path
    from reader.store import Article, glance

    where = (source.path or source.url) if order.return_to else None
    return glance(store_path(order.state), Article(where, source.digest) if where else None)


def _growth(before: Document, now: Document) -> Growth:
    kept = max(0, len(before.sections) - 1)
    return Growth(
        now.slice(Range(len(before.text), len(now.text))),
        now.blocks[len(before.blocks) :],
        kept,
        now.sections[kept:],
        now.links[len(before.links) :],
        now.images[len(before.images) :],
        # a mapping that grows keeps its order: what is new stands at its end
        dict(islice(now.notes.items(), len(before.notes), None)),
        dict(islice(now.anchors.items(), len(before.anchors), None)),
        dict(islice(now.abbreviations.items(), len(before.abbreviations), None)),
        None if now.metadata == before.metadata else now.metadata,
        now.warnings,
        now.complete,
        now.progress,
        held(before, now),
    )


def _send(out: IO[bytes], frame: object) -> None:
    import pickle  # here, since what prints an article takes `load` from this room and nothing else

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
