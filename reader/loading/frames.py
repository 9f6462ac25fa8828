"""What crosses the pipe between the two processes, and how growths add up to a document."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reader.locale import N_
from reader.sanitize import clean_line, joined

if TYPE_CHECKING:
    from reader import document as model
    from reader.claims import Claim, Piece
    from reader.document import Document, Shown
    from reader.settings import Settings
    from reader.source import Kind, Source
    from reader.store import Place

CUT_SHORT = clean_line(N_("The rest of this article could not be parsed."))


class Order(NamedTuple):
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
    kind: Kind | None = None
    """What the text is to be read as; None: what its name and its beginning say."""
    kept_first: bool = False
    """A web page that is kept is taken without asking its server."""


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
    preferences: Mapping[str, str] = MappingProxyType({})
    """How the person has set the view in earlier runs (`Store.preferences`)."""


class Growth(NamedTuple):
    """What a document has more than the one before."""

    text: Shown
    blocks: tuple[model.Block, ...]
    sections_kept: int
    sections: tuple[model.Section, ...]
    links: tuple[model.Link, ...]
    images: tuple[model.Image, ...]
    notes: dict[str, int]
    anchors: dict[str, int]
    abbreviations: dict[str, Shown]
    metadata: model.Metadata | None
    warnings: tuple[Shown, ...]
    complete: bool
    progress: float
    held: int = 0
    """How many of the outermost containers of the first new block are those of the last block before."""


class Findings(NamedTuple):
    """The claims found so far, for `reader.claims.choice.choose` at any density."""

    pieces: tuple[Piece, ...] = ()
    """Only the last may be another one in the findings that follow."""
    authors: tuple[Claim, ...] = ()
    warnings: tuple[str, ...] = ()
    complete: bool = False


def grown(before: Document | None, growth: Growth) -> Document:
    """The document before, with what is new."""
    from reader.document import Document

    before = before or Document()
    return Document(
        joined((before.text, growth.text)),
        growth.metadata or before.metadata,
        before.blocks + _in_the_same_containers(before, growth),
        before.sections[: growth.sections_kept] + growth.sections,
        before.links + growth.links,
        before.images + growth.images,
        {**before.notes, **growth.notes} if growth.notes else before.notes,
        {**before.anchors, **growth.anchors} if growth.anchors else before.anchors,
        {**before.abbreviations, **growth.abbreviations} if growth.abbreviations else before.abbreviations,
        growth.warnings,
        growth.complete,
        growth.progress,
    )


def _in_the_same_containers(before: Document, growth: Growth) -> tuple[model.Block, ...]:
    """The new blocks. Containers are compared by identity, which the pipe keeps within a frame only."""
    if not growth.held:
        return growth.blocks
    from dataclasses import replace

    outer = growth.blocks[0].containers[: growth.held]
    known = {id(new): old for new, old in zip(outer, before.blocks[-1].containers, strict=False)}
    blocks = list(growth.blocks)
    for index, block in enumerate(blocks):
        if not block.containers or id(block.containers[0]) not in known:
            break
        blocks[index] = replace(block, containers=tuple(known.get(id(one), one) for one in block.containers))
    return tuple(blocks)


def held(before: Document, now: Document) -> int:
    """How many containers go on from a document to the one it has grown to."""
    last, new = before.blocks[-1:], now.blocks[len(before.blocks) : len(before.blocks) + 1]
    count = 0
    for old, one in zip(last[0].containers, new[0].containers, strict=False) if last and new else ():
        if old is not one:
            break
        count += 1
    return count


def cut_short(document: Document | None) -> Document:
    """What there is of an article whose process has ended."""
    from dataclasses import replace

    from reader.document import Document

    document = document or Document()
    return replace(document, warnings=(*document.warnings, CUT_SHORT), complete=True, progress=1.0)
